"""Bridges and fakes that do what no body may make them do."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, ClassVar

from aiohttp import web

from fakes.jivo.server import Server
from harness.bridge import Bridge

if TYPE_CHECKING:
    from fakes.kit.ports import Crossing
    from harness.bridge.store import Binding

TRIGGER = b"trigger"  # what a body holds that brings the lie out


class Liar(Bridge):
    """Lies to whoever brings an event that holds the trigger."""

    async def _bot_event(self, request: web.Request) -> web.Response:
        body = await request.read()
        answer = await super()._bot_event(request)
        return await self.lie(request, answer) if TRIGGER in body else answer

    async def lie(self, request: web.Request, answer: web.Response) -> web.Response:
        """Do it."""
        raise NotImplementedError  # each lies in its own way


class Breaks(Liar):
    """Answers with 500."""

    async def lie(self, request: web.Request, answer: web.Response) -> web.Response:
        """Break."""
        del request, answer
        return web.Response(status=500)


class Hangs(Liar):
    """Never answers."""

    async def lie(self, request: web.Request, answer: web.Response) -> web.Response:
        """Wait for ever."""
        del request
        await asyncio.get_running_loop().create_future()
        return answer


class HangsUp(Liar):
    """Breaks the connection."""

    async def lie(self, request: web.Request, answer: web.Response) -> web.Response:
        """Hang up."""
        assert request.transport is not None
        request.transport.abort()
        return answer


class Changes(Liar):
    """Refuses, and makes a lead all the same."""

    async def lie(self, request: web.Request, answer: web.Response) -> web.Response:
        """Make one."""
        del request
        self.store.greet(self.binding(), "23", "23", self._new_id(), None)
        return answer

    def binding(self) -> Binding:
        """Give the binding to Jivo."""
        return self.store.bindings("jivo")[0]


class ChangesLater(Changes):
    """Does so a hundredth of a second after it has refused."""

    async def lie(self, request: web.Request, answer: web.Response) -> web.Response:
        """Make one, by and by."""
        del request
        binding = self.binding()
        asyncio.get_running_loop().call_later(0.01, self.store.greet, binding, "23", "23", self._new_id(), None)
        return answer


class Takes(Liar):
    """Acknowledges what it does not understand."""

    async def lie(self, request: web.Request, answer: web.Response) -> web.Response:
        """Say that all is well."""
        del request, answer
        return web.json_response({})


class Keeps(Liar):
    """Keeps every body that it has refused."""

    kept: ClassVar[list[bytes]] = []

    async def lie(self, request: web.Request, answer: web.Response) -> web.Response:
        """Keep it."""
        self.kept.append(await request.read())
        return answer


class LyingFake(Server):
    """A Jivo that notes a refused call's words in the account."""

    async def _answer(
        self, request: web.BaseRequest, event: Any, value: Any, trouble: str, crossing: Crossing
    ) -> web.Response:
        answer = await super()._answer(request, event, value, trouble, crossing)
        if answer.status == 400 and TRIGGER in await request.read():
            self._sites[0].channels[0].buttons += ("trigger",)
        return answer
