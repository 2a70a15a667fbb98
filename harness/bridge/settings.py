"""What a bridge is told when it starts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the bridge listens, how others reach it, and who may use its contract.

    Attributes:
        host: the address to listen at.
        port: the port to listen at.
        public_url: how the vendors reach it, without a slash at the end.
        contract_token: the bearer token of the contract; without one it is not served.
    """

    host: str
    port: int
    public_url: str
    contract_token: str | None = None
