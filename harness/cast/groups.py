"""What is done with groups of operators, and what operators are to them."""

from __future__ import annotations

from typing import Any

from harness.cast.acting import Acting, Operator


class Groups(Acting):
    """The groups of a vendor that routes to groups; each is named by its place in the vendor's list, from 1."""

    def adds_group(self, name: str, *, first: bool) -> None:
        """Let the administrator add a group, before all others or behind them."""
        self._world.act(self._control.adds_group, name, first=first)

    def operator_moves(self, place: int, which: int = 1) -> None:
        """Put an operator on one group's list alone; on none for 0."""
        groups = self._control.groups()[place - 1 : place] if place else []
        self._world.act(self._control.moves_to_groups, self.operator(which).id, groups)

    def operator_passes_to_group(self, place: int) -> None:
        """Let an operator pass the dialogue to a group."""
        self._do(
            self._control.operator_passes_to_group, self.operator().id, self._guest, self._control.groups()[place - 1]
        )

    def operator_sets_status(self, status: str) -> None:
        """Let an operator choose a status, by the vendor's word."""
        self._do(self._control.operator_sets_status, self.operator().id, status)

    def operator_sets_slots(self, slots: int) -> None:
        """Let an operator have so many dialogues at once."""
        self._world.act(self._control.operator_sets_slots, self.operator().id, slots)

    def registrar_comes_online(self) -> None:
        """Let the account's first operator, who was there from the start, come online."""
        self._world.act(self._control.operator_comes_back, self._control.operators()[0])
        self._world.settle()

    def named_operator_comes_online(self, **names: Any) -> None:
        """Let an operator come online under names that the vendor passes on one by one."""
        first, last, nick = (names.get(key, "") for key in ("first_name", "last_name", "nick_name"))
        whole = f"{first} {last}".strip()
        identity = self._world.act(self._control.operator_comes_online, whole, **names)
        self._seat.operators.append(Operator(identity, whole, tuple(dict.fromkeys(filter(None, (whole, first, nick))))))
        self._world.settle()

    # what they do besides, with a dialogue

    def operator_is_assigned(self, which: int = 1) -> None:
        """Let an operator be given the dialogue, which nobody has read yet."""
        self._do(self._control.operator_accepts, self.operator(which).id, self._guest)

    def operator_opens(self, which: int = 1) -> None:
        """Let an operator open the dialogue and read it."""
        self._do(self._control.operator_opens, self.operator(which).id, self._guest)

    def operator_sends(self, address: str, **known: Any) -> None:
        """Let an operator send a file that the vendor keeps at an address; ``name``, ``size``, ``comment`` if known."""
        self._do(self._control.operator_sends, self.operator().id, self._guest, address, **known)

    def vendor_holds(self, text: str) -> None:
        """Let the vendor send a holding text."""
        self._do(self._control.vendor_holds, self._guest, text)

    def forgets_webhook(self) -> None:
        """Let the vendor have no webhook, as before any was set."""
        self._world.act(self._control.forgets_webhook)

    def generates_key(self) -> None:
        """Let the administrator generate another key, under which the guest does not call yet."""
        self._world.act(self._control.generates_key)
