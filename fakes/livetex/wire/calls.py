"""The calls of a bridge: which there are in which version, and what they say (protocol/livetex 1.6)."""

from __future__ import annotations

import json
import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from fakes.kit.contract import schema
from fakes.kit.fields import Fields
from fakes.livetex.site import NAME, Attachment, Head, Webhook
from fakes.livetex.wire.errors import bad_url, forbidden, invalid, unsupported
from fakes.livetex.wire.events import TYPES
from fakes.livetex.wire.objects import VERSIONS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakes.livetex.knobs import Knobs

LATER = ("1.1", "1.2")
METHODS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "getDestinations": VERSIONS,
        "selectDestination": VERSIONS,
        "sendText": VERSIONS,
        "sendFile": VERSIONS,
        "setWebhook": VERSIONS,
        "getWebhookSettings": VERSIONS,
        "getHistory": LATER,
        "getCurrentDestination": LATER,
    }
)
OF_A_VISITOR = frozenset({"sendText", "sendFile", "selectDestination"})
WITHOUT_BODY = frozenset({"getDestinations", "getWebhookSettings"})
PRODUCTS = {"omni 1.0": ("1.0",), "omni 1.1": VERSIONS}
ROUTE = re.compile(r"/([^/]+)/([^/]+)")
SPELLINGS = ("message_id", "messageId")
PAGE = 20  # messages of a history, unless another limit is given


# where a call goes


def route(verb: str, path: str) -> tuple[str, str]:
    """Read version and method from a path.

    Raises:
        Refused: no version has such a method, or it was not posted.
    """
    parts = ROUTE.fullmatch(path)
    if verb != "POST" or parts is None or parts[1] not in VERSIONS or parts[2] not in METHODS:
        raise unsupported(verb, path)
    return parts[1], parts[2]


def named(path: str) -> str:
    """Tell which method a path names; "" if it names none."""
    parts = ROUTE.fullmatch(path)
    return parts[2] if parts is not None and parts[2] in METHODS else ""


def key(query: str) -> str:
    """Read the first key from a query; "" if there is none."""
    pairs = parse_qsl(query, keep_blank_values=True, errors="replace")
    return next((value for name, value in pairs if name == "key"), "")


def addressee(target: str) -> str:
    """Read the key from a request's target; "" if there is none."""
    return key(target.partition("?")[2])


def check_product(version: str, method: str, knobs: Knobs) -> None:
    """Make sure that the account's product has version and method.

    Raises:
        Refused: it has not; nobody falls back silently (protocol/livetex 5).
    """
    if version not in METHODS[method] or version not in PRODUCTS[knobs.product]:
        raise forbidden()


# what it says


def checked(method: str, value: Any, version: str, knobs: Knobs) -> dict[str, Any]:
    """Give the body as this LiveTex sees it: it keeps to the schema, and has no field that the version does not know.

    Raises:
        Refused: it breaks the schema, or a rule that a knob sets.
    """
    if method in WITHOUT_BODY:
        return {}  # whatever comes is tolerated
    if isinstance(value, dict):
        value = _seen(method, value, version, knobs)
    violations = schema(NAME, method).violations(value)
    if violations:
        raise invalid(violations[0])
    return dict(value)


def faults(method: str, value: Any) -> list[str]:
    """List where a body breaks the treaty, for the record."""
    return schema(NAME, method).violations(value)


def unseen(value: Any, seen: Mapping[str, Any]) -> list[str]:
    """List the fields of a body for which this LiveTex has no eyes, as JSON pointers."""
    if not isinstance(value, dict):
        return []
    return Fields({key: part for key, part in value.items() if key not in seen}).unread()


def _seen(method: str, value: dict[str, Any], version: str, knobs: Knobs) -> dict[str, Any]:
    """Leave out what this version or this LiveTex has no eyes for."""
    known = set(schema(NAME, method).source["properties"])
    if method == "setWebhook" and version == "1.0":
        known.discard("webhook_event_types")
    if method == "getHistory":
        known -= {spelling for spelling in SPELLINGS if knobs.history_id not in {"both", spelling}}
    unknown = [key for key in value if key not in known]
    if unknown and knobs.unknown_fields == "refused":
        raise invalid(f"{unknown[0]} is unknown")
    seen = {key: part for key, part in value.items() if key in known}
    types = seen.get("webhook_event_types")
    if knobs.unknown_event_types == "ignored" and isinstance(types, list):
        seen["webhook_event_types"] = [name for name in types if not isinstance(name, str) or name in TYPES]
    return seen


def text(call: Fields, knobs: Knobs) -> str:
    """Read what sendText says.

    Raises:
        Refused: it is longer than a text may be.
    """
    words: str = call["text"]
    if knobs.longest_text is not None and len(words) > knobs.longest_text:
        raise invalid(f"text is longer than {knobs.longest_text} characters")
    return words


def file(call: Fields) -> Attachment:
    """Read what sendFile says.

    Raises:
        Refused: its address is not absolute.
    """
    reason = _why_no_address(call["url"])
    if reason:
        raise invalid(f"url {reason}")
    size = call.get("size")
    return Attachment(call["url"], call.get("file_name"), None if size is None else int(size), call.get("comment"))


def head(call: Fields, knobs: Knobs) -> Head:
    """Read what selectDestination says of the visitor; values are kept as words (LTX-A4).

    Raises:
        Refused: there is a value that is no string, where only strings may be.
    """
    shown, hidden = (_attributes(call, name, knobs) for name in ("attributes", "hidden_attributes"))
    return Head(call.get("name"), shown, hidden)


def _attributes(call: Fields, name: str, knobs: Knobs) -> dict[str, str]:
    given = dict(call[name]) if name in call else {}
    wrong = [label for label, value in given.items() if not isinstance(value, str)]
    if wrong and knobs.attribute_values == "strings":
        raise invalid(f"{name}/{wrong[0]} is no string")
    return {label: value if isinstance(value, str) else json.dumps(value) for label, value in given.items()}


def check_webhook_url(method: str, value: Any, knobs: Knobs) -> None:
    """Make sure that a webhook could be at the address that setWebhook gives, if it gives one.

    Raises:
        Refused: it could not.
    """
    url = value.get("url") if method == "setWebhook" and isinstance(value, dict) else None
    if not isinstance(url, str) or (not url and knobs.empty_webhook == "taken off"):
        return
    reason = _why_no_address(url)
    if not reason and knobs.https_webhooks and not url.lower().startswith("https://"):
        reason = "http is not supported"
    if reason:
        raise bad_url(url, reason)


def webhook(call: Fields, version: str) -> Webhook | None:
    """Read what setWebhook sets; None, if it takes the webhook off."""
    types = call.get("webhook_event_types")
    setting = Webhook(call["url"], call["webhook_key"], None if types is None else tuple(types), version)
    return setting if setting.url else None


def _why_no_address(url: str) -> str:
    """Tell what is wrong with an address; "" if it is absolute, of the web, and whole."""
    if any(sign.isspace() or not sign.isprintable() for sign in url):
        return "has a blank in it"
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        return f"cannot be read: {error}"
    if parts.scheme not in {"http", "https"} or not host:
        return "is no absolute address of the web"
    return ""


def page(call: Fields) -> tuple[str, bool, int]:
    """Read where a history begins, whether it goes on to what came after, and how many messages it has."""
    given = [call[spelling] for spelling in SPELLINGS if spelling in call]
    return given[0] if given else "", call.get("chunk") == "After", int(call.get("limit", PAGE))
