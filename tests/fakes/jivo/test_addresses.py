"""Tests: addresses as the administrator pastes them, good and bad."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fakes.jivo.machine import State
from tests.fakes.jivo.answers import GOOD
from tests.fakes.jivo.conftest import BINDING, TOKEN

if TYPE_CHECKING:
    from tests.fakes.jivo.conftest import Jivo

BLANK = "ValueError: the address has a blank in it"
PASTED = [
    pytest.param({"bot_url": " http://bridge.test/bot"}, "bot", id="endpoint, blank before"),
    pytest.param({"bot_url": "\thttp://bridge.test/bot"}, "bot", id="endpoint, tab before"),
    pytest.param({"bot_url": "\nhttp://bridge.test/bot"}, "bot", id="endpoint, line break before"),
    pytest.param({"bot_url": "http://bridge.test/bot "}, "bot", id="endpoint, blank behind"),
    pytest.param({"bot_url": "http://bridge.test/bot/ "}, "bot", id="endpoint, slash and blank"),
    pytest.param({"bot_url": "http://bridge.test/bot\n"}, "bot", id="endpoint, line break behind"),
    pytest.param({"webhook_url": " http://bridge.test/webhook"}, "webhook", id="webhook, blank before"),
    pytest.param({"webhook_url": "http://bridge.test/webhook "}, "webhook", id="webhook, blank behind"),
    pytest.param({"webhook_url": "http://bridge.test/webhook\n"}, "webhook", id="webhook, line break behind"),
    pytest.param({"webhook_url": "\u00a0http://bridge.test/webhook"}, "webhook", id="webhook, hard blank before"),
]


@pytest.mark.parametrize(("pasted", "place"), PASTED)
def test_an_address_with_a_blank_leads_to_nobody(jivo: Jivo, pasted: dict[str, str], place: str) -> None:
    """Nothing reaches the guest there, each attempt says why, and the dialogue goes on (protocol/jivo 6)."""
    jivo.control.connects(BINDING | pasted)
    visitor, _ = jivo.finished()
    jivo.control.visitor_writes(visitor, "Ещё вопрос")
    jivo.settle()
    bot = [record for record in jivo.witness.crossings if record.request["event"].isupper()]
    webhooks = [record for record in jivo.witness.crossings if record.request["event"].islower()]
    concerned, others = (bot, webhooks) if place == "bot" else (webhooks, bot)

    assert {BLANK} == {record.failure for record in concerned}
    assert {None} == {record.failure for record in others}
    assert [] == jivo.told(place)
    assert (State.QUEUE if place == "bot" else State.BOT) is jivo.dialogue(visitor).state


@pytest.mark.parametrize("url", ["bridge.test/webhook", "ftp://bridge.test/x", "http://", "http://[/", "ерунда", "#"])
def test_an_address_that_is_none_fails_and_no_more(jivo: Jivo, url: str) -> None:
    """What was pasted and is no address fails with a reason, for bot and webhook, and Jivo lives on."""
    jivo.control.connects(BINDING | {"bot_url": url, "webhook_url": url})
    jivo.finished()
    failed = [record for record in jivo.witness.crossings if record.failure]
    jivo.control.connects(BINDING)
    jivo.visitor()

    assert 12 == len(failed)
    assert ["CLIENT_MESSAGE"] == jivo.told()


def test_a_token_with_a_blank_is_another_token(jivo: Jivo) -> None:
    """A token that was pasted with a blank is sent with it, encoded, and the bot's own is unknown to Jivo."""
    jivo.control.pastes_token(f" {TOKEN} ")
    visitor = jivo.visitor()

    assert [f"/bot/%20{TOKEN}%20"] == [heard.path for heard in jivo.guest.heard]
    assert 401 == jivo.call(jivo.message(visitor)).status


@pytest.mark.parametrize("endpoint", ["http://bridge.test/bot", "http://bridge.test/bot/"])
def test_the_token_is_a_part_of_the_path(jivo: Jivo, endpoint: str) -> None:
    """A slash at the end of the endpoint is not doubled."""
    jivo.control.connects(BINDING | {"bot_url": endpoint})
    visitor = jivo.visitor()

    assert [f"/bot/{TOKEN}"] == [heard.path for heard in jivo.guest.heard]
    assert GOOD == jivo.call(jivo.message(visitor))
