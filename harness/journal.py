"""The journal: everything that happens, as events in, JSON lines out, and back.

It is the only output of a run; reports and oracles are functions of it. ``journal.schema.json`` describes its lines.
``at`` (seconds of world time) and ``seq`` count per scenario, so that a scenario's lines are the same whatever ran
before it.
"""

from __future__ import annotations

import hashlib
import json
import math
from typing import TYPE_CHECKING, Any

from harness.errors import MisuseError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from harness.veil import Veil

Line = dict[str, Any]
KINDS = ("run", "scenario", "step", "act", "crossing", "fact", "asked", "fault", "verdict")
KEPT_HEADERS = frozenset({"content-type", "retry-after", "x-telegram-bot-api-secret-token"})
LINE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
MOST_OF_A_LINE = 64 << 20  # bytes; a body of ten million characters, each an escape
MARK = "‹secret:"  # how that begins which stands where a secret was (veil)
BLOCK = "deskcheck-block"  # what opens a scenario's lines in a worker's part


class Crossing:
    """One request with its answer; fits ``fakes.kit.ports.Crossing``."""

    __slots__ = ("_journal", "came", "line", "sent_body")

    def __init__(self, journal: Journal, line: dict[str, Any], body: bytes) -> None:
        """Open the record."""
        self._journal = journal
        self.line = line
        self.sent_body = body
        self.came: tuple[int, Mapping[str, str], bytes] | None = None

    @property
    def seq(self) -> int:
        """Tell its place in the journal."""
        return int(self.line["seq"])

    def shown(self) -> Mapping[str, Any]:
        """Give its line as it stands."""
        return self.line

    def answered(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        """Write down what came back."""
        self.came = (status, headers, body)
        self._note(came={"at": self._journal.at(), "status": status} | _part(headers, body))
        self._journal.close(self)

    def failed(self, reason: str) -> None:
        """Write down why nothing came back."""
        self._note(failed={"at": self._journal.at(), "reason": reason})
        self._journal.close(self)

    def violates(self, violations: Sequence[str]) -> None:
        """Write down where what was sent breaks its schema."""
        self._note(violations=[*self.line["violations"], *violations])

    def unread(self, fields: Sequence[str]) -> None:
        """Write down which fields of what the guest sent or answered the fake never read, as JSON pointers."""
        self._add("unread", fields)

    def remarks(self, oddities: Sequence[str]) -> None:
        """Write down what is odd about what the guest sent or answered, though it was taken."""
        self._add("remarks", oddities)

    def struck_by(self, fault: str) -> None:
        """Write down which fault struck it; of several, all."""
        before = self.line.get("fault")
        self._note(fault=f"{before}; {fault}" if before else fault)

    def _add(self, name: str, notes: Sequence[str]) -> None:
        if notes:
            self._note(**{name: [*self.line.get(name, ()), *notes]})

    def _note(self, **details: Any) -> None:
        if not self._journal.closed:
            self.line.update(details)


class Journal:
    """One scenario's lines as they happen; fits ``fakes.kit.ports.Witness``."""

    def __init__(
        self, now: Callable[[], float], tick: Callable[[], float] | None = None, *, most_crossings: int = 5_000
    ) -> None:
        """Take the world's time; more crossings than that are a storm.

        ``tick`` tells the time of the world's loop, where that is another: by it one sees a world settle.
        """
        self._now = now
        self._tick = tick or now
        self.most_crossings = most_crossings
        self._instant = self._at = 0.0  # the latest instant, and what it is to the microsecond
        self._open: set[int] = set()
        self._crossings = 0
        self.lines: list[dict[str, Any]] = []
        self.changed_at = 0.0
        self.closed = False

    def at(self) -> float:
        """Tell the instant in seconds of world time, to the microsecond."""
        now = self._now()
        if now != self._instant:
            self._instant, self._at = now, round(now, 6)
        return self._at

    @property
    def open_crossings(self) -> int:
        """How many requests wait for their answer."""
        return len(self._open)

    @property
    def stormy(self) -> bool:
        """Whether there were more crossings than any scenario needs."""
        return self._crossings > self.most_crossings

    def act(self, who: str, did: str, **details: Any) -> int:
        """Write down that a person did something."""
        return self._write("act", {"who": who, "did": did, **details})

    def fact(self, fact: str, *, cause: int | None, **details: Any) -> None:
        """Write down what a fake knows to be so."""
        self._write("fact", {"fact": str(fact), "cause": cause, **details})

    def step(self, text: str) -> int:
        """Write down which sentence of the scenario comes now."""
        return self._write("step", {"text": text})

    def asked(self, call: str, status: int, answer: Any) -> None:
        """Write down what the bridge's contract answered."""
        self._write("asked", {"call": call, "status": status, "answer": answer})

    def fault(self, name: str, **details: Any) -> None:
        """Write down that something was made to fail, or failed by itself outside any crossing."""
        self._write("fault", {"name": name, **details})

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
        seq = self._write(
            "crossing",
            {
                "cause": cause,
                "from": sender,
                "to": receiver,
                "event": event,
                **details,
                "sent": {"method": method, "url": url} | _part(headers, body),
                "violations": [],
            },
        )
        crossing = Crossing(self, self.lines[-1] if not self.closed else {"seq": seq, "violations": []}, body)
        self._crossings += 1
        self._open.add(seq)
        self.changed_at = self._tick()
        return crossing

    def close(self, crossing: Crossing) -> None:
        """Note that a crossing has its answer, or never will."""
        self._open.discard(crossing.seq)
        self.changed_at = self._tick()

    def _write(self, kind: str, details: Mapping[str, Any]) -> int:
        seq = len(self.lines)
        if not self.closed:
            self.lines.append({"kind": kind, "at": self.at(), "seq": seq, **details})
        return seq


def _part(headers: Mapping[str, str], body: bytes) -> dict[str, Any]:
    kept = {name.lower(): value for name, value in headers.items() if name.lower() in KEPT_HEADERS}
    return {"headers": kept} | read_body(body)


def read_body(body: bytes) -> dict[str, Any]:
    """Give a body as ``{"json": …}`` if it is JSON, else as ``{"text": …}``; an empty one as ``{}``."""
    if not body:
        return {}
    try:
        return {"json": BODY.decode(body.decode())}
    except (ValueError, RecursionError):
        return {"text": body.decode("utf-8", "backslashreplace")}


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text} is nothing that JSON can hold")
    return number


