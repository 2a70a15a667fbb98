"""Serves the bridge contract, so that a suite can configure the bridge and see what never crosses the wire."""

from __future__ import annotations

import asyncio
from hmac import compare_digest
from typing import TYPE_CHECKING, Any

from aiohttp import web

from harness.bridge.body import MalformedError, read_body, read_json
from harness.bridge.centre import TITLES
from harness.bridge.store import Binding

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from harness.bridge.desk import Desk
    from harness.bridge.store import Store

ROOT = "/conformance/v1"
CAPABILITIES = ["jivo", "livetex", "telegram", "contract", "reset", "idle", "buttons", "rating", "restart", "retry"]
LONGEST_WAIT = 5.0  # seconds for which a question may wait until the bridge is idle
GLANCE = 0.005  # seconds between two looks
FORMS: dict[str, dict[str, type]] = {
    "jivo": {"api_url": str, "provider_id": str, "inline_buttons": bool, "widgets": dict, "no_operators_script": bool},
    "livetex": {
        "api_url": str,
        "key": str,
        "bot_title": str,
        "lead_title": str,
        "excluded": list,
        "no_operators_script": bool,
    },
    "telegram": {"api_url": str, "token": str},
}
WORDS = {str: "a string", bool: "true or false", dict: "an object", list: "a list"}
REQUIRED = {"jivo": ("api_url", "provider_id"), "livetex": ("api_url", "key"), "telegram": ("api_url", "token")}
DEFAULTS: dict[str, dict[str, Any]] = {
    "jivo": {"inline_buttons": False, "widgets": {}, "no_operators_script": True},
    "livetex": {
        "bot_title": TITLES["bot"],
        "lead_title": TITLES["lead"],
        "excluded": [],
        "no_operators_script": True,
    },
    "telegram": {},
}
EXCLUDABLE = ["umnico", "bitrix", "jivo", "webim", "telegram", "widget", "viber", "vk"]  # kinds that LiveTex may lack


