"""Expectations that may be disappointed: the story goes on, and only oracles judge it."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from harness.errors import TELLING, DeskcheckError

if TYPE_CHECKING:
    from collections.abc import Callable

    from harness.expectations import Expectations


class Unjudged:
    """Expects what the expectations expect, for what happens meanwhile."""

    def __init__(self, expectations: Expectations) -> None:
        """Take them."""
        self._expectations = expectations

    def __getattr__(self, verb: str) -> Callable[..., Any]:
        """Give a verb that lets everything be otherwise but what is worse than another story."""
        expected = getattr(self._expectations, verb)

        @functools.wraps(expected)
        def attempt(*words: Any, **details: Any) -> Any:
            try:
                return expected(*words, **details)
            except TELLING:
                raise
            except DeskcheckError:
                return None

        return attempt
