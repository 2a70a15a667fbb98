"""Bridges that lie at the door: in what they take, and how they answer."""

from __future__ import annotations

import asyncio
import contextlib
import json
from typing import TYPE_CHECKING, Any

import aiohttp
from aiohttp import web

from harness.bridge import Bridge
from harness.bridge.contacts import Card, read_card
from harness.bridge.jivo import read_event

if TYPE_CHECKING:
    from harness.bridge.store import Binding

OK = {"result": "ok"}


class RefusesRepeats(Bridge):
    """Answers a repetition with 409."""

    async def _bot_event(self, request: web.Request) -> web.Response:
        body = await request.json()
        seen = self.store._db.execute("SELECT 1 FROM seen WHERE event = ?", (body.get("id"),)).fetchone()
        return web.Response(status=409) if seen else await super()._bot_event(request)


class OpenDoor(Bridge):
    """Takes events under any token."""

    async def _bot_event(self, request: web.Request) -> web.Response:
        binding = self._binding(request)
        assert binding is not None
        self.desk.take(binding, read_event(await request.read()))
        return web.json_response({})


class TrimsTheToken(Bridge):
    """Trims the token of an event before it compares."""

    async def _bot_event(self, request: web.Request) -> web.Response:
        binding = self._binding(request)
        if binding is not None and request.match_info["token"].strip() == binding.token:
            self.desk.take(binding, read_event(await request.read()))
            return web.json_response({})
        return web.Response(status=401)


class Choosy(Bridge):
    """Refuses events that it does not like."""

    def likes(self, body: dict[str, Any]) -> bool:
        """Tell whether it likes an event."""
        raise NotImplementedError  # each has its own taste

    async def _bot_event(self, request: web.Request) -> web.Response:
        body = json.loads(await request.read())
        if isinstance(body, dict) and body.get("event") == "CLIENT_MESSAGE" and not self.likes(body):
            return web.Response(status=400)
        return await super()._bot_event(request)


class WidgetAlone(Choosy):
    """Serves the widget alone."""

    def likes(self, body: dict[str, Any]) -> bool:
        """Like the widget."""
        return bool(body["channel"]["type"] == "widget")


class MessengersAlone(Choosy):
    """Serves messengers alone."""

    def likes(self, body: dict[str, Any]) -> bool:
        """Like all but the widget."""
        return bool(body["channel"]["type"] != "widget")


class NeedsAName(Choosy):
    """Serves only visitors whose name it is told."""

    def likes(self, body: dict[str, Any]) -> bool:
        """Like a name."""
        return "name" in body["sender"]


class NeedsText(Choosy):
    """Takes messages with words alone."""

    def likes(self, body: dict[str, Any]) -> bool:
        """Like words."""
        return "text" in body["message"]


class NeedsNoLinks(Choosy):
    """Takes no links."""

    def likes(self, body: dict[str, Any]) -> bool:
        """Like all else."""
        return not str(body["message"].get("text", "")).startswith("http")


class ClosedMind(Choosy):
    """Refuses fields that it does not know."""

    def likes(self, body: dict[str, Any]) -> bool:
        """Like what it knows."""
        known = {"event", "id", "site_id", "client_id", "chat_id", "agents_online", "sender", "message", "channel"}
        return body.keys() <= known


class TakesAnything(Bridge):
    """Acknowledges what it does not understand."""

    async def _bot_event(self, request: web.Request) -> web.Response:
        answer = await super()._bot_event(request)
        return web.json_response({}) if answer.status == 400 else answer


class CrashesOnTheUnknown(Bridge):
    """Answers an unknown event with 500."""

    async def _bot_event(self, request: web.Request) -> web.Response:
        answer = await super()._bot_event(request)
        return web.Response(status=500) if answer.status == 405 else answer


class WorksFirst(Bridge):
    """Acknowledges after the script has run."""

    async def _bot_event(self, request: web.Request) -> web.Response:
        answer = await super()._bot_event(request)
        await asyncio.gather(*self.desk._lanes.tasks)
        await asyncio.gather(*self.outbox.lanes.tasks)
        return answer


