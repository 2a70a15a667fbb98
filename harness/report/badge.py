"""The outcome on one line, to be shown elsewhere: ``badge.svg``, and ``badge.json`` for shields.io."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from harness.model import Who
from harness.report.broken import broken_by
from harness.report.summary import oracles_hold, outcome
from harness.verdicts import Verdict, exit_status

if TYPE_CHECKING:
    from collections.abc import Mapping

LABEL = "deskcheck"
COLOURS = {0: "#1b6e3c", 1: "#b3261e", 3: "#6f42b5"}  # by exit status; white letters stand out from each by 4.5 to 1
GREY = "#55595f"
LETTER = 6.2  # units that a letter is wide, on average; the text is fitted to what that comes to
PADDING = 6
SVG = """<svg xmlns="http://www.w3.org/2000/svg" width="{whole}" height="20" role="img" aria-label="{label}: {message}">
<title>{label}: {message}</title>
<clipPath id="round"><rect width="{whole}" height="20" rx="3"/></clipPath>
<g clip-path="url(#round)"><rect width="{left}" height="20" fill="{grey}"/>\
<rect x="{left}" width="{right}" height="20" fill="{colour}"/></g>
<g fill="#fff" font-family="Verdana, DejaVu Sans, Geneva, sans-serif" font-size="11">
<text x="{padding}" y="14" textLength="{label_length}">{label}</text>
<text x="{start}" y="14" textLength="{message_length}">{message}</text>
</g>
</svg>
"""


def endpoint(report: Mapping[str, Any]) -> dict[str, Any]:
    """Give the badge as shields.io's endpoint schema wants it (https://shields.io/badges/endpoint-badge)."""
    message, colour = _said(report)
    return {"schemaVersion": 1, "label": LABEL, "message": message, "color": colour.removeprefix("#")}


def svg(report: Mapping[str, Any]) -> str:
    """Draw the badge; it needs no network and no particular font."""
    message, colour = _said(report)
    lengths = [round(LETTER * len(text)) for text in (LABEL, message)]
    left, right = (length + 2 * PADDING for length in lengths)
    return SVG.format(
        whole=left + right,
        left=left,
        right=right,
        start=left + PADDING,
        padding=PADDING,
        label=LABEL,
        message=escape(message),
        label_length=lengths[0],
        message_length=lengths[1],
        grey=GREY,
        colour=colour,
    )


def _said(report: Mapping[str, Any]) -> tuple[str, str]:
    """Give message and colour: the bridge's, or, where no bridge was judged, the fakes'."""
    sides = [[row for row in report["behaviours"] if row["who"] == who] for who in (Who.BRIDGE, Who.VENDOR)]
    rows = next(filter(None, sides), [])
    broken = [Verdict.FAILED for _ in broken_by(report, rows)]
    said = outcome(report, rows) if report["run"]["faults"] is None else oracles_hold(report)
    return said, COLOURS[exit_status([*broken, *(Verdict(row["verdict"]) for row in rows)])]
