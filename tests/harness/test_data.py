"""Tests: harness.data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from harness import data

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.mark.parametrize(
    ("where", "holds"),
    [
        (data.features, "behaviours.yaml"),
        (data.payloads, "jivo/BOT_MESSAGE.schema.json"),
        (data.suite, "test_features.py"),
    ],
)
def test_the_data_is_there(where: Callable[[], Path], holds: str) -> None:
    """Each folder exists and holds what it is for."""
    assert (where() / holds).is_file()


@pytest.mark.parametrize(
    ("where", "packaged", "checkout"),
    [
        (data.features, "harness/_data/features", "features"),
        (data.payloads, "fakes/_payloads", "fixtures/payloads"),
    ],
)
def test_packaged_data_goes_first(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    where: Callable[[], Path],
    packaged: str,
    checkout: str,
) -> None:
    """An installed package brings its own data; without it, the checkout's is read."""
    monkeypatch.setattr(data, "ROOT", tmp_path)
    monkeypatch.setattr(data, "PACKAGE", tmp_path / "harness")
    before = where()
    (tmp_path / packaged).mkdir(parents=True)

    assert [tmp_path / checkout, tmp_path / packaged] == [before, where()]
