"""What a bridge logs and prints, in this process or in one that was started for it."""

from __future__ import annotations

import logging
import re
import sys
from typing import TYPE_CHECKING, Any, Self

from harness.simulation.party import PARTY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from harness.veil import Veil

ACCESS = "aiohttp.access"
REQUEST = re.compile(r'"[A-Z]+ \S+ HTTP/\d(\.\d)?"')  # how every server's record of calls has what it was called for
MOST_QUOTED = 300  # characters of a line


class Logbook(logging.Handler):
    """Reads along, while it is entered, what the bridge tells the program's log from INFO on, and what it prints.

    What anybody else in this process logs or prints is none of its business, nor is aiohttp's record of the addresses
    that were called, which hold the vendor's token where the vendor wants it so. What a program has printed is brought
    to it (``hear``).
    """

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__(logging.INFO)
        self._lines: list[str] = []

    def __enter__(self) -> Self:
        """Read along from now on."""
        root = logging.getLogger()
        self._before = root.level, sys.stdout, sys.stderr
        root.addHandler(self)
        root.setLevel(min(root.level, logging.INFO) or logging.INFO)
        sys.stdout, sys.stderr = (_Along(stream, self) for stream in (sys.stdout, sys.stderr))
        return self

    def __exit__(self, *_: object) -> None:
        """Let it be as it was."""
        root = logging.getLogger()
        root.removeHandler(self)
        level, sys.stdout, sys.stderr = self._before
        root.setLevel(level)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record, if it is the bridge's."""
        if PARTY.get() is not None and record.name != ACCESS:
            self.keep(self.format(record))

    def keep(self, text: str) -> None:
        """Keep what the bridge has told."""
        self._lines += text.splitlines()

    def hear(self, text: str) -> None:
        """Keep what the bridge has printed in a process of its own, but for the addresses at which it was called."""
        self.keep(REQUEST.sub('"…"', text))

    def betraying(self, veil: Veil) -> Iterator[str]:
        """Go once through the lines in which a secret stands that is known by now, the secret veiled."""
        lines, self._lines = self._lines, []
        for line in lines:
            veiled = veil.over(line)
            if veiled == line:
                self._lines.append(line)
            else:
                yield veiled[:MOST_QUOTED]


class _Along:
    """A stream along which the logbook reads."""

    def __init__(self, stream: TextIO, logbook: Logbook) -> None:
        self._stream = stream
        self._logbook = logbook

    def write(self, text: str) -> int:
        if PARTY.get() is not None:
            self._logbook.keep(text)
        return self._stream.write(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)
