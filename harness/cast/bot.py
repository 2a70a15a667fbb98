"""What the bot does, be it the probe's or a bridge's, and how the guest answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness import treaty
from harness.cast.caller import Caller
from harness.errors import UnobservableError
from harness.targets.probe import Manner

if TYPE_CHECKING:
    from collections.abc import Coroutine, Sequence
    from typing import Any


MESSAGE = "bot-message"


class Bot(Caller):
    """The bot, and the webhook beside it."""

    def bot_behaves(self, *manners: Manner) -> None:
        """Let the probe answer the coming bot events so, one manner each; the last one stays."""
        self._world.probe.behave(manners)

    def bot_speaks_first(self, text: str) -> None:
        """Let the probe say something whenever it is told something, before it acknowledges."""
        self._world.probe.early = text

    def webhook_behaves(self, manner: Manner) -> None:
        """Let the probe answer webhooks so."""
        self._world.probe.webhook_manner = manner

    def webhook_answers(self, name: str) -> None:
        """Let the probe answer webhooks with the treaty's sample of that name."""
        self._world.probe.webhook_answer = treaty.sample(self._vendor, "webhook_answer", name).payload

    def bot_says(self, *texts: str) -> None:
        """Let the bot say something unasked: the probe itself, a bridge through its contract."""
        for number, text in enumerate(texts):
            self._bot(self._bot_says(text), anew=number == 0)

    def bot_sends(self, name: str, *, faulty: bool = False) -> None:
        """Let the probe send the treaty's sample of a bot's message, or its invalid sample."""
        self._bot(self._world.probe.send(MESSAGE, **{"fault" if faulty else "sample": name}))

    def bot_says_under(self, token: str, text: str) -> None:
        """Let the probe say something under another token than its own."""
        self._bot(self._world.probe.send(MESSAGE, token=token, text=text))

    def bot_invites(self) -> None:
        """Let the probe ask for an operator, where there are groups of the first."""
        if self._apart:
            self.chooses_group()
        else:
            self._bot(self._world.probe.send("handover"))

    def bot_hands_over(self) -> None:
        """Let the bot ask for an operator: the probe by itself, a bridge's bot by the visitor's command."""
        if self._world.contract is None:
            self.bot_invites()
        else:
            self._do(self._visitors.visitor_writes, self.visitor, "/operator")

    def bot_hands_over_if_it_must(self) -> None:
        """Let the bot ask for an operator where operators cannot see a visitor before that."""
        if self._apart:
            self.bot_hands_over()

    def bot_asks_for_rating(self) -> None:
        """Let the probe ask for a rating."""
        self._bot(self._world.probe.send("rating"))

    @property
    def _vendor(self) -> str:
        return self._world.scenario.vendor

    def _bot(self, work: Coroutine[Any, Any, object], *, anew: bool = True) -> None:
        if anew:
            self._world.ledger.open()
        self._world.run(work)
        self._world.settle()

    async def _bot_says(self, text: str) -> None:
        contract = self._world.contract
        if contract is None:
            await self._world.probe.send(MESSAGE, text=text)
            return
        leads = [lead["id"] for lead in await contract.leads() if lead["person"] == self.visitor]
        if not leads:
            raise UnobservableError("cannot be observed: the bridge shows no lead of that visitor")
        await contract.say(leads[0], text)


def manners(words: Sequence[str]) -> tuple[Manner, ...]:
    """Read manners as features write them.

    Raises:
        ValueError: there is no such manner.
    """
    return tuple(Manner(word) for word in words)
