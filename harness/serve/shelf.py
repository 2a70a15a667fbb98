"""Where the tenants' entries are kept: in memory, as long as there are not too many."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from harness.serve.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from harness.serve.entry import Entry, Plan

MOST_ENTRIES = 20_000  # of one tenant, kept in memory
MOST_BYTES = 64 * 1024 * 1024  # of their bodies


class Shelf(Protocol):
    """Keeps what tenants are made from, what reached them, and copies of both."""

    def plans(self) -> list[Plan]:
        """List the tenants that are kept."""

    def found(self, plan: Plan) -> None:
        """Keep a tenant to whom nothing has happened yet, in place of one of that name."""

    def change(self, plan: Plan) -> None:
        """Keep another plan for a tenant."""

    def forget(self, tenant: str) -> None:
        """Keep nothing of a tenant, its snapshots included."""

    def append(self, tenant: str, entry: Entry) -> None:
        """Keep what reached a tenant; when this returns it cannot be lost with the process."""

    def entries(self, tenant: str) -> Iterable[Entry]:
        """Give what reached a tenant, in order."""

    def snapshots(self, tenant: str) -> list[str]:
        """List a tenant's snapshots by name, in the order of their making."""

    def copy(self, tenant: str, snapshot: str, plan: Plan) -> None:
        """Keep a copy of a tenant as it is under that plan, in place of one of that name.

        Raises:
            Refusal: there is too much.
        """

    def bring_back(self, tenant: str, snapshot: str) -> Plan:
        """Let a tenant's entries be those of a snapshot; answers the plan.

        Raises:
            Refusal: there is no such snapshot.
        """

    def drop(self, tenant: str, snapshot: str) -> None:
        """Keep a snapshot no more.

        Raises:
            Refusal: there is no such snapshot.
        """

    def close(self) -> None:
        """Let go of what was opened."""


@dataclass(slots=True)
class Kept:
    """What memory holds of one tenant; ``entries`` is None once there were too many."""

    plan: Plan
    entries: list[Entry] | None = field(default_factory=list)
    size: int = 0
    snapshots: dict[str, tuple[Plan, list[Entry]]] = field(default_factory=dict)


class MemoryShelf:
    """Keeps tenants in memory; of a tenant to whom too much has happened no snapshot can be made any more."""

    def __init__(self) -> None:
        """Start empty."""
        self._kept: dict[str, Kept] = {}

    def plans(self) -> list[Plan]:
        """List the tenants that are kept."""
        return [kept.plan for kept in self._kept.values()]

    def found(self, plan: Plan) -> None:
        """Keep a tenant to whom nothing has happened yet, and its snapshots if it begins anew."""
        snapshots = self._kept[plan.name].snapshots if plan.name in self._kept else {}
        self._kept[plan.name] = Kept(plan, snapshots=snapshots)

    def change(self, plan: Plan) -> None:
        """Keep another plan for a tenant."""
        self._kept[plan.name].plan = plan

    def forget(self, tenant: str) -> None:
        """Keep nothing of a tenant."""
        del self._kept[tenant]

    def append(self, tenant: str, entry: Entry) -> None:
        """Keep what reached a tenant, unless there is too much."""
        kept = self._kept[tenant]
        if kept.entries is not None:
            kept.entries.append(entry)
            kept.size += len(entry.body)
            if len(kept.entries) > MOST_ENTRIES or kept.size > MOST_BYTES:
                kept.entries = None

    def entries(self, tenant: str) -> Iterable[Entry]:
        """Give what reached a tenant, in order."""
        return self._kept[tenant].entries or []

    def snapshots(self, tenant: str) -> list[str]:
        """List a tenant's snapshots by name, in the order of their making."""
        return list(self._kept[tenant].snapshots)

    def copy(self, tenant: str, snapshot: str, plan: Plan) -> None:
        """Keep a copy of a tenant."""
        kept = self._kept[tenant]
        if kept.entries is None:
            raise Refusal(
                409,
                f"More has happened to {tenant} than memory keeps ({MOST_ENTRIES:,} calls and acts): "
                "reset it, or start deskcheck serve with --state FILE.",
            )
        kept.snapshots.pop(snapshot, None)
        kept.snapshots[snapshot] = (plan, list(kept.entries))

    def bring_back(self, tenant: str, snapshot: str) -> Plan:
        """Let a tenant's entries be those of a snapshot; answers the plan."""
        kept = self._kept[tenant]
        self._check(tenant, snapshot)
        plan, entries = kept.snapshots[snapshot]
        self._kept[tenant] = Kept(plan, list(entries), sum(len(entry.body) for entry in entries), kept.snapshots)
        return plan

    def drop(self, tenant: str, snapshot: str) -> None:
        """Keep a snapshot no more."""
        self._check(tenant, snapshot)
        del self._kept[tenant].snapshots[snapshot]

    def _check(self, tenant: str, snapshot: str) -> None:
        known = self._kept[tenant].snapshots
        if snapshot not in known:
            raise no_snapshot(tenant, snapshot, list(known))

    def close(self) -> None:
        """Do nothing: memory goes with the process."""


def no_snapshot(tenant: str, snapshot: str, known: list[str]) -> Refusal:
    """Refuse what wants a snapshot that there is not."""
    return Refusal(404, f"{tenant} has no snapshot {snapshot}; it has {', '.join(known) or 'none'}.")
