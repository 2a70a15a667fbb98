"""The reference bridge as a whole: its doors, and its life from start to stop."""

from __future__ import annotations

import json
from hmac import compare_digest
from typing import TYPE_CHECKING, Any, ClassVar

import aiohttp
from aiohttp import web

from harness.bridge.backoff import Backoff, Dice
from harness.bridge.body import MalformedError, read_body, read_json
from harness.bridge.centre import Centre
from harness.bridge.contacts import Card, messenger_of, read_card
from harness.bridge.contract import Contract
from harness.bridge.desk import Desk
from harness.bridge.files import Files
from harness.bridge.handovers import Handovers
from harness.bridge.jivo import read_event
from harness.bridge.livetex import LiveTexClient, is_genuine, read_webhook
from harness.bridge.messenger import Messenger
from harness.bridge.outbox import Outbox
from harness.bridge.store import Binding, Store
from harness.bridge.telegram import SECRET_HEADER, TelegramClient, read_update
from harness.bridge.voice import Voice

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from harness.bridge.settings import Settings

VERSION = "0.1.0"
LAST_CHANCE = 0.01  # seconds that a request under way gets at the end; aiohttp reads 0 as "for ever"
ELSEWHERE = "{} sends its webhooks to another address, or nowhere: press 'Вебхук'"
MASK = "***"  # in the log, where a secret stood
KNOWN_EVENTS = {"CLIENT_MESSAGE", "CHAT_CLOSED", "AGENT_UNAVAILABLE", "AGENT_JOINED", "AGENT_MESSAGE", "CLIENT_RATED"}


