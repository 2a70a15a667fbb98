"""The sentence about silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import then

if TYPE_CHECKING:
    from harness.expectations import Expectations


@then("nothing else happens")
def nothing_else(expect: Expectations) -> None:
    """Expect that nothing since the When is left unaccounted for, after one more quiet window."""
    expect.nothing_else()
