"""A profile file: how a bridge is reached, what it can do, and what it is known not to do."""

from __future__ import annotations

import datetime as dt  # noqa: TID251 - a known failure lasts until a day of the calendar
import tomllib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from harness.errors import MisuseError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

READY_SECONDS = 10.0
KEYS = {
    "": {"name", "version", "url", "start", "env", "capabilities", "known_failures"},
    "start": {"command", "folder", "ready_seconds"},
    "capabilities": {"offers"},
    "known_failures": {"behaviour", "vendor", "reason", "link", "expires"},
}
FORM = "See docs/bring-your-own-bridge.md, or let `deskcheck init` write a commented one."


@dataclass(frozen=True, slots=True)
class KnownFailure:
    """Something that a bridge does not do yet, as its people know.

    Attributes:
        behaviour: the behaviour's id.
        vendor: the vendor at whom it fails; empty: whoever the vendor is.
        link: where it is discussed.
        expires: the last day on which it is excused; None: it is excused for ever.
    """

    behaviour: str
    reason: str
    link: str = ""
    expires: dt.date | None = None
    vendor: str = ""

    def concerns(self, behaviours: Collection[str], vendor: str) -> bool:
        """Tell whether it is about one of these behaviours at that vendor."""
        return self.behaviour in behaviours and self.vendor in {"", vendor}

    def excuses(self, today: dt.date) -> bool:
        """Tell whether it still counts on a day."""
        return self.expires is None or today <= self.expires

    def __str__(self) -> str:
        """Say it for people."""
        until = f", until {self.expires}" if self.expires is not None else ""
        return f"known failure: {self.reason}{f' ({self.link})' if self.link else ''}{until}"


@dataclass(frozen=True, slots=True)
class Profile:
    """What a profile file says.

    Attributes:
        url: where the bridge runs already, if it is not to be started.
        command: what starts it, word by word.
        folder: where it is started.
        ready_seconds: within which it must listen.
        renamed: what the bridge calls our environment variables, by our names for them.
        offers: the capabilities it may be judged by; None: as it says itself.
        known_failures: those that still count today.
        text: the file as it stands.
    """

    name: str
    version: str = ""
    url: str = ""
    command: tuple[str, ...] = ()
    folder: Path | None = None
    ready_seconds: float = READY_SECONDS
    renamed: Mapping[str, str] = field(default_factory=dict)
    offers: frozenset[str] | None = None
    known_failures: tuple[KnownFailure, ...] = ()
    text: bytes = b""


def read(path: Path) -> Profile:
    """Read a profile file.

    Raises:
        MisuseError: it cannot be read, is no TOML, or says something that means nothing; the error names the place.
    """
    try:
        text = path.read_bytes()
        said = tomllib.loads(text.decode())
    except OSError as error:
        raise MisuseError(f"{path} cannot be read ({error.strerror}).", "Give the path of a profile file.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MisuseError(f"{path} is no TOML: {error}.", FORM) from error
    return replace(_Reader(path).profile(said), text=text)


class _Reader:
    """Reads the parts of one file, and says where it stumbles."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def profile(self, said: dict[str, Any]) -> Profile:
        self._known("", said)
        start = self._table(said, "start")
        command = self._words(start, "command", "start")
        url = self._word(said, "url")
        if bool(command) == bool(url):
            raise self._error("it needs either url, where the bridge runs, or [start] with a command")
        home = self._path.resolve().parent
        offers = said.get("capabilities")
        ready = start.get("ready_seconds", READY_SECONDS)
        if isinstance(ready, bool) or not isinstance(ready, int | float) or not 0 < ready < 1000:  # noqa: PLR2004 - sane
            raise self._error("start.ready_seconds must be a number of seconds")
        renamed = self._table(said, "env")
        return Profile(
            name=self._word(said, "name") or self._path.stem,
            version=self._word(said, "version"),
            url=url,
            command=command,
            folder=home / self._word(start, "folder", "start"),
            ready_seconds=float(ready),
            renamed={ours: self._word(renamed, ours, "env") for ours in renamed},
            offers=None if offers is None else frozenset(self._words(self._table(said, "capabilities"), "offers")),
            known_failures=tuple(
                failure
                for failure in self._failures(said)
                if failure.excuses(dt.date.today())  # noqa: DTZ011 - people's own day
            ),
        )

    def _failures(self, said: dict[str, Any]) -> list[KnownFailure]:
        listed = said.get("known_failures", [])
        if not isinstance(listed, list) or not all(isinstance(entry, dict) for entry in listed):
            raise self._error("known_failures must be tables, each opened by [[known_failures]]")
        found = []
        for entry in listed:
            self._known("known_failures", entry)
            behaviour, reason = (self._word(entry, key, "known_failures") for key in ("behaviour", "reason"))
            expires = entry.get("expires")
            if not behaviour or not reason:
                raise self._error("every known failure needs a behaviour and a reason")
            if expires is not None and type(expires) is not dt.date:
                raise self._error(f"expires of {behaviour} must be a day, as 2027-01-31, without quotes")
            link, vendor = (self._word(entry, key, "known_failures") for key in ("link", "vendor"))
            found.append(KnownFailure(behaviour, reason, link, expires, vendor))
        return found

    def _table(self, said: dict[str, Any], name: str) -> dict[str, Any]:
        table = said.get(name, {})
        if not isinstance(table, dict):
            raise self._error(f"{name} must be a table, opened by [{name}]")
        if name in KEYS:
            self._known(name, table)
        return table

    def _word(self, table: dict[str, Any], key: str, name: str = "") -> str:
        word = table.get(key, "")
        if not isinstance(word, str):
            raise self._error(f"{'.'.join(filter(None, (name, key)))} must be a text in quotes")
        return word

    def _words(self, table: dict[str, Any], key: str, name: str = "capabilities") -> tuple[str, ...]:
        words = table.get(key, [])
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            raise self._error(f'{name}.{key} must be a list of texts, as ["node", "bridge.js"]')
        return tuple(words)

    def _known(self, name: str, table: dict[str, Any]) -> None:
        strange = sorted(table.keys() - KEYS[name])
        if strange:
            place = f" in {name}" if name else ""
            raise self._error(f"it has no use for {strange[0]!r}{place}; it knows {', '.join(sorted(KEYS[name]))}")

    def _error(self, problem: str) -> MisuseError:
        return MisuseError(f"{self._path}: {problem}.", FORM)
