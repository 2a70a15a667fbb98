"""A bridge in a process of its own: started, listened to, ended, and never left behind."""

from __future__ import annotations

import atexit
import contextlib
import os
import select
import shlex
import signal
import socket
import subprocess
import threading
import time  # noqa: TID251 - a process lives on the machine's time
from typing import TYPE_CHECKING

from harness.errors import BreakdownError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from typing import IO

MOST_KEPT = 16 * 1024  # bytes of its output, the last ones
MOST_UNHEARD = 4 * 1024 * 1024  # bytes of it that nobody has asked for yet, the last ones
GRACE_SECONDS = 3.0  # between asking it to end and ending it
GLANCE_SECONDS = 0.02  # between two looks whether it listens
GONE_SECONDS = 0.1  # from closing its sockets to being gone
MOST_TOLD = 600  # characters
UNBUFFERED = {"PYTHONUNBUFFERED": "1"}  # into a pipe Python would print nothing before there is much of it


class Process:
    """One program, started at most once; what it starts in turn ends with it."""

    def __init__(
        self, command: Sequence[str], *, folder: Path | None, variables: Mapping[str, str], host: str, port: int
    ) -> None:
        """Say how it is started: in that folder, with those variables besides the machine's, to listen at that port."""
        self._command = list(command)
        self._folder = folder
        self._variables = dict(variables)
        self._address = (host, port)
        self._process: subprocess.Popen[bytes] | None = None
        self._kept = bytearray()
        self._unheard = bytearray()
        self._reading = threading.Lock()
        self._reader: threading.Thread | None = None

    @property
    def alive(self) -> bool:
        """Tell whether it runs."""
        return self._process is not None and self._process.poll() is None

    def survives(self) -> bool:
        """Tell whether it runs, and still does when it had a moment to be gone."""
        if self._process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(GONE_SECONDS)
        return self.alive

    def start(self, ready_seconds: float) -> None:
        """Start it, and return once it listens.

        Raises:
            BreakdownError: it cannot be started, ended at once, or does not listen where it was told to.
        """
        if _listens(self._address):
            raise BreakdownError(
                f"Something else listens at {self._place} already, where the bridge was to.", "End it, and run again."
            )
        try:
            self._process = subprocess.Popen(  # noqa: S603 - the user's own program
                self._command,
                cwd=self._folder,
                env=UNBUFFERED | os.environ | self._variables,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # a group of its own, so that all of it can be ended
            )
        except OSError as error:
            raise BreakdownError(
                f"The bridge cannot be started by {shlex.join(self._command)!r}: {error.strerror}.",
                "Check the command, and the folder in which it is run.",
            ) from error
        atexit.register(self.kill)
        self._reader = threading.Thread(target=self._listen, args=(self._process,), daemon=True)
        self._reader.start()
        until = time.monotonic() + ready_seconds
        while not _listens(self._address):
            if not self.alive:
                raise BreakdownError(f"The bridge ended before it listened at {self._place}: {self.obituary()}")
            if time.monotonic() > until:
                self.stop()
                raise BreakdownError(
                    f"The bridge runs, but did not listen at {self._place} within {ready_seconds:g} s. {self.words()}",
                    "It must listen at the port that the variable PORT names.",
                )
            time.sleep(GLANCE_SECONDS)

    def stop(self) -> None:
        """Ask it to end, and end it if it does not."""
        if self._process is not None and self.alive:
            self._signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(GRACE_SECONDS)
        self.kill()

    def kill(self) -> None:
        """End it at once, with all that it started."""
        atexit.unregister(self.kill)
        if self._process is None:
            return
        self._signal(signal.SIGKILL)
        self._process.wait()
        if self._reader is not None:
            self._reader.join(GRACE_SECONDS)

    def _signal(self, sign: signal.Signals) -> None:
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, sign)  # the group lives as long as anybody in it

    def obituary(self) -> str:
        """Tell how it ended, with its last words."""
        status = self._process.returncode if self._process is not None else None
        if self._reader is not None:
            self._reader.join(GRACE_SECONDS)
        how = f"killed by signal {-status}" if status is not None and status < 0 else f"exit status {status}"
        return f"{how}. {self.words()}"

    def words(self) -> str:
        """Give its last words, as one line for people."""
        lines = bytes(self._kept).decode("utf-8", "backslashreplace").split("\n")
        told = " / ".join(filter(None, (line.strip() for line in lines)))[-MOST_TOLD:]
        return f"Its last words: {told}" if told else "It said nothing."

    def heard(self) -> str:
        """Give what it has said since this was asked last: to the last byte that it has written, whoever reads it."""
        process = self._process
        if process is not None and process.stdout is not None:
            self._read(process.stdout)
        with self._reading:
            said, self._unheard = self._unheard, bytearray()
        return said.decode("utf-8", "backslashreplace")

    @property
    def _place(self) -> str:
        host, port = self._address
        return f"{host}:{port}"

    def _listen(self, process: subprocess.Popen[bytes]) -> None:
        """Keep the end of what it says, however much that is; a full pipe would stop it."""
        if process.stdout is None:
            return
        try:
            while not self._read(process.stdout):
                _await(process.stdout)
        finally:
            with self._reading:
                process.stdout.close()

    def _read(self, said: IO[bytes]) -> bool:
        """Read what there is; answers whether that was all that there will be."""
        with self._reading:
            left = MOST_UNHEARD  # lest one that never stops be listened to for ever
            while left > 0 and not said.closed and _await(said, 0.0):
                chunk = os.read(said.fileno(), MOST_KEPT)
                if not chunk:
                    return True
                left -= len(chunk)
                self._kept += chunk
                del self._kept[:-MOST_KEPT]
                self._unheard += chunk
                del self._unheard[:-MOST_UNHEARD]
            return said.closed


def _await(said: IO[bytes], seconds: float | None = None) -> bool:
    """Wait until there is something to read, or the end; answers whether there is."""
    poll = select.poll()
    poll.register(said, select.POLLIN)
    return bool(poll.poll(None if seconds is None else seconds * 1000))


def _listens(address: tuple[str, int]) -> bool:
    with socket.socket() as knock:
        knock.settimeout(1.0)
        return knock.connect_ex(address) == 0
