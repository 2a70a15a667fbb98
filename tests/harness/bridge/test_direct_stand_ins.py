"""The stand-ins for Telegram and LiveTex do what the other tests take for granted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.harness.bridge import treaty
from tests.harness.bridge.direct_stand_ins import Called, LiveTexStandIn, StandIn, TelegramStandIn
from tests.harness.bridge.jivo_stand_in import Reply

if TYPE_CHECKING:
    from tests.harness.bridge.universe import Universe

CALLS: dict[str, dict[str, Any]] = {
    "sendText": {"user_id": "l1", "text": "Привет"},
    "sendFile": {"user_id": "l1", "url": "https://files.test/a.pdf"},
    "getDestinations": {},
    "selectDestination": {"user_id": "l1", "destination_type": "Department", "destination_id": "70011"},
    "getCurrentDestination": {"user_id": "l1"},
    "setWebhook": {"url": "https://bridge.test/x", "webhook_key": "k"},
}


def served(universe: Universe, stand_in: StandIn, *calls: tuple[str, dict[str, Any]]) -> list[tuple[int, Any]]:
    """Call a stand-in; give status and body of each answer."""

    async def calling() -> list[tuple[int, Any]]:
        await universe.serve("vendor.test", stand_in)
        session = await universe.session()
        answers = []
        for method, body in calls:
            async with session.post(f"http://vendor.test/x/{method}?key=k", json=body) as answer:
                answers.append((answer.status, json.loads(await answer.read())))
        return answers

    return universe.run(calling())


def test_livetex_answers_as_documented(universe: Universe) -> None:
    """Every answer of the stand-in for LiveTex keeps to the treaty."""
    answers = served(universe, LiveTexStandIn(), *CALLS.items())

    assert [200] * len(CALLS) == [status for status, _ in answers]
    assert [[]] * len(CALLS) == [
        treaty.faults(f"{method}_answer", body, "livetex") for method, (_, body) in zip(CALLS, answers, strict=True)
    ]


def test_livetex_knows_what_is_chosen(universe: Universe) -> None:
    """A group is chosen for whom it was chosen, and for nobody else."""
    other = ("getCurrentDestination", {"user_id": "l2"})
    calls = [("selectDestination", CALLS["selectDestination"]), ("getCurrentDestination", {"user_id": "l1"}), other]
    *_, first, second = served(universe, LiveTexStandIn(), *calls)

    assert "destination" in first[1]
    assert "destination" not in second[1]


def test_livetex_tells_its_messages_apart(universe: Universe) -> None:
    """The ids that were given are those that are told, by the place of the message."""
    livetex = LiveTexStandIn()
    calls = [("sendText", CALLS["sendText"]), ("getDestinations", {}), ("sendFile", CALLS["sendFile"])]
    first, _, last = served(universe, livetex, *calls)

    assert [first[1]["message_id"], last[1]["message_id"]] == [livetex.message(0), livetex.message()]
    assert ["Привет", "https://files.test/a.pdf"] == livetex.lines


@pytest.mark.parametrize("method", ["sendMessage", "sendPhoto", "answerCallbackQuery", "setWebhook"])
def test_telegram_is_content(universe: Universe, method: str) -> None:
    """The stand-in for Telegram takes everything."""
    [(status, body)] = served(universe, TelegramStandIn(), (method, {"text": "Привет"}))

    assert (200, True) == (status, body["ok"])


def test_telegram_shows_what_was_sent(universe: Universe) -> None:
    """What the visitor saw is told in order: words, and files with their captions before."""
    telegram = TelegramStandIn()
    calls: list[tuple[str, dict[str, Any]]] = [
        ("sendMessage", {"text": "Привет"}),
        ("answerCallbackQuery", {"text": "нет"}),
        ("sendPhoto", {"photo": "https://files.test/a.png", "caption": "Вот"}),
    ]
    served(universe, telegram, *calls)

    assert ["Привет", "Вот https://files.test/a.png"] == telegram.shown


def test_answers_as_it_is_told(universe: Universe) -> None:
    """A reply that was told for a method is given for that method alone, and what came is written down."""
    livetex = LiveTexStandIn()
    livetex.replies["sendText"] = lambda body: Reply(503, after=2.0) if body["text"] == "Привет" else None
    calls = [("sendText", CALLS["sendText"]), ("sendText", {"user_id": "l1", "text": "?"}), ("getDestinations", {})]
    answers = served(universe, livetex, *calls)
    first = livetex.called[0]

    assert [503, 200, 200] == [status for status, _ in answers]
    assert Called(first.at, "sendText", "/x/sendText?key=k", CALLS["sendText"]) == first
    assert livetex.called[1].at >= first.at + 2.0
