"""Bridges that lie at the handover: to whom they hand over, when, and what they tell of it."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Any

from harness.bridge.centre import HANDED_OVER, Centre
from harness.bridge.channel import Words
from harness.bridge.livetex import Group, LiveTexClient

if TYPE_CHECKING:
    from collections.abc import Sequence

    from harness.bridge.livetex import Webhook
    from harness.bridge.store import Binding, Lead

Entry = dict[str, Any]
ID, NAME = itemgetter("destination_id"), itemgetter("name")


# what is told


class Announcing(Centre):
    """Tells leads of handovers at another moment."""

    def say(self, lead: Lead) -> None:
        """Tell that the dialogue was handed over."""
        self._messenger.tell(lead, self._milliseconds(), "system", Words(HANDED_OVER))

    async def quietly(self, centre: Binding | None, lead: Lead, group: Group | None) -> bool:
        """Hand over and tell nothing."""
        if centre is None or group is None or not await self._choose(centre, lead, group):
            return False
        self._store.hold(lead.id, "operator", centre.id)
        return True


class TellsTooSoon(Announcing):
    """Tells of the handover before it asks for it."""

    async def hand_over(self, binding: Binding, lead: Lead) -> bool:
        """Tell, then hand over."""
        self.say(lead)
        centre = self._centre_of(binding)
        return await self.quietly(centre, lead, await self._group(centre) if centre is not None else None)


class HandsOverQuietly(Announcing):
    """Tells nothing of the handover."""

    async def hand_over(self, binding: Binding, lead: Lead) -> bool:
        """Hand over."""
        centre = self._centre_of(binding)
        return await self.quietly(centre, lead, await self._group(centre) if centre is not None else None)


class TellsOnce(Announcing):
    """Tells a lead of one handover in his life."""

    async def hand_over(self, binding: Binding, lead: Lead) -> bool:
        """Hand over, and tell of it the first time."""
        centre = self._centre_of(binding)
        accepted = await self.quietly(centre, lead, await self._group(centre) if centre is not None else None)
        if accepted and not lead.takeovers:
            self.say(lead)
        return accepted


class TellsAlone(Announcing):
    """Tells of a handover, and hands nothing over."""

    async def _choose(self, centre: Binding, lead: Lead, group: Group) -> bool:
        del centre, lead, group
        return True


class HandsOverOnce(Centre):
    """Hands a lead over once in his life."""

    async def hand_over(self, binding: Binding, lead: Lead) -> bool:
        """Hand over the first time."""
        return not lead.takeovers and await super().hand_over(binding, lead)


# to whom


class Picking(Centre):
    """Picks a group for itself."""

    def pick(self, entries: Sequence[Entry]) -> Entry | None:
        """Pick one of the groups, if any."""
        raise NotImplementedError  # each has its own choice

    async def _group(self, centre: Binding, *, insist: bool = False) -> Group | None:
        del insist
        outcome = await LiveTexClient(self._session, centre)._call("getDestinations")
        entries = outcome.result["destinations"] if outcome.state == "sent" else []
        entry = self.pick(entries) if entries else None
        return Group(entry["destination_type"], entry["destination_id"], online=True) if entry is not None else None


class SmallestId(Picking):
    """Picks the group with the smallest id."""

    def pick(self, entries: Sequence[Entry]) -> Entry | None:
        """Pick it, whoever is online."""
        return min(entries, key=ID)


class GreatestId(Picking):
    """Picks the group with the greatest id."""

    def pick(self, entries: Sequence[Entry]) -> Entry | None:
        """Pick it, whoever is online."""
        return max(entries, key=ID)


class SmallestName(Picking):
    """Picks the group with the smallest name."""

    def pick(self, entries: Sequence[Entry]) -> Entry | None:
        """Pick it, whoever is online."""
        return min(entries, key=NAME)


class LastGroup(Picking):
    """Picks the last group."""

    def pick(self, entries: Sequence[Entry]) -> Entry | None:
        """Pick it, whoever is online."""
        return entries[-1]


class GroupOfThatName(Picking):
    """Picks the group that every account begins with."""

    def pick(self, entries: Sequence[Entry]) -> Entry | None:
        """Pick it, whoever is online."""
        return next(entry for entry in entries if NAME(entry) == "Группа для Messaging API")


class WhicheverIsOnline(Picking):
    """Picks the first group in which somebody is online."""

    def pick(self, entries: Sequence[Entry]) -> Entry | None:
        """Pick it."""
        return next((entry for entry in entries if entry["has_online"]), None)


class AnybodyCounts(Picking):
    """Takes the operators of any group for the first one's."""

    def pick(self, entries: Sequence[Entry]) -> Entry | None:
        """Pick the first, if anybody is online."""
        return entries[0] if any(entry["has_online"] for entry in entries) else None


