"""The probe says what it is told to, where and how it is told to."""

from __future__ import annotations

import copy
import json
from typing import Any
from urllib.parse import quote

import pytest
from aiohttp import web

from harness import treaty as harness_treaty
from harness.errors import BreakdownError, MisuseError
from harness.targets.probe import TOKEN, Answer, Manner, _put
from tests.harness.bridge import treaty
from tests.harness.bridge.jivo_stand_in import Reply, in_turn
from tests.harness.targets.stage import EVENT, MANNERS, SETTINGS, STRANGE, WEBHOOK, Stage, invalid

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
