"""The vendor refuses a call for good."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

from harness.faults.fault import Fault, Moment, Scene, Struck

TOO_MANY = 429


@dataclass(frozen=True, slots=True)
class RefusesTheCall(Fault):
    """Answer a status of the four hundreds, in the vendor's own form where the treaty has one; nothing is done.

    Raises:
        ValueError: there is no such status, or it asks for patience (429).
    """

    words = "answers {status}"
    on_call = Moment.ACCEPT
    survivable = False  # a message that was refused for good does not arrive

    status: int = 400

    def __post_init__(self) -> None:
        """Check the status."""
        if not 400 <= self.status < 500 or self.status == TOO_MANY:  # noqa: PLR2004 - 4xx
            raise ValueError(f"{self.status} refuses nothing for good")

    async def strike(self, scene: Scene) -> NoReturn:
        """Refuse."""
        headers, body = scene.refusal(self.status)
        raise Struck(self.status, headers, body)
