"""The probe hears everything, and acts only when told to."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import aiohttp
import pytest

from harness.targets.probe import NEWEST, SECRET, TOKEN, Manner
from tests.harness.bridge import treaty
from tests.harness.targets.stage import EVENT, HUNG_UP, MANNERS, SETTINGS, SILENT, STRANGE, WEBHOOK, Stage

if TYPE_CHECKING:
    from harness.targets import Env
    from tests.harness.bridge.universe import Universe

NO = {"error": {"code": "invalid_request", "message": "no"}}
OK = {"result": "ok"}


# hearing


def test_acknowledges_by_itself(stage: Stage) -> None:
    """Unless told otherwise every event is acknowledged and heard, and nothing is said."""
    statuses = stage.tells(EVENT, EVENT | {"id": "e2"})

    assert [200, 200] == statuses
    assert ["e1", "e2"] == [heard["id"] for heard in stage.probe.heard]
    assert [] == stage.jivo.heard


@pytest.mark.parametrize(("manner", "status"), MANNERS)
def test_behaves(stage: Stage, manner: Manner, status: int) -> None:
    """It behaves as told, and hears whatever it answers."""
    stage.probe.behave([manner])
    statuses = stage.tells(EVENT, EVENT)

    assert [status, status] == statuses
    assert [EVENT, EVENT] == stage.probe.heard


@pytest.mark.parametrize("door", ["bot", "webhook"])
def test_puts_an_error_inside(stage: Stage, door: str) -> None:
    """An error inside a success is the treaty's error; any other answer is ok."""
    stage.probe.behave([Manner.ERROR_INSIDE, Manner.ANOTHER_SUCCESS])
    bodies = []
    for manner in (Manner.ERROR_INSIDE, Manner.ANOTHER_SUCCESS):
        stage.probe.webhook_manner = manner
        bodies.append(stage.is_answered(stage.doors[door])[1])

    assert [NO, OK] == bodies
    assert [] == treaty.faults("error", NO)


def test_every_manner_has_its_effect() -> None:
    """No manner is left untried here."""
    assert set(Manner) == {manner for manner, _ in MANNERS}


def test_behaves_in_turn(stage: Stage) -> None:
    """Manners are shown one each, and the last one stays."""
    stage.probe.behave([Manner.SILENCE, Manner.HANG_UP, Manner.ERROR, Manner.REFUSAL])
    statuses = stage.tells(EVENT, EVENT, EVENT, EVENT, EVENT)

    assert [SILENT, HUNG_UP, 500, 400, 400] == statuses


def test_behaves_anew(stage: Stage) -> None:
    """Told again it begins again, and what it was told is not touched."""
    manners = [Manner.ERROR, Manner.ACKNOWLEDGE]
    statuses = []
    for _ in range(2):
        stage.probe.behave(manners)
        statuses += stage.tells(EVENT, EVENT)

    assert [500, 200, 500, 200] == statuses
    assert [Manner.ERROR, Manner.ACKNOWLEDGE] == manners


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"/bot/{TOKEN}", 200),
        (f"/bot/{TOKEN}?from=jivo", 200),
        ("/bot/17:wrong", 404),
        (f"/bot/%20{TOKEN}", 404),
        (f"/bot/{TOKEN}%20", 404),
        (f"/bot/{TOKEN}/", 404),
        (f"/bot/{TOKEN.replace(':', '%3A')}", 404),
        ("/bot/", 404),
        ("/bot", 404),
    ],
)
def test_is_strict_about_its_token(stage: Stage, path: str, status: int) -> None:
    """An event under anything but its token, to the letter, is not found, but heard all the same."""
    answered, _ = stage.is_answered(f"{stage.env.public_url}{path}")

    assert status == answered
    assert [EVENT] == stage.probe.heard


