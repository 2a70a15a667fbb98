"""The vendors' pages say what the code and the treaty say."""

from __future__ import annotations

import importlib
import inspect
import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from fakes.kit.effects import Arm, Author, Disarm, Form, Keep, Offer, Refuse, Show, Tell
from harness import data
from tests.house.vendor_pages import life, messages, pages
from tests.house.vendor_pages.fields import SAID, Field, Said, descriptions, fields
from tests.house.vendor_pages.markdown import listed, prose, table
from tests.house.vendor_pages.remarks import Remark, remarks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fakes.kit.effects import Effect

VENDORS = sorted(path.name for path in pages.VENDORS.iterdir() if any(path.glob("*.md")))
LIVED = [vendor for vendor in VENDORS if pages.has(vendor, "machine")]
CHECKED = "| what is wrong |"  # the head of a page's list of what is looked at in a call
CHECKING = [path.parent.name for path in pages.all_pages() if CHECKED in path.read_text("utf-8")]
CHECK = re.compile(r"(\w+(?: and \w+)*) \((\d{3}(?:, \d{3})*)\)")  # "method and path (404), key (400, 401)"
SCHEMAS = sorted(data.payloads().glob("*/*.schema.json"))
ARROW = re.compile(r"    (?:\[\*\]|[A-Z_]+) --> [A-Z_]+(?:: (?:[\w ,-]|#\d+;|<br/>)+)?")
NODE = re.compile(r"    [A-Z_]+: (?:[\w ,-]|#\d+;)+")


def short(path: Path) -> str:
    """Name a file by its folder and its name."""
    return f"{path.parent.name}/{path.name}"


def schema(path: Path) -> dict[str, Any]:
    """Read a schema."""
    whole: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return whole


# the pages


@pytest.mark.parametrize("path", pages.all_pages(), ids=short)
def test_a_page_is_fresh(path: Path) -> None:
    """What is generated of a page is what would be generated now."""
    assert pages.fresh(path) == path.read_text("utf-8"), f"stale: run {pages.COMMAND}"


def test_no_page_is_missing() -> None:
    """Every vendor with something to show has the pages to show it on."""
    assert [] == list(pages.missing()), f"run {pages.COMMAND}"


@pytest.mark.parametrize("name", pages.FRAMES)
def test_a_new_page_has_the_parts_of_a_written_one(name: str) -> None:
    """The frame of a page has the parts that Jivo's page has, in its order, under headings of its own."""
    written = pages.VENDORS / "jivo" / name
    new = pages.frame(written)

    assert pages.shown(written) == [part for part, _ in pages.PART.findall(new)]
    assert new.startswith("# ")
    assert len(pages.shown(written)) == new.count("\n## ")


def test_a_page_is_missing_until_it_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A vendor with a README lacks every page that has something to show and is not there; one without lacks none."""
    monkeypatch.setattr(pages, "VENDORS", tmp_path)
    (tmp_path / "jivo").mkdir()
    (tmp_path / "livetex").mkdir()
    (tmp_path / "jivo" / "README.md").write_text("# Jivo\n", "utf-8")
    (tmp_path / "jivo" / "life.md").write_text("# Life\n", "utf-8")

    assert ["messages.md", "knobs.md"] == [page.name for page in pages.missing()]


@pytest.mark.parametrize("vendor", VENDORS)
def test_every_part_is_shown_once(vendor: str) -> None:
    """Whatever is generated of a vendor stands on one page."""
    shown = [name for path in pages.all_pages() if path.parent.name == vendor for name in pages.shown(path)]

    assert sorted(pages.parts(vendor)) == sorted(shown)


@pytest.mark.parametrize("vendor", CHECKING)
def test_the_errors_stand_in_the_order_of_the_checks(vendor: str) -> None:
    """The page's list of what is wrong with a call follows the server's own account of its checks."""
    account = inspect.getdoc(importlib.import_module(f"fakes.{vendor}.server").Server._answer) or ""
    checks = [
        (word, status)
        for words, statuses in CHECK.findall(account)
        for word in words.split(" and ")
        for status in statuses.split(", ")
    ]
    listing = (pages.VENDORS / vendor / "messages.md").read_text("utf-8").partition(CHECKED)[2]
    rows = re.findall(r"^\| ([^|]+) \| (\d{3})", listing.partition("\n\n")[0], re.MULTILINE)

    assert checks
    assert [status for _, status in checks] == [status for _, status in rows]
    assert [] == [word for (word, _), (fault, _) in zip(checks, rows, strict=True) if word not in fault]


# messages


@pytest.mark.parametrize("path", SCHEMAS, ids=short)
def test_a_description_ends_with_its_evidence(path: Path) -> None:
    """Everything that a schema says in words ends with ``[evidence: source]``."""
    assert [] == [words for words in descriptions(schema(path)) if SAID.fullmatch(words) is None]


def named(whole: Any) -> Iterator[str]:
    """Name every property in a schema, those aside that a condition asks about."""
    if isinstance(whole, dict):
        yield from whole.get("properties", {})
        for key, part in whole.items():
            if key != "if":
                yield from named({"": list(part.values())} if key == "properties" else part)
    elif isinstance(whole, list):
        for part in whole:
            yield from named(part)


@pytest.mark.parametrize("path", SCHEMAS, ids=short)
def test_every_property_is_listed(path: Path) -> None:
    """A message's table has a row for each property of its schema, wherever it is."""
    rows = [field.path.removesuffix("[]").rpartition(".")[2] for field in fields(schema(path)) if field.needed]

    assert sorted(named(schema(path))) == sorted(rows)


