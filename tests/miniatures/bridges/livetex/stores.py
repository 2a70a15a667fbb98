"""Bridges that lie about what they keep of a lead whom LiveTex's operators answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from harness.bridge import Store
from harness.bridge.centre import ATTRIBUTES

if TYPE_CHECKING:
    from harness.bridge.store import Lead

HOURS = 3_600_000  # milliseconds


class NoOperatorsInHistory(Store):
    """Keeps nothing of what operators say."""

    def archive(self, lead: str) -> list[dict[str, Any]]:
        """Show the others' part."""
        return [line for line in super().archive(lead) if line["who"] != "operator"]


class OperatorsForBots(Store):
    """Keeps what operators say as the bot's."""

    def archive(self, lead: str) -> list[dict[str, Any]]:
        """Show it so."""
        return [line | {"who": "bot"} if line["who"] == "operator" else line for line in super().archive(lead)]


class OperatorsFirst(Store):
    """Shows what operators say before all else."""

    def archive(self, lead: str) -> list[dict[str, Any]]:
        """Show it so."""
        return sorted(super().archive(lead), key=lambda line: bool(line["who"] != "operator"))


class OperatorsHoursAway(Store):
    """Keeps what operators say in the time of another zone."""

    def archive(self, lead: str) -> list[dict[str, Any]]:
        """Show it so."""
        lines = super().archive(lead)
        return [line | {"at": line["at"] + 3 * HOURS} if line["who"] == "operator" else line for line in lines]


class NeverDelivered(Store):
    """Never learns that what operators say was delivered."""

    def archive(self, lead: str) -> list[dict[str, Any]]:
        """Show it as waiting."""
        return [line | {"state": "queued"} if line["who"] == "operator" else line for line in super().archive(lead)]


class RemembersDialogues(Store):
    """Takes a message of any dialogue with a lead for one of the dialogue at hand."""

    def is_mirrored(self, centre: str, message: str, lead: Lead) -> bool:
        """Tell whether it was ever passed on."""
        row = self._db.execute(
            "SELECT 1 FROM mirrored WHERE centre = ? AND message = ? AND lead = ?", (centre, message, lead.id)
        )
        return row.fetchone() is not None


class AttributesElsewhere(Store):
    """Keeps the attributes for operators under a key of its own."""

    def _attributes(self, lead: str) -> list[dict[str, Any]]:
        return [
            entry | {"key": "livetex_attributes"} if entry["key"] == ATTRIBUTES else entry
            for entry in super()._attributes(lead)
        ]

    def attribute(self, lead: str, key: str) -> Any:
        """Find them all the same."""
        return super().attribute(lead, "livetex_attributes" if key == ATTRIBUTES else key)


class AttributesOfAScript(Store):
    """Keeps the attributes for operators as if a script had set them."""

    def leads(self) -> list[dict[str, Any]]:
        """Show them so."""
        leads = super().leads()
        return [lead | {"attributes": [entry | {"type": "string"} for entry in lead["attributes"]]} for lead in leads]


class AttributesApart(Store):
    """Shows the attributes for operators each for itself."""

    def leads(self) -> list[dict[str, Any]]:
        """Show them so."""
        return [
            lead
            | {
                "attributes": [
                    {"key": key, "type": "system", "value": value}
                    for entry in lead["attributes"]
                    for key, value in dict(entry["value"]).items()
                ]
            }
            for lead in super().leads()
        ]
