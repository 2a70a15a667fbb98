"""The client of the bridge contract: configures a bridge and asks what never crosses the wire.

``contract.openapi.json`` is the authority; every answer is checked against it and written down as ``asked``, but for
those to ``idle``: they tell when to go on, and nothing that a reader of the journal wants.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import aiohttp
import jsonschema_rs

from harness.errors import BreakdownError, UnobservableError
from harness.journal import BODY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from harness.journal import Journal

DOCUMENT = Path(__file__).with_name("contract.openapi.json")
ANSWER_SECONDS = 10.0  # of the bridge's time
IN_TIME = aiohttp.ClientTimeout(total=ANSWER_SECONDS)


@cache
def document() -> dict[str, Any]:
    """Give the OpenAPI document."""
    loaded: dict[str, Any] = json.loads(DOCUMENT.read_text("utf-8"))
    return loaded


@cache
def _validator(name: str, *, many: bool) -> jsonschema_rs.Draft202012Validator:
    one = {"$ref": f"#/components/schemas/{name}"}
    schema = {"type": "array", "items": one} if many else one
    return jsonschema_rs.Draft202012Validator(schema | {"components": document()["components"]})


class Contract:
    """Speaks to one bridge."""

    def __init__(self, session: aiohttp.ClientSession, public_url: str, token: str, journal: Journal) -> None:
        """Speak to the bridge at that address, with that bearer token."""
        self._session = session
        self._root = f"{public_url}{document()['servers'][0]['url']}"
        self._headers = {"Authorization": f"Bearer {token}"}
        self._journal = journal

    async def about(self) -> dict[str, Any]:
        """Ask who the bridge is and what it can do."""
        return await self._one("GET", "/about", "About")

    async def create_binding(self, kind: str, settings: Mapping[str, Any]) -> dict[str, Any]:
        """Make a binding."""
        return await self._one("POST", "/bindings", "Binding", {"kind": kind, "settings": dict(settings)})

    async def change_binding(self, binding: str, changes: Mapping[str, Any]) -> dict[str, Any]:
        """Merge settings into a binding."""
        return await self._one("PATCH", f"/bindings/{quote(binding, safe='')}", "Binding", dict(changes))

    async def press_webhook(self, binding: str) -> None:
        """Press the button 'Вебхук'."""
        await self._ask("POST", f"/bindings/{quote(binding, safe='')}/webhook")

    async def reset(self) -> None:
        """Let the bridge forget everything."""
        await self._ask("POST", "/reset")

    async def idle(self, wait: float) -> bool:
        """Ask whether nothing is under way; the bridge may take up to so many seconds, lest it be asked again.

        Raises:
            UnobservableError: the bridge does not serve it.
            BreakdownError: it did not answer, or against the contract.
        """
        path = f"/idle?wait={wait:g}"
        answer = await self._ask("GET", path, noted=False)
        _check(f"GET {path}", _validator("Idle", many=False), answer)
        return bool(answer["idle"])

    async def say(self, lead: str, text: str) -> None:
        """Let the bot say something unasked."""
        await self._ask("POST", f"/leads/{quote(lead, safe='')}/say", {"text": text})

    async def leads(self) -> list[dict[str, Any]]:
        """List the leads."""
        return await self._many("/leads", "Lead")

    async def archive(self, lead: str) -> list[dict[str, Any]]:
        """List what was said with a lead."""
        return await self._many(f"/leads/{quote(lead, safe='')}/archive", "ArchiveLine")

    async def webhook_log(self) -> list[dict[str, Any]]:
        """List the webhooks that came."""
        return await self._many("/webhook-log", "WebhookLogEntry")

    async def _one(self, method: str, path: str, schema: str, body: Any = None) -> dict[str, Any]:
        answer = await self._ask(method, path, body)
        _check(f"{method} {path}", _validator(schema, many=False), answer)
        one: dict[str, Any] = answer
        return one

    async def _many(self, path: str, schema: str) -> list[dict[str, Any]]:
        answer = await self._ask("GET", path)
        _check(f"GET {path}", _validator(schema, many=True), answer)
        many: list[dict[str, Any]] = answer
        return many

    async def _ask(self, method: str, path: str, body: Any = None, *, noted: bool = True) -> Any:
        """Call, and write it down if it is to be noted; answers the JSON body, or None where there is none.

        Raises:
            UnobservableError: the bridge does not serve that path (404).
            BreakdownError: anything else but success.
        """
        call = f"{method} {path}"
        note = self._journal.asked if noted else _forget
        url = self._root + path
        try:
            async with self._session.request(method, url, json=body, headers=self._headers, timeout=IN_TIME) as answer:
                status, seen = answer.status, await answer.read()
        except TimeoutError:
            note(call, 0, None)
            raise BreakdownError(f"The bridge did not answer {call} within {ANSWER_SECONDS:g} s.") from None
        except (aiohttp.ClientError, OSError) as error:
            note(call, 0, None)
            raise BreakdownError(f"The bridge did not answer {call}: {type(error).__name__}: {error}.") from None
        try:
            value = BODY.decode(seen.decode()) if seen else None
            if b"\\u" in seen:  # only an escape can smuggle in half a character
                json.dumps(value, ensure_ascii=False).encode()
        except (ValueError, RecursionError):
            value = seen[:200].decode("utf-8", "backslashreplace")
            status = status if status >= 300 else 0  # noqa: PLR2004 - success with garbage is none
        note(call, status, value)
        if status == 404:  # noqa: PLR2004 - not found
            raise UnobservableError(f"cannot be observed: the bridge does not serve {call}")
        if not 200 <= status < 300:  # noqa: PLR2004 - 2xx
            raise BreakdownError(
                f"The bridge answered {call} with {status or 'something that is not JSON'}: {value}.",
                "See the bridge contract.",
            )
        return value


def _forget(call: str, status: int, answer: Any) -> None:
    """Write down nothing."""


def _check(call: str, validator: jsonschema_rs.Draft202012Validator, answer: Any) -> None:
    error = next(iter(validator.iter_errors(answer)), None)
    if error is not None:
        place = "/".join(str(part) for part in error.instance_path)
        raise BreakdownError(
            f"The bridge answered {call} against the contract, at /{place}: {error.message}.",
            "See the bridge contract.",
        )
