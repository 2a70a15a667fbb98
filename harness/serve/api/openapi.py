"""The OpenAPI 3.1 document of the control API, made from the table of its operations."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from harness.serve.api.operation import ROOT, TEXT, TROUBLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from harness.serve.api.operation import Operation

PARAMETER = re.compile("{(.*?)}")
ALWAYS = (401, 403, 421)
WITH_BODY = (400, 413, 415, 422)


def document(operations: Sequence[Operation], version: str) -> dict[str, Any]:
    """Write the document."""
    paths: dict[str, dict[str, Any]] = {}
    for operation in operations:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _operation(operation)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Deskcheck's control API",
            "version": version,
            "summary": "What people do at the vendors, and what only a test can do: clock, snapshots, journal.",
        },
        "servers": [{"url": ROOT}],
        "tags": [{"name": name} for name in dict.fromkeys(operation.group for operation in operations)],
        "paths": paths,
        "components": {
            "schemas": {"Trouble": TROUBLE},
            "responses": {
                str(status): {
                    "description": HTTPStatus(status).phrase,
                    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Trouble"}}},
                }
                for status in sorted({*ALWAYS, *WITH_BODY, *(one for each in operations for one in each.refuses)})
            },
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{}, {"token": []}],
    }


def _operation(operation: Operation) -> dict[str, Any]:
    status, schema = operation.gives
    good: dict[str, Any] = {"description": HTTPStatus(status).phrase}
    if status != HTTPStatus.NO_CONTENT:
        good["content"] = {operation.media: {"schema": schema}}
    refusals = {*ALWAYS, *operation.refuses, *(WITH_BODY if operation.body is not None else ())}
    whole: dict[str, Any] = {
        "operationId": operation.name,
        "tags": [operation.group],
        "summary": summary(operation.says),
        "description": operation.says,
        "parameters": _parameters(operation),
        "responses": {
            str(status): good,
            **{str(one): {"$ref": f"#/components/responses/{one}"} for one in sorted(refusals)},
        },
    }
    if operation.body is not None:
        required = bool(operation.body.get("required"))
        whole["requestBody"] = {"required": required, "content": {"application/json": {"schema": operation.body}}}
    if not operation.secret:
        whole["security"] = [{}]
    return whole


def _parameters(operation: Operation) -> list[dict[str, Any]]:
    path = [
        {"name": name, "in": "path", "required": True, "schema": TEXT} for name in PARAMETER.findall(operation.path)
    ]
    query = [
        {"name": name, "in": "query", "required": name in operation.needs, "schema": schema}
        for name, schema in operation.query.items()
    ]
    return path + query


def summary(says: str) -> str:
    """Give the first sentence, or the first part of a long one."""
    return re.split(r"(?<=\.)\s|[;:]\s", says, maxsplit=1)[0].rstrip(".")
