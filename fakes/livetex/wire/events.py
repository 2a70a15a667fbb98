"""What webhooks and the history tell: shapes are protocol/livetex 1.7."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.kit.effects import Author
from fakes.livetex.wire.objects import DEPARTMENT, destination, employee, stamp

if TYPE_CHECKING:
    from fakes.livetex.knobs import Knobs
    from fakes.livetex.site import Account, Attachment, Event, Visitor, Webhook

TYPES = (
    "MessageDelivered",
    "TextMessage",
    "FileMessage",
    "SelectDestination",
    "Closed",
    "HoldMessage",
    "EmployeeAvailabilityChanged",
)
LATER = {"EmployeeAvailabilityChanged": ("1.1", "1.2")}  # what not every version has
FROM = {Author.VISITOR: "User", Author.OPERATOR: "Employee"}


def wanted(event: str, webhook: Webhook) -> bool:
    """Tell whether a webhook is told of an event: its version has it, and its types name it."""
    return webhook.version in LATER.get(event, (webhook.version,)) and (webhook.types is None or event in webhook.types)


def webhook_body(event: Event, visitor: Visitor, account: Account, webhook: Webhook) -> dict[str, Any]:
    """Build what a webhook is told."""
    body = {"type": event.type, "id": event.id, "webhook_key": webhook.key}
    if event.type != "EmployeeAvailabilityChanged":
        body["user_id"] = visitor.user_id
    body |= _parts(event, account, webhook.version)
    if event.type == "SelectDestination":
        return body
    at = stamp(event.at)
    return body | {"timestamp": str(at) if account.knobs.timestamps == "strings" else at}


def history_entry(event: Event, visitor: Visitor, account: Account, version: str) -> dict[str, Any]:
    """Build what the history has of an event: all but the webhook's key."""
    head = {"type": event.type, "id": event.id, "user_id": visitor.user_id, "timestamp": stamp(event.at)}
    return head | _parts(event, account, version)


def _parts(event: Event, account: Account, version: str) -> dict[str, Any]:  # noqa: PLR0911 - one for each type
    """Build what belongs to the type alone."""
    operator = {} if event.operator is None else {"employee": employee(event.operator, version)}
    match event.type:
        case "TextMessage":
            return operator | {"text": event.text} | _sender(event, account.knobs)
        case "FileMessage":
            return operator | (_file(event.file) if event.file else {}) | _sender(event, account.knobs)
        case "MessageDelivered":
            return {"message_id": event.message_id} | (operator if account.knobs.reader_named else {})
        case "SelectDestination":
            return {"destinations": [destination(group) for group in event.groups]}
        case "DestinationSelected":
            return {"destination_type": DEPARTMENT, "destination_id": event.groups[0].group_id}
        case "HoldMessage":
            return {"text": event.text}
        case "Closed":
            return {"touch_point_id": account.touch_point_id} | operator
        case _:
            return {"touchPointId": account.touch_point_id, "online": event.available} | operator


def _file(file: Attachment) -> dict[str, Any]:
    optional = {"name": file.name, "size": file.size, "comment": file.comment}
    return {"url": file.url} | {key: value for key, value in optional.items() if value is not None}


def _sender(event: Event, knobs: Knobs) -> dict[str, str]:
    told = knobs.sender_named and event.author in FROM
    return {"from": FROM[event.author]} if told and event.author is not None else {}