BODY = json.JSONDecoder(parse_constant=_finite, parse_float=_finite)


def texts(body: Any) -> list[str]:
    """List every text that a body holds under ``text``, in order, however deep."""
    found: list[str] = []
    ahead: list[tuple[object, Any]] = [("", body)]
    while ahead:
        key, value = ahead.pop()
        if isinstance(value, dict):
            ahead += reversed(value.items())
        elif isinstance(value, list):
            ahead += [("", part) for part in reversed(value)]
        elif key == "text" and isinstance(value, str):
            found.append(value)
    return found


def written(line: Mapping[str, Any], veil: Veil | None = None) -> bytes:
    """Write one line as it stands in the file, secrets veiled, newline included."""
    text = LINE.encode(line)
    if veil is not None:
        text = veil.over(text)
    return text.encode("utf-8", "backslashreplace") + b"\n"


def sealed(lines: Sequence[Mapping[str, Any]], veil: Veil) -> list[str]:
    """Write lines as they stand in the file, secrets veiled, each without its newline."""
    return veil.over("\n".join(map(LINE.encode, lines))).split("\n")


def opened(lines: Sequence[Mapping[str, Any]], texts: Sequence[str]) -> list[Mapping[str, Any]]:
    """Give sealed lines as they will be read back: those that hold a secret veiled, all others as they are."""
    return [json.loads(text) if MARK in text else line for line, text in zip(lines, texts, strict=True)]


def veiled(lines: Sequence[Mapping[str, Any]], veil: Veil) -> list[Mapping[str, Any]]:
    """Give lines as they will be read back, secrets veiled."""
    return opened(lines, sealed(lines, veil))


class Part:
    """One worker's share of a run's journal, on disk after every scenario."""

    def __init__(self, path: Path) -> None:
        """Write to that file, anew."""
        self._path = path
        path.write_bytes(b"")

    def append(self, index: int, texts: Sequence[str]) -> None:
        """Add a scenario's lines, sealed; ``index`` is its place in the collection."""
        block = "\n".join(texts).encode("utf-8", "backslashreplace")
        with self._path.open("ab") as part:
            part.write(written({BLOCK: index, "lines": len(texts)}) + block + b"\n")


def gather(parts: Sequence[Path]) -> dict[int, list[bytes]]:
    """Read the workers' parts: each scenario's lines by its place in the collection; one cut short is left out."""
    blocks: dict[int, list[bytes]] = {}
    sizes: dict[int, int] = {}
    block: list[bytes] = []
    opening = b'{"%s":' % BLOCK.encode()
    for part in parts:
        written_out = part.read_bytes()
        for line in written_out[: written_out.rfind(b"\n") + 1].splitlines(keepends=True):
            if line.startswith(opening):
                opened = json.loads(line)
                sizes[opened[BLOCK]] = opened["lines"]
                block = blocks[opened[BLOCK]] = []
            else:
                block.append(line)
    return {index: block for index, block in blocks.items() if len(block) == sizes[index]}


def bind(head: Mapping[str, Any], blocks: Mapping[int, Sequence[bytes]], out: Path) -> str:
    """Write the journal: the run line, then the scenarios in collection order; answers its SHA-256."""
    whole = b"".join([written(head), *(line for index in sorted(blocks) for line in blocks[index])])
    out.write_bytes(whole)
    return hashlib.sha256(whole).hexdigest()


def read(path: Path) -> Iterator[dict[str, Any]]:
    """Read a journal back, line by line, never more than one at once.

    Raises:
        MisuseError: a line is not one of a journal, or longer than any; the error names it.
    """
    with path.open("rb") as lines:
        for number, line in enumerate(iter(lambda: lines.readline(MOST_OF_A_LINE + 1), b""), 1):
            try:
                event = json.loads(line) if len(line) <= MOST_OF_A_LINE else None
            except (ValueError, RecursionError):
                event = None
            if not isinstance(event, dict) or event.get("kind") not in KINDS:
                raise MisuseError(
                    f"{path.name}, line {number}: this is no line of a journal.",
                    "Give a journal.jsonl that a run left.",
                )
            yield event


def write_json(path: Path, value: Any) -> None:
    """Write a value for people and programs alike: indented, UTF-8."""
    text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    path.write_bytes(text.encode("utf-8", "backslashreplace"))  # half a surrogate pair stays an escape, as JSON has it
