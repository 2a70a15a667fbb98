"""What the tests of the reports share: a small catalogue, and journals made by hand."""

from __future__ import annotations

from typing import Any

import pytest

from harness.agenda.catalogue import Catalogue
from harness.model import Behaviour, Level, Source, Who

Line = dict[str, Any]

RUN: Line = {
    "kind": "run",
    "deskcheck": "0.1.0",
    "seed": 7,
    "temper": "simulated",
    "bridge": {"name": "acme", "target": "python:acme:make"},
    "selectors": ["jivo"],
    "faults": None,
    "versions": {"python": "3.11.7"},
    "lock": "0" * 64,
}
STEPS = ["Given a cloud", "When it rains", "Then it is wet"]


def behaviour(name: str, who: Who = Who.BRIDGE, level: Level = Level.MUST) -> Behaviour:
    """Make a behaviour of that id."""
    return Behaviour(name, "jivo", "bot", who, level, "seed", f"{name} works.", Source("notes/jivo: (intro)", "Да."))


@pytest.fixture
def catalogue() -> Catalogue:
    """Give a catalogue of the bridge's and the vendor's behaviours, of every level, in no order of the alphabet."""
    known = (
        behaviour("Z-MUST"),
        behaviour("A-MUST"),
        behaviour("B-SHOULD", level=Level.SHOULD),
        behaviour("C-MAY", level=Level.MAY),
        behaviour("V-MUST", Who.VENDOR),
    )
    return Catalogue({each.id: each for each in known})


def crossing(sender: str = "jivo", **more: Any) -> Line:
    """Make the line of a request with its answer."""
    line = {
        "kind": "crossing",
        "at": 0.5,
        "seq": 1,
        "cause": None,
        "from": sender,
        "to": "jivo" if sender == "bridge" else "bridge",
        "event": "CLIENT_MESSAGE",
        "sent": {"method": "POST", "url": "http://bridge.test/", "headers": {}, "json": {"text": "Привет"}},
        "violations": [],
        "came": {"at": 0.6, "status": 200, "headers": {}, "json": {}},
    }
    return line | more


def scenario(  # noqa: PLR0913 - what a scenario may be
    name: str,
    verdict: str = "passed",
    *behaviours: str,
    vendor: str = "jivo",
    who: str = "bridge",
    step: int = 2,
    between: tuple[Line, ...] = (),
    **ending: Any,
) -> list[Line]:
    """Make a scenario's lines; without behaviours it proves A-MUST, and what did not pass has a reason."""
    reason = {} if verdict == "passed" else {"reason": f"{name} broke"}
    return [
        {
            "kind": "scenario",
            "id": f"{vendor}/bot.feature: {name}",
            "vendor": vendor,
            "who": who,
            "behaviours": list(behaviours or ("A-MUST",)),
            "steps": STEPS,
        },
        *between,
        {"kind": "verdict", "verdict": verdict, "step": step, "at": 1.5} | reason | ending,
    ]
