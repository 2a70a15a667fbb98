"""Whose a callback is: what a party starts runs in its context, and so does what the network calls back."""

from __future__ import annotations

import contextvars
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Party:
    """One instance of a program in the simulated world, from its start to its end."""

    name: str

    def context(self) -> contextvars.Context:
        """Make a context in which everything that is started belongs to it."""
        context = contextvars.copy_context()
        context.run(PARTY.set, self)
        return context

    def owns(self, context: contextvars.Context | None) -> bool:
        """Tell whether a context is this party's, or was copied from it."""
        return context is not None and context.get(PARTY) is self


PARTY: contextvars.ContextVar[Party | None] = contextvars.ContextVar("PARTY", default=None)
