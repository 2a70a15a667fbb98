"""The page's outline: two sides, the bridge's and the fakes', each with its groups of behaviours."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from harness.model import Who
from harness.report.broken import broken_by
from harness.report.html.replay import command
from harness.report.html.room import Room
from harness.report.html.story import story
from harness.report.summary import OBSERVED
from harness.verdicts import WORST_FIRST, Verdict, exit_status, worst

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from harness.report.html.bodies import Bodies
    from harness.report.html.record import Record
    from harness.report.html.story import Story

Row = dict[str, Any]
Stories = dict[tuple[str, str], "Story"]

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
class Side:
    """What came out for the bridge, or for the fakes.

    Attributes:
        subject: who was judged.
        verdict: the worst word that its headline stands for.
        words: whether it conforms.
        headline: the same as a sentence.
        detail: how many of how many.
        counts: how many behaviours there are of each verdict.
        groups: its behaviours.
    """

    subject: Subject
    verdict: str
    words: str
    headline: str
    detail: str
    counts: tuple[Count, ...]
    groups: tuple[Group, ...]


def sides(report: Mapping[str, Any], record: Record, bodies: Bodies) -> tuple[Side, ...]:
    """Lay out a report; a side that was not judged is left out."""
    room = Room()
    room.charge(*(row["reason"] or "" for row in report["scenarios"]))  # which is told whatever happened
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
        found.append(_side(subject, mine, stories, broken_by(report, mine)))
    if theirs:
        subject = Subject("fakes", vendors, "the fakes", plural=True)
        found.append(_side(subject, theirs, stories, broken_by(report, theirs)))
    return tuple(found)


def _side(subject: Subject, rows: Sequence[Row], stories: Stories, broken: Sequence[str]) -> Side:
    verdicts = [Verdict(row["verdict"]) for row in rows]
    counted = Counter(verdicts)
    conforms = "conform" if subject.plural else "conforms"
    match exit_status([*verdicts, *[Verdict.FAILED for _ in broken]]):
        case 0:
            verdict, words = Verdict.PASSED, conforms
            detail = f"{sum(counted[each] for each in OBSERVED)} of {len(rows)} behaviours observed"
        case 1:
            verdict, words = Verdict.FAILED, f"{'do' if subject.plural else 'does'} not conform"
            failed = f"{counted[Verdict.FAILED]} of {len(rows)} behaviours failed"
            oracles = f"the oracle{'' if len(broken) == 1 else 's'} {', '.join(broken)} broken" if broken else ""
            detail = ", ".join(filter(None, (failed if counted[Verdict.FAILED] else "", oracles)))
        case _:
            verdict, words = Verdict.UNKNOWN, "unknown"
            unjudged = counted[Verdict.UNKNOWN]
            detail = (
                f"{unjudged or 'none'} of {len(rows)} behaviours could {'not be judged' if unjudged else 'be observed'}"
            )
    known = verdict is not Verdict.UNKNOWN
    sentence = f"{subject.called} {words}" if known else f"it is unknown whether {subject.called} {conforms}"
    starts = itertools.accumulate((counted[each] for each in WORST_FIRST[:-1]), initial=0)
    return Side(
        subject=subject,
        verdict=str(verdict),
        words=words,
        headline=sentence[0].upper() + sentence[1:],
        detail=detail,
        counts=tuple(Count(str(each), counted[each], before) for each, before in zip(WORST_FIRST, starts, strict=True)),
        groups=tuple(_groups(subject.key, rows, stories)),
    )


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
