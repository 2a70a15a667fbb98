"""A bridge in a process of its own: what goes wrong is told, and nothing of it is left behind."""

from __future__ import annotations

import os
import socket
import sys
import time  # noqa: TID251 - a process lives on the machine's time
import urllib.request
from contextlib import closing, suppress
from typing import TYPE_CHECKING

import pytest

from harness.errors import BreakdownError
from harness.targets.process import MOST_KEPT, MOST_TOLD, MOST_UNHEARD, Process
from harness.tempers import Addresses
from tests.harness.targets.programs import program

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MANY_SECONDS = 60.0


class Room:
    """Starts programs at a free port, and ends them."""

    def __init__(self, folder: Path) -> None:
        """Write them there."""
        self.folder = folder
        self.address = Addresses().of("bridge")
        self.started: list[Process] = []

    def process(self, how: str, *command: str, **variables: str) -> Process:
        """Make one, not started yet."""
        host, port = self.address
        process = Process(
            command or program(self.folder, how),
            folder=self.folder,
            variables={"PORT": str(port)} | variables,
            host=host,
            port=port,
        )
        self.started.append(process)
        return process


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    """Give room for programs."""
    room = Room(tmp_path)
    yield room
    for process in room.started:
        process.kill()


def gone(pid: int) -> bool:
    """Tell whether a process has ended; one that ended and was not waited for by its parent counts."""
    with suppress(FileNotFoundError), open(f"/proc/{pid}/stat", encoding="utf-8") as file:  # noqa: PTH123 - /proc
        return file.read().rsplit(")", 1)[1].split()[0] == "Z"
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_it_starts_listens_and_ends(room: Room) -> None:
    """It runs once it listens, in its folder, with its variables; after the stop it is gone."""
    process = room.process("well")
    process.start(MANY_SECONDS)

    assert process.alive
    with closing(socket.create_connection(room.address)):
        pass
    process.stop()
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(room.address)
    assert "Its last words: listening" == process.words()


def test_what_it_started_ends_with_it(room: Room) -> None:
    """A child of the bridge is no orphan."""
    process = room.process("has a child")
    process.start(MANY_SECONDS)
    while "child" not in process.words():
        time.sleep(0.01)
    child = int(process.words().split("child ")[1].split()[0])
    assert not gone(child)

    process.kill()

    until = time.monotonic() + MANY_SECONDS
    while not gone(child) and time.monotonic() < until:
        time.sleep(0.01)
    assert gone(child)


def test_one_that_does_not_want_to_end_is_ended(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """SIGTERM is a request; what ignores it is killed."""
    monkeypatch.setattr("harness.targets.process.GRACE_SECONDS", 0.2)
    process = room.process("stays")
    process.start(MANY_SECONDS)

    process.stop()

    assert not process.alive
    assert "killed by signal 9. Its last words: listening" == process.obituary()


def test_one_that_ends_at_once_is_told_with_its_last_words(room: Room) -> None:
    """It never listened: its exit status and what it said are in the error."""
    with pytest.raises(
        BreakdownError, match=r"ended before it listened at 127\.0\.0\.1:\d+: exit status 3.*no settings"
    ):
        room.process("ends").start(MANY_SECONDS)


def test_one_that_listens_elsewhere_is_told_and_ended(room: Room) -> None:
    """It runs, but not where it should; it is not left running."""
    process = room.process("elsewhere")

    with pytest.raises(BreakdownError, match=r"did not listen at .* within 0\.5 s\. Its last words: listening") as told:
        process.start(0.5)

    assert "It must listen at the port that the variable PORT names." == told.value.remedy
    assert not process.alive


def test_a_command_that_is_none_is_told(room: Room) -> None:
    """The command is named, with the machine's reason."""
    with pytest.raises(BreakdownError, match="cannot be started by 'no-such-program x': No such file"):
        room.process("", "no-such-program", "x").start(MANY_SECONDS)


def test_a_port_that_somebody_has_is_told(room: Room) -> None:
    """What listens there would be taken for the bridge."""
    with closing(socket.create_server(room.address)):
        process = room.process("well")
        with pytest.raises(BreakdownError, match="Something else listens at"):
            process.start(MANY_SECONDS)
    assert not process.alive


def test_much_that_is_said_stops_nothing_and_fills_nothing(room: Room) -> None:
    """A megabyte at once: it goes on, and the end of it is kept."""
    process = room.process("floods")
    process.start(MANY_SECONDS)
    while "listening" not in process.words():
        time.sleep(0.01)

    assert len(process._kept) <= MOST_KEPT
    assert len(process.words()) <= MOST_TOLD + len("Its last words: ")


def test_one_that_said_nothing(room: Room) -> None:
    """That is told too."""
    with pytest.raises(BreakdownError, match=r"exit status 0\. It said nothing\."):
        room.process("", sys.executable, "-c", "").start(MANY_SECONDS)


def ask(room: Room, path: str) -> None:
    """Ask it for something; it prints for what before it answers."""
    host, port = room.address
    with urllib.request.urlopen(f"http://{host}:{port}{path}", timeout=MANY_SECONDS) as answer:
        answer.read()


def test_what_it_says_is_heard_once(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """All that it has said by now, whether or not it was read already; then what came since."""
    monkeypatch.delenv("PYTHONUNBUFFERED", raising=False)
    process = room.process("chats")
    process.start(MANY_SECONDS)
    heard = [process.heard()]
    for number in range(20):
        ask(room, f"/{number}")
        heard.append(process.heard())

    assert ["listening\n", *(f"/{number}\n" for number in range(20))] == heard
    assert "" == process.heard()
    assert process.words().endswith("/18 / /19")


def test_what_it_said_before_it_ended_is_heard(room: Room) -> None:
    """The dead have said what they have said."""
    process = room.process("chats")
    process.start(MANY_SECONDS)
    ask(room, "/last")
    process.kill()

    assert "listening\n/last\n" == process.heard()
    assert "" == process.heard()


def test_one_that_was_never_started_has_said_nothing(room: Room) -> None:
    """There is nobody to be heard."""
    assert "" == room.process("chats").heard()


def test_what_nobody_asks_for_fills_nothing(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a megabyte the end is kept."""
    monkeypatch.setattr("harness.targets.process.MOST_UNHEARD", 1000)
    process = room.process("floods")
    process.start(MANY_SECONDS)
    heard = process.heard()

    assert 1000 == len(heard)
    assert heard.endswith("x\nlistening\n")
    assert MOST_UNHEARD > 1_000_000
