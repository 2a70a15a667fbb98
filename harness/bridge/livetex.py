"""The bridge's side of LiveTex: what its webhooks mean, and how to call its Messaging API."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hmac import compare_digest
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from harness.bridge.body import MalformedError, read_json
from harness.bridge.call import judged, post
from harness.bridge.jivo import instant
from harness.bridge.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    import aiohttp

    from harness.bridge.attachment import Attachment
    from harness.bridge.store import Binding

VERSION = "1.2"
OK = 200
FORBIDDEN = 403  # the method is not for that account
LONGEST_TEXT = 2000  # characters, the title counted; not documented for this product (protocol/livetex A6)


# what comes


@dataclass(frozen=True, slots=True)
class Employee:
    """An operator: his id, and his name as the lead is told it, empty where none is known."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Webhook:
    """A webhook, as far as the bridge needs it; what is missing or has another shape is None.

    Attributes:
        user: whom it is about: the id under which the bridge mirrors a lead.
        message: the id of the message that was delivered.
        own: whether it tells of a message that the bridge sent itself.
        at: when it happened (milliseconds).
    """

    kind: str
    id: str | None
    user: str | None
    message: str | None
    employee: Employee | None
    text: str | None
    link: str | None
    name: str | None
    comment: str | None
    own: bool
    at: int | None


def is_genuine(payload: Mapping[str, Any], secret: str) -> bool:
    """Tell whether a webhook carries the secret that was registered."""
    given = payload.get("webhook_key")
    return isinstance(given, str) and compare_digest(given.encode(), secret.encode())


def read_webhook(payload: Mapping[str, Any]) -> Webhook:
    """Read a webhook of any kind."""
    return Webhook(
        kind=_word(payload.get("type")) or "",
        id=_word(payload.get("id")),
        user=_word(payload.get("user_id")),
        message=_word(payload.get("message_id")),
        employee=_employee(payload.get("employee")),
        text=_word(payload.get("text")),
        link=_word(payload.get("url")),
        name=_word(payload.get("name")),
        comment=_word(payload.get("comment")),
        own=payload.get("from") == "User",
        at=instant(payload.get("timestamp")),
    )


def kept_webhook(parts: Mapping[str, Any]) -> Webhook:
    """Read a webhook out of its parts, as ``dataclasses.asdict`` gives them."""
    employee = parts["employee"]
    return Webhook(**{**parts, "employee": Employee(**employee) if employee is not None else None})


def _employee(value: Any) -> Employee | None:
    number = _word(value.get("employee_id")) if isinstance(value, dict) else None
    if number is None:
        return None
    full = " ".join(filter(None, (_name(value.get("first_name")), _name(value.get("last_name")))))
    return Employee(number, full or _name(value.get("nick_name")))


def _name(value: Any) -> str:
    return (_word(value) or "").strip()


def _word(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


# what is called


@dataclass(frozen=True, slots=True)
class Group:
    """A group of operators, as LiveTex lists it; ``online`` is whether somebody in it is."""

    kind: str
    id: str
    online: bool


class LiveTexClient:
    """Calls LiveTex for one contact point. All that is sent is the visitor's, who is ``user`` here."""

    def __init__(self, session: aiohttp.ClientSession, binding: Binding) -> None:
        """Call over that session, with the key of that binding."""
        self._session = session
        self._root = f"{str(binding.settings['api_url']).rstrip('/')}/{VERSION}"
        self._key = quote(str(binding.settings["key"]), safe="")

    async def send_text(self, user: str, text: str) -> Outcome:
        """Send a text; the result is the id of the message."""
        return _message(await self._call("sendText", {"user_id": user, "text": text}))

    async def send_file(self, user: str, attachment: Attachment, comment: str) -> Outcome:
        """Send a file by its address; the result is the id of the message."""
        known = {"file_name": attachment.name, "size": attachment.size, "comment": comment or None}
        body = {"user_id": user, "url": attachment.address} | {key: part for key, part in known.items() if part}
        return _message(await self._call("sendFile", body))

    async def groups(self) -> Outcome:
        """Ask for the groups; the result is a list of them, in the order of LiveTex."""
        outcome = await self._call("getDestinations")
        if outcome.state != "sent":
            return outcome
        listed = outcome.result.get("destinations")
        groups = [_group(entry) for entry in listed] if isinstance(listed, list) else []
        return Outcome("sent", result=[group for group in groups if group is not None])

    async def choose(self, user: str, group: Group, name: str | None, attributes: Mapping[str, str]) -> Outcome:
        """Choose the group that gets the dialogue; name and attributes stand at its head."""
        body: dict[str, Any] = {"user_id": user, "destination_type": group.kind, "destination_id": group.id}
        if name:
            body["name"] = name
        if attributes:
            body["attributes"] = dict(attributes)
        return await self._call("selectDestination", body)

    async def chosen(self, user: str) -> Outcome:
        """Ask whether a group is chosen; the result says so."""
        outcome = await self._call("getCurrentDestination", {"user_id": user})
        if outcome.state != "sent":
            return outcome
        return Outcome("sent", result=isinstance(outcome.result.get("destination"), dict))

    async def register(self, url: str, secret: str) -> Outcome:
        """Let LiveTex send all its webhooks to that URL, with that secret in each."""
        return await self._call("setWebhook", {"url": url, "webhook_key": secret})

    async def webhook(self) -> Outcome:
        """Ask where the webhooks go; the result is the URL."""
        outcome = await self._call("getWebhookSettings")
        return replace(outcome, result=_word(outcome.result.get("url"))) if outcome.state == "sent" else outcome

    async def _call(self, method: str, body: dict[str, Any] | None = None) -> Outcome:
        return await post(self._session, "LiveTex", f"{self._root}/{method}?key={self._key}", body, _outcome)


def _group(entry: Any) -> Group | None:
    if not isinstance(entry, dict):
        return None
    kind, number = _word(entry.get("destination_type")), _word(entry.get("destination_id"))
    return Group(kind, number, entry.get("has_online") is True) if kind and number else None


def _message(outcome: Outcome) -> Outcome:
    if outcome.state != "sent":
        return outcome
    return Outcome("sent", result=_word(outcome.result.get("message_id")))


def _outcome(status: int, body: bytes) -> Outcome:
    try:
        answer = read_json(body)
    except MalformedError:
        answer = None
    if not isinstance(answer, dict):
        answer = {}
    if status == OK and answer.get("success") is True:
        return Outcome("sent", result=answer)
    if status == OK and "success" not in answer:  # whoever answered, it was not LiveTex
        return Outcome("doubtful", "LiveTex answered 200 without success", again=True)
    words = f", error code {answer['error_code']}: {answer.get('error_message')}" if "error_code" in answer else ""
    outcome = judged(status, f"LiveTex answered {status}{words}")
    return replace(outcome, denied=outcome.denied or status == FORBIDDEN)
