"""Tests: harness.report.json, and report.schema.json."""

from __future__ import annotations

import copy
import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from harness import data
from harness.agenda import catalogue as behaviours
from harness.journal import read
from harness.oracles import names
from harness.report import json as report_json
from harness.report.json import build
from harness.run import Order, conduct
from tests.harness.report.conftest import RUN, STEPS, crossing, scenario
from tests.harness.schemas import properties_of

if TYPE_CHECKING:
    from harness.agenda.catalogue import Catalogue
    from tests.harness.report.conftest import Line

SCHEMA = json.loads(Path(report_json.__file__).with_name("report.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
DIGEST = "5" * 64


def about(answer: Any, status: int = 200, call: str = "GET /about") -> Line:
    """Make the line of the question who the bridge is."""
    return {"kind": "asked", "at": 0.0, "seq": 1, "call": call, "status": status, "answer": answer}


def report_of(catalogue: Catalogue, *scenarios: list[Line]) -> dict[str, Any]:
    """Build the report of a journal with those scenarios."""
    return build([RUN, *(line for lines in scenarios for line in lines)], catalogue, DIGEST)


def rows(report: dict[str, Any], *keys: str) -> list[tuple[Any, ...]]:
    """List some columns of the behaviours."""
    return [tuple(row[key] for key in keys) for row in report["behaviours"]]


# the run


def test_the_run_is_that_of_the_first_line(catalogue: Catalogue) -> None:
    """Everything about the run comes from its line, but for the digest."""
    assert {
        "deskcheck": "0.1.0",
        "bridge": {"name": "acme", "version": None, "target": "python:acme:make"},
        "seed": 7,
        "temper": "simulated",
        "selectors": ["jivo"],
        "faults": None,
        "journal_sha256": DIGEST,
    } == report_of(catalogue, scenario("a"))["run"]


def test_a_bridge_is_called_as_it_calls_itself(catalogue: Catalogue) -> None:
    """Name and version are those of its own first answer."""
    first = scenario("a", between=(about({"name": "Acme bridge", "version": "2.1", "capabilities": []}),))
    second = scenario("b", between=(about({"name": "Other", "version": "9"}),))

    assert {"name": "Acme bridge", "version": "2.1", "target": "python:acme:make"} == report_of(
        catalogue, first, second
    )["run"]["bridge"]


@pytest.mark.parametrize(
    "line",
    [
        about({"name": "TypeError", "version": "x"}, status=500),
        about({"name": 5, "version": None}),
        about({}),
        about("Acme"),
        about(None),
        about({"name": "Lead", "version": "x"}, call="GET /leads"),
    ],
    ids=["error", "number", "empty", "text", "nothing", "another question"],
)
def test_what_is_no_answer_names_no_bridge(catalogue: Catalogue, line: Line) -> None:
    """Only a good answer to the question who the bridge is changes its name."""
    bridge = report_of(catalogue, scenario("a", between=(line,)))["run"]["bridge"]

    assert ("acme", None) == (bridge["name"], bridge["version"])


# scenarios


def test_a_scenario_s_row_holds_what_became_of_it(catalogue: Catalogue) -> None:
    """Id, vendor, behaviours, verdict, reason, world time, crossings and steps."""
    lines = scenario("a", "failed", "A-MUST", step=1, between=(crossing(), about({}), crossing("bridge")))

    assert [
        {
            "id": "jivo/bot.feature: a",
            "vendor": "jivo",
            "behaviours": ["A-MUST"],
            "verdict": "failed",
            "reason": "a broke",
            "world_seconds": 1.5,
            "crossings": 2,
            "steps": [
                {"text": "Given a cloud", "verdict": "passed"},
                {"text": "When it rains", "verdict": "failed"},
                {"text": "Then it is wet", "verdict": "skipped"},
            ],
        }
    ] == report_of(catalogue, lines)["scenarios"]


@pytest.mark.parametrize(
    ("verdict", "step", "expected"),
    [
        ("passed", 2, ["passed", "passed", "passed"]),
        ("failed", 0, ["failed", "skipped", "skipped"]),
        ("failed", 2, ["passed", "passed", "failed"]),
        ("warned", 1, ["passed", "warned", "skipped"]),
        ("unknown", 1, ["passed", "unknown", "skipped"]),
        ("skipped", 1, ["passed", "skipped", "skipped"]),
        ("unknown", -1, ["skipped", "skipped", "skipped"]),
    ],
)
def test_steps_have_verdicts(catalogue: Catalogue, verdict: str, step: int, expected: list[str]) -> None:
    """Steps before the end passed, the one at the end has the scenario's verdict, those after it were skipped."""
    (row,) = report_of(catalogue, scenario("a", verdict, step=step))["scenarios"]

    assert list(zip(STEPS, expected, strict=True)) == [(each["text"], each["verdict"]) for each in row["steps"]]


def test_scenarios_keep_the_order_of_the_journal(catalogue: Catalogue) -> None:
    """The report sorts nothing, and no scenario gets another's lines."""
    report = report_of(catalogue, scenario("b", between=(crossing(),)), scenario("a"))

    assert [("jivo/bot.feature: b", 1), ("jivo/bot.feature: a", 0)] == [
        (row["id"], row["crossings"]) for row in report["scenarios"]
    ]


# behaviours


def test_a_behaviour_s_row_holds_what_the_catalogue_says(catalogue: Catalogue) -> None:
    """The row needs no other file to be understood."""
    assert [
        {
            "id": "V-MUST",
            "vendor": "jivo",
            "group": "bot",
            "who": "vendor",
            "level": "must",
            "evidence": "seed",
            "says": "V-MUST works.",
            "source": {"ref": "notes/jivo: (intro)", "sentence": "Да."},
            "verdict": "passed",
            "reason": None,
            "scenarios": ["jivo/bot.feature: a"],
        }
    ] == report_of(catalogue, scenario("a", "passed", "V-MUST", who="vendor"))["behaviours"]


@pytest.mark.parametrize(
    ("verdicts", "expected", "reason"),
    [
        (["passed", "failed", "unknown"], "failed", "1 broke"),
        (["passed", "unknown", "skipped"], "unknown", "1 broke"),
        (["skipped", "skipped"], "skipped", "0 broke"),
        (["failed", "failed"], "failed", "0 broke"),
        (["passed", "passed"], "passed", None),
        (["passed", "skipped", "skipped"], "passed", "2 of 3 scenarios were skipped"),
        (["skipped", "passed"], "passed", "1 of 2 scenarios were skipped"),
    ],
    ids=str,
)
def test_a_behaviour_is_the_worst_of_its_scenarios(
    catalogue: Catalogue, verdicts: list[str], expected: str, reason: str | None
) -> None:
    """The verdict is the worst one, with the reason of the first scenario that had it; a pass says what was skipped."""
    report = report_of(catalogue, *(scenario(str(index), verdict) for index, verdict in enumerate(verdicts)))

    assert [(expected, reason)] == rows(report, "verdict", "reason")


def test_a_warning_with_skips_keeps_its_reason(catalogue: Catalogue) -> None:
    """The note about skipped scenarios belongs to a pass alone."""
    report = report_of(
        catalogue, scenario("a", "skipped", "B-SHOULD"), scenario("b", "warned", "B-SHOULD"), scenario("c")
    )

    assert [("A-MUST", "passed", None), ("B-SHOULD", "warned", "b broke")] == rows(report, "id", "verdict", "reason")


def test_a_failure_weighs_by_each_behaviour_s_own_level(catalogue: Catalogue) -> None:
    """When a scenario proves a must, a should and a may at once and fails, only the must fails."""
    report = report_of(catalogue, scenario("a", "failed", "A-MUST", "B-SHOULD", "C-MAY"))

    assert [
        ("A-MUST", "failed", "a broke"),
        ("B-SHOULD", "warned", "a broke"),
        ("C-MAY", "skipped", "a broke"),
    ] == rows(report, "id", "verdict", "reason")


def test_a_scenario_counts_for_each_of_its_behaviours(catalogue: Catalogue) -> None:
    """One scenario may prove several behaviours, and one behaviour have several scenarios."""
    report = report_of(catalogue, scenario("a", "passed", "A-MUST", "Z-MUST"), scenario("b", "passed", "Z-MUST"))

    assert [
        ("Z-MUST", ["jivo/bot.feature: a", "jivo/bot.feature: b"]),
        ("A-MUST", ["jivo/bot.feature: a"]),
    ] == rows(report, "id", "scenarios")


def test_behaviours_keep_the_order_of_the_catalogue(catalogue: Catalogue) -> None:
    """Whatever ran first, the catalogue's order holds, and what was not judged is not there."""
    report = report_of(catalogue, scenario("a", "passed", "V-MUST"), scenario("b"), scenario("c", "passed", "Z-MUST"))

    assert [("Z-MUST",), ("A-MUST",), ("V-MUST",)] == rows(report, "id")


def test_a_behaviour_of_every_vendor_has_a_row_for_each(catalogue: Catalogue) -> None:
    """What one vendor's world shows says nothing of another's; vendors come by their names."""
    report = report_of(catalogue, scenario("a", vendor="livetex"), scenario("a", "failed", vendor="jivo"))

    assert [("A-MUST", "jivo", "failed"), ("A-MUST", "livetex", "passed")] == rows(report, "id", "vendor", "verdict")


# totals


def test_totals_count_every_verdict(catalogue: Catalogue) -> None:
    """Behaviours are counted by who is judged, scenarios together, and no verdict is left out."""
    report = report_of(
        catalogue,
        scenario("a", "failed", "A-MUST"),
        scenario("b", "passed", "A-MUST"),
        scenario("c", "passed", "Z-MUST"),
        scenario("d", "warned", "B-SHOULD"),
        scenario("e", "skipped", "C-MAY"),
        scenario("f", "unknown", "V-MUST"),
    )
    none = {"failed": 0, "unknown": 0, "warned": 0, "passed": 0, "skipped": 0}

    assert {
        "behaviours": {
            "bridge": none | {"failed": 1, "warned": 1, "passed": 1, "skipped": 1},
            "fakes": none | {"unknown": 1},
        },
        "scenarios": none | {"failed": 1, "unknown": 1, "warned": 1, "passed": 2, "skipped": 1},
        "faults": {"drawn": 0, "missed": 0},
    } == report["totals"]


def test_a_journal_makes_one_report(catalogue: Catalogue) -> None:
    """The report is a function of the journal: the same lines give the same bytes, and stay as they were."""
    lines = [RUN, *scenario("a", between=(crossing(),)), *scenario("b", "failed")]
    before = copy.deepcopy(lines)
    reports = [json.dumps(build(each, catalogue, DIGEST)) for each in (lines, iter(lines), copy.deepcopy(lines))]

    assert 1 == len(set(reports))
    assert before == lines


def test_a_run_of_nothing_has_a_report(catalogue: Catalogue) -> None:
    """A journal without scenarios gives a report with nothing in it."""
    report = report_of(catalogue)

    assert ([], []) == (report["behaviours"], report["scenarios"])


# what nobody read, and what is odd


def judged(catalogue: Catalogue, *crossings: Line, who: str = "bridge") -> dict[str, Any]:
    """Build the report of one scenario with those crossings."""
    return report_of(catalogue, scenario("a", who=who, between=crossings))


def test_where_all_was_read_and_nothing_odd_there_is_nothing_to_tell(catalogue: Catalogue) -> None:
    """Crossings without notes count for nothing, and so does what is no crossing."""
    report = judged(catalogue, crossing(), crossing("bridge"), about({}))

    assert ([], []) == (report["fields_never_read"], report["remarks"])


def test_a_field_that_nobody_read_is_told(catalogue: Catalogue) -> None:
    """To whom it was sent, in which message, and how often."""
    report = judged(catalogue, crossing("bridge", event="BOT_MESSAGE", unread=["/site_id"]))

    assert [{"vendor": "jivo", "event": "BOT_MESSAGE", "in": "call", "field": "/site_id", "times": 1}] == report[
        "fields_never_read"
    ]


def test_a_field_of_an_answer_is_one_of_its_own(catalogue: Catalogue) -> None:
    """What the bridge answered to a vendor's event is told apart from what it sent."""
    report = judged(
        catalogue, crossing("bridge", event="E", unread=["/a"]), crossing("livetex", event="E", unread=["/a"])
    )

    assert [("jivo", "call"), ("livetex", "answer")] == [
        (row["vendor"], row["in"]) for row in report["fields_never_read"]
    ]


def test_a_remark_is_told(catalogue: Catalogue) -> None:
    """A remark stands with the vendor and the message, be it about a call or about an answer."""
    report = judged(
        catalogue,
        crossing("bridge", event="BOT_MESSAGE", remarks=["the id is a number"]),
        crossing("jivo", event="chat_accepted", remarks=["no JSON"]),
    )

    assert [
        {"vendor": "jivo", "event": "BOT_MESSAGE", "remark": "the id is a number", "times": 1},
        {"vendor": "jivo", "event": "chat_accepted", "remark": "no JSON", "times": 1},
    ] == report["remarks"]


def test_notes_are_summed_up_over_the_run(catalogue: Catalogue) -> None:
    """What stands in two crossings or two scenarios is one row that says how often."""
    noted = crossing("bridge", event="E", unread=["/a", "/b"], remarks=["odd"])
    report = report_of(catalogue, scenario("a", between=(noted, noted)), scenario("b", "failed", between=(noted,)))

    assert [("/a", 3), ("/b", 3)] == [(row["field"], row["times"]) for row in report["fields_never_read"]]
    assert [("odd", 3)] == [(row["remark"], row["times"]) for row in report["remarks"]]


def test_notes_are_sorted(catalogue: Catalogue) -> None:
    """Rows stand by vendor, message, part and field or remark, whatever came first and most."""
    report = judged(
        catalogue,
        crossing("livetex", event="A", unread=["/a"], remarks=["a"]),
        crossing("bridge", event="B", unread=["/a"], remarks=["a"]),
        crossing("bridge", event="A", unread=["/b", "/a"], remarks=["b", "a"]),
        crossing("jivo", event="A", unread=["/c"]),
    )

    assert [
        ("jivo", "A", "answer", "/c"),
        ("jivo", "A", "call", "/a"),
        ("jivo", "A", "call", "/b"),
        ("jivo", "B", "call", "/a"),
        ("livetex", "A", "answer", "/a"),
    ] == [(row["vendor"], row["event"], row["in"], row["field"]) for row in report["fields_never_read"]]
    assert [("jivo", "A", "a"), ("jivo", "A", "b"), ("jivo", "B", "a"), ("livetex", "A", "a")] == [
        (row["vendor"], row["event"], row["remark"]) for row in report["remarks"]
    ]


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("/buttons/0/description", "/buttons/*/description"),
        ("/buttons/17", "/buttons/*"),
        ("/0/1/22/a", "/*/*/*/a"),
        ("/a1/1a/-1/", "/a1/1a/-1/"),
        ("/a\n0", "/a\n0"),
        ("/0\n", "/0\n"),
    ],
)
def test_places_in_an_array_are_one_field(catalogue: Catalogue, field: str, expected: str) -> None:
    """An index is written as a star; a name that only looks a little like one stays."""
    report = judged(catalogue, crossing("bridge", unread=[field]))

    assert [expected] == [row["field"] for row in report["fields_never_read"]]


