"""Bodies as they come in from whoever calls."""

from __future__ import annotations

import asyncio
import json
import math
from typing import TYPE_CHECKING, Any

from aiohttp import web

if TYPE_CHECKING:
    from aiohttp.web_request import BaseRequest

DEEPEST = 64  # levels; nothing that is documented goes beyond ten
BODY_SECONDS = 10  # in which a body must have come in whole


class MalformedError(Exception):
    """The body is not what it should be."""


async def read_body(request: BaseRequest) -> bytes:
    """Read a request's body whole; one beyond 1 MiB is 413.

    Raises:
        MalformedError: it does not come in time, or is not packed as it says.
    """
    try:
        async with asyncio.timeout(BODY_SECONDS):
            return await request.read()
    except TimeoutError:
        raise MalformedError(f"the body did not come within {BODY_SECONDS} s") from None
    except web.RequestPayloadError as error:
        raise MalformedError("the body cannot be read") from error


def read_json(body: bytes) -> Any:
    """Read JSON in UTF-8 that can be kept and shown again; half a character, NaN, infinity and an abyss cannot.

    Raises:
        MalformedError: it is something else.
    """
    try:
        value = JSON.decode(body.decode())
        if b"\\u" in body:  # only an escape can smuggle in what UTF-8 cannot hold
            json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise MalformedError("the body is not JSON") from error
    if body.count(b"[") + body.count(b"{") > DEEPEST and _deeper(value, DEEPEST):
        raise MalformedError(f"the body goes deeper than {DEEPEST} levels")
    return value


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


JSON = json.JSONDecoder(parse_constant=_finite, parse_float=_finite)


def _deeper(value: Any, levels: int) -> bool:
    if not isinstance(value, dict | list):
        return False
    parts = value.values() if isinstance(value, dict) else value
    return levels == 0 or any(_deeper(part, levels - 1) for part in parts)
