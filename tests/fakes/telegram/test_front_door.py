"""Tests: what the harness may know of Telegram, and how it is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.telegram import VENDOR
from fakes.telegram.control import Control
from fakes.telegram.knobs import Knobs
from fakes.telegram.messenger import Messenger
from fakes.telegram.post import Post
from fakes.telegram.server import Server
from harness import vendors
from tests.fakes.telegram.conftest import opened

if TYPE_CHECKING:
    from tests.fakes.conftest import Stage


def test_what_is_known_of_it() -> None:
    """It is a messenger without operators, where its visitors live and a bridge registers itself."""
    door = vendors.front_door("telegram")

    assert ("telegram", "telegram", False, True) == (door.name, door.visitors, door.operators, door.registers)
    assert frozenset({"telegram"}) == VENDOR.capabilities


def test_it_listens_where_it_is_told(stage: Stage) -> None:
    """Its address is empty until it is open, and names a port that is not HTTP's own."""

    async def look() -> list[str]:
        fake = VENDOR.open(
            clock=stage.clock,
            ids=stage.ids,
            chance=stage.chance,
            witness=stage.witness,
            host="telegram.test",
            port=8081,
        )
        before = fake.url
        await fake.open()
        found = [before, fake.url, fake.control.settings()["api_url"]]
        await fake.close()
        return found

    assert ["", "http://telegram.test:8081", "http://telegram.test:8081"] == stage.run(look())


def test_knobs_may_be_turned_before_it_opens() -> None:
    """Every bot has them from the first moment."""
    with opened(knobs=Knobs(order="bot")) as telegram:
        other = telegram.another_bot()

        assert ("bot", "bot") == (telegram.control.site.knobs.order, other.site.knobs.order)


class Mute(Messenger):
    """A messenger that shows nobody anything."""

    def testify(self, *_: Any, **__: Any) -> None:
        """Say nothing."""


class Silent(Post):
    """A post that tells no bot."""

    def tell(self, *_: Any) -> None:
        """Tell nothing."""


class Stranger(Control):
    """People with a verb of their own."""

    def visitor_waves(self) -> str:
        """Wave."""
        return "👋"


class Liar(Server):
    """A server whose messenger, post and people lie."""

    messenger_class = Mute
    post_class = Silent
    control_class = Stranger


def test_a_lying_server_may_stand_in() -> None:
    """A fake can be made with another server, which brings a messenger, a post and people of its own."""
    with opened(server=Liar) as telegram:
        visitor = telegram.visitor()
        answer = telegram.say(visitor)
        updates, shown = telegram.call("getUpdates").result, telegram.shown()
        waved = telegram.control.visitor_waves()  # type: ignore[attr-defined] # its own

    assert 200 == answer.status
    assert ([], [], "👋") == (updates, shown, waved)
