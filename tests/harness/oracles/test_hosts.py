"""Tests: harness.oracles.hosts."""

from __future__ import annotations

import pytest

from tests.harness.oracles.play import Play


@pytest.mark.parametrize(("who", "broken"), [("bridge", True), ("vendor", False)])
def test_a_bridge_calls_nobody_else(who: str, broken: bool) -> None:  # noqa: FBT001 - a row
    """What the fakes call by order of a step is not its own."""
    play = Play(who)
    play.journal.fault("called an address outside the world", address="stats.test:443")

    says = "the bridge called stats.test:443, which is no vendor of this world"
    assert ([("hosts", says, (1,))] if broken else []) == play.findings()


def test_a_fault_that_was_ordered_is_no_call(play: Play) -> None:
    """Only an address outside the world is."""
    play.journal.fault("delay", address="stats.test:443")

    assert [] == play.findings()


@pytest.mark.parametrize("url", ["http://files.test:80/cat.png", " http://files.test/cat.png"])
def test_a_vendor_may_look_at_an_address_that_it_was_given(play: Play, url: str) -> None:
    """It is the vendor that calls."""
    play.crossing("livetex", "bridge", "file", None, url=url, status=None)
    play.journal.fault("called an address outside the world", address="files.test:80")

    assert [] == play.findings()
