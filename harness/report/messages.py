"""The report as Cucumber Messages: ``messages.ndjson``, for any tool that reads what Cucumber writes.

Ids are numbers in order and instants are the world's, so that one journal makes one file. A feature for every vendor
has a pickle per vendor. What Cucumber has no word for: warned is PENDING, unknown is FAILED and its message says it,
and steps that nobody judges, since faults were drawn, are SKIPPED.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gherkin.ast_builder import AstBuilder
from gherkin.parser import Parser
from gherkin.pickles.compiler import Compiler
from gherkin.stream.id_generator import IdGenerator

from harness.agenda.prose import by_id, title
from harness.model import EPOCH
from harness.report.failure import explain
from harness.report.html.replay import command
from harness.report.json import NOT_JUDGED
from harness.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from harness.agenda.catalogue import Catalogue
    from harness.report.live import Key

PROTOCOL = "34.2.0"  # of the messages, whose schema is published as @cucumber/messages
GHERKIN = "text/x.cucumber.gherkin+plain"
RUN = "run"
BILLION = 1_000_000_000
STATUS: dict[str, str] = {
    NOT_JUDGED: "SKIPPED",
    Verdict.PASSED: "PASSED",
    Verdict.FAILED: "FAILED",
    Verdict.UNKNOWN: "FAILED",
    Verdict.WARNED: "PENDING",
    Verdict.SKIPPED: "SKIPPED",
}
MOST_OF_A_STORY = 20_000  # characters
LINE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

Line = Mapping[str, Any]
Message = dict[str, Any]


@dataclass(slots=True)
class Played:
    """A scenario of the journal: its own line, the instants at which its steps began, and all its lines."""

    head: Line
    begun: list[float] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


def render(lines: Iterable[Line], report: Mapping[str, Any], features: Path, catalogue: Catalogue) -> bytes:
    """Render a run from its journal's lines, its report, and the folder of the features that were played."""
    text = "".join(LINE.encode(message) + "\n" for message in _Writer(features, catalogue).messages(lines, report))
    return text.encode("utf-8", "backslashreplace")  # half a surrogate pair stays an escape, as JSON has it


class _Writer:
    """Gives out ids while it goes."""

    def __init__(self, features: Path, catalogue: Catalogue) -> None:
        self._features = features
        self._catalogue = catalogue
        self._ids = IdGenerator()

    def messages(self, lines: Iterable[Line], report: Mapping[str, Any]) -> Iterator[Message]:
        run, played = _played(lines)
        yield _meta(run)
        pickles: dict[Key, Message] = {}
        for feature in {each.head["id"].partition(": ")[0]: None for each in played}:
            vendors = {each.head["vendor"]: None for each in played if each.head["id"].startswith(f"{feature}: ")}
            yield from self._prose(feature, list(vendors), pickles)
        yield {"testRunStarted": {"id": RUN, "timestamp": _instant(0)}}
        for each, row in zip(played, report["scenarios"], strict=True):
            story = "" if row["verdict"] == Verdict.PASSED else self._story(each, report)
            yield from self._case(each, row, pickles[each.head["id"], each.head["vendor"]], story)
        success = not any(row["verdict"] in {Verdict.FAILED, Verdict.UNKNOWN} for row in report["scenarios"])
        end = max((row["world_seconds"] for row in report["scenarios"]), default=0)
        yield {"testRunFinished": {"testRunStartedId": RUN, "success": success, "timestamp": _instant(end)}}

    def _prose(self, feature: str, vendors: Sequence[str], pickles: dict[Key, Message]) -> Iterator[Message]:
        source, uri = (self._features / feature).read_text("utf-8"), f"features/{feature}"
        yield {"source": {"uri": uri, "data": source, "mediaType": GHERKIN}}
        document: Any = Parser(AstBuilder(self._ids)).parse(source) | {"uri": uri}
        yield {"gherkinDocument": document}
        nodes = by_id(document)
        for vendor in vendors:
            compiled: list[Any] = [*Compiler(self._ids).compile(document)]
            for pickle in compiled:
                pickles[title(feature, pickle, nodes), vendor] = pickle
                yield {"pickle": pickle if len(vendors) == 1 else pickle | {"name": f"{pickle['name']} ({vendor})"}}

    def _case(self, played: Played, row: Mapping[str, Any], pickle: Message, story: str) -> Iterator[Message]:
        case, attempt = self._ids.get_next_id(), self._ids.get_next_id()
        steps = [{"id": self._ids.get_next_id(), "pickleStepId": step["id"]} for step in pickle["steps"]]
        yield {"testCase": {"id": case, "pickleId": pickle["id"], "testSteps": steps, "testRunStartedId": RUN}}
        start = {"id": attempt, "testCaseId": case, "attempt": 0, "timestamp": _instant(0)}
        yield {"testCaseStarted": start}
        end = row["world_seconds"]
        last = max(0, played.lines[-1]["step"])  # where it ended; the first, if it ended before
        edges = [*played.begun, *[end] * (len(steps) + 1 - len(played.begun))]
        for index, step in enumerate(steps):
            place = {"testCaseStartedId": attempt, "testStepId": step["id"]}
            ending = bool(story) and index == last
            verdict = row["verdict"] if ending else row["steps"][index]["verdict"]
            result: Message = {"status": STATUS[verdict], "duration": _duration(edges[index + 1] - edges[index])}
            if ending:
                result["message"] = story
            yield {"testStepStarted": place | {"timestamp": _instant(edges[index])}}
            yield {"testStepFinished": place | {"testStepResult": result, "timestamp": _instant(edges[index + 1])}}
        finish = {"testCaseStartedId": attempt, "timestamp": _instant(end), "willBeRetried": False}
        yield {"testCaseFinished": finish}

    def _story(self, played: Played, report: Mapping[str, Any]) -> str:
        replay = command(report, played.head["behaviours"][:1])
        story = explain(played.lines, self._catalogue, replay)
        return f"{played.lines[-1]['verdict']}: {story}"[:MOST_OF_A_STORY]


def _played(lines: Iterable[Line]) -> tuple[Line, list[Played]]:
    """Sort a journal's lines: the run's own, and scenario by scenario."""
    run: Line = {}
    played: list[Played] = []
    for line in lines:
        if line["kind"] == "run":
            run = line
            continue
        if line["kind"] == "scenario":
            played.append(Played(line))
        elif line["kind"] == "step":
            played[-1].begun.append(line["at"])
        played[-1].lines.append(line)
    return run, played


def _meta(run: Line) -> Message:
    """Say who writes; of the machine only what has a part in the journal, since all else is simulated."""
    return {
        "meta": {
            "protocolVersion": PROTOCOL,
            "implementation": {"name": "deskcheck", "version": run["deskcheck"]},
            "runtime": {"name": "python", "version": run["versions"]["python"]},
            "os": {"name": run["temper"]},
            "cpu": {"name": run["temper"]},
        }
    }


def _instant(seconds: float) -> dict[str, int]:
    return _duration(EPOCH + seconds)


def _duration(seconds: float) -> dict[str, int]:
    nanoseconds = round(seconds * 1_000_000) * 1_000  # the journal's instants are exact to the microsecond
    return {"seconds": nanoseconds // BILLION, "nanos": nanoseconds % BILLION}
