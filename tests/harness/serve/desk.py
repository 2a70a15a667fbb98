"""A served desk: the service on a thread of its own, a client for it, and a bridge that hears webhooks."""

from __future__ import annotations

import asyncio
import http.client
import json
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from aiohttp import web

from harness.serve.service import Service, Wish

if TYPE_CHECKING:
    from collections.abc import Coroutine, Mapping

SECONDS = 20.0  # that a test waits for what must come; none waits so long
JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body, read as JSON."""
        return json.loads(self.body)

    @property
    def detail(self) -> str:
        """The sentence of a refusal."""
        return str(self.json["detail"])


def ask(method: str, url: str, body: bytes | None = None, headers: Mapping[str, str] | None = None) -> Answer:
    """Ask over a connection of its own."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=SECONDS)
    try:
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        connection.request(method, target, body, dict(headers or {}))
        came = connection.getresponse()
        return Answer(came.status, dict(came.headers), came.read())
    finally:
        connection.close()


class Bridge:
    """Hears everything at an address of loopback, and answers 200, or nothing while it ``hangs``."""

    def __init__(self) -> None:
        """Start with nothing heard."""
        self.heard: list[tuple[str, Any]] = []
        self.callers: list[Any] = []  # from which address each came
        self.hangs = False
        self.url = ""

    async def open(self) -> None:
        """Listen."""
        self._runner = web.ServerRunner(web.Server(self._hear, access_log=None), shutdown_timeout=0.01)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def close(self) -> None:
        """Stop."""
        await self._runner.cleanup()

    async def _hear(self, request: web.BaseRequest) -> web.StreamResponse:
        body = await request.read()
        self.heard.append((request.path, json.loads(body)))
        self.callers.append(None if request.transport is None else request.transport.get_extra_info("peername"))
        if self.hangs:
            await asyncio.get_running_loop().create_future()
        return web.Response(text="{}", content_type="application/json")


class Desk:
    """The service and a bridge, on a loop that runs on a thread."""

    def __init__(self, wish: Wish | None = None) -> None:
        """Take what is wished for; without a wish it is a default tenant in memory, on any ports."""
        self.service = Service(wish or Wish(port=0))
        self.bridge = Bridge()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)

    def __enter__(self) -> Self:
        """Serve."""
        self._thread.start()
        self.run(self.bridge.open())
        try:
            self.run(self.service.__aenter__())
        except BaseException:
            self._end()
            raise
        self.control = f"{self.service.control_url}/_control/v1"
        return self

    def __exit__(self, *_: object) -> None:
        """Stop."""
        self.run(self.service.__aexit__())
        self._end()

    def _end(self) -> None:
        self.run(self.bridge.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Run something on the loop."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(SECONDS)

    @staticmethod
    async def turn() -> None:
        """Let the loop do one turn."""
        await asyncio.sleep(0)

    # the control API

    def ask(self, method: str, path: str, words: Any = None, headers: Mapping[str, str] | None = None) -> Answer:
        """Ask the control API."""
        body = None if words is None else json.dumps(words).encode()
        return ask(method, self.control + path, body, {**({} if words is None else JSON), **(headers or {})})

    def get(self, path: str) -> Any:
        """Get what must be there."""
        answer = self.ask("GET", path)
        assert answer.status == 200, answer.body
        return answer.json

    def act(self, vendor: str, verb: str, tenant: str = "desk", **words: Any) -> Any:
        """Let somebody do something that can be done; answers what the verb answers."""
        answer = self.ask("POST", f"/tenants/{tenant}/vendors/{vendor}/acts/{verb}", words)
        assert answer.status == 200, answer.body
        return answer.json["answer"]

    def look(self, vendor: str, verb: str, tenant: str = "desk", query: str = "") -> Any:
        """Look at what is known."""
        return self.get(f"/tenants/{tenant}/vendors/{vendor}/looks/{verb}{query}")

    def create(self, name: str, **words: Any) -> Any:
        """Found a tenant, whose clock stands still."""
        answer = self.ask("POST", "/tenants", {"name": name, "frozen": True, **words})
        assert answer.status == 201, answer.body
        return answer.json

    def wait(self, tenant: str = "desk", since: str | None = None, **matches: Any) -> Any:
        """Wait for a line that must come."""
        words = {"matches": matches, "seconds": SECONDS, **({} if since is None else {"since": since})}
        answer = self.ask("POST", f"/tenants/{tenant}/journal/wait", words)
        assert answer.status == 200, answer.body
        return answer.json["line"]

    # vendors

    def connect(self, tenant: str = "desk") -> None:
        """Connect the bridge at Jivo."""
        binding = {"bot_url": f"{self.bridge.url}/bot", "token": "t", "webhook_url": f"{self.bridge.url}/webhook"}
        self.act("jivo", "connects", tenant, binding=binding)

    def says(self, text: str, tenant: str = "desk", token: str = "t") -> Answer:  # noqa: S107 - the tests' own
        """Let the bot say something to Jivo's first visitor."""
        [dialogue, *_] = self.look("jivo", "dialogues", tenant)
        settings = self.look("jivo", "settings", tenant)
        body = {
            "event": "BOT_MESSAGE",
            "id": text,
            "client_id": dialogue["visitor"],
            "chat_id": dialogue["dialogue"],
            "message": {"type": "TEXT", "text": text},
        }
        url = f"{settings['api_url']}/webhooks/{settings['provider_id']}/{token}"
        return ask("POST", url, json.dumps(body).encode(), JSON)
