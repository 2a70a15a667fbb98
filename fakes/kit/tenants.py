"""Accounts of one vendor in one process, found by credential and never by path."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

T = TypeVar("T")


class Tenants(Generic[T]):
    """Who answers to which credential."""

    def __init__(self) -> None:
        """Start without tenants."""
        self._by_credential: dict[Hashable, T] = {}

    def admit(self, credential: Hashable, tenant: T) -> None:
        """Let a tenant answer to a credential.

        Raises:
            KeyError: another tenant answers to it already.
        """
        if self._by_credential.setdefault(credential, tenant) is not tenant:
            raise KeyError("that credential belongs to another tenant")

    def dismiss(self, credential: Hashable) -> None:
        """Let nobody answer to a credential any more; harmless when nobody did."""
        self._by_credential.pop(credential, None)

    def find(self, credential: Hashable) -> T | None:
        """Find who answers to a credential, if anybody."""
        return self._by_credential.get(credential)

    def __iter__(self) -> Iterator[T]:
        """Go through the tenants, each once, in the order of their coming."""
        return iter({id(tenant): tenant for tenant in self._by_credential.values()}.values())
