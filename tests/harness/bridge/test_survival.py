"""Vendors that are down for an hour, each in its own way: nothing is lost, overtaken, or doubled without need."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from harness.bridge.centre import HANDED_OVER
from tests.harness.bridge.direct_house import ANNA, PERSON
from tests.harness.bridge.jivo_stand_in import Reply

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.harness.bridge.direct_house import DirectHouse
    from tests.harness.bridge.direct_stand_ins import StandIn
    from tests.harness.bridge.house import House

HOUR, MINUTE = 3600.0, 60.0
CERTAIN = {"503": Reply(503), "429": Reply(429, headers={"Retry-After": "600"})}
DOUBTFUL = {"500": Reply(500), "silence": Reply(after=30.0), "junk": Reply(502, b"<html>")}
FAULTS = [pytest.param(reply, name in DOUBTFUL, id=name) for name, reply in (CERTAIN | DOUBTFUL).items()]


def down(seconds: float, reply: Reply) -> Callable[[Any], Reply | None]:
    """Reply so for a while, from now on, and then as ever."""
    loop = asyncio.get_event_loop()
    end = loop.time() + seconds
    return lambda _: reply if loop.time() < end else None


def fails(house: House, standin: StandIn, seconds: float, reply: Reply) -> float:
    """Let all calls of a vendor fail for a while; answers when that ends."""

    async def failing() -> float:
        told = down(seconds, reply)
        standin.replies = dict.fromkeys(
            ("sendMessage", "getMe", "sendText", "getDestinations", "selectDestination"), told
        )
        return asyncio.get_running_loop().time() + seconds

    return house.universe.run(failing())


def taken(standin: StandIn, method: str, since: float) -> list[str]:
    """Give the texts that a vendor has taken, in order."""
    return [called.body["text"] for called in standin.called if called.method == method and called.at >= since]


@pytest.mark.parametrize(("reply", "doubt"), FAULTS)
def test_telegram_is_down_for_an_hour(direct: DirectHouse, reply: Reply, *, doubt: bool) -> None:
    """What the bot says meanwhile arrives once Telegram is back, in order; what is in doubt says so."""
    end = fails(direct, direct.telegram, HOUR, reply)
    direct.chats("раз", "два", seconds=MINUTE)
    direct.universe.later(HOUR + 12 * MINUTE)
    tried = [body["text"] for body in direct.telegram.bodies("sendMessage")]
    first, second = (state for who, _, state in direct.asks() if who == "bot")

    assert ["Эхо: раз", "Эхо: два"] == taken(direct.telegram, "sendMessage", end)
    assert ("doubtful" if doubt else "sent", "sent") == (first, second)
    assert not doubt or 2 == tried.count("Эхо: раз")


@pytest.mark.parametrize(("reply", "doubt"), FAULTS)
def test_livetex_is_down_for_an_hour(direct: DirectHouse, reply: Reply, *, doubt: bool) -> None:
    """What is said meanwhile is shown to LiveTex once it is back, in order, and the lead is handed over then."""
    direct.livetex.online = [True]
    end = fails(direct, direct.livetex, HOUR, reply)
    direct.chats("раз", "/operator", seconds=MINUTE)
    before = direct.telegram.shown
    direct.universe.later(HOUR + 12 * MINUTE)
    chosen = [called.at for called in direct.livetex.called if called.method == "selectDestination"]

    assert ["Л\nраз", "Б\nЭхо: раз", "Л\n/operator"] == taken(direct.livetex, "sendText", end)
    assert (["Эхо: раз"], ["Эхо: раз", HANDED_OVER]) == (before, direct.telegram.shown)
    assert len(chosen) == 1
    assert end <= chosen[0]
    assert ("doubtful" if doubt else "sent") == direct.asks()[0][2]


@pytest.mark.parametrize(("reply", "doubt"), FAULTS)
def test_jivo_is_down_for_an_hour(house: House, reply: Reply, *, doubt: bool) -> None:
    """The same in Jivo, where whatever is repeated has the id that it had, and only HTTP can be asked for a sign."""
    loop = house.universe.loop
    end = loop.time() + HOUR
    house.jivo.reply = lambda _: reply if loop.time() < end else Reply()
    house.jivo.sign = reply
    house.writes("раз", "два", seconds=HOUR)
    house.jivo.sign = Reply(405)
    house.universe.later(12 * MINUTE)
    heard = [(item.body["message"]["text"], item.body["id"]) for item in house.jivo.heard]
    first, second = (line for line in house.archive() if line["who"] == "bot")

    assert ["Эхо: раз", "Эхо: два"] == list(dict.fromkeys(text for text, _ in heard))
    assert 2 == len(set(heard))
    assert ("doubtful" if doubt else "sent", "sent") == (first["state"], second["state"])
    assert not doubt or 3 == len(heard)


def test_a_vendor_that_refuses_connections(direct: DirectHouse) -> None:
    """What nobody would even listen to arrives once somebody does."""
    direct.configures(direct.bot, api_url="http://nobody.test")
    direct.chats("раз", seconds=HOUR)
    direct.configures(direct.bot, api_url="http://telegram.test")
    direct.universe.later(2 * MINUTE)

    assert ["Эхо: раз"] == direct.telegram.shown
    assert ("bot", "Эхо: раз", "sent") == direct.asks()[-1]


def test_one_dialogue_holds_up_no_other(direct: DirectHouse) -> None:
    """While one lead cannot be reached others are answered at once."""
    direct.telegram.replies["sendMessage"] = lambda body: Reply(after=30.0) if body["chat_id"] == PERSON else None
    direct.chats("раз", "два", seconds=0.1)
    direct.chats("три", person=PERSON + 1, seconds=0.5)

    assert "Эхо: три" in direct.telegram.shown
    assert ("bot", "Эхо: три", "sent") == direct.asks(PERSON + 1)[-1]


def test_an_operator_waits_for_no_dead_bot(direct: DirectHouse) -> None:
    """What an operator says reaches the lead though the bot has words of before to say, which stay unsaid."""
    direct.livetex.online = [True]
    direct.chats("/operator")
    direct.telegram.replies["sendMessage"] = lambda body: Reply(503) if "Здравствуйте" not in body["text"] else None
    direct.say("Ваш заказ готов", str(PERSON))
    direct.says(ANNA, "Здравствуйте!")

    assert "Здравствуйте!" == direct.telegram.shown[-1]
    assert ("bot", "Ваш заказ готов", "refused") in direct.asks()


# a lead who cannot be reached, a key that was revoked, a webhook that was overwritten


def trouble(direct: DirectHouse, binding: dict[str, Any]) -> str | None:
    """Tell what is amiss with a binding."""
    told: str | None = direct.universe.run(direct.call("PATCH", f"/bindings/{binding['id']}", {}))[1]["trouble"]
    return told


def test_a_revoked_token_is_told(direct: DirectHouse) -> None:
    """After the next failed call the binding says that its token is not taken, until one is taken again."""
    refusal = Reply(401, b'{"ok": false, "error_code": 401, "description": "Unauthorized"}')
    before = trouble(direct, direct.bot)
    direct.telegram.replies["sendMessage"] = lambda _: refusal
    direct.chats("раз")
    during = trouble(direct, direct.bot)
    del direct.telegram.replies["sendMessage"]
    direct.chats("два")

    assert (None, "Telegram answered 401: Unauthorized", None) == (before, during, trouble(direct, direct.bot))


def test_a_revoked_key_is_told(direct: DirectHouse) -> None:
    """The same of LiveTex's key."""
    refusal = Reply(401, b'{"success": false, "error_code": 2, "error_message": "Authentication key is not valid"}')
    direct.livetex.replies["sendText"] = lambda _: refusal
    direct.chats("раз")
    during = trouble(direct, direct.point)
    direct.livetex.replies.clear()
    direct.chats("два")

    assert "LiveTex answered 401, error code 2: Authentication key is not valid" == during
    assert trouble(direct, direct.point) is None


