"""A Telegram with one bot on virtual time, a guest to which its updates are brought, and calls to it over HTTP."""

from __future__ import annotations

import copy
import io
import json
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest
from yarl import URL

from fakes.kit.ports import FAIR
from fakes.telegram import VENDOR
from fakes.telegram.errors import Impossible
from fakes.telegram.knobs import Knobs
from fakes.telegram.server import Server
from harness.simulation.network import Connector
from tests.fakes.conftest import Guest, Stage
from tests.fakes.on_loop import on_loop

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Coroutine, Iterator, Mapping

    from fakes.kit.ports import Weather
    from fakes.telegram.control import Control
    from tests.fakes.conftest import Record

HOOK = "http://bridge.test/telegram/17"
SECRET = "s-17_AbC"  # noqa: S105 - a made-up secret


@dataclass(frozen=True, slots=True)
class Answer:
    """What Telegram answered to a call; two answers are equal whatever their headers are."""

    status: int
    body: Any
    headers: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def result(self) -> Any:
        """What a call that was carried out gave."""
        assert self.status == 200, self.body
        return self.body["result"]


def refusal(status: int, description: str, **more: Any) -> Answer:
    """Make the answer to a call that is refused."""
    return Answer(status, {"ok": False, "error_code": status, "description": description, **more})


def bad(words: str) -> Answer:
    """Make the answer to a call that is itself wrong."""
    return refusal(400, f"Bad Request: {words}")


class Telegram:
    """A fake Telegram that is open, with one bot, and a guest at ``bridge.test``."""

    def __init__(
        self,
        stage: Stage,
        *,
        weather: Weather = FAIR,
        knobs: Knobs = Knobs(),  # noqa: B008 - frozen
        server: type[Server] = Server,
    ) -> None:
        """Open it on a stage."""
        self.stage = stage
        self.guest = Guest()
        self.witness = stage.witness
        stage.run(self._open(weather=weather, knobs=knobs, server=server))
        self.control = on_loop(stage, self._fake.control)

    async def _open(self, **options: Any) -> None:
        self._session = aiohttp.ClientSession(connector=Connector(), timeout=aiohttp.ClientTimeout(total=None))
        self._fake = VENDOR.open(
            clock=self.stage.clock,
            ids=self.stage.ids,
            chance=self.stage.chance,
            witness=self.stage.witness,
            host="telegram.test",
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

    def another_bot(self) -> Control:
        """Make another bot in the same process."""
        return on_loop(self.stage, self._fake.control.founds_account())

    # calls in

    @property
    def token(self) -> str:
        """The bot's token."""
        return str(self.control.site.token)

    def call(self, name: str, **parameters: Any) -> Answer:
        """Call a method, its parameters as JSON."""
        return self.stage.run(self.calling(name, **parameters))

    async def calling(self, name: str, **parameters: Any) -> Answer:
        """Call a method, its parameters as JSON, on the loop."""
        body = json.dumps(parameters, ensure_ascii=False).encode()
        return await self._send("POST", f"/bot{self.token}/{name}", body, {"Content-Type": "application/json"})

    def send(self, path: str, body: Any = b"", method: str = "POST", **headers: str) -> Answer:
        """Send anything to a path; ``body`` is bytes, or anything that aiohttp can send."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.stage.run(self._send(method, path, body, named))

    async def _send(self, method: str, path: str, body: Any, headers: Mapping[str, str]) -> Answer:
        url = URL(f"http://telegram.test{path}", encoded=True)
        data = io.BytesIO(body) if isinstance(body, bytes) and body else body
        async with self._session.request(method, url, data=data or None, headers=headers) as answer:
            content = await answer.read()
            is_json = answer.content_type == "application/json"
            return Answer(answer.status, json.loads(content) if is_json else content, dict(answer.headers))

    def later(self, work: Coroutine[Any, Any, Answer]) -> asyncio.Task[Answer]:
        """Start a call, and let it come in; the answer may take its time."""
        task = self.stage.loop.create_task(work)
        self.settle(0.1)
        return task

    # what happens

    def settle(self, seconds: float = 1.0) -> None:
        """Let everything that is under way arrive."""
        self.stage.wait(seconds)

    def hook(self, **more: Any) -> None:
        """Set the webhook at the guest's."""
        assert self.call("setWebhook", url=HOOK, **more).result is True

    def visitor(self, text: str = "Привет", **card: Any) -> str:
        """Let a visitor come and write; answers who it is."""
        visitor = self.control.visitor_arrives(**card)
        self.control.visitor_writes(visitor, text)
        self.settle()
        return visitor

    def say(self, visitor: str, text: str = "Здравствуйте", **more: Any) -> Answer:
        """Let the bot say something."""
        return self.call("sendMessage", chat_id=int(visitor), text=text, **more)

    # what was seen

    def told(self) -> list[dict[str, Any]]:
        """List the updates that were brought to the guest."""
        return [json.loads(heard.body) for heard in self.guest.heard if heard.path.startswith("/telegram")]

    def facts(self, kind: str) -> list[dict[str, Any]]:
        """List the facts of one kind."""
        return [fact for fact in self.witness.facts if fact["fact"] == kind]

    def shown(self) -> list[tuple[str, str, str]]:
        """List who showed what on the visitors' screens, and as what."""
        return [(fact["author"], fact["text"], fact["form"]) for fact in self.facts("shown")]

    def last_call(self) -> Record:
        """Give the record of the last call."""
        return [record for record in self.witness.crossings if record.request["sender"] == "bridge"][-1]

    def act(self) -> dict[str, Any]:
        """Give the last thing that somebody did, without its number."""
        return {key: value for key, value in self.witness.acts[-1].items() if key != "seq"}

    def everything(self) -> Any:
        """Take down the bot with all it holds, but for how often it called, and everything that was testified to."""
        bot = self.control.site
        chats = {
            number: (
                chat.started,
                chat.blocked,
                [(it.id, it.draft, it.edited_at) for it in chat.messages.values()],
                chat.keyboard,
                chat.last_update,
            )
            for number, chat in bot.chats.items()
        }
        about = (bot.token, bot.name, bot.knobs, bot.webhook, bot.allowed, list(bot.updates), set(bot.files))
        presses = [(press.id, press.spins) for press in bot.presses.values()]
        facts = [fact for fact in self.witness.facts if fact["fact"] != "refused"]
        return copy.copy((about, chats, presses, facts, list(self.witness.acts), len(self.guest.heard)))


@contextmanager
def impossible(telegram: Telegram, words: str) -> Iterator[None]:
    """Expect of a deed that nobody can do it, said in these words, and that nobody notices."""
    before = telegram.everything()
    with pytest.raises(Impossible, match=words):
        yield
    telegram.settle()
    assert before == telegram.everything()


@contextmanager
def opened(**options: Any) -> Iterator[Telegram]:
    """Open a Telegram with other weather, knobs or server than usual."""
    with Stage() as stage:
        telegram = Telegram(stage, **options)
        try:
            yield telegram
        finally:
            telegram.close()


@pytest.fixture
def telegram() -> Iterator[Telegram]:
    """Give a Telegram that is closed afterwards."""
    with opened() as telegram:
        yield telegram
