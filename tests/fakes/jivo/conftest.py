"""A Jivo with one account on virtual time, a guest that it tells everything, and calls to it over HTTP."""

from __future__ import annotations

import io
import json
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import quote

import aiohttp
import pytest
from yarl import URL

from fakes.jivo import VENDOR
from fakes.jivo.control import Control
from fakes.jivo.knobs import Knobs
from fakes.jivo.machine import TABLE
from fakes.kit.ports import FAIR
from harness.simulation.network import Connector
from tests.fakes.conftest import Guest, Stage

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fakes.jivo.machine import Happening, Row, State
    from fakes.jivo.site import Dialogue
    from fakes.kit.ports import Weather

TOKEN = "17:0123abc"  # noqa: S105 - a made-up token
BINDING = {"bot_url": "http://bridge.test/bot", "token": TOKEN, "webhook_url": "http://bridge.test/webhook"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What Jivo answered to a call; two answers are equal whatever their headers are."""

    status: int
    body: Any
    headers: Mapping[str, str] = field(default_factory=dict, compare=False)


class OnLoop:
    """Lets people act from outside the loop, as a scenario does: each verb of theirs runs on it."""

    def __init__(self, stage: Stage, control: Control) -> None:
        """Act for that control."""
        self._stage = stage
        self._control = control

    def __getattr__(self, name: str) -> Any:
        """Give what the control has, a verb so that it runs on the loop."""
        found = getattr(self._control, name)
        if not callable(found):
            return found

        def act(*args: Any, **details: Any) -> Any:
            async def on_the_loop() -> Any:
                return found(*args, **details)

            return self._stage.run(on_the_loop())

        return act


def on_loop(stage: Stage, control: Control) -> Control:
    """Wrap a control so that its verbs run on the stage's loop."""
    return cast("Control", OnLoop(stage, control))


class Jivo:
    """A fake Jivo that is open, with its account connected to a guest."""

    def __init__(
        self,
        stage: Stage,
        *,
        weather: Weather = FAIR,
        knobs: Knobs = Knobs(),  # noqa: B008 - frozen
        table: Mapping[tuple[State, Happening], Row] = TABLE,
    ) -> None:
        """Open it on a stage."""
        self.stage = stage
        self.guest = Guest()
        self.witness = stage.witness
        stage.run(self._open(weather, knobs, table))
        self.control = on_loop(stage, self._fake.control)
        self.control.connects(BINDING)

    async def _open(self, weather: Weather, knobs: Knobs, table: Mapping[tuple[State, Happening], Row]) -> None:
        self._session = aiohttp.ClientSession(connector=Connector(), timeout=aiohttp.ClientTimeout(total=None))
        self._fake = VENDOR.open(
            clock=self.stage.clock,
            ids=self.stage.ids,
            chance=self.stage.chance,
            witness=self.stage.witness,
            host="jivo.test",
            port=80,
            weather=weather,
            connector=Connector(),
            table=table,
            knobs=knobs,
        )
        self.server = self._fake.control._server
        await self._fake.open()
        await self.guest.open()

    def close(self) -> None:
        """Close everything."""
        self.stage.run(self._close())

    async def _close(self) -> None:
        await self._session.close()
        await self._fake.close()
        await self.guest.close()

    def another_account(self) -> Control:
        """Found another account in the same process; nothing is connected to it."""
        return on_loop(self.stage, Control(self.server, self._fake.url))

    # calls in

    @property
    def path(self) -> str:
        """Where the account's bot calls go."""
        return f"/webhooks/{self.control.site.provider_id}/{TOKEN}"

    def call(self, body: Any, path: str | None = None, method: str = "POST", **headers: str) -> Answer:
        """Call Jivo; ``body`` is bytes, or a value that is sent as JSON."""
        data = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        return self.stage.run(self._call(data, path or self.path, method, headers))

    async def _call(self, body: bytes, path: str, method: str, headers: Mapping[str, str]) -> Answer:
        url = URL(f"http://jivo.test{path}", encoded=True)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        async with self._session.request(method, url, data=io.BytesIO(body), headers=named) as answer:
            return Answer(answer.status, json.loads(await answer.read() or b"null"), dict(answer.headers))

    def message(self, visitor: str, text: str = "Здравствуйте", **changes: Any) -> dict[str, Any]:
        """Make a BOT_MESSAGE to a visitor."""
        body = {
            "event": "BOT_MESSAGE",
            "id": "m1",
            "client_id": visitor,
            "chat_id": self.control.dialogue_of(visitor),
            "message": {"type": "TEXT", "text": text},
        }
        return body | changes

    def invitation(self, visitor: str, **changes: Any) -> dict[str, Any]:
        """Make an INVITE_AGENT for a visitor."""
        return {
            "event": "INVITE_AGENT",
            "id": "i1",
            "client_id": visitor,
            "chat_id": self.control.dialogue_of(visitor),
        } | changes

    # what happens

    def settle(self, seconds: float = 1.0) -> None:
        """Let everything that is under way arrive."""
        self.stage.wait(seconds)

    def visitor(self, text: str = "Привет", **card: Any) -> str:
        """Let a visitor come and write; answers who it is."""
        visitor = self.control.visitor_arrives(**card)
        self.control.visitor_writes(visitor, text)
        self.settle()
        return visitor

    def operator(self, visitor: str, name: str = "Ольга") -> str:
        """Let an operator come online and accept a visitor's chat; answers who it is."""
        operator = self.control.operator_comes_online(name)
        self.control.operator_accepts(operator, visitor)
        self.settle()
        return operator

    def finished(self, name: str = "Ольга") -> tuple[str, str]:
        """Make a visitor whose chat an operator finished; answers visitor and operator."""
        visitor = self.visitor()
        operator = self.operator(visitor, name)
        self.control.operator_finishes(operator, visitor)
        self.settle()
        return visitor, operator

    # what was seen

    def told(self, place: str = "bot") -> list[str]:
        """List the events that the guest heard at its place for the bot, or at its ``webhook``."""
        key = "event" if place == "bot" else "event_name"
        return [body[key] for body in self.bodies(place)]

    def bodies(self, place: str = "bot") -> list[dict[str, Any]]:
        """List what the guest heard at a place."""
        return [json.loads(heard.body) for heard in self.guest.heard if heard.path.startswith(f"/{place}")]

    def facts(self, kind: str) -> list[dict[str, Any]]:
        """List the facts of one kind."""
        return [fact for fact in self.witness.facts if fact["fact"] == kind]

    def shown(self) -> list[tuple[str, str]]:
        """List who said what on the visitors' screens."""
        return [(fact["author"], fact["text"]) for fact in self.facts("shown")]

    def dialogue(self, visitor: str) -> Dialogue:
        """Give a visitor's dialogue."""
        return self.control.site.visitors[visitor]

    def snapshot(self, visitor: str) -> dict[str, Any]:
        """Take down everything about a visitor's dialogue that a call could change."""
        chat = self.dialogue(visitor)
        return {
            "state": chat.state,
            "lines": list(chat.lines),
            "operators": [operator.id for operator in chat.operators],
            "took part": [operator.id for operator in chat.took_part],
            "idle": chat.idle,
            "facts": list(self.witness.facts),
            "acts": list(self.witness.acts),
            "heard": len(self.guest.heard),
        }


@contextmanager
def opened(**options: Any) -> Iterator[Jivo]:
    """Open a Jivo with other weather, knobs or table than usual."""
    with Stage() as stage:
        jivo = Jivo(stage, **options)
        try:
            yield jivo
        finally:
            jivo.close()


@pytest.fixture
def jivo() -> Iterator[Jivo]:
    """Give a Jivo that is closed afterwards."""
    with opened() as jivo:
        yield jivo


def quoted(word: str) -> str:
    """Encode a word as a part of a path."""
    return quote(word, safe="")
