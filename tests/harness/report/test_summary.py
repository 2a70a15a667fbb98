"""Tests: harness.report.summary."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.report.summary import summarise

LONG = "Очень длинное предложение о том, что должен делать мост, когда посетитель пишет, а оператор уже ушёл. " * 3


def row(  # noqa: PLR0913 - a row's parts
    name: str,
    verdict: str,
    who: str = "bridge",
    *,
    vendor: str = "jivo",
    says: str = "It works.",
    reason: str | None = None,
) -> Any:
    """Make a behaviour's row."""
    return {
        "id": name,
        "vendor": vendor,
        "who": who,
        "verdict": verdict,
        "says": says,
        "reason": reason,
        "scenarios": [f"{name} shown"],
    }


def report_of(
    *rows: Any, bridge: str = "acme", fields: Any = (), remarks: Any = (), oracles: Any = ()
) -> dict[str, Any]:
    """Make as much of a report as the summary reads."""
    return {
        "run": {"bridge": {"name": bridge}},
        "behaviours": list(rows),
        "oracles": list(oracles),
        "fields_never_read": list(fields),
        "remarks": list(remarks),
    }


def field(name: str, times: int = 1, event: str = "BOT_MESSAGE", part: str = "call") -> Any:
    """Make the row of a field that nobody read."""
    return {"vendor": "jivo", "event": event, "in": part, "field": name, "times": times}


def remark(words: str, times: int = 1, event: str = "BOT_MESSAGE") -> Any:
    """Make the row of a remark."""
    return {"vendor": "jivo", "event": event, "remark": words, "times": times}


def oracle(name: str, *broken_by: str) -> Any:
    """Make the row of an oracle."""
    return {"name": name, "verdict": "failed" if broken_by else "passed", "broken_by": list(broken_by)}


def notes_of(*, fields: Any = (), remarks: Any = ()) -> list[str]:
    """Summarise a run of one behaviour, and give the lines between its row and the headline."""
    return summarise(report_of(row("A-1", "passed"), fields=fields, remarks=remarks), ()).split("\n")[1:-1]


def lines_of(*rows: Any, failures: tuple[str, ...] = (), bridge: str = "acme") -> list[str]:
    """Summarise, and give the lines."""
    return summarise(report_of(*rows, bridge=bridge), failures).split("\n")


@pytest.mark.parametrize(
    ("verdicts", "headline"),
    [
        (["passed", "passed"], "conforms on 2 of 2 observed"),
        (["passed", "warned"], "conforms on 2 of 2 observed"),
        (["passed", "skipped", "skipped"], "conforms on 1 of 3 observed"),
        (["passed", "failed", "skipped"], "does not conform: 1 of 3 behaviours failed"),
        (["failed", "failed", "unknown"], "does not conform: 2 of 3 behaviours failed"),
        (["passed", "unknown", "skipped"], "unknown: 1 of 3 behaviours could not be judged"),
        (["skipped", "skipped"], "unknown: none of 2 behaviours could be observed"),
    ],
    ids=str,
)
def test_the_headline_says_how_it_stands(verdicts: list[str], headline: str) -> None:
    """The last line says whether the bridge conforms, does not, or cannot be judged, and how much was observed."""
    rows = [row(f"A-{index}", verdict) for index, verdict in enumerate(verdicts)]

    assert f"bridge  acme: {headline}" == lines_of(*rows)[-1]


@pytest.mark.parametrize("verdict", ["skipped", "warned", "passed", "unknown"])
def test_what_did_not_fail_tells_its_reason_below_its_row(verdict: str) -> None:
    """The reason stands in a line of its own, on one line and harmlessly."""
    lines = lines_of(row("A-1", verdict, reason="cannot\nbe observed \x1b[2J"))

    assert r"       cannot\nbe observed \x1b[2J" == lines[1]


def test_what_failed_does_not_tell_its_reason_twice() -> None:
    """A failure stands above the table with all that there is to say."""
    assert "no answer" not in "\n".join(lines_of(row("A-1", "failed", reason="no answer")))


def test_bridge_and_fakes_have_headlines_of_their_own() -> None:
    """What the fakes do never counts for or against the bridge, and the bridge comes first."""
    lines = lines_of(
        row("V-1", "failed", "vendor", vendor="livetex"), row("A-1", "passed"), row("V-2", "passed", "vendor")
    )

    assert [
        "bridge  acme: conforms on 1 of 1 observed",
        "fakes   jivo, livetex: does not conform: 1 of 2 behaviours failed",
    ] == lines[-2:]


