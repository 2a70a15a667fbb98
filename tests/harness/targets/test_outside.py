"""Bridges in processes of their own, judged from outside: exit statuses and words, as a user sees them."""

from __future__ import annotations

import json
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from harness.cli import main
from harness.errors import MisuseError
from harness.model import Temper, Who
from harness.oracles.secrets import LOGGED
from harness.targets import target
from harness.targets.resident import Neighbour, Program
from harness.targets.target import OWN
from harness.verdicts import Verdict
from tests.harness.targets.programs import program

if TYPE_CHECKING:
    from collections.abc import Sequence

HOME = Path(__file__).resolve().parents[3]
ACTS_TWICE = """
import asyncio
from harness.bridge import __main__ as program
from tests.miniatures.bridges import acts_twice
program.Bridge = acts_twice.args[0]
asyncio.run(program.run())
"""
SENDING = """
import asyncio
from harness.bridge import Bridge, __main__ as program
from harness.bridge.outbox import Outbox

class Other(Outbox):
    async def _carried(self, carrier, letter):
        {deed}
        return await super()._carried(carrier, letter)

class Changed(Bridge):
    outbox_class = Other

program.Bridge = Changed
asyncio.run(program.run())
"""
STAMMERS = SENDING.format(
    deed="""
        loop = asyncio.get_running_loop()
        loop.call_later(0.1, lambda: loop.create_task(carrier.carry(letter)))
"""
)
TELLS = SENDING.format(
    deed="""
        token = self._store.binding(self._store.lead(letter.lead).binding).token
        print({words})
"""
)
HESITATES = SENDING.format(deed="await asyncio.sleep(1.0)")


def deskcheck(*arguments: str) -> Result:
    """Call it."""
    return CliRunner().invoke(main, arguments)


def run(tmp_path: Path, bridge: str, *selectors: str) -> Result:
    """Judge a bridge."""
    return deskcheck("run", *selectors, "--bridge", bridge, "--seed", "1", "--out", str(tmp_path / "out"))


def report(tmp_path: Path) -> dict[str, dict[str, object]]:
    """Read the behaviours of the report."""
    rows = json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))["behaviours"]
    return {row["id"]: row for row in rows}


def small(tmp_path: Path, how: str) -> str:
    """Name the small program as a target."""
    return f"exec:{shlex.join(program(tmp_path, how))}"


def profiled(tmp_path: Path, more: str, command: Sequence[str] = OWN) -> str:
    """Name the reference bridge, or another, as a target, by a profile."""
    path = tmp_path / "own.toml"
    path.write_text(f'name = "own"\n[start]\ncommand = {json.dumps(command)}\n{more}', "utf-8")
    return str(path)


def test_the_reference_bridge_as_a_program(tmp_path: Path) -> None:
    """It gets its verdicts over real sockets; what needs its time to pass is skipped, and said so."""
    result = deskcheck(
        *("run", "JIVO-BOT-4", "LTX-HANDOVER-1", "--bridge", "reference", "--temper", "wall"),
        *("--seed", "1", "--out", str(tmp_path / "out")),
    )

    assert 0 == result.exit_code, result.output
    assert "bridge  reference: conforms on 3 of 3 observed" in result.output
    assert "skipped jivo/bot.feature: An event that comes again minutes later is known" in result.output
    assert "wall" == json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))["run"]["temper"]


def test_smoke_over_real_sockets(tmp_path: Path) -> None:
    """Every wire of both chat-centres holds."""
    result = deskcheck("smoke", "--bridge", profiled(tmp_path, ""))

    assert 0 == result.exit_code, result.output
    assert "✗" not in result.output
    assert {"✓ the bot → jivo", "✓ mirror → livetex"} < {line.strip() for line in result.output.splitlines()}


def test_smoke_names_the_first_broken_wire(tmp_path: Path) -> None:
    """What stands behind it was not tried."""
    result = deskcheck("smoke", "--bridge", small(tmp_path, "dies"))
    rows = result.output.splitlines()

    assert 1 == result.exit_code
    assert ["jivo", "  ✓ start", "  ✓ contract", "  ✗ binding: jivo"] == rows[:4]
    assert "exit status 7. Its last words: listening / last words." in " ".join(" ".join(rows).split())
    assert "  – jivo → bridge (not tried)" in rows


