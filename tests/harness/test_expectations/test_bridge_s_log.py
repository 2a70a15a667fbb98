"""What the bridge must show of webhooks and bindings."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from harness.errors import UnobservableError
from tests.harness.test_expectations.scene import body, unmet

if TYPE_CHECKING:
    from collections.abc import Callable

    from harness.expectations import Expectations
    from tests.harness.test_expectations.scene import Scene

ACCEPTED = body("chat_accepted")


# the log


@pytest.fixture(params=["by its name", "by its news"])
def log_shows(request: pytest.FixtureRequest) -> Callable[[Expectations], None]:
    """Expect an acceptance in the log."""
    if request.param == "by its name":
        return lambda expect: expect.log_shows("chat_accepted")
    return lambda expect: expect.log_shows_that("an operator accepted")


def test_the_log_shows_a_webhook(scene: Scene, log_shows: Callable[[Expectations], None]) -> None:
    """Its type, its payload as it came, and the payload formatted."""
    scene.tells("chat_accepted")
    scene.when()
    scene.desk.logs(ACCEPTED | {"chat_id": 1})
    scene.desk.logs(ACCEPTED)

    log_shows(scene.expect)


@pytest.mark.parametrize(
    "entry",
    [
        {"payload": ACCEPTED | {"chat_id": 1}},
        {"payload": {}},
        {"formatted": json.dumps(ACCEPTED)},
        {"formatted": f"{json.dumps(ACCEPTED)}\n"},
        {"formatted": "chat_accepted\nOK"},
        {"formatted": json.dumps(ACCEPTED | {"chat_id": 1}, indent=2)},
        {"formatted": ""},
    ],
    ids=["another payload", "none", "one line", "one line and its end", "no JSON", "another text", "no text"],
)
def test_the_log_shows_a_webhook_otherwise(
    scene: Scene, log_shows: Callable[[Expectations], None], entry: dict[str, Any]
) -> None:
    """Another payload, one line, or a text of something else is not the payload, formatted."""
    scene.tells("chat_accepted")
    scene.desk.logs(ACCEPTED, **entry)

    assert "the webhook log shows the payload of chat_accepted, formatted" == unmet(log_shows, scene.expect)[0]


@pytest.mark.parametrize("logged", [[], [{"event_type": "chat_updated"}]], ids=["nothing", "another"])
def test_the_log_does_not_show_a_webhook(
    scene: Scene, log_shows: Callable[[Expectations], None], logged: list[dict[str, str]]
) -> None:
    """No entry, or one of another type, does not show it."""
    scene.tells("chat_accepted")
    for entry in logged:
        scene.desk.logs(ACCEPTED, **entry)

    assert ("the webhook log shows chat_accepted", "it does not") == unmet(log_shows, scene.expect)


def test_the_log_shows_what_never_came(scene: Scene, log_shows: Callable[[Expectations], None]) -> None:
    """What was not sent cannot have been logged as it came."""
    scene.tells("CHAT_CLOSED")
    scene.desk.logs(ACCEPTED)

    assert "the webhook log shows the payload of chat_accepted, formatted" == unmet(log_shows, scene.expect)[0]


# the binding


def test_the_binding_is_clean(scene: Scene) -> None:
    """What can be pasted has no blanks at its ends."""
    scene.expect.binding_is_clean()


@pytest.mark.parametrize("key", ["token", "webhook_url"])
@pytest.mark.parametrize("value", ["", " x", "x ", "x\n", "x\u00a0", None, 5], ids=repr)
def test_the_binding_is_not_clean(scene: Scene, key: str, value: Any) -> None:
    """A blank at either end, or nothing to paste, is not clean."""
    scene.binding[key] = value

    assert (f"the binding shows a {key} without blanks at either end", repr(value)) == unmet(
        scene.expect.binding_is_clean
    )


@pytest.mark.parametrize("key", ["token", "webhook_url"])
def test_the_binding_shows_nothing(scene: Scene, key: str) -> None:
    """What is not shown cannot be pasted."""
    del scene.binding[key]

    assert "None" == unmet(scene.expect.binding_is_clean)[1]


# nobody to ask


@pytest.mark.parametrize(
    "asks",
    [
        lambda expect: expect.lead(),
        lambda expect: expect.knows_nobody(),
        lambda expect: expect.leads_are_told_apart(),
        lambda expect: expect.history_holds("Раз", "lead", "delivered"),
        lambda expect: expect.history_keeps_order("Раз", "Два"),
        lambda expect: expect.history_leads_to_the_log(),
        lambda expect: expect.lead_is(None, with_card=False),
        lambda expect: expect.log_shows("chat_accepted"),
    ],
)
def test_the_probe_has_no_contract(scene: Scene, asks: Callable[[Expectations], object]) -> None:
    """What only a contract could tell cannot be observed of a guest without one."""
    scene.contract = None
    with pytest.raises(UnobservableError, match="cannot be observed: the probe has no contract"):
        asks(scene.expect)
