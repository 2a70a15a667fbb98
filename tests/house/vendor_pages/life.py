"""The parts of a page on a dialogue's life, from a fake's transition table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, assert_never

from fakes.kit.effects import Arm, Disarm, Effect, Keep, Offer, Refuse, Show, Tell
from tests.house.vendor_pages import knobs, messages
from tests.house.vendor_pages.markdown import capital, code, listed, prose, table, text
from tests.house.vendor_pages.remarks import remarks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

WORDS, NAME = "{words}", "{operator}"
NOTHING = "nothing"


def parts(machine: ModuleType, desk: ModuleType, vendor: str) -> dict[str, str]:
    """Generate the parts ``states``, ``picture``, ``transitions`` and ``variants``."""
    return {
        "states": text(_states(machine)),
        "picture": text(_picture(machine)),
        "transitions": text(_transitions(machine, vendor)),
        "variants": text(_variants(machine, desk, vendor)),
    }


def short(happening: Any) -> str:
    """Name what happens as briefly as the code does."""
    return str(happening.name).lower().replace("_", " ")


def _states(machine: ModuleType) -> Iterator[str]:
    beside = remarks(machine.State)
    rows = [
        (f"[{state}](#{state})", capital(beside[state.name].behind), machine.OWNERS[state]) for state in machine.State
    ]
    yield from table(("state", "what it means", "who has the dialogue"), rows)


def _picture(machine: ModuleType) -> Iterator[str]:
    arrows: dict[tuple[Any, Any], list[str]] = {}
    for (state, happening), row in machine.TABLE.items():
        if row.to is not state:
            arrows.setdefault((state, row.to), []).append(_label(short(happening)))
    yield from ("```mermaid", "stateDiagram-v2", f"    [*] --> {next(iter(machine.State)).name}")
    yield from (f"    {state.name}: {_label(state)}" for state in machine.State)
    for (state, to), happenings in arrows.items():
        yield f"    {state.name} --> {to.name}: {'<br/>'.join(happenings)}"
    yield "```"


def _label(words: str) -> str:
    """Escape what Mermaid would read as its own: an entity begins with #, a statement ends with a semicolon."""
    return "".join(letter if letter.isalnum() or letter in " -," else f"#{ord(letter)};" for letter in words)


def _transitions(machine: ModuleType, vendor: str) -> Iterator[str]:
    for state in machine.State:
        rows = [
            (short(happening), happening, _to(row, state), deeds(machine, row, vendor), prose(row.source, vendor))
            for happening in machine.Happening
            if (row := machine.TABLE.get((state, happening))) is not None
        ]
        impossible = [short(happening) for happening in machine.Happening if (state, happening) not in machine.TABLE]
        yield from (f"### {capital(state)}", "")
        yield from table(("short", "what happens", "goes to", "what is done", "source"), rows)
        yield from ("", f"Impossible: {', '.join(impossible) or NOTHING}.", "")


def _to(row: Any, state: Any) -> str:
    return "stays" if row.to is state else f"**{row.to}**"


def _variants(machine: ModuleType, desk: ModuleType, vendor: str) -> Iterator[str]:
    head = ("state", "short", "what happens", "goes to", "what is done", "in place of", "source")
    for variant, replaced in machine.VARIANTS.items():
        rows = [
            (
                state,
                short(happening),
                happening,
                _to(row, state),
                deeds(machine, row, vendor),
                _before(machine, state, happening, vendor),
                prose(row.source, vendor),
            )
            for (state, happening), row in replaced.items()
        ]
        yield from (f"**{capital(variant)}**: {turned_by(variant, desk)}.", "")
        yield from table(head, rows)
        yield ""


def _before(machine: ModuleType, state: Any, happening: Any, vendor: str) -> str:
    row = machine.TABLE.get((state, happening))
    return "impossible" if row is None else f"{_to(row, state)}: {deeds(machine, row, vendor)}"


def turned_by(variant: Any, desk: ModuleType) -> str:
    """Find by turning which knobs bring a variant about, and which profiles have it; "" if none does."""
    values: dict[str, list[str]] = {}
    for name, value, turned in knobs.turns(desk):
        if variant in turned.variants:
            values.setdefault(name, []).append(value)
    profiles = [name for name in desk.PROFILES if variant in desk.Knobs().turned({"profile": name}).variants]
    found = [listed([f"[{code(name)}](knobs.md#{name}) is {listed(those)}" for name, those in values.items()])]
    return "; ".join([*filter(None, found), *(f"so in the profile {code(name)}" for name in profiles)])


def deeds(machine: ModuleType, row: Any, vendor: str) -> str:
    """Tell in words what a row does."""
    moment = machine.Moment(text=WORDS, operator=NAME)
    told = []
    for deed in row.does:
        effect: Effect | None = deed(moment)
        if effect is not None:
            hides = hasattr(moment, "hidden") and deed(moment._replace(hidden=True)) is None
            told.append(in_words(effect, vendor) + (", if the channel can" if hides else ""))
    return "; ".join(told) or NOTHING


def in_words(effect: Effect, vendor: str) -> str:  # noqa: PLR0911 - one for each effect
    """Tell what a fake does."""
    match effect:
        case Show(author, words):
            return f"shows the visitor what the {author} sent" if words == WORDS else f"shows the visitor “{words}”"
        case Keep(author, words):
            return f"keeps the {author}'s words in the record" if words == WORDS else f"keeps “{words}” in the record"
        case Tell("history", event):
            return f"writes [{event}](messages.md#{messages.anchor(vendor, event)}) into the history"
        case Tell(wire, event):
            return f"tells the {wire} [{event}](messages.md#{messages.anchor(vendor, event)})"
        case Offer():
            return "offers the dialogue to the operators"
        case Arm(timer):
            return f"starts the timer [{code(timer)}](knobs.md#{timer}) anew"
        case Disarm(timer):
            return f"stops the timer {code(timer)}"
        case Refuse(status, kind, message):
            return f"refuses the call: {status} {code(kind)}, “{message}”"
    assert_never(effect)
