"""Tests: the assumptions, their defaults, and how they are turned."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import pytest

from fakes.kit.knobs import possible
from fakes.telegram.knobs import PROFILES, Knobs, knobs

if TYPE_CHECKING:
    from dataclasses import Field

DEFAULTS: dict[str, Any] = {
    "webhook_attempts": 10,
    "webhook_window": 60.0,
    "first_gap": 1.0,
    "longest_gap": 60.0,
    "order": "chat",
    "answered_methods": True,
    "https_only": False,
    "ports_checked": False,
    "updates_kept": 86400.0,
    "path_valid": 3600.0,
    "download_type": "application/octet-stream",
    "press_open": None,
    "calls_per_second": None,
    "messages_per_second": None,
    "fetches": False,
    "previews": True,
}


def knob(name: str) -> Field[Any]:
    """Find a knob."""
    return next(one for one in knobs() if one.name == name)


def test_every_knob_has_its_default() -> None:
    """Unless somebody turns it, each stands as the register says."""
    assert DEFAULTS == asdict(Knobs())


@pytest.mark.parametrize("name", DEFAULTS)
def test_every_knob_says_what_it_turns(name: str) -> None:
    """It has a sentence and a source."""
    about = knob(name).metadata

    assert about["says"].endswith(".")
    assert about["source"].startswith(("TGM-A", "protocol/telegram "))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("order", "'chat' or 'bot'"),
        ("fetches", "true or false"),
        ("webhook_attempts", "a whole number from 1 to 10,000"),
        ("press_open", "a number from 0.001 to 31,536,000, or none"),
    ],
)
def test_a_knob_says_how_it_can_stand(name: str, words: str) -> None:
    """People read what it can be."""
    assert words == possible(knob(name))


@pytest.mark.parametrize(
    ("name", "value"),
    [("order", "bot"), ("fetches", True), ("webhook_attempts", 3), ("press_open", 15), ("press_open", None)],
)
def test_a_knob_is_turned(name: str, value: Any) -> None:
    """One knob changes, the others stay."""
    assert DEFAULTS | {name: value} == asdict(Knobs().turned({name: value}))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("order", "chaos"),
        ("order", ["chat"]),
        ("fetches", 1),
        ("fetches", None),
        ("webhook_attempts", 0),
        ("webhook_attempts", 1.5),
        ("webhook_attempts", True),
        ("webhook_attempts", None),
        ("first_gap", -1),
        ("first_gap", float("nan")),
        ("press_open", "15"),
    ],
)
def test_a_knob_that_cannot_stand_so_is_refused(name: str, value: Any) -> None:
    """The error says what it can be."""
    with pytest.raises(ValueError, match=f"Telegram's knob {name} cannot be .*; it can be "):
        Knobs().turned({name: value})


def test_a_knob_that_there_is_not_is_refused() -> None:
    """The error names those that there are."""
    with pytest.raises(ValueError, match="no knob 'volume'; there are profile, webhook_attempts"):
        Knobs().turned({"volume": 11})


@pytest.mark.parametrize("profile", PROFILES)
def test_a_profile_turns_its_knobs(profile: str) -> None:
    """All of its knobs are turned, and single ones go before it."""
    assert DEFAULTS | dict(PROFILES[profile]) == asdict(Knobs().turned({"profile": profile}))
    assert Knobs().turned({"profile": profile, "fetches": True}).fetches


@pytest.mark.parametrize("profile", ["moon", None, 1, ["internet"]])
def test_a_profile_that_there_is_not_is_refused(profile: Any) -> None:
    """The error names those that there are."""
    with pytest.raises(ValueError, match=r"no profile .*; there are loopback, internet"):
        Knobs().turned({"profile": profile})


@pytest.mark.parametrize(
    ("turned", "expected"),
    [
        ({}, [1, 2, 4, 8, 16, 32, 60, 60]),
        ({"first_gap": 0}, [0, 0, 0, 0, 0, 0, 0, 0]),
        ({"first_gap": 90}, [60, 60, 60, 60, 60, 60, 60, 60]),
    ],
)
def test_gaps_double_up_to_the_longest(turned: dict[str, float], expected: list[float]) -> None:
    """Each gap is twice the one before, and none is longer than the longest."""
    assert expected == [Knobs().turned(turned).gap(failed) for failed in range(1, 9)]
