"""What a caller gets whom the weather strikes: another answer, a part of the true one, silence, or a broken line."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from fakes.kit.ports import Clock, Crossing, Struck

GLANCE = 1.0  # seconds between two looks at whether a caller who gets no answer has hung up
LONGEST_SILENCE = 120.0  # seconds after which the silence ends with a broken connection; any caller gave up by then


async def undergo(
    request: web.BaseRequest, struck: Struck, crossing: Crossing, clock: Clock, answer: web.Response | None
) -> web.StreamResponse:
    """Give a caller what the weather decided, and write it down; ``answer`` is the true one, if there was one."""
    if struck.pieces is not None and answer is not None:
        return await _in_pieces(request, struck, crossing, answer)
    if struck.silent:
        await _silence(request, clock)
    crossing.failed(str(struck))
    if struck.status is not None:
        return web.Response(status=struck.status, headers=struck.headers, body=struck.body)
    _break(request)
    return web.Response(status=500)


async def _in_pieces(
    request: web.BaseRequest, struck: Struck, crossing: Crossing, answer: web.Response
) -> web.StreamResponse:
    whole = answer.body if isinstance(answer.body, bytes) else b""
    given = web.StreamResponse(status=answer.status, headers=answer.headers)
    given.content_length = len(whole)
    sent = b""
    try:
        await given.prepare(request)
        async for piece in struck.pieces(whole):  # type: ignore[misc] # the caller looked
            await given.write(piece)
            sent += piece
    except ConnectionError:
        crossing.failed(f"{struck}, and the caller hung up")
        return given
    if sent == whole:
        crossing.answered(answer.status, answer.headers, whole)
    else:
        crossing.failed(f"{struck}: {len(sent)} of {len(whole)} bytes")
        if request.transport is not None:
            request.transport.close()  # politely, or what was sent would not arrive
    return given


async def _silence(request: web.BaseRequest, clock: Clock) -> None:
    """Wait until the caller hangs up."""
    until = clock.now() + LONGEST_SILENCE
    while request.transport is not None and not request.transport.is_closing() and clock.now() < until:
        over = asyncio.get_running_loop().create_future()
        timer = clock.call_later(GLANCE, over.set_result, None)
        try:
            await over
        finally:
            timer.cancel()


def _break(request: web.BaseRequest) -> None:
    if request.transport is not None:
        request.transport.abort()
