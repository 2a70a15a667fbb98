"""One operation of the control API, and one request for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from aiohttp import web

    from harness.serve.tenant import Tenant
    from harness.serve.tenants import Tenants

ROOT = "/_control/v1"
TEXT = {"type": "string"}
TROUBLE = {
    "type": "object",
    "properties": {"title": TEXT, "status": {"type": "integer"}, "detail": TEXT},
    "required": ["title", "status", "detail"],
}  # RFC 9457


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: where it came from, path and query parameters, and the words of its body, all checked."""

    request: web.Request
    tenants: Tenants
    path: Mapping[str, str]
    query: Mapping[str, str]
    words: Mapping[str, Any]

    @property
    def tenant(self) -> Tenant:
        """The tenant in the path.

        Raises:
            Refusal: there is none of that name.
        """
        return self.tenants.get(self.path["tenant"])


@dataclass(frozen=True, slots=True)
class Operation:
    """What can be asked for.

    Attributes:
        method: HTTP's.
        path: below ``ROOT``, parameters in braces.
        name: the operationId.
        group: under which the documentation shows it.
        says: what it does; the first sentence is the summary.
        answer: what makes the answer: a value that JSON can hold, or a response that is under way already.
        body: the JSON Schema of its body, which may be left out if nothing in it is required; None if it has none.
        query: the schema of each query parameter.
        needs: which of them must be given.
        gives: status and JSON Schema of a good answer.
        media: the answer's media type.
        refuses: which refusals are to be expected, besides 401, 403 and 421.
        secret: whether a token is asked for, where there is one.
    """

    method: str
    path: str
    name: str
    group: str
    says: str
    answer: Callable[[Asked], Awaitable[Any]]
    body: Mapping[str, Any] | None = None
    query: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    gives: tuple[int, Mapping[str, Any]] = (200, {})
    media: str = "application/json"
    refuses: tuple[int, ...] = ()
    secret: bool = True


def words(required: tuple[str, ...] = (), **properties: Mapping[str, Any]) -> dict[str, Any]:
    """Give the schema of an object with these properties, and no others."""
    whole = {"type": "object", "properties": properties, "additionalProperties": False}
    return whole | ({"required": list(required)} if required else {})
