"""Tests: the assumptions, their defaults, and how they are turned."""

from __future__ import annotations

import re
from dataclasses import FrozenInstanceError, asdict, replace
from typing import TYPE_CHECKING, Any

import pytest

from fakes.jivo.knobs import PROFILES, Knobs, knobs
from fakes.jivo.machine import Variant
from fakes.kit.knobs import possible
from fakes.kit.webhooks import Patience

if TYPE_CHECKING:
    from dataclasses import Field

YEAR = 365 * 24 * 3600.0

# How each knob stands unless somebody turns it, as the register and the notes suggest.
DEFAULTS: dict[str, Any] = {
    "bot_attempts": 3,
    "bot_window": 3.0,
    "bot_gap": 0.0,
    "acknowledged_by": "2xx",
    "refusal_is_final": False,
    "silence": None,
    "strict_ids": True,
    "media_from_bot": False,
    "most_buttons": None,
    "calls_per_second": None,
    "deduplicates": False,
    "closed_status": 400,
    "bot_while_operator": "shown",
    "queue_hears": "operators",
    "bot_in_queue": "shown",
    "chat_after_finish": "same",
    "chat_after_leaving": "same",
    "idle": 900.0,
    "failure_with_nobody_online": "waits",
    "unavailable_on_message": False,
    "reopening": "silent",
    "second_operator_shown": True,
    "channel_id": "widget_id",
    "channel_type": "lower case",
    "visitor_media": "link",
    "timestamps": "seconds",
    "dialects": False,
    "acceptance_order": "chance",
    "webhook_attempts": 3,
    "webhook_window": 10.0,
    "webhook_gap": 0.0,
    "finished_only_with_operator": True,
    "contact_info_echoed": False,
    "attributes": "object",
    "event_timestamps": False,
    "abilities": "guessed",
    "invitation_gap": 86400.0,
}

FLAGS = [
    "refusal_is_final",
    "strict_ids",
    "media_from_bot",
    "deduplicates",
    "unavailable_on_message",
    "second_operator_shown",
    "dialects",
    "finished_only_with_operator",
    "contact_info_echoed",
    "event_timestamps",
]
CHOICES: dict[str, list[Any]] = {
    "acknowledged_by": ["2xx", "200"],
    "closed_status": [400, 403, 404],
    "bot_while_operator": ["shown", "refused"],
    "queue_hears": ["operators", "bot"],
    "bot_in_queue": ["shown", "refused"],
    "chat_after_finish": ["same", "new"],
    "chat_after_leaving": ["same", "new"],
    "failure_with_nobody_online": ["waits", "told"],
    "reopening": ["silent", "as an acceptance"],
    "channel_id": ["widget_id", "own"],
    "channel_type": ["lower case", "upper case", "widget"],
    "visitor_media": ["link", "address", "full"],
    "timestamps": ["seconds", "milliseconds"],
    "acceptance_order": ["chance", "bot first", "webhook first"],
    "attributes": ["object", "pairs"],
    "abilities": ["guessed", "everything", "texts"],
}
COUNTS = {"bot_attempts": False, "webhook_attempts": False, "most_buttons": True, "calls_per_second": True}
SECONDS = {
    "bot_window": (0.001, False),
    "bot_gap": (0.0, False),
    "silence": (0.001, True),
    "idle": (0.001, True),
    "webhook_window": (0.001, False),
    "webhook_gap": (0.0, False),
    "invitation_gap": (0.0, False),
}

ACCEPTED: list[tuple[str, Any]] = [
    *((name, value) for name in FLAGS for value in (True, False)),
    *((name, value) for name, values in CHOICES.items() for value in values),
    *((name, value) for name in COUNTS for value in (1, 17, 1000)),
    *((name, value) for name, (least, _) in SECONDS.items() for value in (least, 5, 2.5, YEAR)),
    *((name, None) for name, none in COUNTS.items() if none),
    *((name, None) for name, (_, none) in SECONDS.items() if none),
]
NO_FLAG: list[Any] = [1, 0, None, "true", []]
NO_CHOICE: list[Any] = ["otherwise", "", None, 1, True, ["same"], "2XX", "shown ", 400.0]
NO_COUNT: list[Any] = [0, -1, 1001, 2.0, True, False, "3", []]
NO_SECONDS: list[Any] = [-0.0005, -1, YEAR + 1, float("nan"), float("inf"), 10**30, True, "5", []]
REFUSED: list[tuple[str, Any, str]] = [
    *((name, value, "true or false") for name in FLAGS for value in NO_FLAG),
    *(
        (name, value, " or ".join(repr(choice) for choice in choices))
        for name, choices in CHOICES.items()
        for value in NO_CHOICE
    ),
    *(
        (name, value, "a whole number from 1 to 1,000" + ", or none" * none)
        for name, none in COUNTS.items()
        for value in NO_COUNT
    ),
    *(
        (name, value, f"a number from {least:g} to 31,536,000" + ", or none" * none)
        for name, (least, none) in SECONDS.items()
        for value in NO_SECONDS
    ),
    *((name, 0.0005, "a number from 0.001 to") for name, (least, _) in SECONDS.items() if least),
    *((name, None, "a whole number from 1 to 1,000") for name, none in COUNTS.items() if not none),
    *((name, None, f"a number from {least:g} to") for name, (least, none) in SECONDS.items() if not none),
]


