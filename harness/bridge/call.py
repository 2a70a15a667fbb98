"""One call to a vendor over HTTP, and what may go wrong on the way whoever the vendor is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import aiohttp
from yarl import URL

from harness.bridge.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable

CALL_SECONDS = 10.0  # how long a call may take
IN_TIME = aiohttp.ClientTimeout(total=CALL_SECONDS)
LONGEST_PAUSE = 3600  # seconds that a vendor may ask to be left alone


async def post(
    session: aiohttp.ClientSession, vendor: str, url: str, body: Any, judge: Callable[[int, bytes], Outcome]
) -> Outcome:
    """Post JSON to a URL that is encoded already; ``judge`` reads status and body of the answer.

    No reason of an outcome names the URL, since it may hold a key.
    """
    try:
        address = URL(url, encoded=True)
        async with session.post(address, json=body, timeout=IN_TIME, allow_redirects=False) as answer:
            outcome = judge(answer.status, await answer.read())
    except (ValueError, aiohttp.NonHttpUrlClientError):  # aiohttp.InvalidURL is a ValueError
        return Outcome("refused", f"{vendor} cannot be reached: its address is no URL")
    except aiohttp.ClientConnectorError as error:
        return Outcome("refused", f"{vendor} cannot be reached: {error.os_error}", again=True)
    except (aiohttp.ClientError, TimeoutError) as error:
        return Outcome("doubtful", f"{vendor} did not answer: {type(error).__name__}", again=True)
    asked = answer.headers.get("Retry-After", "") if outcome.again else ""
    return replace(outcome, pause=max(outcome.pause, bounded(int(asked)))) if _is_seconds(asked) else outcome


async def lives(session: aiohttp.ClientSession, vendor: str, url: str) -> Outcome:
    """Ask for a sign of life, with HEAD, which changes nothing; any answer but a 5xx or 429 is one."""
    try:
        async with session.head(URL(url, encoded=True), timeout=IN_TIME, allow_redirects=False) as answer:
            status = answer.status
    except (ValueError, aiohttp.ClientError, TimeoutError) as error:
        return Outcome("refused", f"{vendor} does not answer: {type(error).__name__}", again=True)
    failure = judged(status, f"{vendor} answered {status}")
    return failure if failure.again else Outcome("sent")


def judged(status: int, reason: str) -> Outcome:
    """Tell by the status of a failure whether it was certainly not taken, and whether to try again."""
    if status in (429, 503):  # it says itself that it took nothing
        return Outcome("refused", reason, again=True)
    if status >= 500:  # noqa: PLR2004 - anything may have happened
        return Outcome("doubtful", reason, again=True)
    return Outcome("refused", reason, denied=status == 401)  # noqa: PLR2004 - unauthorized


def bounded(seconds: int) -> float:
    """Bound the time that a vendor asks to be left alone."""
    return float(min(max(seconds, 0), LONGEST_PAUSE))


def _is_seconds(asked: str) -> bool:
    """Tell whether a Retry-After gives seconds; a date, which nobody was seen to give, is not heeded."""
    return asked.isascii() and asked.isdecimal() and len(asked) <= len(str(LONGEST_PAUSE)) * 2
