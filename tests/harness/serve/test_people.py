"""The verbs of the vendors' people: each can be reached, and none breaks on what it is given."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

import pytest

from harness import vendors
from harness.serve.verbs import read, schema, verbs

if TYPE_CHECKING:
    from tests.harness.serve.desk import Desk

EXCLUDED = {
    "founds_account",  # who wants another account founds a tenant
    "secrets",  # for the veil of a run
}
STRANGE: dict[str, list[Any]] = {
    "string": ["", " ", "x", "0", "-1", "🙂", "\u0000", "a" * 5000],
    "boolean": [True, False],
    "integer": [0, -1, 10**30],
    "number": [0, -1, 1e300, 1e-300],
    "null": [None],
    "object": [{}, {"bot_url": 1}, {"webhook_url": 1, "webhook_key": []}, {"a": {"b": []}}],
    "array": [[], ["x"], ["", ""], ["1", "2"]],
}


def public(vendor: str) -> set[str]:
    """List the verbs that a vendor's control has."""
    control = vendors.front_door(vendor).served.control
    return {name for name, _ in inspect.getmembers(control, inspect.isfunction) if not name.startswith("_")}


@pytest.mark.parametrize("vendor", vendors.names())
def test_every_verb_is_served_or_left_out_on_purpose(vendor: str) -> None:
    """A new verb needs a decision."""
    served = vendors.front_door(vendor).served

    assert public(vendor) == {*served.acts, *served.looks, *EXCLUDED}
    assert not {*served.acts} & {*served.looks}


@pytest.mark.parametrize("vendor", vendors.names())
def test_every_verb_can_be_reached(desk: Desk, vendor: str) -> None:
    """Each answers: with 200, or with a sentence that says what is missing or impossible."""
    served = vendors.front_door(vendor).served
    statuses = {
        verb: desk.ask("POST", f"/tenants/desk/vendors/{vendor}/acts/{verb}", {}).status for verb in served.acts
    } | {verb: desk.ask("GET", f"/tenants/desk/vendors/{vendor}/looks/{verb}").status for verb in served.looks}

    assert {} == {verb: status for verb, status in statuses.items() if status not in {200, 409, 422}}


def values(words: Any) -> list[dict[str, Any]]:
    """Give objects of words that a schema allows: each with one kind of strange value in every place."""
    found = []
    for number in range(8):
        one = {}
        for name, part in words["properties"].items():
            types = part.get("type") or [kind["type"] for kind in part.get("anyOf", ({"type": "object"},))]
            kinds = [types] if isinstance(types, str) else types
            choices = [value for kind in kinds for value in STRANGE[kind]]
            one[name] = choices[number % len(choices)]
        found.append(one)
    return found


@pytest.mark.parametrize("vendor", vendors.names())
def test_no_verb_breaks_on_strange_words(desk: Desk, vendor: str) -> None:
    """Whatever the schema allows is done or refused; nothing is our own mistake."""
    door = vendors.front_door(vendor)
    people = {
        word: [*ids, "1"]
        for word, ids in {
            "visitor": desk.look(vendor, "visitors"),
            "operator": desk.look(vendor, "operators") if "operators" in door.served.looks else [],
            "to": [],
        }.items()
    }
    broken = []
    for verb in verbs(door, door.served.acts).values():
        for words in values(verb.words):
            words |= {name: ids[0] for name, ids in people.items() if name in words}
            answer = desk.ask("POST", f"/tenants/desk/vendors/{vendor}/acts/{verb.name}", words)
            if answer.status not in {200, 409, 422}:
                broken.append((verb.name, words, answer.status))

    assert [] == broken


