"""Bridges that outlive a world: a program that is started once, or one that runs already. Each world resets them."""

from __future__ import annotations

import asyncio
import os
import secrets
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from harness.errors import BreakdownError, MisuseError
from harness.targets.process import Process

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from harness.targets.env import Env

TOKEN = "DESKCHECK_CONTRACT_TOKEN"  # noqa: S105 - the variable's name
MOST_BREAKDOWNS = 3  # in a row; then nothing more is tried


class Resident:
    """A bridge that stays from world to world.

    Attributes:
        public_url: where it is; None: where the world has room for it.
        contract_token: under which its contract is asked.
        mortal: whether it may be killed, and started again.
    """

    public_url: str | None = None
    mortal = False
    contract_token: str

    def __init__(self) -> None:
        """Begin with trust."""
        self._breakdowns: list[str] = []

    async def start(self, env: Env) -> None:
        """See to it that it runs.

        Raises:
            BreakdownError: it cannot be started, or broke down so often that nothing more is tried.
        """
        if len(self._breakdowns) >= MOST_BREAKDOWNS:
            raise BreakdownError(
                f"The bridge broke down {MOST_BREAKDOWNS} times, so it is not tried again: {self._breakdowns[-1]}"
            )
        try:
            await self._begin(env)
        except BreakdownError as error:
            self._breakdowns = [str(error)] * MOST_BREAKDOWNS  # what does not start will not start
            raise

    async def _begin(self, env: Env) -> None:
        """Start, if there is something to start."""

    async def stop(self) -> None:
        """Let it run: the next world needs it."""

    def die(self) -> None:
        """Be killed, from one instant to the next."""

    def obituary(self) -> str | None:
        """Tell how it died, if it did."""
        return None

    def heard(self) -> str:
        """Give what it has printed since this was asked last, as far as it can be heard."""
        return ""

    def ended(self, breakdown: BreakdownError | None) -> None:
        """Learn how a world ended; after a breakdown it is ended too, so that the next world has a fresh one."""
        if breakdown is None:
            self._breakdowns.clear()
        else:
            self._breakdowns.append(str(breakdown))
            self.close()

    def close(self) -> None:
        """End, if that is ours to do."""


class Program(Resident):
    """A program that is started when the first world needs it, and again when it died or hung."""

    mortal = True

    def __init__(
        self,
        command: Sequence[str],
        *,
        folder: Path | None,
        ready_seconds: float,
        renamed: Mapping[str, str],
        memory: str = "",
    ) -> None:
        """Say how it is started.

        ``renamed`` gives its own names for our environment variables; ``memory`` is the variable that tells it in which
        file to keep what must last, if it wants one.
        """
        super().__init__()
        self._command = command
        self._folder = folder
        self._ready_seconds = ready_seconds
        self._renamed = renamed
        self._process: Process | None = None
        self._memory = memory
        self._room: tempfile.TemporaryDirectory[str] | None = None
        self._last_words = ""  # of those that were killed
        self.contract_token = secrets.token_hex(16)

    async def _begin(self, env: Env) -> None:
        if self._process is not None and self._process.alive:
            return
        variables = {self._renamed.get(name, name): value for name, value in env.variables.items()}
        if self._memory:
            self._room = self._room or tempfile.TemporaryDirectory(prefix="deskcheck-")
            variables[self._memory] = str(Path(self._room.name) / "memory")
        process = Process(self._command, folder=self._folder, variables=variables, host=env.host, port=env.port)
        await asyncio.to_thread(process.start, self._ready_seconds)
        self._process = process

    def die(self) -> None:
        """Be killed, from one instant to the next."""
        if self._process is not None:
            self._process.kill()
            self._last_words += self._process.heard()
            self._process = None

    def heard(self) -> str:
        """Give what it has printed since this was asked last, and the dead before it."""
        said, self._last_words = self._last_words, ""
        return said + (self._process.heard() if self._process is not None else "")

    def obituary(self) -> str | None:
        """Tell how it died, if it did."""
        return None if self._process is None or self._process.survives() else self._process.obituary()

    def close(self) -> None:
        """End it; the next world starts it anew."""
        if self._process is not None:
            self._process.stop()
            self._process = None
        if self._room is not None:
            self._room.cleanup()
            self._room = None


class Neighbour(Resident):
    """A bridge that runs already, at an address; it is neither started nor ended."""

    def __init__(self, url: str) -> None:
        """Reach it at that address, under the token of the environment.

        Raises:
            MisuseError: the address is none, or there is no token.
        """
        super().__init__()
        parts = urlsplit(url)
        if parts.scheme != "http" or not parts.hostname:
            raise MisuseError(f"{url!r} is no address of a bridge.", "Write url:http://127.0.0.1:9000.")
        self.public_url = url.rstrip("/")
        self.contract_token = os.environ.get(TOKEN, "")
        if not self.contract_token:
            raise MisuseError(
                f"The environment does not say {TOKEN}, without which the bridge's contract cannot be asked.",
                "Set it to what the bridge was started with.",
            )
