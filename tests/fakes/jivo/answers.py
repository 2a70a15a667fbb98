"""What Jivo answers to calls, and what a guest answers to Jivo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.fakes.jivo.conftest import Answer

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.fakes.conftest import Record
    from tests.fakes.jivo.conftest import Jivo

GOOD = Answer(200, {})


def refusal(status: int, message: str, code: str = "invalid_request") -> Answer:
    """Make an answer with the recommended error body."""
    return Answer(status, {"error": {"code": code, "message": message}})


CLOSED = refusal(400, "chat is closed")


def last_call(jivo: Jivo) -> Record:
    """Give the record of the last call."""
    return [record for record in jivo.witness.crossings if record.request["sender"] == "bridge"][-1]


def answering(**answer: Any) -> Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]:
    """Make a guest's answer with these parts."""

    async def give(_: web.BaseRequest) -> web.StreamResponse:
        return web.Response(**answer)

    return give
