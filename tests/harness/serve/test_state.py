"""Tenants that are kept in a file: nothing that was answered is lost, however the process ends."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from harness.errors import MisuseError
from harness.serve.entry import Entry, Plan
from harness.serve.errors import Refusal
from harness.serve.service import Wish
from harness.serve.shelf import MOST_ENTRIES, MemoryShelf, Shelf
from harness.serve.state import State
from tests.harness.serve.desk import JSON, Desk, ask

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Process:
    """``deskcheck serve`` as a process of its own."""

    def __init__(self, state: Path) -> None:
        """Start it, and wait until it is ready."""
        command = [sys.executable, "-m", "harness", "serve", "--port", "0", "--state", str(state), "--json"]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own
        assert self._process.stdout is not None
        self.told = json.loads(self._process.stdout.readline())

    def get(self, path: str) -> Any:
        """Ask the control API."""
        return ask("GET", self.told["control_url"] + path).json

    def act(self, vendor: str, verb: str, **words: Any) -> None:
        """Let somebody do something."""
        url = f"{self.told['control_url']}/tenants/desk/vendors/{vendor}/acts/{verb}"
        assert 200 == ask("POST", url, json.dumps(words).encode(), JSON).status

    def end(self, number: int) -> int:
        """Send a signal; answers the exit status."""
        self._process.send_signal(number)
        status = self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()
        return status


@contextmanager
def process(state: Path, number: int = signal.SIGTERM) -> Iterator[Process]:
    """Let one run for a while; it ends by a signal."""
    running = Process(state)
    try:
        yield running
    finally:
        running.end(number)


def comparable(process: Process) -> tuple[Any, ...]:
    """Give what is known of the first tenant, but for addresses, which are others each time."""
    lines = process.get("/tenants/desk/journal")["lines"]
    for line in lines:
        line.get("sent", {}).pop("url", None)
    looks = [
        process.get(f"/tenants/desk/vendors/{vendor}/looks/dialogues") for vendor in ("jivo", "livetex", "telegram")
    ]
    return lines, looks, process.get("/tenants/desk/screens")


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no kill -9")
def test_a_kill_loses_nothing_that_was_answered(tmp_path: Path) -> None:
    """After kill -9 in the middle of life another process has the same journal, dialogues and screens; life goes on."""
    state = tmp_path / "desk.db"
    with process(state, signal.SIGKILL) as running:
        [visitor] = running.get("/tenants/desk/vendors/telegram/looks/visitors")
        telegram = running.told["vendors"]["telegram"]
        running.act("telegram", "visitor_writes", visitor=visitor, text="Это я")
        bot = f"{telegram['api_url']}/bot{telegram['token']}"
        for number in range(20):
            body = json.dumps({"chat_id": int(visitor), "text": f"Ответ {number}"}).encode()
            assert 200 == ask("POST", f"{bot}/sendMessage", body, JSON).status
        before = comparable(running)
    with process(state) as running:
        assert before == comparable(running)
        [shown] = running.get("/tenants/desk/screens?vendor=telegram")
        assert "Ответ 19" == shown["shown"][-1]["text"]
        running.act("telegram", "visitor_writes", visitor=visitor, text="Ещё раз")


def test_a_signal_ends_it_cleanly(tmp_path: Path) -> None:
    """SIGTERM and SIGINT end with status 0, and leave one file that only its owner can read."""
    state = tmp_path / "desk.db"

    assert [0, 0] == [Process(state).end(number) for number in (signal.SIGTERM, signal.SIGINT)]
    assert ["desk.db"] == [path.name for path in tmp_path.iterdir()]
    assert 0o600 == state.stat().st_mode & 0o777


def connect(desk: Desk, bridge: str) -> str:
    """Connect a bridge at Jivo; answers the visitor who is there."""
    binding = {"bot_url": f"{bridge}/bot", "token": "t", "webhook_url": f"{bridge}/webhook"}
    desk.act("jivo", "connects", binding=binding)
    [visitor] = desk.look("jivo", "visitors")
    return str(visitor)


def test_what_was_on_its_way_arrives_after_a_restart(tmp_path: Path, desk: Desk) -> None:
    """A webhook that a bridge had not answered when the process ended comes again, and its answer counts."""
    wish, bridge = Wish(port=0, state=tmp_path / "desk.db"), desk.bridge
    bridge.hangs = True
    with Desk(wish) as first:
        visitor = connect(first, bridge.url)
        first.act("jivo", "visitor_writes", visitor=visitor, text="Ау")
        while not bridge.heard:
            first.get("/")
        [before] = first.get("/tenants/desk/journal?kind=crossing")["lines"]
    bridge.hangs = False
    with Desk(wish) as second:
        after = second.wait(kind="crossing", event="CLIENT_MESSAGE", came={"status": 200})
        [dialogue] = second.look("jivo", "dialogues")

    assert "came" not in before
    assert (before["seq"], before["at"], before["sent"]) == (after["seq"], after["at"], after["sent"])
    assert "bot" == dialogue["owner"]
    assert bridge.heard[0] == bridge.heard[1]


def test_time_goes_on_while_nobody_serves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What fell due meanwhile happens at the start; a clock that stood still stands where it stood."""
    now = [1_800_000_000.0]
    monkeypatch.setattr("harness.clock.time.time", lambda: now[0])
    wish = Wish(port=0, state=tmp_path / "desk.db")
    with Desk(wish) as desk:
        begun = desk.create("still", seed=8)
        for tenant in ("desk", "still"):
            desk.connect(tenant)
            [visitor] = desk.look("jivo", "visitors", tenant)
            desk.act("jivo", "visitor_writes", tenant, visitor=visitor, text="Ау")
            desk.wait(tenant, kind="crossing", event="CLIENT_MESSAGE", came={"status": 200})
    now[0] += 3600
    with Desk(wish) as desk:
        owners = {name: desk.look("jivo", "dialogues", name)[0]["owner"] for name in ("desk", "still")}

        assert begun["now"] == desk.get("/tenants/still/clock")["now"]
        assert desk.get("/tenants/desk/clock")["now"] >= 1_800_003_600
        assert {"desk": "closed", "still": "bot"} == owners