class PassesRefusalsOn(WorksFirst):
    """Answers 500 when Jivo refused what it said."""

    async def _bot_event(self, request: web.Request) -> web.Response:
        answer = await super()._bot_event(request)
        refused = self.store._db.execute("SELECT 1 FROM archive WHERE state = 'refused'").fetchone()
        return web.Response(status=500) if refused else answer


class AcknowledgesAnswers(WorksFirst):
    """Answers 500 when it had nothing to say."""

    async def _bot_event(self, request: web.Request) -> web.Response:
        answer = await super()._bot_event(request)
        spoke = self.store._db.execute("SELECT 1 FROM archive WHERE who = 'bot'").fetchone()
        return answer if spoke else web.Response(status=500)


class FailsLoudly(Bridge):
    """Answers 500 when the script fails."""

    async def _bot_event(self, request: web.Request) -> web.Response:
        answer = await super()._bot_event(request)
        return web.Response(status=500) if b"/fail" in await request.read() else answer


class RefusesNobody(Bridge):
    """Answers AGENT_UNAVAILABLE with 400 where no script waits for it."""

    async def _bot_event(self, request: web.Request) -> web.Response:
        binding = self._binding(request)
        unwanted = b"AGENT_UNAVAILABLE" in await request.read()
        if binding is not None and unwanted and not binding.settings["no_operators_script"]:
            return web.Response(status=400)
        return await super()._bot_event(request)


# webhooks


class LogsNothing(Bridge):
    """Keeps no log of webhooks."""

    def _take_card(self, binding: Binding, card: Card, payload: str) -> None:
        super()._take_card(binding, card, payload)
        self.store._db.execute("DELETE FROM webhooks")


class RefusesUnknownWebhooks(Bridge):
    """Answers an unknown webhook with 400."""

    async def _webhook(self, request: web.Request) -> web.Response:
        answer = await super()._webhook(request)
        return web.Response(status=400) if b"teleported" in await request.read() else answer


class AnswersOtherwise(Bridge):
    """Answers webhooks in words of its own."""

    async def _webhook(self, request: web.Request) -> web.Response:
        await super()._webhook(request)
        return web.json_response({"status": "accepted"})


class NeedsEverything(Bridge):
    """Reads every documented part of a webhook as if it were always there."""

    async def _webhook(self, request: web.Request) -> web.Response:
        payload = json.loads(await request.read())
        people = [payload.get("agent"), *payload.get("agents", [])]
        try:
            payload["session"]["geoip"]["country_code"]
            payload["page"]["url"]
            next(person for person in people if person)["name"]
        except (KeyError, TypeError, StopIteration):
            return web.Response(status=500)
        return await super()._webhook(request)


class NeedsStringIds(Bridge):
    """Crashes where an operator's id is a number."""

    async def _webhook(self, request: web.Request) -> web.Response:
        agent = json.loads(await request.read()).get("agent") or {}
        return web.Response(status=500) if isinstance(agent.get("id"), int) else await super()._webhook(request)


class StringsOnly(Bridge):
    """Matches webhooks to leads by strings alone."""

    async def _webhook(self, request: web.Request) -> web.Response:
        payload = json.loads(await request.read())
        binding = self._binding(request)
        assert binding is not None
        visitor = payload.get("visitor") or {}
        if not isinstance(visitor.get("number"), str):
            payload = {key: value for key, value in payload.items() if key != "client_id"} | {"visitor": {}}
        self._take_card(binding, read_card(payload), json.dumps(payload))
        return web.json_response(OK)


class CallsHome(Bridge):
    """Tells its maker that it has started."""

    async def start(self) -> None:
        """Start, and tell."""
        await super().start()
        with contextlib.suppress(aiohttp.ClientError):
            await self._session.get("http://maker.test/started")
