"""A simulated scenario against its floor.

The floor is the scenario's own exchanges between as many bare parties on the bare virtual loop, each with its server
and its session, plus an empty pytest-bdd scenario of as many steps. What is above it is ours: world, fakes, bridge,
journal, verdict.
"""

from __future__ import annotations

import contextlib
import io
import itertools
import time  # noqa: TID251 - it measures
from contextlib import redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import aiohttp
import pytest
from aiohttp import web

from harness import journal
from harness.bench.row import Row, measure
from harness.run import Order, conduct
from harness.simulation.chance import Chance, Ids
from harness.simulation.loop import VirtualLoop
from harness.simulation.machine import cut_off
from harness.simulation.network import Connector

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence
    from pathlib import Path

REACH = 1.5
PICKED: tuple[str, ...] = ()  # which scenarios: all of them
ENOUGH = 250  # scenarios played in one round, at least
HTTP = 80
HARNESS, BRIDGE = "harness", "bridge"  # the party that asks by the contract, and the one that is asked


class Stopwatch:
    """A pytest plugin that plays every test so often, and takes the time of each from set-up to take-down."""

    def __init__(self, times: int) -> None:
        """Play so often; the tests take turns, since pytest takes none down that comes again at once."""
        self._times = times
        self.seconds = 0.0
        self.played = 0

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Multiply the tests."""
        items[:] = items * self._times

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self) -> Generator[None, object, object]:
        """Take the time of one."""
        begun = time.perf_counter()
        try:
            return (yield)
        finally:
            self.seconds += time.perf_counter() - begun
            self.played += 1

    @property
    def milliseconds(self) -> float:
        """The time of one test, on average."""
        return 1000 * self.seconds / max(1, self.played)


def row(folder: Path, rounds: int) -> Row:
    """Measure; ``folder`` is for what the runs write."""
    order = Order(folder / "run", PICKED, seed=1, pages=False)
    conduct(order, _unheard)
    scenarios = _scenarios(folder / "run" / "journal.jsonl")
    times = -(-ENOUGH // len(scenarios))
    empty = _empty_suite(folder / "empty", [len(head["steps"]) for head, _ in scenarios])

    def ours() -> float:
        watch = Stopwatch(times)
        conduct(order, _unheard, plugins=[watch])
        return watch.milliseconds

    def floor() -> float:
        return _empty(empty, times) + _exchanges([exchanges for _, exchanges in scenarios], times)

    return measure(
        f"a simulated scenario (mean of {len(scenarios)}), against its exchanges and an empty pytest-bdd scenario",
        "ms",
        ours,
        floor,
        reach=REACH,
        rounds=rounds,
    )


def _unheard(_: str) -> None:
    """Say nothing."""


def _scenarios(path: Path) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Read each scenario's head and its exchanges, with the bridge and of the contract."""
    found: list[tuple[dict[str, Any], list[dict[str, Any]]]] = []
    for line in journal.read(path):
        if line["kind"] == "scenario":
            found.append((line, []))
        elif line["kind"] in {"crossing", "asked"}:
            found[-1][1].append(line)
    return found


def _empty_suite(folder: Path, steps: Sequence[int]) -> Path:
    """Write as many scenarios of as many steps, which do nothing."""
    folder.mkdir()
    rows = ["Feature: Nothing"]
    for number, count in enumerate(steps):
        rows += [f"  Scenario: Nothing {number}", *(f'    Given nothing "{step}"' for step in range(count))]
    (folder / "nothing.feature").write_text("\n".join(rows), "utf-8")
    (folder / "test_nothing.py").write_text(
        "from pytest_bdd import given, parsers, scenarios\n"
        "scenarios('nothing.feature')\n"
        "@given(parsers.parse('nothing \"{step}\"'))\n"
        "def nothing(step): pass\n",
        "utf-8",
    )
    (folder / "pytest.ini").write_text("[pytest]\n", "utf-8")
    return folder


def _empty(folder: Path, times: int) -> float:
    watch = Stopwatch(times)
    arguments = ["-p", "no:cacheprovider", "-p", "no:faker", f"--rootdir={folder}", str(folder)]
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        pytest.main([*arguments, f"--config-file={folder / 'pytest.ini'}"], plugins=[watch])
    return watch.milliseconds


def _exchanges(scenarios: Sequence[Sequence[dict[str, Any]]], times: int) -> float:
    """Repeat the exchanges of each scenario on a fresh loop; answers milliseconds per scenario."""
    begun = time.perf_counter()
    for number, (_, exchanges) in enumerate(itertools.product(range(times), scenarios)):
        chance = Chance(number, "bench")
        loop = VirtualLoop(chance)
        with cut_off(loop, Ids(chance, "bench")):
            loop.run_until_complete(_exchange(exchanges))
        loop.close()
    return 1000 * (time.perf_counter() - begun) / (times * len(scenarios))


async def _exchange(exchanges: Sequence[dict[str, Any]]) -> None:
    answers = iter([_answer(line) for line in exchanges])

    async def handle(request: web.BaseRequest) -> web.Response:
        await request.read()
        status, body = next(answers)
        return web.Response(status=status, body=body, content_type="application/json")

    runners = []
    for party in sorted({_way(line)[1] for line in exchanges}):
        runner = web.ServerRunner(web.Server(handle, access_log=None), shutdown_timeout=0.01)
        await runner.setup()
        await web.TCPSite(runner, f"{party}.test", HTTP).start()
        runners.append(runner)
    async with contextlib.AsyncExitStack() as stack:
        sessions = {
            party: await stack.enter_async_context(
                aiohttp.ClientSession(connector=Connector(), cookie_jar=aiohttp.DummyCookieJar())
            )
            for party in sorted({_way(line)[0] for line in exchanges})
        }
        for line in exchanges:
            method, url, body = _request(line)
            async with sessions[_way(line)[0]].request(method, url, data=body) as answer:
                await answer.read()
    for runner in runners:
        await runner.cleanup()


def _way(line: dict[str, Any]) -> tuple[str, str]:
    """Tell who asks whom."""
    return (HARNESS, BRIDGE) if line["kind"] == "asked" else (line["from"], line["to"])


def _request(line: dict[str, Any]) -> tuple[str, str, bytes]:
    root = f"http://{_way(line)[1]}.test"
    if line["kind"] == "asked":
        method, _, path = line["call"].partition(" ")
        return method, f"{root}{path}", b""
    sent = line["sent"]
    return sent["method"], f"{root}{urlsplit(sent['url']).path}", journal.written(sent.get("json", {}))


def _answer(line: dict[str, Any]) -> tuple[int, bytes]:
    if line["kind"] == "asked":
        return line["status"], journal.written(line["answer"] or {})
    came = line.get("came", {})
    return came.get("status", 200), journal.written(came.get("json", {}))