@pytest.mark.parametrize(
    ("method", "path", "words", "status", "detail"),
    [
        ("POST", "jivo/acts/dances", {}, 404, "jivo has no dances among its acts: turns, adds_channel, "),
        ("GET", "jivo/looks/dances", None, 404, "jivo has no dances among its looks: settings, "),
        ("POST", "jivo/acts/settings", {}, 404, "jivo has no settings among its acts"),
        ("GET", "jivo/acts/turns", None, 405, "cannot be asked with GET: use POST."),
        ("POST", "acme/acts/turns", {}, 404, "There is no vendor acme; there are jivo, livetex, telegram."),
        ("POST", "jivo/deeds/turns", {}, 404, "There are acts and looks, no deeds."),
        ("POST", "jivo/acts/visitor_writes", {"visitor": "1"}, 422, "It needs visitor, text; it knows visitor, text."),
        ("POST", "jivo/acts/visitor_writes", {"visitor": 1, "text": ""}, 422, "visitor: 1 is not of type"),
        ("POST", "jivo/acts/visitor_writes", {"visitor": "1", "text": ""}, 409, "Jivo knows no visitor 1."),
        ("POST", "jivo/acts/turns", {"colour": "red"}, 409, "Jivo has no knob 'colour'; there are profile, "),
        ("POST", "jivo/acts/turns", {"self": 1}, 422, "turns: "),
        ("POST", "jivo/acts/connects", {"binding": {}}, 409, "bot_url, token and webhook_url; bot_url is none."),
        ("GET", "jivo/looks/card_of", None, 422, "It needs visitor; it knows visitor."),
        ("GET", "jivo/looks/card_of?visitor=1", None, 409, "Jivo knows no visitor 1."),
    ],
)
def test_what_cannot_be_asked_is_told(  # noqa: PLR0913, PLR0917 - a row of the table
    desk: Desk, method: str, path: str, words: object, status: int, detail: str
) -> None:
    """The sentence names what there is, or what is needed."""
    answer = desk.ask(method, f"/tenants/desk/vendors/{path}", words)

    assert status == answer.status, answer.body
    assert detail in answer.detail


def test_an_act_tells_what_it_caused_at_once(desk: Desk) -> None:
    """What an operator reads stands in the answer to his act."""
    [visitor], [operator] = desk.look("jivo", "visitors"), desk.look("jivo", "operators")
    words = {"operator": operator, "visitor": visitor}
    lines = desk.ask("POST", "/tenants/desk/vendors/jivo/acts/operator_reads", words).json["lines"]

    assert ["reads"] == [line["did"] for line in lines if line["kind"] == "act"]
    assert "Иван" in [line["text"] for line in lines if line["kind"] == "fact"]


@pytest.mark.parametrize(
    ("annotation", "expected"),
    [
        ("str", {"type": "string"}),
        ("str | None", {"type": ["string", "null"]}),
        ("float | None", {"type": ["number", "null"]}),
        ("Any", {}),
        ("Mapping[str, Any]", {"type": "object"}),
        ("dict[str, str | None]", {"type": "object", "additionalProperties": {"type": ["string", "null"]}}),
        ("Sequence[str]", {"type": "array", "items": {"type": "string"}}),
        ("list[dict[str, Any]]", {"type": "array", "items": {"type": "object"}}),
        ("tuple[str, ...]", {"type": "array", "items": {"type": "string"}}),
        ("tuple[str, str]", {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2}),
        (
            "tuple[str, ...] | None",
            {"anyOf": [{"type": "array", "items": {"type": "string"}}, {"type": "null"}]},
        ),
    ],
)
def test_an_annotation_becomes_a_schema(annotation: str, expected: dict[str, Any]) -> None:
    """What verbs take and answer is read from how they are written."""
    assert expected == schema(annotation)


def test_an_annotation_that_json_cannot_meet_is_refused() -> None:
    """A verb that takes one cannot be served, and that is found at once."""
    with pytest.raises(ValueError, match="Visitor is nothing that JSON can say"):
        schema("Visitor | None")


def test_a_verb_is_read_from_its_signature() -> None:
    """Names, what must be given, defaults, and the docstring without its errors."""

    def writes(self: object, text: str, *, size: int = 1, name: str | None = None) -> list[str]:
        """Write ``text``.

        Raises:
            ValueError: never.
        """
        raise NotImplementedError

    verb = read("writes", writes)

    assert "Write `text`." == verb.says
    assert ["text"] == verb.words["required"]
    assert {"type": "integer", "default": 1} == verb.words["properties"]["size"]
    assert verb.words["additionalProperties"] is False
    assert {"type": "array", "items": {"type": "string"}} == verb.answer
