"""What the bot has still to do is read again as it was written."""

from __future__ import annotations

import pytest

from harness.bridge import script, steps

STEPS: list[script.Action] = [
    script.Answer("Привет\n🔥"),
    script.Press("menu_2"),
    script.Say(""),
    script.Menu("Выберите:", (("Оператор", "operator"), ("Ещё", "menu2"))),
    script.Menu("Пусто", ()),
    script.Attach("https://files.test/a.png", "Подпись"),
    script.HandOver(),
    script.Check(),
    script.Rate(),
    script.Remember((("номер", 705), ("имя", "Test"))),
    script.Ask(),
    script.Work(90),
    script.Later(5, script.Say("Прошло 5 с")),
]


def test_reads_what_was_written() -> None:
    """Every kind of step survives, in order."""
    assert set(steps.KINDS) == {type(step).__name__ for step in STEPS}
    assert steps.read(steps.written(STEPS)) == STEPS


@pytest.mark.parametrize("text", ['[["Fly"]]', '[["Say"]]', "{"])
def test_reads_nothing_else(text: str) -> None:
    """What was not written so is no step."""
    with pytest.raises((KeyError, TypeError, ValueError)):
        steps.read(text)
