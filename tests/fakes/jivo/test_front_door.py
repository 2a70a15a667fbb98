"""Tests: Jivo's front door."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakes import jivo
from fakes.jivo import VENDOR
from fakes.jivo.control import Control
from fakes.jivo.knobs import Knobs
from fakes.jivo.machine import TABLE, Happening, Row, State, Variant, varied
from fakes.jivo.office import Office
from fakes.jivo.post import Post
from fakes.jivo.server import Server
from harness.simulation.network import Connector
from tests.fakes.jivo.answers import GOOD
from tests.fakes.jivo.conftest import opened

if TYPE_CHECKING:
    from tests.fakes.conftest import Stage


def doors(stage: Stage) -> dict[str, Any]:
    """Give what every fake is opened with."""
    return {
        "clock": stage.clock,
        "ids": stage.ids,
        "chance": stage.chance,
        "witness": stage.witness,
        "host": "jivo.test",
        "connector": Connector(),
    }


def test_it_exports_the_door_and_nothing_behind_it() -> None:
    """The package offers the vendor and the type of what it opens."""
    assert ["VENDOR", "Fake"] == jivo.__all__


def test_the_vendor_says_who_it_is() -> None:
    """Name and capabilities are known before anything runs."""
    assert ("jivo", frozenset({"jivo"})) == (VENDOR.name, VENDOR.capabilities)


@pytest.mark.parametrize(("port", "url"), [(80, "http://jivo.test"), (8080, "http://jivo.test:8080")])
def test_the_address_leaves_out_only_the_usual_port(stage: Stage, port: int, url: str) -> None:
    """A fake tells its address, the port only where it is not HTTP's own, and listens there."""

    async def look() -> tuple[str, str, bool]:
        fake = VENDOR.open(**doors(stage), port=port)
        await fake.open()
        listening = ("jivo.test", port) in stage.loop.net._listeners
        await fake.close()
        return fake.url, fake.control.settings()["api_url"], listening

    assert (url, url, True) == stage.run(look())


def test_a_fake_that_is_not_open_has_no_address(stage: Stage) -> None:
    """Until it listens it cannot tell where."""

    async def look() -> str:
        fake = VENDOR.open(**doors(stage), port=80)
        await fake.close()
        return fake.url

    assert "" == stage.run(look())


def test_closed_it_listens_no_more(stage: Stage) -> None:
    """A closed fake has left its address, and its session is closed."""

    async def look() -> tuple[bool, bool]:
        fake = VENDOR.open(**doors(stage), port=80)
        await fake.open()
        await fake.close()
        return ("jivo.test", 80) in stage.loop.net._listeners, fake._server._session.closed

    assert (False, True) == stage.run(look())


def test_a_fake_that_never_opened_may_be_closed(stage: Stage) -> None:
    """To close a fake that never listened is harmless."""

    async def close() -> bool:
        fake = VENDOR.open(**doors(stage), port=80)
        await fake.close()
        return fake._server._session.closed

    assert stage.run(close())


def test_it_opens_with_the_usual_table_and_knobs(stage: Stage) -> None:
    """Unless it is told otherwise a fake lives by the table, with every knob as it stands."""

    async def look() -> Control:
        fake = VENDOR.open(**doors(stage), port=80)
        await fake.close()
        return fake.control

    site = stage.run(look()).site

    assert (TABLE, Knobs()) == (site.table, site.knobs)


def test_knobs_may_be_turned_before_it_opens(stage: Stage) -> None:
    """A fake that is opened with other knobs has them, and the rows that follow from them, from the first moment."""

    async def look() -> Control:
        fake = VENDOR.open(**doors(stage), port=80, knobs=Knobs(dialects=True))
        await fake.close()
        return fake.control

    site = stage.run(look()).site

    assert (varied(TABLE, [Variant.DIALECTS]), True) == (site.table, site.knobs.dialects)


def test_a_turned_knob_leaves_a_lying_table_its_lie() -> None:
    """With a knob turned and turned back the lie is what it was."""
    lie = dict(TABLE) | {(State.FINISHED, Happening.SAYS): Row(State.FINISHED)}
    with opened(table=lie) as jivo:
        jivo.control.turns(dialects=True)
        jivo.control.turns(dialects=False)
        visitor, _ = jivo.finished()
        answer = jivo.call(jivo.message(visitor))
        table = jivo.control.site.table

    assert GOOD == answer
    assert lie == table


class Mute(Office):
    """An office that shows nobody anything."""

    def show(self, *_: Any, **__: Any) -> None:
        """Show nothing."""


class Silent(Post):
    """A post that tells no bot."""

    def to_bot(self, *_: Any) -> None:
        """Tell nothing."""


class Stranger(Control):
    """People with a verb of their own."""

    def visitor_waves(self) -> str:
        """Wave."""
        return "👋"


class Liar(Server):
    """A server whose office, post and people lie."""

    office_class = Mute
    post_class = Silent
    control_class = Stranger


def test_a_lying_server_may_stand_in() -> None:
    """A fake can be made with another server, which brings an office, a post and people of its own."""
    with opened(server=Liar) as jivo:
        visitor = jivo.visitor()
        answer = jivo.call(jivo.message(visitor))
        jivo.operator(visitor)
        told, shown, waved = jivo.told(), jivo.shown(), jivo.control.visitor_waves()  # type: ignore[attr-defined] # its own

    assert GOOD == answer
    assert ([], [], "👋") == (told, shown, waved)
