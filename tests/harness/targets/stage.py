"""The probe's stage: it listens, beside a stand-in for Jivo."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import aiohttp
from yarl import URL

from harness.targets.probe import TOKEN, Manner, Probe
from tests.harness.bridge import treaty
from tests.harness.bridge.jivo_stand_in import JivoStandIn

if TYPE_CHECKING:
    from harness.targets import Env
    from tests.harness.bridge.universe import Universe

SETTINGS = {"api_url": "http://jivo.test", "provider_id": "prov 1"}
EVENT = {
    "event": "CLIENT_MESSAGE",
    "id": "e1",
    "site_id": "7",
    "client_id": "4701",
    "chat_id": "9701",
    "message": {"text": "Привет"},
}
WEBHOOK = {"event_name": "chat_accepted", "chat_id": 9702}
SILENT, HUNG_UP = 0, -1  # in place of a status
MANNERS = [
    (Manner.ACKNOWLEDGE, 200),
    (Manner.ERROR_INSIDE, 200),
    (Manner.ANOTHER_SUCCESS, 202),
    (Manner.EMPTY_SUCCESS, 204),
    (Manner.REDIRECT, 302),
    (Manner.SILENCE, SILENT),
    (Manner.ERROR, 500),
    (Manner.REFUSAL, 400),
    (Manner.HANG_UP, HUNG_UP),
]
STRANGE = "ключ/№ 1, 100%"  # a token that needs all its encoding


class Stage:
    """A probe that listens, a stand-in for Jivo, and short words for both."""

    def __init__(self, universe: Universe, env: Env) -> None:
        """Start both, and bind the probe to Jivo."""
        self.universe = universe
        self.env = env
        self.probe = Probe()
        self.jivo = JivoStandIn()
        universe.run(self._start())

    async def _start(self) -> None:
        await self.probe.start(self.env)
        self.universe.exit.push_async_callback(self.probe.stop)
        await self.universe.serve("jivo.test", self.jivo)
        self.session = await self.universe.session()
        self.binding = self.probe.bind("jivo", SETTINGS)
        self.doors = {"bot": f"{self.binding['bot_url']}/{TOKEN}", "webhook": self.binding["webhook_url"]}

    async def post(self, url: str, body: Any) -> tuple[int, Any]:
        """Post to the probe; give status and body, or what came in place of a status within 30 seconds."""
        timeout = aiohttp.ClientTimeout(total=30.0)
        try:
            async with self.session.post(
                URL(url, encoded=True), json=body, timeout=timeout, allow_redirects=False
            ) as answer:
                return answer.status, json.loads(await answer.read() or b"null")
        except TimeoutError:
            return SILENT, None
        except aiohttp.ClientConnectorError:
            raise  # nobody is there
        except (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError):
            return HUNG_UP, None

    def is_answered(self, url: str, body: Any = EVENT) -> tuple[int, Any]:
        """Let Jivo tell the probe something at an address; give the answer."""
        return self.universe.run(self.post(url, body))

    def tells(self, *bodies: dict[str, Any], door: str = "bot") -> list[int]:
        """Let Jivo tell the probe something, one after the other; give the statuses."""
        return [self.is_answered(self.doors[door], body)[0] for body in bodies]

    def says(self, about: str, **words: Any) -> Any:
        """Let the probe say something; give what Jivo heard."""
        self.universe.run(self.probe.send(about, **words))
        return self.jivo.heard[-1].body

    @property
    def paths(self) -> list[str]:
        """Where Jivo heard something, in order."""
        return [heard.path for heard in self.jivo.heard]


def invalid(name: str) -> Any:
    """Read the payload of an invalid sample of a bot's message."""
    return next(entry["payload"] for entry in treaty.read("BOT_MESSAGE.invalid.json") if entry["name"] == name)
