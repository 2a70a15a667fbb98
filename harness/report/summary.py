"""The report for a terminal: at most 80 columns."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from harness.report.broken import broken_by
from harness.report.failure import shown
from harness.report.live import SIGNS, WIDTH
from harness.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

REPLAY = "  replay "
MOST_NAMED = 3
LONGEST_NAME = 60
OBSERVED = (Verdict.PASSED, Verdict.WARNED, Verdict.FAILED)


def summarise(report: Mapping[str, Any], failures: Sequence[str]) -> str:
    """Say what did not hold, behaviour by behaviour, and the headlines last, where the eye ends."""
    rows: list[str] = []
    for failure in failures:
        rows += [*_folded(failure), ""]
    if report["run"].get("faults") is None:
        rows += [*_table(report["behaviours"]), ""]
    broken = [row for row in report["oracles"] if row["broken_by"]]
    notes = [
        *_named("Broken oracles", [(row["name"], len(row["broken_by"])) for row in broken]),
        *_named("Never read", [(_field(row), row["times"]) for row in report["fields_never_read"]]),
        *_named("Remarks", [(f"{_event(row)} «{row['remark']}»", row["times"]) for row in report["remarks"]]),
    ]
    rows += [*notes, ""] if notes else []
    rows += headlines(report)
    return "\n".join(rows)


def headlines(report: Mapping[str, Any]) -> list[str]:
    """Say of the bridge, and of the fakes, whether they conform; under drawn faults, where the oracles hold."""
    if report["run"].get("faults") is not None:
        return list(_under_faults(report))
    return [
        _headline(side, [row for row in report["behaviours"] if row["who"] == who], report)
        for who, side in (("bridge", "bridge"), ("vendor", "fakes"))
        if any(row["who"] == who for row in report["behaviours"])
    ]


def oracles_hold(report: Mapping[str, Any]) -> str:
    """Say in a clause in how many scenarios the oracles hold, for a run under drawn faults."""
    counted = report["totals"]["scenarios"]
    judged = counted[Verdict.PASSED] + counted[Verdict.FAILED]
    unknown = f", {counted[Verdict.UNKNOWN]} unknown" if counted[Verdict.UNKNOWN] else ""
    return f"the oracles hold in {counted[Verdict.PASSED]} of {judged} scenarios{unknown}"


def outcome(report: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> str:
    """Say in a clause what some behaviours of a report come to."""
    verdicts = [Verdict(row["verdict"]) for row in rows]
    observed = sum(verdict in OBSERVED for verdict in verdicts)
    if Verdict.FAILED in verdicts:
        return f"does not conform: {verdicts.count(Verdict.FAILED)} of {len(rows)} behaviours failed"
    if broken := broken_by(report, rows):
        return f"does not conform: broken {', '.join(broken)}"
    if Verdict.UNKNOWN in verdicts:
        return f"unknown: {verdicts.count(Verdict.UNKNOWN)} of {len(rows)} behaviours could not be judged"
    if not observed:
        return f"unknown: none of {len(rows)} behaviours could be observed"
    return f"conforms on {observed} of {len(rows)} observed"


def _under_faults(report: Mapping[str, Any]) -> Iterator[str]:
    faults, said = report["totals"]["faults"], oracles_hold(report)
    yield f"bridge  {_cut(shown(report['run']['bridge']['name']), WIDTH - len(said) - 10)}: {said}"
    yield f"faults  {faults['drawn']} drawn with the seed {report['run']['faults']}, {faults['missed']} never struck"


def _headline(side: str, rows: Sequence[Mapping[str, Any]], report: Mapping[str, Any]) -> str:
    name = report["run"]["bridge"]["name"] if side == "bridge" else ", ".join(sorted({row["vendor"] for row in rows}))
    said = outcome(report, rows)
    return f"{side:<7} {_cut(shown(name), WIDTH - len(f'{side:<7} : {said}'))}: {said}"


def _named(title: str, counted: Sequence[tuple[str, int]]) -> list[str]:
    """Name those that came most often, and say how many more there are; nothing of nothing."""
    if not counted:
        return []
    most = sorted(counted, key=lambda pair: -pair[1])[:MOST_NAMED]
    names = ", ".join(f"{_cut(shown(name), LONGEST_NAME)} ({times}×)" for name, times in most)
    more = f" and {len(counted) - MOST_NAMED} more" if len(counted) > MOST_NAMED else ""
    return textwrap.wrap(
        f"{title}: {names}{more}; see report.json", WIDTH, subsequent_indent="  ", break_on_hyphens=False
    )


def _field(row: Mapping[str, Any]) -> str:
    return f"{'the answer to ' if row['in'] == 'answer' else ''}{_event(row)} {row['field']}"


def _event(row: Mapping[str, Any]) -> str:
    return row["event"] or "something"


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else text[: room - 1] + "…"


def _table(behaviours: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    width = max((len(row["id"]) for row in behaviours), default=0)
    for row in behaviours:
        sign, room = SIGNS[Verdict(row["verdict"])], WIDTH - width - 4
        yield f"{sign} {row['id']:<{width}}  {textwrap.shorten(row['says'], room, placeholder='…')}"
        if row["verdict"] != Verdict.FAILED and row["reason"]:  # of those all is told above
            yield f"{'':<{width + 2}}  {textwrap.shorten(shown(row['reason']), room, placeholder='…')}"


def _folded(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if line.startswith(REPLAY):  # to be copied as it is
            yield line
            continue
        indent = " " * 12 if line.startswith("  ") else ""
        yield from textwrap.wrap(
            line, WIDTH, subsequent_indent=indent, break_long_words=True, break_on_hyphens=False
        ) or [""]
