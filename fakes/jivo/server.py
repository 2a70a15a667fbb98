"""The aiohttp half of the fake Jivo: bot calls in, bot events and webhooks out."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import aiohttp
from aiohttp import web

from fakes.jivo import wire
from fakes.jivo.machine import OWNERS, Happening, Moment, State, step
from fakes.jivo.site import Dialogue, Line, Site
from fakes.kit.contract import parse, schema
from fakes.kit.effects import Arm, Disarm, Effect, Keep, Offer, Refuse, Show, Tell
from fakes.kit.listener import Listener
from fakes.kit.ports import Fact, Struck
from fakes.kit.ports import Moment as Point
from fakes.kit.tenants import Tenants
from fakes.kit.webhooks import HEADERS, Courier

if TYPE_CHECKING:
    from collections.abc import Coroutine, Mapping

    from fakes.jivo.knobs import Knobs
    from fakes.jivo.machine import Row
    from fakes.kit.ports import Chance, Clock, Crossing, Ids, Weather, Witness

NAME = "jivo"
BODY = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
GUEST = "bridge"  # how the record names whoever is on the other side


class Server:
    """One process of Jivo: many accounts, found by provider id and token."""

    def __init__(  # noqa: PLR0913 - the ports
        self,
        *,
        clock: Clock,
        ids: Ids,
        chance: Chance,
        witness: Witness,
        weather: Weather,
        table: Mapping[tuple[State, Happening], Row],
        knobs: Knobs,
        connector: aiohttp.BaseConnector | None,
    ) -> None:
        """Take the ports; nothing listens yet."""
        self.clock = clock
        self.ids = ids
        self.chance = chance
        self.witness = witness
        self.knobs = knobs
        self.tenants: Tenants[Site] = Tenants()
        self.providers: set[str] = set()
        self._sites: dict[int, Site] = {}
        self._weather = weather
        self._table = table
        self._listener = Listener(self._hear)
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=None),
            headers={"User-Agent": "Jivo"},
        )
        self._courier = Courier(self._session, clock, weather)
        self._errands: set[asyncio.Task[None]] = set()

    async def open(self, host: str, port: int) -> int:
        """Listen; answers the port."""
        return await self._listener.open(host, port)

    async def close(self) -> None:
        """Stop listening, drop what is under way."""
        await self._listener.close()
        for dialogue in (dialogue for site in self._sites.values() for dialogue in site.dialogues.values()):
            self._disarm(dialogue)
        for errand in self._errands:
            errand.cancel()
        await asyncio.gather(*self._errands, return_exceptions=True)
        await self._session.close()

    def admit(self, site: Site) -> None:
        """Let an account's bot call under its provider id and token, once it has one."""
        self._sites[site.site_id] = site
        self.providers.add(site.provider_id)
        if site.bot is not None:
            self.tenants.admit((site.provider_id, site.bot.token), site)

    # what happens to a dialogue

    def foresee(self, dialogue: Dialogue, happening: Happening) -> Refuse | None:
        """Tell whether Jivo would refuse what may happen; nothing changes.

        Raises:
            Impossible: the dialogue stands where that cannot happen.
        """
        _, effects = step(self._table, dialogue.state, happening, Moment())
        return next((effect for effect in effects if isinstance(effect, Refuse)), None)

    def happen(
        self, site: Site, dialogue: Dialogue, happening: Happening, moment: Moment, cause: int | None
    ) -> Refuse | None:
        """Let something happen; answers the refusal if Jivo refuses it.

        Raises:
            Impossible: the dialogue stands where that cannot happen; nothing has changed.
        """
        before = dialogue.state
        dialogue.state, effects = step(self._table, before, happening, moment)
        if OWNERS[before] is not OWNERS[dialogue.state]:
            self._testify(Fact.OWNER, dialogue, cause, owner=OWNERS[dialogue.state])
        if before is State.FINISHED and dialogue.state is not before:
            dialogue.took_part.clear()  # another chat begins, though its id may be the same
        refusal = None
        for effect in effects:
            if isinstance(effect, Refuse):
                refusal = effect
            else:
                self._do(site, dialogue, effect, moment, cause)
        return refusal

    def _do(self, site: Site, dialogue: Dialogue, effect: Effect, moment: Moment, cause: int | None) -> None:
        match effect:
            case Keep(author, text):
                dialogue.lines.append(Line(self.clock.now(), author, text, moment.operator_id))
            case Show(author, text):
                self._testify(
                    Fact.SHOWN, dialogue, cause, author=author, text=text, place=dialogue.visitor.channel.type
                )
            case Tell("bot", event):
                self._tell_bot(site, dialogue, event, moment, cause)
            case Tell(_, event):
                self._tell_webhook(dialogue, event, cause)
            case Arm(_):
                self._disarm(dialogue)
                dialogue.idle = self.clock.call_later(self.knobs.idle, self._idle, site, dialogue)
            case Disarm(_):
                self._disarm(dialogue)
            case Offer() | Refuse():
                pass  # an offer shows in the queue; a refusal is the answer to the call

    def _idle(self, site: Site, dialogue: Dialogue) -> None:
        cause = self.witness.act("nobody", "chat_stays_idle", vendor=NAME, dialogue=str(dialogue.chat_id))
        self.happen(site, dialogue, Happening.IDLE, Moment(), cause)
        dialogue.operators.clear()

    def _disarm(self, dialogue: Dialogue) -> None:
        if dialogue.idle is not None:
            dialogue.idle.cancel()
            dialogue.idle = None

    def _testify(self, fact: Fact, dialogue: Dialogue, cause: int | None, **details: Any) -> None:
        person, chat = str(dialogue.visitor.client_id), str(dialogue.chat_id)
        self.witness.fact(fact, cause=cause, vendor=NAME, person=person, dialogue=chat, **details)

    # events out

    def _tell_bot(self, site: Site, dialogue: Dialogue, event: str, moment: Moment, cause: int | None) -> None:
        if site.bot is None or not dialogue.visitor.channel.bot_on:
            return  # the bot serves only the channels on which it was switched on
        event_id = self.ids.uuid()
        if event == "CLIENT_MESSAGE":
            body = wire.client_message(site, dialogue, moment.text, event_id, self.clock.now())
            self.deliver_message(site, dialogue, body, cause)
        else:
            url = wire.bot_address(site.bot.endpoint, site.bot.token)
            self.send(url, event, wire.bot_event(event, dialogue, event_id), dialogue, cause)

    def deliver_message(self, site: Site, dialogue: Dialogue, body: dict[str, Any], cause: int | None) -> None:
        """Bring a visitor's message to the bot; unacknowledged, it falls to the operators."""
        if site.bot is None:
            return
        dialogue.last_event = encode(body)
        url = wire.bot_address(site.bot.endpoint, site.bot.token)
        self._run(self._message(site, dialogue, url, body, cause))

    async def _message(self, site: Site, dialogue: Dialogue, url: str, body: dict[str, Any], cause: int | None) -> None:
        if not await self._deliver(url, "CLIENT_MESSAGE", body, dialogue, cause):
            self.happen(site, dialogue, Happening.UNANSWERED, Moment(), cause)

    def _tell_webhook(self, dialogue: Dialogue, event: str, cause: int | None) -> None:
        url = dialogue.visitor.channel.webhook_url
        if url is None:
            return
        if event == "chat_accepted":
            body = wire.chat_accepted(dialogue, dialogue.operators[-1])
        elif dialogue.took_part or not self.knobs.finished_only_with_operator:
            body = wire.chat_finished(dialogue, dialogue.took_part)
        else:
            return
        self.send(url, event, body, dialogue, cause)

    def send(self, url: str, event: str, body: dict[str, Any], dialogue: Dialogue, cause: int | None) -> None:
        """Send an event on its way, whatever becomes of it."""
        self._run(self._errand(url, event, body, dialogue, cause))

    async def _errand(self, url: str, event: str, body: dict[str, Any], dialogue: Dialogue, cause: int | None) -> None:
        await self._deliver(url, event, body, dialogue, cause)

    async def _deliver(self, url: str, event: str, body: dict[str, Any], dialogue: Dialogue, cause: int | None) -> bool:
        data = encode(body)
        violations = schema(NAME, event).violations(body)
        details = {"vendor": NAME, "person": str(dialogue.visitor.client_id), "dialogue": str(dialogue.chat_id)}

        def record() -> Crossing:
            crossing = self.witness.crossing(
                sender=NAME,
                receiver=GUEST,
                event=event,
                method="POST",
                url=url,
                headers=HEADERS,
                body=data,
                cause=cause,
                **details,
            )
            crossing.violates(violations)
            return crossing

        patience = self.knobs.webhook_patience if event.islower() else self.knobs.bot_patience
        return await self._courier.deliver(url, data, patience, record)

    def _run(self, errand: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(errand)
        self._errands.add(task)
        task.add_done_callback(self._errands.discard)

    # calls in

    async def _hear(self, request: web.BaseRequest) -> web.StreamResponse:
        body, trouble = b"", ""
        value: Any = None
        try:
            body = await request.read()
            value = parse(body)
        except web.HTTPRequestEntityTooLarge:
            trouble = "the body is too large"
        except web.RequestPayloadError:
            trouble = "the body cannot be read"
        except ValueError as error:
            trouble = f"not JSON: {error}"
        event = value.get("event") if isinstance(value, dict) else None
        crossing = self.witness.crossing(
            sender=GUEST,
            receiver=NAME,
            event=event if isinstance(event, str) else "",
            method=request.method,
            url=str(request.url),
            headers=request.headers,
            body=body,
            cause=None,
            vendor=NAME,
        )
        try:
            await self._weather.strike(Point.ACCEPT, crossing)
            answer = await self._answer(request, event, value, trouble, crossing)
            await self._weather.strike(Point.AFTER, crossing)
        except Struck as struck:
            return _struck(request, struck, crossing)
        crossing.answered(answer.status, answer.headers, answer.body if isinstance(answer.body, bytes) else b"")
        return answer

    async def _answer(
        self, request: web.BaseRequest, event: Any, value: Any, trouble: str, crossing: Crossing
    ) -> web.Response:
        """Check method (405), path (404), token (401), JSON (400), event (405), shape and chat (400), in this order."""
        if request.method != "POST":
            return _refusal(405, "invalid_request", f"method {request.method} is not supported")
        credential = wire.credential(request.rel_url.raw_path)
        if credential is None or credential[0] not in self.providers:
            return _refusal(404, "invalid_request", "no such endpoint")
        site = self.tenants.find(credential)
        if site is None:
            return _refusal(401, "invalid_client", "the token is unknown")
        if trouble or not isinstance(event, str):  # a missing key is 400 (JIVO-A9), an unknown event 405 (JIVO-A8)
            return _refusal(400, "invalid_request", trouble or "the body is not an object with an event")
        if event not in wire.BOT_CALLS:
            return _refusal(405, "invalid_request", f"event {event!r} is not supported")
        return await self._take(site, event, value, crossing)

    async def _take(self, site: Site, event: str, value: dict[str, Any], crossing: Crossing) -> web.Response:
        violations = schema(NAME, event).violations(value)
        if violations:
            crossing.violates(violations)
            return _refusal(400, "invalid_request", violations[0])
        dialogue = site.dialogues.get(value["chat_id"])
        if dialogue is None or str(dialogue.visitor.client_id) != value["client_id"]:
            return _refusal(400, "invalid_request", "no such chat")
        await self._weather.strike(Point.BEFORE, crossing)
        return self._call(site, dialogue, event, value, crossing)

    def _call(
        self, site: Site, dialogue: Dialogue, event: str, value: dict[str, Any], crossing: Crossing
    ) -> web.Response:
        if event == "INVITE_AGENT":
            happening = Happening.INVITES if site.agents_online else Happening.INVITES_NOBODY
            refusal = self.happen(site, dialogue, happening, Moment(), crossing.seq)
        else:
            try:
                text = wire.spoken(value["message"])
            except ValueError as error:
                return _refusal(400, "invalid_request", str(error))
            refusal = self._say(site, dialogue, value["id"], text, crossing)
        if refusal is None:
            return web.Response(body=b"{}", content_type="application/json")
        self._testify(Fact.REFUSED, dialogue, crossing.seq, message=value["id"], reason=refusal.code)
        return _refusal(refusal.status, refusal.code, refusal.message)

    def _say(self, site: Site, dialogue: Dialogue, message: str, text: str | None, crossing: Crossing) -> Refuse | None:
        if text is None:  # «Without text the message is not delivered on channels that cannot show it» (1.6)
            refusal = self.foresee(dialogue, Happening.SAYS)
        else:
            refusal = self.happen(site, dialogue, Happening.SAYS, Moment(text=text), crossing.seq)
        if refusal is None:
            self._testify(Fact.ACCEPTED, dialogue, crossing.seq, message=message)
        return refusal


def encode(body: dict[str, Any]) -> bytes:
    """Write a body as it goes over the wire."""
    return BODY.encode(body).encode()


def _refusal(status: int, code: str, message: str) -> web.Response:
    return web.Response(status=status, body=encode(wire.error(code, message)), content_type="application/json")


def _struck(request: web.BaseRequest, struck: Struck, crossing: Crossing) -> web.Response:
    crossing.failed(str(struck))
    if struck.status is not None:
        return web.Response(status=struck.status, headers=struck.headers, body=struck.body)
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)
