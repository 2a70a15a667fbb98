"""A desk that is served."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.harness.serve.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def desk() -> Iterator[Desk]:
    """Give a desk with its first tenant."""
    with Desk() as desk:
        yield desk
