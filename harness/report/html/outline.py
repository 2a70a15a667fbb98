"""The page's outline: two sides, the bridge's and the fakes', each with its groups of behaviours."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from harness import model
from harness.model import Who
from harness.report.broken import broken_by
from harness.report.html.replay import command
from harness.report.html.room import Room
from harness.report.html.story import story
from harness.report.summary import OBSERVED, oracles_hold
from harness.verdicts import WORST_FIRST, Verdict, exit_status, worst

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from harness.report.html.bodies import Bodies
    from harness.report.html.record import Record
    from harness.report.html.story import Story

Row = dict[str, Any]
Stories = dict[tuple[str, str], "Story"]

MOST_OF_A_REASON = 280  # characters beside a behaviour; its scenarios tell the rest
TROUBLE = {Verdict.FAILED, Verdict.UNKNOWN}


@dataclass(frozen=True, slots=True)
class Behaviour:
    """A behaviour: its place, its row in the report, the scenarios told under it, and those told elsewhere.

    A scenario that proves several behaviours is told under the first of them.
    """

    anchor: str
    report: Row
    stories: tuple[Story, ...]
    elsewhere: tuple[Story, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A group of the catalogue, the worst verdict in it, and how many of its behaviours failed or are unknown."""

    anchor: str
    title: str
    vendors: str
    behaviours: tuple[Behaviour, ...]
    verdict: str
    trouble: int


@dataclass(frozen=True, slots=True)
class Subject:
    """Who was judged: ``bridge`` or ``fakes``, its name, and how a sentence calls it."""

    key: str
    name: str
    called: str
    plural: bool


@dataclass(frozen=True, slots=True)
class Count:
    """How many behaviours have a verdict, and how many have a worse one."""

    verdict: str
    number: int
    before: int


@dataclass(frozen=True, slots=True)
class Level:
    """How many behaviours of a level have each verdict, the worst first."""

    name: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """What came out for the bridge, or for the fakes.

    Attributes:
        subject: who was judged.
        verdict: the worst word that its headline stands for.
        headline: whether it conforms, as a sentence.
        outcome: the same in a clause, with how many of how many.
        counts: how many behaviours there are of each verdict.
        levels: the same by how binding they are.
        groups: its behaviours.
    """

    subject: Subject
    verdict: str
    headline: str
    outcome: str
    counts: tuple[Count, ...]
    levels: tuple[Level, ...]
    groups: tuple[Group, ...]


def sides(report: Mapping[str, Any], record: Record, bodies: Bodies) -> tuple[Side, ...]:
    """Lay out a report; a side that was not judged is left out."""
    room = Room()
    room.charge(*(row["reason"] or "" for row in report["scenarios"]))  # which is told whatever happened
    for row in report["behaviours"]:
        room.charge(row["says"], row["source"]["sentence"], (row["reason"] or "")[:MOST_OF_A_REASON])
    stories = {
        (row["id"], row["vendor"]): story(row, record.of(row), command(report, row["behaviours"][:1]), bodies, room)
        for row in sorted(report["scenarios"], key=lambda row: row["verdict"] not in TROUBLE)  # whose room comes first
    }
    bridge = report["run"]["bridge"]
    name = " ".join(filter(None, (bridge["name"], bridge["version"])))
    mine, theirs = ([row for row in report["behaviours"] if row["who"] == who] for who in (Who.BRIDGE, Who.VENDOR))
    vendors = ", ".join(sorted({row["vendor"] for row in theirs}))
    found = []
    if mine:
        subject = Subject("bridge", name, f"the bridge {name}", plural=False)
        found.append(_side(subject, mine, stories, report))
    if theirs:
        subject = Subject("fakes", vendors, "the fakes", plural=True)
        found.append(_side(subject, theirs, stories, report))
    return tuple(found)