def test_snapshots_outlive_the_process(tmp_path: Path) -> None:
    """What was kept under a name can be brought back by another process."""
    wish = Wish(port=0, state=tmp_path / "desk.db")
    with Desk(wish) as desk:
        desk.ask("PUT", "/tenants/desk/snapshots/empty")
        desk.act("jivo", "operator_comes_online", name="Анна")
    with Desk(wish) as desk:
        before = len(desk.look("jivo", "operators"))
        answer = desk.ask("POST", "/tenants/desk/snapshots/empty/restore")

        assert 200 == answer.status
        assert (2, 1) == (before, len(desk.look("jivo", "operators")))


@pytest.mark.parametrize("content", [b"not a database at all, but long enough to be looked at" * 50, None])
def test_a_file_that_cannot_be_used_is_told(tmp_path: Path, content: bytes | None) -> None:
    """Whether it is something else or in use, the sentence says what to do."""
    path = tmp_path / "desk.db"
    if content is None:
        other = State(path, "1", "lock")
        with pytest.raises(MisuseError, match="Give another file with --state, or end the process that uses this one"):
            State(path, "1", "lock")
        other.close()
    else:
        path.write_bytes(content)
        with pytest.raises(MisuseError, match="cannot be used"):
            State(path, "1", "lock")


def test_a_file_of_other_versions_is_refused(tmp_path: Path) -> None:
    """Only what wrote the entries replays them to the same end."""
    State(tmp_path / "desk.db", "1", "one").close()

    with pytest.raises(MisuseError, match="was written by Deskcheck 1 with other versions"):
        State(tmp_path / "desk.db", "1", "two")


@pytest.fixture(params=["memory", "file"])
def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shelf]:
    """Give each kind of shelf."""
    shelf: Shelf = MemoryShelf() if request.param == "memory" else State(tmp_path / "desk.db", "1", "lock")
    yield shelf
    shelf.close()


PLAN = Plan("desk", 7, 100.0, 1.5, 200.0, frozen=True, generation=3)
ENTRY = Entry(2.25, "call", ("jivo", "GET", "/", [["Host", "\udcff"]], "whole"), b"\x00\xff")


def test_a_shelf_gives_back_what_it_was_given(shelf: Shelf) -> None:
    """Plans and entries, in order, to the last bit."""
    shelf.found(PLAN)
    shelf.append("desk", ENTRY)
    shelf.append("desk", Entry(0.1 + 0.2, "act", ("jivo", "turns", {"a": None})))

    assert [PLAN] == shelf.plans()
    assert [ENTRY, Entry(0.1 + 0.2, "act", ("jivo", "turns", {"a": None}))] == list(shelf.entries("desk"))


def test_a_shelf_forgets_a_tenant_whole(shelf: Shelf) -> None:
    """Another of the same name has neither its entries nor its snapshots."""
    shelf.found(PLAN)
    shelf.append("desk", ENTRY)
    shelf.copy("desk", "one", PLAN)
    shelf.forget("desk")
    shelf.found(PLAN)

    assert ([], []) == (list(shelf.entries("desk")), shelf.snapshots("desk"))


def test_a_shelf_keeps_copies_apart(shelf: Shelf) -> None:
    """What is appended after a snapshot, or after it was brought back, does not change it."""
    shelf.found(PLAN)
    shelf.append("desk", ENTRY)
    shelf.copy("desk", "one", PLAN)
    shelf.append("desk", ENTRY)
    counts = [len(list(shelf.entries("desk")))]
    for _ in range(2):
        assert PLAN == shelf.bring_back("desk", "one")
        counts.append(len(list(shelf.entries("desk"))))
        shelf.append("desk", ENTRY)
    shelf.drop("desk", "one")

    assert [2, 1, 1] == counts
    with pytest.raises(Refusal, match="desk has no snapshot one; it has none"):
        shelf.bring_back("desk", "one")


def test_memory_says_when_there_is_too_much_for_a_snapshot() -> None:
    """Then no snapshot is made, and the sentence says what to do; a reset helps."""
    shelf = MemoryShelf()
    shelf.found(PLAN)
    for _ in range(MOST_ENTRIES + 1):
        shelf.append("desk", ENTRY)

    with pytest.raises(Refusal, match="reset it, or start deskcheck serve with --state FILE"):
        shelf.copy("desk", "one", PLAN)
    shelf.found(PLAN)
    shelf.copy("desk", "one", PLAN)
    assert ["one"] == shelf.snapshots("desk")