def test_a_token_that_jivo_does_not_know_is_told(house: House) -> None:
    """The same of Jivo's token."""
    house.jivo.reply = lambda _: Reply(401, b'{"error": {"code": "invalid_client", "message": "no"}}')
    house.writes("раз")
    _, binding = house.universe.run(house.call("PATCH", f"/bindings/{house.binding['id']}", {}))

    assert "401 invalid_client: no" == binding["trouble"]


@pytest.mark.parametrize("ours", [True, False])
def test_an_overwritten_webhook_is_told(direct: DirectHouse, *, ours: bool) -> None:
    """When Telegram refuses something it is asked where its updates go."""
    url = direct.bot["url"] if ours else "https://another.test/hook"
    direct.telegram.replies["getWebhookInfo"] = lambda _: Reply(
        200, b'{"ok": true, "result": {"url": "%s"}}' % url.encode()
    )
    direct.telegram.replies["sendMessage"] = lambda _: Reply(403, b'{"ok": false, "error_code": 403}')
    direct.chats("раз")
    told = trouble(direct, direct.bot)

    assert told is None if ours else told is not None and "another address" in told
    assert url not in str(told)


@pytest.mark.parametrize("ours", [True, False])
def test_an_overwritten_webhook_of_livetex_is_told(direct: DirectHouse, *, ours: bool) -> None:
    """When LiveTex refuses something it is asked where its webhooks go."""
    url = direct.point["url"] if ours else "https://another.test/hook"
    direct.livetex.replies["getWebhookSettings"] = lambda _: Reply(
        200, b'{"success": true, "url": "%s"}' % url.encode()
    )
    direct.livetex.replies["sendText"] = lambda _: Reply(400, b'{"success": false, "error_code": 9}')
    direct.chats("раз")
    told = trouble(direct, direct.point)

    assert told is None if ours else told is not None and "LiveTex sends its webhooks to another address" in told
    assert url not in str(told)
    assert trouble(direct, direct.bot) is None


@pytest.mark.parametrize("status", [503, 400])
def test_a_question_about_the_webhook_may_fail(direct: DirectHouse, status: int) -> None:
    """Where LiveTex does not tell, nothing is known to be amiss."""
    direct.livetex.replies["getWebhookSettings"] = lambda _: Reply(status)
    direct.livetex.replies["sendText"] = lambda _: Reply(400, b'{"success": false, "error_code": 9}')
    direct.chats("раз")

    assert "getWebhookSettings" in direct.livetex.methods
    assert trouble(direct, direct.point) is None


def test_who_blocked_the_bot_is_no_trouble(direct: DirectHouse) -> None:
    """An operator's words to a lead who blocked the bot are refused at once, and the next lead is served."""
    direct.hands_over()
    direct.telegram.replies["sendMessage"] = lambda body: (
        Reply(403, b'{"ok": false, "error_code": 403, "description": "Forbidden: bot was blocked by the user"}')
        if body["chat_id"] == PERSON
        else None
    )
    statuses = direct.says(ANNA, "Здравствуйте!")
    direct.chats("раз", person=PERSON + 1)
    line = direct.archive(str(PERSON))[-1]

    assert [200] == statuses
    assert ("refused", "Telegram answered 403: Forbidden: bot was blocked by the user") == (
        line["state"],
        line["reason"],
    )
    assert 1 == sum(body["text"] == "Здравствуйте!" for body in direct.telegram.bodies("sendMessage"))
    assert ("bot", "Эхо: раз", "sent") == direct.asks(PERSON + 1)[-1]