def test_each_place_in_an_array_counts(catalogue: Catalogue) -> None:
    """Two buttons with the same superfluous key are two times one field."""
    report = judged(catalogue, crossing("bridge", unread=["/buttons/0/description", "/buttons/1/description"]))

    assert [("/buttons/*/description", 2)] == [(row["field"], row["times"]) for row in report["fields_never_read"]]


def test_what_our_own_probe_says_is_not_told(catalogue: Catalogue) -> None:
    """Where a vendor is judged, no bridge has spoken."""
    report = judged(catalogue, crossing("bridge", unread=["/a"], remarks=["odd"]), who="vendor")

    assert ([], []) == (report["fields_never_read"], report["remarks"])


# oracles


def test_an_oracle_that_no_scenario_broke_held(catalogue: Catalogue) -> None:
    """All are there by their names, also where nothing was broken."""
    report = report_of(catalogue, scenario("a"))

    assert [{"name": name, "verdict": "passed", "broken_by": []} for name in names()] == report["oracles"]


def test_an_oracle_fails_with_the_scenarios_that_broke_it(catalogue: Catalogue) -> None:
    """However often each of them did."""
    once, twice = ({"name": "lost", "says": says, "lines": [1]} for says in ("«x» is lost", "«y» is lost"))
    report = report_of(
        catalogue,
        scenario("a", "failed", step=3, oracles=[once, twice]),
        scenario("b"),
        scenario("c", "skipped", oracles=[once]),
    )
    broken = [row for row in report["oracles"] if row["verdict"] != "passed"]

    assert [
        {"name": "lost", "verdict": "failed", "broken_by": ["jivo/bot.feature: a", "jivo/bot.feature: c"]}
    ] == broken


