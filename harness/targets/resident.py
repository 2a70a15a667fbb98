"""Bridges that outlive a world: a program that is started once, or one that runs already. Each world resets them."""

from __future__ import annotations

import asyncio
import os
import secrets
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from harness.errors import MisuseError
from harness.targets.process import Process

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from harness.targets.env import Env

TOKEN = "DESKCHECK_CONTRACT_TOKEN"  # noqa: S105 - the variable's name


class Program:
    """A program that is started when the first world needs it, and again when it died or hung."""

    public_url = None  # where the world has room for it

    def __init__(
        self, command: Sequence[str], *, folder: Path | None, ready_seconds: float, renamed: Mapping[str, str]
    ) -> None:
        """Say how it is started; ``renamed`` gives its own names for our environment variables."""
        self._command = command
        self._folder = folder
        self._ready_seconds = ready_seconds
        self._renamed = renamed
        self._process: Process | None = None
        self.contract_token = secrets.token_hex(16)

    async def start(self, env: Env) -> None:
        """See to it that it runs.

        Raises:
            BreakdownError: it does not start, or does not listen; see ``Process.start``.
        """
        if self._process is not None and self._process.alive:
            return
        variables = {self._renamed.get(name, name): value for name, value in env.variables.items()}
        self._process = Process(self._command, folder=self._folder, variables=variables, host=env.host, port=env.port)
        await asyncio.to_thread(self._process.start, self._ready_seconds)

    async def stop(self) -> None:
        """Let it run: the next world needs it."""

    def obituary(self) -> str | None:
        """Tell how it died, if it did."""
        if self._process is None or self._process.alive:
            return None
        return self._process.obituary()

    def words(self) -> str:
        """Give its last words."""
        return self._process.words() if self._process is not None else ""

    def end(self) -> None:
        """End it; the next world starts it anew."""
        if self._process is not None:
            self._process.stop()
            self._process = None


class Neighbour:
    """A bridge that runs already, at an address; it is neither started nor ended."""

    def __init__(self, url: str) -> None:
        """Reach it at that address, under the token of the environment.

        Raises:
            MisuseError: the address is none, or there is no token.
        """
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

    async def start(self, env: Env) -> None:
        """Trust that it runs."""

    async def stop(self) -> None:
        """Let it run."""

    def obituary(self) -> str | None:
        """Know nothing of its life."""
        return None

    def words(self) -> str:
        """Hear nothing of what it says."""
        return ""

    def end(self) -> None:
        """Let it run."""
