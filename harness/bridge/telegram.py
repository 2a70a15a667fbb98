"""The bridge's side of Telegram: what its updates mean, and how to call its Bot API."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import aiohttp
from yarl import URL

from harness.bridge.attachment import DOCUMENT, FILM, PICTURE, SOUND, VOICE, Attachment, kind_of
from harness.bridge.body import MalformedError, read_json
from harness.bridge.call import IN_TIME, bounded, judged, post
from harness.bridge.jivo import instant
from harness.bridge.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from harness.bridge.store import Binding

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
WANTED = ["message", "edited_message", "callback_query", "my_chat_member"]
METHODS = {
    PICTURE: ("sendPhoto", "photo"),
    FILM: ("sendVideo", "video"),
    SOUND: ("sendAudio", "audio"),
    VOICE: ("sendVoice", "voice"),
    DOCUMENT: ("sendDocument", "document"),
}
MEDIA = {"video": "video/mp4", "audio": "audio/mpeg", "voice": "audio/ogg", "document": None}  # and the usual type
MOST_BYTES = 2**53  # of a file, beyond which a number is no size
TOO_MANY = 429
NO_SUCH_TOKEN = 404  # for a token that is malformed
LONGEST_TEXT, LONGEST_CAPTION = 4096, 1024  # UTF-16 code units
CHAT = re.compile(r"-?[0-9]{1,20}")


# what comes


@dataclass(frozen=True, slots=True)
class Media:
    """A file that lies at Telegram: its id there, and what is known of it."""

    id: str
    name: str | None
    type: str | None  # of its content
    size: int | None  # bytes


@dataclass(frozen=True, slots=True)
class Update:
    """An update, as far as the bridge needs it; what is missing or has another shape is None.

    Attributes:
        kind: which of its kinds it is: ``message``, ``edited_message``, ``callback_query`` and others.
        person: who did it, where it happened in a private chat.
        text: the words, or the caption; what is neither words nor a file is named in words.
        code: what stands behind the button that was pressed.
        query: the id of the pressing, by which it is answered.
        at: when it was written (milliseconds).
    """

    id: str | None
    kind: str
    person: str | None
    chat: str | None
    name: str | None
    text: str | None
    code: str | None
    query: str | None
    media: Media | None
    at: int | None


def read_update(update: Mapping[str, Any]) -> Update:
    """Read an update of any kind."""
    kind = next((key for key, part in update.items() if key != "update_id" and isinstance(part, dict)), "")
    part = _object(update.get(kind))
    message = _object(part.get("message")) if kind == "callback_query" else part
    chat, sender = _object(message.get("chat")), _object(part.get("from"))
    private = chat.get("type") == "private"
    return Update(
        id=_id(update.get("update_id")),
        kind=kind,
        person=_id(sender.get("id")) if private else None,
        chat=_id(chat.get("id")) if private else None,
        name=_name(sender),
        text=None if kind == "callback_query" else _text(message),
        code=_word(part.get("data")),
        query=_id(part.get("id")) if kind == "callback_query" else None,
        media=None if kind == "callback_query" else _media(message),
        at=None if kind == "callback_query" else instant(message.get("edit_date") or message.get("date")),
    )


def _text(message: Mapping[str, Any]) -> str | None:
    words = _word(message.get("text")) or _word(message.get("caption"))
    if words is not None:
        return words
    if isinstance(place := message.get("location"), dict):
        return f"Место: {place.get('latitude')}, {place.get('longitude')}"
    if isinstance(sticker := message.get("sticker"), dict):
        return f"Стикер {_word(sticker.get('emoji')) or ''}".rstrip()
    return None


def _media(message: Mapping[str, Any]) -> Media | None:
    photo = message.get("photo")
    sizes = [size for size in photo if isinstance(size, dict)] if isinstance(photo, list) else []
    if sizes:
        return _file(max(sizes, key=lambda size: _number(size.get("width")) or 0), "image/jpeg")
    found = next((key for key in MEDIA if isinstance(message.get(key), dict)), None)
    return _file(message[found], MEDIA[found]) if found is not None else None


def _file(part: Mapping[str, Any], usual: str | None) -> Media | None:
    number = _word(part.get("file_id"))
    if number is None:
        return None
    kind = _word(part.get("mime_type")) or usual
    return Media(number, _word(part.get("file_name")), kind, _number(part.get("file_size")))


def _name(sender: Mapping[str, Any]) -> str | None:
    parts = ((_word(sender.get(key)) or "").strip() for key in ("first_name", "last_name"))
    return " ".join(filter(None, parts)) or None


def _object(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _word(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _number(value: Any) -> int | None:
    return value if type(value) is int and 0 <= value <= MOST_BYTES else None


def _id(value: Any) -> str | None:
    return str(value) if type(value) is int else _word(value)


# what is called


class TelegramClient:
    """Calls Telegram for one bot."""

    longest_text, longest_caption = LONGEST_TEXT, LONGEST_CAPTION

    def __init__(self, session: aiohttp.ClientSession, binding: Binding) -> None:
        """Call over that session, with the token of that binding."""
        self._session = session
        root = str(binding.settings["api_url"]).rstrip("/")
        token = quote(str(binding.settings["token"]), safe=":")
        self._calls, self._files = f"{root}/bot{token}", f"{root}/file/bot{token}"

    async def say(self, event_id: str, person: str, chat: str, text: str, at: int) -> Outcome:
        """Send a text; Telegram takes neither an id nor an instant."""
        del event_id, person, at
        return await self._call("sendMessage", {"chat_id": _chat(chat), "text": text})

    async def offer(  # noqa: PLR0913, PLR0917 - the parts of a menu
        self, event_id: str, person: str, chat: str, title: str, text: str, buttons: Sequence[tuple[str, str]], at: int
    ) -> Outcome:
        """Send a menu: its title, with a button below it for every choice, each in a row of its own."""
        del event_id, person, text, at
        rows = [[{"text": caption, "callback_data": code}] for caption, code in buttons]
        body = {"chat_id": _chat(chat), "text": title, "reply_markup": {"inline_keyboard": rows}}
        return await self._call("sendMessage", body)

    async def attach(  # noqa: PLR0913, PLR0917 - the parts of a file
        self, event_id: str, person: str, chat: str, attachment: Attachment, caption: str, at: int
    ) -> Outcome:
        """Send a file by its address, as what it is, with a caption or without."""
        del event_id, person, at
        method, part = METHODS[kind_of(attachment)]
        words = {"caption": caption} if caption else {}
        return await self._call(method, {"chat_id": _chat(chat), part: attachment.address} | words)

    async def ask_rating(self, event_id: str, person: str, chat: str) -> Outcome:
        """Refuse: Telegram has no such form."""
        del event_id, person, chat
        return Outcome("refused", "Telegram cannot ask for a rating")

    async def invite(self, event_id: str, person: str, chat: str) -> Outcome:
        """Refuse: Telegram has no operators."""
        del event_id, person, chat
        return Outcome("refused", "Telegram has no operators")

    async def release(self, query: str) -> Outcome:
        """Answer the pressing of a button, so that it stops turning."""
        return await self._call("answerCallbackQuery", {"callback_query_id": query})

    async def lives(self) -> Outcome:
        """Ask who the bot is, which changes nothing."""
        return await self._call("getMe", {})

    async def webhook(self) -> Outcome:
        """Ask where the updates go; the result is the URL."""
        outcome = await self._call("getWebhookInfo", {})
        return replace(outcome, result=_word(_object(outcome.result).get("url")))

    async def register(self, url: str, secret: str) -> Outcome:
        """Let Telegram send its updates to that URL, with that secret in a header of each."""
        return await self._call("setWebhook", {"url": url, "secret_token": secret, "allowed_updates": WANTED})

    async def fetch(self, file: str) -> tuple[bytes, str] | None:
        """Fetch a file; answers its content and the type that Telegram gives it, None where it cannot be had."""
        outcome = await self._call("getFile", {"file_id": file})
        path = _word(_object(outcome.result).get("file_path"))
        if path is None:
            return None
        address = URL(f"{self._files}/{quote(path)}", encoded=True)
        try:
            async with self._session.get(address, timeout=IN_TIME, allow_redirects=False) as answer:
                return (await answer.read(), answer.content_type) if answer.status == 200 else None  # noqa: PLR2004 - success
        except (TimeoutError, aiohttp.ClientError):
            return None

    async def _call(self, method: str, body: dict[str, Any]) -> Outcome:
        return await post(self._session, "Telegram", f"{self._calls}/{method}", body, _outcome)


def _chat(chat: str) -> int | str:
    return int(chat) if CHAT.fullmatch(chat) else chat


def _outcome(status: int, body: bytes) -> Outcome:
    try:
        answer = _object(read_json(body))
    except MalformedError:
        answer = {}
    if status < 300 and answer.get("ok") is True:  # noqa: PLR2004 - 2xx
        return Outcome("sent", result=answer.get("result"))
    if status < 300:  # noqa: PLR2004 - whoever answered, it was not Telegram
        return Outcome("doubtful", f"Telegram answered {status} without ok", again=True)
    words = _word(answer.get("description"))
    outcome = judged(status, f"Telegram answered {status}{f': {words}' if words else ''}")
    if status == TOO_MANY:
        return replace(outcome, pause=bounded(_number(_object(answer.get("parameters")).get("retry_after")) or 0))
    return replace(outcome, denied=outcome.denied or status == NO_SUCH_TOKEN)
