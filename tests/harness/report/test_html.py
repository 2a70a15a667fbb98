"""The page as a whole: report.html."""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
import os
import re
import subprocess
import sys
from importlib import metadata
from typing import TYPE_CHECKING, Any

import pytest

from harness import journal
from harness.agenda.catalogue import Catalogue
from harness.report.html import page as page_module
from harness.report.html import render
from harness.report.json import build
from harness.report.summary import summarise
from harness.run import Order, conduct
from tests.harness.report.conftest import RUN, behaviour, crossing, scenario
from tests.harness.report.page import Node, Page, read

if TYPE_CHECKING:
    from pathlib import Path

    from tests.harness.report.conftest import Line

DIGEST = "5" * 64
UNMET: dict[str, Any] = {"expected": "the visitor sees «a»", "came": "nothing at all"}
EVIL = (
    "</script><script>evil()</script><img src=x onerror=evil()>\"'`--> ]]> {{ 7*7 }} {% raw %} &lt; "
    "\u202egnp.exe\u2066\u2028\u2029\x00\x1b\ud800 عربى ‹secret:jivo-token-1› " + "Ы" * 5_000
)


def report_of(catalogue: Catalogue, lines: list[Line]) -> dict[str, Any]:
    """Make the report of a journal."""
    return build([RUN, *lines], catalogue, DIGEST)


def page_of(catalogue: Catalogue, *scenarios: list[Line]) -> Node:
    """Make the page of a run, and read it."""
    lines = [line for each in scenarios for line in each]
    return read(render([RUN, *lines], report_of(catalogue, lines)))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run some behaviours of bridge and fakes; answers what the run left."""
    out = tmp_path_factory.mktemp("run")
    conduct(Order(out, ("JIVO-BOT-4", "JIVO-CLOSED", "JIVO-CONNECT-2"), seed=7), lambda _: None)
    return out


@pytest.fixture(scope="module")
def ran(folder: Path) -> Node:
    """Give the page of that run."""
    return read((folder / "report.html").read_bytes())


@pytest.fixture(scope="module")
def report(folder: Path) -> dict[str, Any]:
    """Give the report of that run."""
    told: dict[str, Any] = json.loads((folder / "report.json").read_text("utf-8"))
    return told


def test_every_behaviour_is_on_the_page(ran: Node, report: dict[str, Any]) -> None:
    """Each with id, sentence, level, evidence, verdict, and the source with its sentence."""
    for row in report["behaviours"]:
        words = ran.place(row["id"]).text
        told = [
            row["id"],
            row["says"],
            f"{row['level']}, {row['evidence']}",
            row["source"]["ref"],
            f"{row['verdict']}: ",
        ]
        missing = [each for each in [*told, f"«{row['source']['sentence']}»"] if " ".join(each.split()) not in words]

        assert [] == missing


def test_every_scenario_is_on_the_page_once(ran: Node, report: dict[str, Any]) -> None:
    """Each is told in one place, with its steps and their verdicts."""
    found = [
        [(step.classes, step.all("p")[0].text) for step in scenario.one(".steps").children if isinstance(step, Node)]
        for scenario in ran.all(".scenario")
    ]
    told = [[(classes[0], text) for classes, text in steps if classes != ["before"]] for steps in found]
    planned = [[(step["verdict"], step["text"]) for step in row["steps"]] for row in report["scenarios"]]

    assert len(planned) > 10
    assert sorted(planned) == sorted(told)


def test_all_that_happened_is_on_the_page(folder: Path, ran: Node) -> None:
    """Every act, crossing, fact and question of the journal is a line."""
    told = [line["kind"] for line in journal.read(folder / "journal.jsonl")]

    for kind in ("act", "crossing", "fact", "asked"):
        assert told.count(kind) == sum(len(moments.all(f".{kind}")) for moments in ran.all(".moments")), kind


def test_every_body_can_be_unfolded(folder: Path) -> None:
    """Each number on the page leads to a message, and each message of the journal is there to the letter."""
    page = Page((folder / "report.html").read_bytes())
    numbers = [int(node.attributes["data-body"]) for node in page.root.walk() if "data-body" in node.attributes]
    kept = {part["json"] for parts in page.bodies() for part in parts if "json" in part}
    lines = [line for line in journal.read(folder / "journal.jsonl") if line["kind"] == "crossing"]

    assert list(range(len(page.bodies()))) == sorted(numbers)
    assert [] == [line for line in lines if journal.LINE.encode(line["sent"]["json"]) not in kept]


def test_links_lead_somewhere(ran: Node) -> None:
    """Every place has its own name, and every link leads to one of them, or to the icon that is in the page."""
    places = [node.attributes["id"] for node in ran.walk() if "id" in node.attributes]
    links = {node.attributes["href"] for node in ran.walk() if "href" in node.attributes}

    assert len(places) == len(set(places))
    assert set() == {link for link in links if link.removeprefix("#") not in places and link[:11] != "data:image/"}


def test_the_page_needs_nothing_from_outside(ran: Node) -> None:
    """No attribute names an address, and no style or handler stands in an attribute."""
    attributes = [(node.tag, name, value) for node in ran.walk() for name, value in node.attributes.items()]
    outside = [
        each
        for each in attributes
        if re.search("(^|[a-z]:)//", each[2]) and not each[2].startswith("data:image/svg+xml,")
    ]

    assert [] == outside
    assert [] == [each for each in attributes if each[1].startswith("on") or each[1] in {"style", "src"}]


def test_the_policy_knows_our_style_and_our_script_alone(ran: Node) -> None:
    """Their hashes stand in it, and nothing may come from the network."""
    [policy] = [node.attributes["content"] for node in ran.all("meta") if "http-equiv" in node.attributes]
    allowed = dict(rule.split(" ", 1) for rule in policy.split("; "))
    data, script = ran.all("script")

    assert "'none'" == allowed["default-src"]
    assert digest(ran.one("style").raw) == allowed["style-src"]
    assert digest(script.raw) == allowed["script-src"]
    assert "application/octet-stream" == data.attributes["type"]


def digest(source: str) -> str:
    """Name a source as a policy does."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}'"


