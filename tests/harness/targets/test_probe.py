"""The probe hears everything, and acts only when told to."""

from __future__ import annotations

import asyncio
import copy
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import aiohttp
import pytest
from aiohttp import web
from yarl import URL

from harness import data as harness_data
from harness import treaty as harness_treaty
from harness.errors import BreakdownError, MisuseError
from harness.targets.probe import NEWEST, SECRET, STRAIGHT, TOKEN, Answer, Manner, Probe, Twist, _put
from tests.harness.bridge import treaty
from tests.harness.bridge.jivo_stand_in import JivoStandIn, Reply, in_turn

if TYPE_CHECKING:
    from harness.targets import Env
    from tests.harness.bridge.universe import Universe

SETTINGS = {"api_url": "http://jivo.test", "provider_id": "prov 1"}
EVENT = {
    "event": "CLIENT_MESSAGE",
    "id": "e1",
    "site_id": "7",
    "client_id": "4701",
    "chat_id": "9701",
    "message": {"text": "Привет"},
}
WEBHOOK = {"event_name": "chat_accepted", "chat_id": 9702}
SILENT, HUNG_UP = 0, -1  # in place of a status
NO = {"error": {"code": "invalid_request", "message": "no"}}
OK = {"result": "ok"}
MANNERS = [
    (Manner.ACKNOWLEDGE, 200),
    (Manner.ERROR_INSIDE, 200),
    (Manner.ANOTHER_SUCCESS, 202),
    (Manner.EMPTY_SUCCESS, 204),
    (Manner.REDIRECT, 302),
    (Manner.SILENCE, SILENT),
    (Manner.ERROR, 500),
    (Manner.REFUSAL, 400),
    (Manner.HANG_UP, HUNG_UP),
]
STRANGE = "ключ/№ 1, 100%"  # a token that needs all its encoding


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
        self.binding = self.probe.bind("jivo", SETTINGS)
        self.doors = {"bot": f"{self.binding['bot_url']}/{TOKEN}", "webhook": self.binding["webhook_url"]}

    async def post(self, url: str, body: Any) -> tuple[int, Any]:
        """Post to the probe; give status and body, or what came in place of a status within 30 seconds."""
        timeout = aiohttp.ClientTimeout(total=30.0)
        try:
            async with self.session.post(
                URL(url, encoded=True), json=body, timeout=timeout, allow_redirects=False
            ) as answer:
                return answer.status, json.loads(await answer.read() or b"null")
        except TimeoutError:
            return SILENT, None
        except aiohttp.ClientConnectorError:
            raise  # nobody is there
        except (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError):
            return HUNG_UP, None

    def is_answered(self, url: str, body: Any = EVENT) -> tuple[int, Any]:
        """Let Jivo tell the probe something at an address; give the answer."""
        return self.universe.run(self.post(url, body))

    def tells(self, *bodies: dict[str, Any], door: str = "bot") -> list[int]:
        """Let Jivo tell the probe something, one after the other; give the statuses."""
        return [self.is_answered(self.doors[door], body)[0] for body in bodies]

    def says(self, about: str, **words: Any) -> Any:
        """Let the probe say something; give what Jivo heard."""
        self.universe.run(self.probe.send(about, **words))
        return self.jivo.heard[-1].body

    @property
    def paths(self) -> list[str]:
        """Where Jivo heard something, in order."""
        return [heard.path for heard in self.jivo.heard]


@pytest.fixture
def stage(universe: Universe, env: Env) -> Stage:
    """A probe on its stage."""
    return Stage(universe, env)


def invalid(name: str) -> Any:
    """Read the payload of an invalid sample of a bot's message."""
    return next(entry["payload"] for entry in treaty.read("BOT_MESSAGE.invalid.json") if entry["name"] == name)


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


# speaking first


