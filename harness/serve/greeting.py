"""What is said once everything is served: addresses and settings, for people, for a shell, or for a program."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING, Any

from harness.serve.api.operation import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping


def facts(control: str, tenant: str, vendors: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """Gather what a program needs; ``vendors`` are a tenant's settings for a bridge, by vendor."""
    return {
        "control_url": f"{control}{ROOT}",
        "docs_url": f"{control}{ROOT}/docs",
        "openapi_url": f"{control}{ROOT}/openapi.json",
        "tenant": tenant,
        "vendors": {name: dict(settings) for name, settings in vendors.items()},
    }


def as_json(told: Mapping[str, Any]) -> str:
    """Write it on one line, as JSON."""
    return json.dumps(told, ensure_ascii=False)


def as_env(told: Mapping[str, Any]) -> str:
    """Write it as lines that a shell can read."""
    values = {
        "DESKCHECK_CONTROL_URL": told["control_url"],
        "DESKCHECK_TENANT": told["tenant"],
        **{
            f"{vendor}_{name}".upper(): value
            for vendor, settings in told["vendors"].items()
            for name, value in settings.items()
        },
    }
    return "\n".join(f"export {name}={shlex.quote(value)}" for name, value in values.items())


def as_text(told: Mapping[str, Any]) -> str:
    """Write it for people."""
    rows = [
        (vendor if not number else "", name, value)
        for vendor, settings in told["vendors"].items()
        for number, (name, value) in enumerate(settings.items())
    ]
    rows += [("control", "api", told["control_url"]), ("", "docs", told["docs_url"])]
    lines = [f"{vendor:<9}{name:<13}{value}" for vendor, name, value in rows]
    return "\n".join([*lines, f"tenant {told['tenant']}; Ctrl-C ends"])
