"""Tries each wire between a bridge and the world, and says of a broken one what to look at.

What was tried is read from the journal: the first wire that did not do its part is broken, and nothing behind it was
tried.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from harness import vendors
from harness.cast import Cast
from harness.errors import DeskcheckError
from harness.expectations.judging import acknowledged
from harness.model import Scenario, Who
from harness.report.failure import shown
from harness.world.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from harness.journal import Line
    from harness.targets.target import Target

OK, CREATED = 200, 201
WORDS = "Проба"
ECHO = f"Эхо: {WORDS}"


@dataclass(frozen=True, slots=True)
class Wire:
    """One wire: what it is, whether it did its part (None: it was not tried), and what to say of it."""

    name: str
    held: bool | None
    words: str = ""


def smoke(target: Target, seed: int) -> Iterator[tuple[str, list[Wire]]]:
    """Try a bridge with each chat-centre in turn; gives the centre's name and its wires, none if it is not offered."""
    try:
        for name in vendors.centres():
            yield name, _tried(target, name, seed)
    finally:
        target.close()


def _tried(target: Target, name: str, seed: int) -> list[Wire]:
    world = _world(target, name, seed)
    error: DeskcheckError | None = None
    try:
        world.open()
        Cast(world).visitor_writes(WORDS)
    except DeskcheckError as raised:
        error = raised
    finally:
        died = world.breakdown(error)
        world.close()
    home = vendors.front_door(name)
    if not _offered(world.journal.lines, target, home):
        return []
    trouble = died or error
    told = f"{shown(str(trouble)).rstrip('.')}." if trouble is not None else ""
    return _broken_once(list(_wires(world.journal.lines, home)), told)


def _offered(lines: Sequence[Line], target: Target, home: vendors.Vendor) -> bool:
    """Tell whether the bridge offers what a chat-centre needs; one that says nothing of it is tried."""
    said = [line["answer"]["capabilities"] for line in _all(lines, "asked") if _is_answered(line, "GET /about")]
    offers = said[0] if target.offers is None and said else target.offers
    return offers is None or {*home.capabilities, *vendors.front_door(home.visitors).capabilities} <= set(offers)


def _world(target: Target, vendor: str, seed: int) -> World:
    scenario = Scenario("smoke", "smoke", "smoke", (), vendor, (), (), 0)
    doors = {name: vendors.front_door(name) for name in vendors.names()}
    return World(scenario, seed=seed, vendors=doors, target=target, who=Who.BRIDGE)


def _broken_once(wires: Sequence[Wire], error: str) -> list[Wire]:
    """Leave the first broken wire broken, with what went wrong; what stands behind it was not tried."""
    told: list[Wire] = []
    for wire in wires:
        if any(before.held is not True for before in told):
            told.append(Wire(wire.name, None))
        elif wire.held:
            told.append(Wire(wire.name, held=True, words=""))
        else:
            told.append(Wire(wire.name, held=False, words=" ".join(filter(None, (error, wire.words)))))
    return told


def _wires(lines: Sequence[Line], home: vendors.Vendor) -> Iterator[Wire]:
    """Go through the wires in the order in which they are needed."""
    where = list(dict.fromkeys([home.visitors, home.name]))  # in the order in which a world connects them
    bound = sum(line["call"] == "POST /bindings" and line["status"] == CREATED for line in _all(lines, "asked"))
    yield Wire("start", any(line["status"] for line in _all(lines, "asked")), "")
    yield Wire(
        "contract", _asked(lines, "GET /about"), "GET /conformance/v1/about under the bearer token must answer 200."
    )
    for place, name in enumerate(where):
        yield Wire(
            f"binding: {name}", bound > place, f"POST /bindings with kind {name} must answer 201 with the binding."
        )
    for name in where:
        if vendors.front_door(name).registers:
            called = _crossed(lines, "bridge", name)
            yield Wire(
                f"bridge → {name}",
                called,
                f"The button 'Вебхук' must let the bridge call {name} at the api_url of its binding's settings.",
            )
    yield Wire(
        f"{home.visitors} → bridge",
        _crossed(lines, home.visitors, "bridge"),
        "A visitor's words must be acknowledged with 2xx: look at the address that the binding answered or registered, "
        "and at its token.",
    )
    yield Wire(
        f"the bot → {home.visitors}",
        any(line["fact"] == "shown" and line["text"] == ECHO for line in _all(lines, "fact")),
        f"The visitor wrote «{WORDS}» and must see «{ECHO}»: does the conformance bot run, and is its call refused? "
        f"{_last_answer(lines, home.visitors)}",
    )
    if home.visitors != home.name:
        mirrored = any(
            acknowledged(line) and WORDS in str(line["sent"].get("json"))
            for line in _all(lines, "crossing")
            if line["from"] == "bridge" and line["to"] == home.name
        )
        yield Wire(
            f"mirror → {home.name}",
            mirrored,
            f"What the visitor says must reach {home.name} too. {_last_answer(lines, home.name)}",
        )


def _all(lines: Sequence[Line], kind: str) -> Iterator[Line]:
    return (line for line in lines if line["kind"] == kind)


def _asked(lines: Sequence[Line], call: str) -> bool:
    return any(_is_answered(line, call) for line in _all(lines, "asked"))


def _is_answered(line: Line, call: str) -> bool:
    return bool(line["call"] == call and line["status"] == OK)


def _crossed(lines: Sequence[Line], sender: str, receiver: str) -> bool:
    """Tell whether anything went that way and was answered with success."""
    return any(
        line["from"] == sender and line["to"] == receiver and acknowledged(line) for line in _all(lines, "crossing")
    )


def _last_answer(lines: Sequence[Line], vendor: str) -> str:
    """Tell how the vendor answered the bridge last."""
    calls = [line for line in _all(lines, "crossing") if line["from"] == "bridge" and line["to"] == vendor]
    if not calls:
        return f"The bridge did not call {vendor} at all."
    came = calls[-1].get("came")
    answer = f"{came['status']} {came.get('json', came.get('text', ''))}" if came else "nothing"
    return f"The last answer of {vendor} was {answer}."
