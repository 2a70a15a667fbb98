"""Tests: harness.report.html.lanes."""

from __future__ import annotations

import pytest

from harness.report.html.lanes import MOST, lanes
from tests.harness.report.conftest import Line, crossing


def act(who: str, vendor: str) -> Line:
    """Make the line of what somebody did."""
    return {"kind": "act", "at": 0.0, "seq": 1, "who": who, "did": "writes", "vendor": vendor}


def fact(what: str, vendor: str, place: str) -> Line:
    """Make the line of a fact."""
    return {"kind": "fact", "at": 0.0, "seq": 1, "cause": None, "fact": what, "vendor": vendor, "place": place}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([], ()),
        ([act("visitor", "jivo")], ()),
        ([crossing()], ("bridge", "jivo")),
        ([crossing(), act("visitor", "jivo")], ("visitor", "jivo", "bridge")),
        ([crossing(), fact("shown", "jivo", "widget")], ("visitor", "jivo", "bridge")),
        ([crossing(), fact("read", "jivo", "chat")], ("bridge", "jivo", "operator")),
        ([crossing(), fact("read", "jivo", "settings")], ("bridge", "jivo")),
        (
            [crossing("livetex"), act("operator", "livetex"), crossing("telegram"), act("visitor", "telegram")],
            ("visitor", "telegram", "bridge", "livetex", "operator"),
        ),
        ([crossing("somebody"), crossing(), act("visitor", "jivo")], ("visitor", "jivo", "bridge", "somebody")),
    ],
)
def test_parties_stand_from_the_visitor_to_the_operator(lines: list[Line], expected: tuple[str, ...]) -> None:
    """Where visitors are stands before the bridge, a chat-centre that has operators alone behind it."""
    assert expected == lanes(lines)


def test_too_many_parties_have_no_lanes() -> None:
    """What a journal from elsewhere may hold is not drawn, and stays a list."""
    lines = [crossing(f"party {number}") for number in range(MOST)]

    assert () == lanes(lines)
    assert MOST == len(lanes(lines[1:]))
