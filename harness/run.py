"""A run: from an order to a folder with journal, reports and JUnit file."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import shutil
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest

from harness import data, journal, treaty, vendors, versions
from harness.agenda.agenda import Agenda, draw_up
from harness.errors import BreakdownError, MisuseError
from harness.plugin.lookup import remembered
from harness.report import badge, diff, html, markdown, messages, past
from harness.report.json import build
from harness.report.junit import render
from harness.report.live import Live
from harness.report.past import Past
from harness.targets.target import target
from harness.verdicts import Verdict, exit_status

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from harness.model import Temper
    from harness.targets.target import Target

LOST = "it never ended: the process that played it was lost"
INTERRUPTED = "it never ended: the run was interrupted"
JUDGED = {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.INTERRUPTED}


@dataclass(frozen=True, slots=True)
class Order:
    """What a user wants judged.

    Attributes:
        out: the folder to write; it is made, and what is in it of the same names is replaced.
        selectors: see ``Catalogue.picked``; none means everything.
        bridge: see ``targets.target``.
        seed: of all chance.
        faults: the seed of drawn faults; None draws none.
        workers: processes; 0 means this one.
        temper: how worlds run; None: as the target has it.
        pages: whether to write what people read, too: report.html, summary.md and the badge, and messages.ndjson.
        against: an earlier run, with which summary.md compares this one; see ``past.read``.
    """

    out: Path
    selectors: tuple[str, ...] = ()
    bridge: str | None = None
    seed: int = 0
    faults: int | None = None
    workers: int = 0
    temper: Temper | None = None
    pages: bool = True
    against: str | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What came out: the report, why each scenario did not pass, and the exit status."""

    report: dict[str, Any]
    failures: tuple[str, ...]
    status: int


def conduct(order: Order, say: Callable[[str], object], *, tty: bool = False, plugins: Sequence[object] = ()) -> Result:
    """Judge; ``say`` prints progress, ``plugins`` are further pytest plugins (a test's lying vendors).

    Raises:
        MisuseError: nothing could be judged, since the order or the suite is wrong.
        BreakdownError: pytest itself broke down.
    """
    before = None if order.against is None else past.read(order.against)
    under_test = target(order.bridge, order.temper, faulty=order.faults is not None)
    if under_test.alone and order.workers > 1:
        raise MisuseError(
            f"{under_test.spec} is one bridge, which {order.workers} processes would reset under one another's hands.",
            "Leave -n out.",
        )
    agenda = draw_up(order.selectors, under_test.judged)
    for failure in under_test.known_failures:
        if failure.behaviour not in agenda.catalogue.behaviours:
            raise MisuseError(f"{under_test.spec} excuses {failure.behaviour}, which is no behaviour.", "Mend its id.")
    for name in vendors.names():
        treaty.check(name)
    parts = _make(order.out)
    live = Live(say, len(agenda.wanted), tty=tty)
    try:
        code = _play(order, parts, live, plugins)
        blocks = journal.gather(sorted(parts.glob("*.part")))
    finally:
        shutil.rmtree(parts, ignore_errors=True)
    for index in agenda.wanted - blocks.keys():
        blocks[index] = _lost(agenda, index, LOST if code != pytest.ExitCode.INTERRUPTED else INTERRUPTED)
    if under_test.profile is not None:
        (order.out / past.PROFILE).write_bytes(under_test.profile)
    out = order.out / "journal.jsonl"
    digest = journal.bind(_head(order, under_test), blocks, out)
    lines = list(journal.read(out))
    report = build(lines, agenda.catalogue, digest)
    journal.write_json(order.out / "report.json", report)
    if order.pages:
        write_pages(order.out, lines, report, versions.lock(), before)
        whole = messages.render(lines, report, data.features(), agenda.catalogue)
        (order.out / "messages.ndjson").write_bytes(whole)
    (order.out / "junit.xml").write_bytes(render(report, live.seconds, live.failures))
    broken = [row for row in report["oracles"] if row["verdict"] == Verdict.FAILED]
    status = exit_status(Verdict(row["verdict"]) for row in (*report["behaviours"], *broken))
    return Result(report, tuple(live.failures.values()), status)