def test_one_journal_makes_one_page(folder: Path, report: dict[str, Any]) -> None:
    """Another process, with another hash seed, writes the same bytes."""
    again = (
        "import json, pathlib, sys; from harness import journal; from harness.report.html import render;"
        "folder = pathlib.Path(sys.argv[1]); report = json.loads((folder / 'report.json').read_text('utf-8'));"
        "sys.stdout.buffer.write(render(journal.read(folder / 'journal.jsonl'), report))"
    )
    done = subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, "-c", again, folder],
        env=os.environ | {"PYTHONHASHSEED": "99"},
        capture_output=True,
        check=True,
    )

    assert report["scenarios"]
    assert (folder / "report.html").read_bytes() == done.stdout


def test_the_run_is_told(ran: Node) -> None:
    """Seed, what was picked, who was judged, versions, journal, and the command that repeats it."""
    facts = {row.one("dt").text: row.one("dd").text for row in ran.one(".facts").all("div")}

    assert "deskcheck run JIVO-BOT-4 JIVO-CLOSED JIVO-CONNECT-2 --seed 7" == facts.pop("Repeat it")
    assert ["Seed", "Bridge", "Judged", "Time", "Deskcheck", "Python", "Journal"] == list(facts)
    assert ("7", "JIVO-BOT-4 JIVO-CLOSED JIVO-CONNECT-2") == (facts["Seed"], facts["Judged"])
    assert f"aiohttp {metadata.version('aiohttp')}" in [node.text for node in ran.one(".run").all("li")]