def test_speaks_before_it_acknowledges(stage: Stage) -> None:
    """What it says early has been answered before it acknowledges, and is said in the dialogue of that very event."""
    stage.jivo.reply = in_turn(Reply(after=5.0))
    stage.probe.early = "Минуту…"
    statuses = stage.tells(EVENT, EVENT | {"chat_id": "9702"})

    assert [200, 200] == statuses
    assert [("9701", "Минуту…"), ("9702", "Минуту…")] == [
        (heard.body["chat_id"], heard.body["message"]["text"]) for heard in stage.jivo.heard
    ]
    assert 5.0 <= stage.jivo.heard[1].at - stage.jivo.heard[0].at


@pytest.mark.parametrize(("manner", "status"), MANNERS)
def test_speaks_first_in_any_manner(stage: Stage, manner: Manner, status: int) -> None:
    """Whatever it answers, it speaks first."""
    stage.probe.early = "Минуту…"
    stage.probe.behave([manner])

    assert [status] == stage.tells(EVENT)
    assert ["Минуту…"] == stage.jivo.texts


def test_speaks_first_to_events_under_its_token_alone(stage: Stage) -> None:
    """Webhooks, and events that are not for it, are no occasion to speak."""
    stage.probe.early = "Минуту…"
    stage.tells(WEBHOOK, door="webhook")
    stage.is_answered(f"{stage.binding['bot_url']}/17:wrong")

    assert [] == stage.jivo.heard


# saying


def test_has_nothing_to_speak_of(stage: Stage) -> None:
    """Before it has heard an event it has no dialogue to speak in; a webhook is none."""
    stage.tells(WEBHOOK, door="webhook")
    with pytest.raises(BreakdownError, match="The probe was told nothing yet"):
        stage.says("bot-message")


def test_knows_no_such_message(stage: Stage) -> None:
    """What the treaty has no message about cannot be said."""
    stage.tells(EVENT)
    with pytest.raises(MisuseError, match="no message about 'telepathy'"):
        stage.says("telepathy")


@pytest.mark.parametrize(
    ("about", "event"), [("bot-message", "BOT_MESSAGE"), ("handover", "INVITE_AGENT"), ("rating", "INIT_RATE")]
)
def test_says_the_sample(stage: Stage, about: str, event: str) -> None:
    """It says the treaty's plain sample with the ids of the event, and a new id of its own."""
    stage.tells(EVENT)
    said = [stage.says(about) for _ in range(2)]
    sample = treaty.read(f"{event}.json")[0]["payload"]

    assert [sample | {"client_id": "4701", "chat_id": "9701", "id": one["id"]} for one in said] == said
    assert 3 == len({sample["id"], *(one["id"] for one in said)})
    assert [] == [fault for one in said for fault in treaty.faults(event, one)]


@pytest.mark.parametrize("entry", treaty.read("BOT_MESSAGE.json"), ids=lambda entry: entry["name"])
def test_says_a_sample_by_its_name(stage: Stage, entry: Any) -> None:
    """What it says is that sample, but for the ids of the dialogue."""
    stage.tells(EVENT)
    said = stage.says("bot-message", sample=entry["name"])

    ids = {"client_id": "4701", "chat_id": "9701", "id": said["id"]}
    site = {"site_id": "7"} if "site_id" in entry["payload"] else {}

    assert entry["payload"] | ids | site == said
    assert entry["payload"]["id"] != said["id"]


@pytest.mark.parametrize("entry", treaty.read("BOT_MESSAGE.invalid.json"), ids=lambda entry: entry["name"])
def test_says_what_is_faulty(stage: Stage, entry: Any) -> None:
    """An invalid sample goes out as invalid as it is: no id heals it."""
    stage.tells(EVENT)
    said = stage.says("bot-message", fault=entry["name"])

    assert treaty.faults("BOT_MESSAGE", entry["payload"]) == treaty.faults("BOT_MESSAGE", said)
    assert [] != treaty.faults("BOT_MESSAGE", said)


