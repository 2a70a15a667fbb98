"""A tenant's clock: looking at it, stopping it, and letting time pass at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from harness.serve.api.operation import Operation, words
from harness.serve.errors import Refusal

if TYPE_CHECKING:
    from harness.serve.api.operation import Asked

GROUP = "Clock"
LONGEST = 366 * 24 * 3600  # seconds that can pass at once
CLOCK = {
    "type": "object",
    "properties": {
        "now": {"type": "number", "description": "in seconds since 1970"},
        "at": {"type": "number", "description": "in seconds since the tenant began, as in its journal"},
        "frozen": {"type": "boolean"},
    },
    "required": ["now", "at", "frozen"],
}


async def shown(asked: Asked) -> Any:
    """Tell the time."""
    tenant = asked.tenant
    return {"now": tenant.now(), "at": tenant.instant(), "frozen": tenant.plan.frozen}


async def changed(asked: Asked) -> Any:
    """Stop the clock, let it go on, or let time pass."""
    tenant = asked.tenant
    if "frozen" in asked.words:
        tenant.freeze(frozen=asked.words["frozen"])
    wanted = asked.words.get("advance", 0)
    if wanted:
        passed = await tenant.advance(wanted)
        if tenant.record.closed:
            raise Refusal(410, "The tenant was reset, restored or deleted meanwhile.")
        if passed < wanted:
            raise Refusal(
                503, f"So much happens that only {passed:g} of {wanted:g} s have passed yet: ask for the rest."
            )
    return await shown(asked)


OPERATIONS = (
    Operation(
        "GET",
        "/tenants/{tenant}/clock",
        "showClock",
        GROUP,
        "Tell a tenant's time.",
        shown,
        gives=(200, CLOCK),
        refuses=(404,),
    ),
    Operation(
        "POST",
        "/tenants/{tenant}/clock",
        "setClock",
        GROUP,
        "Set a tenant's clock, which no other tenant shares. `frozen` stops it, or lets it go on from where it stands; "
        "`advance` lets so many seconds pass at once: what falls due happens one by one, and each time the bridge is "
        "given the time to answer.",
        changed,
        body=words(
            frozen={"type": "boolean"},
            advance={"type": "number", "minimum": 0, "maximum": LONGEST, "description": "in seconds"},
        ),
        gives=(200, CLOCK),
        refuses=(404, 410, 422, 503),
    ),
)
