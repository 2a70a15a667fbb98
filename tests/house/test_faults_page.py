"""docs/faults.md lists what may go wrong, as it is."""

from __future__ import annotations

import re

from harness import faults
from tests.house.faults_page import MOMENTS, PAGE, page

NAMED = re.compile(r'"([^"]+)" strikes')


def test_the_page_is_fresh() -> None:
    """The list is what would be generated now."""
    text = PAGE.read_text("utf-8")

    assert page(text) == text, "stale: run python -m tests.house.faults_page"


def test_every_moment_has_its_words() -> None:
    """Whatever a fault strikes at can be read on the page."""
    struck = {moment for kind in faults.kinds() for moment in (kind.on_call, kind.on_delivery) if moment is not None}

    assert struck == MOMENTS.keys()


def test_the_sentences_on_the_page_name_faults() -> None:
    """What the page shows in sentences can be ordered so."""
    named = NAMED.findall(PAGE.read_text("utf-8"))

    assert named
    assert named == [str(faults.read(words)) for words in named]