@pytest.mark.parametrize(
    ("fault", "ids"),
    [
        ("chat-id-not-a-string", {"client_id": "4701", "chat_id": 9001}),
        ("client-id-not-a-string", {"client_id": 4001, "chat_id": "9701"}),
        ("client-id-null", {"client_id": None, "chat_id": "9701"}),
        ("chat-id-missing", {"client_id": "4701"}),
        ("message-missing", {"client_id": "4701", "chat_id": "9701"}),
    ],
)
def test_a_fault_in_an_id_stays(stage: Stage, fault: str, ids: dict[str, Any]) -> None:
    """The ids beside the fault are those of the dialogue, and the faulty one is not."""
    stage.tells(EVENT)
    said = stage.says("bot-message", fault=fault)

    assert ids == {key: value for key, value in said.items() if key in {"client_id", "chat_id"}}


@pytest.mark.parametrize("fault", ["id-not-a-string", "id-missing"])
def test_a_fault_in_the_message_s_own_id_stays(stage: Stage, fault: str) -> None:
    """No new id takes the place of a faulty one, or of none."""
    stage.tells(EVENT)
    said = stage.says("bot-message", fault=fault)

    assert invalid(fault).get("id") == said.get("id")


def test_says_what_is_no_object(stage: Stage) -> None:
    """A body that is no object goes out as it is."""
    stage.tells(EVENT)
    said = stage.says("bot-message", fault="not-an-object")

    assert invalid("not-an-object") == said


def test_puts_no_word_into_what_is_no_object(stage: Stage) -> None:
    """A body that is no object has no place for a word."""
    stage.tells(EVENT)
    with pytest.raises(BreakdownError, match=r"The treaty's sample of BOT_MESSAGE has no place for 'text'\."):
        stage.says("bot-message", fault="not-an-object", text="Раз")


@pytest.mark.parametrize("kind", ["sample", "fault"])
def test_knows_no_such_sample(stage: Stage, kind: str) -> None:
    """A name that the treaty has not is the feature's mistake, and nothing is said."""
    stage.tells(EVENT)
    with pytest.raises(MisuseError, match="sample 'song' of BOT_MESSAGE"):
        stage.says("bot-message", **{kind: "song"})

    assert [] == stage.jivo.heard


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


def test_puts_words_into_the_sample_that_is_named(stage: Stage) -> None:
    """Words and sample go together."""
    stage.tells(EVENT)
    said = stage.says("bot-message", sample="buttons", title="Чего?")

    assert ("BUTTONS", "Чего?") == (said["message"]["type"], said["message"]["title"])


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

    assert [] == stage.jivo.heard


@pytest.mark.parametrize("words", [{}, {"sample": "buttons"}, {"fault": "id-not-a-string"}], ids=str)
def test_leaves_the_samples_alone(stage: Stage, words: dict[str, str]) -> None:
    """What was said once, ids and words, is not said again by itself, and the treaty stays as it is."""
    stage.tells(EVENT)
    before = copy.deepcopy(harness_treaty.samples("jivo", "BOT_MESSAGE"))
    stage.says("bot-message", text="Раз", **words)
    again = stage.says("bot-message", **words)

    assert "Раз" != again["message"]["text"]
    assert before == harness_treaty.samples("jivo", "BOT_MESSAGE")
    assert invalid("id-not-a-string") == (
        harness_treaty.invalid_sample("jivo", "BOT_MESSAGE", "id-not-a-string").payload
    )


# where it says it


def test_says_it_where_the_treaty_says(stage: Stage) -> None:
    """What it says goes to the treaty's address, with the binding's settings in their places."""
    stage.tells(EVENT)
    stage.says("bot-message")

    assert ["/webhooks/prov%201/probe:0123456789abcdef"] == stage.paths


