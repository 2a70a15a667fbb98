"""The bridge contract's document, read as other programs read it: from the file, without the harness."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema

PATH = Path(__file__).parents[3] / "harness" / "contract.openapi.json"
DOCUMENT: dict[str, Any] = json.loads(PATH.read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Operation:
    """One call: its id, method, path and the statuses with which it may be answered."""

    id: str
    method: str
    path: str
    statuses: tuple[int, ...]

    @property
    def success(self) -> int:
        """The status that says that it was done."""
        return min(self.statuses)


OPERATIONS = tuple(
    Operation(call["operationId"], method.upper(), path, tuple(map(int, call["responses"])))
    for path, calls in DOCUMENT["paths"].items()
    for method, call in calls.items()
)


def called(number: str) -> Operation:
    """Give the operation of that id."""
    return next(operation for operation in OPERATIONS if operation.id == number)


def resolved(node: dict[str, Any]) -> dict[str, Any]:
    """Follow a reference, where there is one."""
    while "$ref" in node:
        place = DOCUMENT
        for part in node["$ref"].removeprefix("#/").split("/"):
            place = place[part]
        node = place
    return node


def _described(operation: Operation) -> dict[str, Any]:
    call: dict[str, Any] = DOCUMENT["paths"][operation.path][operation.method.lower()]
    return call


def faults(schema: dict[str, Any], value: Any) -> list[str]:
    """Tell where a value breaks a schema of the document."""
    validator = jsonschema.Draft202012Validator(schema | {"components": DOCUMENT["components"]})
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)]


def answer_faults(operation: Operation, status: int, body: Any) -> list[str]:
    """Tell where an answer breaks the document; where none is described there must be none."""
    answer = resolved(_described(operation)["responses"][str(status)])
    if "content" not in answer:
        return [] if body is None else [f"a body that is not described: {body}"]
    return faults(answer["content"]["application/json"]["schema"], body)


def request_faults(operation: Operation, body: Any) -> list[str]:
    """Tell where a request's body breaks the document; where none is described there must be none."""
    described = _described(operation).get("requestBody")
    if described is None:
        return [] if body is None else [f"a body that is not described: {body}"]
    return faults(described["content"]["application/json"]["schema"], body)


def examples(operation: Operation) -> list[Any]:
    """Give the examples of what it answers when it was done; None where there is no body."""
    answer = resolved(_described(operation)["responses"][str(operation.success)])
    if "content" not in answer:
        return [None]
    return [example["value"] for example in answer["content"]["application/json"]["examples"].values()]
