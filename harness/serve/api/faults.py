"""Faults that are made to strike a tenant: not served yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from harness.serve.api.operation import Operation
from harness.serve.errors import Refusal

if TYPE_CHECKING:
    from harness.serve.api.operation import Asked

GROUP = "Faults"
PATH = "/tenants/{tenant}/faults"
ANY: dict[str, Any] = {"type": "object"}


async def refused(asked: Asked) -> NoReturn:
    """Say that there are none yet."""
    asked.tenants.get(asked.path["tenant"])
    raise Refusal(501, "Faults cannot be ordered from deskcheck serve yet; until then the weather is fair.")


OPERATIONS = (
    Operation("GET", PATH, "listFaults", GROUP, "List the faults that were ordered.", refused, refuses=(404, 501)),
    Operation("PUT", PATH, "setFaults", GROUP, "Order faults.", refused, body=ANY, refuses=(404, 501)),
    Operation("DELETE", PATH, "clearFaults", GROUP, "Let the weather be fair.", refused, refuses=(404, 501)),
)
