"""The client of the bridge contract: what it asks, what it makes of the answers, and the document that both keep to."""

from __future__ import annotations

import asyncio
import errno
import json
from typing import TYPE_CHECKING, Any

import openapi_spec_validator
import pytest
from aiohttp import web

from harness.contract import ANSWER_SECONDS, DOCUMENT, Contract, document
from harness.errors import BreakdownError, DeskcheckError, UnobservableError
from harness.journal import Journal
from tests.harness.bridge import openapi
from tests.harness.bridge.house import PUBLIC, SETTINGS, TOKEN, House
from tests.harness.bridge.universe import Universe, universe_of_one

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from tests.harness.bridge.openapi import Operation

    Method = Callable[[Contract], Awaitable[Any]]

ID = "a/b ?ё%2F"  # a bridge may choose its ids as it likes
ON_THE_WIRE = "a%2Fb%20%3F%D1%91%252F"
METHODS: dict[str, Method] = {
    "about": lambda contract: contract.about(),
    "reset": lambda contract: contract.reset(),
    "createBinding": lambda contract: contract.create_binding("jivo", SETTINGS),
    "changeBinding": lambda contract: contract.change_binding(ID, {"inline_buttons": True}),
    "pressWebhook": lambda contract: contract.press_webhook(ID),
    "leads": lambda contract: contract.leads(),
    "archive": lambda contract: contract.archive(ID),
    "webhookLog": lambda contract: contract.webhook_log(),
    "say": lambda contract: contract.say(ID, "Ваш заказ готов"),
}
UNWRITTEN: dict[str, Method] = {"idle": lambda contract: contract.idle(1.0)}  # which the journal does not have
EVERY_METHOD = pytest.mark.parametrize(("name", "method"), METHODS.items(), ids=METHODS)


class Bridge:
    """A bridge that writes down what it is asked and answers one thing."""

    def __init__(self, status: int = 200, body: bytes = b"", *, after: float = 0.0) -> None:
        """Answer this, so many seconds after the question."""
        self.status = status
        self.body = body
        self.after = after
        self.asked: list[tuple[str, str, str | None, Any]] = []

    async def __call__(self, request: web.BaseRequest) -> web.StreamResponse:
        """Write down, wait, answer."""
        seen = await request.read()
        body = json.loads(seen) if seen else None
        self.asked.append((request.method, request.raw_path, request.headers.get("Authorization"), body))
        await asyncio.sleep(self.after)
        return web.Response(status=self.status, body=self.body)


@pytest.fixture
def universe() -> Iterator[Universe]:
    """Virtual time and an in-memory network."""
    with universe_of_one() as made:
        yield made


def asking(universe: Universe, bridge: Bridge | None, method: Method) -> tuple[Any, list[dict[str, Any]]]:
    """Ask a bridge, or nobody; give the answer or the error, and the journal's lines."""
    journal = Journal(universe.loop.time)

    async def ask() -> Any:
        if bridge is not None:
            await universe.serve("bridge.test", bridge)
        try:
            return await method(Contract(await universe.session(), PUBLIC, TOKEN, journal))
        except DeskcheckError as error:
            return error

    return universe.run(ask()), journal.lines


def journaled(operation: Operation, status: int, answer: Any) -> list[dict[str, Any]]:
    """Give the one line that the journal should hold, without its instant."""
    call = f"{operation.method} {operation.path.replace('{id}', ON_THE_WIRE)}"
    return [{"kind": "asked", "seq": 0, "call": call, "status": status, "answer": answer}]


def timeless(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave the instants out."""
    return [{key: value for key, value in line.items() if key != "at"} for line in lines]


# what it asks


def test_knows_every_operation() -> None:
    """Every operation of the document is tested here, hence can be asked."""
    assert {operation.id for operation in openapi.OPERATIONS} == METHODS.keys() | UNWRITTEN.keys()


@EVERY_METHOD
def test_asks_as_documented(universe: Universe, name: str, method: Method) -> None:
    """Method, path, token and body are those of the document, ids percent-encoded."""
    operation = openapi.called(name)
    bridge = Bridge(operation.success, written(openapi.examples(operation)[0]))
    asking(universe, bridge, method)
    [(verb, path, authorization, body)] = bridge.asked
    root = openapi.DOCUMENT["servers"][0]["url"]

    assert (operation.method, root + operation.path.replace("{id}", ON_THE_WIRE)) == (verb, path)
    assert f"Bearer {TOKEN}" == authorization
    assert [] == openapi.request_faults(operation, body)


def written(value: Any) -> bytes:
    """Write an answer's body; None is none."""
    return b"" if value is None else json.dumps(value).encode()


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("createBinding", {"kind": "jivo", "settings": SETTINGS}),
        ("changeBinding", {"inline_buttons": True}),
        ("say", {"text": "Ваш заказ готов"}),
    ],
)
def test_sends_what_it_is_given(universe: Universe, name: str, body: dict[str, Any]) -> None:
    """Kind, settings, changes and words go over to the letter."""
    bridge = Bridge(200, written(openapi.examples(openapi.called(name))[0]))
    asking(universe, bridge, METHODS[name])

    assert [body] == [asked[-1] for asked in bridge.asked]


