"""What lies at an address."""

from __future__ import annotations

import aiohttp
import pytest

from fakes.kit.ports import FAIR
from fakes.kit.webhooks import Courier, Delivery
from harness.simulation.network import Connector
from tests.fakes.conftest import Guest, Stage, answering


def fetched(stage: Stage, guest: Guest, url: str = "http://bridge.test/files/1", window: float = 5.0) -> Delivery:
    """Get what lies at an address."""

    async def work() -> Delivery:
        await guest.open()
        async with aiohttp.ClientSession(connector=Connector(), timeout=aiohttp.ClientTimeout(total=None)) as session:
            courier = Courier(session, stage.clock, FAIR)
            outcome = await courier.fetch(url, window, stage.witness.crossing(event="file"))
        await guest.close()
        return outcome

    return stage.run(work())


def test_a_file_is_got(stage: Stage) -> None:
    """A GET brings status and body, which stand in the record; only 200 is what was asked for."""
    guest = Guest()
    guest.answers = [answering(body=b"png")]

    assert Delivery(acknowledged=True, status=200, body=b"png") == fetched(stage, guest)
    assert (200, b"png") == (stage.witness.crossings[0].status, stage.witness.crossings[0].body)
    assert ["/files/1"] == [heard.path for heard in guest.heard]


def test_a_file_may_have_moved(stage: Stage) -> None:
    """A redirect is followed, as a browser would."""
    guest = Guest()
    guest.answers = [answering(status=302, headers={"Location": "/moved"}), answering(body=b"png")]

    assert Delivery(acknowledged=True, status=200, body=b"png") == fetched(stage, guest)
    assert ["/files/1", "/moved"] == [heard.path for heard in guest.heard]


@pytest.mark.parametrize(("status", "told"), [(404, 404), (204, 204), (None, None)])
def test_a_file_may_be_missing(stage: Stage, status: int | None, told: int | None) -> None:
    """Another status, or silence for the window, is no file."""
    guest = Guest()
    guest.answer(status)

    assert Delivery(acknowledged=False, status=told) == fetched(stage, guest)
    assert (None if status else "no answer within 5 s") == stage.witness.crossings[0].failure
