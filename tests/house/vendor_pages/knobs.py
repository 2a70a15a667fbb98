"""The parts of a page on what of a vendor could be otherwise, from its fake's knobs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.kit.knobs import possible
from tests.house.vendor_pages.markdown import capital, code, linked, prose, table, text
from tests.house.vendor_pages.remarks import remarks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from dataclasses import Field
    from types import ModuleType


def parts(desk: ModuleType, vendor: str) -> dict[str, str]:
    """Generate the parts ``profiles`` and ``knobs`` from a fake's module ``knobs``."""
    return {"profiles": text(_profiles(desk, vendor)), "knobs": text(_groups(desk, vendor))}


def turns(desk: ModuleType) -> Iterator[tuple[str, str, Any]]:
    """Turn every knob to every other value, of numbers to one of each sort; give its name, the value, all knobs."""
    usual = desk.Knobs()
    for knob in desk.knobs():
        for value, words in _values(knob):
            if value != knob.default:
                yield knob.name, words, usual.turned({knob.name: value})


def _values(knob: Field[Any]) -> Iterator[tuple[Any, str]]:
    about = knob.metadata
    if "choices" in about:
        yield from ((value, in_words(value)) for value in about["choices"])
    elif "kinds" not in about:
        yield from ((value, in_words(value)) for value in (False, True))
    else:
        number = about["least"] if about["least"] != knob.default else about["most"]
        yield number, "another number" if knob.default is not None else "a number"
        if "None" in str(knob.type):
            yield None, in_words(None)


def in_words(value: Any) -> str:
    """Write a value as people read it."""
    match value:
        case None:
            return "none"
        case bool():
            return str(value).lower()
        case int() | float():
            return f"{value:.15g}"
        case _:
            return code(str(value))


def _profiles(desk: ModuleType, vendor: str) -> Iterator[str]:
    known = {knob.name: knob for knob in desk.knobs()}
    names = dict.fromkeys(name for profile in desk.PROFILES.values() for name in profile)
    turned = [desk.Knobs().turned({"profile": profile}) for profile in desk.PROFILES]
    rows = [
        (_link(name), prose(known[name].metadata["says"], vendor), *(in_words(getattr(it, name)) for it in turned))
        for name in names
    ]
    yield from table(("knob", "what it says", *map(code, desk.PROFILES)), rows)


def _link(name: str) -> str:
    return f"[{code(name)}](#{name})"


def _groups(desk: ModuleType, vendor: str) -> Iterator[str]:
    beside = remarks(desk.Knobs)
    groups: dict[str, list[Field[Any]]] = {}
    for knob in desk.knobs():
        groups.setdefault(beside[knob.name].group, []).append(knob)
    for group, members in groups.items():
        yield from (f"### {capital(group)}", "")
        rows = [
            (
                f'<a id="{knob.name}"></a>{code(knob.name)}',
                in_words(knob.default),
                possible(knob),
                prose(knob.metadata["says"], vendor),
                linked(knob.metadata["source"], vendor),
            )
            for knob in members
        ]
        yield from table(("knob", "stands at", "can be", "what it says", "source"), rows)
        yield ""