def test_the_defaults_are_what_the_register_suggests() -> None:
    """Unless it is turned every knob stands as the register of assumptions suggests, and these are all there are."""
    assert DEFAULTS == asdict(Knobs())


def test_every_kind_of_knob_is_tried() -> None:
    """The rows of these tests leave no knob out."""
    assert sorted(DEFAULTS) == sorted([*FLAGS, *CHOICES, *COUNTS, *SECONDS])


@pytest.mark.parametrize("knob", list(knobs()), ids=lambda knob: knob.name)
def test_a_knob_says_what_it_is_and_who_left_it_open(knob: Field[Any]) -> None:
    """Each has a sentence and a source; that the source says so the house's tests see to."""
    assert re.fullmatch(r"[A-Z].+\.", knob.metadata["says"])
    assert knob.metadata["source"]


def test_knobs_cannot_be_set_in_passing() -> None:
    """Knobs are a value; other knobs are other knobs."""
    with pytest.raises(FrozenInstanceError):
        Knobs().idle = 1.0  # type: ignore[misc] # it is frozen


# turning


@pytest.mark.parametrize(("name", "value"), ACCEPTED)
def test_a_knob_takes_every_value_that_is_possible(name: str, value: Any) -> None:
    """Turned so, that knob stands so, and every other one as before."""
    assert replace(Knobs(), **{name: value}) == Knobs().turned({name: value})


@pytest.mark.parametrize(("name", "value", "words"), REFUSED)
def test_a_knob_takes_no_other_value(name: str, value: Any, words: str) -> None:
    """Anything else is refused with the knob, what it was to be, and what it can be; bools are not numbers."""
    begins = re.escape(f"Jivo's knob {name} cannot be {value!r}; it can be ")
    with pytest.raises(ValueError, match=f"^{begins}.*{re.escape(words)}"):
        Knobs().turned({name: value})


@pytest.mark.parametrize("name", ["volume", "", "Idle", "idle ", "bot_patience", "variants"])
def test_an_unknown_knob_is_refused(name: str) -> None:
    """There is no such knob: the words name the ones that there are, the profile among them."""
    with pytest.raises(ValueError, match=f"^Jivo has no knob {name!r}; there are profile, {', '.join(DEFAULTS)}$"):
        Knobs().turned({name: 1})


@pytest.mark.parametrize("name", ["default", "Seed", "seed ", 7])
def test_an_unknown_profile_is_refused(name: Any) -> None:
    """There is no such profile: the words name the ones that there are."""
    with pytest.raises(ValueError, match=f"^Jivo has no profile {name!r}; there are seed, current$"):
        Knobs().turned({"profile": name})


def test_one_wrong_knob_spoils_the_turn() -> None:
    """Of several changes the wrong one is named, whatever stands before it."""
    with pytest.raises(ValueError, match="knob silence cannot be -1"):
        Knobs().turned({"idle": 5.0, "silence": -1, "dialects": True})


def test_nothing_turned_is_nothing_changed() -> None:
    """No change gives the same knobs."""
    knobs_now = Knobs(idle=5.0, dialects=True)

    assert knobs_now == knobs_now.turned({})


def test_a_turn_leaves_earlier_turns() -> None:
    """A second turn changes its own knobs only."""
    assert Knobs(idle=5.0, dialects=True) == Knobs().turned({"idle": 5.0}).turned({"dialects": True})


# profiles


@pytest.mark.parametrize(
    ("profile", "media", "bot", "chat"),
    [("seed", False, "shown", "same"), ("current", True, "refused", "new")],
)
def test_a_profile_is_a_reading(profile: str, media: bool, bot: str, chat: str) -> None:  # noqa: FBT001 - a row
    """«seed» reads the notes and «current» the documentation: where they differ, and nowhere else."""
    expected = replace(Knobs(), media_from_bot=media, bot_while_operator=bot, chat_after_finish=chat)

    assert expected == Knobs().turned({"profile": profile})


def test_the_default_is_the_notes() -> None:
    """Without a word the fake is the one of the profile «seed»; there are these two."""
    assert Knobs() == Knobs().turned({"profile": "seed"})
    assert ["seed", "current"] == list(PROFILES)