def test_where_every_step_held_a_broken_oracle_fails_none(catalogue: Catalogue) -> None:
    """The scenario failed, past its last step."""
    lost = {"name": "lost", "says": "«x» is lost", "lines": [1]}
    (row,) = report_of(catalogue, scenario("a", "failed", step=3, oracles=[lost]))["scenarios"]

    assert "failed" == row["verdict"]
    assert ["passed", "passed", "passed"] == [step["verdict"] for step in row["steps"]]


def test_oracles_that_nobody_asked_are_skipped(catalogue: Catalogue) -> None:
    """Where bridge or harness broke down, nobody knows."""
    report = report_of(catalogue, scenario("a", "unknown"), scenario("b", "skipped"))

    assert {"skipped"} == {row["verdict"] for row in report["oracles"]}


# the schema


@pytest.fixture
def whole(catalogue: Catalogue) -> dict[str, Any]:
    """Give a report with something in every place."""
    noted = crossing("bridge", event="", unread=["/a~1b/~0/0"], remarks=["odd"])
    report = report_of(catalogue, scenario("a", "failed", between=(noted,)), scenario("b", "passed", "V-MUST"))
    report["oracles"] = [{"name": "nothing is lost", "verdict": "passed", "broken_by": []}]
    return report


def complaints(report: Any) -> list[str]:
    """List what the schema has against a report."""
    return [error.message for error in VALIDATOR.iter_errors(report)]


