"""What is cited of Jivo's protocol stands there."""

from __future__ import annotations

import re

import pytest

from harness import data
from harness.catalogue import load

SHEET = (data.ROOT / "docs" / "vendors" / "jivo" / "protocol.md").read_text("utf-8")
SECTION = re.compile(r"protocol/jivo:? (\d+(?:\.\d+)?)")
ASSUMPTION = re.compile(r"JIVO-A\d+")
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
