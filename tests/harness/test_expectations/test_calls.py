"""What a chat-centre must have answered to the probe's calls."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from harness.errors import BreakdownError
from tests.harness.test_expectations.scene import GONE, changed_in, plain, unmet

if TYPE_CHECKING:
    from tests.harness.test_expectations.scene import MirroredScene

GROUPS: Any = plain("getDestinations_answer", "first-group-empty", "livetex")
INVALID: Any = plain("error", "invalid-data", "livetex")


@pytest.mark.parametrize(
    ("word", "values"),
    [("group", ["70011", "70012"]), ("somebody-online", ["no", "yes"]), ("operator", [])],
    ids=str,
)
def test_the_answer_tells(mirrored: MirroredScene, word: str, values: list[str]) -> None:
    """All values of a meaning in their order, truth as yes and no; none where nothing of it is told."""
    mirrored.calls("getDestinations", answer=GROUPS)

    mirrored.expect.answer_tells(word, values)


@pytest.mark.parametrize(
    ("word", "values", "told"),
    [
        ("group", ["70011"], "70011"),
        ("group", ["70012", "70011"], "70012, 70011"),
        ("group", ["70011", "70012", "70013"], "70011, 70012, 70013"),
        ("somebody-online", ["False", "True"], "False, True"),
        ("group", [], "of nothing"),
    ],
    ids=str,
)
def test_the_answer_tells_something_else(mirrored: MirroredScene, word: str, values: list[str], told: str) -> None:
    """Fewer, more, another order, or anything where there must be nothing is something else."""
    mirrored.calls("getDestinations", answer=GROUPS)

    assert (f"the answer tells the {word} {told}", f"{GROUPS}") == unmet(mirrored.expect.answer_tells, word, values)


@pytest.mark.parametrize("status", [201, 400])
def test_only_success_tells_anything(mirrored: MirroredScene, status: int) -> None:
    """The right body with another status is no answer."""
    mirrored.calls("getDestinations", status=status, answer=GROUPS)

    assert f"{GROUPS}" == unmet(mirrored.expect.answer_tells, "group", ["70011", "70012"])[1]


def test_what_has_no_place_in_an_answer_is_told_nowhere(mirrored: MirroredScene) -> None:
    """Nothing of a meaning is nothing anywhere, also where the schema has no place for it."""
    answer = changed_in(GROUPS, {"employee_id": "9001"})
    mirrored.calls("getDestinations", answer=answer)

    assert ("the answer tells the operator of nothing", f"{answer}") == unmet(
        mirrored.expect.answer_tells, "operator", []
    )


def test_the_last_answer_counts(mirrored: MirroredScene) -> None:
    """What was answered before is past."""
    mirrored.calls("getDestinations", answer=GROUPS)
    mirrored.calls("sendText", answer={"message_id": "m-1"})

    mirrored.expect.answer_tells("message", ["m-1"])
    assert "{'message_id': 'm-1'}" == unmet(mirrored.expect.answer_tells, "group", ["70011", "70012"])[1]


@pytest.mark.parametrize("number", [0, 1, 3])
def test_the_answer_holds_another_number(mirrored: MirroredScene, number: int) -> None:
    """None, fewer and more are other numbers."""
    mirrored.calls("getDestinations", answer=GROUPS)

    assert (f"the answer tells the group of {number}", "200, of 2") == unmet(
        mirrored.expect.answer_holds, number, "group"
    )


@pytest.mark.parametrize("verb", ["tells", "holds"])
def test_the_probe_called_nothing(mirrored: MirroredScene, verb: str) -> None:
    """Where the probe has called nothing since the When there is no answer."""
    mirrored.calls("getDestinations", answer=GROUPS)
    mirrored.when()
    mirrored.hears("Closed")
    tells, holds = partial(mirrored.expect.answer_tells, "group", []), partial(mirrored.expect.answer_holds, 2, "group")

    with pytest.raises(BreakdownError, match="The probe has said nothing since the When"):
        (tells if verb == "tells" else holds)()


@pytest.mark.parametrize("changes", [{}, {"error_message": "нет"}, {"field": "text"}], ids=str)
def test_it_is_refused(mirrored: MirroredScene, changes: dict[str, Any]) -> None:
    """Status and number are those of the treaty's error; its words are free, and it may say more."""
    mirrored.calls("sendText", status=400, answer=changed_in(INVALID, changes))

    mirrored.expect.refused_as("invalid-data")


@pytest.mark.parametrize(
    ("status", "changes"),
    [
        (401, {}),
        (200, {}),
        (400, {"error_code": 3}),
        (400, {"error_code": "9"}),
        (400, {"error_code": GONE}),
        (400, {"success": GONE}),
        (400, {"error_message": GONE}),
    ],
    ids=["another status", "success", "another number", "a string", "none", "not said that it failed", "no words"],
)
def test_it_is_refused_otherwise(mirrored: MirroredScene, status: int, changes: dict[str, Any]) -> None:
    """Another status or number, or a part of the body that lacks, is another answer."""
    answer = changed_in(INVALID, changes)
    mirrored.calls("sendText", status=status, answer=answer)

    assert (f"it is refused with 400 {INVALID}", f"{status} {answer}") == unmet(
        mirrored.expect.refused_as, "invalid-data"
    )
