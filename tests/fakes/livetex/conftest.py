"""A LiveTex with one account on virtual time, a guest that it tells everything, and calls to it over HTTP."""

from __future__ import annotations

import copy
import io
import json
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest
from yarl import URL

from fakes.kit.contract import schema
from fakes.kit.ports import FAIR
from fakes.livetex import VENDOR
from fakes.livetex.knobs import Knobs
from fakes.livetex.machine import TABLE, Impossible
from fakes.livetex.server import Server
from harness.simulation.network import Connector
from tests.fakes.conftest import Guest, Stage
from tests.fakes.on_loop import on_loop

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fakes.kit.ports import Weather
    from fakes.livetex.control import Control
    from fakes.livetex.machine import Key, Row
    from fakes.livetex.site import Visitor

WEBHOOK = "http://bridge.test/livetex"
SECRET = "wk-1"  # noqa: S105 - a made-up secret
BINDING = {"webhook_url": WEBHOOK, "webhook_key": SECRET}
LEAD = "lead-17"
TEXT = {"user_id": LEAD, "text": "Привет"}
FILE = {"user_id": LEAD, "url": "https://bridge.test/files/1"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What LiveTex answered to a call; two answers are equal whatever their headers are."""

    status: int
    body: Any
    headers: Mapping[str, str] = field(default_factory=dict, compare=False)


class LiveTex:
    """A fake LiveTex that is open, with its account connected to a guest."""

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
            host="livetex.test",
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

    def path(self, method: str, version: str = "1.2") -> str:
        """Tell where a call of the account's goes."""
        return f"/{version}/{method}?key={self.control.site.key}"

    def call(self, method: str, body: Any = b"", version: str = "1.2") -> Answer:
        """Call a method; ``body`` is bytes, or a value that is sent as JSON. A good answer keeps to the treaty."""
        answer = self.request(self.path(method, version), body)
        kind = f"{method}_answer" if answer.status == 200 else "error"
        assert [] == schema("livetex", kind).violations(answer.body)
        return answer

    def request(self, path: str, body: Any = b"", verb: str = "POST", **headers: str) -> Answer:
        """Send a request anywhere."""
        data = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        return self.stage.run(self._request(data, path, verb, headers))

    async def _request(self, body: bytes, path: str, verb: str, headers: Mapping[str, str]) -> Answer:
        url = URL(f"http://livetex.test{path}", encoded=True)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        named.setdefault("Content-Type", "application/json")
        async with self._session.request(verb, url, data=io.BytesIO(body), headers=named) as answer:
            return Answer(answer.status, json.loads(await answer.read() or b"null"), dict(answer.headers))

    def says(self, text: str = "Привет", user: str = LEAD, version: str = "1.2") -> str:
        """Send something of a visitor's; answers its message_id."""
        answer = self.call("sendText", {"user_id": user, "text": text}, version)
        self.settle()
        return str(answer.body["message_id"])

    def chooses(self, user: str = LEAD, group: str | None = None, **more: Any) -> Answer:
        """Choose a group for a visitor, the first unless another is named."""
        chosen = self.control.groups()[0] if group is None else group
        body = {"user_id": user, "destination_type": "Department", "destination_id": chosen}
        answer = self.call("selectDestination", body | more)
        self.settle()
        return answer

    def groups_now(self, version: str = "1.2") -> list[dict[str, Any]]:
        """List the groups as getDestinations has them."""
        return list(self.call("getDestinations", version=version).body["destinations"])

    def history(self, user: str = LEAD, version: str = "1.2", **more: Any) -> list[dict[str, Any]]:
        """Read a visitor's history."""
        return list(self.call("getHistory", {"user_id": user} | more, version).body["messages"])

    # what happens

    def settle(self, seconds: float = 1.0) -> None:
        """Let everything that is under way arrive."""
        self.stage.wait(seconds)

    def waiting(self, user: str = LEAD, text: str = "Привет") -> str:
        """Let a visitor have written, and wait for the first group's operators; answers the message_id."""
        message = self.says(text, user)
        self.chooses(user)
        return message

    def operator(self, user: str = LEAD, name: str = "Анна", **names: str) -> str:
        """Let an operator come online and open a waiting visitor's dialogue; answers who it is."""
        operator = self.control.operator_comes_online(name, **names)
        self.control.operator_opens(operator, user)
        self.settle()
        return operator

    def talking(self, user: str = LEAD, name: str = "Анна") -> str:
        """Let a visitor be in an operator's hands, and forget how; answers the operator."""
        self.waiting(user)
        operator = self.operator(user, name)
        self.forget()
        return operator

    # what was seen

    def told(self) -> list[str]:
        """List the events of dialogues that the guest heard, by their types."""
        return [body["type"] for body in self.bodies()]

    def bodies(self) -> list[dict[str, Any]]:
        """List what the guest heard of dialogues; all of it keeps to the treaty."""
        return [body for body in self._heard() if body["type"] != "EmployeeAvailabilityChanged"]

    def availability(self) -> list[dict[str, Any]]:
        """List what the guest heard of what operators can take, which belongs to no dialogue."""
        return [body for body in self._heard() if body["type"] == "EmployeeAvailabilityChanged"]

    def _heard(self) -> list[dict[str, Any]]:
        broken = [record.violations for record in self.witness.crossings if record.request["sender"] == "livetex"]
        assert [] == [violations for violations in broken if violations]
        return [json.loads(heard.body) for heard in self.guest.heard if heard.path.startswith("/livetex")]

    def facts(self, kind: str) -> list[dict[str, Any]]:
        """List the facts of one kind."""
        return [fact for fact in self.witness.facts if fact["fact"] == kind]

    def read(self, operator: str, user: str = LEAD) -> list[tuple[str, str]]:
        """Let an operator look; answers what the chat shows, as author or label, and text."""
        return self._read(operator, user, "chat", "author")

    def card(self, operator: str, user: str = LEAD) -> list[tuple[str, str]]:
        """Let an operator look; answers what the card shows, as label and text."""
        return self._read(operator, user, "card", "label")

    def _read(self, operator: str, user: str, place: str, head: str) -> list[tuple[str, str]]:
        before = len(self.witness.facts)
        self.control.operator_reads(operator, user)
        return [(fact[head], fact["text"]) for fact in self.witness.facts[before:] if fact["place"] == place]

    def visitor(self, user: str = LEAD) -> Visitor:
        """Give a visitor as the account has it."""
        return self.control.site.visitors[user]

    def everything(self) -> list[Any]:
        """Take down the account with all it holds, everything that was written down, and what the guest heard."""
        account = self.control.site
        parts = [held(part) for part in (account, *account.groups, *account.operators, *account.visitors.values())]
        told = len(self.witness.acts), len(self.witness.facts), len(self.witness.crossings), len(self.guest.heard)
        return [*parts, told]

    def forget(self) -> None:
        """Forget what was heard and done so far."""
        for past in (self.guest.heard, self.witness.acts, self.witness.facts, self.witness.crossings):
            past.clear()

    def act(self) -> dict[str, Any]:
        """Give the last thing that somebody did, without its number."""
        return {key: value for key, value in self.witness.acts[-1].items() if key != "seq"}


def held(thing: Any) -> dict[str, Any]:
    """Take down what a visitor, a group or an account holds, its lists and mappings as they are now."""
    parts = {part.name: getattr(thing, part.name) for part in fields(thing)}
    return {name: copy.copy(part) if isinstance(part, list | dict) else part for name, part in parts.items()}


def bodies(livetex: LiveTex) -> dict[str, Any]:
    """Give a good body for each method."""
    group = livetex.control.groups()[0]
    choice = {"user_id": LEAD, "destination_type": "Department", "destination_id": group}
    return {
        "selectDestination": choice,
        "sendText": TEXT,
        "sendFile": FILE,
        "setWebhook": {"url": "http://bridge.test/livetex", "webhook_key": "wk-1"},
        "getHistory": {"user_id": LEAD},
        "getCurrentDestination": {"user_id": LEAD},
    }


def refused(answer: Any, code: int = 9, status: int = 400) -> bool:
    """Tell whether an answer refuses with that code."""
    return bool(status == answer.status and code == answer.body["error_code"])


def unchanged(livetex: LiveTex) -> list[Any]:
    """Take down what no refused call may change: the account, and what people did and heard."""
    *parts, (acts, _, _, heard) = livetex.everything()
    return [*parts, acts, heard]


def error(status: int, code: int, message: str) -> Answer:
    """Make an answer that refuses."""
    return Answer(status, {"success": False, "error_code": code, "error_message": message})


def good(**more: Any) -> Answer:
    """Make an answer that takes."""
    return Answer(200, {"success": True, **more})


@contextmanager
def impossible(livetex: LiveTex, words: str) -> Iterator[None]:
    """Expect of a deed that nobody can do it, said in these words, and that nobody notices."""
    before = livetex.everything()
    with pytest.raises(Impossible, match=words):
        yield
    livetex.settle()
    assert before == livetex.everything()


@contextmanager
def opened(**options: Any) -> Iterator[LiveTex]:
    """Open a LiveTex with other weather, knobs, table or server than usual."""
    with Stage() as stage:
        livetex = LiveTex(stage, **options)
        try:
            yield livetex
        finally:
            livetex.close()


@pytest.fixture
def livetex() -> Iterator[LiveTex]:
    """Give a LiveTex that is closed afterwards."""
    with opened() as livetex:
        yield livetex
