"""The kill matrix is what becomes of bridges that are killed, and it finds those that do not go on where they were."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from harness.mirror import HANDED_OVER
from tests.house.kill_matrix.deaths import LIES, MOMENTS, TALES, played
from tests.house.kill_matrix.ending import ending, judged
from tests.house.kill_matrix.page import PAGE, broken, page

if TYPE_CHECKING:
    from tests.house.kill_matrix.deaths import Death


@pytest.fixture(scope="module")
def deaths(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Death]]:
    """Play the whole matrix, once."""
    return played(tmp_path_factory.mktemp("deaths"))


def test_the_page_is_fresh(deaths: dict[str, list[Death]]) -> None:
    """docs/kill-matrix.md is what would be written now."""
    assert page(deaths) == PAGE.read_text("utf-8"), "stale: run python -m tests.house.kill_matrix"


def test_the_reference_bridge_survives(deaths: dict[str, list[Death]]) -> None:
    """It dies at both moments of some crossing of every tale, and every story holds."""
    honest = deaths["reference"]

    assert set(TALES) == {death.tale for death in honest}
    assert {tuple(MOMENTS)} == {tuple(death.became) for death in honest}
    assert 0 == broken(honest)


@pytest.mark.parametrize("lie", LIES)
def test_a_lying_bridge_is_found(deaths: dict[str, list[Death]], lie: str) -> None:
    """What it lost or repeated breaks a story."""
    assert broken(deaths[lie]) > 0


# what an ending tells

CALM: list[dict[str, Any]] = [
    {"kind": "fact", "fact": "owner", "vendor": "jivo", "owner": "queue"},
    {"kind": "fact", "fact": "shown", "author": "bot", "text": "Да"},
    {"kind": "fact", "fact": "shown", "author": "bot", "text": HANDED_OVER},
]
PASSED: dict[str, Any] = {"kind": "verdict", "verdict": "passed"}
ARCHIVE: dict[str, Any] = {"kind": "asked", "call": "GET /leads/1/archive"}


def became(*lines: dict[str, Any], verdict: dict[str, Any] = PASSED) -> str:
    """Judge a story that went so, beside the calm one."""
    return judged([*lines, verdict], ending(CALM))


def test_the_same_ending_holds() -> None:
    """Also with an answer that came twice."""
    assert "holds" == became(*CALM) == became(*CALM, CALM[1])


def test_what_is_allowed_is_told() -> None:
    """Doubts of the archive as it was last, and an announcement that is missing."""
    texts = ("Да\nили нет", HANDED_OVER, None)
    answer = [{"state": "doubtful", "text": text} for text in texts] + [{"state": "sent", "text": "Нет"}]
    archives = (ARCHIVE | {"answer": [{"state": "doubtful", "text": "Раньше"}]}, ARCHIVE | {"answer": answer})

    assert "holds; in doubt: «Да», an announcement, a file" == became(*CALM, *archives)
    assert "holds; an announcement was not made" == became(*CALM[:2])


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([*CALM, CALM[0] | {"owner": "operator"}], "at jivo the dialogue ended with the operator, not with the queue"),
        (CALM[1:], "at jivo the dialogue ended with the bot, not with the queue"),
        ([CALM[0], CALM[2]], "the bot's «Да» was not shown"),
        ([*CALM, CALM[1] | {"text": "Нет"}], "the bot's «Нет» was shown besides"),
        ([*CALM, CALM[2]], "something was announced twice"),
    ],
)
def test_another_ending_is_broken(lines: list[dict[str, Any]], told: str) -> None:
    """Another holder, less or more on the screen, or an announcement too many."""
    assert f"**broken**: {told}" == became(*lines)


def test_where_nobody_died_nothing_holds() -> None:
    """A death that never came shows nothing."""
    verdict = PASSED | {"drawn": [{"struck": 0}]}

    assert "**broken**: the story never came to that crossing" == became(*CALM, verdict=verdict)


def test_a_broken_oracle_breaks_the_story() -> None:
    """Its words are told, whatever the ending."""
    verdict = {"kind": "verdict", "verdict": "failed", "reason": "the oracle lost is broken"}

    assert "**broken**: the oracle lost is broken" == became(*CALM, verdict=verdict)
