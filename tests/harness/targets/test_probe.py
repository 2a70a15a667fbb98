"""The probe hears everything, and acts only when told to."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest
from aiohttp import web

from harness.errors import BreakdownError, MisuseError
from harness.targets.probe import TOKEN, Answer, Manner, Probe, _put
from tests.harness.bridge import treaty
from tests.harness.bridge.jivo_stand_in import JivoStandIn, Reply, in_turn

if TYPE_CHECKING:
    from harness.targets import Env
    from tests.harness.bridge.universe import Universe

SETTINGS = {"api_url": "http://jivo.test", "provider_id": "prov 1"}
EVENT = {"event": "CLIENT_MESSAGE", "id": "e1", "client_id": "4701", "chat_id": "9701", "message": {"text": "Привет"}}


class Stage:
    """A probe that listens, a stand-in for Jivo, and short words for both."""

    def __init__(self, universe: Universe, env: Env) -> None:
        """Start both, and bind the probe to Jivo."""
        self.universe = universe
        self.env = env
        self.probe = Probe()
        self.jivo = JivoStandIn()
        universe.run(self._start())

    async def _start(self) -> None:
        await self.probe.start(self.env)
        self.universe.exit.push_async_callback(self.probe.stop)
        await self.universe.serve("jivo.test", self.jivo)
        self.session = await self.universe.session()
        self.binding = self.probe.bind(SETTINGS)

    async def post(self, url: str, body: Any) -> int:
        """Post to the probe; give the status, 0 where none came within 30 seconds."""
        try:
            async with self.session.post(url, json=body, timeout=aiohttp.ClientTimeout(total=30.0)) as answer:
                return answer.status
        except TimeoutError:
            return 0

    def tells(self, *bodies: dict[str, Any], door: str = "bot_url") -> list[int]:
        """Let Jivo tell the probe something, one after the other; give the statuses."""

        async def one_by_one() -> list[int]:
            return [await self.post(self.binding[door], body) for body in bodies]

        return self.universe.run(one_by_one())

    def says(self, about: str, **words: str) -> dict[str, Any]:
        """Let the probe say something; give what Jivo heard."""
        self.universe.run(self.probe.send("jivo", about, **words))
        return self.jivo.heard[-1].body


@pytest.fixture
def stage(universe: Universe, env: Env) -> Stage:
    """A probe on its stage."""
    return Stage(universe, env)


# hearing


def test_acknowledges_by_itself(stage: Stage) -> None:
    """Unless told otherwise every event is acknowledged, and heard."""
    statuses = stage.tells(EVENT, EVENT | {"id": "e2"})

    assert [200, 200] == statuses
    assert ["e1", "e2"] == [heard["id"] for heard in stage.probe.heard]
    assert [] == stage.jivo.heard


@pytest.mark.parametrize(("manner", "status"), [(Manner.ACKNOWLEDGE, 200), (Manner.ERROR, 500), (Manner.SILENCE, 0)])
def test_behaves(stage: Stage, manner: Manner, status: int) -> None:
    """It behaves as told, and hears whatever it answers."""
    stage.probe.behave([manner])
    statuses = stage.tells(EVENT, EVENT)

    assert [status, status] == statuses
    assert [EVENT, EVENT] == stage.probe.heard


def test_behaves_in_turn(stage: Stage) -> None:
    """Manners are shown one each, and the last one stays."""
    stage.probe.behave([Manner.SILENCE, Manner.ERROR, Manner.ACKNOWLEDGE])
    statuses = stage.tells(EVENT, EVENT, EVENT, EVENT)

    assert [0, 500, 200, 200] == statuses


def test_behaves_anew(stage: Stage) -> None:
    """Told again it begins again, and what it was told is not touched."""
    manners = [Manner.ERROR, Manner.ACKNOWLEDGE]
    statuses = []
    for _ in range(2):
        stage.probe.behave(manners)
        statuses += stage.tells(EVENT, EVENT)

    assert [500, 200, 500, 200] == statuses


def test_webhooks_see_no_manners(stage: Stage) -> None:
    """Webhooks are acknowledged, are no events, and use up no manner."""
    stage.probe.behave([Manner.ERROR, Manner.ACKNOWLEDGE])
    webhooks = stage.tells({"event_name": "x"}, {"event_name": "y"}, door="webhook_url")
    events = stage.tells(EVENT, EVENT)

    assert ([200, 200], [500, 200]) == (webhooks, events)
    assert [EVENT, EVENT] == stage.probe.heard


def test_answer_is_as_documented(stage: Stage) -> None:
    """What it answers a webhook is what the treaty says."""

    async def answered() -> Any:
        async with stage.session.post(stage.binding["webhook_url"], json={"event_name": "x"}) as answer:
            return await answer.json()

    came = stage.universe.run(answered())

    assert {"result": "ok"} == came
    assert [] == treaty.faults("webhook_answer", came)


def test_stops(universe: Universe, env: Env) -> None:
    """Once stopped it is gone, even in the middle of its silence."""
    stage = Stage(universe, env)
    stage.probe.behave([Manner.SILENCE])

    async def stopped() -> int:
        waiting = asyncio.create_task(stage.post(stage.binding["bot_url"], EVENT))
        await asyncio.sleep(1.0)
        await stage.probe.stop()
        with pytest.raises(aiohttp.ClientConnectionError):
            await waiting
        return await stage.post(stage.binding["bot_url"], EVENT)

    with pytest.raises(aiohttp.ClientConnectorError):
        universe.run(stopped())


# binding


def test_binds(stage: Stage) -> None:
    """A binding has a token, two URLs below the probe's address, and what the vendor gave."""
    assert (
        SETTINGS
        | {
            "token": TOKEN,
            "bot_url": "http://bridge.test/bot",
            "webhook_url": "http://bridge.test/webhook",
        }
        == stage.binding
    )