@pytest.mark.parametrize(
    ("verdicts", "words", "headline"),
    [
        (["passed", "warned"], "conforms on 2 of 2 observed", "The bridge acme conforms on 2 of 2 observed"),
        (["passed", "skipped"], "conforms on 1 of 2 observed", "The bridge acme conforms on 1 of 2 observed"),
        (["failed", "unknown"], "does not conform: 1 of 2 behaviours failed", "The bridge acme does not conform"),
        (
            ["passed", "unknown"],
            "unknown: 1 of 2 behaviours could not be judged",
            "It is unknown whether the bridge acme conforms",
        ),
        (
            ["skipped", "skipped"],
            "unknown: none of 2 behaviours could be observed",
            "It is unknown whether the bridge acme conforms",
        ),
    ],
    ids=str,
)
def test_the_verdict_stands_on_top(catalogue: Catalogue, verdicts: list[str], words: str, headline: str) -> None:
    """In words, as on the terminal, with how many of how many."""
    lines = [scenario(name, verdict, name) for name, verdict in zip(("A-MUST", "Z-MUST"), verdicts, strict=True)]
    page = page_of(catalogue, *lines)
    terminal = summarise(report_of(catalogue, [line for each in lines for line in each]), ()).splitlines()[-1]

    assert page.one("h1").text.endswith(headline)
    assert page.one("title").text == f"{page.one('h1').text.split()[0][0]} {headline} · Deskcheck"
    assert page.one(".outcome").text[1:] == words
    assert words.partition(":")[0] in terminal


def test_bridge_and_fakes_are_kept_apart(catalogue: Catalogue) -> None:
    """Each has its verdict, its counts and its section; the bridge comes first."""
    page = page_of(catalogue, scenario("a", "failed", **UNMET), scenario("b", "passed", "V-MUST", who="vendor"))

    assert ["✗does not conform: 1 of 1 behaviours failed", "✓conform on 1 of 1 observed"] == [
        node.text for node in page.all(".outcome")
    ]
    sides = [side for side in page.all(".side") if "notes" not in side.classes]
    assert ["The bridge acme", "The fakes jivo"] == [side.one("h2").text for side in sides]
    assert [["A-MUST"], ["V-MUST"]] == [[node.text for node in side.all(".id")] for side in sides]


@pytest.mark.parametrize(("verdict", "also"), [("passed", []), ("failed", ["✗The fakes do not conform"])])
def test_fakes_that_do_not_conform_are_told_beside_the_bridge(
    catalogue: Catalogue, verdict: str, also: list[str]
) -> None:
    """A bridge that conforms before lying fakes has proven little."""
    page = page_of(catalogue, scenario("a"), scenario("b", verdict, "V-MUST", who="vendor"))

    assert "✓The bridge acme conforms on 1 of 1 observed" == page.one("h1").text
    assert also == [node.text for node in page.all(".also")]


def test_the_counts_tell_every_verdict(catalogue: Catalogue) -> None:
    """By level, and also those of which there are none; the bar has a piece for each of which there are some."""
    page = page_of(
        catalogue,
        scenario("a", "failed", **UNMET),
        scenario("b", "passed", "Z-MUST"),
        scenario("c", "skipped", "C-MAY"),
    )
    table = [[cell.text for cell in row.children if isinstance(cell, Node)] for row in page.one(".counts").all("tr")]

    assert [
        ["", "✗failed", "?unknown", "!warned", "✓passed", "–skipped"],
        ["all", "1", "0", "0", "1", "1"],
        ["must", "1", "0", "0", "1", "0"],
        ["may", "0", "0", "0", "0", "1"],
    ] == table
    assert [("failed", "0", "1"), ("passed", "1", "1"), ("skipped", "2", "1")] == [
        (rect.attributes["class"], rect.attributes["x"], rect.attributes["width"]) for rect in page.all("rect")
    ]


def test_behaviours_stand_in_the_catalogue_s_order(catalogue: Catalogue) -> None:
    """And not in the order in which they ran."""
    page = page_of(catalogue, scenario("b", "passed", "B-SHOULD"), scenario("a"), scenario("z", "passed", "Z-MUST"))

    assert ["Z-MUST", "A-MUST", "B-SHOULD"] == [node.text for node in page.all(".id")]


def test_two_vendors_of_one_behaviour_have_a_place_each(catalogue: Catalogue) -> None:
    """The plain id leads to the first, and its group says whose it is."""
    page = page_of(catalogue, scenario("a"), scenario("a", vendor="livetex"), scenario("z", "passed", "Z-MUST"))

    assert ["Z-MUST", "A-MUST", "A-MUST@livetex"] == [node.attributes["id"] for node in page.all(".behaviour")]
    assert ["Bot jivo", "Bot jivo, livetex"] == [node.text for node in page.all("h3")]