def described(**more: Any) -> dict[str, Any]:
    """Make a part of a schema."""
    return {"description": "It. [assumed: A1]", **more}


IT = Said("It.", "assumed", "A1")
CONDITIONAL = {
    "properties": {
        "kind": described(enum=["a", "b"]),
        "one": described(type="string"),
        "many": described(type="array", maxItems=3, items={"type": "object", "properties": {"id": described()}}),
    },
    "required": ["kind"],
    "if": {"properties": {"kind": described(const="a")}},
    "then": {
        "required": ["one", "two"],
        "properties": {"two": described(type=["integer", "null"]), "three": described(type="number")},
    },
}


def test_fields_are_listed_with_their_conditions() -> None:
    """A field knows its path, what may stand there, and when it must."""
    expected = [
        Field("kind", "`a` or `b`", "yes", IT),
        Field("kind", "if `a`", "", IT),
        Field("one", "string", "when `kind` is `a`", IT),
        Field("many", "array of objects (items ≤ 3)", "no", IT),
        Field("many[].id", "anything", "no", IT),
        Field("two", "integer or null", "when `kind` is `a`", IT),
        Field("three", "number", "may, when `kind` is `a`", IT),
    ]

    assert expected == list(fields(CONDITIONAL))


def test_versions_and_free_keys_are_told() -> None:
    """A field says in which versions it is, if not in all, and what the values of an object of any keys may be."""
    free = described(type="object", additionalProperties={"type": ["string", "number"]})
    schema = {
        "required": ["new"],
        "properties": {
            "new": described(type="string", minLength=1, **{"x-versions": ["1.1", "1.2"]}),
            "free": free | {"x-versions": ["1.2"]},
        },
    }
    expected = [
        Field("new", "string (characters ≥ 1)", "yes, only in 1.1 and 1.2", IT),
        Field("free", "object of strings or numbers", "no, only in 1.2", IT),
    ]

    assert expected == list(fields(schema))


def test_messages_named_alike_have_places_of_their_own() -> None:
    """A message has the place of its heading; where another differs in case alone, each has a named one."""
    names = ("sendText", "selectDestination", "SelectDestination")

    assert ["sendtext", "selectDestination", "SelectDestination"] == [
        messages.anchor("livetex", name) for name in names
    ]


def test_what_is_named_for_a_call_answers_that_one() -> None:
    """Beside the error a call has the answer that is named for it, and what is no answer stands with none."""
    rows = [row for row in pages.parts("livetex")["operations"].splitlines() if "/sendText?" in row]

    assert ["[error](#error), [sendText_answer](#sendtext_answer)"] == [
        row.split(" | ")[-1].rstrip(" |") for row in rows
    ]


def test_a_keyword_that_would_be_left_out_is_refused() -> None:
    """A schema that says more than the pages can show is an error, not a gap."""
    with pytest.raises(ValueError, match=r"one\. has \['oneOf'\], which the pages cannot show yet"):
        list(fields({"properties": {"one": described(oneOf=[])}}))


# life


