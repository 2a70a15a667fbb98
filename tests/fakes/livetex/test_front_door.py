"""Tests: LiveTex's front door, its weather, and liars."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from fakes import livetex as package
from fakes.kit.ports import Fair, Struck
from fakes.kit.ports import Moment as Point
from fakes.livetex import VENDOR
from fakes.livetex.control import Control
from fakes.livetex.knobs import Knobs
from fakes.livetex.machine import TABLE, Happening, Moment, Row, State, to_webhook
from fakes.livetex.office import Office
from fakes.livetex.post import Post
from fakes.livetex.server import Server
from harness.simulation.network import Connector
from tests.fakes.livetex.conftest import LEAD, opened

if TYPE_CHECKING:
    from fakes.kit.ports import Crossing
    from tests.fakes.conftest import Stage

TEXT = {"user_id": LEAD, "text": "Привет"}


def doors(stage: Stage) -> dict[str, Any]:
    """Give what every fake is opened with."""
    return {
        "clock": stage.clock,
        "ids": stage.ids,
        "chance": stage.chance,
        "witness": stage.witness,
        "host": "livetex.test",
        "connector": Connector(),
    }


def test_it_exports_the_door_and_nothing_behind_it() -> None:
    """The package offers the vendor and the type of what it opens."""
    assert ["VENDOR", "Fake"] == package.__all__


def test_the_vendor_says_who_it_is() -> None:
    """Name and capabilities are known before anything runs."""
    assert ("livetex", frozenset({"livetex"})) == (VENDOR.name, VENDOR.capabilities)


@pytest.mark.parametrize(("port", "url"), [(80, "http://livetex.test"), (8080, "http://livetex.test:8080")])
def test_the_address_leaves_out_only_the_usual_port(stage: Stage, port: int, url: str) -> None:
    """A fake tells its address, the port only where it is not HTTP's own, and listens there until it is closed."""

    async def look() -> tuple[str, str, str, bool, bool, bool]:
        fake = VENDOR.open(**doors(stage), port=port)
        before = fake.url
        await fake.open()
        listening = ("livetex.test", port) in stage.loop.net._listeners
        settings = fake.control.settings()["api_url"]
        await fake.close()
        still = ("livetex.test", port) in stage.loop.net._listeners
        return before, fake.url, settings, listening, still, fake._server._session.closed

    assert ("", url, url, True, False, True) == stage.run(look())


# liars


def test_a_liar_may_have_another_table() -> None:
    """With a row replaced, LiveTex announces a transfer, which the true one never does."""
    row = Row(State.OPERATOR, (to_webhook("MessageDelivered"),))
    with opened(table={**TABLE, (State.OPERATOR, Happening.PASSES): row}) as livetex:
        first = livetex.talking()
        second = livetex.control.operator_comes_online("Борис")
        livetex.control.operator_passes(first, LEAD, second)
        livetex.settle()

        assert [second] == [body["employee"]["employee_id"] for body in livetex.bodies()]


def test_a_liar_may_have_other_knobs() -> None:
    """Knobs are set from the door, and hold for every account."""
    with opened(knobs=Knobs(product="omni 1.0")) as livetex:
        other = livetex.another_account()

        assert 403 == livetex.call("getDestinations").status
        assert 403 == livetex.request(f"/1.2/getDestinations?key={other.settings()['key']}").status


def test_a_liar_may_have_other_people() -> None:
    """A server's office, post and people can each be another's."""

    class Deaf(Office):
        def _keep(self, occasion: Any, author: Any) -> Any:
            event = super()._keep(occasion, author)
            occasion.visitor.kept.clear()
            return event

    class Silent(Post):
        def send(self, *_: Any) -> None:
            """Tell nobody."""

    class Shy(Control):
        def operators(self) -> list[str]:
            """Name nobody."""
            return []

    class Liar(Server):
        control_class, office_class, post_class = Shy, Deaf, Silent

    with opened(server=Liar) as livetex:
        livetex.says()

        assert [] == livetex.told() + livetex.control.operators() + livetex.visitor().kept


def test_an_effect_that_nobody_knows_is_an_error() -> None:
    """A table that wants what LiveTex cannot do breaks down, so that no lie goes by unnoticed."""
    row = Row(State.KEPT, (lambda _: "nonsense",))  # type: ignore[arg-type,return-value]  # that is the point
    with opened(table={**TABLE, (State.NEW, Happening.SENDS): row}) as livetex:

        async def break_down() -> None:
            account = livetex.control.site
            office = livetex.server.office
            visitor = office.visitor(account, LEAD)
            office.happen(account, visitor, Happening.SENDS, Moment(), None)

        with pytest.raises(TypeError, match="LiveTex does no such thing: nonsense"):
            livetex.stage.run(break_down())


# weather


class Storm(Fair):
    """Strikes at one moment, with a status or a reset."""

    fair = False

    def __init__(self, moment: Point, status: int | None) -> None:
        """Say when, and how."""
        self.moment: Point | None = moment
        self.status = status

    async def strike(self, moment: Point, crossing: Crossing) -> None:
        """Strike once."""
        del crossing
        if moment is self.moment:
            self.moment = None
            raise Struck(self.status, {"Retry-After": "1"}, b"{}")


@pytest.mark.parametrize(("moment", "kept"), [(Point.ACCEPT, 0), (Point.BEFORE, 0), (Point.AFTER, 1)], ids=str)
def test_weather_strikes_before_or_after_the_change(moment: Point, kept: int) -> None:
    """A call that is struck has changed everything or nothing, and is answered by the weather."""
    with opened(weather=Storm(moment, 500)) as livetex:
        answer = livetex.request(livetex.path("sendText"), TEXT)

        assert (500, "1") == (answer.status, answer.headers["Retry-After"])
        assert kept == len(livetex.facts("buffered"))
        assert "struck: 500" == livetex.witness.crossings[0].failure


def test_weather_may_break_a_connection() -> None:
    """A reset is no answer at all."""
    with (
        opened(weather=Storm(Point.ACCEPT, None)) as livetex,
        pytest.raises(aiohttp.ClientError, match=r"disconnected|reset"),
    ):
        livetex.request(livetex.path("sendText"), TEXT)


@pytest.mark.parametrize("status", [503, None])
def test_weather_may_strike_what_goes_out(status: int | None) -> None:
    """An event that is struck on its way is attempted again."""
    with opened(weather=Storm(Point.OUTGOING, status)) as livetex:
        livetex.says()
        livetex.settle(10)

        assert ["SelectDestination"] == livetex.told()
        assert f"struck: {status or 'reset'}" == livetex.witness.crossings[1].failure
