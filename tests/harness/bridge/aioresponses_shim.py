"""aioresponses, mended for as long as it needs it.

aioresponses 0.7.9 makes responses without ``stream_writer``, which aiohttp has required since 3.14
(pnuckowski/aioresponses#289). ``test_aioresponses_shim.py`` fails once this file is no longer needed.
"""

from __future__ import annotations

import contextlib
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from unittest import mock

import aiohttp
import aioresponses
from aioresponses import core

if TYPE_CHECKING:
    from collections.abc import Iterator


class Response(aiohttp.ClientResponse):
    """A response whose request was never written."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Pretend that nothing was sent."""
        super().__init__(*args, **{"stream_writer": SimpleNamespace(output_size=0)} | kwargs)


@contextlib.contextmanager
def answering() -> Iterator[aioresponses.aioresponses]:
    """Let aioresponses answer every session, until the end of the block."""
    with mock.patch.object(core, "ClientResponse", Response), aioresponses.aioresponses() as answers:
        yield answers
