"""The probe: a bare guest that a step can make say anything, answer late or stay silent.

It knows no vendor. What it says are the treaty's samples, with the ids of the event that it speaks to; where it says it
stands in the treaty too.
"""

from __future__ import annotations

import asyncio
import copy
import json
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import aiohttp
from aiohttp import web
from yarl import URL

from harness import treaty
from harness.errors import BreakdownError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from harness.targets.env import Env

TOKEN = "probe:0123456789abcdef"  # noqa: S105 - the probe's own, and no secret
SECRET = "probe-webhook-key"  # noqa: S105 - the same
NEWEST = "1.2"  # the version of an interface that has versions
LAST_CHANCE = 0.01  # seconds that a request under way gets at the end; aiohttp reads 0 as "for ever"


class Manner(StrEnum):
    """How the probe answers an event."""

    ACKNOWLEDGE = "acknowledges"
    ERROR_INSIDE = "acknowledges with an error inside"
    ANOTHER_SUCCESS = "acknowledges with another success"
    EMPTY_SUCCESS = "acknowledges without a word"
    REDIRECT = "sends it elsewhere"
    SILENCE = "stays silent"
    ERROR = "answers with an error"
    REFUSAL = "refuses"
    HANG_UP = "hangs up"


STATUSES = {
    Manner.ANOTHER_SUCCESS: 202,
    Manner.EMPTY_SUCCESS: 204,
    Manner.REDIRECT: 302,
    Manner.ERROR: 500,
    Manner.REFUSAL: 400,
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the vendor answered the probe, and which call of it."""

    status: int
    body: Any
    message: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Twist:
    """How a call differs from a good one.

    Attributes:
        settings: replace the binding's own, such as the ``key`` or the ``version``.
        without_key: whether the address ends before its query.
        method: replaces the documented verb.
        body: replaces the sample, byte for byte.
    """

    settings: Mapping[str, str] = field(default_factory=dict)
    without_key: bool = False
    method: str = ""
    body: bytes | None = None


STRAIGHT = Twist()


class Probe:
    """Hears everything, and acts only when told to.

    Attributes:
        token: under which its bot is found, here and at the vendor; events under another are 404.
        heard: every bot event that came, also one under a wrong token, in order.
        answers: what the vendor answered, in order.
        early: what it says whenever it hears an event, before acknowledging; nothing if empty.
        webhook_manner: how it answers webhooks.
        webhook_answer: with what.
    """

    def __init__(self) -> None:
        """Start polite: everything is acknowledged."""
        self.token = TOKEN
        self.heard: list[Any] = []
        self.answers: list[Answer] = []
        self.early = ""
        self.webhook_manner = Manner.ACKNOWLEDGE
        self.webhook_answer: Any = {"result": "ok"}
        self._manners: list[Manner] = [Manner.ACKNOWLEDGE]
        self._binding: dict[str, str] = {}
        self._vendor = ""

    async def start(self, env: Env) -> None:
        """Listen."""
        self._env = env
        self._session = aiohttp.ClientSession(connector=env.connector(), cookie_jar=aiohttp.DummyCookieJar())
        server = web.Server(self._hear, access_log=None)
        self._runner = web.ServerRunner(server, shutdown_timeout=LAST_CHANCE)
        await self._runner.setup()
        await web.TCPSite(self._runner, env.host, env.port).start()

    async def stop(self) -> None:
        """Stop."""
        await self._runner.cleanup()
        await self._session.close()

    def bind(self, vendor: str, settings: Mapping[str, str]) -> dict[str, str]:
        """Make a binding to a vendor with those settings."""
        root = self._env.public_url
        self._vendor = vendor
        own = {"token": self.token, "bot_url": f"{root}/bot", "webhook_url": f"{root}/webhook"}
        self._binding = {**own, "webhook_key": SECRET, "version": NEWEST, **settings}
        return self._binding

    def behave(self, manners: Sequence[Manner]) -> None:
        """Answer the coming events in these manners, one each; the last one stays."""
        self._manners = list(manners)

    async def send(
        self, about: str, *, sample: str = "", fault: str = "", token: str | None = None, **words: str
    ) -> Answer:
        """Say something in the dialogue of the event heard last.

        ``sample`` names one of the treaty's samples (the plain one if empty), ``fault`` one of its invalid ones;
        ``token`` replaces the probe's own; ``words`` replace the sample's, wherever they stand.

        Raises:
            BreakdownError: nothing was heard yet, the sample has no place for a word, or the vendor does not answer.
        """
        if not self.heard:
            raise BreakdownError("The probe was told nothing yet, so it has no dialogue to speak in.")
        message = treaty.message_about(self._vendor, about)
        body = self._body(message, sample, fault)
        for key, word in words.items():
            if not _put(body, key, word):
                raise BreakdownError(f"The treaty's sample of {message} has no place for {key!r}.")
        settings = {"token": self.token if token is None else token}
        return await self._post(message, body, Twist(settings=settings))

    async def call(
        self, about: str, meant: Mapping[str, str], *, sample: str = "", fault: str = "", twist: Twist = STRAIGHT
    ) -> Answer:
        """Call the vendor with a sample about something, in which ``meant`` replaces what means the same.

        What is meant to be empty is left out.

        Raises:
            BreakdownError: the vendor does not answer.
        """
        message = treaty.message_about(self._vendor, about)
        body = self._body(message, sample, fault)
        treaty.put(self._vendor, message, body, meant)
        for word in (word for word, value in meant.items() if not value):
            treaty.drop(self._vendor, message, body, word)
        return await self._post(message, body, twist)

    async def _post(self, message: str, body: Any, twist: Twist) -> Answer:
        call = treaty.call(self._vendor, message)
        settings = {"token": self.token, **self._binding, **twist.settings}
        path = call.path.format_map({key: quote(value, safe=":") for key, value in settings.items()})
        if twist.without_key:
            path = path.partition("?")[0]
        url = URL(self._binding["api_url"] + path, encoded=True)
        sent = json.dumps(body, ensure_ascii=False).encode() if twist.body is None and body is not None else twist.body
        headers = {"Content-Type": "application/json"} if sent is not None else {}
        try:
            async with self._session.request(twist.method or call.method, url, data=sent, headers=headers) as answer:
                self.answers.append(Answer(answer.status, json.loads(await answer.read() or b"null"), message))
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise BreakdownError(f"The fake {self._vendor} did not answer the probe: {error}.") from error
        return self.answers[-1]

    def _body(self, message: str, sample: str, fault: str) -> Any:
        """Take a sample, with the ids of the dialogue at hand wherever the sample has ids of its own kind."""
        if fault:
            model = treaty.invalid_sample(self._vendor, message, fault)
        elif sample:
            model = treaty.sample(self._vendor, message, sample)
        else:
            model = treaty.samples(self._vendor, message)[0]
        body = copy.deepcopy(model.payload)
        if isinstance(body, dict) and self.heard:
            heard = self.heard[-1]
            for key in body.keys() & heard.keys() - {"event", "id", "message"}:
                if isinstance(body[key], type(heard[key])):  # a fault in an id stays one
                    body[key] = heard[key]
            if isinstance(body.get("id"), str):
                _put(body, "id", self._env.new_id())
        return body

    async def _hear(self, request: web.BaseRequest) -> web.StreamResponse:
        body = await request.read()
        if not request.path.startswith("/bot"):
            return await _answer(request, self.webhook_manner, self.webhook_answer)
        self.heard.append(json.loads(body))
        if request.rel_url.raw_path != f"/bot/{quote(self.token, safe=':')}":
            return web.Response(status=404)
        if self.early:
            await self.send("bot-message", text=self.early)
        manner = self._manners.pop(0) if len(self._manners) > 1 else self._manners[0]
        return await _answer(request, manner, {"result": "ok"})


async def _answer(request: web.BaseRequest, manner: Manner, body: Any) -> web.StreamResponse:
    match manner:
        case Manner.SILENCE:
            await asyncio.get_running_loop().create_future()
        case Manner.HANG_UP if request.transport is not None:
            request.transport.abort()
        case Manner.ERROR_INSIDE:
            body = {"error": {"code": "invalid_request", "message": "no"}}
        case Manner.EMPTY_SUCCESS:
            return web.Response(status=STATUSES[manner])
        case Manner.REDIRECT:
            return web.Response(status=STATUSES[manner], headers={"Location": "/elsewhere"})
    return web.json_response(body, status=STATUSES.get(manner, 200))


def _put(body: Any, key: str, word: str) -> bool:
    """Put a word at the first place, from the outside in, that has its key; answers whether there is one."""
    layer: list[dict[str, Any]] = [body] if isinstance(body, dict) else []
    while layer:
        home = next((part for part in layer if key in part), None)
        if home is not None:
            home[key] = word
            return True
        layer = [value for part in layer for value in part.values() if isinstance(value, dict)]
    return False
