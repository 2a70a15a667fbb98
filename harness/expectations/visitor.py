"""What must have appeared on the visitor's screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from harness import treaty
from harness.cast.administrator import PICTURE
from harness.errors import UnmetError
from harness.expectations.judging import Judging

if TYPE_CHECKING:
    from collections.abc import Sequence

    from harness.ledger import Line


class OfTheVisitor(Judging):
    """What the visitor saw."""

    def visitor_saw(self, text: str, **how: Any) -> None:
        """Expect a text on the visitor's screen, and how it stood there (``form``, ``speaker``, ``choices``)."""
        line = self._take("fact", lambda line: self._shown(line) and line["text"] == text, f"the visitor sees «{text}»")
        self._check(line, f"the visitor sees «{text}»", how)

    def visitor_saw_form(self, form: str, **how: Any) -> None:
        """Expect something on the visitor's screen that is no words: buttons, a form, the window itself."""
        line = self._take(
            "fact", lambda line: self._shown(line) and line.get("form") == form, f"the visitor sees the {form}"
        )
        self._check(line, f"the visitor sees the {form}", how)

    def visitor_saw_bot(self, text: str, name: str, position: str) -> None:
        """Expect the bot's words under its name, position and picture."""
        self.visitor_saw(text, speaker={"name": name, "position": position, "picture": PICTURE})

    def visitor_saw_sample(self, name: str, *, faulty: bool, fallback: bool) -> None:
        """Expect what the treaty's sample of a bot's message says (an invalid one's words), or its fallback text."""
        message = treaty.message_about(self._vendor, "bot-message")
        find = treaty.invalid_sample if faulty else treaty.sample
        body = find(self._vendor, message, name).payload
        words = [str(value) for value in treaty.meaning(self._vendor, message, "text", body)]
        rich = [str(value) for word in ("rich", "link") for value in treaty.meaning(self._vendor, message, word, body)]
        places = treaty.meaning(self._vendor, message, "place", body)
        wanted = words if fallback or not (rich or places) else rich or [", ".join(map(str, places))]
        self.visitor_saw(wanted[0])

    def visitor_read_that_joined(self, which: int) -> None:
        """Expect the vendor's own line that an operator joined."""
        operator = self._people.operator(which).name
        words = f"the visitor reads that {operator} joined"
        self._take(
            "fact", lambda line: self._shown(line) and line["author"] == "system" and operator in line["text"], words
        )

    def _shown(self, line: Line) -> bool:
        return bool(line["fact"] == "shown" and line["person"] == self._people.visitor)

    @staticmethod
    def _check(line: Line, words: str, how: dict[str, Any]) -> None:
        for aspect, wanted in how.items():
            if line.get(aspect) != wanted:
                raise UnmetError(f"{words} ({aspect}: {_listed(wanted)})", f"{aspect}: {_listed(line.get(aspect))}")


def _listed(value: object) -> str:
    if isinstance(value, dict):
        return _listed(list(value.values()))
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def captions(words: str) -> Sequence[str]:
    """Read captions as features write them: ``"Да", "Нет"``."""
    return [caption.strip('" ') for caption in words.split('", "')]