def test_a_scenario_of_two_behaviours_is_told_under_the_first(catalogue: Catalogue) -> None:
    """The other one links to it."""
    page = page_of(catalogue, scenario("both", "passed", "A-MUST", "Z-MUST"))
    [told] = page.place("A-MUST").all(".scenario")

    assert [] == page.place("Z-MUST").all(".scenario")
    assert f"#{told.attributes['id']}" in [node.attributes["href"] for node in page.place("Z-MUST").all("a")]


def test_a_failure_is_explained(catalogue: Catalogue) -> None:
    """Step, what was expected and came, the crossings concerned, whose mistake, and the command that replays it."""
    page = page_of(catalogue, scenario("a", "failed", step=1, between=(crossing(),), **UNMET))
    rows = {row.one("dt").text: row.one("dd") for row in page.one(".failure").all("div")}
    [link] = rows["sent"].all("a")

    assert ["at", "expected", "came", "sent", "whose", "replay"] == list(rows)
    assert "When it rains" == rows["at"].text
    assert "0.500 s, jivo → bridge: CLIENT_MESSAGE «Привет» → 200" == rows["sent"].text
    assert "crossing" == page.place(link.attributes["href"][1:]).attributes["class"]
    assert "deskcheck run A-MUST --bridge python:acme:make --seed 7" == rows["replay"].text


@pytest.mark.parametrize(
    ("verdict", "unfolded"),
    [("failed", True), ("unknown", True), ("warned", False), ("passed", False), ("skipped", False)],
)
def test_what_failed_or_is_unknown_is_unfolded(catalogue: Catalogue, verdict: str, unfolded: bool) -> None:  # noqa: FBT001 - a table's column
    """The reader need not look for it; all else is folded, and the page short."""
    page = page_of(catalogue, scenario("a", verdict))

    assert [unfolded] * 2 == ["open" in page.one(each).attributes for each in (".behaviour", ".scenario")]


