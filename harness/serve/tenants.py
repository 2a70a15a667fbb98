"""All tenants of one process: founding, finding, keeping and bringing back."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from harness.clock import RealClock
from harness.serve.entry import Plan
from harness.serve.errors import Refusal
from harness.serve.shelf import MemoryShelf
from harness.serve.tenant import Tenant
from harness.simulation.chance import any_seed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from harness.serve.shelf import Shelf
    from harness.vendors import Vendor

NAME = re.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
MOST_TENANTS = 1_000
MOST_DRAWS = 100  # of a seed whose ids nobody has
FIRST = "desk"  # the tenant that is there from the start
FIRST_SEED = 1


class Tenants:
    """Who is served; nobody knows of anybody else.

    Attributes:
        vendors: the fakes that each of them has.
        nobody: hears what is meant for none of them, and answers as the vendors answer a stranger.
    """

    def __init__(
        self, vendors: Mapping[str, Vendor], urls: Mapping[str, str], shelf: Shelf, allowed: Collection[str]
    ) -> None:
        """Take the vendors, where each is reached, where entries are kept, and which hosts webhooks may go to."""
        self.vendors = vendors
        self._urls = urls
        self._shelf = shelf
        self._allowed = allowed
        self._real = RealClock()
        self._tenants: dict[str, Tenant] = {}
        self._found: dict[tuple[str, str], Tenant] = {}

    # life

    def start(self) -> None:
        """Bring back everybody who is kept; the first time, found the first tenant."""
        for plan in self._shelf.plans():
            tenant = self._tenants[plan.name] = self._make(plan)
            tenant.replay()
            tenant.go_live(self._allowed)
        if not self._tenants:
            self.create(FIRST, FIRST_SEED)
        real, memory = self._real.now(), MemoryShelf()
        plan = Plan("nobody", any_seed(), real, since=real)
        memory.found(plan)
        self.nobody = Tenant(plan, self.vendors, self._urls, memory, self._real.now)
        self.nobody.go_live(())

    def close(self) -> None:
        """Stop everybody."""
        for tenant in (*self._tenants.values(), self.nobody):
            tenant.close()
        self._shelf.close()

    def _make(self, plan: Plan) -> Tenant:
        return Tenant(plan, self.vendors, self._urls, self._shelf, self._real.now)

    # who there is

    def __iter__(self) -> Iterator[Tenant]:
        """Go through the tenants in the order of their founding."""
        return iter(self._tenants.values())

    def get(self, name: str) -> Tenant:
        """Find a tenant by name.

        Raises:
            Refusal: there is none of that name.
        """
        if name not in self._tenants:
            raise Refusal(404, f"There is no tenant {name}; there are {', '.join(self._tenants) or 'none'}.")
        return self._tenants[name]

    def addressed(self, vendor: str, addressee: str) -> Tenant:
        """Find the tenant whom a call to a vendor means, or whoever hears what is meant for nobody."""
        found = self._found.get((vendor, addressee))
        if found is None:
            found = next((one for one in self._tenants.values() if addressee in one.addressees(vendor)), None)
            if found is None:
                return self.nobody
            self._found[vendor, addressee] = found
        return found

    # coming and going

    def create(self, name: str, seed: int | None = None, now: float | None = None, *, frozen: bool = False) -> Tenant:
        """Found a tenant, furnished; without a seed one is drawn, without an instant it is the machine's.

        Raises:
            Refusal: the name is taken or no name, there are too many, or another tenant has the seed's ids.
        """
        if not NAME.fullmatch(name):
            raise Refusal(422, "A tenant's name has 1 to 64 letters, digits, dots, dashes or underscores.")
        if name in self._tenants:
            raise Refusal(409, f"There is a tenant {name}; reset it, delete it, or take another name.")
        if len(self._tenants) >= MOST_TENANTS:
            raise Refusal(409, f"There are {MOST_TENANTS:,} tenants; delete one first.")
        real = self._real.now()
        for _ in range(MOST_DRAWS if seed is None else 1):
            chosen = any_seed() if seed is None else seed
            tenant = self._make(Plan(name, chosen, real if now is None else now, 0.0, real, frozen))
            rival = self._rival(tenant)
            if rival is None:
                return self._begin(tenant)
            tenant.close()
            words = f"Tenant {rival.plan.name} has ids that seed {chosen} would give, too: give another seed."
        raise Refusal(409, words)

    def _rival(self, tenant: Tenant) -> Tenant | None:
        """Find who has an id that a new tenant would have."""
        return next(
            (
                other
                for vendor in self.vendors
                for other in self._tenants.values()
                if other.plan.name != tenant.plan.name and other.addressees(vendor) & tenant.addressees(vendor)
            ),
            None,
        )

    def _begin(self, tenant: Tenant) -> Tenant:
        self._shelf.found(tenant.plan)
        self._tenants[tenant.plan.name] = tenant
        tenant.go_live(self._allowed)
        tenant.furnish()
        return tenant

    def delete(self, name: str) -> None:
        """Let a tenant be no more, its snapshots included."""
        self._dismiss(self.get(name))
        del self._tenants[name]
        self._shelf.forget(name)

    def _dismiss(self, tenant: Tenant) -> None:
        self._found.clear()
        tenant.close()

    def reset(self, name: str) -> Tenant:
        """Let a tenant begin anew, with the ids that it had; its snapshots stay."""
        old = self.get(name)
        real = self._real.now()
        self._dismiss(old)
        plan = replace(old.plan, born=real, instant=0.0, since=real, frozen=False, generation=old.plan.generation + 1)
        return self._begin(self._make(plan))

    # snapshots

    def snapshots(self, name: str) -> list[str]:
        """List a tenant's snapshots, in the order of their making."""
        return self._shelf.snapshots(self.get(name).plan.name)

    def keep(self, name: str, snapshot: str) -> None:
        """Keep a tenant as it is at this moment, under a name."""
        if not NAME.fullmatch(snapshot):
            raise Refusal(422, "A snapshot's name has 1 to 64 letters, digits, dots, dashes or underscores.")
        self._shelf.copy(name, snapshot, self.get(name).stand())

    def drop(self, name: str, snapshot: str) -> None:
        """Keep a snapshot no more."""
        self._shelf.drop(self.get(name).plan.name, snapshot)

    def restore(self, name: str, snapshot: str) -> Tenant:
        """Let a tenant be as it was; its clock goes on from where it stood then.

        What was on its way to a bridge then, and not answered, is sent again.
        """
        old = self.get(name)
        if snapshot not in self._shelf.snapshots(name):
            self._shelf.drop(name, snapshot)  # which says what there is
        self._dismiss(old)
        kept = self._shelf.bring_back(name, snapshot)
        plan = replace(kept, since=self._real.now(), generation=old.plan.generation + 1)
        self._shelf.change(plan)
        tenant = self._tenants[name] = self._make(plan)
        tenant.replay()
        tenant.go_live(self._allowed)
        return tenant
