"""What goes wrong between a tenant's vendors and its bridge: ordering it, and seeing how often it struck."""

from __future__ import annotations

import importlib
import inspect
from typing import TYPE_CHECKING, Any

from harness import faults, treaty
from harness.errors import MisuseError
from harness.faults.address import ANY, MEANT
from harness.faults.fault import CONNECT, Side
from harness.serve.api.operation import TEXT, Operation, words
from harness.serve.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from harness.faults.fault import Fault
    from harness.serve.api.operation import Asked
    from harness.serve.tenant import Tenant
    from harness.vendors import Vendor
    from harness.world.weather import Order

GROUP = "Faults"
PATH = "/tenants/{tenant}/faults"
MOST_ORDERS = 100
FOUND = {"type": ["string", "null"]}
ORDER = words(
    ("fault",),
    fault={**TEXT, "description": "its name in the catalogue, with numbers of your own"},
    side={
        "type": "string",
        "enum": [str(side) for side in Side],
        "description": "a call is the bridge's, a delivery the vendor's; left out, it is the only one there is",
    },
    vendor={**TEXT, "description": "any, if left out"},
    what={**TEXT, "description": "`message`, `handover`, `end`, or the vendor's word; anything, if left out"},
    nth={"type": ["integer", "null"], "minimum": 1, "description": "which of them, from now on; each, if left out"},
    seconds={"type": ["number", "null"], "minimum": 0, "description": "for how long; for ever, if left out"},
)
COUNT = {"type": "integer", "minimum": 0}
WEATHER = {
    "type": "object",
    "properties": {
        "orders": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    **ORDER["properties"],
                    "at": {"type": "number", "description": "when it was ordered, in seconds as in the journal"},
                    "met": {**COUNT, "description": "how often its place was met"},
                    "struck": {**COUNT, "description": "how often it struck"},
                },
            },
        },
        "catalogue": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "fault": TEXT,
                    "says": TEXT,
                    "call": {**FOUND, "description": "at which moment of a call it strikes"},
                    "delivery": {**FOUND, "description": "at which moment of a delivery it strikes"},
                    "vendors": {"type": "array", "items": TEXT},
                },
            },
        },
    },
    "required": ["orders", "catalogue"],
}


def told(asked: Asked, tenant: Tenant) -> dict[str, Any]:
    """Tell a tenant's orders, and what can be ordered."""
    vendors = asked.tenants.vendors
    return {
        "orders": [_order(tenant, order) for order in tenant.weather.orders],
        "catalogue": [_kind(kind, vendors) for kind in faults.kinds() if not _why_not(kind())],
    }


def _order(tenant: Tenant, order: Order) -> dict[str, Any]:
    address = order.address
    return {
        "fault": str(order.fault),
        "side": address.side,
        "vendor": address.vendor,
        "what": address.what,
        "nth": address.nth,
        "seconds": address.seconds,
        "at": round(order.since - tenant.plan.born, 6),
        "met": order.met,
        "struck": order.struck,
    }


def _kind(kind: type[Fault], vendors: Mapping[str, Vendor]) -> dict[str, Any]:
    says = inspect.getdoc(importlib.import_module(kind.__module__)), inspect.getdoc(kind)
    return {
        "fault": str(kind()),
        "says": " ".join(" ".join(text or "" for text in says).split()),
        "call": kind.moment(Side.CALL),
        "delivery": kind.moment(Side.DELIVERY),
        "vendors": [name for name, vendor in vendors.items() if _can(vendor, kind.needs)],
    }


def _can(vendor: Vendor, needs: str) -> bool:
    """Tell whether people at a vendor can do what a fault needs."""
    return not needs or hasattr(vendor.served.control, needs)


def _why_not(fault: Fault) -> str:
    """Say why a fault cannot strike here; "" if it can."""
    if fault.fatal:
        return f"«{fault}»: the bridge is yours, so that only you can kill it."
    if CONNECT in {fault.moment(side) for side in Side}:
        return f"«{fault}»: that is there in simulated worlds only; here a vendor's port stays open."
    return ""


def read(wanted: Mapping[str, Any], vendors: Mapping[str, Vendor]) -> tuple[Any, ...]:
    """Read one order, as a tenant takes it.

    Raises:
        Refusal: nothing like that can strike; the sentence says why.
    """
    try:
        fault = faults.read(wanted["fault"])
    except MisuseError as error:
        raise Refusal(422, f"{error} {error.remedy}") from None
    why_not = _why_not(fault)
    if why_not:
        raise Refusal(422, why_not)
    side, vendor, what = _side(fault, wanted.get("side")), wanted.get("vendor", ""), wanted.get("what", "")
    able = [name for name, one in vendors.items() if vendor in {"", name} and _can(one, fault.needs)]
    if vendor and vendor not in vendors:
        raise Refusal(422, f"There is no vendor {vendor}; there are {', '.join(vendors)}.")
    if not able:
        raise Refusal(422, f"«{fault}» cannot happen at {vendor}.")
    if what and what not in {*ANY, *MEANT} and not any(what in treaty.schemas(name) for name in able):
        raise Refusal(
            422, f"what: {what} is no message of {' or '.join(able)}, and none of {', '.join(sorted({*ANY, *MEANT}))}."
        )
    return str(fault), str(side), vendor, what, wanted.get("nth"), wanted.get("seconds")


def _side(fault: Fault, wanted: str | None) -> Side:
    able = [side for side in Side if fault.moment(side) is not None]
    if wanted is None and len(able) > 1:
        raise Refusal(422, f"«{fault}» strikes calls and deliveries: say which with side.")
    side = able[0] if wanted is None else Side(wanted)
    if side not in able:
        raise Refusal(422, f"«{fault}» strikes no {side}.")
    return side


async def listed(asked: Asked) -> Any:
    """List what was ordered, and what can be."""
    return told(asked, asked.tenant)


async def changed(asked: Asked) -> Any:
    """Order what is to go wrong from now on."""
    tenant = asked.tenant
    tenant.change_weather([read(order, asked.tenants.vendors) for order in asked.words["orders"]])
    return told(asked, tenant)


async def cleared(asked: Asked) -> Any:
    """Let the weather be fair."""
    asked.tenant.change_weather([])


OPERATIONS = (
    Operation(
        "GET",
        PATH,
        "listFaults",
        GROUP,
        "List the faults that were ordered, how often each met its place and struck, and the catalogue of what can be "
        "ordered.",
        listed,
        gives=(200, WEATHER),
        refuses=(404,),
    ),
    Operation(
        "PUT",
        PATH,
        "setFaults",
        GROUP,
        "Let faults strike from now on, in place of all that were ordered before. What was kept back by those goes.",
        changed,
        body=words(("orders",), orders={"type": "array", "items": ORDER, "maxItems": MOST_ORDERS}),
        gives=(200, WEATHER),
        refuses=(404, 422),
    ),
    Operation(
        "DELETE",
        PATH,
        "clearFaults",
        GROUP,
        "Let the weather be fair: nothing strikes any more, and what was kept back goes.",
        cleared,
        gives=(204, {}),
        refuses=(404,),
    ),
)
