"""A tenant is made of what reached it: replayed, the same entries give the same journal, to the last byte."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness import vendors
from harness.errors import LivelockError
from harness.serve.call import WHOLE, Call
from harness.serve.caller import Caller
from harness.serve.entry import Plan
from harness.serve.loop import InnerLoop
from harness.serve.shelf import MemoryShelf
from harness.serve.tenant import Tenant
from harness.simulation.chance import Chance

DOORS = {name: vendors.front_door(name) for name in vendors.names()}
URLS = {name: f"http://{name}.test" for name in DOORS}
PLAN = Plan("desk", 5, 1_800_000_000.0, frozen=True)
NOBODY = "http://127.0.0.1:9"  # the port of discard, at which nobody listens
BINDING = {"bot_url": NOBODY, "token": "t", "webhook_url": NOBODY}

DEEDS = st.sampled_from(
    ["write", "answer", "accept", "leave", "poll", "send", "wait a little", "wait long", "nonsense", "storm", "hang up"]
)

STORMS = [
    ("answers 503", "call", "jivo", "", 1, None),
    ("drips the answer for 3 seconds", "call"),
    ("drops the answer", "call", "", "message"),
    ("comes 60 seconds late", "delivery", "", "", None, 90.0),
    ("comes twice, 20 seconds apart", "delivery"),
    ("finds everybody gone", "call", "jivo"),
]


def make(shelf: MemoryShelf) -> Tenant:
    """Make the tenant that a shelf keeps."""
    return Tenant(PLAN, DOORS, URLS, shelf, lambda: 0.0)


def journal(tenant: Tenant) -> str:
    """Write the whole journal down."""
    return json.dumps(tenant.record.since(0), ensure_ascii=False)


def under_way(tenant: Tenant) -> tuple[list[Any], list[float], list[Any]]:
    """Tell which lines stand, with what was said over each, when timers fall due, and when dialogues do."""
    lines = [(number, line.address, line.unanswered) for number, line in tenant._lines.open.items()]
    control: Any = tenant._fakes["jivo"].control
    due = [
        (name, chat.idle and chat.idle.due, chat.silence and chat.silence.due)
        for name, chat in control.site.dialogues.items()
    ]
    return lines, sorted(timer.when() for timer in tenant._loop._scheduled if not timer._cancelled), due


class Life:
    """A tenant to whom things happen."""

    def __init__(self) -> None:
        """Found one, with a bot that nobody answers for."""
        self.shelf = MemoryShelf()
        self.shelf.found(PLAN)
        self.tenant = make(self.shelf)
        self.tenant.go_live(())
        self.tenant.furnish()
        self.tenant.act("jivo", "connects", {"binding": BINDING})
        [self.visitor] = self.tenant.look("jivo", "visitors", {})
        [self.operator] = self.tenant.look("jivo", "operators", {})
        [self.person] = self.tenant.look("telegram", "visitors", {})

    def call(self, vendor: str, target: str, body: bytes) -> None:
        """Let a bridge call."""
        head = (("Host", f"{vendor}.test"), ("Content-Type", "application/json"))
        self.tenant.call(vendor, Call("POST", target, head, WHOLE), body, Caller())

    def hang_up(self) -> None:
        """Let nobody wait for an answer any more."""
        for caller in list(self.tenant._callers.values()):
            caller.leave()

    async def happen(self, deed: str, number: int) -> None:
        """Let one thing happen, possible or not."""
        settings = self.tenant.settings()
        words = {"operator": self.operator, "visitor": self.visitor}
        bot = f"/bot{settings['telegram']['token']}"
        try:
            match deed:
                case "write":
                    self.tenant.act("jivo", "visitor_writes", {"visitor": self.visitor, "text": f"{number}"})
                case "answer":
                    dialogue = self.tenant.look("jivo", "dialogue_of", {"visitor": self.visitor})
                    said = {"event": "BOT_MESSAGE", "id": str(number), "client_id": self.visitor, "chat_id": dialogue}
                    body = json.dumps({**said, "message": {"type": "TEXT", "text": f"{number}"}}).encode()
                    self.call("jivo", f"/webhooks/{settings['jivo']['provider_id']}/t", body)
                case "accept" | "leave":
                    self.tenant.act("jivo", f"operator_{deed}s", words)
                case "poll":
                    self.call("telegram", f"{bot}/getUpdates?timeout=30", b"")
                case "send":
                    self.tenant.act("telegram", "visitor_writes", {"visitor": self.person, "text": f"{number}"})
                case "storm":
                    self.tenant.change_weather([STORMS[number % len(STORMS)]])
                case "hang up":
                    self.hang_up()
                case "wait a little" | "wait long":
                    await self.tenant.advance(1.5 if deed == "wait a little" else 600.0)
                case _:
                    self.call("livetex", "/1.2/sendText?key=none", b"\xff")
        except (DOORS["jivo"].served.impossible, DOORS["telegram"].served.impossible):
            pass  # nobody could do that then


async def lived(deeds: list[str]) -> tuple[str, str, Any, Any]:
    """Live, and replay; answers both journals, and what is under way in both."""
    life = Life()
    for number, deed in enumerate(deeds):
        await life.happen(deed, number)
    again = make(life.shelf)
    again.replay()
    again._loop.wind(life.tenant.instant())
    found = journal(life.tenant), journal(again), under_way(life.tenant), under_way(again)
    for tenant in (life.tenant, again):
        tenant.close()
    return found


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.lists(DEEDS, max_size=12))
def test_a_replay_brings_everything_back(deeds: list[str]) -> None:
    """Whatever happened: the journal, what is on its way, and what will fall due and when."""
    journal, replayed, state, state_again = asyncio.run(lived(deeds))

    assert journal == replayed
    assert state == state_again


def test_two_windings_do_what_one_does() -> None:
    """Each timer has its own instant, however the loop is wound."""
    seen: list[list[float]] = []
    for instants in ([10.0], [1.0, 1.5, 2.0, 10.0]):
        loop = InnerLoop(Chance(1, "a test"))
        found: list[float] = []
        seen.append(found)

        def ring(loop: InnerLoop = loop, found: list[float] = found) -> None:
            found.append(loop.time())
            if len(found) < 5:
                loop.call_later(0.75, ring)

        loop.call_later(1.5, ring)
        for instant in instants:
            loop.wind(instant)
        loop.close()

    assert [1.5, 2.25, 3.0, 3.75, 4.5] == seen[0] == seen[1]


def test_the_loop_outside_runs_on() -> None:
    """Within a task of one loop another can be wound; afterwards the first is as it was."""

    async def outside() -> tuple[bool, bool]:
        inner = InnerLoop(Chance(1, "a test"))
        before, task = asyncio.get_running_loop(), asyncio.current_task()
        work = inner.do(lambda: inner.create_task(asyncio.sleep(1.0)))
        inner.wind(2.0)
        inner.close()
        return work.done(), (before, task) == (asyncio.get_running_loop(), asyncio.current_task())

    assert (True, True) == asyncio.run(outside())


def test_what_goes_on_and_on_is_broken_off() -> None:
    """Work that makes more work without end raises, and names the tasks."""
    loop = InnerLoop(Chance(1, "a test"))

    def again() -> None:
        loop.call_soon(again)

    loop.call_soon(again)
    with pytest.raises(LivelockError, match="callbacks ran at once"):
        loop.wind(1.0)
    loop.abandon()
    loop.close()
