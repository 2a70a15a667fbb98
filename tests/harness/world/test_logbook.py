"""Tests: harness.logbook."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

import pytest

from harness.model import Temper, Who
from harness.simulation.party import Party
from harness.targets.resident import Program
from harness.targets.target import OWN, Target
from harness.veil import Veil
from harness.world.logbook import Logbook
from tests.harness import worlds
from tests.harness.worlds import open_world

if TYPE_CHECKING:
    from collections.abc import Callable

LOG = logging.getLogger("guest")
SECRET = "s3cret-token"  # noqa: S105 - of this test alone
CALLED = f"POST https://vendor.test/bot{SECRET}/send failed"
VEILED = "POST https://vendor.test/bot‹secret:token-1›/send failed"


def crash() -> None:
    """Log an error whose words hold the secret."""
    LOG.error("a call failed", exc_info=ValueError(CALLED))


WAYS: dict[str, Callable[[], object]] = {
    "logs a warning": lambda: LOG.warning(CALLED),
    "logs by the way": lambda: LOG.info("POST %s failed", f"https://vendor.test/bot{SECRET}/send"),
    "prints": lambda: sys.stdout.write(f"{CALLED}\n"),
    "complains": lambda: sys.stderr.write(f"{CALLED}\n"),
    "logs an error": crash,
}


def veil() -> Veil:
    """Give a veil over the secret."""
    made = Veil()
    made.hide("token-1", SECRET)
    return made


@pytest.mark.parametrize("tells", WAYS.values(), ids=WAYS)
def test_a_secret_of_the_bridges_is_found(tells: Callable[[], object]) -> None:
    """However it tells it; the secret does not stand in what is told of it."""
    with Logbook() as logbook:
        Party("bridge 1").context().run(tells)
    [line] = logbook.betraying(veil())

    assert VEILED in line


@pytest.mark.parametrize("tells", WAYS.values(), ids=WAYS)
def test_what_others_tell_is_none_of_its_business(tells: Callable[[], object]) -> None:
    """The harness and its fakes share the process with the bridge."""
    with Logbook() as logbook:
        tells()

    assert [] == [*logbook.betraying(veil())]


def test_words_without_a_secret_are_none() -> None:
    """A bridge may log as much as it likes."""
    with Logbook() as logbook:
        Party("bridge 1").context().run(LOG.warning, "a call failed")

    assert [] == [*logbook.betraying(veil())]


def test_a_secret_may_come_to_be_known_later() -> None:
    """Each line is told once, when its secret is known."""
    with Logbook() as logbook:
        Party("bridge 1").context().run(LOG.warning, CALLED)

    assert [] == [*logbook.betraying(Veil())]
    assert [VEILED] == [*logbook.betraying(veil())]
    assert [] == [*logbook.betraying(veil())]


def test_everything_is_left_as_it_was(capsys: pytest.CaptureFixture[str]) -> None:
    """Log and streams are the program's own again, and what was printed was printed."""
    root = logging.getLogger()
    before = (root.level, [*root.handlers], sys.stdout, sys.stderr)
    with Logbook():
        sys.stdout.write("Привет\n")

    assert before == (root.level, [*root.handlers], sys.stdout, sys.stderr)
    assert "Привет\n" == capsys.readouterr().out


def test_what_a_program_has_printed_is_brought_to_it() -> None:
    """It is looked through line by line, without the addresses at which a server was called."""
    logbook = Logbook()
    logbook.hear(f'{CALLED}\n127.0.0.1 - "POST /bot/{SECRET} HTTP/1.1" 200 2\nPOST /bot/{SECRET} HTTP/1.1\n')

    assert [VEILED, "POST /bot/‹secret:token-1› HTTP/1.1"] == [*logbook.betraying(veil())]


class Chatty(Program):
    """The reference bridge as a program, of which it is made up what it prints."""

    def __init__(self) -> None:
        """Start it as it is."""
        super().__init__(OWN, folder=None, ready_seconds=60.0, renamed={})
        self.said = [f"before: {self.contract_token}", f"then: {self.contract_token}", ""]

    def heard(self) -> str:
        """Give the next that it has said."""
        return self.said.pop(0)


def test_a_world_hears_what_a_program_prints_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """What it has printed before that world is another's."""
    program = Chatty()
    judged = Target("own", "own", frozenset(Who), lambda: program, Temper.WALL)
    monkeypatch.setattr(worlds, "target", lambda *_: judged)
    with open_world(Who.BRIDGE) as world:
        world.note_logs()
        world.note_logs()
        told = [line["text"] for line in world.journal.lines if line["kind"] == "fault"]

    assert ["then: ‹secret:contract-token-1›"] == told


def test_a_world_puts_down_what_was_betrayed() -> None:
    """A line of the journal tells it, once."""
    with open_world(Who.BRIDGE) as world:
        token = world.account_token("jivo")

        async def tell() -> None:
            Party("bridge 1").context().run(LOG.warning, f"the token is {token}")

        world.run(tell())
        world.note_logs()
        world.note_logs()
        told = [line["text"] for line in world.journal.lines if line["kind"] == "fault"]

    assert ["the token is ‹secret:jivo-token-1›"] == told
