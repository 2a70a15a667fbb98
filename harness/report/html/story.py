"""A scenario as a story: its steps in order, under each what happened, and why it did not pass."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from harness.report.failure import MOST_CROSSINGS, whose
from harness.report.html.lanes import lanes
from harness.report.html.people import People
from harness.report.html.room import MOST_OF_A_REASON
from harness.report.html.visible import MOST_OF_A_TEXT
from harness.report.html.words import Details, Told, tell
from harness.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from harness.report.html.bodies import Bodies
    from harness.report.html.record import Line, Numbered
    from harness.report.html.room import Room

FIRST, LAST = 100, 300  # of more moments than both together, those between are left out
ROW = re.compile(r" \[(.*)\]\Z", re.DOTALL)
CAUSES = {"act", "crossing"}
BROKEN = "breaks the oracle"
NOTES = {"violations": "breaks its schema", "unread": "never read", "remarks": "remark"}
JUDGED = {Verdict.FAILED, Verdict.UNKNOWN, Verdict.WARNED}


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened.

    Attributes:
        anchor: its place on the page; empty if nothing leads there.
        kind: the kind of its line.
        at: seconds of world time.
        again: whether the moment told before was at the same instant.
        told: the words.
        body: the number of what can be unfolded; None if there is nothing.
        cause: what caused it, if that is not plain from its place.
        notes: what is to be said of a message, as the kind of note and the note.
        drawn: whether a diagram shows it by itself; a fault that struck a message is written on its arrow.
    """

    anchor: str
    kind: str
    at: str
    again: bool
    told: Told
    body: int | None = None
    cause: Moment | None = None
    notes: Details = ()
    drawn: bool = True


