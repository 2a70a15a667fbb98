"""Tests: what all oracles have in common, and a good bridge that breaks none."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness import oracles
from harness.model import Broken
from harness.oracles import MOST, judge
from tests.harness.oracles.play import ANNA, BORIS, Play

if TYPE_CHECKING:
    from pathlib import Path


def whole(who: str = "bridge") -> Play:
    """Play a dialogue from the first word over an operator to the end; all that a good bridge does."""
    play = Play(who)
    play.connects()
    play.talks("Здравствуйте")
    play.talks("Добрый день", BORIS)
    play.writes("/operator")
    play.passes("🙂 Лид", "/operator")
    play.hands_over()
    play.owner("operator")
    play.shows("Оператор Анна подключился к диалогу")
    play.answers("Чем помочь?")
    play.keeps("operator", "Чем помочь?")
    play.shows("Чем помочь?")
    play.writes("Спасибо")
    play.passes("🙂 Лид", "Спасибо")
    play.owner("closed")
    play.shows("Оператор вернул диалог боту")
    play.talks("Вы здесь?")
    return play


@pytest.mark.parametrize("who", ["bridge", "vendor"])
def test_a_good_bridge_breaks_no_oracle(who: str) -> None:
    """From the first word over an operator to the end."""
    assert [] == whole(who).findings()


def test_every_file_of_the_room_is_an_oracle() -> None:
    """Each has its sentence, and says in its own words for whom it holds."""
    assert "lost" in oracles.names()
    assert [] == [name for name in oracles.names() if not oracles.sentence(name).endswith(".")]
    assert "" == oracles.sentence("weather")


def test_what_is_found_bears_the_name_of_its_oracle(play: Play) -> None:
    """With a sentence, and the lines that prove it."""
    act = play.writes("Здравствуйте", kept=False)
    play.shows("Эхо: Здравствуйте")
    play.keeps("bot", "Эхо: Здравствуйте")
    play.passes("🙂 Лид", "Здравствуйте")
    play.passes("🤖 Бот", "Эхо: Здравствуйте")
    play.findings()

    says = "the visitor's «Здравствуйте» was acknowledged, and is in no archive"
    assert [Broken("lost", says, (act, act + 2))] == judge(play.journal.lines)


def test_findings_are_not_told_without_end(play: Play) -> None:
    """Of one oracle so many are told as help."""
    for number in range(MOST + 5):
        play.journal.fault("called an address outside the world", address=f"x{number}.test:80")

    assert MOST == play.broken().count("hosts")


def fields(value: Any) -> list[tuple[Any, Any]]:
    """List every place in a line, as the dictionary and the key that hold it."""
    found = []
    for key, part in value.items():
        found.append((value, key))
        if isinstance(part, dict):
            found += fields(part)
    return found


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_no_answer_of_a_bridge_breaks_the_judge(data: st.DataObject) -> None:
    """Whatever a bridge sends, answers or shows, and whatever happened, the oracles come to an end."""
    play = whole()
    play.findings()
    lines = copy.deepcopy(play.journal.lines)
    free = [
        place
        for line in lines
        for body in (line.get("sent"), line.get("came"), line if line["kind"] == "asked" else None)
        if body is not None
        for place in fields(body)
        if place[1] in {"json", "answer"} or ("json" in body and place[0] is not body)
    ]
    json_values = st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "text", "who"]), inner),
        max_leaves=5,
    )
    for _ in range(data.draw(st.integers(1, 4))):
        home, key = free[data.draw(st.integers(0, len(free) - 1))]
        home[key] = data.draw(json_values)
    for _ in range(data.draw(st.integers(0, 3))):
        del lines[data.draw(st.integers(1, len(lines) - 1))]

    assert all(broken.says and broken.lines for broken in judge(lines))


def test_a_journal_judges_as_the_run_that_wrote_it(tmp_path: Path) -> None:
    """Oracles look at nothing but lines, which may come from a file."""
    play = whole()
    play.shows("Чем помочь?", ANNA)
    before = play.findings()
    path = tmp_path / "journal.jsonl"
    path.write_text("\n".join(map(json.dumps, play.journal.lines)), "utf-8")
    lines = list(map(json.loads, path.read_text("utf-8").splitlines()))

    assert ["doubled"] == [name for name, _, _ in before]
    assert before == [(broken.name, broken.says, broken.lines) for broken in judge(lines)]