def write_pages(
    out: Path, lines: Sequence[dict[str, Any]], report: dict[str, Any], lock: str, before: Past | None = None
) -> None:
    """Write what people read of a run into a folder, from its journal's lines and its report."""
    difference = None if before is None else diff.build(before, Past(str(out), report))
    summary = markdown.render(report, lock, difference)
    (out / "summary.md").write_bytes(summary.encode("utf-8", "backslashreplace"))
    (out / "report.html").write_bytes(html.render(lines, report))
    (out / "badge.svg").write_text(badge.svg(report), "utf-8", newline="\n")
    journal.write_json(out / "badge.json", badge.endpoint(report))


def _make(out: Path) -> Path:
    parts = out / "parts"
    try:
        out.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(parts, ignore_errors=True)
        parts.mkdir()
    except OSError as error:
        raise MisuseError(f"{out} cannot be written ({error.strerror}).", "Give another folder with --out.") from error
    return parts


def _play(order: Order, parts: Path, live: Live, plugins: Sequence[object]) -> int:
    suite = data.suite()
    features = suite / "test_features.py"
    for name in [name for name, module in sys.modules.items() if getattr(module, "__file__", None) == str(features)]:
        del sys.modules[name]  # an earlier run of this process may have collected other features
    arguments = [
        str(features),
        f"--rootdir={suite}",
        f"--config-file={suite / 'empty.ini'}",
        *("-p", "pytest-bdd"),
        *("-p", "deskcheck"),
        *("-p", "no:cacheprovider"),
        *("-p", "no:terminalreporter"),  # Live speaks
        *("-p", "no:logging"),  # what a bridge logs is nowhere shown
        "--capture=sys",  # what it prints is kept from the terminal, without a file to read back at every turn
        *("-p", "no:unraisableexception"),  # what a stranger's bridge leaks is no verdict
        "--import-mode=importlib",
        "--strict-markers",
        f"--deskcheck-seed={order.seed}",
        f"--deskcheck-parts={parts.resolve()}",
        *(f"--deskcheck-select={selector}" for selector in order.selectors),
    ]
    if order.bridge is not None:
        arguments.append(f"--deskcheck-bridge={order.bridge}")
    if order.temper is not None:
        arguments.append(f"--deskcheck-temper={order.temper}")
    if order.faults is not None:
        arguments.append(f"--deskcheck-faults={order.faults}")
    if order.workers:
        arguments += ["-p", "xdist", "-n", str(order.workers)]
    strangers_options = {name: "" for name in ("PYTEST_ADDOPTS", "PYTEST_PLUGINS") if name in os.environ}
    with (
        mock.patch.dict(os.environ, {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"} | strangers_options),
        contextlib.redirect_stderr(io.StringIO()) as complaints,
        remembered(),
    ):
        code = pytest.main(arguments, plugins=[live, *plugins])
    if code not in JUDGED:
        raise live.trouble or BreakdownError(f"pytest ended with {code!r}: {complaints.getvalue().strip()}.")
    return code


def _head(order: Order, under_test: Target) -> dict[str, Any]:
    bridge = {"name": under_test.name, "target": under_test.spec}
    if under_test.profile is not None:
        bridge["profile_sha256"] = hashlib.sha256(under_test.profile).hexdigest()
    return {
        "kind": "run",
        "deskcheck": versions.own(),
        "seed": order.seed,
        "temper": str(under_test.temper),
        "bridge": bridge,
        "selectors": list(order.selectors),
        "faults": order.faults,
        "known_failures": [
            {"behaviour": failure.behaviour, "vendor": failure.vendor, "says": str(failure)}
            for failure in under_test.known_failures
        ],
        "versions": versions.installed(),
        "lock": versions.lock(),
    }


def _lost(agenda: Agenda, index: int, reason: str) -> list[bytes]:
    """Write the lines of a scenario that never came to its verdict."""
    head = agenda.head(agenda.planned[index])
    verdict = {"kind": "verdict", "at": 0.0, "seq": 1, "verdict": str(Verdict.UNKNOWN), "step": -1, "reason": reason}
    return [journal.written(head), journal.written(verdict)]
