"""Bridges that lie about what they do while a vendor fails."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from harness.bridge import Bridge
from harness.bridge.outbox import Outbox
from harness.bridge.outcome import Outcome

if TYPE_CHECKING:
    from harness.bridge.outbox import Carrier
    from harness.bridge.store import Letter

MINUTE = 60.0  # seconds
DAWDLING = 2.5  # seconds


def sending(outbox: type[Outbox]) -> type[Bridge]:
    """Make a bridge whose outbox lies."""
    return type(outbox.__name__, (Bridge,), {"__doc__": outbox.__doc__, "outbox_class": outbox})


class GivesUpSoon(Outbox):
    """Tries for a minute."""

    def _judge(self, carrier: Carrier, letter: Letter, outcome: Outcome) -> None:
        soon = self._now() - letter.made < MINUTE
        super()._judge(carrier, letter, replace(outcome, again=outcome.again and soon))


class NeverRepeats(Outbox):
    """Never sends again what the vendor may have taken."""

    def _judge(self, carrier: Carrier, letter: Letter, outcome: Outcome) -> None:
        super()._judge(carrier, letter, replace(outcome, again=outcome.again and outcome.state != "doubtful"))


class RepeatsUntilAnswered(Outbox):
    """Takes a lost answer for a refusal, and sends again until there is one."""

    def _judge(self, carrier: Carrier, letter: Letter, outcome: Outcome) -> None:
        doubtful = outcome.state == "doubtful"
        super()._judge(carrier, letter, replace(outcome, state="refused") if doubtful else outcome)


class DoubtsEverything(Outbox):
    """Is in doubt whenever it had to try again."""

    def _judge(self, carrier: Carrier, letter: Letter, outcome: Outcome) -> None:
        tried = letter.tries > 1 and outcome.state == "sent"
        super()._judge(carrier, letter, replace(outcome, state="doubtful", again=False) if tried else outcome)


class SendsBothTries(Outbox):
    """Sends twice what was refused at first."""

    async def _carried(self, carrier: Carrier, letter: Letter) -> Outcome:
        outcome = await super()._carried(carrier, letter)
        return await super()._carried(carrier, letter) if letter.tries and outcome.state == "sent" else outcome


class ForgetsDoubts(Outbox):
    """Repeats what may have been taken, and reports it as sent."""

    def _end(self, carrier: Carrier, letter: Letter, outcome: Outcome) -> None:
        sent = letter.doubt is not None
        super()._end(carrier, replace(letter, doubt=None), Outcome("sent", result=outcome.result) if sent else outcome)


class ReportsTheUnsaid(Outbox):
    """Reports as sent what was not said any more."""

    def _end(self, carrier: Carrier, letter: Letter, outcome: Outcome) -> None:
        unsaid = carrier.idle(letter) is not None and letter.line is not None
        super()._end(carrier, letter, Outcome("sent") if unsaid else outcome)


class LetsOthersPass(Outbox):
    """Puts what fails behind what comes after it."""

    def _judge(self, carrier: Carrier, letter: Letter, outcome: Outcome) -> None:
        super()._judge(carrier, letter, outcome)
        if outcome.again:
            self._store._db.execute(
                "UPDATE letters SET id = (SELECT max(id) FROM letters) + 1 "
                "WHERE id = ? AND id < (SELECT max(id) FROM letters)",
                (letter.id,),
            )


class NewestFirst(Outbox):
    """Sends what is newest first."""

    def add(self, lane: str, *words: Any, **details: Any) -> None:
        """Put it in front."""
        super().add(lane, *words, **details)
        self._store._db.execute(
            "UPDATE letters SET id = (SELECT min(id) FROM letters) - 1 WHERE id = (SELECT max(id) FROM letters)"
        )


class OneQueue(Outbox):
    """Has one queue per vendor, whoever the words are for."""

    def add(self, lane: str, *words: Any, **details: Any) -> None:
        """Put it into that."""
        centre, apart, _ = lane.partition("/")
        super().add(f"{centre}/all" if apart else "all", *words, **details)


class Dawdles(NewestFirst):
    """Lets a chat-centre wait for some seconds, and then sends it what is newest first."""

    async def _try(self, carrier: Carrier, letter: Letter) -> None:
        if letter.made + DAWDLING > self._now() and "/" in letter.lane:
            self._store.postpone_letter(letter.id, letter.made + DAWDLING, 0, None)
        else:
            await super()._try(carrier, letter)
