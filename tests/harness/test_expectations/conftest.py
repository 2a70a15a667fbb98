"""Fixtures: a scene, whose journal must be one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeVar

import jsonschema_rs
import pytest

from harness import data
from harness.contract import document
from tests.harness.test_expectations.scene import MirroredScene, Scene

if TYPE_CHECKING:
    from collections.abc import Iterator

S = TypeVar("S", bound=Scene)
SCHEMA = jsonschema_rs.Draft202012Validator(
    json.loads((data.ROOT / "harness" / "journal.schema.json").read_text("utf-8"))
)
ANSWERS = {
    name: jsonschema_rs.Draft202012Validator(
        {"$ref": f"#/components/schemas/{name}", "components": document()["components"]}
    )
    for name in ("Lead", "ArchiveLine", "WebhookLogEntry")
}


@pytest.fixture
def scene() -> Iterator[Scene]:
    """Give an empty scene; what is put down there by hand must be what a run could have written, or a bridge said."""
    yield from _true(Scene())


@pytest.fixture
def mirrored() -> Iterator[MirroredScene]:
    """Give an empty scene whose visitor lives elsewhere than the operators, and hold it to the same."""
    yield from _true(MirroredScene())


def _true(made: S) -> Iterator[S]:
    desk = made.desk
    yield made

    assert [] == [error.message for line in made.journal.lines for error in SCHEMA.iter_errors(line)]
    assert [] == [error.message for name, one in desk.everything() for error in ANSWERS[name].iter_errors(one)]
