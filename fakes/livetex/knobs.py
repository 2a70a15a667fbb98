"""What about LiveTex could be otherwise: every point that is assumed or disputed, with its default.

A *profile* is a named set of knobs: ``current`` (the default) is the product that has all three versions of the API,
``old`` the one that has version 1.0 alone, in that version's wording.
"""

from __future__ import annotations

from dataclasses import Field, dataclass, field, fields, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from fakes.kit.webhooks import Patience
from fakes.livetex.machine import Variant

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LONGEST = 365 * 24 * 3600.0  # seconds; nobody waits longer for anything
BRIEFEST = 0.001  # seconds
MOST = 1_000_000  # of characters


def _choice(default: str | int, *others: str | int, says: str, source: str) -> Any:
    return field(default=default, metadata={"says": says, "source": source, "choices": (default, *others)})


def _off(*, says: str, source: str) -> Any:
    return field(default=False, metadata={"says": says, "source": source})


def _on(*, says: str, source: str) -> Any:
    return field(default=True, metadata={"says": says, "source": source})


def _seconds(default: float | None, least: float = BRIEFEST, *, says: str, source: str) -> Any:
    about = {"says": says, "source": source, "kinds": (int, float), "least": least, "most": LONGEST}
    return field(default=default, metadata=about)


def _count(default: int | None, least: int = 1, most: int = MOST, *, says: str, source: str) -> Any:
    return field(
        default=default, metadata={"says": says, "source": source, "kinds": (int,), "least": least, "most": most}
    )


