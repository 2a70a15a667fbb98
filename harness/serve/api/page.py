"""The control API as one page to read: no script, nothing from elsewhere."""

from __future__ import annotations

import json
import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

CODE = re.compile("`(.*?)`")
STYLE = Path(__file__).with_name("page.css")


def page(document: Mapping[str, Any]) -> str:
    """Write the page of an OpenAPI document."""
    return "\n".join(_page(document)) + "\n"


def _page(document: Mapping[str, Any]) -> Iterator[str]:
    info, root = document["info"], document["servers"][0]["url"]
    groups = [tag["name"] for tag in document["tags"]]
    yield "<!doctype html>"
    yield f'<html lang="en"><head><meta charset="utf-8"><title>{escape(info["title"])}</title>'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<style>{STYLE.read_text('utf-8')}</style></head><body>"
    yield f"<header><h1>{escape(info['title'])}</h1><p>{escape(info['summary'])}</p>"
    yield f"<p>All paths begin with <code>{root}</code>. Deskcheck {escape(info['version'])}."
    yield 'As an OpenAPI document: <a href="openapi.json">openapi.json</a>.</p></header>'
    yield "<nav>" + " ".join(f'<a href="#{_anchor(name)}">{escape(name)}</a>' for name in groups) + "</nav><main>"
    for group in groups:
        yield f'<section id="{_anchor(group)}"><h2>{escape(group)}</h2>'
        for path, methods in document["paths"].items():
            for method, operation in methods.items():
                if operation["tags"] == [group]:
                    yield from _operation(method, path, operation)
        yield "</section>"
    yield "</main></body></html>"


def _operation(method: str, path: str, operation: Mapping[str, Any]) -> Iterator[str]:
    yield f'<details id="{escape(operation["operationId"])}"><summary>'
    yield f"<b>{method.upper()}</b> <code>{escape(path)}</code> <span>{escape(operation['summary'])}</span></summary>"
    yield f"<p>{_prose(operation['description'])}</p>"
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    needed = body.get("required", ())
    rows = [
        *((one["name"], one["in"], one["schema"], one["required"]) for one in operation["parameters"]),
        *((name, "body", schema, name in needed) for name, schema in body.get("properties", {}).items()),
    ]
    if rows:
        yield "<table><tr><th>name</th><th>in</th><th>what it can be</th></tr>"
        for name, place, schema, required in rows:
            mark = "" if required else " <i>(may be left out)</i>"
            yield f"<tr><td><code>{escape(name)}</code>{mark}</td><td>{place}</td><td>{_possible(schema)}</td></tr>"
        yield "</table>"
    answers = ", ".join(_answer(status, answer) for status, answer in operation["responses"].items())
    yield f"<p>Answers: {answers}</p></details>"


def _prose(text: str) -> str:
    return CODE.sub(r"<code>\1</code>", escape(text))


def _answer(status: str, answer: Mapping[str, Any]) -> str:
    return f"<code>{status}</code>" + (f" {escape(answer['description'])}" if "description" in answer else "")


def _possible(schema: Mapping[str, Any]) -> str:
    rest = {name: value for name, value in schema.items() if name != "description"}
    told = f"<code>{escape(json.dumps(rest, ensure_ascii=False))}</code>" if rest else "anything"
    return told + (f" {escape(schema['description'])}" if "description" in schema else "")


def _anchor(name: str) -> str:
    return escape(name.lower().replace(": ", "-").replace(" ", "-"))
