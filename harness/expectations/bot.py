"""What the bot and the webhook must have been told."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import unquote

from harness import treaty
from harness.errors import BreakdownError, UnmetError
from harness.expectations.judging import Judging, acknowledged, status
from harness.world.ledger import told, uttered

if TYPE_CHECKING:
    from harness.journal import Line

NETWORK_SHARE = 0.1  # seconds that the network may add to a wait


class OfTheBot(Judging):
    """What reached the guest."""

    def bot_was_told(self, text: str) -> Line:
        """Expect that the visitor's words went to the bot."""
        words = f"the bot is told «{text}»"
        return self._take("crossing", lambda line: self._is_told(line, "bot") and text in uttered(line), words)

    def bot_was_told_of(self, text: str, word: str, value: object) -> None:
        """Expect that the visitor's words went to the bot, and with them that something is so."""
        came = self._meant(self.bot_was_told(text), word)
        if came != [value]:
            raise UnmetError(f"with «{text}» the bot is told {word}: {value}", f"{word}: {came}")

    def bot_was_told_in_words_alone(self, text: str) -> None:
        """Expect that the bot was told a caption, and no id that it ever gave to a button."""
        line = self.bot_was_told(text)
        given = {
            str(value)
            for sent in self._world.journal.lines
            if sent["kind"] == "crossing" and sent["from"] == "bridge"
            for value in self._meant(sent, "button")
        }
        carried = given.intersection(leaves(line["sent"]["json"]))
        if not given:
            raise BreakdownError("The bot has shown no button with an id in this scenario.")
        if carried:
            raise UnmetError(f"the bot is told «{text}» and no more", f"it also learned {', '.join(sorted(carried))}")

    def bot_was_sent(self, address: str) -> None:
        """Expect that a file went to the bot as what it is."""
        words = f"the bot is sent {address}"
        self._take("crossing", lambda line: self._is_told(line, "bot") and address in self._meant(line, "link"), words)

    def bot_was_told_nothing(self) -> None:
        """Expect that the bot was told nothing."""
        came = next((line for line in self._ledger.lines("crossing") if self._is_on(line, "bot")), None)
        if came is not None:
            raise UnmetError("the bot is told nothing", told(came))

    def was_told_that(self, surface: str, news: str) -> Line:
        """Expect that bot or webhook was told something, by the treaty's word for it."""
        message = treaty.message_that(self._vendor, surface, news)
        words = f"the {surface} is told that {news}"
        return self._take("crossing", lambda line: line["event"] == message and self._is_told(line, surface), words)

    def was_told_without(self, surface: str, news: str, word: str) -> None:
        """Expect that bot or webhook was told something, and nothing of a meaning with it."""
        came = treaty.betrayed(self._vendor, word, self.was_told_that(surface, news)["sent"]["json"])
        if came:
            raise UnmetError(f"the {surface} is told that {news}, without {word}", f"{word}: {came}")

    def webhook_was_told_nothing_of_visitor(self) -> None:
        """Expect no event about the visitor at the webhook."""
        came = next(self._sent("webhook"), None)
        if came is not None:
            raise UnmetError("the webhook is told nothing of the dialogue", told(came))

    def webhook_was_told_of_reading(self, text: str, which: int) -> None:
        """Expect the read mark of a visitor's message, by the id that the vendor gave it, with who read it."""
        reader = self._people.operator(which)
        ids = set(self._people.message_ids(text))
        words = f"the webhook is told that {reader.name} has read «{text}»"
        line = self._take(
            "crossing",
            lambda line: self._is_told(line, "webhook") and bool(ids.intersection(self._meant(line, "read-message"))),
            words,
        )
        if self._meant(line, "operator") != [reader.id]:
            raise UnmetError(words, told(line))

    def webhook_was_told_times(self, news: str, times: int, *, free: bool) -> None:
        """Expect an event so often that tells whether an operator can take more, and names no visitor."""
        message = treaty.message_that(self._vendor, "webhook", news)
        came = [line for line in self._ledger.lines("crossing") if line["event"] == message and acknowledged(line)]
        if len(came) != times or any(treaty.betrayed(self._vendor, "person", line["sent"]["json"]) for line in came):
            raise UnmetError(f"the webhook is told {times} times that {news}", "; ".join(map(told, came)) or "never")
        told_free = [self._meant(line, "somebody-free") for line in came]
        if told_free != [[free]] * times:
            raise UnmetError(f"the webhook is told that he can take {'more' if free else 'no more'}", f"{told_free}")
        self._tick_off(came)

    def bot_was_told_the_rating(self, mark: str) -> None:
        """Expect that the visitor's rating went to the bot."""
        came = self._meant(self.was_told_that("bot", "the visitor rated it"), "rating")
        if came != [mark]:
            raise UnmetError(f"the bot is told the rating {mark}", f"it was told {came}")

    def acknowledged(self, seconds: float | None = None) -> None:
        """Expect that every event sent to the bridge was acknowledged, each within so many seconds if given."""
        delivered = 0
        while (line := self._ledger.take("crossing", lambda line: line["to"] == "bridge")) is not None:
            delivered += 1
            if not acknowledged(line):
                raise UnmetError("the delivery is acknowledged", told(line))
            if seconds is not None and line["came"]["at"] - line["at"] > seconds:
                took = line["came"]["at"] - line["at"]
                raise UnmetError(
                    f"the delivery is acknowledged within {seconds:g} s", f"{told(line)} after {took:.1f} s"
                )
        if not delivered:
            raise BreakdownError("Nothing was sent to the bridge, so nothing could be acknowledged.")

    def attempted(self, surface: str, times: int, seconds: float) -> None:
        """Expect that one event was attempted so often, so many seconds apart, the same event throughout."""
        attempts = list(self._sent(surface))
        expected = f"one event is attempted {times} times, {seconds:g} s apart"
        events = {str(line["sent"]) for line in attempts}
        if len(attempts) != times or len(events) != 1:
            raise UnmetError(expected, f"{len(attempts)} attempts of {len(events)} events")
        for earlier, later in pairwise(attempts):
            apart = later["at"] - earlier["at"]
            if abs(apart - seconds) > NETWORK_SHARE:
                raise UnmetError(expected, f"{apart:.1f} s apart")
        self._tick_off(attempts)

    def attempted_with_growing_pauses(self, times: int) -> None:
        """Expect of the whole scenario that one event was attempted so often, each pause longer than the last."""
        crossings = [line for line in self._world.journal.lines if line["kind"] == "crossing"]
        attempts = [line for line in crossings if self._is_at_door(line, "webhook")]
        expected = f"one event is attempted {times} times, with growing pauses"
        if len(attempts) != times or len({str(line["sent"]) for line in attempts}) != 1:
            raise UnmetError(expected, "; ".join(map(told, attempts)) or "nothing at all")
        pauses = [later["at"] - earlier["at"] for earlier, later in pairwise(attempts)]
        if any(later <= earlier + NETWORK_SHARE for earlier, later in pairwise(pauses)):
            raise UnmetError(expected, f"after {', '.join(f'{pause:.1f} s' for pause in pauses)}")
        self._tick_off(attempts)

    def called_under(self, before: str, after: str) -> None:
        """Expect that the guest was reached at the bot's address with the token exactly as it was pasted."""
        pasted = f"{before}{self._world.binding['token']}{after}"
        attempts = list(self._sent("bot"))
        if not attempts:
            raise UnmetError(f"the bot is called under the token {pasted!r}", self._instead())
        for attempt in attempts:
            token = unquote(attempt["sent"]["url"].rpartition("/")[2])
            if token != pasted or not status(attempt):
                raise UnmetError(f"the bot is called under the token {pasted!r}", f"{token!r}, {told(attempt)}")
        self._tick_off(attempts)

    def webhook_was_not_reached(self) -> None:
        """Expect that the webhook was called, and no call reached it."""
        attempts = list(self._sent("webhook"))
        if not attempts:
            raise UnmetError("the vendor tries the webhook", self._instead())
        for attempt in attempts:
            if "came" in attempt:
                raise UnmetError("nothing reaches the webhook", told(attempt))
        self._tick_off(attempts)

    def _tick_off(self, attempts: list[Line]) -> None:
        for attempt in attempts:
            self._ledger.take("crossing", lambda line, attempt=attempt: line is attempt)  # type: ignore[misc]  # bound


def leaves(value: object) -> list[str]:
    """List every value in a body that holds no others, and every key, as strings."""
    if isinstance(value, dict):
        return [leaf for key, part in value.items() for leaf in (str(key), *leaves(part))]
    if isinstance(value, list):
        return [leaf for part in value for leaf in leaves(part)]
    return [str(value)]
