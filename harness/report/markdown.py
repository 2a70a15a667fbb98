"""The report as a page for people who read Markdown, such as in a pull request: ``summary.md``."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from harness.oracles import sentence
from harness.report import diff
from harness.report.failure import shown
from harness.report.live import SIGNS
from harness.report.summary import headlines
from harness.verdicts import WORST_FIRST, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from harness.report.diff import Difference

SIDES = {"bridge": "The bridge", "vendor": "The fakes"}
TELLING = (Verdict.FAILED, Verdict.UNKNOWN, Verdict.WARNED)
MOST_NAMED = 8
MOST_OF_A_CELL = 400  # characters


def render(report: Mapping[str, Any], lock: str, difference: Difference | None = None) -> str:
    """Render a report, and what changed since another run.

    ``lock`` names the set of installed versions that made its journal.
    """
    run, rows = report["run"], report["behaviours"]
    selectors = " ".join(run["selectors"]) or "everything"
    head = [
        f"# {cell(run['bridge']['name'])}",
        "",
        *(f"- {cell(line)}" for line in headlines(report)),
        "",
        f"Deskcheck {cell(run['deskcheck'])}, seed {run['seed']}, {cell(selectors)}, {run['temper']}.",
        f"Journal `{run['journal_sha256']}`, versions `{lock}`.",
    ]
    tables = [line for who, title in SIDES.items() for line in _section(report, who, title)]
    return "\n".join(
        [
            *head,
            *_first(rows),
            *_changed(difference),
            *_groups(rows),
            *_oracles(report),
            *_folded(len(rows), tables),
            "",
        ]
    )


def cell(text: str) -> str:
    """Write a text that cannot break a table, nor be taken for markup, nor be long."""
    text = shown(" ".join(text[: 2 * MOST_OF_A_CELL].split()))
    text = text if len(text) <= MOST_OF_A_CELL else f"{text[:MOST_OF_A_CELL]}…"
    for sign in "\\|<>*_`[]":
        text = text.replace(sign, f"\\{sign}" if sign != "<" else "&lt;")
    return text.replace("@", "@<!-- -->")  # nobody is called by what a bridge says


def _first(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Name what did not hold, the worst first; what is assumed of the vendor after what is known."""
    found = [row for row in rows if row["verdict"] in TELLING]
    found.sort(key=lambda row: (TELLING.index(Verdict(row["verdict"])), row["evidence"] == "assumed"))
    if not found:
        return
    yield from ("", "## To look at first", "")
    for row in found[:MOST_NAMED]:
        reason = f" *{cell(row['reason'])}*" if row["reason"] else ""
        yield f"- {SIGNS[Verdict(row['verdict'])]} **{row['id']}** ({row['vendor']}) {cell(row['says'])}{reason}"
    if len(found) > MOST_NAMED:
        yield f"- and {len(found) - MOST_NAMED} more, below"


def _changed(difference: Difference | None) -> Iterator[str]:
    if difference is None:
        return
    headline, before, *_ = diff.lines(difference)
    yield from ("", "## What changed", "", cell(headline), "", f"Compared with {cell(before.split(maxsplit=1)[1])}.")
    worse = [row for kind in diff.KINDS for row in difference[kind]["worse"]]
    yield from [""] if worse else []
    for row in worse[:MOST_NAMED]:
        vendor = f" ({row['vendor']})" if row["vendor"] else ""
        yield f"- **{cell(row['id'])}**{vendor} {row['before']} → {row['after']}"
    if len(worse) > MOST_NAMED:
        yield f"- and {len(worse) - MOST_NAMED} more; `deskcheck diff` names them"


def _groups(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Count verdicts by vendor and group."""
    counts: dict[tuple[str, str, str], Counter[str]] = {}
    for row in rows:
        key = SIDES[row["who"]], row["vendor"], row["group"]
        counts.setdefault(key, Counter())[row["verdict"]] += 1
    yield from ("", "## By vendor and group", "")
    yield f"| | vendor | group | {' | '.join(WORST_FIRST)} |"
    yield f"|---|---|---|{'---|' * len(WORST_FIRST)}"
    for (side, vendor, group), counted in counts.items():
        numbers = " | ".join(str(counted[verdict] or "") for verdict in WORST_FIRST)
        yield f"| {side} | {vendor} | {group.replace('-', ' ')} | {numbers} |"


def _oracles(report: Mapping[str, Any]) -> Iterator[str]:
    if not report["oracles"]:
        return
    yield from ("", "## Oracles", "", "| | oracle | | broken by |", "|---|---|---|---|")
    for row in report["oracles"]:
        verdict, scenarios = Verdict(row["verdict"]), "<br>".join(map(cell, row["broken_by"]))
        yield f"| {SIGNS[verdict]} {verdict} | {cell(row['name'])} | {cell(sentence(row['name']))} | {scenarios} |"


def _folded(number: int, lines: Sequence[str]) -> Iterator[str]:
    yield from ("", "<details>", f"<summary>All {number} behaviours</summary>", *lines, "", "</details>")


def _section(report: Mapping[str, Any], who: str, title: str) -> Iterator[str]:
    rows = [row for row in report["behaviours"] if row["who"] == who]
    if not rows:
        return
    yield from ("", f"## {title}", "", "| | behaviour | | level | evidence |", "|---|---|---|---|---|")
    for row in rows:
        says = cell(row["says"])
        reason = f" *{cell(row['reason'])}*" if row["reason"] else ""
        verdict = Verdict(row["verdict"])
        yield f"| {SIGNS[verdict]} {verdict} | {row['id']} | {says}{reason} | {row['level']} | {row['evidence']} |"
