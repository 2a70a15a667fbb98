"""What must have appeared on the visitor's screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from harness import treaty
from harness.cast.administrator import PICTURE
from harness.errors import BreakdownError, UnmetError
from harness.expectations.judging import Judging, acknowledged
from harness.mirror import JOINED
from harness.world.ledger import told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from harness.journal import Line

MEDIA = frozenset({"photo", "video", "audio", "voice", "document"})
PLAIN = frozenset({"text", "link", "picture"})  # the forms of mere words


class OfTheVisitor(Judging):
    """What the visitor saw."""

    def visitor_saw(self, text: str, **how: Any) -> Line:
        """Expect another's words on the visitor's screen, and how they stood there (``form``, ``speaker``…)."""
        words = f"the visitor sees «{text}»"
        line = self._take("fact", lambda line: self._said_to_visitor(line) and line["text"] == text, words)
        self._check(line, words, how)
        return line

    def visitor_saw_times(self, text: str, times: int) -> None:
        """Expect a text on the visitor's screen so often, and no more often."""
        seen = [line for line in self._ledger.lines("fact") if self._said_to_visitor(line) and line["text"] == text]
        if len(seen) != times:
            raise UnmetError(f"the visitor sees «{text}» {times} times", f"{len(seen)} times")
        for _ in seen:
            self.visitor_saw(text)

    def visitor_saw_once_or_twice(self, text: str) -> None:
        """Expect a text on the visitor's screen, and one repeat of it at most."""
        seen = [line for line in self._ledger.lines("fact") if self._said_to_visitor(line) and line["text"] == text]
        if len(seen) not in {1, 2}:
            raise UnmetError(f"the visitor sees «{text}» once or twice", f"{len(seen)} times")
        for _ in seen:
            self.visitor_saw(text)

    def visitor_saw_within(self, text: str, seconds: float) -> None:
        """Expect a text on the visitor's screen so soon after the visitor did something."""
        line = self.visitor_saw(text)
        done = [
            act["at"]
            for act in self._ledger.lines("act")
            if act["who"] == "visitor" and act["person"] == line["person"] and act["seq"] < line["seq"]
        ]
        if not done:
            raise BreakdownError("The visitor has done nothing since the When.")
        if line["at"] - done[-1] > seconds:
            raise UnmetError(f"the visitor sees «{text}» within {seconds:g} s", f"after {line['at'] - done[-1]:g} s")

    def visitor_saw_in_account(self, text: str) -> None:
        """Expect words on the visitor's screen, in the account of the scenario and not of another with equal ids."""
        cause = self.visitor_saw(text).get("cause")
        token = self._world.account_token(self._people.dwelling)
        called = [line for line in self._ledger.lines("crossing") if line["seq"] == cause]
        if not called or token not in unquote(called[0]["sent"]["url"]):
            raise UnmetError(
                f"the visitor sees «{text}» in his own account", "; ".join(map(told, called)) or "elsewhere"
            )

    def visitor_saw_in_time(self, text: str) -> None:
        """Expect words on the visitor's screen, after the vendor took the handover that they announce."""
        line = self.visitor_saw(text)
        about = treaty.message_about(self._vendor, "handover")
        taken = [
            crossing["came"]["at"]
            for crossing in self._ledger.lines("crossing")
            if crossing["event"] == about and acknowledged(crossing)
        ]
        if not taken or line["at"] < taken[0]:
            raise UnmetError(f"the visitor sees «{text}» after the vendor has taken it", self._instead())

    def visitor_was_shown_a_file(self) -> None:
        """Expect one file on the visitor's screen, from the other side."""
        words = "the visitor is shown a file"
        self._take("fact", lambda line: self._said_to_visitor(line) and line.get("form") in MEDIA, words)

    def visitor_was_answered(self) -> None:
        """Expect one text of the bot on the visitor's screen, whatever it says."""
        seen = [line for line in self._ledger.lines("fact") if self._shown(line) and line["author"] == "bot"]
        if len(seen) != 1:
            raise UnmetError("the visitor is answered once", self._instead())
        self.visitor_saw(seen[0]["text"])

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
        """Expect what the treaty's sample of a bot's message says (an invalid one's words), or its fallback text.

        What is more than words must be shown as such, with its buttons; a fallback text as words.

        Raises:
            BreakdownError: the sample says nothing of the kind.
        """
        message = treaty.message_about(self._vendor, "bot-message")
        find = treaty.invalid_sample if faulty else treaty.sample
        body = find(self._vendor, message, name).payload
        words = [str(value) for value in treaty.meaning(self._vendor, message, "text", body)]
        rich = [str(value) for word in ("rich", "link") for value in treaty.meaning(self._vendor, message, word, body)]
        places = treaty.meaning(self._vendor, message, "place", body)
        plain = fallback or not (rich or places)
        wanted = words if plain else rich or [", ".join(map(str, places))]
        if not wanted:
            raise BreakdownError(f"The treaty's sample {name!r} of {message} holds no words.")
        choices = [] if plain else treaty.meaning(self._vendor, message, "caption", body)
        line = self.visitor_saw(wanted[0], **({"choices": choices} if choices else {}))
        form = line.get("form", "text")
        if (form in PLAIN) is not plain:
            kind = "words" if plain else "more than words"
            raise UnmetError(f"the visitor sees «{wanted[0]}» as {kind}", f"as {form}")

    def visitor_read_that_joined(self, which: int) -> None:
        """Expect the vendor's own line that an operator joined, or the bridge's where it must say so itself."""
        operator = self._people.operator(which).name
        if self._world.mirrored:
            announced = {JOINED.format(name) for name in self._people.operator(which).known_as}
            words = f"the visitor sees {' or '.join(f'«{text}»' for text in sorted(announced))}"
            self._take("fact", lambda line: self._said_to_visitor(line) and line["text"] in announced, words)
            return
        words = f"the visitor reads that {operator} joined"
        self._take(
            "fact", lambda line: self._shown(line) and line["author"] == "system" and operator in line["text"], words
        )

    def _shown(self, line: Line) -> bool:
        return bool(line["fact"] == "shown" and line["person"] == self._people.visitor)

    def _said_to_visitor(self, line: Line) -> bool:
        return self._shown(line) and line["author"] != "visitor"

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
