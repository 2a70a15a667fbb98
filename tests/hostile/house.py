"""What stands behind a door: a fake or a reference bridge on virtual time, with somebody in it who could be harmed."""

from __future__ import annotations

import copy
import json
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

from aiohttp import web

from harness import treaty
from harness.bridge import Bridge, Settings
from harness.bridge.store import Binding, image
from harness.simulation.network import Connector
from tests.fakes.conftest import Stage
from tests.fakes.jivo.conftest import TOKEN, Jivo
from tests.fakes.livetex.conftest import LEAD, LiveTex
from tests.fakes.telegram.conftest import SECRET, Telegram
from tests.harness.bridge.universe import Universe, universe_of_one
from tests.hostile.snapshot import snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from harness.simulation.loop import VirtualLoop
    from tests.hostile.door import Door

Opened = tuple[Any, str, str, dict[str, str]]  # a fake, the path of a door, its secret, and what is meant there
OK = {"ok": True, "success": True, "message_id": "m1", "result": {"message_id": 1}}  # to whomever it is good news
BINDINGS = {
    "jivo": {"api_url": "http://vendor.test", "provider_id": "prov1"},
    "livetex": {"api_url": "http://vendor.test", "key": "k1"},
    "telegram": {"api_url": "http://vendor.test", "token": "1:t"},
}
PATIENCE = 15.0  # virtual seconds in which an answer must come
LONG_POLL = 60.0  # the same, where one may ask to wait
SHOWN = "bridge-token"  # what vendors show to the bridge
HEADERS = {"telegram": {"X-Telegram-Bot-Api-Secret-Token": SHOWN}}


class House(Protocol):
    """Somebody who is posted to.

    Attributes:
        loop: its loop.
        host: where it listens.
        path: where the door is.
        headers: with what one is let in.
        meant: the values that a message must have to mean somebody here, by the treaty's words.
        secret: what lets one in, wherever it stands.
        patience: virtual seconds in which an answer must come.
    """

    loop: VirtualLoop
    host: str
    path: str
    headers: Mapping[str, str]
    meant: Mapping[str, str]
    secret: str
    patience: float

    def state(self) -> Any:
        """Take down everything that a refused body must not change."""

    def forget(self) -> None:
        """Drop what only the tests keep of what was posted."""


class FakeHouse:
    """A fake vendor, with a visitor who has written.

    What a refused body may change by design is left out: that it was refused (a fact), and how often a bot has called,
    by which it is held to its pace.
    """

    def __init__(self, stage: Stage, door: Door, server: Any) -> None:
        """Open it."""
        self.loop = stage.loop
        self.host = f"{door.vendor}.test"
        self.headers: Mapping[str, str] = {}
        self.patience = LONG_POLL if door.message == "getUpdates" else PATIENCE
        self._stage = stage
        self.meant: Mapping[str, str]
        options = {} if server is None else {"server": server}
        self.fake, self.path, self.secret, self.meant = FAKES[door.vendor](stage, door.message, options)

    def state(self) -> Any:
        """Take down the account, the people, what was testified to, and how often the guest was told something."""
        account, witness = self.fake.control.site, self._stage.witness
        facts = [fact for fact in witness.facts if fact["fact"] != "refused"]
        held = snapshot(account, omit=("table", "knobs", "called_at"))
        return held, len(facts), len(witness.acts), len(self.fake.guest.heard)

    def forget(self) -> None:
        """Drop what the witness remembers of calls."""
        self._stage.witness.crossings.clear()
        self._stage.witness.facts.clear()


def _jivo(stage: Stage, _: str, options: dict[str, Any]) -> Opened:
    jivo = Jivo(stage, **options)
    jivo.control.turns(dialects=True)
    visitor = jivo.visitor()
    return jivo, jivo.path, TOKEN, {"person": visitor, "dialogue": jivo.control.dialogue_of(visitor)}


def _livetex(stage: Stage, message: str, options: dict[str, Any]) -> Opened:
    livetex = LiveTex(stage, **options)
    livetex.talking()
    return (
        livetex,
        livetex.path(message),
        livetex.control.site.key,
        {"person": LEAD, "group": livetex.control.groups()[0]},
    )


def _telegram(stage: Stage, message: str, options: dict[str, Any]) -> Opened:
    telegram = Telegram(stage, **options)
    if message != "getUpdates":  # it is one or the other
        telegram.hook(secret_token=SECRET)
    visitor = telegram.visitor()
    buttons = {"inline_keyboard": [[{"text": "Да", "callback_data": "yes"}]]}
    said = telegram.say(visitor, reply_markup=buttons).result["message_id"]
    telegram.control.visitor_presses(visitor, "Да")
    telegram.control.visitor_sends(visitor, "DOCUMENT", "https://files.test/a.pdf")
    telegram.settle()
    bot = telegram.control.site
    [press], [file] = bot.presses, bot.files
    meant = {"dialogue": visitor, "file": file, "message": press if message == "answerCallbackQuery" else str(said)}
    return telegram, f"/bot{telegram.token}/{message}", telegram.token, meant


