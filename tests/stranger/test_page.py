"""docs/pytest.md: its files, as one repository, in a fresh environment with the built wheel and pytest-asyncio."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from harness import data
from tests.stranger.repository import Repository

if TYPE_CHECKING:
    from pathlib import Path

BLOCK = re.compile(r"^```\w+\n(# (\S+)\n.*?)^```$", re.MULTILINE | re.DOTALL)
FAKES = {
    "test_a_bot_asks_telegram_who_it_is",
    "test_the_visitor_is_answered",
    "test_an_idle_chat_is_closed_after_a_minute",
}
WORLDS = {
    "test_an_idle_visitor_is_answered_again",
    "test_whoever_asks_for_the_price_is_answered",
    r"test_some_questions_come_again_and_again[\u0412\u044b \u043e\u0442\u043a\u0440\u044b\u0442\u044b?]",
    r"test_some_questions_come_again_and_again[\u0413\u0434\u0435 \u0432\u044b?]",
}
SKIPPED = {"test_a_picture_is_passed_on"}


@pytest.fixture
def repository(fresh: str, tmp_path: Path) -> Repository:
    """Write the page's files."""
    made = Repository(tmp_path, fresh)
    made.write({name: text for text, name in BLOCK.findall((data.ROOT / "docs" / "pytest.md").read_text("utf-8"))})
    return made


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["alone", "two workers"])
def test_every_example_runs(repository: Repository, workers: tuple[str, ...]) -> None:
    """All pass under the stranger's own settings, and what the bridge does not offer is skipped."""
    outcome = repository.run(*workers)
    expected = dict.fromkeys(FAKES | WORLDS, "passed") | dict.fromkeys(SKIPPED, "skipped")

    assert expected == outcome.tests, outcome.said
    assert "the bridge does not offer: media" in outcome.said


def test_a_bridge_that_says_something_else_fails(repository: Repository) -> None:
    """Whatever is played in a world shows it, and so does the test that reads what a fake has shown."""
    bridge = repository.folder / "mybridge.py"
    bridge.write_text(bridge.read_text("utf-8").replace("Эхо: {text}", "Эхо, {text}"), "utf-8")
    outcome = repository.run()

    assert WORLDS | {"test_the_visitor_is_answered"} == {
        name for name, verdict in outcome.tests.items() if verdict == "failed"
    }
