"""What was written at length, and what was changed: how it must have arrived."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from harness.cast.passage import Passage
from harness.errors import BreakdownError
from tests.harness.test_expectations.scene import unmet

if TYPE_CHECKING:
    from tests.harness.test_expectations.scene import MirroredScene, Scene

FLAG = "🇷🇺"
WHOLE = FLAG * 3 + "."
PARTED = "«🇷🇺…» whole, in order, no character parted"


@pytest.fixture
def scene(scene: Scene) -> Scene:
    """Give a scene in which somebody has written at length, of a visitor whom the bridge knows."""
    scene.people.passage = Passage(FLAG, 3)
    scene.desk.knows()
    return scene


@pytest.fixture
def mirrored(mirrored: MirroredScene) -> MirroredScene:
    """Give the same where visitors live elsewhere."""
    mirrored.people.passage = Passage(FLAG, 3)
    mirrored.desk.knows()
    return mirrored


# on the screen


@pytest.mark.parametrize("pieces", [(WHOLE,), (FLAG, f"{FLAG}{FLAG}."), (FLAG, FLAG, FLAG, ".")], ids=str)
def test_the_visitor_sees_it_whole(scene: Scene, pieces: tuple[str, ...]) -> None:
    """All pieces, in order; each is accounted for."""
    for piece in pieces:
        scene.shows(piece)

    scene.expect.visitor_saw_passage(in_one=False)
    assert "" == scene.left_over


@pytest.mark.parametrize(
    ("pieces", "came"),
    [
        ((), "nothing at all"),
        ((FLAG, FLAG), "2 characters; 2 characters"),
        ((FLAG + FLAG[0], f"{FLAG[1]}{FLAG}."), "3 characters; 4 characters"),
        ((f"{FLAG}.", FLAG + FLAG), "3 characters; 4 characters"),
    ],
    ids=str,
)
def test_the_visitor_does_not_see_it_whole(scene: Scene, pieces: tuple[str, ...], came: str) -> None:
    """What is cut, parted inside of a character or out of order did not arrive whole."""
    for piece in pieces:
        scene.shows(piece)

    assert (f"the visitor sees {PARTED}", came) == unmet(scene.expect.visitor_saw_passage, in_one=False)


def test_his_own_words_are_not_what_he_sees(scene: Scene) -> None:
    """They stand on his screen as well."""
    scene.shows(WHOLE, author="visitor")

    assert "nothing at all" == unmet(scene.expect.visitor_saw_passage, in_one=False)[1]


def test_an_echo_begins_with_what_stands_before_it(scene: Scene) -> None:
    """It belongs to the whole."""
    scene.shows(f"Эхо: {FLAG}")
    scene.shows(f"{FLAG}{FLAG}.")

    scene.expect.visitor_saw_passage("Эхо: ", in_one=False)


@pytest.mark.parametrize(("pieces", "number"), [((FLAG, f"{FLAG}{FLAG}."), 2), ((), 0)], ids=str)
def test_it_did_not_come_in_one_piece(scene: Scene, pieces: tuple[str, ...], number: int) -> None:
    """Not in two, and not in none, whatever the history says."""
    scene.desk.notes(WHOLE, "bot", state="refused", reason="it is too long")
    for piece in pieces:
        scene.shows(piece)

    assert ("the visitor sees «🇷🇺…» in one piece", f"it came in {number}") == unmet(
        scene.expect.visitor_saw_passage, in_one=True
    )


def test_it_came_in_one_piece(scene: Scene) -> None:
    """All of it, once."""
    scene.shows(WHOLE)

    scene.expect.visitor_saw_passage(in_one=True)


def test_the_history_says_why_it_did_not_come(scene: Scene) -> None:
    """Then nobody was deceived."""
    scene.shows(FLAG)
    scene.desk.notes(WHOLE, "bot", state="refused", reason="it is too long")

    scene.expect.visitor_saw_passage(in_one=False)


@pytest.mark.parametrize(
    "line",
    [
        {"state": "refused"},
        {"state": "sent", "reason": "it is too long"},
        {"text": FLAG, "state": "refused", "reason": "it is too long"},
    ],
    ids=str,
)
def test_the_history_does_not_say_why(scene: Scene, line: dict[str, Any]) -> None:
    """Without a reason, of another text, or of one that was sent, it explains nothing."""
    scene.desk.notes(**{"text": WHOLE, "who": "bot"} | line)

    unmet(scene.expect.visitor_saw_passage, in_one=False)


def test_nobody_has_written_at_length(scene: Scene) -> None:
    """Then there is nothing to look for."""
    scene.people.passage = None

    with pytest.raises(BreakdownError, match=r"^Nobody has written at length in this scenario\.$"):
        scene.expect.visitor_saw_passage(in_one=False)


# at a vendor whose visitors live elsewhere


def test_the_vendor_is_sent_it_whole(mirrored: MirroredScene) -> None:
    """Each piece stands below the title."""
    mirrored.calls("sendText", text=f"🙂 Лид\n{FLAG}")
    mirrored.calls("sendText", text=f"🙂 Лид\n{FLAG}{FLAG}.")

    mirrored.expect.vendor_was_sent_passage("visitor", in_one=False)
    assert "" == mirrored.left_over


@pytest.mark.parametrize(
    "second",
    [
        {"text": f"{FLAG}{FLAG}."},
        {"text": f"🤖 Бот\n{FLAG}{FLAG}."},
        {"text": f"🙂 Лид\n{FLAG}{FLAG}.", "status": 400},
        {"text": f"🙂 Лид\n{FLAG}{FLAG}"},
    ],
    ids=str,
)
def test_the_vendor_is_not_sent_it_whole(mirrored: MirroredScene, second: dict[str, Any]) -> None:
    """A piece without its title, below another's, refused, or cut is none."""
    mirrored.calls("sendText", text=f"🙂 Лид\n{FLAG}")
    mirrored.calls("sendText", **second)

    assert f"the vendor is sent {PARTED}" == unmet(mirrored.expect.vendor_was_sent_passage, "visitor", in_one=False)[0]


