"""Bridges that do not know what to do with junk."""

from __future__ import annotations

import asyncio
import json
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from aiohttp import web

from harness.bridge import Bridge

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    Door = Callable[[web.Request], Awaitable[web.Response]]

LARGE = 64 * 1024 * 1024  # bytes
LONG = 30  # seconds
ABYSS = re.compile(rb"\[{1000,}\]*|(\{\"a\":){1000,}1?\}*")


class Doorkeeper(Bridge):
    """Has a way of its own with whatever comes through any of its doors."""

    async def keep(self, request: web.Request, door: Door) -> web.Response:
        """Let somebody in, or not."""
        raise NotImplementedError  # each in its own way

    async def _bot_event(self, request: web.Request) -> web.Response:
        return await self.keep(request, super()._bot_event)

    async def _webhook(self, request: web.Request) -> web.Response:
        return await self.keep(request, super()._webhook)

    async def _livetex_webhook(self, request: web.Request) -> web.Response:
        return await self.keep(request, super()._livetex_webhook)

    async def _telegram_update(self, request: web.Request) -> web.Response:
        return await self.keep(request, super()._telegram_update)


class SwallowsJunk(Doorkeeper):
    """Acknowledges junk, so that nobody sends it again."""

    async def keep(self, request: web.Request, door: Door) -> web.Response:
        """Say yes to everything."""
        try:
            answer = await door(request)
        except web.HTTPRequestEntityTooLarge:
            return web.json_response({})
        return web.json_response({}) if answer.status == 400 else answer


class BreaksOnJunk(Doorkeeper):
    """Answers junk with 500."""

    async def keep(self, request: web.Request, door: Door) -> web.Response:
        """Break."""
        answer = await door(request)
        return web.Response(status=500) if answer.status == 400 else answer


class DiesOfJunk(Doorkeeper):
    """Refuses junk, and serves nobody after it."""

    dead = False

    async def keep(self, request: web.Request, door: Door) -> web.Response:
        """Let nobody in once something was junk."""
        if self.dead:
            return web.Response(status=404)
        try:
            answer = await door(request)
        except web.HTTPRequestEntityTooLarge:
            self.dead = True
            raise
        self.dead = answer.status == 400
        return answer


class PondersJunk(Doorkeeper):
    """Refuses junk after half a minute."""

    async def keep(self, request: web.Request, door: Door) -> web.Response:
        """Think about it."""
        answer = await door(request)
        if answer.status == 400:
            await asyncio.sleep(LONG)
        return answer


class Mending(Doorkeeper):
    """Mends a body before it reads it, if it can."""

    def mended(self, body: bytes) -> bytes:
        """Mend it."""
        raise NotImplementedError  # each what it knows

    async def keep(self, request: web.Request, door: Door) -> web.Response:
        """Put a better body in its place."""
        with suppress(web.RequestPayloadError):
            request._read_bytes = self.mended(await request.read())
        return await door(request)


class PicksObjects(Mending):
    """Takes the first object that stands anywhere in a body."""

    def mended(self, body: bytes) -> bytes:
        """Find it."""
        text = body.decode(errors="replace")
        for start in (match.start() for match in re.finditer(r"\{", text[:2000])):
            with suppress(ValueError, RecursionError):
                value: Any = json.JSONDecoder().raw_decode(text, start)[0]
                if len(value) > 1:
                    return json.dumps(value).encode()
        return body


class GuessesEncodings(Mending):
    """Reads whatever encoding it can guess."""

    def mended(self, body: bytes) -> bytes:
        """Guess it."""
        with suppress(ValueError):
            return body.decode(json.detect_encoding(body)).encode()
        return body


class UnpacksArrays(Mending):
    """Takes an array for many messages in one, of which it acts on the first."""

    def mended(self, body: bytes) -> bytes:
        """Take that one."""
        with suppress(ValueError, RecursionError):
            value = json.loads(body)
            if isinstance(value, list) and value:
                return json.dumps(value[0]).encode()
        return body


class FillsAbysses(Mending):
    """Reads to any depth."""

    def mended(self, body: bytes) -> bytes:
        """Make it shallow, which comes to the same."""
        return ABYSS.sub(b"0", body)


class TakesAnySize(Mending):
    """Reads to any length."""

    async def keep(self, request: web.Request, door: Door) -> web.Response:
        """Do not look at the size."""
        request._client_max_size = LARGE
        return await super().keep(request, door)

    def mended(self, body: bytes) -> bytes:
        """Leave it as it is."""
        return body


class GreetsSilence(Doorkeeper):
    """Takes an empty body for somebody who looks whether it is there."""

    async def keep(self, request: web.Request, door: Door) -> web.Response:
        """Say that it is."""
        with suppress(web.RequestPayloadError):
            if not (await request.read()).strip():
                return web.json_response({"result": "ok"})
        return await door(request)


class TripsOverPacking(Doorkeeper):
    """Answers 500 to what is not packed as it says."""

    async def keep(self, request: web.Request, door: Door) -> web.Response:
        """Fall."""
        try:
            await request.read()
        except web.RequestPayloadError:
            return web.Response(status=500)
        return await door(request)