class NobodyMatters(Picking):
    """Picks the first group, whoever is online."""

    def pick(self, entries: Sequence[Entry]) -> Entry | None:
        """Pick it."""
        return entries[0]


class ChoosesWhenAsked(Centre):
    """Chooses a group as soon as LiveTex asks for one."""

    def hear(self, centre: Binding, webhook: Webhook) -> None:
        """Choose the first."""
        super().hear(centre, webhook)
        if webhook.kind == "SelectDestination" and webhook.user is not None:
            self._outbox.lanes.run(self._answer(centre, webhook.user))

    async def _answer(self, centre: Binding, user: str) -> None:
        lead, group = self._store.lead(user), await self._group(centre)
        if lead is not None and group is not None:
            await self._choose(centre, lead, group)


# nobody online


class HandsOverAfterAll(NobodyMatters):
    """Runs the script for nobody online, and hands over."""

    async def hand_over(self, binding: Binding, lead: Lead) -> bool:
        """Hand over, and say that nobody was there."""
        await super().hand_over(binding, lead)
        return False


class TellsOfNobody(Announcing):
    """Tells of a handover also where nobody is online."""

    async def hand_over(self, binding: Binding, lead: Lead) -> bool:
        """Hand over if that is possible, and tell of it anyhow."""
        accepted = await super().hand_over(binding, lead)
        if not accepted:
            self.say(lead)
        return accepted


class AlwaysRunsTheScript(Centre):
    """Has a script for nobody online, whatever the option says."""

    def has_script(self, binding: Binding) -> bool:
        """Say so."""
        del binding
        return True


class NeverRunsTheScript(Centre):
    """Has no script for nobody online, whatever the option says."""

    def has_script(self, binding: Binding) -> bool:
        """Say so."""
        del binding
        return False


# asking first


class AlwaysOnline(Centre):
    """Says that operators are online."""

    async def online(self, binding: Binding) -> bool:
        """Say so."""
        del binding
        return True


class NeverOnline(Centre):
    """Says that no operators are online."""

    async def online(self, binding: Binding) -> bool:
        """Say so."""
        del binding
        return False


class Hasty(Centre):
    """Chooses a group when it is only asked who is online."""

    def pick(self, groups: Sequence[Group]) -> Group | None:
        """Pick one of the groups, if any."""
        raise NotImplementedError  # each has its own choice

    async def online(self, binding: Binding) -> bool:
        """Choose a group, and tell the truth."""
        centre = self._centre_of(binding)
        if centre is None:
            return False
        groups = (await LiveTexClient(self._session, centre).groups()).result or []
        picked = self.pick(groups)
        for entry in self._store.leads() if picked is not None else ():
            lead = self._store.lead(entry["id"])
            if picked is not None and lead is not None and lead.holder == "bot":
                await self._choose(centre, lead, picked)
        return bool(groups) and bool(groups[0].online)


class ChoosesToAsk(Hasty):
    """Chooses a group to learn whether anybody is there."""

    def pick(self, groups: Sequence[Group]) -> Group | None:
        """Pick the first, whoever is online."""
        return groups[0] if groups else None


class ChoosesTheFound(Hasty):
    """Chooses a group as soon as it finds somebody there."""

    def pick(self, groups: Sequence[Group]) -> Group | None:
        """Pick the first, if anybody is online."""
        return groups[0] if groups and groups[0].online else None


class ChoosesElsewhere(Hasty):
    """Chooses another group when it looks and finds somebody there."""

    def pick(self, groups: Sequence[Group]) -> Group | None:
        """Pick another than the first, if anybody is online."""
        return next((group for group in groups[1:] if group.online), None)
