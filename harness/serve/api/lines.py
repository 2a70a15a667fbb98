"""A tenant's journal: reading it, following it, waiting for a line; and what it shows of the visitors' screens."""

from __future__ import annotations

import asyncio
import json
import re
from typing import TYPE_CHECKING, Any

from aiohttp import web

from harness.serve.api.operation import TEXT, Operation, words
from harness.serve.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from harness.serve.api.operation import Asked
    from harness.serve.tenant import Tenant

GROUP = "Journal"
CURSOR = re.compile("([0-9]{1,15})\\.([0-9]{1,15})")
MOST_SECONDS = 60.0  # that one can wait for a line
HEARTBEAT = 15.0  # seconds without a line, after which a stream shows that it lives
LINE = {"type": "object", "properties": {"kind": TEXT, "seq": {"type": "integer"}}, "required": ["kind", "seq"]}
SINCE = {"type": "string", "pattern": f"^{CURSOR.pattern}$", "description": "a cursor that was given as `next`"}
LIMIT = {"type": "integer", "minimum": 1, "maximum": 10_000, "default": 1_000}


def cursor(tenant: Tenant, revision: int) -> str:
    """Name a place in a tenant's journal."""
    return f"{tenant.plan.generation}.{revision}"


def revision(tenant: Tenant, since: str | None) -> int:
    """Read a cursor; one of a journal that was begun anew since means the beginning.

    Raises:
        Refusal: it is none.
    """
    found = CURSOR.fullmatch(since or "0.0")
    if found is None:
        raise Refusal(422, "since: a cursor is what was given as next, such as 1.120.")
    return int(found[2]) if int(found[1]) == tenant.plan.generation else 0


def matches(wanted: Any, found: Any) -> bool:
    """Tell whether all that is wanted is found: of objects each member, of anything else the very value."""
    if isinstance(wanted, dict):
        return isinstance(found, dict) and all(
            name in found and matches(value, found[name]) for name, value in wanted.items()
        )
    return isinstance(wanted, bool) == isinstance(found, bool) and bool(wanted == found)


def picked(asked: Asked) -> Iterator[dict[str, Any]]:
    """Go through the lines after a cursor that are of a kind, if one is given."""
    tenant, kind = asked.tenant, asked.query.get("kind")
    for line in tenant.record.since(revision(tenant, asked.query.get("since"))):
        if kind is None or line["kind"] == kind:
            yield line


async def listed(asked: Asked) -> Any:
    """List lines."""
    tenant = asked.tenant
    found = list(picked(asked))
    limit = int(asked.query.get("limit", LIMIT["default"]))  # type: ignore[call-overload] # a number stands there
    more = len(found) > limit
    found = found[:limit]
    last = found[-1]["revision"] if more else tenant.record.revision
    return {"lines": found, "next": cursor(tenant, last), "more": more}


async def streamed(asked: Asked) -> web.StreamResponse:
    """Send lines as they come, until the tenant or the reader goes."""
    tenant = asked.tenant
    given = asked.request.headers.get("Last-Event-ID") or asked.query.get("since")
    seen = revision(tenant, given)
    stream = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
    stream.force_close()
    await stream.prepare(asked.request)
    await stream.write(b"retry: 1000\n\n")
    loop, record = asyncio.get_running_loop(), tenant.record
    while True:
        change = record.changed(loop)
        for line in record.since(seen):
            seen = line["revision"]
            data = json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")
            await stream.write(b"id: %s\ndata: %s\n\n" % (cursor(tenant, seen).encode(), data))
        if record.closed:
            return stream
        if not change.done():
            await asyncio.wait([change], timeout=HEARTBEAT)
            if not change.done():
                await stream.write(b": still here\n\n")


