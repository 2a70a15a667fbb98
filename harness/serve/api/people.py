"""What people do and know at each vendor: an operation per verb of its control."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from harness.serve.api.operation import Asked, Operation
from harness.serve.errors import Refusal
from harness.serve.verbs import verbs

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from harness.serve.verbs import Verb
    from harness.vendors import Vendor

MOST_TOLD = 1_000  # lines that the answer to an act shows
PATH = "/tenants/{tenant}/vendors"


def operations(vendors: Mapping[str, Vendor]) -> list[Operation]:
    """Make the operations of all vendors' people."""
    return [operation for vendor in vendors.values() for operation in _of(vendor)]


def _of(vendor: Vendor) -> list[Operation]:
    name, served = vendor.name, vendor.served
    acts = [
        Operation(
            "POST",
            f"{PATH}/{name}/acts/{verb.name}",
            f"{name}_{verb.name}",
            f"{name}: acts",
            verb.says,
            _acting(vendor, verb),
            body=verb.words,
            gives=(
                200,
                {
                    "type": "object",
                    "properties": {"answer": verb.answer, "lines": {"type": "array", "items": {"type": "object"}}},
                    "required": ["answer", "lines"],
                },
            ),
            refuses=(404, 409, 422),
        )
        for verb in verbs(vendor, served.acts).values()
    ]
    looks = [
        Operation(
            "GET",
            f"{PATH}/{name}/looks/{verb.name}",
            f"{name}_{verb.name}",
            f"{name}: looks",
            verb.says,
            _looking(vendor, verb),
            query=verb.words["properties"],
            needs=tuple(verb.words["required"]),
            gives=(200, verb.answer),
            refuses=(404, 409, 422),
        )
        for verb in verbs(vendor, served.looks).values()
    ]
    return acts + looks


def _acting(vendor: Vendor, verb: Verb) -> Callable[[Asked], Awaitable[Any]]:
    async def act(asked: Asked) -> Any:
        """Let somebody act; answers what the verb answers, and what was written down at once."""
        tenant = asked.tenant
        before = tenant.record.revision
        try:
            answer = tenant.act(vendor.name, verb.name, asked.words)
        except vendor.served.impossible as error:
            raise Refusal(409, f"{verb.name}: {error}.") from None
        return {"answer": answer, "lines": tenant.record.since(before)[:MOST_TOLD]}

    return act


def _looking(vendor: Vendor, verb: Verb) -> Callable[[Asked], Awaitable[Any]]:
    async def look(asked: Asked) -> Any:
        """Tell what is known."""
        try:
            return asked.tenant.look(vendor.name, verb.name, asked.query)
        except vendor.served.impossible as error:
            raise Refusal(409, f"{verb.name}: {error}.") from None

    return look