@pytest.mark.parametrize(
    ("token", "path"),
    [("17:wrong", "17:wrong"), (" x ", "%20x%20"), (STRANGE, quote(STRANGE, safe="")), ("", "")],
    ids=["another", "with blanks", "strange", "none"],
)
def test_says_it_under_another_token(stage: Stage, token: str, path: str) -> None:
    """The token that it is told to use stands in the address, encoded as a whole, once."""
    stage.tells(EVENT)
    stage.says("bot-message", token=token)
    stage.says("bot-message")

    assert [f"/webhooks/prov%201/{path}", f"/webhooks/prov%201/{TOKEN}"] == stage.paths


def test_says_it_under_the_token_that_it_was_given(stage: Stage) -> None:
    """A probe that was given another token after it was bound speaks under it."""
    stage.tells(EVENT)
    stage.probe.token = STRANGE
    stage.says("bot-message")

    assert [f"/webhooks/prov%201/{quote(STRANGE, safe='')}"] == stage.paths


# what it is answered


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

    assert answer == stage.universe.run(stage.probe.send("bot-message"))
    assert [answer] == stage.probe.answers


def test_keeps_answers_in_order(stage: Stage) -> None:
    """The newest answer is given back, and all are kept, the oldest first."""
    stage.jivo.reply = in_turn(Reply(503), Reply())
    stage.tells(EVENT)
    given = [stage.universe.run(stage.probe.send("bot-message")) for _ in range(2)]

    assert [Answer(503, {}), Answer(200, {})] == given == stage.probe.answers


def test_keeps_the_answer_to_what_it_said_early(stage: Stage) -> None:
    """What it says before it acknowledges is answered like anything else."""
    stage.jivo.reply = in_turn(Reply(400))
    stage.probe.early = "Минуту…"
    stage.tells(EVENT)

    assert [Answer(400, {})] == stage.probe.answers


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
    stage.probe.bind("jivo", SETTINGS | {"api_url": "http://nowhere.test"})
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
    stage.probe.bind("jivo", SETTINGS | {"api_url": "http://rude.test"})
    with pytest.raises(BreakdownError, match="The fake jivo did not answer the probe: "):
        stage.says("bot-message")


# calling by itself


class Ear:
    """Writes down every call as it came on the wire, and answers that all is well."""

    def __init__(self, stage: Stage) -> None:
        """Listen where LiveTex would, and bind the probe there."""
        self.stage = stage
        self.calls: list[tuple[str, str, bytes]] = []
        self.types: list[str | None] = []
        stage.universe.run(stage.universe.serve("livetex.test", self))
        stage.probe.bind("livetex", {"api_url": "http://livetex.test", "key": "k 1"})

    async def __call__(self, request: web.BaseRequest) -> web.StreamResponse:
        """Write down, answer."""
        self.calls.append((request.method, request.raw_path, await request.read()))
        self.types.append(request.headers.get("Content-Type"))
        return web.json_response({"ok": True})

    def hears(self, about: str = "visitor-message", twist: Twist = STRAIGHT, **details: Any) -> tuple[str, str, Any]:
        """Let the probe call; give what came, the body read."""
        meant = details.pop("meant", {})
        self.stage.universe.run(self.stage.probe.call(about, meant, twist=twist, **details))
        method, path, sent = self.calls[-1]
        return method, path, json.loads(sent)


@pytest.fixture
def ear(stage: Stage) -> Ear:
    """Hear what the probe calls at LiveTex."""
    return Ear(stage)


def text_sample(name: str = "text") -> Any:
    """Read a sample of a text that is passed on."""
    return harness_treaty.sample("livetex", "sendText", name).payload


def test_calls_with_the_sample(ear: Ear) -> None:
    """Having heard nothing it calls where the treaty says, with the plain sample, as JSON."""
    assert ("POST", "/1.2/sendText?key=k%201", text_sample()) == ear.hears()
    assert ["application/json"] == ear.types


def test_calls_with_a_sample_by_its_name(ear: Ear) -> None:
    """Valid and invalid samples are had by name."""
    fault = json.loads((harness_data.payloads() / "livetex" / "sendText.invalid.json").read_text("utf-8"))[0]

    assert text_sample("bot-line") == ear.hears(sample="bot-line")[2]
    assert fault["payload"] == ear.hears(fault=fault["name"])[2]


