"""Clerks that lie: in what they answer to a call that is understood."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar

from fakes.livetex.clerk import Clerk
from fakes.livetex.site import Head, Status

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakes.kit.fields import Fields
    from fakes.livetex.site import Account, Group


class OtherVersion(Clerk):
    """Answers as another version than the one that was called."""

    versions: ClassVar[Mapping[str, str]]

    def take(self, account: Account, version: str, method: str, call: Fields, cause: int) -> Mapping[str, Any]:
        """Do what a call asks."""
        return super().take(account, self.versions.get(version, version), method, call, cause)


class LikeTheLastVersion(OtherVersion):
    """Answers 1.2 as 1.1."""

    versions = MappingProxyType({"1.2": "1.1"})


class LikeTheNextVersion(OtherVersion):
    """Answers 1.1 as 1.2."""

    versions = MappingProxyType({"1.1": "1.2"})


class Rewrites(Clerk):
    """Answers other things than are so."""

    def take(self, account: Account, version: str, method: str, call: Fields, cause: int) -> Mapping[str, Any]:
        """Do what a call asks, and say otherwise."""
        return self.answer(account, method, dict(super().take(account, version, method, call, cause)))

    def answer(self, account: Account, method: str, told: dict[str, Any]) -> dict[str, Any]:
        """Rewrite the answer."""
        del account, method
        return told


# groups


class CountsOtherwise(Rewrites):
    """Counts others as online."""

    def answer(self, account: Account, method: str, told: dict[str, Any]) -> dict[str, Any]:
        """Say who is online."""
        if method == "getDestinations":
            for group, entry in zip(account.groups, told["destinations"], strict=True):
                entry["has_online"] = self.counts(account, group)
        return told

    def counts(self, account: Account, group: Group) -> bool:
        """Tell whether anybody of the group is online."""
        raise NotImplementedError  # each counts its own


class NobodyCounts(CountsOtherwise):
    """Counts nobody."""

    def counts(self, account: Account, group: Group) -> bool:
        """Tell so."""
        del account, group
        return False


class EverybodyCounts(CountsOtherwise):
    """Counts whoever is available in the account, in whatever group."""

    def counts(self, account: Account, group: Group) -> bool:
        """Count them."""
        del group
        return any(operator.status is Status.AVAILABLE for operator in account.operators)


class FreePlacesCount(CountsOtherwise):
    """Counts only who can take another dialogue."""

    def counts(self, account: Account, group: Group) -> bool:
        """Count them."""
        return account.is_available(group)


class StatusesCount(CountsOtherwise):
    """Counts further statuses."""

    counted: ClassVar[frozenset[Status]]

    def counts(self, account: Account, group: Group) -> bool:
        """Count them."""
        del account
        return any(member.status in {Status.AVAILABLE, *self.counted} for member in group.members)


class PauseCounts(StatusesCount):
    """Counts who makes a pause: he works, after all."""

    counted = frozenset({Status.PAUSE})


class AwayCounts(StatusesCount):
    """Counts who is not at his place: the app runs, after all."""

    counted = frozenset({Status.AWAY})


class MembersCount(StatusesCount):
    """Counts whoever is in the group's list."""

    counted = frozenset(Status)


class AlwaysAPlace(Rewrites):
    """Says that whoever is online can take another dialogue."""

    def answer(self, account: Account, method: str, told: dict[str, Any]) -> dict[str, Any]:
        """Say so."""
        del account, method
        for entry in told.get("destinations", ()):
            entry["is_available"] = entry["has_online"]
        return told


class SortsGroups(Rewrites):
    """Sorts groups by their names."""

    def answer(self, account: Account, method: str, told: dict[str, Any]) -> dict[str, Any]:
        """Sort them."""
        del account
        if method == "getDestinations":
            told["destinations"].sort(key=lambda entry: entry["name"])
        return told


class ChoosesAnyway(Clerk):
    """Refuses a group that there is not, and chooses the first all the same."""

    def _choose(self, account: Account, call: Fields, cause: int) -> dict[str, Any]:
        visitor = self._office.visitor(account, call["user_id"])
        if account.group(call["destination_id"]) is None:
            self._office.choose(account, visitor, account.groups[0], Head(), cause)
        return super()._choose(account, call, cause)


# the webhook


class FirstWebhookStays(Clerk):
    """Takes a second webhook, and leaves the first."""

    def take(self, account: Account, version: str, method: str, call: Fields, cause: int) -> Mapping[str, Any]:
        """Do nothing, if there is one."""
        if method == "setWebhook" and account.webhook is not None:
            return {}
        return super().take(account, version, method, call, cause)


class TellsTheKey(Rewrites):
    """Tells the webhook's key."""

    def answer(self, account: Account, method: str, told: dict[str, Any]) -> dict[str, Any]:
        """Tell it."""
        if method == "getWebhookSettings" and account.webhook is not None:
            told["webhook_key"] = account.webhook.key
        return told


class NoWebhookNoAddress(Rewrites):
    """Leaves the address out, if there is no webhook."""

    def answer(self, account: Account, method: str, told: dict[str, Any]) -> dict[str, Any]:
        """Leave it out."""
        del account, method
        return {key: value for key, value in told.items() if (key, value) != ("url", "")}


# the history


class WordsAlone(Rewrites):
    """Has in the history what was said, and nothing of what happened."""

    def answer(self, account: Account, method: str, told: dict[str, Any]) -> dict[str, Any]:
        """Leave the rest out."""
        del account
        if method == "getHistory":
            told["messages"] = [entry for entry in told["messages"] if "text" in entry]
        return told


class WithoutTheEnd(Rewrites):
    """Has no Closed in the history."""

    def answer(self, account: Account, method: str, told: dict[str, Any]) -> dict[str, Any]:
        """Leave it out."""
        del account
        if method == "getHistory":
            told["messages"] = [entry for entry in told["messages"] if entry["type"] != "Closed"]
        return told


class OperatorsAlone(Rewrites):
    """Has nothing of the visitor's own in the history."""

    def answer(self, account: Account, method: str, told: dict[str, Any]) -> dict[str, Any]:
        """Leave it out."""
        del account
        if method == "getHistory":
            told["messages"] = [entry for entry in told["messages"] if entry.get("from") != "User"]
        return told


class HistoryWithTheKey(Rewrites):
    """Has in the history the webhook's key, as webhooks have it."""

    def answer(self, account: Account, method: str, told: dict[str, Any]) -> dict[str, Any]:
        """Tell it."""
        if method == "getHistory" and account.webhook is not None:
            for entry in told["messages"]:
                entry["webhook_key"] = account.webhook.key
        return told
