"""The step vocabulary, as a part of features/README.md.

``python -m tests.house.vocabulary`` writes it; a test says when it is stale.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from pytest_bdd.steps import step_function_context_registry

from harness import data
from harness.steps import MODULES

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = data.ROOT / "features" / "README.md"
BEGIN, END = "<!-- vocabulary: generated -->\n", "<!-- end of the vocabulary -->\n"
ORDER = ("given", "when", "then")


def sentences() -> list[tuple[str, str, str, str]]:
    """List every sentence: noun, keyword, sentence, what it does."""
    found = []
    for noun in MODULES:
        module = importlib.import_module(f"harness.steps.{noun}")
        for context in step_function_context_registry.values():
            step = context.step_func
            if step.__module__ == module.__name__:
                does = (step.__doc__ or "").partition("\n")[0]
                found.append((noun, str(context.type), context.parser.name, does))
    return sorted(set(found), key=lambda row: (MODULES.index(row[0]), ORDER.index(row[1]), row[2]))


def listing() -> str:
    """Write the list."""
    return "\n".join([f"{len(sentences())} sentences.", "", *_rows(), ""])


def _rows() -> Iterator[str]:
    yield "| noun | | sentence | what it does |"
    yield "|---|---|---|---|"
    for noun, keyword, sentence, does in sentences():
        yield f"| {noun} | {keyword.capitalize()} | `{sentence.replace('|', chr(92) + '|')}` | {does} |"


def page(before: str) -> str:
    """Put the list into the page."""
    head, _, rest = before.partition(BEGIN)
    _, _, tail = rest.partition(END)
    return f"{head}{BEGIN}\n{listing()}\n{END}{tail}"


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text("utf-8")), "utf-8")