@pytest.mark.parametrize("vendor", LIVED)
def test_the_picture_is_drawn_as_mermaid_wants_it(vendor: str) -> None:
    """Each line of the picture is a node or an arrow, and no label has a letter that Mermaid reads as its own."""
    first, second, *lines, last = pages.parts(vendor)["picture"].splitlines()

    assert ("```mermaid", "stateDiagram-v2", "```") == (first, second, last)
    assert [] == [line for line in lines if not (ARROW.fullmatch(line) or NODE.fullmatch(line))]


@pytest.mark.parametrize("vendor", LIVED)
def test_every_row_of_the_table_is_told(vendor: str) -> None:
    """The tables of a dialogue's life have as many lines as the transition table and the variants have rows."""
    machine = importlib.import_module(f"fakes.{vendor}.machine")
    told = [line for part in ("transitions", "variants") for line in pages.parts(vendor)[part].splitlines()]

    assert len(machine.TABLE) + sum(map(len, machine.VARIANTS.values())) == len(
        [line for line in told if line.startswith("| ") and "what happens" not in line]
    )


@pytest.mark.parametrize("vendor", LIVED)
def test_every_variant_has_its_knob(vendor: str) -> None:
    """Each other reading of what a vendor does can be turned to."""
    machine = importlib.import_module(f"fakes.{vendor}.machine")
    desk = importlib.import_module(f"fakes.{vendor}.knobs")

    assert [] == [variant for variant in machine.Variant if not life.turned_by(variant, desk)]


@pytest.mark.parametrize(
    ("effect", "words"),
    [
        (Show(Author.BOT, life.WORDS, Form.TEXT), "shows the visitor what the bot sent"),
        (Show(Author.SYSTEM, "Привет"), "shows the visitor “Привет”"),
        (Keep(Author.VISITOR, life.WORDS), "keeps the visitor's words in the record"),
        (Keep(Author.SYSTEM, "Привет"), "keeps “Привет” in the record"),
        (Tell("bot", "CHAT_CLOSED"), "tells the bot [CHAT_CLOSED](messages.md#chat_closed)"),
        (Tell("history", "CHAT_CLOSED"), "writes [CHAT_CLOSED](messages.md#chat_closed) into the history"),
        (Offer(), "offers the dialogue to the operators"),
        (Arm("idle"), "starts the timer [`idle`](knobs.md#idle) anew"),
        (Disarm("idle"), "stops the timer `idle`"),
        (Refuse(400, "invalid_request", "no"), "refuses the call: 400 `invalid_request`, “no”"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_effect_is_told_in_words(effect: Effect, words: str) -> None:
    """Each thing that a machine may answer has a sentence."""
    assert words == life.in_words(effect, "jivo")


# Markdown


def test_a_pipe_in_a_cell_is_escaped() -> None:
    """A cell's own pipes do not end it, and its line breaks do not end the row."""
    assert ["| a |", "|---|", "| `x\\|y` z |"] == list(table(["a"], [["`x|y`\nz"]]))


def test_citations_become_links() -> None:
    """Sections of protocol sheets and rows of a register are linked, other words and code left as they are."""
    text = "a (ACME-A4) `ACME-A4` [protocol/acme 1.2], [1.10]; protocol/other: 3 [notes, 4]"
    expected = (
        "a ([ACME-A4](protocol.md#ACME-A4)) `ACME-A4` [[1.2](protocol.md#1.2)], [[1.10](protocol.md#1.10)]; "
        "[protocol/other: 3](../other/protocol.md#3) [notes, 4]"
    )

    assert expected == prose(text, "acme")


def test_what_markdown_would_read_is_escaped() -> None:
    """Stars and tags in another's words stay what they are, and code is left alone."""
    assert r"2 \* 3 \<br> `a*b`" == prose("2 * 3 <br> `a*b`", "acme")


@pytest.mark.parametrize(
    ("words", "sentence"), [([], ""), (["a"], "a"), (["a", "b"], "a or b"), (["a", "b", "c"], "a, b or c")]
)
def test_words_are_listed_as_a_sentence_does(words: list[str], sentence: str) -> None:
    """The last two words have *or* between them, the others a comma."""
    assert sentence == listed(words)


class Shelf:
    """Has comments of all kinds."""

    # the first group,
    # on two lines
    one = 1  # beside it
    two = (
        2,  # within
    )
    # the second
    three = "# no comment"


def test_the_comments_of_a_class_are_read() -> None:
    """A member knows the comment above its group, and the one behind it."""
    first = "the first group, on two lines"

    expected = {"one": Remark(first, "beside it"), "two": Remark(first), "three": Remark("the second")}

    assert expected == remarks(Shelf)
