"""Tenants as wholes: founding, looking, beginning anew, deleting; and their snapshots."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from harness.serve.api.operation import TEXT, Operation, words

if TYPE_CHECKING:
    from harness.serve.api.operation import Asked
    from harness.serve.tenant import Tenant

GROUP = "Tenants"
LARGEST_SEED = 2**63 - 1
LATEST = 253_402_300_799  # the last second of the year 9999
SEED = {"type": "integer", "minimum": 0, "maximum": LARGEST_SEED}
TENANT = {
    "type": "object",
    "properties": {
        "name": TEXT,
        "seed": SEED,
        "now": {"type": "number", "description": "its time, in seconds since 1970"},
        "frozen": {"type": "boolean"},
        "vendors": {
            "type": "object",
            "description": "by vendor, what a bridge's binding must be given",
            "additionalProperties": {"type": "object", "additionalProperties": TEXT},
        },
        "snapshots": {"type": "array", "items": TEXT},
    },
    "required": ["name", "seed", "now", "frozen", "vendors", "snapshots"],
}


def told(asked: Asked, tenant: Tenant) -> dict[str, Any]:
    """Tell what a tenant is."""
    name = tenant.plan.name
    return {
        "name": name,
        "seed": tenant.plan.seed,
        "now": tenant.now(),
        "frozen": tenant.plan.frozen,
        "vendors": tenant.settings(),
        "snapshots": asked.tenants.snapshots(name),
    }


async def listed(asked: Asked) -> Any:
    """List the tenants."""
    return [told(asked, tenant) for tenant in asked.tenants]


async def created(asked: Asked) -> Any:
    """Found one."""
    wanted = asked.words
    frozen = bool(wanted.get("frozen"))
    return told(asked, asked.tenants.create(wanted["name"], wanted.get("seed"), wanted.get("now"), frozen=frozen))


async def shown(asked: Asked) -> Any:
    """Show one."""
    return told(asked, asked.tenant)


async def deleted(asked: Asked) -> Any:
    """Delete one."""
    asked.tenants.delete(asked.tenant.plan.name)


async def reset(asked: Asked) -> Any:
    """Let one begin anew."""
    return told(asked, asked.tenants.reset(asked.tenant.plan.name))


async def kept(asked: Asked) -> Any:
    """Make a snapshot."""
    asked.tenants.keep(asked.tenant.plan.name, asked.path["snapshot"])


async def dropped(asked: Asked) -> Any:
    """Delete a snapshot."""
    asked.tenants.drop(asked.tenant.plan.name, asked.path["snapshot"])


async def restored(asked: Asked) -> Any:
    """Bring a snapshot back."""
    return told(asked, asked.tenants.restore(asked.tenant.plan.name, asked.path["snapshot"]))


SNAPSHOT = "/tenants/{tenant}/snapshots/{snapshot}"
OPERATIONS = (
    Operation(
        "GET",
        "/tenants",
        "listTenants",
        GROUP,
        "List the tenants, in the order of their founding.",
        listed,
        gives=(200, {"type": "array", "items": TENANT}),
    ),
    Operation(
        "POST",
        "/tenants",
        "createTenant",
        GROUP,
        "Found a tenant: an account at every vendor, with people in it. The same seed gives the same ids and tokens, "
        "so that two tenants of one seed cannot be there at once; without a seed one is drawn. `now` is the instant at "
        "which its clock begins, in seconds since 1970; `frozen` lets it stand still.",
        created,
        body=words(
            ("name",),
            name=TEXT,
            seed=SEED,
            now={"type": "number", "minimum": 0, "maximum": LATEST},
            frozen={"type": "boolean"},
        ),
        gives=(201, TENANT),
        refuses=(409, 422),
    ),
    Operation(
        "GET", "/tenants/{tenant}", "showTenant", GROUP, "Show a tenant.", shown, gives=(200, TENANT), refuses=(404,)
    ),
    Operation(
        "DELETE",
        "/tenants/{tenant}",
        "deleteTenant",
        GROUP,
        "Delete a tenant, its snapshots included.",
        deleted,
        gives=(204, {}),
        refuses=(404,),
    ),
    Operation(
        "POST",
        "/tenants/{tenant}/reset",
        "resetTenant",
        GROUP,
        "Let a tenant begin anew, with the ids and tokens that it had at first. Its snapshots stay.",
        reset,
        body=words(),
        gives=(200, TENANT),
        refuses=(404,),
    ),
    Operation(
        "PUT",
        SNAPSHOT,
        "makeSnapshot",
        GROUP,
        "Keep a tenant as it is now: people, dialogues, timers, and what is on its way to a bridge. It takes the place "
        "of a snapshot of that name.",
        kept,
        body=words(),
        gives=(204, {}),
        refuses=(404, 409, 422),
    ),
    Operation(
        "DELETE",
        SNAPSHOT,
        "deleteSnapshot",
        GROUP,
        "Delete a snapshot.",
        dropped,
        gives=(204, {}),
        refuses=(404,),
    ),
    Operation(
        "POST",
        f"{SNAPSHOT}/restore",
        "restoreSnapshot",
        GROUP,
        "Let a tenant be as it was. Its clock goes on from where it stood then; what was on its way to a bridge, and "
        "not answered, is sent again.",
        restored,
        body=words(),
        gives=(200, TENANT),
        refuses=(404,),
    ),
)