def test_the_schema_is_one() -> None:
    """report.schema.json is a JSON Schema of 2020-12."""
    Draft202012Validator.check_schema(SCHEMA)

    assert "https://json-schema.org/draft/2020-12/schema" == SCHEMA["$schema"]


def test_every_property_is_described() -> None:
    """The schema doubles as the documentation of the report."""
    assert [] == [name for name, part in properties_of(SCHEMA) if "description" not in part]


def test_a_real_run_s_report_keeps_to_the_schema(tmp_path: Path) -> None:
    """The schema describes what runs really leave, and what they leave was built from the journal they left."""
    conduct(Order(tmp_path, seed=7, selectors=("JIVO-OPERATOR-1", "JIVO-CLOSED-1")), lambda _: None)
    left = json.loads((tmp_path / "report.json").read_text("utf-8"))
    journal = tmp_path / "journal.jsonl"
    digest = hashlib.sha256(journal.read_bytes()).hexdigest()

    assert [] == complaints(left)
    assert left == build(read(journal), behaviours.load(data.features() / "behaviours.yaml"), digest)
    assert {"bridge", "vendor"} == {row["who"] for row in left["behaviours"]}


def test_a_report_made_by_hand_keeps_to_the_schema(whole: dict[str, Any]) -> None:
    """The schema takes what the other tests break."""
    assert [] == complaints(whole)


