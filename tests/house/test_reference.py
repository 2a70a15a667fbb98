"""The reports that are kept are those that the reference bridge and the fakes come to."""

from __future__ import annotations

import base64
import gzip
import re
from typing import TYPE_CHECKING

import pytest

from harness import versions
from tests.house.reference import FOLDER, KEPT, made

if TYPE_CHECKING:
    from pathlib import Path

PACKED = re.compile(rb"H4sI[A-Za-z0-9+/=]+")  # how gzip begins in base64


def test_the_kept_reports_are_fresh(tmp_path: Path) -> None:
    """They can be made again, byte for byte; ``python -m tests.house.reference`` does."""
    kept = {name: (FOLDER / name).read_bytes() for name in KEPT}
    if versions.lock().encode() not in kept["summary.md"]:
        pytest.skip("made with other versions than are installed here; one seed has one journal per set of versions")

    assert {name: unpacked(content) for name, content in kept.items()} == {
        name: unpacked(content) for name, content in made(tmp_path).items()
    }


def unpacked(content: bytes) -> bytes:
    """Unpack the bodies of a page, which another zlib may pack otherwise."""
    return PACKED.sub(lambda found: gzip.decompress(base64.b64decode(found[0])), content)


def test_nothing_else_is_kept() -> None:
    """No journal, which is large and can be made again."""
    assert sorted(KEPT) == sorted(path.name for path in FOLDER.iterdir())