# what it makes of the answers


@pytest.mark.parametrize(
    ("operation", "example"),
    [(operation, example) for operation in map(openapi.called, METHODS) for example in openapi.examples(operation)],
)
def test_gives_the_answer(universe: Universe, operation: Operation, example: Any) -> None:
    """Every example of the document is taken, given back as it is, and journaled."""
    bridge = Bridge(operation.success, written(example))
    answer, lines = asking(universe, bridge, METHODS[operation.id])

    assert example == answer
    assert journaled(operation, operation.success, example) == timeless(lines)


@pytest.mark.parametrize("body", [b"", b"404: Not Found", b'{"error": "not served"}'])
@EVERY_METHOD
def test_not_served(universe: Universe, name: str, method: Method, body: bytes) -> None:
    """A path that is not served cannot be observed, whatever stands in the answer."""
    error, lines = asking(universe, Bridge(404, body), method)
    call = lines[0]["call"]

    assert isinstance(error, UnobservableError)
    assert f"cannot be observed: the bridge does not serve {call}" == str(error)
    assert [(call, 404)] == [(line["call"], line["status"]) for line in lines]
    assert openapi.called(name).method == call.split()[0]


@pytest.mark.parametrize("status", [304, 400, 401, 403, 500, 502, 503])
@EVERY_METHOD
def test_refused(universe: Universe, name: str, method: Method, status: int) -> None:
    """Any other status but success is a breakdown that names the call, the status and the reason."""
    operation = openapi.called(name)
    body = {"error": "the body is not JSON"} if status >= 400 else None
    error, lines = asking(universe, Bridge(status, written(body)), method)

    assert isinstance(error, BreakdownError)
    assert f"The bridge answered {lines[0]['call']} with {status}: {body}." == error.problem
    assert "See the bridge contract." == error.remedy
    assert journaled(operation, status, body) == timeless(lines)


@pytest.mark.parametrize(
    "body", [b"<html>", b"{", b"OK", b"\xff\xfe", b"NaN", b'{"id": "\\ud83d"}', b'{"\\ud83d": 1}', b"[" * 100_000]
)
@EVERY_METHOD
def test_garbage(universe: Universe, name: str, method: Method, body: bytes) -> None:
    """Success with something that is no JSON is a breakdown; the journal keeps its beginning as text."""
    error, lines = asking(universe, Bridge(200, body), method)
    beginning = body[:200].decode("utf-8", "backslashreplace")

    assert isinstance(error, BreakdownError)
    assert f"The bridge answered {lines[0]['call']} with something that is not JSON: {beginning}." == error.problem
    assert journaled(openapi.called(name), 0, beginning) == timeless(lines)


@pytest.mark.parametrize("status", [404, 500])
def test_garbage_that_is_no_success(universe: Universe, status: int) -> None:
    """A refusal keeps its status, whatever its body is."""
    _, lines = asking(universe, Bridge(status, b"<html>"), METHODS["leads"])

    assert [(status, "<html>")] == [(line["status"], line["answer"]) for line in lines]


LEAD = openapi.examples(openapi.called("leads"))[0][0]
LINE = openapi.examples(openapi.called("archive"))[0][0]
ENTRY = openapi.examples(openapi.called("webhookLog"))[0][0]