@pytest.mark.parametrize(("who", "side"), [("bridge", "bridge"), ("vendor", "fakes")])
def test_who_was_not_judged_has_no_headline(who: str, side: str) -> None:
    """There is one headline where one side was judged, after an empty line."""
    lines = lines_of(row("A-1", "passed", who))

    assert ["", side] == [line.split(" ")[0] for line in lines[-2:]]


def test_a_broken_oracle_is_named_and_with_it_nothing_conforms() -> None:
    """It is told beside the notes; who broke it does not conform though every behaviour holds, the other side does."""
    rows = (row("A-1", "warned"), row("V-1", "passed", "vendor"))
    report = report_of(*rows, oracles=[oracle("lost", "A-1 shown", "A-2 shown"), oracle("silent")])

    assert [
        "Broken oracles: lost (2×); see report.json",
        "",
        "bridge  acme: does not conform: broken lost",
        "fakes   jivo: conforms on 1 of 1 observed",
    ] == summarise(report, ()).split("\n")[-4:]


def test_a_run_of_nothing_can_be_summed_up() -> None:
    """Without behaviours there is nothing to say, and that is no error."""
    assert [""] == lines_of()


def test_behaviours_stand_in_columns() -> None:
    """Each behaviour has its sign, its id and what it says, one below the other."""
    verdicts = ("passed", "failed", "unknown", "warned", "skipped")
    rows = [row(name, verdict) for name, verdict in zip(("A-1", "A-200", "A-3", "A-4", "A-5"), verdicts, strict=True)]

    assert [
        "✓ A-1    It works.",
        "✗ A-200  It works.",
        "? A-3    It works.",
        "! A-4    It works.",
        "– A-5    It works.",
    ] == lines_of(*rows)[:5]


def test_what_is_too_long_is_cut_between_words() -> None:
    """A sentence that does not fit ends with an ellipsis after a whole word."""
    line = lines_of(row("JIVO-OPERATOR-1", "passed", says=LONG))[0]

    assert line.endswith("…")
    assert LONG.startswith(line.removeprefix("✓ JIVO-OPERATOR-1  ").removesuffix("…") + " ")


@pytest.mark.parametrize("name", ["A-1", "A-12"])
def test_what_is_too_long_fills_the_line(name: str) -> None:
    """A sentence of short words reaches to the last column or the one before, and no farther."""
    line = lines_of(row(name, "passed", says="я " * 100))[0]

    assert len(line) in (79, 80)


def test_failures_come_first_each_followed_by_an_empty_line() -> None:
    """The headlines stand where the eye ends, the stories above."""
    assert ["one", "", "two", "  at        it", "", "✗ A-1  It works."] == lines_of(
        row("A-1", "failed"), failures=("one", "two\n  at        it")
    )[:6]


def test_a_long_row_of_a_story_is_folded_under_its_words() -> None:
    """What does not fit goes on below the words, not below the name of the row."""
    lines = lines_of(row("A-1", "failed"), failures=("story\n  came      " + "слово " * 30,))[1:4]

    assert ["  came      слово", " " * 12 + "слово", " " * 12 + "слово"] == [line[:17] for line in lines]
    assert " " * 30 not in lines[0]


def test_where_there_are_no_notes_nothing_is_said_of_them() -> None:
    """Between rows and headlines there is an empty line, and nothing else."""
    assert [""] == notes_of()


def test_fields_that_nobody_read_are_named() -> None:
    """One line between the rows and the headline names message, field and how often."""
    assert ["", "Never read: BOT_MESSAGE /site_id (12×); see report.json", ""] == notes_of(
        fields=[field("/site_id", 12)]
    )


def test_remarks_are_named() -> None:
    """One line names message, remark and how often, after the line of the fields."""
    assert [
        "",
        "Never read: BOT_MESSAGE /a (1×); see report.json",
        "Remarks: BOT_MESSAGE «the id is a number» (2×); see report.json",
        "",
    ] == notes_of(fields=[field("/a")], remarks=[remark("the id is a number", 2)])


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ("abc", "E /a (1×), E /b (1×), E /c (1×);"),
        ("abcd", "E /a (1×), E /b (1×), E /c (1×) and 1 more;"),
        ("abcdefg", "E /a (1×), E /b (1×), E /c (1×) and 4 more;"),
    ],
    ids=len,
)
def test_three_fields_are_named_and_the_others_counted(names: str, told: str) -> None:
    """Of many the first three are named."""
    fields = [field(f"/{name}", event="E") for name in names]

    assert f"Never read: {told} see report.json" == notes_of(fields=fields)[1]


