"""Reads the feature files into the scenarios that they plan, as the Gherkin reference implementation sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gherkin.errors import CompositeParserException, ParserException
from gherkin.parser import Parser
from gherkin.pickles.compiler import Compiler

from harness.errors import MisuseError
from harness.model import Scenario

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

EVERY_VENDOR = "every_vendor"


def plan(folder: Path, vendors: Sequence[str]) -> list[Scenario]:
    """List every scenario below a folder of features, in collection order.

    A feature in the folder of a vendor runs in that vendor's world; one in ``every_vendor`` once per vendor.

    Raises:
        MisuseError: a feature is broken, or stands in no vendor's folder.
    """
    scenarios: list[Scenario] = []
    for path in sorted(folder.rglob("*.feature")):
        name = path.relative_to(folder).as_posix()
        home = name.split("/", maxsplit=1)[0]
        if home != EVERY_VENDOR and home not in vendors:
            places = ", ".join((*vendors, EVERY_VENDOR))
            raise MisuseError(f"{name} stands in no vendor's folder.", f"Put it below one of: {places}.")
        for vendor in vendors if home == EVERY_VENDOR else (home,):
            scenarios += _read(path, name, vendor)
    return scenarios


def _read(path: Path, name: str, vendor: str) -> Iterator[Scenario]:
    try:
        document: Any = Parser().parse(path.read_text("utf-8"))
    except UnicodeDecodeError as error:
        raise MisuseError(f"{name} is not UTF-8.", "Save it as UTF-8.") from error
    except (CompositeParserException, ParserException) as error:
        first = str(getattr(error, "errors", [error])[0])
        raise MisuseError(f"{name} is broken: {first}.", "Mend that line.") from error
    document["uri"] = name
    nodes = by_id(document)
    for pickle in Compiler().compile(document):
        scenario, row = nodes[pickle["astNodeIds"][0]], row_of(pickle, nodes)
        yield Scenario(
            id=title(name, pickle, nodes),
            feature=name,
            name=scenario["name"],
            row=row,
            vendor=vendor,
            tags=tuple(tag["name"].removeprefix("@") for tag in pickle["tags"]),
            steps=tuple(nodes[step["astNodeIds"][0]]["keyword"] + step["text"] for step in pickle["steps"]),
            line=scenario["location"]["line"],
        )


def title(feature: str, pickle: Mapping[str, Any], nodes: Mapping[str, Any]) -> str:
    """Write the id of what a pickle plays: feature path, name, and in brackets the values of its example row."""
    row = " | ".join(row_of(pickle, nodes))
    return f"{feature}: {nodes[pickle['astNodeIds'][0]]['name']}" + (f" [{row}]" if row else "")


def row_of(pickle: Mapping[str, Any], nodes: Mapping[str, Any]) -> tuple[str, ...]:
    """Give the values of a pickle's example row; a scenario outside an outline has none."""
    return tuple(cell["value"] for node in pickle["astNodeIds"][1:] for cell in nodes[node]["cells"])


def by_id(document: Any) -> dict[str, Any]:
    """Give everything in a Gherkin document that has an id: scenarios, rows, steps."""
    return {node["id"]: node for node in _nodes(document.get("feature") or {})}


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """Go through everything that has an id."""
    if isinstance(tree, dict):
        if "id" in tree:
            yield tree
        for value in tree.values():
            yield from _nodes(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from _nodes(value)
