"""Tests: harness.logbook."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

import pytest

from harness.model import Who
from harness.simulation.party import Party
from harness.veil import Veil
from harness.world.logbook import Logbook
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
