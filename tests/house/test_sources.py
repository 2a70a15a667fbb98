"""What is cited of Jivo's protocol stands there."""

from __future__ import annotations

import re

import pytest

from fakes.jivo.knobs import knobs
from harness import data
from harness.catalogue import load

SHEET = (data.ROOT / "docs" / "vendors" / "jivo" / "protocol.md").read_text("utf-8")
SECTION = re.compile(r"protocol/jivo:? (\d+(?:\.\d+)?)")
ASSUMPTION = re.compile(r"JIVO-A\d+")
REGISTER = re.compile(r'^\| <a id="(JIVO-A\d+)"></a>.*\| ([^|]+) \|$', re.MULTILINE)  # a row's id and its last column
DECORATION = re.compile(r'<a id="[^"]*"></a>|\*|`|\\')
CITING = [
    data.ROOT / "features" / "behaviours.yaml",
    *sorted((data.payloads() / "jivo").glob("*.json")),
    *sorted((data.ROOT / "fakes").rglob("*.py")),
]


def plain(text: str) -> str:
    """Strip Markdown, and fold blanks."""
    return " ".join(DECORATION.sub("", text).replace("|", " ").split())


@pytest.mark.parametrize("path", CITING, ids=lambda path: path.relative_to(data.ROOT).as_posix())
def test_every_citation_has_its_anchor(path: object) -> None:
    """Each section and each row of the register that is cited can be linked to."""
    text = (data.ROOT / str(path)).read_text("utf-8")
    cited = {*SECTION.findall(text), *ASSUMPTION.findall(text)}

    assert [] == sorted(name for name in cited if f'<a id="{name}"></a>' not in SHEET)


def test_the_catalogue_quotes_the_sheet_to_the_letter() -> None:
    """Every part of a sentence that a behaviour takes from the sheet or its register occurs there."""
    sheet = plain(SHEET)
    wrong = [
        (behaviour.id, part)
        for behaviour in load(data.features() / "behaviours.yaml").behaviours.values()
        if behaviour.source.ref.startswith(("protocol/jivo", "JIVO-A"))
        for part in re.split(r" … | \| |…", behaviour.source.sentence)
        if plain(part) not in sheet
    ]

    assert [] == wrong


def test_every_open_point_that_wants_a_knob_has_one() -> None:
    """Whatever the register would have as a knob is cited by one."""
    wanted = {name for name, knob in REGISTER.findall(SHEET) if plain(knob).startswith("yes")}
    cited = {name for knob in knobs() for name in ASSUMPTION.findall(knob.metadata["source"])}

    assert {"JIVO-A1", "JIVO-A33"} <= wanted
    assert [] == sorted(wanted - cited)


def test_every_knob_turns_an_open_point() -> None:
    """A knob cites rows that the register would have as knobs, sections that there are, or the integrator's notes."""
    open_points = {name for name, knob in REGISTER.findall(SHEET) if plain(knob).startswith("yes")}
    sections = {f"protocol/jivo {section}" for section in re.findall(r'<a id="([\d.]+)"></a>', SHEET)}
    wrong = [
        (knob.name, source)
        for knob in knobs()
        for source in knob.metadata["source"].split("; ")
        if source not in open_points | sections and not source.startswith("notes/jivo")
    ]

    assert [] == wrong