# saying


def test_has_nothing_to_speak_of(stage: Stage) -> None:
    """Before it has heard anything it has no dialogue to speak in."""
    with pytest.raises(BreakdownError, match="The probe was told nothing yet"):
        stage.says("bot-message")


def test_knows_no_such_message(stage: Stage) -> None:
    """What the treaty has no message about cannot be said."""
    stage.tells(EVENT)
    with pytest.raises(MisuseError, match="no message about 'telepathy'"):
        stage.says("telepathy")


@pytest.mark.parametrize(("about", "event"), [("bot-message", "BOT_MESSAGE"), ("handover", "INVITE_AGENT")])
def test_says_the_sample(stage: Stage, about: str, event: str) -> None:
    """It says the treaty's sample with the ids of the event, and a new id of its own."""
    stage.tells(EVENT)
    said = [stage.says(about) for _ in range(2)]
    sample = treaty.read(f"{event}.json")[0]["payload"]

    assert [sample | {"client_id": "4701", "chat_id": "9701", "id": one["id"]} for one in said] == said
    assert 3 == len({sample["id"], *(one["id"] for one in said)})
    assert [] == [fault for one in said for fault in treaty.faults(event, one)]


def test_speaks_where_it_heard_last(stage: Stage) -> None:
    """It speaks in the dialogue of the newest event."""
    stage.tells(EVENT, EVENT | {"chat_id": "9702", "client_id": "4702"})
    said = stage.says("bot-message")

    assert ("4702", "9702") == (said["client_id"], said["chat_id"])


def test_puts_words_in_their_place(stage: Stage) -> None:
    """Words replace the sample's wherever they stand, the outermost first."""
    stage.tells(EVENT)
    said = stage.says("bot-message", text="Раз", id="m1", chat_id="9999")
    sample = treaty.read("BOT_MESSAGE.json")[0]["payload"]

    assert {
        "event": "BOT_MESSAGE",
        "id": "m1",
        "client_id": "4701",
        "chat_id": "9999",
        "message": sample["message"] | {"text": "Раз"},
    } == said


