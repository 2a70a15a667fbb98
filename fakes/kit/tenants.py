"""Accounts of one vendor in one process, found by credential and never by path."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable

T = TypeVar("T")


class Tenants(Generic[T]):
    """Who answers to which credential; of two who answer to one, neither can be found."""

    def __init__(self) -> None:
        """Start without tenants."""
        self._by_credential: dict[Hashable, list[T]] = {}

    def admit(self, credential: Hashable, tenant: T) -> None:
        """Let a tenant answer to a credential; one who is admitted twice answers to it as two do."""
        self._by_credential.setdefault(credential, []).append(tenant)

    def dismiss(self, credential: Hashable, tenant: T) -> None:
        """Let a tenant answer to a credential no more, once; harmless when it did not."""
        tenants = self._by_credential.get(credential, [])
        if tenant in tenants:
            tenants.remove(tenant)

    def find(self, credential: Hashable) -> T | None:
        """Find who answers to a credential: None if nobody does, or more than one."""
        tenants = self._by_credential.get(credential, ())
        return tenants[0] if len(tenants) == 1 else None
