"""The control API over HTTP: routes, checks, and answers in JSON."""

from __future__ import annotations

import json
import logging
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from aiohttp import web

from harness.serve.api import about, clock, faults, lines, people, whole
from harness.serve.api.operation import ROOT, Asked, Operation
from harness.serve.errors import Refusal
from harness.serve.words import checked, parsed

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from harness.serve.guard import Guard
    from harness.serve.tenants import Tenants

    Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

LOG = logging.getLogger("deskcheck.serve")
MOST = 1024 * 1024  # bytes of a body


def operations(tenants: Tenants, urls: Mapping[str, str]) -> list[Operation]:
    """List all that can be asked for."""
    others = [*whole.OPERATIONS, *clock.OPERATIONS, *lines.OPERATIONS, *faults.OPERATIONS]
    return about.operations([*others, *people.operations(tenants.vendors)], urls)


def application(tenants: Tenants, urls: Mapping[str, str], guard: Guard) -> web.Application:
    """Make the application that serves the control API."""
    app = web.Application(middlewares=[troubles], client_max_size=MOST)
    for operation in operations(tenants, urls):
        app.router.add_route(operation.method, ROOT + operation.path, _route(operation, tenants, guard))
    app.router.add_route("*", f"{ROOT}{people.PATH}/{{vendor}}/{{sort}}/{{verb}}", _unknown(tenants, guard))
    app.router.add_get("/", _to_the_page)
    return app


async def _to_the_page(_: web.Request) -> web.StreamResponse:
    raise web.HTTPFound(f"{ROOT}/docs")


def _route(operation: Operation, tenants: Tenants, guard: Guard) -> Handler:
    async def handle(request: web.Request) -> web.StreamResponse:
        guard.check(request, secret=operation.secret)
        words: Mapping[str, Any] = {}
        if operation.body is not None:
            words = checked(operation.name, operation.body, parsed(await request.read()))
        query = checked(operation.name, _query(operation), dict(request.query), texts=True)
        answer = await operation.answer(Asked(request, tenants, request.match_info, query, words))
        if isinstance(answer, web.StreamResponse):
            return answer
        status = operation.gives[0]
        return web.Response(status=status) if status == HTTPStatus.NO_CONTENT else _json(status, answer)

    return handle


def _query(operation: Operation) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": dict(operation.query),
        "required": list(operation.needs),
        "additionalProperties": False,
    }


def _unknown(tenants: Tenants, guard: Guard) -> Handler:
    async def handle(request: web.Request) -> web.StreamResponse:
        """Say what there is, instead of a verb that there is not."""
        guard.check(request, secret=True)
        asked = request.match_info
        tenants.get(asked["tenant"])
        if asked["vendor"] not in tenants.vendors:
            raise Refusal(404, f"There is no vendor {asked['vendor']}; there are {', '.join(tenants.vendors)}.")
        served = tenants.vendors[asked["vendor"]].served
        known = {"acts": served.acts, "looks": served.looks}.get(asked["sort"])
        if known is None:
            raise Refusal(404, f"There are acts and looks, no {asked['sort']}.")
        if asked["verb"] in known:
            raise web.HTTPMethodNotAllowed(request.method, ["POST" if asked["sort"] == "acts" else "GET"])
        raise Refusal(404, f"{asked['vendor']} has no {asked['verb']} among its {asked['sort']}: {', '.join(known)}.")

    return handle


@web.middleware
async def troubles(request: web.Request, handler: Handler) -> web.StreamResponse:  # noqa: PLR0911 - one per trouble
    """Answer every trouble with a sentence (RFC 9457)."""
    try:
        return await handler(request)
    except Refusal as refusal:
        return problem(refusal.status, str(refusal))
    except web.HTTPNotFound:
        return problem(404, f"There is nothing at {request.path}: see {ROOT}/docs.")
    except web.HTTPMethodNotAllowed as error:
        answer = problem(405, f"{request.path} cannot be asked with {request.method}: use {error.headers['Allow']}.")
        answer.headers["Allow"] = error.headers["Allow"]
        return answer
    except web.HTTPRequestEntityTooLarge:
        return problem(413, f"The body may have {MOST:,} bytes.")
    except web.RequestPayloadError:
        return problem(400, "The body cannot be read.")
    except web.HTTPException:
        raise
    except Exception:
        LOG.exception("%s %s", request.method, request.path)
        return problem(500, "Deskcheck itself went wrong; what it says of it stands where it was started.")


def problem(status: int, detail: str) -> web.Response:
    """Answer that something cannot be, and why."""
    answer = _json(status, {"title": HTTPStatus(status).phrase, "status": status, "detail": detail})
    answer.content_type = "application/problem+json"
    return answer


def _json(status: int, value: Any) -> web.Response:
    body = json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace")
    return web.Response(status=status, body=body, content_type="application/json", charset="utf-8")
