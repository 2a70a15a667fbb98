"""What the visitor does."""

from __future__ import annotations

from harness.cast.acting import Acting
from harness.cast.passage import Passage


class Visitor(Acting):
    """The person who asks."""

    def visitor_arrives(self, *, known: bool = True) -> None:
        """Let a visitor open the scenario's channel, known by name or not."""
        self.visitor_arrives_as(self._person().name if known else None)

    def visitor_arrives_as(self, name: str | None) -> None:
        """Let a visitor open the scenario's channel who has that name, or none."""
        places = {} if self.channel is None else {"channel": self.channel}
        self._seat.visitor = self._world.act(self._visitors.visitor_arrives, name=name, **places)

    def visitor_comes_by(self, place: str) -> None:
        """Let the scenario's visitor come by that vendor or messenger."""
        self.goes_to(place)
        self.visitor_arrives()

    def visitor_writes(self, *texts: str) -> None:
        """Let the visitor write, all texts in one moment; one arrives if there is none."""
        if self._seat.visitor is None:
            self.visitor_arrives()

        self._world.ledger.open()
        for text in texts:
            self._world.act(self._visitors.visitor_writes, self.visitor, text)
        self._world.settle()

    def visitor_and_another_write(self, text: str, other: str) -> None:
        """Let the visitor and a new one write in one moment; from then on the scenario is about the new one."""
        self._world.ledger.open()
        first = self.visitor
        self.visitor_arrives()
        self._world.act(self._visitors.visitor_writes, first, text)
        self._world.act(self._visitors.visitor_writes, self.visitor, other)
        self._world.settle()

    def visitor_writes_at_length(self, sign: str, times: int) -> None:
        """Let the visitor write a sign again and again, in one message."""
        self.passage = Passage(sign, times)
        self.visitor_writes(self.passage.text)

    def visitor_edits(self, old: str, new: str) -> None:
        """Let the visitor change what he wrote, or what he wrote beside a file."""
        self._do(self._visitors.visitor_edits, self.visitor, old, new)

    def visitor_writes_and_is_delivered_twice(self, text: str) -> None:
        """Let the visitor write, and the vendor deliver that twice in one moment."""

        def both(visitor: str) -> None:
            self._visitors.visitor_writes(visitor, text)
            self._visitors.repeats_last_event(visitor)

        self._do(both, self.visitor)

    def visitor_presses(self, caption: str) -> None:
        """Let the visitor press a button that the screen shows."""
        self._do(self._visitors.visitor_presses, self.visitor, caption)

    def visitor_sends(self, kind: str, address: str, words: str = "") -> None:
        """Let the visitor attach a file, which the vendor keeps at an address, with words beside it or without."""
        known = {"name": address} if self._apart else {}  # elsewhere the address tells enough
        known |= {"caption": words} if words else {}
        self._do(self._visitors.visitor_sends, self.visitor, kind, address, **known)

    def visitor_rates(self, mark: str) -> None:
        """Let the visitor rate the bot."""
        self._do(self._control.visitor_rates, self.visitor, mark)

    # on the site

    def visitor_enters_site(self) -> None:
        """Let a visitor come to the site for the first time, the chat closed."""
        self._seat.visitor = self._world.act(self._control.visitor_enters_site, name=self._person().name)

    def visitor_returns_to_site(self) -> None:
        """Let the visitor come to the site again, the chat closed."""
        self._do(self._control.visitor_returns_to_site, self.visitor)

    def visitor_opens_chat(self) -> None:
        """Let the visitor open the chat; one comes to the site if there is none."""
        if self._seat.visitor is None:
            self.visitor_enters_site()
        self._do(self._control.visitor_opens_chat, self.visitor)

    # the vendor

    def vendor_repeats(self) -> None:
        """Let the vendor deliver the visitor's last message again."""
        self._do(self._control.repeats_last_event, self._guest)
