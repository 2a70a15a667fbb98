"""The report as a page for people who read Markdown: ``summary.md``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from harness.oracles import sentence
from harness.report.live import SIGNS
from harness.report.summary import headlines
from harness.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SIDES = {"bridge": "The bridge", "vendor": "The fakes"}


def render(report: Mapping[str, Any], lock: str) -> str:
    """Render a report; ``lock`` names the set of installed versions that made its journal."""
    run = report["run"]
    selectors = " ".join(run["selectors"]) or "everything"
    head = [
        f"# {_cell(run['bridge']['name'])}",
        "",
        *(f"- {line}" for line in headlines(report)),
        "",
        f"Deskcheck {run['deskcheck']}, seed {run['seed']}, {selectors}, {run['temper']}.",
        f"Journal `{run['journal_sha256']}`, versions `{lock}`.",
    ]
    sections = [line for who, title in SIDES.items() for line in _section(report, who, title)]
    return "\n".join([*head, *sections, *_oracles(report), ""])


def _section(report: Mapping[str, Any], who: str, title: str) -> Iterator[str]:
    rows = [row for row in report["behaviours"] if row["who"] == who]
    if not rows:
        return
    yield from ("", f"## {title}", "", "| | behaviour | | level | evidence |", "|---|---|---|---|---|")
    for row in rows:
        says = _cell(row["says"])
        reason = f" *{_cell(row['reason'])}*" if row["reason"] else ""
        verdict = Verdict(row["verdict"])
        yield f"| {SIGNS[verdict]} {verdict} | {row['id']} | {says}{reason} | {row['level']} | {row['evidence']} |"


def _oracles(report: Mapping[str, Any]) -> Iterator[str]:
    if not report["oracles"]:
        return
    yield from ("", "## Oracles", "", "| | oracle | | broken by |", "|---|---|---|---|")
    for row in report["oracles"]:
        verdict, scenarios = Verdict(row["verdict"]), "<br>".join(map(_cell, row["broken_by"]))
        yield f"| {SIGNS[verdict]} {verdict} | {_cell(row['name'])} | {_cell(sentence(row['name']))} | {scenarios} |"


def _cell(text: str) -> str:
    """Write a text that cannot break a table, nor be taken for markup."""
    for sign in "\\|<>*_`[]":
        text = text.replace(sign, f"\\{sign}" if sign != "<" else "&lt;")
    return " ".join(text.split())
