"""The treaty with each vendor as it lies in fixtures/, read without the harness; the vendor is Jivo unless named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema

PAYLOADS = Path(__file__).parents[3] / "fixtures" / "payloads"


def read(name: str, vendor: str = "jivo") -> Any:
    """Read one of its files."""
    return json.loads((PAYLOADS / vendor / name).read_text("utf-8"))


def faults(message: str, body: Any, vendor: str = "jivo") -> list[str]:
    """Tell what is wrong with a message."""
    validator = jsonschema.Draft202012Validator(read(f"{message}.schema.json", vendor))
    return [error.message for error in validator.iter_errors(body)]