def test_a_profile_leaves_other_knobs_alone() -> None:
    """What a profile says nothing of stays as it was turned, and a later profile takes the first one's place."""
    turned = Knobs(idle=5.0).turned({"profile": "current"})

    assert (5.0, True) == (turned.idle, turned.media_from_bot)
    assert Knobs(idle=5.0) == turned.turned({"profile": "seed"})


@pytest.mark.parametrize("first", ["profile", "media_from_bot"])
def test_a_knob_beside_a_profile_wins(first: str) -> None:
    """A profile can be taken with one of its knobs turned otherwise, in whichever order the two are said."""
    changes = {"profile": "current", "media_from_bot": False}
    said = dict(sorted(changes.items(), key=lambda item: item[0] != first))

    assert replace(Knobs().turned({"profile": "current"}), media_from_bot=False) == Knobs().turned(said)


def test_a_wrong_knob_beside_a_profile_is_refused() -> None:
    """A profile is no way around what a knob can be."""
    with pytest.raises(ValueError, match="knob media_from_bot cannot be 'no'"):
        Knobs().turned({"profile": "current", "media_from_bot": "no"})


# what follows from them


@pytest.mark.parametrize(
    ("changes", "variants"),
    [
        ({}, ()),
        ({"bot_while_operator": "refused"}, (Variant.BOT_SHUT_OUT,)),
        ({"bot_in_queue": "refused"}, (Variant.BOT_SHUT_OUT_OF_QUEUE,)),
        ({"queue_hears": "bot"}, (Variant.QUEUE_TELLS_BOT,)),
        ({"silence": 60.0}, (Variant.SILENCE_COUNTS,)),
        ({"failure_with_nobody_online": "told"}, (Variant.FAILURE_TOLD,)),
        ({"unavailable_on_message": True}, (Variant.UNAVAILABLE_ON_MESSAGE,)),
        ({"reopening": "as an acceptance"}, (Variant.REOPENING_TOLD,)),
        ({"second_operator_shown": False}, (Variant.PASSING_UNSEEN,)),
        ({"dialects": True}, (Variant.DIALECTS,)),
        ({"profile": "current"}, (Variant.BOT_SHUT_OUT,)),
        ({"dialects": True, "silence": 1.0}, (Variant.SILENCE_COUNTS, Variant.DIALECTS)),
    ],
    ids=str,
)
def test_a_knob_that_changes_a_dialogues_life_has_its_variant(
    changes: dict[str, Any], variants: tuple[Variant, ...]
) -> None:
    """Each such knob replaces its own rows of the table, and no other knob does."""
    assert variants == Knobs().turned(changes).variants


def test_every_variant_can_be_had() -> None:
    """With every knob turned, every variant is there."""
    turned = Knobs(
        bot_while_operator="refused",
        bot_in_queue="refused",
        queue_hears="bot",
        silence=1.0,
        failure_with_nobody_online="told",
        unavailable_on_message=True,
        reopening="as an acceptance",
        second_operator_shown=False,
        dialects=True,
    )

    assert tuple(Variant) == turned.variants


def test_patience_by_default() -> None:
    """Three times three seconds for the bot, three times ten for webhooks, without a gap, any 2xx, a refusal or not."""
    assert Patience(attempts=3, window=3.0, gap=0.0, only_200=False, refusal_is_final=False) == Knobs().bot_patience
    assert (
        Patience(attempts=3, window=10.0, gap=0.0, only_200=False, refusal_is_final=False) == Knobs().webhook_patience
    )


def test_patience_with_the_bot_is_turned() -> None:
    """The bot's knobs are the patience with the bot, and change nothing for webhooks."""
    turned = Knobs(bot_attempts=5, bot_window=1.5, bot_gap=4.0, acknowledged_by="200", refusal_is_final=True)

    assert Patience(5, 1.5, 4.0, only_200=True, refusal_is_final=True) == turned.bot_patience
    assert Knobs().webhook_patience == turned.webhook_patience


def test_patience_with_webhooks_is_turned() -> None:
    """The webhooks' knobs are the patience with webhooks, and change nothing for the bot."""
    turned = Knobs(webhook_attempts=1, webhook_window=20.0, webhook_gap=60.0)

    assert Patience(1, 20.0, 60.0) == turned.webhook_patience
    assert Knobs().bot_patience == turned.bot_patience


# in words


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("dialects", "true or false"),
        ("acknowledged_by", "'2xx' or '200'"),
        ("closed_status", "400 or 403 or 404"),
        ("bot_attempts", "a whole number from 1 to 1,000"),
        ("most_buttons", "a whole number from 1 to 1,000, or none"),
        ("bot_gap", "a number from 0 to 31,536,000"),
        ("idle", "a number from 0.001 to 31,536,000, or none"),
    ],
)
def test_how_a_knob_can_stand_is_told_in_words(name: str, words: str) -> None:
    """Of every kind of knob there are words for what it can be."""
    (knob,) = (knob for knob in knobs() if knob.name == name)

    assert words == possible(knob)
