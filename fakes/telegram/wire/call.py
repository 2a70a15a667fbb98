"""Where a call goes, and what stands in it: protocol/telegram 1.1."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote

from aiohttp.helpers import parse_mimetype

from fakes.kit.contract import parse
from fakes.telegram.content import mime_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]{30,}")
CALL = re.compile(r"/bot([^/]*)/([^/?]*)/?")
DOWNLOAD = re.compile(r"/file/bot([^/]*)/([^?]+)")
NAMES = re.compile(r""";\s*(name|filename\*?)=(?:"([^"]*)"|([^;\s"]+))""")
ATTACHED = "attach://"
WHOLE = re.compile(r"-?[0-9]{1,18}")
TRUE, FALSE = ("true", "1", "yes"), ("false", "0", "no", "")


# addresses


def called(raw_path: str) -> tuple[str, str] | None:
    """Read token and method from a path; None when the path has another form."""
    found = CALL.fullmatch(raw_path.partition("?")[0])
    return None if found is None else (unquote(found[1]), unquote(found[2]))


def downloaded(raw_path: str) -> tuple[str, str] | None:
    """Read token and file path from a path; None when the path has another form."""
    found = DOWNLOAD.fullmatch(raw_path.partition("?")[0])
    return None if found is None else (unquote(found[1]), unquote(found[2]))


def addressee(target: str) -> str:
    """Read the number of the bot from a request's target, whatever its token; "" if there is none."""
    found = called(target) or downloaded(target)
    return found[0].partition(":")[0] if found else ""


# parameters


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that stands in the call itself."""

    name: str
    mime: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Parameters:
    """What a call says: values by name, and the files that came with it."""

    values: dict[str, Any]
    uploads: dict[str, Upload] = field(default_factory=dict)

    @property
    def record(self) -> dict[str, Any]:
        """What is written down of it: of a file its name, type and size."""
        files = {
            name: {"file_name": it.name, "mime_type": it.mime, "file_size": len(it.content)}
            for name, it in self.uploads.items()
        }
        return self.values | files


def parameters(query: str, content_type: str, body: bytes) -> Parameters:
    """Read the parameters from query and body, whichever way they came; the body's go before the query's.

    A body of another type is not read at all.

    Raises:
        ValueError: the body is not what its type says.
    """
    values: dict[str, Any] = dict(parse_qsl(query, keep_blank_values=True))
    about = parse_mimetype(content_type)
    match f"{about.type}/{about.subtype}":
        case "application/json" if body:
            return Parameters(values | _object(body))
        case "application/x-www-form-urlencoded":
            return Parameters(values | dict(parse_qsl(body.decode(), keep_blank_values=True)))
        case "multipart/form-data":
            given, uploads = _parts(about.parameters.get("boundary", ""), body)
            return Parameters(values | given, uploads)
    return Parameters(values)


def _object(body: bytes) -> dict[str, Any]:
    given = parse(body)
    if not isinstance(given, dict):
        raise ValueError("it is no JSON object")  # noqa: TRY004 - a wrong body, not a wrong caller
    return given


def _parts(boundary: str, body: bytes) -> tuple[dict[str, Any], dict[str, Upload]]:
    if not boundary:
        raise ValueError("the body has no boundary")
    values: dict[str, Any] = {}
    uploads: dict[str, Upload] = {}
    for head, content in _split(boundary, body):
        name, file = _names(head.get("content-disposition", ""))
        if file is None:
            values[name] = content.decode()
        else:
            uploads[name] = Upload(file, head.get("content-type", "") or mime_of(file), content)
            values[name] = ATTACHED + name
    return values, uploads


def _names(disposition: str) -> tuple[str, str | None]:
    """Read the name of a part, and that of its file if it is one."""
    named = {key: quoted or bare for key, quoted, bare in NAMES.findall(disposition)}
    if "name" not in named:
        raise ValueError("a part of the body has no name")
    encoded = named.get("filename*")
    return named["name"], named.get("filename") if encoded is None else unquote(encoded.rpartition("'")[2])


def _split(boundary: str, body: bytes) -> Iterator[tuple[dict[str, str], bytes]]:
    first, *parts = (b"\r\n" + body).split(b"\r\n--" + boundary.encode())
    if first.strip() or not parts or not parts[-1].startswith(b"--"):
        raise ValueError("the body is no multipart/form-data")
    for part in parts[:-1]:
        lines, found, content = part.partition(b"\r\n\r\n")
        if not found:
            raise ValueError("a part of the body has no head")
        heads = (line.decode().partition(":") for line in lines.split(b"\r\n") if line.strip())
        yield {name.strip().lower(): value.strip() for name, _, value in heads}, content


# types


def typed(values: Mapping[str, Any], schema: Mapping[str, Any]) -> dict[str, Any]:
    """Give the values the types that the treaty has for them, as far as what is written can be read so.

    Query, form and multipart know strings alone, and JSON objects may stand as strings in a JSON body, too.
    """
    described = schema.get("properties", {})
    return {name: _read(value, _types(described.get(name, {}))) for name, value in values.items()}


def _types(part: Mapping[str, Any]) -> tuple[str, ...]:
    types = part.get("type", "string")
    return (types,) if isinstance(types, str) else tuple(types)


def _read(value: Any, types: tuple[str, ...]) -> Any:
    if isinstance(value, str) and "integer" in types and WHOLE.fullmatch(value):
        return int(value)
    if not isinstance(value, str) or "string" in types:
        return value
    if "boolean" in types and value.lower() in TRUE + FALSE:
        return value.lower() in TRUE
    try:
        return parse(value.encode()) if {"object", "array", "number"} & set(types) else value
    except ValueError:
        return value


def method_in(body: bytes) -> tuple[str, dict[str, Any]] | None:
    """Read the method with its parameters that a webhook's answer asks for; None when it asks for none."""
    try:
        given = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(given, dict) or not isinstance(given.get("method"), str):
        return None
    return given.pop("method"), given