def test_three_remarks_are_named_and_the_others_counted() -> None:
    """Of many remarks the first three are named."""
    remarks = [remark(name, event="E") for name in "abcde"]

    assert "Remarks: E «a» (1×), E «b» (1×), E «c» (1×) and 2 more; see report.json" == notes_of(remarks=remarks)[1]


def test_what_came_most_often_is_named_first() -> None:
    """The most frequent ones are named, of equals those that the report has first."""
    fields = [field(f"/{name}", times, event="E") for name, times in zip("abcde", (1, 3, 2, 3, 2), strict=True)]

    assert "Never read: E /b (3×), E /d (3×), E /c (2×) and 2 more; see report.json" == notes_of(fields=fields)[1]


def test_a_field_of_an_answer_is_named_as_one() -> None:
    """What stood in the bridge's answer is told apart from what it sent."""
    assert (
        "Never read: the answer to chat_accepted /a (1×); see report.json"
        == notes_of(fields=[field("/a", event="chat_accepted", part="answer")])[1]
    )


def test_a_message_without_a_name_is_something() -> None:
    """Where it cannot be told what the message was, the line still reads."""
    assert ["Never read: something /a (1×); see report.json", "Remarks: something «odd» (1×); see report.json"] == (
        notes_of(fields=[field("/a", event="")], remarks=[remark("odd", event="")])[1:3]
    )


def test_a_hostile_name_is_shown_harmlessly_and_cut() -> None:
    """What a terminal would obey is shown by its escape, and a name without end has one."""
    line = notes_of(fields=[field("/\x1b[2J" + "x" * 200)])[1]

    assert line.startswith(r"Never read: BOT_MESSAGE /\x1b[2Jxxx")
    assert line.endswith("xxx… (1×);")


def test_notes_that_do_not_fit_are_folded() -> None:
    """Long names go on in the next line, indented."""
    lines = notes_of(fields=[field(f"/{name * 30}") for name in "abc"])[1:-1]

    assert [
        f"Never read: BOT_MESSAGE /{'a' * 30} (1×), BOT_MESSAGE",
        f"  /{'b' * 30} (1×), BOT_MESSAGE",
        f"  /{'c' * 30} (1×); see report.json",
    ] == lines


def test_a_long_bridge_is_cut() -> None:
    """A name that does not fit loses its end, never the verdict."""
    line = lines_of(row("A-1", "passed"), bridge="x" * 200)[-1]

    assert 80 == len(line)
    assert line.endswith("x…: conforms on 1 of 1 observed")


@pytest.mark.parametrize("spare", [0, 1], ids=["just fits", "just does not"])
def test_a_name_is_cut_only_when_it_must(spare: int) -> None:
    """A name that just fits stands whole."""
    name = "x" * (80 - len("bridge  : conforms on 1 of 1 observed") + spare)

    assert (not spare) is (name in lines_of(row("A-1", "passed"), bridge=name)[-1])


def test_a_hostile_bridge_is_shown_harmlessly() -> None:
    """What a terminal would obey is shown by its escape, on one line."""
    line = lines_of(row("A-1", "passed"), bridge="a\x1b[2J\n\ud83d")[-1]

    assert "bridge  a\\x1b[2J\\n\\ud83d: conforms on 1 of 1 observed" == line


@settings(deadline=None, derandomize=True, max_examples=150)
@given(
    says=st.text("аяё .,-«»日本🎉\t", max_size=200),
    story=st.text("аяё \n日本🎉\t-", max_size=400),
    name=st.text(max_size=120),
    verdict=st.sampled_from(["failed", "unknown", "passed", "skipped"]),
    noted=st.lists(st.text(max_size=90), max_size=4),
)
def test_no_line_is_longer_than_80_columns(says: str, story: str, name: str, verdict: str, noted: list[str]) -> None:
    """Whatever is said, in whatever script, no line is longer than 80 characters."""
    rows = [row("JIVO-OPERATOR-1", verdict, says=says), row("V-1", verdict, "vendor")]
    report = report_of(*rows, bridge=name, fields=map(field, noted), remarks=map(remark, noted))
    lines = summarise(report, [story, f"  came      {story}"]).split("\n")

    assert [] == [line for line in lines if len(line) > 80]


def test_long_words_are_folded_too() -> None:
    """A word of 300 letters, Russian or wide, does not stick out."""
    lines = lines_of(
        row("A-1", "failed", says="ы" * 300), failures=("ы" * 300, "  sent      " + "日" * 300), bridge="ё" * 300
    )

    assert max(map(len, lines)) <= 80
    assert 300 == sum(line.count("日") for line in lines)