@dataclass(frozen=True, slots=True)
class Knobs:
    """The settings of one fake LiveTex; times are in seconds."""

    # versions
    product: str = _choice(
        "omni 1.1",
        "omni 1.0",
        says="The account's product; omni 1.0 has version 1.0 alone, and the others are 403.",
        source="protocol/livetex 1.1",
    )
    outside_version: int = _choice(
        404,
        403,
        says="With which status a method is refused that there is in another version.",
        source="LTX-A2",
    )
    # what the bridge may send
    strict_content_type: bool = _off(
        says="Whether a JSON body with another Content-Type than application/json is refused.",
        source="protocol/livetex 1.1; protocol/livetex 5",
    )
    https_webhooks: bool = _off(
        says="Whether a webhook must be https; loopback has http alone.",
        source="protocol/livetex 1.6; protocol/livetex 5",
    )
    unknown_fields: str = _choice(
        "ignored", "refused", says="What becomes of a request with a field that nobody knows.", source="LTX-A17"
    )
    longest_text: int | None = _count(
        None, says="How many characters a text may have; none: any number.", source="LTX-A6"
    )
    attribute_values: str = _choice(
        "scalars",
        "strings",
        says="What the values of attributes may be: strings, numbers and true or false, or strings alone.",
        source="LTX-A4",
    )
    second_choice: str = _choice(
        "merged",
        "replaced",
        "refused",
        says="What becomes of name and attributes when the group that is chosen already is chosen again.",
        source="LTX-A5",
    )
    fetches_files: str = _choice(
        "on demand",
        "at once",
        says="When LiveTex fetches a file that the bridge sent: when an operator opens it, or as it comes.",
        source="LTX-A7",
    )
    unknown_event_types: str = _choice(
        "refused",
        "ignored",
        says="What becomes of a webhook's event types that nobody knows.",
        source="LTX-A18",
    )
    empty_webhook: str = _choice(
        "refused",
        "taken off",
        says="What setWebhook does with an empty address.",
        source="LTX-A16",
    )
    # what LiveTex answers
    answer_type: str = _choice(
        "application/json; charset=utf-8",
        "text/plain; charset=utf-8",
        says="The Content-Type of answers.",
        source="LTX-A20",
    )
    history_id: str = _choice(
        "both",
        "message_id",
        "messageId",
        says="How getHistory wants the id spelled; another spelling is an unknown field.",
        source="LTX-A8",
    )
    history_order: str = _choice(
        "away from the id",
        "newest first",
        "oldest first",
        says="The order of a history: newest first for Before and oldest first for After, or always the same.",
        source="LTX-A9",
    )
    server_fault: str = _choice(
        "never",
        "choices",
        "always",
        says="Which calls end in a server fault, 500 with code 7: none, the choice of a group, or every one.",
        source="protocol/livetex 1.5; LTX-A2",
    )
    # webhooks
    webhook_window: float = _seconds(
        60.0, says="How long one attempt waits for the webhook's answer.", source="protocol/livetex 1.7"
    )
    webhook_gap: float = _seconds(
        1.0,
        says="How long LiveTex waits before the second attempt; each wait is twice the one before.",
        source="LTX-A10",
    )
    webhook_longest_gap: float = _seconds(
        600.0, says="Beyond which length no wait between two attempts grows.", source="LTX-A10"
    )
    webhook_lifetime: float = _seconds(
        86400.0, says="For how long an event is attempted, or kept for a webhook.", source="protocol/livetex 1.7"
    )
    webhook_order: str = _choice(
        "per visitor",
        "none",
        says="Whether an event that fails keeps later ones of the same visitor waiting.",
        source="LTX-A10",
    )
    select_destination: str = _choice(
        "once",
        "every message",
        says="How often SelectDestination comes: once per dialogue, or with every message that is kept.",
        source="LTX-A11",
    )
    later_messages: str = _choice(
        "when looked at",
        "at once",
        says="When what comes to an open dialogue is read: when the operator looks again, or at once.",
        source="LTX-A12",
    )
    after_transfer: str = _choice(
        "the latest",
        "the unread",
        says="What the next operator's first look reports: also the visitor's latest message, or what is unread alone.",
        source="LTX-A12",
    )
    reader_named: bool = _on(
        says="Whether MessageDelivered names the employee who read.",
        source="protocol/livetex 1.7; protocol/livetex 5",
    )
    sender_named: bool = _on(
        says="Whether TextMessage and FileMessage say from whom they are.",
        source="protocol/livetex 1.7",
    )
    timestamps: str = _choice(
        "numbers",
        "strings",
        says="Whether timestamps in webhooks are numbers, or strings as they were until 2017.",
        source="protocol/livetex 1.4; protocol/livetex 5",
    )
    availability_by_number: str = _choice(
        "with slots",
        "always",
        says="Whether a change of an operator's number of dialogues is told of also where no slots limit it.",
        source="protocol/livetex 1.7; protocol/livetex 4",
    )
    availability_for: str = _choice(
        "every dialogue",
        "his own",
        says="For which active dialogues EmployeeAvailabilityChanged comes.",
        source="protocol/livetex 1.7; protocol/livetex 5",
    )
    # time
    idle: float | None = _seconds(
        None, says="After how long without a word a dialogue closes by itself; none: never.", source="LTX-A15"
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
        profile = changes.get("profile")
        if "profile" in changes and (not isinstance(profile, str) or profile not in PROFILES):
            raise ValueError(f"LiveTex has no profile {profile!r}; there are {', '.join(PROFILES)}")
        wanted = {**(PROFILES[profile] if profile else {}), **changes}
        wanted.pop("profile", None)
        known = {knob.name: knob for knob in knobs()}
        for name, value in wanted.items():
            if name not in known:
                raise ValueError(f"LiveTex has no knob {name!r}; there are profile, {', '.join(known)}")
            _check(known[name], value)
        return replace(self, **wanted)


PROFILES: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "current": {"product": "omni 1.1", "select_destination": "once"},
        "old": {"product": "omni 1.0", "select_destination": "every message"},
    }
)


def knobs() -> Iterator[Field[Any]]:
    """Go through the knobs; ``metadata`` holds ``says``, ``source``, and what it can be."""
    return iter(fields(Knobs))


def possible(knob: Field[Any]) -> str:
    """Tell in words how a knob can stand."""
    about = knob.metadata
    if "choices" in about:
        return " or ".join(f"{choice!r}" for choice in about["choices"])
    if "kinds" not in about:
        return "true or false"
    kind = "a whole number" if about["kinds"] == (int,) else "a number"
    none = ", or none" if "None" in str(knob.type) else ""
    return f"{kind} from {about['least']:g} to {about['most']:,.0f}{none}"


def _check(knob: Field[Any], value: Any) -> None:
    about = knob.metadata
    if "choices" in about:
        fits = isinstance(value, str | int) and not isinstance(value, bool) and value in about["choices"]
    elif "kinds" not in about:
        fits = isinstance(value, bool)
    elif value is None:
        fits = "None" in str(knob.type)
    else:
        number = isinstance(value, about["kinds"]) and not isinstance(value, bool)
        fits = number and about["least"] <= value <= about["most"]
    if not fits:
        raise ValueError(f"LiveTex's knob {knob.name} cannot be {value!r}; it can be {possible(knob)}")