class Contract:
    """The calls below /conformance/v1."""

    def __init__(  # noqa: PLR0913 - what it shows, and how
        self,
        store: Store,
        desk: Desk,
        register: Callable[[Binding], Awaitable[str | None]],
        *,
        public_url: str,
        token: str,
        new_id: Callable[[], str],
        version: str,
    ) -> None:
        """Show that store to whoever has the token; ``register`` tells a vendor where its webhooks go."""
        self._store = store
        self._desk = desk
        self._register = register
        self._public_url = public_url
        self._token = token
        self._new_id = new_id
        self._version = version

    def routes(self) -> list[web.RouteDef]:
        """List the calls."""
        calls = [
            ("GET", "/about", self._about),
            ("POST", "/reset", self._reset),
            ("POST", "/bindings", self._create_binding),
            ("PATCH", "/bindings/{id}", self._change_binding),
            ("POST", "/bindings/{id}/webhook", self._press_webhook),
            ("GET", "/idle", self._idle),
            ("GET", "/leads", self._leads),
            ("GET", "/leads/{id}/archive", self._archive),
            ("GET", "/webhook-log", self._webhook_log),
            ("POST", "/leads/{id}/say", self._say),
        ]
        return [web.route(method, ROOT + path, self._guarded(handler)) for method, path, handler in calls]

    def _guarded(
        self, handler: Callable[[web.Request], Awaitable[web.Response]]
    ) -> Callable[[web.Request], Awaitable[web.Response]]:
        expected = f"Bearer {self._token}".encode()

        async def guarded(request: web.Request) -> web.Response:
            given = request.headers.get("Authorization", "").encode("utf-8", "surrogateescape")
            if not compare_digest(given, expected):
                return _error(401, "the bearer token is missing or wrong")
            return await handler(request)

        return guarded

    async def _about(self, _: web.Request) -> web.Response:
        return web.json_response({"name": "reference", "version": self._version, "capabilities": CAPABILITIES})

    async def _reset(self, _: web.Request) -> web.Response:
        await self._desk.clear()
        self._store.forget()
        return web.Response(status=204)

    async def _idle(self, request: web.Request) -> web.Response:
        """Tell whether nothing is under way: at once if it is so, else when it is, or when the wait is over."""
        try:
            wait = float(request.query.get("wait", 0))
        except ValueError:
            wait = 0.0
        loop = asyncio.get_running_loop()
        until = loop.time() + min(wait, LONGEST_WAIT)
        while not self._desk.idle and loop.time() < until:  # noqa: ASYNC110 - nobody tells when a lane comes to rest
            await asyncio.sleep(GLANCE)
        return web.json_response({"idle": self._desk.idle})

    async def _create_binding(self, request: web.Request) -> web.Response:
        body = await _object(request)
        kind = body.get("kind") if body is not None else None
        settings = body.get("settings") if body is not None else None
        if body is None or not isinstance(kind, str) or kind not in FORMS or not isinstance(settings, dict):
            return _error(400, f"kind must be one of {', '.join(FORMS)}, settings an object")
        name = body.get("name")
        complaint = _complaint(kind, settings) if name is None or isinstance(name, str) else "name must be a string"
        if complaint:
            return _error(400, complaint)
        number = self._new_id()
        binding = Binding(
            id=number,
            kind=kind,
            name=f"{kind} {number[:8]}" if name is None else name,
            token=self._new_id().replace("-", ""),
            settings=DEFAULTS[kind] | settings,
        )
        self._store.add_binding(binding)
        return web.json_response(self._shown(binding), status=201)

    async def _change_binding(self, request: web.Request) -> web.Response:
        binding = self._store.binding(request.match_info["id"])
        if binding is None:
            return _error(404, "no such binding")
        changes = await _object(request)
        if changes is None:
            return _error(400, "the body must be an object of settings")
        settings = _merged(binding.settings, changes)
        complaint = _complaint(binding.kind, settings)
        if complaint:
            return _error(400, complaint)
        self._store.change_binding(binding.id, settings)
        return web.json_response(self._shown(binding))

    async def _press_webhook(self, request: web.Request) -> web.Response:
        binding = self._store.binding(request.match_info["id"])
        if binding is None:
            return _error(404, "no such binding")
        trouble = await self._register(binding)
        return web.Response(status=204) if trouble is None else _error(502, trouble)

    async def _leads(self, _: web.Request) -> web.Response:
        return web.json_response(self._store.leads())

    async def _archive(self, request: web.Request) -> web.Response:
        if self._store.lead(request.match_info["id"]) is None:
            return _error(404, "no such lead")
        return web.json_response(self._store.archive(request.match_info["id"]))

    async def _webhook_log(self, _: web.Request) -> web.Response:
        return web.json_response(self._store.webhook_log())

    async def _say(self, request: web.Request) -> web.Response:
        lead = self._store.lead(request.match_info["id"])
        if lead is None:
            return _error(404, "no such lead")
        body = await _object(request)
        text = body.get("text") if body is not None else None
        if not isinstance(text, str) or not text:
            return _error(400, "text must be a string that is not empty")
        self._desk.say(lead, text)
        return web.Response(status=202)

    def _shown(self, binding: Binding) -> dict[str, Any]:
        trouble = binding.denied or binding.trouble
        if binding.kind != "jivo":
            offered = {"excludable": EXCLUDABLE} if binding.kind == "livetex" else {}
            return {"id": binding.id, "name": binding.name, "trouble": trouble} | offered
        return {
            "id": binding.id,
            "name": binding.name,
            "token": binding.token,
            "bot_url": f"{self._public_url}/jivo/{binding.id}/bot",
            "webhook_url": f"{self._public_url}/jivo/{binding.id}/webhook",
            "trouble": trouble,
        }


def _complaint(kind: str, settings: dict[str, Any]) -> str:
    """Say what is wrong with settings; nothing where nothing is. What nobody knows is ignored."""
    for key, form in FORMS[kind].items():
        if not isinstance(settings.get(key), form) and (key in settings or key in REQUIRED[kind]):
            return f"settings.{key} must be {WORDS[form]}"
    for key, value in settings.get("widgets", {}).items() if "widgets" in FORMS[kind] else ():
        if not isinstance(value, str | None):
            return f"settings.widgets.{key} must be a string or null"
    if not all(isinstance(entry, str) for entry in settings.get("excluded", ()) if "excluded" in FORMS[kind]):
        return "settings.excluded must be a list of strings"
    return ""


def _merged(settings: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """Merge as RFC 7396 says: null removes, objects merge, all else replaces."""
    merged = dict(settings)
    for key, value in changes.items():
        if value is None:
            merged.pop(key, None)
        elif isinstance(value, dict):
            before = merged.get(key)
            merged[key] = _merged(before if isinstance(before, dict) else {}, value)
        else:
            merged[key] = value
    return merged


async def _object(request: web.Request) -> dict[str, Any] | None:
    try:
        body = read_json(await read_body(request))
    except MalformedError:
        return None
    return body if isinstance(body, dict) else None


def _error(status: int, words: str) -> web.Response:
    return web.json_response({"error": words}, status=status)
