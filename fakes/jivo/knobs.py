"""What about Jivo could be otherwise: every point that is assumed or disputed, with its default.

A *profile* is a named set of knobs: ``seed`` (the default) reads the integrator's notes, ``current`` the documentation.
"""

from __future__ import annotations

from dataclasses import Field, dataclass, fields
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from fakes.jivo.machine import Variant
from fakes.kit.knobs import BRIEFEST, choice, count, off, on, seconds, turned
from fakes.kit.webhooks import Patience

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True, slots=True)
class Knobs:
    """The settings of one fake Jivo; times are in seconds."""

    # how the bot's events are delivered
    bot_attempts: int = count(3, says="How often an event to the bot is attempted in all.", source="protocol/jivo 1.2")
    bot_window: float = seconds(
        3.0, BRIEFEST, says="How long one attempt waits for the bot's answer.", source="protocol/jivo 1.2"
    )
    bot_gap: float = seconds(0.0, says="How long Jivo waits between two attempts.", source="JIVO-A1")
    acknowledged_by: str = choice(
        "2xx", "200", says="Which statuses acknowledge a bot event: any 2xx, or 200 alone.", source="JIVO-A2"
    )
    refusal_is_final: bool = off(
        says="Whether a 4xx of the bot ends the attempts at once.",
        source="JIVO-A3",
    )
    silence: float | None = seconds(
        None,
        BRIEFEST,
        says="How long after the visitor's words a bot may say nothing before operators get the visitor; none: always.",
        source="JIVO-A5",
    )
    # what the bot may send
    strict_ids: bool = on(
        says="Whether an id, client_id or chat_id that is a number is refused.",
        source="JIVO-A9",
    )
    media_from_bot: bool = off(
        says="Whether the bot may send PHOTO, VIDEO, AUDIO, VOICE, DOCUMENT and LOCATION.",
        source="notes/jivo, Дополнительные возможности 1; protocol/jivo 1.6",
    )
    most_buttons: int | None = count(
        None, says="How many buttons a message may have; none: any number.", source="JIVO-A17"
    )
    calls_per_second: int | None = count(
        None, says="How many calls a bot may make in one second; more are 429.", source="JIVO-A21"
    )
    deduplicates: bool = off(
        says="Whether a BOT_MESSAGE with an id that the chat has seen is acknowledged and not shown again.",
        source="JIVO-A26",
    )
    # who has the dialogue
    closed_status: int = choice(
        400,
        403,
        404,
        says="With which status a call into a closed or unknown chat is refused.",
        source="JIVO-A10",
    )
    bot_while_operator: str = choice(
        "shown",
        "refused",
        says="What becomes of the bot's words while an operator has the unfinished chat.",
        source="JIVO-A27",
    )
    queue_hears: str = choice(
        "operators",
        "bot",
        says="Who is told what the visitor writes between the invitation and the acceptance.",
        source="JIVO-A11",
    )
    bot_in_queue: str = choice(
        "shown",
        "refused",
        says="What becomes of the bot's words between the invitation and the acceptance.",
        source="JIVO-A11",
    )
    chat_after_finish: str = choice(
        "same",
        "new",
        says="Which chat_id a visitor has who writes again after the chat was finished.",
        source="JIVO-A12",
    )
    chat_after_leaving: str = choice(
        "same",
        "new",
        says="Which chat_id a visitor has who writes again after the operator left.",
        source="JIVO-A28",
    )
    idle: float | None = seconds(
        900.0, BRIEFEST, says="After how long without a word a chat finishes by itself; none: never.", source="JIVO-A13"
    )
    failure_with_nobody_online: str = choice(
        "waits",
        "told",
        says="Whether a bot that failed to acknowledge is told when nobody is online to take the visitor.",
        source="JIVO-A25",
    )
    unavailable_on_message: bool = off(
        says="Whether AGENT_UNAVAILABLE also comes with a visitor's message while nobody is online.",
        source="notes/jivo, Дополнительные возможности 6",
    )
    reopening: str = choice(
        "silent",
        "as an acceptance",
        says="Whether an operator who reopens a finished chat is told of as one who accepts.",
        source="JIVO-A29",
    )
    second_operator_shown: bool = on(
        says="Whether the visitor reads that the operator to whom the chat is passed joined.",
        source="JIVO-A30",
    )
    # what Jivo tells the bot
    channel_id: str = choice(
        "widget_id", "own", says="Whether channel.id in bot events is the widget_id of webhooks.", source="JIVO-A14"
    )
    channel_type: str = choice(
        "lower case",
        "upper case",
        "widget",
        says="How channel.type names a messenger: telegram, TELEGRAM, or widget as for the widget.",
        source="JIVO-A16",
    )
    visitor_media: str = choice(
        "link",
        "address",
        "full",
        says="How what a visitor attaches reaches the bot: as a link in a TEXT, or, once media are enabled for the "
        "provider, as its type with the file's address alone, or with name, size and preview too.",
        source="JIVO-A23",
    )
    timestamps: str = choice(
        "seconds",
        "milliseconds",
        says="The unit of message.timestamp in CLIENT_MESSAGE.",
        source="JIVO-A34",
    )
    dialects: bool = off(
        says="Whether AGENT_JOINED (in place of CHAT_CLOSED), AGENT_MESSAGE and CLIENT_INFO exist.",
        source="JIVO-A22",
    )
    acceptance_order: str = choice(
        "chance",
        "bot first",
        "webhook first",
        says="Whether CHAT_CLOSED or chat_accepted sets out first when an operator accepts.",
        source="JIVO-A20",
    )
    # webhooks
    webhook_attempts: int = count(3, says="How often a webhook is attempted in all.", source="JIVO-A18")
    webhook_window: float = seconds(
        10.0, BRIEFEST, says="How long one attempt waits for the webhook's answer.", source="JIVO-A18"
    )
    webhook_gap: float = seconds(0.0, says="How long Jivo waits between two attempts.", source="JIVO-A18")
    finished_only_with_operator: bool = on(
        says="Whether chat_finished comes only if an operator took part.",
        source="JIVO-A31",
    )
    contact_info_echoed: bool = off(
        says="Whether contacts taken from the answer to chat_accepted come back as chat_updated.",
        source="JIVO-A19",
    )
    attributes: str = choice(
        "object",
        "pairs",
        says="The shape of attributes in client_attribute_updated: an object, or an array of objects of one key each.",
        source="JIVO-A24",
    )
    event_timestamps: bool = off(
        says="Whether webhooks carry event_timestamp, in seconds.",
        source="protocol/jivo 2.4",
    )
    # the visitor's screen
    abilities: str = choice(
        "guessed",
        "everything",
        "texts",
        says="What channels can show: as guessed for each, Markdown and buttons everywhere, or texts alone.",
        source="JIVO-A32",
    )
    invitation_gap: float = seconds(
        86400.0, says="How long after an invitation the automatic action invites nobody again.", source="JIVO-A33"
    )

    @property
    def bot_patience(self) -> Patience:
        """How events to the bot are delivered."""
        return Patience(
            self.bot_attempts,
            self.bot_window,
            self.bot_gap,
            only_200=self.acknowledged_by == "200",
            refusal_is_final=self.refusal_is_final,
        )

    @property
    def webhook_patience(self) -> Patience:
        """How webhooks are delivered."""
        return Patience(self.webhook_attempts, self.webhook_window, self.webhook_gap)

    @property
    def variants(self) -> tuple[Variant, ...]:
        """The changes to the transition table that follow."""
        wanted = {
            Variant.BOT_SHUT_OUT: self.bot_while_operator == "refused",
            Variant.BOT_SHUT_OUT_OF_QUEUE: self.bot_in_queue == "refused",
            Variant.QUEUE_TELLS_BOT: self.queue_hears == "bot",
            Variant.SILENCE_COUNTS: self.silence is not None,
            Variant.FAILURE_TOLD: self.failure_with_nobody_online == "told",
            Variant.UNAVAILABLE_ON_MESSAGE: self.unavailable_on_message,
            Variant.REOPENING_TOLD: self.reopening == "as an acceptance",
            Variant.PASSING_UNSEEN: not self.second_operator_shown,
            Variant.DIALECTS: self.dialects,
        }
        return tuple(variant for variant in Variant if wanted[variant])

    def turned(self, changes: Mapping[str, Any]) -> Knobs:
        """Give the knobs with some turned; the special one ``profile`` turns a profile's.

        Raises:
            ValueError: there is no such knob, or it cannot stand so; the words say what could be.
        """
        return turned(self, "Jivo", PROFILES, changes)


PROFILES: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "seed": {"media_from_bot": False, "bot_while_operator": "shown", "chat_after_finish": "same"},
        "current": {"media_from_bot": True, "bot_while_operator": "refused", "chat_after_finish": "new"},
    }
)


def knobs() -> Iterator[Field[Any]]:
    """Go through the knobs; ``metadata`` holds ``says``, ``source``, and what it can be."""
    return iter(fields(Knobs))
