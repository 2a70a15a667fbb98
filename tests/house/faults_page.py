"""The list of faults, as a part of docs/faults.md.

``python -m tests.house.faults_page`` writes it; a test says when it is stale.
"""

from __future__ import annotations

import importlib
import inspect
from dataclasses import fields
from typing import TYPE_CHECKING

from harness import data, vendors
from harness.faults import kinds
from harness.faults.fault import CONNECT, Moment, Side
from tests.house.vendor_pages.markdown import table, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from harness.faults.fault import Fault

PAGE = data.ROOT / "docs" / "faults.md"
BEGIN, END = "<!-- faults: generated -->\n", "<!-- end of the faults -->\n"
MOMENTS: dict[str, str] = {
    CONNECT: "when the bridge wants to connect",
    Moment.ACCEPT: "when the call has been read",
    Moment.BEFORE: "before its effect",
    Moment.AFTER: "after its effect, before the answer",
    Moment.HOLD: "before the first attempt",
    Moment.OUTGOING: "before the attempt sets out",
    Moment.RETURN: "when the bridge has answered",
}
SIDES = {Side.CALL: "calls", Side.DELIVERY: "deliveries"}


def listing() -> str:
    """Write the list."""
    rows = [
        (f"`{kind()}`", _says(kind), "<br>".join(_strikes(kind)), "yes" if kind.survivable else "", _places(kind))
        for kind in kinds()
    ]
    return text(table(("fault", "what happens", "when", "drawn", "at"), rows))


def _says(kind: type[Fault]) -> str:
    """Give what stands in the file's and the class's docstrings, and what can be said otherwise in its name."""
    about = inspect.cleandoc(importlib.import_module(kind.__module__).__doc__ or "")
    does = " ".join(inspect.cleandoc(kind.__doc__ or "").partition("\nRaises:")[0].split())
    words = ", ".join(f"{field.name} {field.default:g}" for field in fields(kind))
    return f"{about} {does}" + (f" As named: {words}." if words else "")


def _strikes(kind: type[Fault]) -> Iterator[str]:
    for side, name in SIDES.items():
        moment = kind.moment(side)
        if moment is not None:
            yield f"{name}: {MOMENTS[moment]}"


def _places(kind: type[Fault]) -> str:
    """Name the vendors where it can happen."""
    if not kind.needs:
        return "any vendor"
    able = [
        name
        for name in vendors.names()
        if hasattr(importlib.import_module(f"fakes.{name}.control").Control, kind.needs)
    ]
    return ", ".join(able)


def page(before: str) -> str:
    """Put the list into the page."""
    head, _, rest = before.partition(BEGIN)
    _, _, tail = rest.partition(END)
    return f"{head}{BEGIN}\n{listing()}\n{END}{tail}"


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text("utf-8")), "utf-8")
