"""Tests: the doubles that the tests of the fakes rely on."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import aiohttp
import pytest

from fakes.kit.ports import Fact
from harness.simulation.network import Connector
from tests.fakes.conftest import Guest, Stage, Witness

if TYPE_CHECKING:
    from fakes.kit import ports


def test_the_witness_fits_the_port() -> None:
    """The witness is what a fake asks for (the type checker is the judge)."""
    witness: ports.Witness = Witness()

    assert 1 == witness.act("visitor", "writes")


def test_the_witness_counts_everything_in_one_row() -> None:
    """An act, a fact and a crossing get the numbers 1, 2 and 3."""
    witness = Witness()
    witness.act("visitor", "writes", text="Привет")
    witness.fact(Fact.SHOWN, cause=1, text="Привет")
    crossing = witness.crossing(event="X")

    assert [{"seq": 1, "who": "visitor", "did": "writes", "text": "Привет"}] == witness.acts
    assert [{"seq": 2, "fact": "shown", "cause": 1, "text": "Привет"}] == witness.facts
    assert [(3, {"event": "X"})] == [(crossing.seq, crossing.request)]


def test_the_witness_remembers_what_came_back() -> None:
    """A crossing remembers status, body and violations of its own exchange."""
    witness = Witness()
    first, second = witness.crossing(event="X"), witness.crossing(event="Y")
    first.answered(200, {}, b"{}")
    first.violates(["/id: wrong"])
    second.failed("reset")

    assert (200, b"{}", None, ["/id: wrong"]) == (first.status, first.body, first.failure, first.violations)
    assert (None, b"", "reset", []) == (second.status, second.body, second.failure, second.violations)


def test_the_guest_hears_and_answers_as_told() -> None:
    """The guest remembers path and body, and gives its statuses one by one, the last one ever after."""
    with Stage() as stage:
        guest = Guest()
        guest.answer(500, 204)

        async def talk() -> list[int]:
            await guest.open()
            async with aiohttp.ClientSession(connector=Connector()) as session:
                statuses = [(await session.post("http://bridge.test/a", data=b"x")).status for _ in range(3)]
            await guest.close()
            return statuses

        statuses = stage.run(talk())

    assert [500, 204, 204] == statuses
    assert [("/a", b"x")] * 3 == [(heard.path, heard.body) for heard in guest.heard]


def test_the_guest_can_stay_silent() -> None:
    """Told None, the guest never answers."""
    with Stage() as stage:
        guest = Guest()
        guest.answer(None)

        async def talk() -> None:
            await guest.open()
            try:
                async with aiohttp.ClientSession(connector=Connector()) as session, asyncio.timeout(1000):
                    await session.post("http://bridge.test/a", data=b"x", timeout=aiohttp.ClientTimeout(total=None))
            finally:
                await guest.close()

        with pytest.raises(TimeoutError):
            stage.run(talk())


def test_the_stage_reports_what_went_wrong_in_the_background() -> None:
    """A callback that raises makes the stage fail when it closes."""

    def stumble() -> None:
        raise ValueError("stumbled")

    stage = Stage()
    stage.__enter__()
    stage.loop.call_later(1, stumble)
    stage.wait(2)

    with pytest.raises(AssertionError, match="stumbled"):
        stage.__exit__(None, None, None)
