"""Faults have names, by which they are found, and places."""

from __future__ import annotations

import inspect
import sys
from pathlib import Path

import pytest

from harness import faults, treaty, vendors
from harness.errors import BreakdownError, MisuseError
from harness.faults.address import ANY, MEANT, Address, means
from harness.faults.fails import Fails
from harness.faults.fault import Fault, Side
from harness.faults.plan import LATEST, LONGEST, MOST, draw
from harness.faults.refuses_the_call import RefusesTheCall
from harness.simulation.chance import Chance
from tests.harness.faults.line import line_to

NOT_FAULTS = {"__init__", "address", "fault", "plan"}


def test_one_file_one_fault() -> None:
    """Every other file of the folder holds one fault, with a docstring of its own."""
    folder = Path(inspect.getfile(faults)).parent
    files = sorted(path.stem for path in folder.glob("*.py") if path.stem not in NOT_FAULTS)

    assert files == [kind.__module__.rpartition(".")[2] for kind in faults.kinds()]
    assert all(kind.__doc__ and sys.modules[kind.__module__].__doc__ for kind in faults.kinds())


@pytest.mark.parametrize("kind", faults.kinds())
def test_a_fault_is_found_by_its_name(kind: type[Fault]) -> None:
    """Its name with the defaults, and with whatever is drawn, leads back to it."""
    dice = Chance(1, "x").stream("faults")
    samples = [kind(), *(kind.drawn(dice) for _ in range(20))]

    assert samples == [faults.read(str(fault)) for fault in samples]


def test_every_fault_strikes_somewhere() -> None:
    """At a moment of a call or of a delivery."""
    assert all(any(kind.moment(side) for side in Side) for kind in faults.kinds())


def test_statuses_are_told_apart() -> None:
    """A refusal is a status of the four hundreds, a failure one of the five hundreds."""
    assert (RefusesTheCall(404), Fails(504)) == (faults.read("answers 404"), faults.read("answers 504"))


@pytest.mark.parametrize("words", ["answers 200", "answers 429", "answers", "drops", "comes late", ""])
def test_an_unknown_fault_is_refused(words: str) -> None:
    """The remedy lists what may go wrong."""
    with pytest.raises(MisuseError, match=f"No fault is called «{words}». There are: .*«answers 503»"):
        faults.read(words)


def test_a_fault_needs_its_side() -> None:
    """What strikes calls alone cannot be ordered at deliveries."""
    with line_to("jivo") as line, pytest.raises(BreakdownError, match="«answers 503» strikes no delivery"):
        line.order("answers 503", Side.DELIVERY)


# places


@pytest.mark.parametrize(
    ("what", "vendor", "event", "meant"),
    [
        ("", "jivo", "BOT_MESSAGE", True),
        ("call", "livetex", "getDestinations", True),
        ("message", "jivo", "BOT_MESSAGE", True),
        ("message", "jivo", "CLIENT_MESSAGE", True),
        ("message", "jivo", "INVITE_AGENT", False),
        ("message", "livetex", "sendFile", True),
        ("message", "livetex", "getDestinations", False),
        ("message", "telegram", "sendPhoto", True),
        ("message", "telegram", "getMe", False),
        ("handover", "jivo", "INVITE_AGENT", True),
        ("handover", "livetex", "selectDestination", True),
        ("end", "livetex", "Closed", True),
        ("end", "jivo", "chat_finished", True),
        ("end", "jivo", "CHAT_CLOSED", True),
        ("end", "jivo", "chat_accepted", False),
        ("sendText", "livetex", "sendText", True),
        ("message", "jivo", "chat_teleported", False),
    ],
)
def test_what_a_word_means(what: str, vendor: str, event: str, meant: bool) -> None:  # noqa: FBT001 - a row
    """A word means what a message tells, or is the vendor's own name for it."""
    assert meant is means(what, vendor, event)


@pytest.mark.parametrize(("person", "meant"), [("4001", True), ("u-17", True), ("4002", False), ("", False)])
def test_a_dialogue_is_known_by_its_people(person: str, meant: bool) -> None:  # noqa: FBT001 - a row
    """An address of one dialogue means what is about the visitor, by any id; one of nobody's means all."""
    address = Address(Side.CALL, people=frozenset({"4001", "u-17"}))

    assert meant is address.fits(Side.CALL, "livetex", "sendText", person)
    assert not address.fits(Side.CALL, "livetex", None)
    assert Address(Side.CALL).fits(Side.CALL, "livetex", "sendText", person)


def test_every_meaning_is_in_a_treaty() -> None:
    """No word means something that no message tells."""
    told = {treaty.tells(name, one) for name in vendors.names() for one in treaty.schemas(name)}

    assert {meaning for word in MEANT.values() for meaning in word} <= told
    assert not ANY & MEANT.keys()


def test_an_address_is_told_in_words() -> None:
    """Which, at whom, for how long."""
    assert "number 2 of every message to livetex" == str(Address(Side.CALL, "livetex", "message", 2))
    assert "every call to jivo in one dialogue" == str(Address(Side.CALL, "jivo", people=frozenset({"4001"})))
    assert "every webhook from any vendor, for 60 s" == str(Address(Side.DELIVERY, seconds=60.0))


# plans


def plan(seed: int, name: str = "x", *, mortal: bool = True) -> object:
    """Draw a plan."""
    return draw(Chance(seed, name).stream("faults"), mortal=mortal)


def test_one_seed_draws_one_plan() -> None:
    """The same seed and scenario give the same plan, another seed or scenario another."""
    assert plan(1) == plan(1)
    assert 1 < len({str(plan(seed)) for seed in range(10)})
    assert 1 < len({str(plan(1, name)) for name in "abcdefgh"})


def test_plans_keep_to_what_any_good_bridge_survives() -> None:
    """Each has one to three survivable faults where they strike; a bridge that cannot survive it is not killed."""
    plans = [draw(Chance(seed, "x").stream("faults"), mortal=seed % 2 == 0) for seed in range(400)]
    drawn = [(seed, fault, address) for seed, one in enumerate(plans) for fault, address in one]

    assert {1, MOST} <= {len(one) for one in plans} <= set(range(1, MOST + 1))
    assert {kind for kind in faults.kinds() if kind.survivable} == {type(fault) for _, fault, _ in drawn}
    assert all(fault.moment(address.side) is not None for _, fault, address in drawn)
    assert all((address.nth is None) != (address.seconds is None) for _, _, address in drawn)
    assert all(1 <= (address.nth or 1) <= LATEST and (address.seconds or 0) <= LONGEST for _, _, address in drawn)
    assert {0} == {seed % 2 for seed, fault, _ in drawn if fault.fatal}