def test_the_vendor_is_sent_it_in_one_piece(mirrored: MirroredScene) -> None:
    """The bot's echo, for one."""
    mirrored.calls("sendText", text=f"🤖 Бот\nЭхо: {WHOLE}")

    mirrored.expect.vendor_was_sent_passage("bot", "Эхо: ", in_one=True)


# what was changed


@pytest.mark.parametrize("line", ["🙂 Лид\n✎ Привет", "🙂 Лид (исправлено)\nПривет"])
def test_the_vendor_is_told_of_an_edit(mirrored: MirroredScene, line: str) -> None:
    """Whatever tells it from words that were said anew."""
    mirrored.calls("sendText", text=line)

    mirrored.expect.vendor_was_told_of_edit("Привет")
    assert "" == mirrored.left_over


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ({"text": "🙂 Лид\nПривет"}, "the vendor is told that the visitor now says «Привет», recognisable as a change"),
        ({"text": "🙂 Лид\n✎ Привед"}, "the vendor is told that the visitor now says «Привет»"),
        ({"text": "🙂 Лид\n✎ Привет", "status": 400}, "the vendor is told that the visitor now says «Привет»"),
    ],
    ids=str,
)
def test_the_vendor_is_not_told_of_an_edit(mirrored: MirroredScene, call: dict[str, Any], expected: str) -> None:
    """As new words, with the old wording, or refused."""
    mirrored.calls("sendText", **call)

    assert expected == unmet(mirrored.expect.vendor_was_told_of_edit, "Привет")[0]


def test_the_history_says_that_an_edit_was_not_passed_on(mirrored: MirroredScene) -> None:
    """With the reason."""
    mirrored.desk.notes("Привет", state="refused", reason="edits are not passed on")

    mirrored.expect.vendor_was_told_of_edit("Привет")
