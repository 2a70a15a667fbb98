"""The shim for aioresponses works, leaves nothing behind, and says when it is no longer needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import aiohttp
import aioresponses
import pytest
from aioresponses import core

from tests.harness.bridge.aioresponses_shim import answering

if TYPE_CHECKING:
    from tests.harness.bridge.universe import Universe

URL = "http://jivo.test/webhooks"


async def post(universe: Universe) -> tuple[int, bytes]:
    """Post to the URL; give status and body of the answer."""
    session = await universe.session()
    async with session.post(URL) as answer:
        return answer.status, await answer.read()


def test_answers(universe: Universe) -> None:
    """Within the block the answer is the one that was put down."""
    with answering() as answers:
        answers.post(URL, status=418, body=b"tea")
        came = universe.run(post(universe))

    assert (418, b"tea") == came


def test_leaves_nothing_behind() -> None:
    """After the block both libraries are as they were."""
    before = aiohttp.ClientSession._request
    with answering():
        pass

    assert aiohttp.ClientResponse is vars(core)["ClientResponse"]
    assert before is aiohttp.ClientSession._request


def test_is_still_needed(universe: Universe) -> None:
    """Without the shim aioresponses breaks; once it does not, the shim is to be deleted."""
    with aioresponses.aioresponses() as answers:
        answers.post(URL)
        try:
            universe.run(post(universe))
        except TypeError:
            return

    pytest.fail(
        f"This aioresponses works with aiohttp {aiohttp.__version__} by itself: delete aioresponses_shim.py with its "
        "tests, use aioresponses.aioresponses() in its place, and raise aioresponses' version in pyproject.toml."
    )
