"""Tests: the assumptions, their defaults, and how they are turned."""

from __future__ import annotations

import re
from dataclasses import FrozenInstanceError, asdict
from typing import TYPE_CHECKING, Any

import pytest

from fakes.kit.knobs import possible
from fakes.kit.webhooks import Patience
from fakes.livetex.knobs import PROFILES, Knobs, knobs
from fakes.livetex.machine import Variant

if TYPE_CHECKING:
    from dataclasses import Field

YEAR = 365 * 24 * 3600.0

# How each knob stands unless somebody turns it, as the register suggests.
DEFAULTS: dict[str, Any] = {
    "product": "omni 1.1",
    "outside_version": 404,
    "strict_content_type": False,
    "https_webhooks": False,
    "unknown_fields": "ignored",
    "longest_text": None,
    "attribute_values": "scalars",
    "second_choice": "merged",
    "fetches_files": "on demand",
    "unknown_event_types": "refused",
    "empty_webhook": "refused",
    "server_fault": "never",
    "answer_type": "application/json; charset=utf-8",
    "history_id": "both",
    "history_order": "away from the id",
    "webhook_window": 60.0,
    "webhook_gap": 1.0,
    "webhook_longest_gap": 600.0,
    "webhook_lifetime": 86400.0,
    "webhook_order": "per visitor",
    "select_destination": "once",
    "later_messages": "when looked at",
    "after_transfer": "the latest",
    "reader_named": True,
    "sender_named": True,
    "timestamps": "numbers",
    "availability_by_number": "with slots",
    "availability_for": "every dialogue",
    "idle": None,
}
SOURCE = re.compile(r"(?:LTX-A\d+|protocol/livetex \d(?:\.\d)?)(?:; (?:LTX-A\d+|protocol/livetex \d(?:\.\d)?))*")


def values(knob: Field[Any]) -> list[tuple[Any, bool]]:
    """List values for a knob, each with whether it can stand so."""
    about = knob.metadata
    if "choices" in about:
        return [*((choice, True) for choice in about["choices"]), ("nonsense", False), (None, False), (True, False)]
    if "kinds" not in about:
        return [(True, True), (False, True), (1, False), ("true", False), (None, False)]
    none = [(None, "None" in str(knob.type))]
    whole = about["kinds"] == (int,)
    inside = [(about["least"], True), (int(about["most"]), True), (2.5, not whole)]
    return none + inside + [(about["least"] - 1, False), (about["most"] + 1, False), ("1", False), (True, False)]


def test_the_defaults_are_the_registers() -> None:
    """Every knob stands as the register would have it, and none is forgotten here."""
    assert DEFAULTS == asdict(Knobs())


@pytest.mark.parametrize("knob", tuple(knobs()), ids=lambda knob: knob.name)
def test_a_knob_takes_what_it_can_be(knob: Field[Any]) -> None:
    """A knob takes every value that it offers, and no other, and says which it would take."""
    for value, fits in values(knob):
        if fits:
            assert value == getattr(Knobs().turned({knob.name: value}), knob.name)
        else:
            with pytest.raises(
                ValueError, match=re.escape(f"{knob.name} cannot be {value!r}; it can be {possible(knob)}")
            ):
                Knobs().turned({knob.name: value})


@pytest.mark.parametrize("knob", tuple(knobs()), ids=lambda knob: knob.name)
def test_a_knob_says_what_it_is_and_who_says_so(knob: Field[Any]) -> None:
    """Each knob has one sentence, and a source that can be looked up."""
    assert re.fullmatch(r"[A-Z][^.]*(?:omni 1\.\d)?[^.]*\.", knob.metadata["says"].replace("1.0", "one"))
    assert SOURCE.fullmatch(knob.metadata["source"])


def test_an_unknown_knob_names_those_that_there_are() -> None:
    """Who misspells a knob reads their names."""
    with pytest.raises(ValueError, match="LiveTex has no knob 'idel'; there are profile, product, "):
        Knobs().turned({"idel": 5})


@pytest.mark.parametrize("profile", ["seed", "", None, 1, ["old"]])
def test_an_unknown_profile_names_those_that_there_are(profile: Any) -> None:
    """Who misspells a profile reads their names."""
    with pytest.raises(ValueError, match="there are current, old"):
        Knobs().turned({"profile": profile})


def test_the_current_profile_is_the_default() -> None:
    """Nothing differs until somebody turns something."""
    assert Knobs() == Knobs().turned({"profile": "current"}) == Knobs().turned({})


def test_a_profile_can_be_turned_further() -> None:
    """A knob beside a profile wins, and a profile leaves alone what it does not name."""
    turned = Knobs().turned({"idle": 5}).turned({"profile": "old", "select_destination": "once"})

    assert ("omni 1.0", "once", 5) == (turned.product, turned.select_destination, turned.idle)


def test_a_profile_goes_back_whole() -> None:
    """Both profiles name the same knobs, so that each undoes the other."""
    assert {frozenset(profile) for profile in PROFILES.values()} == {frozenset(PROFILES["current"])}
    assert Knobs() == Knobs().turned({"profile": "old"}).turned({"profile": "current"})


def test_knobs_stand_still() -> None:
    """Knobs are turned by making others."""
    with pytest.raises(FrozenInstanceError):
        Knobs().idle = 5  # type: ignore[misc]  # that is the point


def test_patience_is_the_knobs() -> None:
    """Webhooks are delivered as the knobs have it; only 200 acknowledges, and each gap is twice the one before."""
    turned = Knobs().turned({"webhook_window": 5, "webhook_gap": 2, "webhook_longest_gap": 9, "webhook_lifetime": 100})

    assert Patience(None, 5, 2, only_200=True, growth=2.0, longest=9, lifetime=100) == turned.patience


@pytest.mark.parametrize(
    ("changes", "variants"),
    [
        ({}, ()),
        ({"select_destination": "every message"}, (Variant.EVERY_MESSAGE_ASKS,)),
        ({"later_messages": "at once"}, (Variant.OPEN_IS_READ,)),
        ({"profile": "old"}, (Variant.EVERY_MESSAGE_ASKS,)),
    ],
)
def test_some_knobs_change_the_table(changes: dict[str, Any], variants: tuple[Variant, ...]) -> None:
    """A knob that changes a dialogue's life asks for its variant."""
    assert variants == Knobs().turned(changes).variants