def test_calls_with_what_is_meant(ear: Ear) -> None:
    """What is meant replaces what means the same, that once; the treaty stays as it is."""
    before = copy.deepcopy(text_sample())
    _, _, said = ear.hears(meant={"person": "u-1", "text": "Раз"})

    assert before | {"user_id": "u-1", "text": "Раз"} == said
    assert before == text_sample() == ear.hears()[2]


def test_calls_without_what_is_meant_to_be_empty(ear: Ear) -> None:
    """What shall be nothing does not stand in the call."""
    _, _, said = ear.hears(meant={"person": "u-1", "text": ""})

    assert {key: value for key, value in text_sample().items() if key != "text"} | {"user_id": "u-1"} == said


@pytest.mark.parametrize(
    ("twist", "method", "path"),
    [
        (Twist(settings={"key": "nobody's"}), "POST", "/1.2/sendText?key=nobody%27s"),
        (Twist(settings={"version": "1.0"}), "POST", "/1.0/sendText?key=k%201"),
        (Twist(without_key=True), "POST", "/1.2/sendText"),
        (Twist(method="PUT"), "PUT", "/1.2/sendText?key=k%201"),
    ],
    ids=["key", "version", "without a key", "method"],
)
def test_twists_a_call(ear: Ear, twist: Twist, method: str, path: str) -> None:
    """A twist changes what it names and leaves the rest; the next call is straight again."""
    assert (method, path, text_sample()) == ear.hears(twist=twist)
    assert ("POST", "/1.2/sendText?key=k%201", text_sample()) == ear.hears()


@pytest.mark.parametrize("body", [b"", b"{user_id: 1", '{"text": "\u0451'.encode("cp1251")])
def test_twists_the_body(ear: Ear, body: bytes) -> None:
    """What is to be sent instead goes out byte for byte, as JSON by its header."""
    ear.stage.universe.run(ear.stage.probe.call("visitor-message", {}, twist=Twist(body=body)))

    assert [("POST", "/1.2/sendText?key=k%201", body)] == ear.calls
    assert ["application/json"] == ear.types


def test_keeps_the_answer_to_a_call(ear: Ear) -> None:
    """What the vendor answers is given back and kept, with the call's name."""
    answer = ear.stage.universe.run(ear.stage.probe.call("visitor-message", {}))

    assert (200, {"ok": True}, "sendText") == (answer.status, answer.body, answer.message)
    assert [answer] == ear.stage.probe.answers


def test_calls_about_nothing_that_the_treaty_knows(ear: Ear) -> None:
    """What the treaty has no message about cannot be called."""
    with pytest.raises(MisuseError, match="no message about 'telepathy'"):
        ear.hears("telepathy")

    assert [] == ear.calls


def test_nobody_answers_a_call(ear: Ear) -> None:
    """A vendor that is not there is the fake's breakdown."""
    ear.stage.probe.bind("livetex", {"api_url": "http://nowhere.test", "key": "k"})
    with pytest.raises(BreakdownError, match=r"The fake livetex did not answer the probe: .*nowhere\.test:80"):
        ear.hears()


def test_calls_in_the_version_of_the_binding(ear: Ear) -> None:
    """A vendor whose settings name a version is called in that one."""
    ear.stage.probe.bind("livetex", {"api_url": "http://livetex.test", "key": "k 1", "version": "1.1"})

    assert "/1.1/sendText?key=k%201" == ear.hears()[1]


def test_calls_without_a_body(ear: Ear) -> None:
    """A call that has none says nothing of JSON."""
    ear.stage.probe._body = lambda *_: None  # type: ignore[method-assign] # a call without a body
    ear.stage.universe.run(ear.stage.probe.call("visitor-message", {}))

    assert [("POST", "/1.2/sendText?key=k%201", b"")] == ear.calls
    assert "application/json" not in ear.types
