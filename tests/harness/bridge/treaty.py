"""The treaty with Jivo as it lies in fixtures/, read without the harness."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema

PAYLOADS = Path(__file__).parents[3] / "fixtures" / "payloads" / "jivo"


def read(name: str) -> Any:
    """Read one of its files."""
    return json.loads((PAYLOADS / name).read_text("utf-8"))


def faults(message: str, body: Any) -> list[str]:
    """Tell what is wrong with a message."""
    validator = jsonschema.Draft202012Validator(read(f"{message}.schema.json"))
    return [error.message for error in validator.iter_errors(body)]