class Bridge:
    """A good bridge between a bot, Jivo, LiveTex and Telegram. All that it needs of the machine comes through here.

    A bridge that lies is a subclass: its store, outbox, desk, voice, centre, handovers or contract is one that lies.
    """

    store_class: ClassVar[type[Store]] = Store
    outbox_class: ClassVar[type[Outbox]] = Outbox
    desk_class: ClassVar[type[Desk]] = Desk
    voice_class: ClassVar[type[Voice]] = Voice
    centre_class: ClassVar[type[Centre]] = Centre
    handovers_class: ClassVar[type[Handovers]] = Handovers
    contract_class: ClassVar[type[Contract]] = Contract

    def __init__(  # noqa: PLR0913 - what it needs of the machine
        self,
        settings: Settings,
        *,
        now: Callable[[], float],
        new_id: Callable[[], str],
        random: Dice,
        connector: aiohttp.BaseConnector | None,
        database: sqlite3.Connection,
    ) -> None:
        """Take what it needs; ``now`` gives seconds since 1970, ``new_id`` UUIDs."""
        self._settings = settings
        self._now = now
        self._new_id = new_id
        self._random = random
        self._connector = connector
        self.store = self.store_class(database)

    async def start(self) -> None:
        """Listen, and go on with what another bridge on that database has left to be done."""
        connector = self._connector or aiohttp.TCPConnector(limit=0)  # a dead dialogue must not use up what others need
        self._session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())
        backoff = Backoff(self._random)
        outbox = self.outbox = self.outbox_class(self.store, backoff, self._now, self._new_id)
        common = self.store, outbox, self._session
        messenger = Messenger(*common, self.check)
        self.centre = self.centre_class(*common, backoff, messenger, self._now)
        voice = self.voice_class(*common, self.check, self.centre)
        files = Files(self.store, self._session, self._settings.public_url, self._new_id)
        self.desk = self.desk_class(*common, backoff, voice, self.centre, files, self._now, self._new_id)
        handovers = self.handovers_class(self.store, self.centre, self.desk)
        outbox.carriers |= {"messenger": messenger, "voice": voice, "centre": self.centre, "handovers": handovers}
        app = web.Application()
        app.router.add_post("/jivo/{binding}/bot/{token}", self._bot_event)
        app.router.add_post("/jivo/{binding}/webhook", self._webhook)
        app.router.add_post("/livetex/{binding}/webhook", self._livetex_webhook)
        app.router.add_post("/telegram/{binding}/webhook", self._telegram_update)
        app.router.add_get("/files/{file}", files.show)
        if self._settings.contract_token:
            contract = self.contract_class(
                self.store,
                self.desk,
                self.register,
                public_url=self._settings.public_url,
                token=self._settings.contract_token,
                new_id=self._new_id,
                version=VERSION,
            )
            app.add_routes(contract.routes())
        self._runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=LAST_CHANCE)
        await self._runner.setup()
        await web.TCPSite(self._runner, self._settings.host, self._settings.port).start()
        outbox.resume()
        self.desk.resume()

    async def stop(self) -> None:
        """Stop listening and drop what is under way; what was acknowledged is in the database."""
        try:
            await self._runner.cleanup()
            await self.desk.clear()
        finally:
            await self._session.close()
            self.store.close()

    async def register(self, binding: Binding) -> str | None:
        """Tell a vendor where its webhooks go, where it can be told; answers what was wrong, if anything was."""
        url = self._door(binding)
        match binding.kind:
            case "livetex":
                outcome = await LiveTexClient(self._session, binding).register(url, binding.token)
            case "telegram":
                outcome = await TelegramClient(self._session, binding).register(url, binding.token)
            case _:
                return None  # Jivo's webhook URL is pasted by hand; it is known from the start
        trouble = None if outcome.state == "sent" else outcome.reason
        self.store.blame(binding.id, trouble)
        return trouble

    async def check(self, binding: Binding) -> None:
        """Look whether a vendor still sends its webhooks here; Jivo does not tell where they go."""
        match binding.kind:
            case "livetex":
                vendor, outcome = "LiveTex", await LiveTexClient(self._session, binding).webhook()
            case "telegram":
                vendor, outcome = "Telegram", await TelegramClient(self._session, binding).webhook()
            case _:
                return
        if outcome.state == "sent":
            elsewhere = outcome.result != self._door(binding)
            self.store.blame(binding.id, ELSEWHERE.format(vendor) if elsewhere else None)

    def _door(self, binding: Binding) -> str:
        """Give the URL of a binding's webhooks."""
        return f"{self._settings.public_url}/{binding.kind}/{binding.id}/webhook"

    # what Jivo sends

    async def _bot_event(self, request: web.Request) -> web.Response:
        binding = self._binding(request)
        given = request.match_info["token"]
        if binding is None or not compare_digest(given.encode(), binding.token.encode()):
            return _refusal(401, "invalid_client", "the token is unknown")
        try:
            event = read_event(await read_body(request))
        except MalformedError as error:
            return _refusal(400, "invalid_request", str(error))
        if event.kind not in KNOWN_EVENTS:
            return _refusal(405, "invalid_request", f"event {event.kind} is not supported")
        self.desk.take(binding, event)
        return web.json_response({})

    async def _webhook(self, request: web.Request) -> web.Response:
        binding = self._binding(request)
        if binding is None:
            return _refusal(404, "invalid_request", "no such binding")
        try:
            payload = read_json(await read_body(request))
        except MalformedError as error:
            return _refusal(400, "invalid_request", str(error))
        if not isinstance(payload, dict):
            return _refusal(400, "invalid_request", "the body is not an object")
        self._take_card(binding, read_card(payload), json.dumps(payload, ensure_ascii=False))
        return web.json_response({"result": "ok"})

    def _take_card(self, binding: Binding, card: Card, payload: str) -> None:
        """Log a webhook; once its channel's id was entered for a messenger, its lead has messenger and contacts."""
        at = int(self._now() * 1000)
        lead = self.store.lead_of(binding.id, card.person) if card.person is not None else None
        messenger = messenger_of(card.widget, binding.settings)
        with self.store.together():
            self.store.log_webhook(binding.id, at, card.event, lead.id if lead is not None else None, payload)
            if lead is not None:
                self.store.say(lead.id, at, "system", card.event, "sent", widget=card.widget)
            if lead is not None and messenger is not None:
                contacts = {"name": card.name, "phone": card.phone, "email": card.email}
                self.store.fill_card(lead.id, messenger, contacts, card.at)

    # what LiveTex and Telegram send

    async def _livetex_webhook(self, request: web.Request) -> web.Response:
        binding, payload = self._binding(request), await _object(request)
        if binding is None:
            return _refusal(404, "invalid_request", "no such binding")
        if payload is None:
            return _refusal(400, "invalid_request", "the body is not a JSON object")
        if not is_genuine(payload, binding.token):
            return _refusal(403, "forbidden", "the webhook_key is missing or wrong")
        webhook = read_webhook(payload)
        with self.store.together():  # logged, seen and acted on, or none of it
            self._log(binding, webhook.kind, webhook.user, {**payload, "webhook_key": MASK})
            if webhook.id is not None and self.store.first_time(binding.id, webhook.id):
                self.centre.hear(binding, webhook)
        return web.json_response({})

    async def _telegram_update(self, request: web.Request) -> web.Response:
        binding, given = self._binding(request), request.headers.get(SECRET_HEADER, "")
        if binding is None:
            return _refusal(404, "invalid_request", "no such binding")
        if not compare_digest(given.encode("utf-8", "surrogateescape"), binding.token.encode()):
            return _refusal(401, "unauthorized", "the secret is missing or wrong")
        payload = await _object(request)
        if payload is None:
            return _refusal(400, "invalid_request", "the body is not a JSON object")
        update = read_update(payload)
        with self.store.together():  # logged, seen and acted on, or none of it
            if update.id is not None and self.store.first_time(binding.id, update.id):
                self.desk.hear(binding, update)
            known = self.store.lead_of(binding.id, update.person) if update.person is not None else None
            self._log(binding, update.kind, known.id if known is not None else None, payload)
        return web.json_response({})

    def _log(self, binding: Binding, kind: str, lead: str | None, payload: dict[str, Any]) -> None:
        known = lead if lead is not None and self.store.lead(lead) is not None else None
        self.store.log_webhook(
            binding.id, int(self._now() * 1000), kind, known, json.dumps(payload, ensure_ascii=False)
        )

    def _binding(self, request: web.Request) -> Binding | None:
        """Find the binding that is meant, of the vendor whose door this is."""
        binding = self.store.binding(request.match_info["binding"])
        return binding if binding is not None and request.path.startswith(f"/{binding.kind}/") else None


async def _object(request: web.Request) -> dict[str, Any] | None:
    try:
        body = read_json(await read_body(request))
    except MalformedError:
        return None
    return body if isinstance(body, dict) else None


def _refusal(status: int, code: str, words: str) -> web.Response:
    return web.json_response({"error": {"code": code, "message": words}}, status=status)
