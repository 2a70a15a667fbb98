"""The probe: a bare guest that a step can make say anything, answer late or stay silent.

It knows no vendor. What it says are the treaty's samples, with the ids of the event that it speaks to; where it says it
stands in the treaty too.
"""

from __future__ import annotations

import asyncio
import copy
import json
from dataclasses import dataclass
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
LAST_CHANCE = 0.01  # seconds that a request under way gets at the end; aiohttp reads 0 as "for ever"


class Manner(StrEnum):
    """How the probe answers an event."""

    ACKNOWLEDGE = "acknowledges"
    SILENCE = "stays silent"
    ERROR = "answers with an error"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the vendor answered the probe."""

    status: int
    body: Any


class Probe:
    """Hears everything, and acts only when told to."""

    def __init__(self) -> None:
        """Start polite: everything is acknowledged."""
        self.manners: list[Manner] = [Manner.ACKNOWLEDGE]
        self.heard: list[Any] = []
        self.answers: list[Answer] = []
        self._binding: dict[str, str] = {}

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

    def bind(self, settings: Mapping[str, str]) -> dict[str, str]:
        """Make a binding to a vendor with those settings."""
        root = self._env.public_url
        self._binding = {"token": TOKEN, "bot_url": f"{root}/bot", "webhook_url": f"{root}/webhook"} | dict(settings)
        return self._binding

    def behave(self, manners: Sequence[Manner]) -> None:
        """Answer the coming events in these manners, one each; the last one stays."""
        self.manners = list(manners)

    async def send(self, vendor: str, about: str, **words: str) -> Answer:
        """Say something in the dialogue of the event heard last; ``words`` replace the sample's, wherever they stand.

        Raises:
            BreakdownError: nothing was heard yet, the sample has no place for a word, or the vendor does not answer.
        """
        if not self.heard:
            raise BreakdownError("The probe was told nothing yet, so it has no dialogue to speak in.")
        message = treaty.message_about(vendor, about)
        body = copy.deepcopy(treaty.samples(vendor, message)[0].payload)
        heard = self.heard[-1]
        for key in body.keys() & heard.keys() - {"event", "id", "message"}:
            body[key] = heard[key]
        _put(body, "id", self._env.new_id())
        for key, word in words.items():
            if not _put(body, key, word):
                raise BreakdownError(f"The treaty's sample of {message} has no place for {key!r}.")
        call = treaty.call(vendor, message)
        path = call.path.format_map({key: quote(value, safe=":") for key, value in self._binding.items()})
        url = URL(self._binding["api_url"] + path, encoded=True)
        try:
            async with self._session.request(call.method, url, json=body) as answer:
                self.answers.append(Answer(answer.status, json.loads(await answer.read() or b"null")))
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise BreakdownError(f"The fake {vendor} did not answer the probe: {error}.") from error
        return self.answers[-1]

    async def _hear(self, request: web.BaseRequest) -> web.StreamResponse:
        body = await request.read()
        manner = Manner.ACKNOWLEDGE
        if request.path.startswith("/bot"):  # manners are shown to the bot's events
            self.heard.append(json.loads(body))
            manner = self.manners.pop(0) if len(self.manners) > 1 else self.manners[0]
        if manner is Manner.SILENCE:
            await asyncio.get_running_loop().create_future()
        if manner is Manner.ERROR:
            return web.Response(status=500)
        return web.json_response({"result": "ok"})


def _put(body: dict[str, Any], key: str, word: str) -> bool:
    """Put a word at the first place, from the outside in, that has its key; answers whether there is one."""
    layer: list[dict[str, Any]] = [body]
    while layer:
        home = next((part for part in layer if key in part), None)
        if home is not None:
            home[key] = word
            return True
        layer = [value for part in layer for value in part.values() if isinstance(value, dict)]
    return False