PLACES: list[tuple[str | int, ...]] = [
    (),
    ("run",),
    ("run", "bridge"),
    ("behaviours", 0),
    ("behaviours", 0, "source"),
    ("scenarios", 0),
    ("scenarios", 0, "steps", 0),
    ("oracles", 0),
    ("fields_never_read", 0),
    ("remarks", 0),
    ("totals",),
    ("totals", "behaviours"),
    ("totals", "behaviours", "fakes"),
    ("totals", "scenarios"),
]


def at(value: Any, place: tuple[str | int, ...]) -> Any:
    """Go to a place in a report."""
    for part in place:
        value = value[part]
    return value


@pytest.mark.parametrize("place", PLACES, ids=lambda place: "/".join(map(str, place)) or "top")
def test_every_key_of_a_report_is_needed(whole: dict[str, Any], place: tuple[str | int, ...]) -> None:
    """Wherever a key is missing, the schema says so in one sentence."""
    found = {}
    for key in at(whole, place):
        broken = copy.deepcopy(whole)
        del at(broken, place)[key]
        found[key] = complaints(broken)

    assert {key: [f"'{key}' is a required property"] for key in at(whole, place)} == found


@pytest.mark.parametrize("place", PLACES, ids=lambda place: "/".join(map(str, place)) or "top")
def test_a_report_has_no_other_keys(whole: dict[str, Any], place: tuple[str | int, ...]) -> None:
    """What is promised is all there is."""
    at(whole, place)["mood"] = "good"

    assert ["Additional properties are not allowed ('mood' was unexpected)"] == complaints(whole)