@pytest.mark.parametrize(
    ("written", "status"),
    [
        (quote(STRANGE, safe=""), 200),
        (quote(STRANGE), 404),
        (quote(STRANGE, safe="%"), 404),
        (quote(quote(STRANGE, safe=""), safe=""), 404),
        (quote(STRANGE.strip(), safe="").replace("%20", "+"), 404),
    ],
    ids=["encoded", "with its slash", "with its percent sign", "encoded twice", "with a plus"],
)
def test_is_strict_about_how_its_token_is_written(stage: Stage, written: str, status: int) -> None:
    """A token that is not encoded as a whole, or is encoded otherwise, is another one."""
    stage.probe.token = STRANGE
    answered, _ = stage.is_answered(f"{stage.binding['bot_url']}/{written}")

    assert status == answered
    assert [EVENT] == stage.probe.heard


def test_a_wrong_token_uses_up_no_manner(stage: Stage) -> None:
    """What is not found is nothing that it would answer in its manner."""
    stage.probe.behave([Manner.ERROR, Manner.ACKNOWLEDGE])
    stage.is_answered(f"{stage.binding['bot_url']}/17:wrong")
    statuses = stage.tells(EVENT, EVENT)

    assert [500, 200] == statuses


# webhooks


@pytest.mark.parametrize(("manner", "status"), MANNERS)
def test_webhooks_have_a_manner_of_their_own(stage: Stage, manner: Manner, status: int) -> None:
    """Webhooks are answered in their manner, which stays, and events in theirs."""
    stage.probe.webhook_manner = manner
    webhooks = stage.tells(WEBHOOK, WEBHOOK, door="webhook")
    events = stage.tells(EVENT)

    assert ([status, status], [200]) == (webhooks, events)


def test_webhooks_see_no_manners_of_the_bot(stage: Stage) -> None:
    """Webhooks are acknowledged, are no events, and use up no manner."""
    stage.probe.behave([Manner.ERROR, Manner.ACKNOWLEDGE])
    webhooks = stage.tells(WEBHOOK, WEBHOOK, door="webhook")
    events = stage.tells(EVENT, EVENT)

    assert ([200, 200], [500, 200]) == (webhooks, events)
    assert [EVENT, EVENT] == stage.probe.heard


def test_answers_a_webhook_with_ok(stage: Stage) -> None:
    """What it answers a webhook by itself is what the treaty says."""
    came = stage.is_answered(stage.doors["webhook"], WEBHOOK)

    assert (200, OK) == came
    assert [] == treaty.faults("webhook_answer", OK)


@pytest.mark.parametrize("answer", [{"result": "ок", "crm_link": "https://crm.test/1"}, {}, "OK", [1], None], ids=str)
@pytest.mark.parametrize(("manner", "status"), [(Manner.ACKNOWLEDGE, 200), (Manner.ERROR, 500)])
def test_answers_a_webhook_with_what_it_was_given(stage: Stage, answer: Any, manner: Manner, status: int) -> None:
    """Webhooks are answered with any JSON, whatever the manner; events are not."""
    stage.probe.webhook_answer = answer
    stage.probe.webhook_manner = manner

    assert (status, answer) == stage.is_answered(stage.doors["webhook"], WEBHOOK)
    assert (200, OK) == stage.is_answered(stage.doors["bot"])


# stopping


def test_stops(universe: Universe, env: Env) -> None:
    """Once stopped it is gone, even in the middle of its silence."""
    stage = Stage(universe, env)
    stage.probe.behave([Manner.SILENCE])

    async def stopped() -> tuple[int, Any]:
        waiting = asyncio.create_task(stage.post(stage.doors["bot"], EVENT))
        await asyncio.sleep(1.0)
        await stage.probe.stop()

        assert (HUNG_UP, None) == await waiting
        return await stage.post(stage.doors["bot"], EVENT)

    with pytest.raises(aiohttp.ClientConnectorError):
        universe.run(stopped())


# binding


def test_binds(stage: Stage) -> None:
    """A binding has token, key, version and two URLs below the probe's address, and what the vendor gave."""
    assert (
        SETTINGS
        | {
            "token": TOKEN,
            "bot_url": "http://bridge.test/bot",
            "webhook_url": "http://bridge.test/webhook",
            "webhook_key": SECRET,
            "version": NEWEST,
        }
        == stage.binding
    )


def test_binds_under_the_token_that_it_has(stage: Stage) -> None:
    """A probe that was given another token has it in its binding."""
    stage.probe.token = STRANGE

    assert STRANGE == stage.probe.bind("jivo", SETTINGS)["token"]