def test_of_many_failures_only_the_behaviours_are_unfolded(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or nothing could be found among them."""
    monkeypatch.setattr(page_module, "MOST_UNFOLDED", 1)
    page = page_of(catalogue, scenario("a", "failed", **UNMET), scenario("b", "unknown"))

    assert "open" in page.one(".behaviour").attributes
    assert [False, False] == ["open" in node.attributes for node in page.all(".scenario")]


def test_what_did_not_hold_is_named_on_top(catalogue: Catalogue) -> None:
    """Failed, then unknown, then warned, each with a link."""
    page = page_of(
        catalogue,
        scenario("b", "warned", "B-SHOULD", **UNMET),
        scenario("z", "unknown", "Z-MUST"),
        scenario("a", "failed", **UNMET),
        scenario("c", "skipped", "C-MAY"),
    )

    assert ["#A-MUST", "#Z-MUST", "#B-SHOULD"] == [node.attributes["href"] for node in page.one(".found").all("a")]


def test_of_many_that_did_not_hold_the_first_are_named_and_the_rest_is_folded() -> None:
    """The verdict stays on top."""
    known = {name: behaviour(name) for name in (f"A-{number}" for number in range(10))}
    found = page_of(Catalogue(known), *(scenario(name, "unknown", name) for name in known)).one(".found")

    assert [f"#{name}" for name in known] == [node.attributes["href"] for node in found.all("a")]
    assert ["#A-8", "#A-9"] == [node.attributes["href"] for node in found.one(".more").all("a")]
    assert "and 2 more" == found.one("summary").text


def test_where_all_holds_nothing_is_named(catalogue: Catalogue) -> None:
    """There is no such list."""
    assert [] == page_of(catalogue, scenario("a")).all(".found")


@pytest.mark.parametrize("verdict", ["failed", "unknown", "warned", "skipped"])
def test_a_verdict_is_told_by_sign_and_word(catalogue: Catalogue, verdict: str) -> None:
    """And by colour only besides."""
    signs = {"failed": "✗", "unknown": "?", "warned": "!", "skipped": "–"}
    told = page_of(catalogue, scenario("a", verdict)).one(".behaviour")

    assert told.text.startswith(f"{signs[verdict]}{verdict}: A-MUST")
    assert "a broke" == told.one(".reason").text


def test_fields_and_remarks_are_told(catalogue: Catalogue) -> None:
    """What nobody read and what was odd has a table each, and stands beside its message too."""
    odd = crossing("bridge", event="BOT_MESSAGE", unread=["/site_id"], remarks=["no fallback text"])
    page = page_of(catalogue, scenario("a", between=(odd,)))

    assert ["jivo", "BOT_MESSAGE", "call", "/site_id", "1"] == [
        cell.text for cell in page.place("never-read").all("td")
    ]
    assert ["jivo", "BOT_MESSAGE", "no fallback text", "1"] == [cell.text for cell in page.place("remarks").all("td")]
    assert ["never read /site_id", "remark no fallback text"] == [note.text for note in page.one(".moments").all("p")]


def test_where_nothing_is_to_be_remarked_there_is_no_table(catalogue: Catalogue) -> None:
    """Neither of fields nor of remarks."""
    assert ["oracles"] == [notes.attributes["id"] for notes in page_of(catalogue, scenario("a")).all(".notes")]


def test_oracles_are_told(catalogue: Catalogue) -> None:
    """Each with its verdict, what it holds to, and the way to the scenarios that broke it."""
    stray = {"name": "hosts", "says": "the bridge called «x»", "lines": [1, 9]}
    broken = scenario("a", "failed", step=3, between=(crossing(),), oracles=[stray])
    page = page_of(catalogue, broken, scenario("b"))
    told = next(item for item in page.place("oracles").all("li") if "hosts" in item.text)
    (place,) = [node.attributes["id"] for node in page.all(".scenario") if "failed" in node.classes]

    assert "✗failed: hosts No host is called but the fakes." == told.text.partition(" broken by")[0]
    assert [(f"#{place}", "jivo/bot.feature: a")] == [(a.attributes["href"], a.text) for a in told.all("a")]
    assert "✓passed: lost" in page.place("oracles").text


def test_a_scenario_tells_which_oracles_it_broke(catalogue: Catalogue) -> None:
    """With what became of what, and the lines that prove it; one that is not shown stands by its number alone."""
    stray = {"name": "hosts", "says": "the bridge called «x»", "lines": [1, 9]}
    broken = scenario("a", "failed", step=3, between=(crossing(),), oracles=[stray])
    why = page_of(catalogue, broken).one(".failure")
    rows = {row.one("dt").text: row.one("dd") for row in why.all("div")}
    place = rows["oracle"].one("a").attributes["href"]

    assert "hosts the bridge called «x»" == rows["oracle"].one("p").text
    assert ["line 1, 0.500 s, jivo → bridge: CLIENT_MESSAGE «Привет»", "line 9"] == [
        line.text for line in rows["oracle"].all("li")
    ]
    assert "a broke" == rows["because"].text
    assert "at" not in rows
    assert "crossing" == page_of(catalogue, broken).place(place.removeprefix("#")).attributes["class"]
    assert "failed" not in {step.attributes.get("class") for step in page_of(catalogue, broken).one(".steps").all("li")}


def test_russian_is_marked_as_russian(catalogue: Catalogue) -> None:
    """A reader that speaks finds the language of the source and of what people say."""
    page = page_of(catalogue, scenario("a", between=(crossing(),)))

    assert "en" == page.one("html").attributes["lang"]
    assert ["Да", "«Привет»"] == [node.text for node in page.one("main").walk() if node.attributes.get("lang") == "ru"]


def test_headings_follow_one_another(ran: Node) -> None:
    """No level is left out, and there is one of the first."""
    levels = [int(node.tag[1]) for node in ran.walk() if re.fullmatch("h[1-6]", node.tag)]

    assert 1 == levels[0]
    assert 1 == levels.count(1)
    assert [] == [pair for pair in itertools.pairwise(levels) if pair[1] > pair[0] + 1]


def test_a_run_that_judged_nothing_has_a_page(catalogue: Catalogue) -> None:
    """It says so."""
    page = page_of(catalogue)

    assert "?Nothing was judged" == page.one("h1").text
    assert "This run judged nothing." in page.one("main").text


def test_without_a_journal_the_report_is_told(catalogue: Catalogue) -> None:
    """Nothing happened, as far as is known, and no versions are named; the verdicts are there."""
    page = read(render([], report_of(catalogue, scenario("a", "failed", **UNMET))))

    assert "✗The bridge acme does not conform" == page.one("h1").text
    assert [] == page.all(".moments")


def test_a_journal_that_breaks_off_has_a_page(catalogue: Catalogue) -> None:
    """What never came to a verdict is in neither report."""
    page = page_of(catalogue, scenario("a"), scenario("b", between=(crossing(),))[:-1])

    assert ["a"] == [node.text for node in page.all("h5")]


def test_what_is_not_known_breaks_nothing(catalogue: Catalogue) -> None:
    """Lines of later kinds, and keys of later lines, are told as they are."""
    riddle = {"kind": "riddle", "answer": [42]}
    page = page_of(catalogue, scenario("a", between=(riddle, crossing(colour="red"))))

    assert "riddle answer [42]" == page.one(".riddle").text


OURS = frozenset(  # words that the schemas allow alone
    {"scenario", "act", "asked", "fact", "fault", "crossing", "verdict", "riddle", "shown"}
    | {"failed", "passed", "skipped", "jivo", "bridge", "bot", "must", "A-MUST"}
)


def spoilt(value: Any) -> Any:
    """Put evil in the place of every text that is not one of ours, and into every mapping."""
    if isinstance(value, str):
        return value if value in OURS or value.startswith("jivo/bot.feature: ") else EVIL
    if isinstance(value, dict):
        return {key: spoilt(each) for key, each in value.items()} | {EVIL: EVIL}
    return [spoilt(each) for each in value] if isinstance(value, list) else value


def test_evil_stays_text(catalogue: Catalogue) -> None:
    """Whatever stands in a journal becomes no element, no attribute, and no character that no one can see."""
    lost = crossing("bridge", seq=2, failed={"at": 0.7, "reason": "e"})
    del lost["came"]
    between: tuple[Line, ...] = (
        {"kind": "asked", "at": 0.0, "seq": 7, "call": "GET /leads", "status": 200, "answer": {"a": "b"}},
        {"kind": "fact", "at": 0.0, "seq": 8, "cause": None, "fact": "shown", "author": "bot", "text": "c"},
        {"kind": "act", "at": 0.0, "seq": 9, "who": "visitor", "did": "writes", "text": "d"},
        {"kind": "fault", "at": 0.0, "seq": 10, "name": "stray"},
        crossing("bridge", unread=["/a"], remarks=["b"], violations=["c"]),
        lost,
        {"kind": "riddle", "f": "g"},
    )
    lines = scenario("a", "failed", between=between, **UNMET)
    report = report_of(catalogue, lines)
    made = render([spoilt(line) for line in [RUN, *lines]], spoilt(report))
    page, tame = read(made), read(render([RUN, *lines], report))

    assert [] == [char for char in made.decode() if not char.isprintable() and char != "\n"]
    assert ["evil()" in script.raw for script in tame.all("script")] == [
        "evil()" in script.raw for script in page.all("script")
    ]
    assert {node.tag for node in tame.walk()} | {"mark"} >= {node.tag for node in page.walk()}
    assert {name for node in tame.walk() for name in node.attributes} >= {
        name for node in page.walk() for name in node.attributes
    }
    assert page.text.count("</script><script>evil()</script>") > 20


def test_a_huge_run_of_text_does_not_make_a_huge_page(catalogue: Catalogue) -> None:
    """What is long is cut in the page, packed among the bodies, and cut there too."""
    huge = "<" * 3_000_000
    sent = {"method": "POST", "url": f"http://x.test/{huge}", "headers": {}, "json": {"text": huge}}
    lines = scenario("a", "failed", between=(crossing(sent=sent, event=huge),), reason=huge, expected=huge, came=huge)
    made = render([RUN, *lines], report_of(catalogue, lines))

    assert len(made) < 200_000