FAKES: Mapping[str, Callable[[Stage, str, dict[str, Any]], Opened]] = {
    "jivo": _jivo,
    "livetex": _livetex,
    "telegram": _telegram,
}


class Sink:
    """All vendors at once: takes whatever a bridge says, and counts it."""

    def __init__(self) -> None:
        """Start at nothing."""
        self.calls = 0

    async def __call__(self, request: web.BaseRequest) -> web.StreamResponse:
        """Take it."""
        await request.read()
        self.calls += 1
        return web.json_response(OK)


class BridgeHouse:
    """A reference bridge with a binding of each kind and a lead, whose vendors take everything."""

    host = "bridge.test"
    secret = SHOWN
    patience = PATIENCE

    def __init__(self, universe: Universe, door: Door, kind: type[Bridge] = Bridge) -> None:
        """Open it."""
        self.loop = universe.loop
        self.path, self.headers = _at_the_bridge(door)
        universe.run(self._open(universe, kind))
        self.meant: Mapping[str, str] = {"secret": SHOWN}
        lead = self.bridge.store.lead_of("telegram", "17")
        if lead is not None and door.vendor == "livetex":
            self.meant = {"secret": SHOWN, "person": lead.id}

    async def _open(self, universe: Universe, kind: type[Bridge]) -> None:
        self._sink = Sink()
        await universe.serve("vendor.test", self._sink)
        self._database = sqlite3.connect(":memory:")
        self._database.deserialize(image())
        self.bridge = kind(
            Settings(self.host, 80, f"http://{self.host}", None),
            now=universe.clock.now,
            new_id=universe.ids.uuid,
            random=universe.chance.stream("dice"),
            connector=Connector(),
            database=self._database,
        )
        await self.bridge.start()
        universe.exit.push_async_callback(self.bridge.stop)
        for vendor, settings in BINDINGS.items():
            self.bridge.store.add_binding(Binding(vendor, vendor, vendor, SHOWN, settings))
        telegram = self.bridge.store.binding("telegram")
        assert telegram is not None
        self.bridge.store.greet(telegram, "17", "17", universe.ids.uuid(), "Вера")

    def state(self) -> Any:
        """Take down the whole database, its logs too since only what is taken is logged, and how often it called."""
        return self._database.serialize(), self._sink.calls

    def forget(self) -> None:
        """Drop nothing: the tests keep nothing of it."""


def _at_the_bridge(door: Door) -> tuple[str, Mapping[str, str]]:
    place = "webhook"
    if treaty.surface(door.vendor, door.message) == "bot":
        place = f"bot/{SHOWN}"
    return f"/{door.vendor}/{door.vendor}/{place}", HEADERS.get(door.vendor, {})


@contextmanager
def opened(door: Door, liar: Any = None) -> Iterator[House]:
    """Open the house behind a door; ``liar`` is the kind of bridge, or of the fake's server, that stands there."""
    if door.of_the_fake:
        with Stage() as stage:
            house = FakeHouse(stage, door, liar)
            try:
                yield house
            finally:
                house.fake.close()
    else:
        with universe_of_one() as universe:
            yield BridgeHouse(universe, door, liar or Bridge)
            assert [] == universe.loop.mishaps


def meant_for(house: House, door: Door, payload: Any) -> Any:
    """Put a house's own values where a message has others of that meaning, in the types that stand there."""
    theirs = {
        str(value): own
        for word, own in house.meant.items()
        for value in treaty.meaning(door.vendor, door.message, word, payload)
        if isinstance(value, str | int)
    }
    return _replaced(copy.deepcopy(payload), theirs)


def _replaced(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _replaced(part, names) for key, part in value.items()}
    if isinstance(value, list):
        return [_replaced(part, names) for part in value]
    if isinstance(value, str | int) and not isinstance(value, bool) and str(value) in names:
        own = names[str(value)]
        return int(own) if isinstance(value, int) and own.isdigit() else own
    return value


def good_call(house: House, door: Door) -> bytes:
    """Write the plain sample of a message, as it must be to be taken here."""
    payload = treaty.samples(door.vendor, door.message)[0].payload
    return json.dumps(meant_for(house, door, payload), ensure_ascii=False).encode()
