"""The bridge's side of Jivo: what its events mean, and how to call it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from harness.bridge.body import MalformedError, read_json
from harness.bridge.call import judged, lives, post
from harness.bridge.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    import aiohttp

    from harness.bridge.attachment import Attachment
    from harness.bridge.store import Binding

MILLISECONDS_BEGIN = 100_000_000_000  # a timestamp above this cannot be seconds before the year 5138
END_OF_TIME = 253_402_300_800_000  # milliseconds; where the year 10000 begins
MOST_BYTES = 2**53  # of a file, beyond which a number is no size
IDS = ("id", "client_id", "chat_id")


@dataclass(frozen=True, slots=True)
class Event:
    """An event of the Bot API, as far as the bridge needs it."""

    kind: str
    id: str
    person: str
    chat: str
    text: str
    file: str | None
    at: int | None  # milliseconds
    name: str | None
    online: bool | None  # whether any operator is
    file_name: str | None = None
    file_size: int | None = None  # bytes


def read_event(body: bytes) -> Event:
    """Read an event; unknown keys are ignored, what is optional may be missing.

    Raises:
        MalformedError: it has not the documented shape.
    """
    event = read_json(body)
    if not isinstance(event, dict) or not isinstance(event.get("event"), str):
        raise MalformedError("event is missing")
    missing = [key for key in IDS if not isinstance(event.get(key), str)]
    if missing:
        raise MalformedError(f"{missing[0]} must be a string")
    message = event.get("message")
    if event["event"] == "CLIENT_MESSAGE" and not isinstance(message, dict):
        raise MalformedError("message must be an object")
    words = message if isinstance(message, dict) else {}
    sender = event.get("sender")
    name = sender.get("name") if isinstance(sender, dict) else None
    file = words.get("file")
    text = words.get("text") or file or ""
    online, size = event.get("agents_online"), words.get("file_size")
    title = words.get("file_name")
    return Event(
        kind=event["event"],
        id=event["id"],
        person=event["client_id"],
        chat=event["chat_id"],
        text=text if isinstance(text, str) else "",
        file=file if isinstance(file, str) and file else None,
        at=instant(words.get("timestamp")),
        name=name if isinstance(name, str) and name else None,
        online=online if isinstance(online, bool) else None,
        file_name=title if isinstance(title, str) and title else None,
        file_size=size if type(size) is int and 0 <= size <= MOST_BYTES else None,
    )


def instant(timestamp: Any) -> int | None:
    """Read an instant in milliseconds, whether the wire said seconds or milliseconds, number or string."""
    try:
        number = float(timestamp)
        milliseconds = round(number if number >= MILLISECONDS_BEGIN else number * 1000)
    except (TypeError, ValueError, OverflowError):
        return None
    return milliseconds if 0 <= milliseconds < END_OF_TIME else None


class JivoClient:
    """Calls Jivo for one binding. No limit of its texts is known (protocol/jivo 9)."""

    longest_text = longest_caption = None

    def __init__(self, session: aiohttp.ClientSession, binding: Binding) -> None:
        """Call over that session, as that binding."""
        self._session = session
        root = str(binding.settings["api_url"]).rstrip("/")
        provider = quote(str(binding.settings["provider_id"]), safe="")
        self._url = f"{root}/webhooks/{provider}/{quote(binding.token, safe=':')}"

    async def say(self, event_id: str, person: str, chat: str, text: str, at: int) -> Outcome:
        """Post a BOT_MESSAGE of type TEXT; ``at`` in milliseconds."""
        message = {"type": "TEXT", "text": text, "timestamp": at // 1000}
        return await self._call("BOT_MESSAGE", event_id, person, chat, {"message": message})

    async def offer(  # noqa: PLR0913, PLR0917 - the parts of a menu
        self, event_id: str, person: str, chat: str, title: str, text: str, buttons: Sequence[tuple[str, str]], at: int
    ) -> Outcome:
        """Post a BOT_MESSAGE of type BUTTONS; ``text`` stands in where buttons cannot be shown."""
        shown = [{"text": caption, "id": code} for caption, code in buttons]
        message = {"type": "BUTTONS", "title": title, "text": text, "buttons": shown, "timestamp": at // 1000}
        return await self._call("BOT_MESSAGE", event_id, person, chat, {"message": message})

    async def attach(  # noqa: PLR0913, PLR0917 - the parts of a file
        self, event_id: str, person: str, chat: str, attachment: Attachment, caption: str, at: int
    ) -> Outcome:
        """Post a file by its address, which Jivo has as a text."""
        words = f"{caption}\n{attachment.address}" if caption else attachment.address
        return await self.say(event_id, person, chat, words, at)

    async def ask_rating(self, event_id: str, person: str, chat: str) -> Outcome:
        """Ask for a rating."""
        return await self._call("INIT_RATE", event_id, person, chat, {})

    async def invite(self, event_id: str, person: str, chat: str) -> Outcome:
        """Ask for an operator."""
        return await self._call("INVITE_AGENT", event_id, person, chat, {})

    async def lives(self) -> Outcome:
        """Ask for a sign of life; the Bot API has no question, so only HTTP is asked."""
        return await lives(self._session, "Jivo", self._url)

    async def _call(self, event: str, event_id: str, person: str, chat: str, more: dict[str, Any]) -> Outcome:
        body = {"event": event, "id": event_id, "client_id": person, "chat_id": chat} | more
        return await post(self._session, "Jivo", self._url, body, _outcome)


def _outcome(status: int, body: bytes) -> Outcome:
    if status < 300:  # noqa: PLR2004 - 2xx
        return Outcome("sent")
    try:
        error = read_json(body)["error"]
        reason = f"{status} {error['code']}: {error['message']}"
    except (MalformedError, KeyError, TypeError):
        reason = str(status)
    return judged(status, reason)
