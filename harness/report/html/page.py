"""Puts the page together: markup, style and script in one file, with a policy that lets nothing else run."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from harness.report.failure import shown
from harness.report.html.bodies import Bodies
from harness.report.html.grid import grid
from harness.report.html.known import known
from harness.report.html.oracle import oracles
from harness.report.html.outline import MOST_OF_A_REASON, sides
from harness.report.html.policy import policy
from harness.report.html.record import read
from harness.report.html.replay import command
from harness.report.html.visible import said, text
from harness.report.live import SIGNS
from harness.verdicts import WORST_FIRST, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from harness.report.html.outline import Behaviour, Side
    from harness.report.html.record import Line

FOLDER = Path(__file__).parent
STYLES = ("style.css", "diagram.css")
SCRIPTS = ("script.js", "diagram.js")
MOST_UNFOLDED = 10  # scenarios that did not hold; of more, only their behaviours are unfolded
TELLING = (Verdict.FAILED, Verdict.UNKNOWN, Verdict.WARNED)
COLOURS = {Verdict.FAILED: "#b3261e", Verdict.UNKNOWN: "#6f42b5", Verdict.PASSED: "#1b6e3c"}  # of the tab's icon
ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="{colour}"/>'
    '<text x="16" y="24" font-family="sans-serif" font-size="23" text-anchor="middle" fill="#fff">{sign}</text></svg>'
)
SIGN = Markup('<span class="sign %s" aria-hidden="true">%s</span>')
HEARD = Markup('<span class="heard">%s: </span>')  # for those who do not see the sign


def render(lines: Iterable[Line], report: Mapping[str, Any]) -> bytes:
    """Render the page from a journal's lines, the run line first, and the report made of them."""
    record, bodies = read(lines), Bodies()
    judged = sides(report, record, bodies)
    verdict = next((each for each in WORST_FIRST if each in {side.verdict for side in judged}), Verdict.UNKNOWN)
    troubled = [row for row in report["scenarios"] if row["verdict"] in {Verdict.FAILED, Verdict.UNKNOWN}]
    style, script = (_joined(names) for names in (STYLES, SCRIPTS))
    page = _environment().get_template("page.html")
    html = page.render(
        policy=policy(style, script),
        icon=quote(ICON.format(colour=COLOURS[verdict], sign=SIGNS[verdict])),
        style=style,
        script=script,
        bodies=Markup(bodies.packed()),  # noqa: S704 - base64
        report=report,
        oracles=oracles(report, record),
        broken=sum(row["verdict"] == Verdict.FAILED for row in report["oracles"]),
        record=record.run,
        sides=judged,
        verdict=verdict,
        verdicts=WORST_FIRST,
        found=_found(judged),
        known=known(record.run, _behaviours(judged)),
        grid=grid,
        most_of_a_reason=MOST_OF_A_REASON,
        several_vendors=len({row["vendor"] for row in report["behaviours"]}) > 1,
        letters=SIGNS,
        signs={each: SIGN % (each, SIGNS[each]) for each in WORST_FIRST},
        marks={each: SIGN % (each, SIGNS[each]) + HEARD % each for each in WORST_FIRST},
        unfolds=len(troubled) <= MOST_UNFOLDED,
        command=command(report, report["run"]["selectors"]),
    )
    return html.encode("utf-8", "backslashreplace")


def _found(judged: Iterable[Side]) -> list[Behaviour]:
    """List the behaviours that did not hold, the worst first; what is assumed of the vendor after what is known."""
    found = [each for each in _behaviours(judged) if each.report["verdict"] in TELLING]
    worst = {verdict: place for place, verdict in enumerate(TELLING)}
    return sorted(found, key=lambda each: (worst[each.report["verdict"]], each.report["evidence"] == "assumed"))


def _behaviours(judged: Iterable[Side]) -> Iterator[Behaviour]:
    return (each for side in judged for group in side.groups for each in group.behaviours)


def _joined(names: Iterable[str]) -> Markup:
    return Markup("".join((FOLDER / name).read_text("utf-8") for name in names))  # noqa: S704 - ours


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"text": text, "said": said, "plain": shown}
    return environment