@dataclass(frozen=True, slots=True)
class Gap:
    """Moments that are left out, by the numbers of the first and the last line in the journal."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Step:
    """A sentence and what happened under it; the sentence is empty before the first step."""

    keyword: str
    text: str
    verdict: str
    moments: list[Moment | Gap] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What an oracle found: its name, what became of what, and the lines that prove it, by their numbers too."""

    oracle: str
    says: str
    lines: tuple[tuple[int, Moment | None], ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a scenario did not pass.

    Attributes:
        rows: name and words.
        most: how many characters of the words are shown.
        broken: the oracles that do not hold.
        crossings: the last ones.
        whose: whose mistake it probably is; empty if nobody can tell.
    """

    rows: Details
    most: int
    broken: tuple[Evidence, ...]
    crossings: tuple[Moment, ...]
    whose: str


@dataclass(frozen=True, slots=True)
class Story:
    """A scenario.

    Attributes:
        anchor: its place on the page.
        feature: the file that holds it.
        name: as written.
        row: the values of its example row; empty if it has none.
        report: its row in the report.
        steps: what happened.
        failure: why it did not pass; None if it did.
        lanes: the parties of its sequence diagram, from left to right.
        replay: the command that plays it again.
    """

    anchor: str
    feature: str
    name: str
    row: str
    report: Mapping[str, Any]
    steps: tuple[Step, ...]
    failure: Failure | None
    lanes: tuple[str, ...]
    replay: str


def anchor(scenario: Mapping[str, Any]) -> str:
    """Name a scenario's place on the page, the same in every run."""
    key = f"{scenario['vendor']}\n{scenario['id']}".encode("utf-8", "backslashreplace")
    return f"{scenario['behaviours'][0]}-{hashlib.sha256(key).hexdigest()[:6]}"


def story(scenario: Mapping[str, Any], lines: Sequence[Numbered], replay: str, bodies: Bodies, room: Room) -> Story:
    """Tell a scenario from its row in the report and its lines, the scenario's own first and its verdict last.

    What the room does not take is left out.
    """
    feature, _, title = scenario["id"].partition(": ")
    row = ROW.search(title)
    broken = lines[-1][1].get("oracles", ()) if lines else ()
    narrator = _Narrator(anchor(scenario), lines[1:-1], broken, bodies, room)
    return Story(
        anchor=anchor(scenario),
        feature=feature,
        name=title[: row.start()] if row else title,
        row=row[1] if row else "",
        report=scenario,
        steps=narrator.steps(scenario["steps"]),
        failure=narrator.failure(scenario, [line for _, line in lines]),
        lanes=lanes(line for _, line in lines),
        replay=replay,
    )


class _Narrator:
    """Goes through the lines between a scenario's own and its verdict."""

    def __init__(
        self,
        place: str,
        lines: Sequence[Numbered],
        broken: Sequence[Mapping[str, Any]],
        bodies: Bodies,
        room: Room,
    ) -> None:
        self._place = place
        self._lines = lines
        self._bodies = bodies
        self._room = room
        self._people = People(line for _, line in lines)
        self._causes: dict[int, Moment] = {}
        self._struck = {line["seq"] for _, line in lines if line["kind"] == "crossing" and "fault" in line}
        self._broken = broken
        self._proof: dict[int, Moment | None] = {seq: None for one in broken for seq in one["lines"]}

    def steps(self, planned: Sequence[Mapping[str, str]]) -> tuple[Step, ...]:
        """Tell what happened, step by step."""
        sentences = [(*step["text"].partition(" "), step["verdict"]) for step in planned]
        steps = [Step("", "", ""), *(Step(keyword, text, verdict) for keyword, _, text, verdict in sentences)]
        left_out = {number for number, line in [each for each in self._lines if each[1]["kind"] != "step"][FIRST:-LAST]}
        now = 0
        for number, line in self._lines:
            moments = steps[now].moments
            if line["kind"] == "step":
                now = min(now + 1, len(planned))
            elif number not in left_out and (told := self._told(line)) is not None:
                again = bool(moments) and isinstance(moments[-1], Moment) and moments[-1].at == _instant(line)
                moments.append(self._moment(line, told, again=again))
            elif moments and isinstance(gap := moments[-1], Gap):
                moments[-1] = Gap(gap.first, number)
            else:
                moments.append(Gap(number, number))
        return tuple(step for step in steps if step.text or step.moments)

    def failure(self, scenario: Mapping[str, Any], lines: Sequence[Line]) -> Failure | None:
        """Explain why it did not pass, in the words of the terminal."""
        if scenario["verdict"] == Verdict.PASSED:
            return None
        verdict = lines[-1] if lines else {}
        step = verdict.get("step", -1)
        rows = [("at", scenario["steps"][step]["text"])] if 0 <= step < len(scenario["steps"]) else []
        if "expected" in verdict:
            rows += [("expected", verdict["expected"]), ("came", verdict["came"])]
        else:
            rows += [("because", scenario["reason"] or "the journal does not say")]
        most = MOST_OF_A_TEXT if self._room.full else MOST_OF_A_REASON
        crossings = [moment for moment in self._causes.values() if moment.kind == "crossing"]
        mistake = whose(lines) if scenario["verdict"] in JUDGED and lines else ""
        broken = tuple(
            Evidence(one["name"], one["says"], tuple((seq, self._proof[seq]) for seq in one["lines"]))
            for one in self._broken
        )
        return Failure(tuple(rows), most, broken, tuple(crossings[-MOST_CROSSINGS:]), mistake)

    def _told(self, line: Line) -> Told | None:
        """Tell a line, if there is room for it."""
        told = tell(line, self._people)
        return told if self._room.takes(told, *(note for _, note in self._notes(line))) else None

    def _moment(self, line: Line, told: Told, *, again: bool) -> Moment:
        latest = next(reversed(self._causes), None)
        cause = line.get("cause")
        seq = line.get("seq")
        moment = Moment(
            anchor=f"{self._place}.{seq}" if line["kind"] == "crossing" or seq in self._proof else "",
            kind=line["kind"],
            at=_instant(line),
            again=again,
            told=told,
            body=self._body(line, told),
            cause=None if cause in {None, latest} else self._causes.get(int(cause)),
            notes=self._notes(line),
            drawn=line["kind"] != "fault" or line.get("crossing") not in self._struck,
        )
        if line["kind"] in CAUSES:
            self._causes[line["seq"]] = moment
        if seq in self._proof:
            self._proof[seq] = moment
        return moment

    def _body(self, line: Line, told: Told) -> int | None:
        match line["kind"]:
            case "crossing":
                return self._bodies.crossing(line)
            case "asked":
                return self._bodies.asked(line)
            case "act" | "fact" | "fault":
                texts = [told.does, told.said or "", *(value for _, value in told.more)]
                return self._bodies.line(line) if max(map(len, texts)) > MOST_OF_A_TEXT else None
        return self._bodies.line(line)

    def _notes(self, line: Line) -> Details:
        """Tell what is odd about a line: in itself, and as the proof that an oracle is broken."""
        said = [(words, note) for key, words in NOTES.items() for note in line.get(key, ())]
        return (*said, *((BROKEN, one["name"]) for one in self._broken if line.get("seq") in one["lines"]))


def _instant(line: Line) -> str:
    return f"{line['at']:,.3f}" if "at" in line else ""
