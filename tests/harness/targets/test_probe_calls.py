"""The probe calls by itself, with the sample or with a twist of it."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web

from harness import data as harness_data
from harness import treaty as harness_treaty
from harness.errors import BreakdownError, MisuseError
from harness.targets.probe import STRAIGHT, Twist

if TYPE_CHECKING:
    from tests.harness.targets.stage import Stage


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