@pytest.mark.parametrize(("offers", "status"), [(["jivo"], 0), (["livetex"], 1)], ids=["one", "none"])
def test_smoke_tries_what_is_offered(tmp_path: Path, offers: list[str], status: int) -> None:
    """A chat-centre that the bridge does not offer is named and not tried; where none is, nothing holds."""
    result = deskcheck("smoke", "--bridge", profiled(tmp_path, f"[capabilities]\noffers = {offers}\n"))
    named = [line for line in result.output.splitlines() if not line.startswith(" ")]

    assert status == result.exit_code, result.output
    assert "✗" not in result.output
    assert [name if name in offers and not status else f"{name} (not offered)" for name in ("jivo", "livetex")] == named


def test_smoke_on_virtual_time() -> None:
    """It tries bridges in this process, too."""
    result = deskcheck("smoke")

    assert 0 == result.exit_code
    assert 14 == result.output.count("✓")


def test_one_that_dies_is_told_with_its_last_words_and_tried_no_more(tmp_path: Path) -> None:
    """Every scenario is judged, as unknown; the bridge is started anew, but not for ever."""
    result = run(tmp_path, small(tmp_path, "dies"), "JIVO-BOT-2", "JIVO-BOT-4")
    words = " ".join(result.output.split())

    assert 3 == result.exit_code
    assert "The bridge died in the middle: exit status 7. Its last words: listening / last words" in words
    assert "The bridge broke down 3 times, so it is not tried again" in words


def test_one_that_does_not_start_is_started_once(tmp_path: Path) -> None:
    """What does not start once does not start; all is unknown, and said at once."""
    result = run(tmp_path, small(tmp_path, "ends"), "JIVO-BOT-2")

    assert 3 == result.exit_code
    assert 1 == " ".join(result.output.split()).count("because The bridge ended before it listened")


def test_known_failures_are_excused_where_they_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Skipped with the reason; one that holds is told."""
    monkeypatch.setenv("PYTHONPATH", str(HOME))
    known = "".join(f'[[known_failures]]\nbehaviour = "JIVO-BOT-{number}"\nreason = "later"\n' for number in (4, 5))
    result = run(tmp_path, profiled(tmp_path, known, (sys.executable, "-c", ACTS_TWICE)), "JIVO-BOT-4", "JIVO-BOT-5")

    assert 0 == result.exit_code, result.output
    assert Verdict.SKIPPED == report(tmp_path)["JIVO-BOT-4"]["verdict"]
    assert str(report(tmp_path)["JIVO-BOT-4"]["reason"]).startswith("known failure: later; expected: ")
    assert "it holds, though it is listed as a known failure: later" == report(tmp_path)["JIVO-BOT-5"]["reason"]


def test_without_an_excuse_the_same_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lie is found over real sockets as in memory."""
    monkeypatch.setenv("PYTHONPATH", str(HOME))
    result = run(tmp_path, profiled(tmp_path, "", (sys.executable, "-c", ACTS_TWICE)), "JIVO-BOT-4")

    assert 1 == result.exit_code
    assert Verdict.FAILED == report(tmp_path)["JIVO-BOT-4"]["verdict"]


