"""What somebody sends whom nobody has asked."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from harness import treaty
from harness.cast import Cast
from harness.cast.stranger import SHOWN, _good_message
from harness.errors import BreakdownError, MisuseError
from harness.junk import of_kind
from harness.model import Who
from tests.harness.cast.scene import Scene, visitor
from tests.harness.worlds import open_world

if TYPE_CHECKING:
    from collections.abc import Iterator

    from harness.journal import Line


@pytest.fixture(params=["jivo", "livetex"])
def bridged(request: pytest.FixtureRequest) -> Iterator[Scene]:
    """Give the people of a fresh vendor with the reference bridge."""
    with open_world(Who.BRIDGE, vendor=request.param) as world:
        yield Scene(world, Cast(world))


def finished(people: Cast) -> None:
    """Let an operator have had the visitor, so that every door was used."""
    people.operator_comes_online()
    visitor(people)
    people.bot_hands_over_if_it_must()
    people.operator_accepts()
    people.operator_finishes()


def posts(scene: Scene) -> list[Line]:
    """Give what the stranger sent since the ledger was opened."""
    return [line for line in scene.crossings() if line["from"] == "somebody"]


def doors(scene: Scene) -> set[str]:
    """Give every address at which the bridge was ever called by a vendor."""
    return {line["sent"]["url"] for line in scene.world.journal.lines if _came(line)}


def _came(line: Line) -> bool:
    return bool(line["kind"] == "crossing" and line["to"] == "bridge" and line["from"] != "somebody")


def test_every_body_of_a_kind_comes_to_every_door(bridged: Scene) -> None:
    """Each address of the bridge's that a vendor has called gets each body once."""
    finished(bridged.people)
    wanted = {(url, junk.name) for url in doors(bridged) for junk in of_kind("not JSON")}
    bridged.people.stranger_sends("not JSON", "Вы здесь?")

    assert 2 == len({url for url, _ in wanted})
    assert wanted == {(line["sent"]["url"], line["event"]) for line in posts(bridged)}
    assert len(wanted) == len(posts(bridged))


def test_he_knows_every_secret(bridged: Scene) -> None:
    """What he sends is not refused for a secret that is wrong."""
    finished(bridged.people)
    bridged.people.stranger_sends("no object", "Вы здесь?")

    assert {400} == {line["came"]["status"] for line in posts(bridged)}


def test_the_visitor_writes_behind_him(bridged: Scene) -> None:
    """The visitor's words come once all of that has."""
    visitor(bridged.people)
    bridged.people.stranger_sends("empty", "Вы здесь?")
    [wrote] = bridged.acts()

    assert "Вы здесь?" == wrote["text"]
    assert all(line["came"]["at"] < wrote["at"] for line in posts(bridged))


def test_of_a_body_the_beginning_is_written_down(bridged: Scene) -> None:
    """The journal keeps the size of a body, and no more than its first bytes."""
    visitor(bridged.people)
    bridged.people.stranger_sends("too large", "Вы здесь?")
    nonsense = next(line for line in posts(bridged) if line["event"] == "nonsense")

    assert (2**21, "x" * SHOWN) == (nonsense["size"], nonsense["sent"]["text"])


def test_of_what_is_packed_nothing_is_written_down(bridged: Scene) -> None:
    """What is compressed looks different on every machine, and the journal must not."""
    visitor(bridged.people)
    bridged.people.stranger_sends("too large", "Вы здесь?")
    bomb = next(line for line in posts(bridged) if line["event"] == "bomb")

    assert {"headers", "method", "url"} == bomb["sent"].keys()
    assert "size" not in bomb


def test_what_is_said_about_a_body_is_sent(bridged: Scene) -> None:
    """A body's own headers replace the usual ones."""
    visitor(bridged.people)
    bridged.people.stranger_sends("not JSON", "Вы здесь?")
    types = {line["event"]: line["sent"]["headers"]["content-type"] for line in posts(bridged)}

    assert ("application/xml", "application/json") == (types["xml"], types["half"])


def test_a_good_message_is_one() -> None:
    """What stands in a body is the treaty's sample, with the people of what came and its own id."""
    with open_world(Who.BRIDGE) as world:
        people = Cast(world)
        people.visitor_writes("Здравствуйте")
        came = next(line for line in world.journal.lines if _came(line))
        good: Any = json.loads(_good_message(came))
        sample = treaty.samples("jivo", "CLIENT_MESSAGE")[0].payload

        assert came["sent"]["json"]["client_id"] == good["client_id"] != sample["client_id"]
        assert came["sent"]["json"]["chat_id"] == good["chat_id"] != sample["chat_id"]
        assert sample["id"] == good["id"] != came["sent"]["json"]["id"]
        assert sample["message"]["text"] == good["message"]["text"]


def test_a_bridge_without_an_address_cannot_be_tried() -> None:
    """Where nobody has called the bridge nobody knows where it is."""
    with open_world(Who.BRIDGE) as world:
        people = Cast(world)
        people.visitor_arrives()
        with pytest.raises(BreakdownError, match="The bridge was never called"):
            people.stranger_sends("empty", "Вы здесь?")


def test_an_unknown_kind_is_misuse(bridged: Scene) -> None:
    """There are only the kinds of the treaty."""
    visitor(bridged.people)
    with pytest.raises(MisuseError, match="no hostile bodies of the kind 'spoilt'"):
        bridged.people.stranger_sends("spoilt", "Вы здесь?")
