"""The bridge's doors: who may come in, with what, and what is answered."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import aiohttp
import pytest
from aiohttp import web

from harness.bridge import Bridge, Store
from harness.bridge.body import DEEPEST
from harness.bridge.contract import Contract
from harness.bridge.desk import Desk
from tests.harness.bridge import treaty
from tests.harness.bridge.house import House
from tests.harness.bridge.jivo_stand_in import Reply, in_turn

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from tests.harness.bridge.universe import Universe

EVENT: dict[str, Any] = {"event": "CLIENT_MESSAGE", "id": "1", "client_id": "1", "chat_id": "1", "message": {}}
HOSTILE = {
    "empty": b"",
    "cut": b'{"event": "CLIENT_MESSAGE"',
    "no text": b"\xff\xfe\xfd",
    "an abyss": b"[" * 100_000,
    "too deep": b'{"a":' * 982 + b"1" + b"}" * 982,
    "a number": b"17",
    "a list": b"[]",
    "null": b"null",
    "NaN": json.dumps(EVENT | {"message": {"timestamp": float("nan")}}).encode(),
    "half an id": json.dumps(EVENT | {"client_id": "\ud83d"}).encode(),
    "half a text": json.dumps(EVENT | {"message": {"text": "\ud83d"}}).encode(),
    "very long": b'{"event": "' + b"x" * 2_000_000 + b'"}',
}


# bot events


def encoded(token: str) -> str:
    """Percent-encode every character."""
    return "".join(f"%{ord(letter):02X}" for letter in token)


@pytest.mark.parametrize("form", [str, encoded])
def test_lets_jivo_in(house: House, form: Callable[[str], str]) -> None:
    """The token opens the door, however it is encoded on the way."""
    status = house.universe.run(house.post(house.event(), token=form(house.binding["token"])))

    assert 200 == status


@pytest.mark.parametrize(
    "wrong",
    ["{}%20", "%20{}", "{}%00", "{}%0A", "{}x", "x", "%20", "%FF", "{0}%2F{0}", "%D1%8F"],
)
def test_wrong_token_changes_nothing(house: House, wrong: str) -> None:
    """A token that differs in anything is answered 401, and the event was not seen."""
    event = house.event()
    url = f"{house.binding['bot_url']}/{wrong.format(house.binding['token'])}"
    status, body = house.universe.run(house.send(url, event))
    house.universe.later(1.0)
    untouched = (list(house.jivo.heard), house.ask("/leads"))
    house.hears(event)

    assert (401, "invalid_client") == (status, body["error"]["code"])
    assert ([], []) == untouched
    assert ["Эхо: Привет"] == house.jivo.texts


def test_another_bindings_token(house: House) -> None:
    """The token of one binding opens no other."""
    other = house.universe.run(house.bind())
    status = house.universe.run(house.post(house.event(), token=other["token"]))

    assert 401 == status


def test_unknown_binding(house: House) -> None:
    """Where there is no binding no token opens."""
    url = f"http://bridge.test/jivo/nobody/bot/{house.binding['token']}"
    status, body = house.universe.run(house.send(url, house.event()))

    assert (401, "invalid_client") == (status, body["error"]["code"])


@pytest.mark.parametrize("key", ["id", "client_id", "chat_id", "event", "message"])
def test_malformed_event(house: House, key: str) -> None:
    """An event without a part that must be there is answered 400, and changes nothing."""
    event = house.event()
    del event[key]
    status, body = house.universe.run(house.send(f"{house.binding['bot_url']}/{house.binding['token']}", event))
    house.universe.later(1.0)

    assert (400, "invalid_request") == (status, body["error"]["code"])
    assert key in body["error"]["message"]
    assert ([], []) == (house.jivo.heard, house.ask("/leads"))


def test_errors_are_as_documented(house: House) -> None:
    """An error's body is the one that Jivo documents."""
    url = f"{house.binding['bot_url']}/{house.binding['token']}"
    bodies = [
        house.universe.run(house.send(where, what))[1] for where, what in ((url + "x", {}), (url, {}), (url, b"["))
    ]

    assert [[], [], []] == [treaty.faults("error", body) for body in bodies]


@pytest.mark.parametrize("kind", ["CHAT_REOPENED", "client_message", ""])
def test_unknown_event(house: House, kind: str) -> None:
    """An event of a kind that is not known is answered 405, and changes nothing."""
    event = house.event() | {"event": kind}
    status, body = house.universe.run(house.send(f"{house.binding['bot_url']}/{house.binding['token']}", event))

    assert (405, "invalid_request") == (status, body["error"]["code"])
    assert [] == house.ask("/leads")


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_event(house: House, body: bytes) -> None:
    """A hostile body is answered 4xx, changes nothing, and the next visitor is served."""
    status = house.universe.run(house.post(body))
    leads = house.ask("/leads")
    house.hears(house.event())

    assert 400 <= status < 500
    assert [] == leads
    assert ["Эхо: Привет"] == house.jivo.texts


