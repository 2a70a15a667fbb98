"""A reference bridge in a universe, with a stand-in for Jivo, and short words for what tests do to it."""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import sqlite3
from typing import TYPE_CHECKING, Any

from yarl import URL

from harness.bridge import Bridge, Settings
from harness.bridge.store import image
from harness.simulation.network import Connector
from tests.harness.bridge.jivo_stand_in import JivoStandIn

if TYPE_CHECKING:
    from collections.abc import Callable

    import aiohttp

    from tests.harness.bridge.universe import Universe

TOKEN = "contract-token"  # noqa: S105 - a made-up token
PUBLIC = "http://bridge.test"
SETTINGS = {"api_url": "http://jivo.test", "provider_id": "prov1"}


class Kept(sqlite3.Connection):
    """A database in memory, whose last state can be had once it is closed."""

    last = b""

    def close(self) -> None:
        """Keep the last state."""
        with contextlib.suppress(sqlite3.ProgrammingError):  # it was closed before
            self.last = self.serialize()
        super().close()


class House:
    """A bridge with its doors; ``open`` it first."""

    def __init__(self, universe: Universe, *, kind: type[Bridge] = Bridge, token: str | None = TOKEN) -> None:
        """Prepare a bridge of that kind, whose contract has that token."""
        self.universe = universe
        self.jivo = JivoStandIn()
        self.binding: dict[str, Any] = {}
        self._kind = kind
        self._token = token
        self._events = 0
        self.connector: Callable[[], aiohttp.BaseConnector | None] = Connector

    def open(self) -> None:
        """Start Jivo and the bridge; make a binding where there is a contract."""
        self.universe.run(self._open())

    async def _open(self) -> None:
        await self.universe.serve("jivo.test", self.jivo)
        await self.start()
        if self._token:
            self.binding = await self.bind()

    async def start(self, state: bytes | None = None) -> None:
        """Start the bridge alone, on a database of that state; None: an empty one."""
        self.database = sqlite3.connect(":memory:", factory=Kept)
        self.database.deserialize(image() if state is None else state)
        self.bridge = self._kind(
            Settings("bridge.test", 80, PUBLIC, self._token),
            now=self.universe.clock.now,
            new_id=self.universe.ids.uuid,
            random=self.universe.chance.stream("dice"),
            connector=self.connector(),
            database=self.database,
        )
        await self.bridge.start()
        self.universe.exit.push_async_callback(self.bridge.stop)
        self.session = await self.universe.session()

    def restart(self) -> None:
        """Stop the bridge, and start another on what its database held at the end."""
        self.universe.run(self.bridge.stop())
        self.universe.run(self.start(self.database.last))

    async def bind(self, **settings: Any) -> dict[str, Any]:
        """Make a binding to Jivo."""
        status, binding = await self.call("POST", "/bindings", {"kind": "jivo", "settings": SETTINGS | settings})
        if status != 201:
            raise AssertionError(binding)
        return dict(binding)

    # what Jivo does

    def event(self, kind: str = "CLIENT_MESSAGE", **words: Any) -> dict[str, Any]:
        """Give an event with an id of its own; ``text`` makes it a message, other words replace its keys."""
        self._events += 1
        event: dict[str, Any] = {"event": kind, "id": f"e{self._events}", "client_id": "4001", "chat_id": "9001"}
        if kind == "CLIENT_MESSAGE":
            event["message"] = {"type": "TEXT", "text": words.pop("text", "Привет"), "timestamp": 1_767_600_000}
        return event | words

    async def post(self, body: Any, *, token: str | None = None, binding: dict[str, Any] | None = None) -> int:
        """Post an event as Jivo does, bytes as they are; ``token`` as it stands in the URL. Gives the status."""
        binding = binding or self.binding
        return (await self.send(f"{binding['bot_url']}/{token or binding['token']}", body))[0]

    async def send(self, url: str, body: Any) -> tuple[int, Any]:
        """Post something to a URL of the bridge, which is not touched; give status and JSON."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        async with self.session.post(URL(url, encoded=True), data=io.BytesIO(data)) as answer:
            return answer.status, _read(await answer.read())

    def hears(self, *events: Any, seconds: float = 1.0) -> list[int]:
        """Let the bridge get events one after the other, then let time pass; give the statuses."""

        async def one_by_one() -> list[int]:
            statuses = [await self.post(event) for event in events]
            await asyncio.sleep(seconds)
            return statuses

        return self.universe.run(one_by_one())

    def writes(self, *texts: str, seconds: float = 1.0, **words: Any) -> list[int]:
        """Let a visitor write texts one after the other, then let time pass; words replace the keys of the events."""
        return self.hears(*(self.event(text=text, **words) for text in texts), seconds=seconds)

    def hook(self, payload: Any, binding: dict[str, Any] | None = None) -> tuple[int, Any]:
        """Post a webhook; give status and answer."""
        return self.universe.run(self.send((binding or self.binding)["webhook_url"], payload))

    # the contract

    async def call(self, method: str, path: str, body: Any = None, *, token: str | None = TOKEN) -> tuple[int, Any]:
        """Call the contract; give status and JSON, None where there is no body. ``body`` may be bytes."""
        headers = {"Authorization": f"Bearer {token}"} if token is not None else {}
        data = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        answer: aiohttp.ClientResponse
        async with self.session.request(
            method, f"{PUBLIC}/conformance/v1{path}", data=data, headers=headers, allow_redirects=False
        ) as answer:
            return answer.status, _read(await answer.read())

    def ask(self, path: str) -> Any:
        """Ask the contract for something."""
        return self.universe.run(self.call("GET", path))[1]

    def changes(self, **settings: Any) -> int:
        """Change settings of the binding; give the status."""
        return self.universe.run(self.call("PATCH", f"/bindings/{self.binding['id']}", settings))[0]

    def lead(self, person: str = "4001") -> dict[str, Any]:
        """Give the lead of a person."""
        return next(lead for lead in self.ask("/leads") if lead["person"] == person)

    def archive(self, person: str = "4001") -> list[dict[str, Any]]:
        """Give the archive of a person."""
        return list(self.ask(f"/leads/{self.lead(person)['id']}/archive"))

    def say(self, text: str, person: str = "4001", seconds: float = 1.0) -> int:
        """Let the bot say something unasked, then let time pass; give the status."""
        status, _ = self.universe.run(self.call("POST", f"/leads/{self.lead(person)['id']}/say", {"text": text}))
        self.universe.later(seconds)
        return status


def _read(body: bytes) -> Any:
    try:
        return json.loads(body) if body else None
    except ValueError:
        return body
