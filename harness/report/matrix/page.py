"""The matrix for people: ``matrix.html``, one file that needs no network, no server and no script."""

from __future__ import annotations

import itertools
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from harness.report.html.policy import policy
from harness.report.html.visible import text
from harness.report.live import SIGNS
from harness.verdicts import WORST_FIRST

if TYPE_CHECKING:
    from harness.report.matrix.matrix import Matrix

FOLDER = Path(__file__).parent
STYLES = (FOLDER.parent / "html" / "style.css", FOLDER / "matrix.css")  # the report's own, and what a matrix adds
SIDES = {"bridge": "The bridges", "vendor": "The fakes"}


def render(matrix: Matrix) -> bytes:
    """Render the page from a matrix."""
    style = Markup("\n".join(path.read_text("utf-8") for path in STYLES))  # noqa: S704 - ours
    rows = matrix["behaviours"]
    page = (
        _environment()
        .get_template("page.html")
        .render(
            policy=policy(style),
            style=style,
            matrix=matrix,
            runs=matrix["runs"],
            differing=[row for row in rows if row["differs"]],
            groups=[(title, list(members)) for title, members in itertools.groupby(rows, _title)],
            verdicts=WORST_FIRST,
            signs={str(each): SIGNS[each] for each in WORST_FIRST},
        )
    )
    return page.encode("utf-8", "backslashreplace")


def _title(row: dict[str, Any]) -> str:
    return f"{SIDES[row['who']]}, {row['vendor']}: {row['group'].replace('-', ' ')}"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["text"] = text
    return environment
