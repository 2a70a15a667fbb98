"""What about LiveTex could be otherwise: every point that is assumed or disputed, with its default.

A *profile* is a named set of knobs: ``current`` (the default) is the product that has all three versions of the API,
``old`` the one that has version 1.0 alone, in that version's wording.
"""

from __future__ import annotations

from dataclasses import Field, dataclass, fields
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from fakes.kit.knobs import BRIEFEST, choice, count, off, on, seconds, turned
from fakes.kit.webhooks import Patience
from fakes.livetex.machine import Variant

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MOST = 1_000_000  # of characters


@dataclass(frozen=True, slots=True)
class Knobs:
    """The settings of one fake LiveTex; times are in seconds."""

    # versions
    product: str = choice(
        "omni 1.1",
        "omni 1.0",
        says="The account's product; omni 1.0 has version 1.0 alone, and the others are 403.",
        source="protocol/livetex 1.1",
    )
    outside_version: int = choice(
        404,
        403,
        says="With which status a method is refused that there is in another version.",
        source="LTX-A2",
    )
    # what the bridge may send
    strict_content_type: bool = off(
        says="Whether a JSON body with another Content-Type than application/json is refused.",
        source="protocol/livetex 1.1; protocol/livetex 5",
    )
    https_webhooks: bool = off(
        says="Whether a webhook must be https; loopback has http alone.",
        source="protocol/livetex 1.6; protocol/livetex 5",
    )
    unknown_fields: str = choice(
        "ignored", "refused", says="What becomes of a request with a field that nobody knows.", source="LTX-A17"
    )
    longest_text: int | None = count(
        None, most=MOST, says="How many characters a text may have; none: any number.", source="LTX-A6"
    )
    attribute_values: str = choice(
        "scalars",
        "strings",
        says="What the values of attributes may be: strings, numbers and true or false, or strings alone.",
        source="LTX-A4",
    )
    second_choice: str = choice(
        "merged",
        "replaced",
        "refused",
        says="What becomes of name and attributes when the group that is chosen already is chosen again.",
        source="LTX-A5",
    )
    fetches_files: str = choice(
        "on demand",
        "at once",
        says="When LiveTex fetches a file that the bridge sent: when an operator opens it, or as it comes.",
        source="LTX-A7",
    )
    unknown_event_types: str = choice(
        "refused",
        "ignored",
        says="What becomes of a webhook's event types that nobody knows.",
        source="LTX-A18",
    )
    empty_webhook: str = choice(
        "refused",
        "taken off",
        says="What setWebhook does with an empty address.",
        source="LTX-A16",
    )
    # what LiveTex answers
    answer_type: str = choice(
        "application/json; charset=utf-8",
        "text/plain; charset=utf-8",
        says="The Content-Type of answers.",
        source="LTX-A20",
    )
    history_id: str = choice(
        "both",
        "message_id",
        "messageId",
        says="How getHistory wants the id spelled; another spelling is an unknown field.",
        source="LTX-A8",
    )
    history_order: str = choice(
        "away from the id",
        "newest first",
        "oldest first",
        says="The order of a history: newest first for Before and oldest first for After, or always the same.",
        source="LTX-A9",
    )
    server_fault: str = choice(
        "never",
        "choices",
        "always",
        says="Which calls end in a server fault, 500 with code 7: none, the choice of a group, or every one.",
        source="protocol/livetex 1.5; LTX-A2",
    )
    # webhooks
    webhook_window: float = seconds(
        60.0, BRIEFEST, says="How long one attempt waits for the webhook's answer.", source="protocol/livetex 1.7"
    )
    webhook_gap: float = seconds(
        1.0,
        BRIEFEST,
        says="How long LiveTex waits before the second attempt; each wait is twice the one before.",
        source="LTX-A10",
    )
    webhook_longest_gap: float = seconds(
        600.0, BRIEFEST, says="Beyond which length no wait between two attempts grows.", source="LTX-A10"
    )
    webhook_lifetime: float = seconds(
        86400.0,
        BRIEFEST,
        says="For how long an event is attempted, or kept for a webhook.",
        source="protocol/livetex 1.7",
    )
    webhook_order: str = choice(
        "per visitor",
        "none",
        says="Whether an event that fails keeps later ones of the same visitor waiting.",
        source="LTX-A10",
    )
    select_destination: str = choice(
        "once",
        "every message",
        says="How often SelectDestination comes: once per dialogue, or with every message that is kept.",
        source="LTX-A11",
    )
    later_messages: str = choice(
        "when looked at",
        "at once",
        says="When what comes to an open dialogue is read: when the operator looks again, or at once.",
        source="LTX-A12",
    )
    after_transfer: str = choice(
        "the latest",
        "the unread",
        says="What the next operator's first look reports: also the visitor's latest message, or what is unread alone.",
        source="LTX-A12",
    )
    reader_named: bool = on(
        says="Whether MessageDelivered names the employee who read.",
        source="protocol/livetex 1.7; protocol/livetex 5",
    )
    sender_named: bool = on(
        says="Whether TextMessage and FileMessage say from whom they are.",
        source="protocol/livetex 1.7",
    )
    timestamps: str = choice(
        "numbers",
        "strings",
        says="Whether timestamps in webhooks are numbers, or strings as they were until 2017.",
        source="protocol/livetex 1.4; protocol/livetex 5",
    )
    availability_by_number: str = choice(
        "with slots",
        "always",
        says="Whether a change of an operator's number of dialogues is told of also where no slots limit it.",
        source="protocol/livetex 1.7; protocol/livetex 4",
    )
    availability_for: str = choice(
        "every dialogue",
        "his own",
        says="For which active dialogues EmployeeAvailabilityChanged comes.",
        source="protocol/livetex 1.7; protocol/livetex 5",
    )
    # time
    idle: float | None = seconds(
        None, BRIEFEST, says="After how long without a word a dialogue closes by itself; none: never.", source="LTX-A15"
    )

    @property
    def patience(self) -> Patience:
        """How webhooks are delivered."""
        return Patience(
            None,
            self.webhook_window,
            self.webhook_gap,
            only_200=True,
            growth=2.0,
            longest=self.webhook_longest_gap,
            lifetime=self.webhook_lifetime,
        )

    @property
    def variants(self) -> tuple[Variant, ...]:
        """The changes to the transition table that follow."""
        wanted = {
            Variant.EVERY_MESSAGE_ASKS: self.select_destination == "every message",
            Variant.OPEN_IS_READ: self.later_messages == "at once",
        }
        return tuple(variant for variant in Variant if wanted[variant])

    def turned(self, changes: Mapping[str, Any]) -> Knobs:
        """Give the knobs with some turned; the special one ``profile`` turns a profile's.

        Raises:
            ValueError: there is no such knob, or it cannot stand so; the words say what could be.
        """
        return turned(self, "LiveTex", PROFILES, changes)


PROFILES: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "current": {"product": "omni 1.1", "select_destination": "once"},
        "old": {"product": "omni 1.0", "select_destination": "every message"},
    }
)


def knobs() -> Iterator[Field[Any]]:
    """Go through the knobs; ``metadata`` holds ``says``, ``source``, and what it can be."""
    return iter(fields(Knobs))