@pytest.mark.parametrize(
    ("name", "answer", "place"),
    [
        ("about", {"name": "x", "version": "1"}, "/"),
        ("about", {"name": "x", "version": 1, "capabilities": []}, "/version"),
        ("about", [], "/"),
        ("about", None, "/"),
        ("createBinding", {"id": 17, "name": "x"}, "/id"),
        ("changeBinding", {"id": "b1"}, "/"),
        ("leads", {}, "/"),
        ("leads", None, "/"),
        ("leads", [LEAD, LEAD | {"person": 4001}], "/1/person"),
        ("leads", [{key: value for key, value in LEAD.items() if key != "phone"}], "/0"),
        ("archive", [LINE | {"state": "delivered"}], "/0/state"),
        ("archive", [LINE | {"at": 1.5}], "/0/at"),
        ("archive", [LINE | {"text": None, "file": None}], "/0"),
        ("webhookLog", [ENTRY | {"payload": []}], "/0/payload"),
    ],
)
def test_against_the_contract(universe: Universe, name: str, answer: Any, place: str) -> None:
    """An answer against the contract is a breakdown that names the call, the place and what is wrong there."""
    error, lines = asking(universe, Bridge(200, written(answer)), METHODS[name])
    told = f"The bridge answered {lines[0]['call']} against the contract, at {place}: "

    assert isinstance(error, BreakdownError)
    assert error.problem.startswith(told)
    assert len(error.problem) > len(told) + 1
    assert journaled(openapi.called(name), 200, answer) == timeless(lines)


def test_ignores_what_it_does_not_know(universe: Universe) -> None:
    """Further properties are no breach: the contract grows."""
    about = {"name": "x", "version": "1", "capabilities": ["telepathy"], "colour": None}
    answer, _ = asking(universe, Bridge(200, written(about)), METHODS["about"])

    assert about == answer


@EVERY_METHOD
def test_time_out(universe: Universe, name: str, method: Method) -> None:
    """A bridge that stays silent is given up after so many seconds of its time, and that is journaled."""
    error, lines = asking(universe, Bridge(after=3600.0), method)

    assert isinstance(error, BreakdownError)
    assert f"The bridge did not answer {lines[0]['call']} within 10 s." == str(error)
    assert journaled(openapi.called(name), 0, None) == timeless(lines)
    assert ANSWER_SECONDS <= lines[0]["at"] <= ANSWER_SECONDS + 1.0


@EVERY_METHOD
def test_refused_connection(universe: Universe, name: str, method: Method) -> None:
    """Where nobody listens that is told, and journaled."""
    error, lines = asking(universe, None, method)

    assert isinstance(error, BreakdownError)
    assert str(error).startswith(f"The bridge did not answer {lines[0]['call']}: ClientConnectorError: ")
    assert f"[Errno {errno.ECONNREFUSED}]" in str(error) or "nobody listens at bridge.test:80" in str(error)
    assert journaled(openapi.called(name), 0, None) == timeless(lines)


def test_cut_off(universe: Universe) -> None:
    """Where the connection breaks that is told, and journaled."""

    class HangsUp(Bridge):
        async def __call__(self, request: web.BaseRequest) -> web.StreamResponse:
            if request.transport is not None:
                request.transport.abort()
            return web.Response()

    error, lines = asking(universe, HangsUp(), METHODS["reset"])

    assert isinstance(error, BreakdownError)
    assert str(error).startswith("The bridge did not answer POST /reset: ")
    assert journaled(openapi.called("reset"), 0, None) == timeless(lines)


def test_speaks_with_the_reference_bridge(universe: Universe) -> None:
    """With the reference bridge every call goes through."""
    house = House(universe)
    house.open()
    journal = Journal(universe.loop.time)

    async def everything() -> list[Any]:
        contract = Contract(house.session, PUBLIC, TOKEN, journal)
        about = await contract.about()
        binding = await contract.create_binding("jivo", SETTINGS)
        changed = await contract.change_binding(binding["id"], {"inline_buttons": True})
        await contract.press_webhook(binding["id"])
        await house.post(house.event(), binding=binding)
        await house.send(binding["webhook_url"], {"event_name": "x"})
        await asyncio.sleep(1.0)
        [lead] = await contract.leads()
        await contract.say(lead["id"], "Ваш заказ готов")
        await asyncio.sleep(1.0)
        texts = [line["text"] for line in await contract.archive(lead["id"])]
        log = [entry["event_type"] for entry in await contract.webhook_log()]
        await contract.reset()
        return [about["name"], binding == changed, lead["person"], texts, log, await contract.leads()]

    seen = universe.run(everything())

    assert ["reference", True, "4001", ["Привет", "Эхо: Привет", "Ваш заказ готов"], ["x"], []] == seen
    assert len(METHODS) + 1 == len(journal.lines)


