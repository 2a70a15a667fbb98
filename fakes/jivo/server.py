"""The aiohttp half of the fake Jivo: one process, many accounts; the bots' calls come in here."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any, ClassVar

import aiohttp
from aiohttp import web

from fakes.jivo.control import Control
from fakes.jivo.machine import Happening, Moment, varied
from fakes.jivo.office import Office
from fakes.jivo.post import GUEST, Post, encode
from fakes.jivo.screen import abilities, seen
from fakes.jivo.site import NAME, WIDGET, Bot, Site
from fakes.jivo.wire import bot
from fakes.kit.blow import undergo
from fakes.kit.contract import parse, schema
from fakes.kit.effects import Form, Refuse
from fakes.kit.fields import Fields
from fakes.kit.listener import Listener
from fakes.kit.ports import Fact, Struck
from fakes.kit.ports import Moment as Point
from fakes.kit.standing import Standing
from fakes.kit.tenants import Tenants
from fakes.kit.webhooks import Courier, within

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from fakes.jivo.knobs import Knobs
    from fakes.jivo.machine import Key, Row
    from fakes.jivo.site import Channel, Dialogue
    from fakes.kit.ports import Chance, Clock, Crossing, Ids, Weather, Witness

MOST_WORDS = 300  # characters of a refusal's words, which may quote what was sent
RATE_WINDOW = 1.0  # seconds
TAKEN = Standing(body=b"{}", content_type="application/json")
BODY_WINDOW = 10.0  # seconds in which a call must have come in whole; ours, since nobody says


class Refused(Exception):  # noqa: N818 - an answer, not an error
    """Jivo refuses a call, with a status and a code of its documentation."""

    def __init__(self, status: int, code: str, message: str) -> None:
        """Say how."""
        super().__init__(message)
        self.status = status
        self.code = code


class Server:
    """One process of Jivo: many accounts, found by provider id and token.

    A lying one is a subclass, with an office, a post or people that lie.
    """

    control_class: ClassVar[type[Control]] = Control
    office_class: ClassVar[type[Office]] = Office
    post_class: ClassVar[type[Post]] = Post

    def __init__(  # noqa: PLR0913 - the ports
        self,
        *,
        clock: Clock,
        ids: Ids,
        chance: Chance,
        witness: Witness,
        weather: Weather,
        table: Mapping[Key, Row],
        knobs: Knobs,
        connector: aiohttp.BaseConnector | None,
    ) -> None:
        """Take the ports; nothing listens yet."""
        self.clock = clock
        self.ids = ids
        self.witness = witness
        self._weather = weather
        self._table = table
        self._knobs = knobs
        self._tenants: Tenants[Site] = Tenants()
        self._sites: list[Site] = []
        self._listener = Listener(self.hear)
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=None),
            headers={"User-Agent": "Jivo"},
        )
        courier = Courier(self._session, clock, weather)
        self.post = self.post_class(clock=clock, ids=ids, witness=witness, courier=courier, serves=self.serves)
        self.office = self.office_class(clock=clock, ids=ids, chance=chance, witness=witness, post=self.post)
        self.url = ""
        self._calls: dict[tuple[str, str], deque[float]] = {}

    async def open(self, host: str, port: int) -> int:
        """Listen; answers the port."""
        port = await self._listener.open(host, port)
        self.url = f"http://{host}" if port == 80 else f"http://{host}:{port}"  # noqa: PLR2004 - HTTP's own port
        return port

    async def close(self) -> None:
        """Stop listening, drop what is under way."""
        await self._listener.close()
        for site in self._sites:
            self.office.rest(site)
        await self.post.close()
        await self._session.close()

    # accounts

    def found(self) -> Site:
        """Found an account, in which there is nothing yet."""
        knobs = self._knobs
        table = varied(self._table, knobs.variants)
        site = Site(self.ids.number("site"), f"prov{self.ids.number('provider')}", knobs, table)
        self._sites.append(site)
        return site

    def turn(self, site: Site, changes: Mapping[str, Any]) -> None:
        """Turn knobs of an account.

        Raises:
            ValueError: there is no such knob, or it cannot stand so.
        """
        site.knobs = site.knobs.turned(changes)
        site.table = varied(self._table, site.knobs.variants)

    def admit(self, site: Site, connected: Bot) -> None:
        """Let a bot call under its account's provider id and its token; with a token that another has, neither may."""
        site.bots.append(connected)
        self._tenants.admit((site.provider_id, connected.token), site)

    def dismiss(self, site: Site, connected: Bot) -> None:
        """Let a bot call no more."""
        site.bots.remove(connected)
        self._tenants.dismiss((site.provider_id, connected.token), site)

    def addressees(self) -> frozenset[str]:
        """Tell the provider ids of the accounts."""
        return frozenset(site.provider_id for site in self._sites)

    def serves(self, site: Site, channel: Channel) -> bool:
        """Tell whether a channel has a bot that can be told from others by its token (protocol/jivo 1.1)."""
        return channel.bot is not None and self._tenants.find((site.provider_id, channel.bot.token)) is site

    # calls in

    async def hear(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer a call."""
        body, trouble = b"", ""
        value: Any = None
        try:
            body = await within(self.clock, BODY_WINDOW, request.read())
            value = parse(body)
        except TimeoutError:
            trouble = f"the body did not come within {BODY_WINDOW:g} s"
        except web.HTTPRequestEntityTooLarge:
            trouble = "the body is too large"
        except web.RequestPayloadError:
            trouble = "the body cannot be read"
        except ValueError as error:
            trouble = f"not JSON: {error}"
        event = value.get("event") if isinstance(value, dict) else None
        target = request.raw_path
        crossing = self.witness.crossing(
            sender=GUEST,
            receiver=NAME,
            event=event if isinstance(event, str) else "",
            method=request.method,
            url=target if "://" in target else f"{self.url}{target}",
            headers=request.headers,
            body=body,
            cause=None,
            vendor=NAME,
        )
        answer: web.Response | None = None
        try:
            if not self._weather.fair:
                await self._weather.strike(Point.ACCEPT, crossing)
            answer = await self._answer(request, event, value, trouble, crossing)
            if not self._weather.fair:
                await self._weather.strike(Point.AFTER, crossing)
        except Struck as struck:
            return await undergo(request, struck, crossing, self.clock, answer)
        crossing.answered(answer.status, answer.headers, answer.body if isinstance(answer.body, bytes) else b"")
        return answer

    async def _answer(
        self, request: web.BaseRequest, event: Any, value: Any, trouble: str, crossing: Crossing
    ) -> web.Response:
        """Check method (405), path (404), token (401), rate (429), JSON (400), event (405), shape and chat (400)."""
        try:
            site, token = self._caller(request)
            _check_event(event, trouble, bot.CALLS + bot.DIALECT_CALLS if site.knobs.dialects else bot.CALLS)
            if request.content_type != "application/json":
                crossing.remarks([f"Content-Type {request.content_type}: application/json is documented (1.1)"])
            await self._take(site, token, event, value, crossing)
        except Refused as refused:
            body = encode(bot.error(refused.code, str(refused)[:MOST_WORDS]))
            return web.Response(status=refused.status, body=body, content_type="application/json")
        return TAKEN

    def _caller(self, request: web.BaseRequest) -> tuple[Site, str]:
        if request.method != "POST":
            raise Refused(405, "invalid_request", f"method {request.method} is not supported")
        credential = bot.credential(request.rel_url.raw_path)
        site = None if credential is None else self._tenants.find(credential)
        if credential is None or (site is None and credential[0] not in self.addressees()):
            raise Refused(404, "invalid_request", "no such endpoint")
        if site is None:
            raise Refused(401, "invalid_client", "the token is unknown, or two bots have it")
        if not self._may_call(credential, site.knobs.calls_per_second):
            raise Refused(429, "invalid_request", "too many requests")
        return site, credential[1]

    def _may_call(self, credential: tuple[str, str], most: int | None) -> bool:
        if most is None:
            return True
        now, calls = self.clock.now(), self._calls.setdefault(credential, deque())
        while calls and calls[0] <= now - RATE_WINDOW:
            calls.popleft()
        if len(calls) >= most:
            return False
        calls.append(now)
        return True

    async def _take(self, site: Site, token: str, event: str, value: dict[str, Any], crossing: Crossing) -> None:
        if not site.knobs.strict_ids:
            value = bot.with_string_ids(value)
        violations = schema(NAME, event).violations(value)
        if violations:
            crossing.violates(violations)
            raise Refused(400, "invalid_request", violations[0])
        call = Fields(value)
        dialogue = site.dialogues.get(call["chat_id"])
        if dialogue is None or dialogue.visitor.client_id != call["client_id"]:
            raise Refused(site.knobs.closed_status, "invalid_request", "no such chat")
        serving = dialogue.visitor.channel.bot
        if serving is None or serving.token != token:
            raise Refused(site.knobs.closed_status, "invalid_request", "the bot is not switched on for that channel")
        if not self._weather.fair:
            await self._weather.strike(Point.BEFORE, crossing)
        name, refusal = call["id"], self._call(site, dialogue, call, crossing)
        if not call.was_read():
            crossing.unread(call.unread())
        if refusal is not None:
            self.office.testify(Fact.REFUSED, dialogue, crossing.seq, message=name, reason=refusal.code)
            raise Refused(refusal.status, refusal.code, refusal.message)

    def _call(self, site: Site, dialogue: Dialogue, call: Fields, crossing: Crossing) -> Refuse | None:
        match call["event"]:
            case "INVITE_AGENT":
                happening = Happening.INVITES if site.agents_online else Happening.INVITES_NOBODY
                return self.office.happen(site, dialogue, happening, Moment(), crossing.seq)
            case "INIT_RATE":
                return self._ask_rating(site, dialogue, crossing)
            case "CLIENT_INFO":
                return self._take_contacts(site, dialogue, call, crossing)
            case _:
                return self._say(site, dialogue, call, crossing)

    def _say(self, site: Site, dialogue: Dialogue, call: Fields, crossing: Crossing) -> Refuse | None:
        try:
            said = bot.said(call["message"], site.knobs)
        except ValueError as error:
            raise Refused(400, "invalid_request", str(error)) from None
        name = call["id"]
        if site.knobs.deduplicates and any(line.message == name for line in dialogue.lines):
            return self.office.foresee(site, dialogue, Happening.SAYS)
        moment = seen(said, abilities(dialogue.visitor.channel.type, site.knobs.abilities), name)
        refusal = self.office.happen(site, dialogue, Happening.SAYS, moment, crossing.seq)
        if refusal is None:
            if oddities := bot.odd(said):
                crossing.remarks(oddities)
            self.office.testify(Fact.ACCEPTED, dialogue, crossing.seq, message=name)
        return refusal

    def _ask_rating(self, site: Site, dialogue: Dialogue, crossing: Crossing) -> Refuse | None:
        """Show the rating form «in the widget if configured» (protocol/jivo 1.10)."""
        channel = dialogue.visitor.channel
        asked = channel.type == WIDGET and channel.rating_form
        moment = Moment(form=Form.RATING_FORM, hidden=not asked)
        refusal = self.office.happen(site, dialogue, Happening.ASKS_RATING, moment, crossing.seq)
        dialogue.rating_asked = dialogue.rating_asked or (asked and refusal is None)
        return refusal

    def _take_contacts(self, site: Site, dialogue: Dialogue, call: Fields, crossing: Crossing) -> Refuse | None:
        refusal = self.office.happen(site, dialogue, Happening.GIVES_CONTACTS, Moment(), crossing.seq)
        for key, value in bot.contacts(call).items():
            if refusal is None:
                setattr(dialogue.visitor.card, key, value)
        return refusal


def _check_event(event: Any, trouble: str, known: Collection[str]) -> None:
    if trouble or not isinstance(event, str):  # a missing key is 400 (JIVO-A9), an unknown event 405 (JIVO-A8)
        raise Refused(400, "invalid_request", trouble or "the body is not an object with an event")
    if event not in known:
        raise Refused(405, "invalid_request", f"event {event!r} is not supported")