@pytest.mark.parametrize("text", ["\0", "'; DROP TABLE leads; --", "<script>", "x" * 500_000, "\u202e"])
def test_odd_words(house: House, text: str) -> None:
    """Odd words are words."""
    house.hears(house.event(text=text))

    assert [f"Эхо: {text}"] == house.jivo.texts
    assert [text, f"Эхо: {text}"] == [line["text"] for line in house.archive()]


# webhooks


def test_webhook_of_no_binding(house: House) -> None:
    """Where there is no binding no webhook is taken."""
    status, _ = house.universe.run(house.send("http://bridge.test/jivo/nobody/webhook", {"event_name": "x"}))

    assert 404 == status
    assert [] == house.ask("/webhook-log")


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_webhook(house: House, body: bytes) -> None:
    """A hostile webhook is answered 4xx, and not logged."""
    status, _ = house.hook(body)

    assert 400 <= status < 500
    assert [] == house.ask("/webhook-log")


def test_deep_webhook(house: House) -> None:
    """Whatever depth is taken can also be shown."""
    status, _ = house.hook(b'{"a":' * DEEPEST + b"1" + b"}" * DEEPEST)
    shown, log = house.universe.run(house.call("GET", "/webhook-log"))

    assert (200, 200, 1) == (status, shown, len(log))


# life


def test_stops_listening(universe: Universe) -> None:
    """A bridge that has stopped is not there."""
    house = House(universe)
    house.open()
    universe.run(house.bridge.stop())

    with pytest.raises(aiohttp.ClientConnectionError):
        universe.run(house.post(house.event()))


def test_its_own_connections_have_no_limit(universe: Universe) -> None:
    """Where it is given no connector, calls that hang leave room for others."""
    house = House(universe)
    house.connector = lambda: None
    house.open()
    connector = house.bridge._session.connector

    assert connector is not None
    assert 0 == connector.limit


def test_stop_drops_what_is_under_way(universe: Universe) -> None:
    """What a stopped bridge had still to send is not sent."""
    house = House(universe)
    house.open()
    house.jivo.reply = in_turn(Reply(503))
    house.hears(house.event())
    before = len(house.jivo.heard)
    universe.run(house.bridge.stop())
    universe.later(60.0)

    assert before == len(house.jivo.heard)


class SlowToClear(Desk):
    """Takes its time before it drops what is under way."""

    async def clear(self) -> None:
        """Wait first."""
        await asyncio.sleep(5.0)
        await super().clear()


class Slow(Bridge):
    """Works at that desk."""

    desk_class = SlowToClear


def test_acknowledges_nothing_while_it_stops(universe: Universe) -> None:
    """From the moment at which it begins to stop, nothing is acknowledged that would be dropped."""
    house = House(universe, kind=Slow)
    house.open()

    async def while_it_stops() -> None:
        stopping = asyncio.create_task(house.bridge.stop())
        await asyncio.sleep(1.0)
        try:
            await house.post(house.event())
        finally:
            await stopping

    with pytest.raises(aiohttp.ClientConnectionError):
        universe.run(while_it_stops())


def test_stops_in_the_middle_of_a_request(universe: Universe) -> None:
    """A request that never ends does not keep the bridge from stopping."""
    house = House(universe)
    house.open()

    async def endless() -> AsyncIterator[bytes]:
        yield b"{"
        await asyncio.sleep(3600.0)

    async def stopped() -> float:
        posting = asyncio.create_task(house.session.post(house.binding["webhook_url"], data=endless()))
        await asyncio.sleep(1.0)
        since = universe.loop.time()
        await house.bridge.stop()
        with pytest.raises(aiohttp.ClientConnectionError):
            await posting
        return universe.loop.time() - since

    assert universe.run(stopped()) < 1.0


class Keeper(Store):
    """A store like any other."""


class Talker(Contract):
    """A contract that shows what keeps it."""

    @property
    def kept_by(self) -> tuple[type[Store], type[Desk]]:
        """Give the classes of store and desk."""
        return type(self._store), type(self._desk)

    async def _about(self, _: web.Request) -> web.Response:
        return web.json_response([kind.__name__ for kind in self.kept_by])


class Liar(Bridge):
    """Is made of parts of its own."""

    store_class = Keeper
    desk_class = SlowToClear
    contract_class = Talker


def test_is_made_of_its_parts(universe: Universe) -> None:
    """A bridge that lies has a store, a desk and a contract of its own, and they work with one another."""
    house = House(universe, kind=Liar)
    house.open()

    assert ["Keeper", "SlowToClear"] == house.ask("/about")
    assert house.bridge.desk._store is house.bridge.store


def test_speaks_to_jivo_as_told(universe: Universe) -> None:
    """The bridge's own calls carry the provider and the token of the binding."""
    house = House(universe)
    house.open()
    house.hears(house.event())

    assert [f"/webhooks/prov1/{quote(house.binding['token'])}"] == [heard.path for heard in house.jivo.heard]