@pytest.mark.parametrize(
    ("place", "key", "wrong"),
    [
        (("run",), "seed", -1),
        (("run",), "seed", "7"),
        (("run",), "temper", "hot"),
        (("run",), "journal_sha256", "abc"),
        (("run", "bridge"), "name", None),
        (("behaviours", 0), "verdict", "fine"),
        (("behaviours", 0), "who", "fakes"),
        (("behaviours", 0), "level", "shall"),
        (("behaviours", 0), "evidence", "hearsay"),
        (("behaviours", 0), "scenarios", []),
        (("behaviours", 0), "reason", 5),
        (("scenarios", 0), "world_seconds", "1.5"),
        (("scenarios", 0), "crossings", 1.5),
        (("scenarios", 0), "behaviours", []),
        (("scenarios", 0, "steps", 0), "verdict", "done"),
        (("oracles", 0), "broken_by", None),
        (("fields_never_read", 0), "vendor", ""),
        (("fields_never_read", 0), "event", None),
        (("fields_never_read", 0), "in", "webhook"),
        (("fields_never_read", 0), "field", "site_id"),
        (("fields_never_read", 0), "field", ""),
        (("fields_never_read", 0), "times", 0),
        (("remarks", 0), "vendor", None),
        (("remarks", 0), "event", 5),
        (("remarks", 0), "remark", ""),
        (("remarks", 0), "times", "3"),
        (("totals", "scenarios"), "failed", -1),
    ],
)
def test_a_wrong_value_is_refused(whole: dict[str, Any], place: tuple[str | int, ...], key: str, wrong: object) -> None:
    """The schema refuses what no run would leave."""
    at(whole, place)[key] = wrong

    assert 1 == len(complaints(whole))
