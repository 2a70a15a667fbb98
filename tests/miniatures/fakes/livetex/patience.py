"""Patience that lies: knobs under which LiveTex delivers otherwise than it says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fakes.livetex.knobs import Knobs

if TYPE_CHECKING:
    from fakes.kit.webhooks import Patience


class AnySuccess(Knobs):
    """Takes any 2xx for an acknowledgement."""

    @property
    def patience(self) -> Patience:
        """How webhooks are delivered."""
        return replace(super().patience, only_200=False)


class ThreeAttempts(Knobs):
    """Attempts three times."""

    @property
    def patience(self) -> Patience:
        """How webhooks are delivered."""
        return replace(super().patience, attempts=3)


class EvenPauses(Knobs):
    """Attempts four times, three seconds apart."""

    @property
    def patience(self) -> Patience:
        """How webhooks are delivered."""
        return replace(super().patience, attempts=4, gap=3.0, growth=1.0)
