"""What operators do."""

from __future__ import annotations

from harness.cast.acting import Acting, Operator
from harness.cast.passage import Passage
from harness.errors import BreakdownError


class Operators(Acting):
    """The employees who answer; ``which`` is one of them, by the order of their coming."""

    def operator_comes_online(self) -> None:
        """Let another operator come online."""
        name = self._person().name
        self._seat.operators.append(Operator(self._world.act(self._control.operator_comes_online, name), name))
        if self._apart:  # such a vendor tells of it where dialogues wait
            self._world.settle()

    def operator_goes_offline(self, which: int = 1) -> None:
        """Let an operator go offline."""
        self._do(self._control.operator_goes_offline, self.operator(which).id)

    def operator_accepts(self, which: int = 1) -> None:
        """Let an operator take the dialogue and read what is in it."""
        accepts = self._control.operator_opens if self._apart else self._control.operator_accepts
        self._do(accepts, self.operator(which).id, self._guest)

    def operator_writes(self, text: str, which: int = 1) -> None:
        """Let an operator write."""
        self._do(self._control.operator_writes, self.operator(which).id, self._guest, text)

    def operator_writes_at_length(self, sign: str, times: int) -> None:
        """Let an operator write a sign again and again, in one message."""
        self.passage = Passage(sign, times)
        self.operator_writes(self.passage.text)

    def operator_passes(self, which: int = 1, to: int = 2) -> None:
        """Let an operator pass the dialogue to another."""
        self._do(self._control.operator_passes, self.operator(which).id, self._guest, self.operator(to).id)

    def operator_leaves(self, which: int = 1) -> None:
        """Let an operator leave the dialogue."""
        self._do(self._control.operator_leaves, self.operator(which).id, self._guest)

    def operator_finishes(self, which: int = 1) -> None:
        """Let an operator finish the dialogue."""
        self._do(self._control.operator_finishes, self.operator(which).id, self._guest)

    def operator_reopens(self, which: int = 1) -> None:
        """Let an operator reopen the finished dialogue."""
        self._do(self._control.operator_reopens, self.operator(which).id, self._guest)

    def operator_empties(self, what: str, which: int = 1) -> None:
        """Let an operator delete the ``phone`` or ``email`` from the visitor's card."""
        self._do(self._control.operator_clears_card, self.operator(which).id, self._guest, what)

    def operator_enters_first_phone(self) -> None:
        """Let an operator enter in the visitor's card the phone that the last card got."""
        entered = [line["phone"] for line in self._world.journal.lines if line.get("did") == "edits_card"]
        if not entered:
            raise BreakdownError("No phone was entered in this scenario yet.")
        self._do(self._control.operator_edits_card, self.operator().id, self._guest, phone=entered[-1])

    def operator_edits(self, what: str, which: int = 1) -> None:
        """Let an operator enter another ``phone`` or ``email`` in the visitor's card."""
        value = getattr(self._person(), what)
        self._do(self._control.operator_edits_card, self.operator(which).id, self._guest, **{what: value})
