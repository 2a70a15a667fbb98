"""A small stand-in for Jivo: writes down what a bridge posts, and answers as it is told."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, so many seconds after the request came."""

    status: int = 200
    body: bytes = b"{}"
    after: float = 0.0
    headers: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """What came: the second of virtual time, the path as it was on the wire, and the body."""

    at: float
    path: str
    body: dict[str, Any]


def in_turn(*replies: Reply) -> Callable[[dict[str, Any]], Reply]:
    """Reply with these, one after the other; the last one stays."""
    left = list(replies)
    return lambda _: left.pop(0) if len(left) > 1 else left[0]


class JivoStandIn:
    """Serves every path; ``reply`` decides by the body, and ``sign`` is what a question for a sign of life is told."""

    def __init__(self) -> None:
        """Accept everything at once."""
        self.heard: list[Heard] = []
        self.asked: list[float] = []  # seconds at which a sign of life was asked for
        self.sign = Reply(405)
        self.reply: Callable[[dict[str, Any]], Reply] = in_turn(Reply())

    async def __call__(self, request: web.BaseRequest) -> web.StreamResponse:
        """Write down, wait, answer."""
        if request.method == "HEAD":
            self.asked.append(asyncio.get_running_loop().time())
            await asyncio.sleep(self.sign.after)
            return web.Response(status=self.sign.status, headers=self.sign.headers)
        body = json.loads(await request.read())
        self.heard.append(Heard(asyncio.get_running_loop().time(), request.raw_path, body))
        reply = self.reply(body)
        await asyncio.sleep(reply.after)
        return web.Response(
            status=reply.status, body=reply.body, content_type="application/json", headers=reply.headers
        )

    @property
    def events(self) -> list[str]:
        """The kinds of what came, in order."""
        return [heard.body["event"] for heard in self.heard]

    @property
    def messages(self) -> list[dict[str, Any]]:
        """The messages that came, in order."""
        return [heard.body["message"] for heard in self.heard if "message" in heard.body]

    @property
    def texts(self) -> list[str]:
        """The texts that came, in order."""
        return [message["text"] for message in self.messages]
