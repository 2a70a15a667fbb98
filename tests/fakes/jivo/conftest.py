"""A Jivo with one account on virtual time, a guest that it tells everything, and calls to it over HTTP."""

from __future__ import annotations

import copy
import io
import json
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import aiohttp
import pytest
from yarl import URL

from fakes.jivo import VENDOR
from fakes.jivo.knobs import Knobs
from fakes.jivo.machine import TABLE, Impossible
from fakes.jivo.server import Server
from fakes.kit.ports import FAIR
from harness.simulation.network import Connector
from tests.fakes.conftest import Guest, Stage
from tests.fakes.on_loop import on_loop

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fakes.jivo.control import Control
    from fakes.jivo.machine import Key, Row
    from fakes.jivo.site import Card, Dialogue
    from fakes.kit.ports import Weather

TOKEN = "17:0123abc"  # noqa: S105 - a made-up token
BINDING = {"bot_url": "http://bridge.test/bot", "token": TOKEN, "webhook_url": "http://bridge.test/webhook"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What Jivo answered to a call; two answers are equal whatever their headers are."""

    status: int
    body: Any
    headers: Mapping[str, str] = field(default_factory=dict, compare=False)


class Jivo:
    """A fake Jivo that is open, with its account connected to a guest."""

    def __init__(
        self,
        stage: Stage,
        *,
        weather: Weather = FAIR,
        knobs: Knobs = Knobs(),  # noqa: B008 - frozen
        table: Mapping[Key, Row] = TABLE,
        server: type[Server] = Server,
    ) -> None:
        """Open it on a stage."""
        self.stage = stage
        self.guest = Guest()
        self.witness = stage.witness
        stage.run(self._open(weather=weather, knobs=knobs, table=table, server=server))
        self.control = on_loop(stage, self._fake.control)
        self.control.connects(BINDING)

    async def _open(self, **options: Any) -> None:
        self._session = aiohttp.ClientSession(connector=Connector(), timeout=aiohttp.ClientTimeout(total=None))
        self._fake = VENDOR.open(
            clock=self.stage.clock,
            ids=self.stage.ids,
            chance=self.stage.chance,
            witness=self.stage.witness,
            host="jivo.test",
            port=80,
            connector=Connector(),
            **options,
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
        return on_loop(self.stage, self._fake.control.founds_account())

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
        """Give a visitor's newest dialogue."""
        return self.control.site.visitors[visitor].chat

    def card(self, visitor: str) -> Card:
        """Give what the operators see of a visitor."""
        return self.control.site.visitors[visitor].card

    def snapshot(self, visitor: str) -> dict[str, Any]:
        """Take down everything about a visitor and the newest dialogue that a call could change."""
        person, chat = self.control.site.visitors[visitor], self.dialogue(visitor)
        return {
            "state": chat.state,
            "lines": list(chat.lines),
            "operators": [operator.id for operator in chat.operators],
            "took part": [operator.id for operator in chat.took_part],
            "timers": [timer and timer.due for timer in (chat.idle, chat.silence)],
            "screen": (chat.choices, chat.locked, chat.rating_asked, person.window_open, person.form_asked),
            "last event": chat.last_event,
            "card": held(person.card),
            "chats": [one.chat_id for one in person.chats],
            "facts": list(self.witness.facts),
            "acts": list(self.witness.acts),
            "heard": len(self.guest.heard),
        }

    def everything(self) -> list[Any]:
        """Take down the account with all it holds, everything that was written down, and what the guest heard."""
        site = self.control.site
        chats, people = site.dialogues.values(), site.visitors.values()
        cards = [person.card for person in people]
        parts = [held(part) for part in (site, *site.bots, *site.channels, *site.operators, *people, *cards, *chats)]
        told = len(self.witness.acts), len(self.witness.facts), len(self.witness.crossings), len(self.guest.heard)
        return [*parts, told]

    def forget(self) -> None:
        """Forget what was heard, shown and done so far."""
        for past in (self.guest.heard, self.witness.acts, self.witness.facts, self.witness.crossings):
            past.clear()

    def act(self) -> dict[str, Any]:
        """Give the last thing that somebody did, without its number."""
        return {key: value for key, value in self.witness.acts[-1].items() if key != "seq"}

    def where(self, visitor: str) -> dict[str, str]:
        """Tell with what everything about a visitor's newest chat is written down."""
        return {"vendor": "jivo", "person": visitor, "dialogue": self.control.dialogue_of(visitor)}


def held(thing: Any) -> dict[str, Any]:
    """Take down what a card, a channel, a chat or an account holds, its lists and mappings as they are now."""
    parts = {part.name: getattr(thing, part.name) for part in fields(thing)}
    return {name: copy.copy(part) if isinstance(part, list | dict | set) else part for name, part in parts.items()}


@contextmanager
def impossible(jivo: Jivo, words: str) -> Iterator[None]:
    """Expect of a deed that nobody can do it, said in these words, and that nobody notices."""
    before = jivo.everything()
    with pytest.raises(Impossible, match=words):
        yield
    jivo.settle()
    assert before == jivo.everything()


@contextmanager
def opened(**options: Any) -> Iterator[Jivo]:
    """Open a Jivo with other weather, knobs, table or server than usual."""
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
