"""Whatever the treaty's schemas allow or refuse, both validators judge it alike, and the wire carries it."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.kit import contract
from harness import vendors
from tests.treaty.corpus import MESSAGES, VENDORS
from tests.treaty.generate import Broken, bodies, broken, flaws

AT_ONCE = 10  # flaws in one example: more would be too much for Hypothesis, fewer would take longer


def pointer(path: Any) -> str:
    """Write a path as JSON pointer."""
    return "".join(f"/{part}" for part in path)


def refused(schema: contract.Schema, flaw: Broken) -> None:
    """Check that both validators find this one fault, where it is and by the rule that it breaks."""
    slow = jsonschema.Draft202012Validator(schema.source).iter_errors(flaw.body)
    fast = jsonschema_rs.Draft202012Validator(schema.source).iter_errors(flaw.body)
    [explanation] = schema.violations(flaw.body)

    assert [(flaw.place, flaw.rule)] == [(pointer(error.absolute_path), error.validator) for error in slow]
    assert [(flaw.place, flaw.rule)] == [(pointer(error.instance_path), error.schema_path[-1]) for error in fast]
    assert explanation.startswith(f"{flaw.place or '/'}: ")


def test_there_is_a_treaty_to_judge() -> None:
    """The messages of every vendor are drawn from, none of them by name; each vendor that is played has some."""
    assert {("jivo", "CLIENT_MESSAGE"), ("livetex", "sendText"), ("telegram", "Update")} <= set(MESSAGES)
    assert set(vendors.names()) <= set(VENDORS)


@pytest.mark.parametrize(("vendor", "message"), MESSAGES)
def test_what_is_generated_keeps_to_the_treaty(vendor: str, message: str) -> None:
    """Both validators find no fault in a generated body, and it comes over the wire as it was."""
    schema = contract.schema(vendor, message)
    authority = jsonschema.Draft202012Validator(schema.source)

    @given(bodies(schema.source))
    @settings(deadline=None, derandomize=True, max_examples=12)
    def keeps(body: Any) -> None:
        assert [] == schema.violations(body)
        assert [] == [error.message for error in authority.iter_errors(body)]
        assert repr(body) == repr(contract.parse(json.dumps(body, ensure_ascii=False).encode()))

    keeps()


@pytest.mark.parametrize(("vendor", "message"), MESSAGES)
def test_what_breaks_one_rule_is_refused_for_it(vendor: str, message: str) -> None:
    """Whatever else a body holds, its one fault is found, and the explanation begins with its place."""
    schema = contract.schema(vendor, message)

    @given(broken(schema.source))
    @settings(deadline=None, derandomize=True, max_examples=5)
    def breaks(flaw: Broken) -> None:
        refused(schema, flaw)

    breaks()


@pytest.mark.parametrize(("vendor", "message"), MESSAGES)
def test_no_rule_can_be_broken_unseen(vendor: str, message: str) -> None:
    """Each rule of a schema, broken in the plainest way, is found."""
    schema = contract.schema(vendor, message)
    ways = flaws(schema.source)
    for first in range(0, len(ways), AT_ONCE):

        @given(st.tuples(*ways[first : first + AT_ONCE]))
        @settings(deadline=None, derandomize=True, max_examples=1)
        def breaks(broken_bodies: tuple[Broken, ...]) -> None:
            for flaw in broken_bodies:
                refused(schema, flaw)

        breaks()