def _side(subject: Subject, rows: Sequence[Row], stories: Stories, report: Mapping[str, Any]) -> Side:
    counted = Counter(Verdict(row["verdict"]) for row in rows)
    verdict, words, detail = _outcome(subject, rows, broken_by(report, rows))
    sentence = f"{subject.called} {words}"
    if report["run"]["faults"] is not None:
        words, detail = oracles_hold(report), ""
        sentence = f"{subject.called}: {words}"
    elif verdict is Verdict.UNKNOWN:
        sentence = f"it is unknown whether {subject.called} {'conform' if subject.plural else 'conforms'}"
    starts = itertools.accumulate((counted[each] for each in WORST_FIRST[:-1]), initial=0)
    return Side(
        subject=subject,
        verdict=str(verdict),
        headline=sentence[0].upper() + sentence[1:],
        outcome=": ".join(filter(None, (words, detail))),
        counts=tuple(Count(str(each), counted[each], before) for each, before in zip(WORST_FIRST, starts, strict=True)),
        levels=tuple(_levels(rows)),
        groups=tuple(_groups(subject.key, rows, stories)),
    )


def _outcome(subject: Subject, rows: Sequence[Row], broken: Sequence[str]) -> tuple[Verdict, str, str]:
    """Say in words whether a side conforms, and what of it did not."""
    verdicts = [Verdict(row["verdict"]) for row in rows]
    counted = Counter(verdicts)
    match exit_status([*verdicts, *[Verdict.FAILED for _ in broken]]):
        case 0:
            observed = sum(counted[each] for each in OBSERVED)
            conforms = "conform" if subject.plural else "conforms"
            return Verdict.PASSED, f"{conforms} on {observed} of {len(rows)} observed", ""
        case 1:
            failed = f"{counted[Verdict.FAILED]} of {len(rows)} behaviours failed" if counted[Verdict.FAILED] else ""
            oracles = f"the oracle{'' if len(broken) == 1 else 's'} {', '.join(broken)} broken" if broken else ""
            words = f"{'do' if subject.plural else 'does'} not conform"
            return Verdict.FAILED, words, ", ".join(filter(None, (failed, oracles)))
    unjudged = counted[Verdict.UNKNOWN]
    could = "not be judged" if unjudged else "be observed"
    return Verdict.UNKNOWN, "unknown", f"{unjudged or 'none'} of {len(rows)} behaviours could {could}"


def _levels(rows: Sequence[Row]) -> Iterator[Level]:
    """Count verdicts by level, the most binding first; a level of which there is nothing is left out."""
    for level in model.Level:
        counted = Counter(row["verdict"] for row in rows if row["level"] == level)
        if counted:
            yield Level(str(level), tuple(counted[each] for each in WORST_FIRST))


def _groups(side: str, rows: Sequence[Row], stories: Stories) -> Iterator[Group]:
    """Go through the groups in the catalogue's order; those of several vendors apart from those of one."""
    vendors: dict[str, list[str]] = {}
    for row in rows:
        vendors.setdefault(row["id"], []).append(row["vendor"])
    for (names, group), members in itertools.groupby(rows, lambda row: (", ".join(vendors[row["id"]]), row["group"])):
        behaviours = tuple(_behaviour(row, vendors[row["id"]], stories) for row in members)
        yield Group(
            anchor=f"{side}-{names.replace(', ', '-')}-{group.replace(' ', '-')}",
            title=group.replace("-", " ").capitalize(),
            vendors=names,
            behaviours=behaviours,
            verdict=str(worst(Verdict(behaviour.report["verdict"]) for behaviour in behaviours)),
            trouble=sum(behaviour.report["verdict"] in TROUBLE for behaviour in behaviours),
        )


def _behaviour(row: Row, vendors: Sequence[str], stories: Stories) -> Behaviour:
    proven_by = [stories[scenario, row["vendor"]] for scenario in row["scenarios"]]
    return Behaviour(
        anchor=row["id"] if row["vendor"] == vendors[0] else f"{row['id']}@{row['vendor']}",
        report=row,
        stories=tuple(each for each in proven_by if each.report["behaviours"][0] == row["id"]),
        elsewhere=tuple(each for each in proven_by if each.report["behaviours"][0] != row["id"]),
    )
