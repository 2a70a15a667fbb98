"""What is cited of the vendors' protocols stands in their sheets."""

from __future__ import annotations

import importlib
import re
from typing import TYPE_CHECKING, Any

import pytest

from harness import data
from harness.agenda.catalogue import load

if TYPE_CHECKING:
    from dataclasses import Field

SHEETS = {path.parent.name: path.read_text("utf-8") for path in data.ROOT.glob("docs/vendors/*/protocol.md")}
VENDORS = sorted(SHEETS)
PLAYED = [vendor for vendor in VENDORS if (data.ROOT / "fakes" / vendor / "knobs.py").is_file()]
ANCHOR = re.compile(r'<a id="([^"]+)"></a>')
SECTION = re.compile(r"protocol/(\w+):? (\d+(?:\.\d+)?)")
ASSUMPTION = re.compile(r"\b[A-Z]+-A\d+\b")
REGISTER = re.compile(r'^\| <a id="([A-Z]+-A\d+)"></a>.*\| ([^|]+) \|$', re.MULTILINE)  # a row's id and its last column
DECORATION = re.compile(r'<a id="[^"]*"></a>|\*|`|\\')
CITING = [
    data.ROOT / "features" / "behaviours.yaml",
    *sorted(data.payloads().glob("*/*.json")),
    *sorted((data.ROOT / "fakes").rglob("*.py")),
]


def plain(text: str) -> str:
    """Strip Markdown, and fold blanks."""
    return " ".join(DECORATION.sub("", text).replace("|", " ").split())


def open_points(vendor: str) -> set[str]:
    """Name the rows of a vendor's register that would have a knob."""
    return {name for name, knob in REGISTER.findall(SHEETS[vendor]) if plain(knob).startswith("yes")}


def knobs(vendor: str) -> list[Field[Any]]:
    """List the knobs of a vendor's fake."""
    return list(importlib.import_module(f"fakes.{vendor}.knobs").knobs())


def wrong_citations(text: str) -> list[str]:
    """List what a text cites of a sheet that does not have it, or of a sheet that there is not."""
    anchors = {vendor: set(ANCHOR.findall(sheet)) for vendor, sheet in SHEETS.items()}
    sections = [f"protocol/{vendor} {section}" for vendor, section in set(SECTION.findall(text))
                if section not in anchors.get(vendor, ())]  # fmt: skip
    rows = set(ASSUMPTION.findall(text)) - set().union(*anchors.values())
    return sorted([*sections, *rows])


@pytest.mark.parametrize("path", CITING, ids=lambda path: path.relative_to(data.ROOT).as_posix())
def test_every_citation_has_its_anchor(path: object) -> None:
    """Each section and each row of a register that is cited can be linked to."""
    assert [] == wrong_citations((data.ROOT / str(path)).read_text("utf-8"))


def test_a_citation_of_nothing_is_found() -> None:
    """A section that a sheet has not, a row that no register has, and a sheet that there is not are all wrong."""
    text = "[documented: protocol/jivo 1.5] (JIVO-A1) protocol/jivo: 99 LTX-A999 [assumed: protocol/acme 1]"

    assert ["LTX-A999", "protocol/acme 1", "protocol/jivo 99"] == wrong_citations(text)


@pytest.mark.parametrize("vendor", VENDORS)
def test_an_anchor_stands_once(vendor: str) -> None:
    """No two places of a sheet have one name."""
    anchors = ANCHOR.findall(SHEETS[vendor])

    assert sorted(set(anchors)) == sorted(anchors)


@pytest.mark.parametrize("vendor", VENDORS)
def test_the_catalogue_quotes_the_sheet_to_the_letter(vendor: str) -> None:
    """Every part of a sentence that a behaviour takes from a sheet or its register occurs there."""
    sheet = plain(SHEETS[vendor])
    rows = {name for name, _ in REGISTER.findall(SHEETS[vendor])}
    wrong = [
        (behaviour.id, part)
        for behaviour in load(data.features() / "behaviours.yaml").behaviours.values()
        if behaviour.source.ref.startswith(f"protocol/{vendor}") or behaviour.source.ref in rows
        for part in re.split(r" … | \| |…", behaviour.source.sentence)
        if plain(part) not in sheet
    ]

    assert rows
    assert [] == wrong


@pytest.mark.parametrize("vendor", PLAYED)
def test_every_open_point_that_wants_a_knob_has_one(vendor: str) -> None:
    """Whatever a register would have as a knob is cited by one."""
    wanted = open_points(vendor)
    cited = {name for knob in knobs(vendor) for name in ASSUMPTION.findall(knob.metadata["source"])}

    assert wanted
    assert [] == sorted(wanted - cited)


@pytest.mark.parametrize("vendor", PLAYED)
def test_every_knob_turns_an_open_point(vendor: str) -> None:
    """A knob cites rows that the register would have as knobs, sections that there are, or the integrator's notes."""
    sections = {f"protocol/{vendor} {section}" for section in re.findall(r'<a id="([\d.]+)"></a>', SHEETS[vendor])}
    known = open_points(vendor) | sections
    wrong = [
        (knob.name, source)
        for knob in knobs(vendor)
        for source in knob.metadata["source"].split("; ")
        if source not in known and not source.startswith(f"notes/{vendor}")
    ]

    assert [] == wrong
