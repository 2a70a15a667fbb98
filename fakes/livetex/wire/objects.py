"""What calls and webhooks have in common: destinations, employees, instants (protocol/livetex 1.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fakes.livetex.site import Account, Group, Operator

VERSIONS = ("1.0", "1.1", "1.2")
DEPARTMENT = "Department"


def destination(group: Group) -> dict[str, Any]:
    """Build a destination as webhooks have it: it does not say who is there."""
    return {"destination_type": DEPARTMENT, "destination_id": group.group_id, "name": group.name}


def destination_now(group: Group, account: Account, version: str) -> dict[str, Any]:
    """Build a destination as answers have it: whether anybody is online, in 1.2 also whether anybody has a slot."""
    there: dict[str, Any] = destination(group) | {"has_online": account.has_online(group)}
    return there | ({"is_available": account.is_available(group)} if version == "1.2" else {})


def employee(operator: Operator, version: str) -> dict[str, str]:
    """Build an employee; what nobody entered is left out."""
    body = {"employee_id": operator.employee_id, "first_name": operator.first_name}
    optional = {"last_name": operator.last_name}
    if version != "1.0":
        optional["nick_name"] = operator.nick_name
    if version == "1.2":
        optional["avatar_url"] = operator.avatar_url
    return body | {key: value for key, value in optional.items() if value}


def stamp(at: float) -> int:
    """Write an instant as LiveTex does: milliseconds, though it is called Unix time."""
    return int(at * 1000)
