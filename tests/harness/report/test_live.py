"""Tests: harness.report.live."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from harness.errors import BreakdownError, MisuseError
from harness.report.live import Live


class Screen:
    """What people see."""

    def __init__(self, *, tty: bool = False) -> None:
        """Start empty."""
        self.said: list[str] = []
        self.live = Live(self.said.append, 12, tty=tty)

    def ends(self, scenario: str, verdict: str, words: str | None = None) -> None:
        """Let a scenario end."""
        self.live.pytest_runtest_logreport(report(scenario, verdict, longrepr=words))


def report(scenario: str | None, verdict: str | None, vendor: str = "jivo", **more: Any) -> pytest.TestReport:
    """Make a report as our plugin leaves it."""
    told = [("scenario", scenario), ("vendor", vendor), ("verdict", verdict), ("behaviour", "A-1")]
    details: dict[str, Any] = {"when": "call", "longrepr": None, "duration": 0.25} | more
    return pytest.TestReport(
        nodeid="a",
        location=("a", 0, "a"),
        keywords={},
        outcome="passed",
        user_properties=[(name, value) for name, value in told if value is not None],
        **details,
    )


@pytest.mark.parametrize(
    ("verdict", "line"),
    [
        ("passed", "✓ passed  jivo/bot.feature: a\n"),
        ("failed", "✗ failed  jivo/bot.feature: a\n"),
        ("unknown", "? unknown jivo/bot.feature: a\n"),
        ("warned", "! warned  jivo/bot.feature: a\n"),
        ("skipped", "– skipped jivo/bot.feature: a\n"),
    ],
)
def test_elsewhere_each_scenario_has_a_line(verdict: str, line: str) -> None:
    """Where there is no terminal, a line is printed per scenario: sign, verdict, id."""
    screen = Screen()
    screen.ends("jivo/bot.feature: a", verdict)

    assert [line] == screen.said


def test_on_a_terminal_one_line_moves() -> None:
    """Each scenario is written over the last one, with how many of how many are done."""
    screen = Screen(tty=True)
    screen.ends("jivo/bot.feature: a long name", "passed")
    screen.ends("jivo/bot.feature: b", "failed")

    assert [
        "\r" + "1/12 ✓ jivo/bot.feature: a long name".ljust(79),
        "\r" + "2/12 ✗ jivo/bot.feature: b".ljust(79),
    ] == screen.said


def test_the_moving_line_keeps_to_the_terminal() -> None:
    """A long id is cut, so that the line never wraps and always moves."""
    screen = Screen(tty=True)
    screen.ends("ы" * 200, "passed")

    assert "\r" + ("1/12 ✓ " + "ы" * 200)[:79] == screen.said[0]


@pytest.mark.parametrize(
    ("tty", "ended", "expected"),
    [
        (True, True, ["\r" + " " * 79 + "\r"]),
        (True, False, []),
        (False, True, []),
    ],
    ids=["terminal", "nothing to wipe", "elsewhere"],
)
def test_the_moving_line_is_wiped_at_the_end(*, tty: bool, ended: bool, expected: list[str]) -> None:
    """A terminal's line is left empty, if there was one; other output ends by itself."""
    screen = Screen(tty=tty)
    if ended:
        screen.ends("a", "passed")
    screen.said.clear()
    screen.live.pytest_sessionfinish()

    assert expected == screen.said


@pytest.mark.parametrize(
    "other",
    [
        report("a", "passed", when="setup"),
        report("a", "passed", when="teardown"),
        report(None, None),
        report("a", None),
        report(None, "passed"),
    ],
    ids=["setup", "teardown", "no scenario of ours", "no verdict", "no id"],
)
def test_only_a_scenario_that_was_judged_is_told(other: pytest.TestReport) -> None:
    """Set-up, tear-down and other people's tests are passed over."""
    screen = Screen()
    screen.live.pytest_runtest_logreport(other)

    assert ([], {}, {}) == (screen.said, screen.live.seconds, screen.live.failures)


def test_seconds_are_kept_by_scenario() -> None:
    """How long each scenario took is known afterwards."""
    screen = Screen()
    screen.ends("a", "passed")
    screen.ends("b", "failed")

    assert {("a", "jivo"): 0.25, ("b", "jivo"): 0.25} == screen.live.seconds


def test_stories_are_kept_of_what_did_not_hold() -> None:
    """Why a scenario failed or remained unknown is known afterwards; of others nothing is."""
    screen = Screen()
    for verdict in ("passed", "failed", "unknown", "warned", "skipped"):
        screen.ends(verdict, verdict, f"the story of {verdict}")

    told = {("failed", "jivo"): "the story of failed", ("unknown", "jivo"): "the story of unknown"}
    assert told == screen.live.failures


def test_of_two_vendors_both_stories_are_kept() -> None:
    """A scenario that is played once per vendor has a story for each."""
    screen = Screen()
    for vendor in ("jivo", "livetex"):
        screen.live.pytest_runtest_logreport(report("a", "failed", vendor, longrepr=f"why {vendor}"))

    assert {("a", "jivo"): "why jivo", ("a", "livetex"): "why livetex"} == screen.live.failures


def internal(error: BaseException) -> Any:
    """Wrap an error as pytest hands it on."""
    return SimpleNamespace(value=error)


def test_there_is_no_trouble_at_first() -> None:
    """Trouble is none until something breaks."""
    assert Screen().live.trouble is None


def test_our_own_error_is_the_trouble() -> None:
    """An error with a remedy is kept as it is."""
    screen, error = Screen(), MisuseError("It is broken.", "Mend it.")
    screen.live.pytest_internalerror(internal(error))

    assert error is screen.live.trouble


def test_another_error_is_a_breakdown() -> None:
    """Whatever else breaks pytest is told with its type."""
    screen = Screen()
    screen.live.pytest_internalerror(internal(KeyError("a")))

    assert isinstance(screen.live.trouble, BreakdownError)
    assert "KeyError: 'a'" == str(screen.live.trouble)


@pytest.mark.parametrize(("outcome", "trouble"), [("passed", None), ("failed", "no such module")])
def test_what_cannot_be_collected_is_a_breakdown(outcome: Any, trouble: str | None) -> None:
    """A feature that pytest cannot collect is trouble; one that it can is none."""
    screen = Screen()
    words: Any = SimpleNamespace(toterminal=lambda out: out.line(f"{trouble}\n\n"))
    screen.live.pytest_collectreport(pytest.CollectReport("a", outcome, words, None))
    expected = trouble and f"The features could not be collected: {trouble}"

    assert expected == (screen.live.trouble and str(screen.live.trouble))
