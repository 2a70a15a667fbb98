"""A tenant's journal: the latest lines, each with the revision at which it was last written to."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any

from harness.journal import KEPT_HEADERS, Journal, read_body
from harness.journal import Crossing as Base

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Mapping

MOST_LINES = 10_000  # that a tenant keeps; of more, those that changed longest ago are dropped
MOST_BYTES = 64 * 1024 * 1024  # of the bodies in them, likewise
MORE = ""  # under what a line has its details, until somebody reads it


class Crossing(Base):
    """One request with its answer, whose bodies are parsed only when somebody reads the line."""

    __slots__ = ("_record", "seq")

    def __init__(self, record: Record, line: dict[str, Any], body: bytes) -> None:
        """Open the record; what both classes do, at once."""
        self._journal = self._record = record
        self.line = line
        self.sent_body = body
        self.came = None
        self.seq: int = line["seq"]

    def shown(self) -> Mapping[str, Any]:
        """Give its line as journals have it."""
        return shown(self.line)

    def answered(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        """Write down what came back."""
        self.came = (status, headers, body)
        record = self._record
        self.line["came"] = (record.at(), status, headers, body)
        record.touch(self.line, len(body))
        record.close(self)

    def _note(self, **details: Any) -> None:
        self.line.update(details)
        self._record.touch(self.line)


class Record(Journal):
    """The lines of one tenant, in the order in which they last changed.

    A line's ``revision`` counts all changes of all lines: whoever has read up to one, and asks for what came after it,
    misses nothing, and gets a line anew that has changed. ``at`` is in seconds of the tenant's loop.
    """

    def __init__(self, now: Callable[[], float], most_lines: int = MOST_LINES, most_bytes: int = MOST_BYTES) -> None:
        """Take the tenant's time."""
        super().__init__(now)
        self.revision = 0
        self._most_lines = most_lines
        self._most_bytes = most_bytes
        self._size = 0  # of the bodies that are kept
        self._kept: OrderedDict[int, dict[str, Any]] = OrderedDict()
        self._next = 1  # 0 is the line of a scenario, in the journal of a run
        self._waiting: list[asyncio.Future[None]] = []

    # writing

    def _write(self, kind: str, details: Mapping[str, Any]) -> int:
        line = {"kind": kind, "at": self.at(), "seq": self._next, "revision": 0, **details}
        self._next += 1
        self._add_line(line)
        return self._next - 1

    def fact(self, fact: str, *, cause: int | None, **details: Any) -> None:
        """Write down what a fake knows to be so."""
        seq, self._next = self._next, self._next + 1
        self._add_line(
            {"kind": "fact", "at": self.at(), "seq": seq, "revision": 0, "fact": fact, "cause": cause, MORE: details}
        )

    def crossing(  # noqa: PLR0913 - the parts of a request
        self,
        *,
        sender: str,
        receiver: str,
        event: str,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes,
        cause: int | None,
        **details: Any,
    ) -> Crossing:
        """Open the record of a request."""
        seq, self._next = self._next, self._next + 1
        line = {
            "kind": "crossing",
            "at": self.at(),
            "seq": seq,
            "revision": 0,
            "cause": cause,
            "from": sender,
            "to": receiver,
            "event": event,
            MORE: details,
            "sent": (method, url, headers, body),
            "violations": [],
        }
        self._open.add(seq)
        self._size += len(body)
        self._add_line(line)
        return Crossing(self, line, body)

    def _add_line(self, line: dict[str, Any]) -> None:
        kept = self._kept
        kept[line["seq"]] = line
        self.revision = line["revision"] = self.revision + 1
        while len(kept) > self._most_lines or (self._size > self._most_bytes and len(kept) > 1):
            _, dropped = kept.popitem(last=False)
            self._size -= _size(dropped)
        if self._waiting:
            self._wake()

    def close(self, crossing: Base) -> None:
        """Note that a crossing has its answer, or never will; the revision tells when."""
        self._open.discard(crossing.seq)

    def touch(self, line: dict[str, Any], more: int = 0) -> None:
        """Note that a line changed, and has so many bytes more of a body; one that was dropped is kept again."""
        seq = line["seq"]
        if seq in self._kept:
            self._kept.move_to_end(seq)
            self._size += more
        else:
            self._size += _size(line)
        self._add_line(line)

    # reading

    def since(self, revision: int) -> list[dict[str, Any]]:
        """List the lines that changed after a revision, as journals have them, in the order of their last changes."""
        found: list[dict[str, Any]] = []
        for line in reversed(self._kept.values()):
            if line["revision"] <= revision:
                break
            found.append(shown(line))
        return found[::-1]

    @property
    def first(self) -> int:
        """The revision of the oldest line that is kept; 0 if there is none."""
        return next((int(line["revision"]) for line in self._kept.values()), 0)

    def changed(self, loop: asyncio.AbstractEventLoop) -> asyncio.Future[None]:
        """Give what will be done at the next change, or when this journal ends."""
        waiting = loop.create_future()
        if self.closed:
            waiting.set_result(None)
        else:
            self._waiting.append(waiting)
        return waiting

    def end(self) -> None:
        """Write nothing more, and tell whoever waits."""
        self.closed = True
        self._wake()

    def _wake(self) -> None:
        waiting, self._waiting = self._waiting, []
        for one in waiting:
            if not one.done():
                one.set_result(None)


def _size(line: Mapping[str, Any]) -> int:
    """Count the bytes of a line's bodies."""
    if line["kind"] != "crossing":
        return 0
    return len(line["sent"][-1]) + (len(line["came"][-1]) if "came" in line else 0)


def shown(line: Mapping[str, Any]) -> dict[str, Any]:
    """Give a line as journals have it."""
    whole: dict[str, Any] = {}
    for name, value in line.items():
        whole |= value if name == MORE else {name: value}
    if isinstance(whole.get("sent"), tuple):
        method, url, headers, body = whole["sent"]
        whole["sent"] = {"method": method, "url": url, **_part(headers, body)}
    if isinstance(whole.get("came"), tuple):
        at, status, headers, body = whole["came"]
        whole["came"] = {"at": at, "status": status, **_part(headers, body)}
    return whole


def _part(headers: Mapping[str, str], body: bytes) -> dict[str, Any]:
    kept = {name.lower(): value for name, value in headers.items() if name.lower() in KEPT_HEADERS}
    return {"headers": kept} | read_body(body)
