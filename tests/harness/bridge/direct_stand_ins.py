"""Small stand-ins for Telegram and LiveTex: they write down what a bridge calls, and answer as they are told."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.harness.bridge.jivo_stand_in import Reply

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Called:
    """What came: the second of virtual time, the method, the URL as it was on the wire, and the body."""

    at: float
    method: str
    url: str
    body: dict[str, Any]


class StandIn:
    """Serves every path; the last part of it is the method."""

    def __init__(self) -> None:
        """Take everything at once."""
        self.called: list[Called] = []
        self.replies: dict[str, Callable[[dict[str, Any]], Reply | None]] = {}

    async def __call__(self, request: web.BaseRequest) -> web.StreamResponse:
        """Write down, wait, answer."""
        body = json.loads(await request.read() or b"{}")
        method = request.path.rpartition("/")[2]
        self.called.append(Called(asyncio.get_running_loop().time(), method, request.raw_path, body))
        told = self.replies.get(method)
        reply = (told(body) if told is not None else None) or self.answer(method, body)
        await asyncio.sleep(reply.after)
        return web.Response(
            status=reply.status, body=reply.body, content_type="application/json", headers=reply.headers
        )

    def answer(self, method: str, body: dict[str, Any]) -> Reply:
        """Answer as the vendor does when all is well."""
        raise NotImplementedError  # each stand-in answers its own

    @property
    def methods(self) -> list[str]:
        """The methods that were called, in order."""
        return [called.method for called in self.called]

    def bodies(self, *methods: str) -> list[dict[str, Any]]:
        """Give the bodies of the calls of some methods, in order."""
        return [called.body for called in self.called if called.method in methods]


class TelegramStandIn(StandIn):
    """Takes everything; ``files`` are the contents that lie here, each with its type, by file id."""

    def __init__(self) -> None:
        """Have no file."""
        super().__init__()
        self.files: dict[str, tuple[bytes, str]] = {}

    async def __call__(self, request: web.BaseRequest) -> web.StreamResponse:
        """Serve a file, or a call."""
        if not request.path.startswith("/file/"):
            return await super().__call__(request)
        self.called.append(Called(asyncio.get_running_loop().time(), "file", request.raw_path, {}))
        content, kind = self.files[request.path.rpartition("/")[2]]
        return web.Response(body=content, content_type=kind)

    def answer(self, method: str, body: dict[str, Any]) -> Reply:
        """Answer ok."""
        result: Any = True
        if method == "getFile":
            if body["file_id"] not in self.files:
                return Reply(400, b'{"ok": false, "error_code": 400, "description": "Bad Request: invalid file_id"}')
            result = {"file_id": body["file_id"], "file_unique_id": "u", "file_path": f"documents/{body['file_id']}"}
        elif method.startswith("send"):
            result = {"message_id": len(self.called)}
        return Reply(200, json.dumps({"ok": True, "result": result}).encode())

    @property
    def shown(self) -> list[str]:
        """What the visitor saw, in order: a text, or a file's address with its caption before it."""
        lines = []
        for body in (called.body for called in self.called if called.method.startswith("send")):
            words = [body.get(key) for key in ("text", "caption", "photo", "video", "audio", "voice", "document")]
            lines.append(" ".join(filter(None, words)))
        return lines


class LiveTexStandIn(StandIn):
    """Takes everything; ``online`` tells of each group whether somebody in it is online."""

    def __init__(self) -> None:
        """Have one group, in which nobody is online."""
        super().__init__()
        self.online = [False]
        self.chosen: set[str] = set()

    def answer(self, method: str, body: dict[str, Any]) -> Reply:
        """Answer success."""
        result: dict[str, Any] = {"success": True}
        if method in ("sendText", "sendFile"):
            result |= {"message_id": f"m{len(self.called)}", "timestamp": 1_767_600_000_123}
        if method == "getDestinations":
            result["destinations"] = [
                {"destination_type": "Department", "destination_id": str(70011 - place), "name": "Г", "has_online": one}
                for place, one in enumerate(self.online)
            ]
        if method == "selectDestination":
            self.chosen.add(body["user_id"])
        if method == "getCurrentDestination" and body["user_id"] in self.chosen:
            result["destination"] = {"destination_type": "Department", "destination_id": "70011"}
        return Reply(200, json.dumps(result).encode())

    @property
    def lines(self) -> list[str]:
        """What was mirrored, in order: the text, or the comment with the file's address behind."""
        bodies = self.bodies("sendText", "sendFile")
        return [" ".join(filter(None, (body.get("text"), body.get("comment"), body.get("url")))) for body in bodies]

    def message(self, line: int = -1) -> str:
        """Give the id of a mirrored message by its place among them."""
        places = [place for place, called in enumerate(self.called, 1) if called.method in ("sendText", "sendFile")]
        return f"m{places[line]}"