# whether it is idle


@pytest.mark.parametrize("idle", [True, False])
def test_asks_whether_it_is_idle(universe: Universe, *, idle: bool) -> None:
    """The bridge is told how long it may wait; the answer is given, and the journal does not have it."""
    bridge = Bridge(200, written({"idle": idle}))
    answer, lines = asking(universe, bridge, lambda contract: contract.idle(1.5))
    operation = openapi.called("idle")
    path = openapi.DOCUMENT["servers"][0]["url"] + operation.path

    assert idle is answer
    assert [(operation.method, f"{path}?wait=1.5", f"Bearer {TOKEN}", None)] == bridge.asked
    assert [] == lines


@pytest.mark.parametrize(
    ("bridge", "kind", "words"),
    [
        (Bridge(404), UnobservableError, "cannot be observed: the bridge does not serve GET /idle?wait=1"),
        (Bridge(500), BreakdownError, "The bridge answered GET /idle?wait=1 with 500"),
        (Bridge(200, b"yes"), BreakdownError, "The bridge answered GET /idle?wait=1 with something that is not JSON"),
        (Bridge(200, b'{"idle": 1}'), BreakdownError, "The bridge answered GET /idle?wait=1 against the contract, at"),
        (Bridge(after=3600.0), BreakdownError, "The bridge did not answer GET /idle?wait=1 within 10 s."),
        (None, BreakdownError, "The bridge did not answer GET /idle?wait=1: ClientConnectorError"),
    ],
)
def test_is_not_told_whether_it_is_idle(
    universe: Universe, bridge: Bridge | None, kind: type[DeskcheckError], words: str
) -> None:
    """What goes wrong is told as of any other call; the journal does not have it either."""
    error, lines = asking(universe, bridge, UNWRITTEN["idle"])

    assert kind is type(error)
    assert str(error).startswith(words)
    assert [] == lines


# the document


def test_document_is_the_file() -> None:
    """The document that is given out is the file that is shipped."""
    assert openapi.DOCUMENT == document()
    assert openapi.PATH.resolve() == DOCUMENT.resolve()


def test_document_is_openapi() -> None:
    """The document is valid OpenAPI."""
    openapi_spec_validator.validate(openapi.DOCUMENT)


def walked(node: Any, place: str = "#") -> Iterator[tuple[str, dict[str, Any]]]:
    """Go through every object of the document that stands in no example."""
    if isinstance(node, dict):
        yield place, node
        for key, part in node.items():
            if key not in {"example", "examples", "default", "const", "enum"}:
                yield from walked(part, f"{place}/{key}")
    elif isinstance(node, list):
        for index, part in enumerate(node):
            yield from walked(part, f"{place}/{index}")


def exemplified() -> Iterator[tuple[str, dict[str, Any], Any]]:
    """Give place, schema and value of every example and default of the document."""
    for place, node in walked(openapi.DOCUMENT):
        if isinstance(node.get("schema"), dict):
            for name, example in node.get("examples", {}).items():
                yield f"{place}/examples/{name}", node["schema"], example["value"]
            if "example" in node:
                yield f"{place}/example", node["schema"], node["example"]
        elif isinstance(node.get("examples"), list):
            for index, example in enumerate(node["examples"]):
                yield f"{place}/examples/{index}", node, example
        if "default" in node:
            yield f"{place}/default", node, node["default"]


@pytest.mark.parametrize(("schema", "value"), [pytest.param(*case[1:], id=case[0]) for case in exemplified()])
def test_examples_keep_to_their_schemas(schema: dict[str, Any], value: Any) -> None:
    """What the document shows is what it says."""
    assert [] == openapi.faults(schema, value)


def test_every_body_has_an_example() -> None:
    """Every body that the document describes is shown, too."""
    bodies = [(place, node) for place, node in walked(openapi.DOCUMENT) if place.endswith("/application/json")]

    assert bodies
    assert [] == [place for place, node in bodies if not node["examples"]]


def test_every_schema_has_an_example() -> None:
    """Every named schema is shown, too."""
    schemas = openapi.DOCUMENT["components"]["schemas"]

    assert [] == [name for name, schema in schemas.items() if not schema.get("examples")]
