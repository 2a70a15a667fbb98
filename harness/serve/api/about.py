"""What is served here, and the documentation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aiohttp import web

from harness import versions
from harness.serve.api.openapi import document
from harness.serve.api.operation import ROOT, TEXT, Operation
from harness.serve.api.page import page

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from harness.serve.api.operation import Asked

GROUP = "About"
STRICT = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
ABOUT = {
    "type": "object",
    "properties": {
        "deskcheck": TEXT,
        "vendors": {"type": "object", "additionalProperties": TEXT},
        "tenants": {"type": "array", "items": TEXT},
        "docs": TEXT,
        "openapi": TEXT,
    },
    "required": ["deskcheck", "vendors", "tenants", "docs", "openapi"],
}


def operations(others: Sequence[Operation], urls: Mapping[str, str]) -> list[Operation]:
    """Make the operations that tell of the others, and of themselves."""

    async def about(asked: Asked) -> Any:
        """Tell what is served."""
        return {
            "deskcheck": versions.own(),
            "vendors": dict(urls),
            "tenants": [tenant.plan.name for tenant in asked.tenants],
            "docs": f"{ROOT}/docs",
            "openapi": f"{ROOT}/openapi.json",
        }

    async def described(asked: Asked) -> Any:
        """Give the OpenAPI document."""
        del asked
        return document(whole, versions.own())

    async def documented(asked: Asked) -> web.Response:
        """Give the page."""
        del asked
        text = page(document(whole, versions.own()))
        return web.Response(text=text, content_type="text/html", headers={"Content-Security-Policy": STRICT})

    whole = [
        Operation(
            "GET", "/", "showService", GROUP, "Tell what is served: vendors and tenants.", about, gives=(200, ABOUT)
        ),
        Operation(
            "GET",
            "/openapi.json",
            "describe",
            GROUP,
            "Give this API as an OpenAPI 3.1 document.",
            described,
            gives=(200, {"type": "object"}),
            secret=False,
        ),
        Operation(
            "GET",
            "/docs",
            "document",
            GROUP,
            "Give this API as a page to read.",
            documented,
            gives=(200, TEXT),
            media="text/html",
            secret=False,
        ),
        *others,
    ]
    return whole
