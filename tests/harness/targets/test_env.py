"""What a bridge is given at its start."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.harness.bridge.house import TOKEN

if TYPE_CHECKING:
    from harness.targets import Env


def test_variables(env: Env) -> None:
    """The same as environment variables, under the names of the bridge contract."""
    assert {
        "PORT": "8080",
        "DESKCHECK_PUBLIC_URL": "http://bridge.test",
        "DESKCHECK_CONTRACT_TOKEN": TOKEN,
        "DESKCHECK_JIVO_URL": "http://jivo.test",
        "DESKCHECK_LIVETEX_URL": "http://livetex.test",
    } == replace(env, port=8080).variables


def test_names_no_vendor_that_is_not_there(env: Env) -> None:
    """A vendor that does not take part has no variable."""
    assert {"PORT", "DESKCHECK_PUBLIC_URL", "DESKCHECK_CONTRACT_TOKEN"} == set(replace(env, vendor_urls={}).variables)