async def awaited(asked: Asked) -> Any:
    """Wait for a line."""
    tenant, wanted = asked.tenant, asked.words["matches"]
    seen = revision(tenant, asked.words.get("since"))
    loop, record = asyncio.get_running_loop(), tenant.record
    seconds = asked.words.get("seconds", 5.0)
    deadline = loop.time() + seconds
    while True:
        change = record.changed(loop)
        for line in record.since(seen):
            seen = line["revision"]
            if matches(wanted, line):
                return {"line": line, "next": cursor(tenant, seen)}
        if record.closed:
            raise Refusal(410, "The tenant was reset, restored or deleted meanwhile.")
        if not change.done():
            await asyncio.wait([change], timeout=max(0.0, deadline - loop.time()))
            if not change.done():
                break
    raise Refusal(504, f"No line matched within {seconds:g} s; the last one looked at is {cursor(tenant, seen)}.")


async def screens(asked: Asked) -> Any:
    """Gather what was shown to each visitor, by vendor."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for line in sorted(asked.tenant.record.since(0), key=lambda line: int(line["seq"])):
        if line["kind"] != "fact" or line["fact"] != "shown":
            continue
        vendor, visitor = line["vendor"], line["person"]
        if asked.query.get("vendor", vendor) == vendor and asked.query.get("visitor", visitor) == visitor:
            screen = found.setdefault((vendor, visitor), {"vendor": vendor, "visitor": visitor, "shown": []})
            screen["shown"].append(
                {name: line[name] for name in ("at", "author", "text", "form", "choices", "speaker") if name in line}
            )
    return list(found.values())


async def strays(asked: Asked) -> Any:
    """List the calls that were meant for nobody."""
    return {"lines": asked.tenants.nobody.record.since(0)}


LINES = {
    "type": "object",
    "properties": {"lines": {"type": "array", "items": LINE}, "next": TEXT, "more": {"type": "boolean"}},
    "required": ["lines", "next", "more"],
}
OPERATIONS = (
    Operation(
        "GET",
        "/tenants/{tenant}/journal",
        "readJournal",
        GROUP,
        "Read a tenant's journal: acts of people, facts that a fake testifies to, crossings with their answers. A "
        "line has a `revision`, and comes again when it has changed: a crossing, once it is answered. Lines are in the "
        "order of their last changes; `next` is the cursor for what comes after them. Of the 10,000 latest changes "
        "nothing is lost.",
        listed,
        query={"since": SINCE, "kind": TEXT, "limit": LIMIT},
        gives=(200, LINES),
        refuses=(404, 422),
    ),
    Operation(
        "GET",
        "/tenants/{tenant}/journal/stream",
        "streamJournal",
        GROUP,
        "Follow a tenant's journal as server-sent events, one per line and change. The id of an event is a cursor: a "
        "reader that comes back with Last-Event-ID misses nothing that is kept.",
        streamed,
        query={"since": SINCE},
        gives=(200, TEXT),
        media="text/event-stream",
        refuses=(404, 422),
    ),
    Operation(
        "POST",
        "/tenants/{tenant}/journal/wait",
        "awaitLine",
        GROUP,
        "Wait until a line matches. `matches` is an object of which every member is found in the line, objects in it "
        "likewise. Lines that are there already count, unless `since` is given. 504 says that none came in time.",
        awaited,
        body=words(
            ("matches",),
            matches={"type": "object"},
            since=SINCE,
            seconds={"type": "number", "minimum": 0, "maximum": MOST_SECONDS, "default": 5},
        ),
        gives=(200, {"type": "object", "properties": {"line": LINE, "next": TEXT}, "required": ["line", "next"]}),
        refuses=(404, 410, 422, 504),
    ),
    Operation(
        "GET",
        "/tenants/{tenant}/screens",
        "showScreens",
        GROUP,
        "Show what the visitors saw, as far as the journal is kept, the oldest first.",
        screens,
        query={"vendor": TEXT, "visitor": TEXT},
        gives=(200, {"type": "array", "items": {"type": "object"}}),
        refuses=(404,),
    ),
    Operation(
        "GET",
        "/strays",
        "listStrays",
        GROUP,
        "List the calls that meant no tenant: their key, token or provider id is nobody's.",
        strays,
        gives=(
            200,
            {"type": "object", "properties": {"lines": {"type": "array", "items": LINE}}, "required": ["lines"]},
        ),
    ),
)