def test_one_that_is_busy_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bridge that says when it is idle may take a second for each message."""
    monkeypatch.setenv("PYTHONPATH", str(HOME))
    result = run(tmp_path, profiled(tmp_path, "", (sys.executable, "-c", HESITATES)), "JIVO-BOT-9")

    assert 0 == result.exit_code, result.output
    assert Verdict.PASSED == report(tmp_path)["JIVO-BOT-9"]["verdict"]


def test_one_that_is_not_idle_and_says_so_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it sends when it has said that nothing is under way happens, where nothing else was to happen."""
    monkeypatch.setenv("PYTHONPATH", str(HOME))
    result = run(tmp_path, profiled(tmp_path, "", (sys.executable, "-c", STAMMERS)), "JIVO-BOT-9")

    assert 1 == result.exit_code, result.output
    assert Verdict.FAILED == report(tmp_path)["JIVO-BOT-9"]["verdict"]


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("f'sending with {token}'", Verdict.FAILED),
        ("f'sending with {token[:8]}'", Verdict.PASSED),
        ("""f'127.0.0.1 "POST /jivo/1/bot/{token} HTTP/1.1" 200 -'""", Verdict.PASSED),
    ],
    ids=["a token", "a part of it", "a record of calls"],
)
def test_what_it_prints_is_looked_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str, verdict: Verdict
) -> None:
    """A secret in it is out, whatever the steps say; the vendor's own addresses in a record of calls are not."""
    monkeypatch.setenv("PYTHONPATH", str(HOME))
    result = run(
        tmp_path, profiled(tmp_path, "", (sys.executable, "-c", TELLS.replace("{words}", words))), "JIVO-BOT-9"
    )
    journal = (tmp_path / "out" / "journal.jsonl").read_text("utf-8")
    betrayed = [line["text"] for line in map(json.loads, journal.splitlines()) if line.get("name") == LOGGED]

    assert verdict == report(tmp_path)["JIVO-BOT-9"]["verdict"], result.output
    assert (["sending with ‹secret:jivo-token-1›"] * 2 if verdict is Verdict.FAILED else []) == betrayed


def test_what_a_profile_does_not_offer_is_skipped(tmp_path: Path) -> None:
    """It is judged by what its profile offers, whatever it says itself."""
    result = run(tmp_path, profiled(tmp_path, '[capabilities]\noffers = ["contract"]'), "JIVO-BOT-5")

    assert 3 == result.exit_code
    assert "the bridge does not offer: jivo" == report(tmp_path)["JIVO-BOT-5"]["reason"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--bridge", "exec:"], "exec: names no command."),
        (["--bridge", "exec:'x"], "is no command (No closing quotation)."),
        (["--bridge", "url:ftp://x"], "'ftp://x' is no address of a bridge."),
        (["--bridge", "url:http://127.0.0.1:9"], "The environment does not say DESKCHECK_CONTRACT_TOKEN"),
        (["--bridge", "none.toml"], "none.toml cannot be read"),
        (["--bridge", "exec:x", "--temper", "simulated"], "exec:x runs in the temper wall only."),
        (["--bridge", "python:json:loads", "--temper", "wall"], "python:json:loads runs in the temper simulated only."),
    ],
)
def test_what_is_said_wrong_is_told(arguments: list[str], words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit status 2, and one sentence."""
    monkeypatch.delenv("DESKCHECK_CONTRACT_TOKEN", raising=False)
    result = deskcheck("run", *arguments)

    assert 2 == result.exit_code
    assert words in result.output


def test_one_bridge_is_not_shared_by_processes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Workers would reset it under one another's hands."""
    monkeypatch.setenv("DESKCHECK_CONTRACT_TOKEN", "x")
    result = deskcheck("run", "--bridge", "url:http://127.0.0.1:9", "-n", "2", "--out", str(tmp_path))

    assert 2 == result.exit_code
    assert "is one bridge, which 2 processes would reset" in result.output


def test_what_each_target_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Those outside run on the wall's time, and stay from world to world."""
    monkeypatch.setenv("DESKCHECK_CONTRACT_TOKEN", "x")
    program_target = target("exec:node bridge.js")
    neighbour = target("url:http://127.0.0.1:9/")
    profile = target(profiled(tmp_path, ""))

    assert (Temper.WALL, frozenset({Who.BRIDGE}), False) == (
        program_target.temper,
        program_target.judged,
        program_target.alone,
    )
    assert isinstance(program_target.make(), Program)
    assert program_target.make() is program_target.make()
    assert (Temper.WALL, True) == (neighbour.temper, neighbour.alone)
    made = neighbour.make()
    assert isinstance(made, Neighbour)
    assert ("http://127.0.0.1:9", "x") == (made.public_url, made.contract_token)
    assert ("own", Temper.WALL) == (profile.name, profile.temper)
    with pytest.raises(MisuseError, match="No bridge is reached by 'nonsense'"):
        target("nonsense")