def test_puts_a_word_in_one_place() -> None:
    """Where a key stands in several places the outermost gets the word, among equals the first."""
    body = {"id": "0", "a": {"id": "1", "text": "1", "deep": {"name": "1"}}, "b": {"text": "2"}}
    words = {"id": "x", "text": "y", "name": "z", "nowhere": "n"}
    placed = [key for key, word in words.items() if _put(body, key, word)]

    assert ["id", "text", "name"] == placed
    assert {"id": "x", "a": {"id": "1", "text": "y", "deep": {"name": "z"}}, "b": {"text": "2"}} == body


def test_refuses_a_word_that_has_no_place(stage: Stage) -> None:
    """A step that says what the sample cannot hold is the harness's mistake, not silence."""
    stage.tells(EVENT)
    with pytest.raises(BreakdownError, match=r"The treaty's sample of BOT_MESSAGE has no place for 'mood'\."):
        stage.says("bot-message", mood="good")


def test_leaves_the_sample_alone(stage: Stage) -> None:
    """What was said once is not said again by itself."""
    stage.tells(EVENT)
    stage.says("bot-message", text="Раз")
    said = stage.says("bot-message")

    assert treaty.read("BOT_MESSAGE.json")[0]["payload"]["message"]["text"] == said["message"]["text"]


def test_says_it_where_the_treaty_says(stage: Stage) -> None:
    """What it says goes to the treaty's address, with the binding's settings in their places."""
    stage.tells(EVENT)
    stage.says("bot-message")

    assert ["/webhooks/prov%201/probe:0123456789abcdef"] == [heard.path for heard in stage.jivo.heard]


@pytest.mark.parametrize(
    ("reply", "answer"),
    [
        (Reply(), Answer(200, {})),
        (Reply(204, b""), Answer(204, None)),
        (Reply(400, b'{"error": {"code": "x"}}'), Answer(400, {"error": {"code": "x"}})),
    ],
)
def test_keeps_the_answer(stage: Stage, reply: Reply, answer: Answer) -> None:
    """What the vendor answers is given back and kept."""
    stage.jivo.reply = in_turn(reply)
    stage.tells(EVENT)

    assert answer == stage.universe.run(stage.probe.send("jivo", "bot-message"))
    assert [answer] == stage.probe.answers


def test_keeps_answers_in_order(stage: Stage) -> None:
    """The newest answer is given back, and all are kept, the oldest first."""
    stage.jivo.reply = in_turn(Reply(503), Reply())
    stage.tells(EVENT)
    given = [stage.universe.run(stage.probe.send("jivo", "bot-message")) for _ in range(2)]

    assert [Answer(503, {}), Answer(200, {})] == given == stage.probe.answers


@pytest.mark.parametrize("body", [b"<html>", b"{"])
def test_answer_is_no_json(stage: Stage, body: bytes) -> None:
    """An answer that is no JSON is the fake's breakdown."""
    stage.jivo.reply = in_turn(Reply(body=body))
    stage.tells(EVENT)
    with pytest.raises(BreakdownError, match="The fake jivo did not answer the probe: "):
        stage.says("bot-message")


def test_nobody_answers(stage: Stage) -> None:
    """A vendor that is not there is the fake's breakdown."""
    stage.tells(EVENT)
    stage.probe.bind(SETTINGS | {"api_url": "http://nowhere.test"})
    with pytest.raises(BreakdownError, match=r"nobody listens at nowhere\.test:80"):
        stage.says("bot-message")


def test_vendor_hangs_up(stage: Stage) -> None:
    """A vendor that hangs up is the fake's breakdown."""

    async def hangs_up(request: web.BaseRequest) -> web.StreamResponse:
        if request.transport is not None:
            request.transport.abort()
        return web.Response(body=json.dumps({}))

    stage.universe.run(stage.universe.serve("rude.test", hangs_up))
    stage.tells(EVENT)
    stage.probe.bind(SETTINGS | {"api_url": "http://rude.test"})
    with pytest.raises(BreakdownError, match="The fake jivo did not answer the probe: "):
        stage.says("bot-message")
