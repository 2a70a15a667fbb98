"""The page's outline: two sides, the bridge's and the fakes', each with its groups of behaviours."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from harness.model import Who
from harness.report.html.replay import command
from harness.report.html.story import story
from harness.report.summary import OBSERVED
from harness.verdicts import WORST_FIRST, Verdict, exit_status

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
    """A group of the catalogue, and how many of its behaviours failed or are unknown."""

    anchor: str
    title: str
    vendors: str
    behaviours: tuple[Behaviour, ...]
    trouble: int


@dataclass(frozen=True, slots=True)
class Count:
    """How many behaviours have a verdict, and how many have a worse one."""

    verdict: str
    number: int
    before: int


@dataclass(frozen=True, slots=True)
class Side:
    """Who was judged.

    Attributes:
        key: ``bridge`` or ``fakes``.
        name: what it is called.
        verdict: the worst word that its headline stands for.
        words: whether it conforms.
        headline: the same as a sentence.
        detail: how many of how many.
        counts: how many behaviours there are of each verdict.
        groups: its behaviours.
    """

    key: str
    name: str
    verdict: str
    words: str
    headline: str
    detail: str
    counts: tuple[Count, ...]
    groups: tuple[Group, ...]


def sides(report: Mapping[str, Any], record: Record, bodies: Bodies) -> tuple[Side, ...]:
    """Lay out a report; a side that was not judged is left out."""
    stories = {
        (row["id"], row["vendor"]): story(row, record.of(row), command(report, row["behaviours"][:1]), bodies)
        for row in report["scenarios"]
    }
    bridge = report["run"]["bridge"]
    whom = {
        Who.BRIDGE: ("bridge", " ".join(filter(None, (bridge["name"], bridge["version"]))), "the bridge", "s"),
        Who.VENDOR: ("fakes", ", ".join(sorted({row["vendor"] for row in _rows(report, Who.VENDOR)})), "the fakes", ""),
    }
    return tuple(_side(*whom[who], rows=rows, stories=stories) for who in Who if (rows := _rows(report, who)))


def _rows(report: Mapping[str, Any], who: Who) -> list[Row]:
    return [row for row in report["behaviours"] if row["who"] == who]


def _side(key: str, name: str, called: str, ending: str, *, rows: Sequence[Row], stories: Stories) -> Side:
    verdicts = [Verdict(row["verdict"]) for row in rows]
    counted = Counter(verdicts)
    subject = f"{called} {name}" if key == "bridge" else called
    match exit_status(verdicts):
        case 0:
            verdict, words = Verdict.PASSED, f"conform{ending}"
            detail = f"{sum(counted[each] for each in OBSERVED)} of {len(rows)} behaviours observed"
        case 1:
            verdict, words = Verdict.FAILED, f"do{'es' if ending else ''} not conform"
            detail = f"{counted[Verdict.FAILED]} of {len(rows)} behaviours failed"
        case _:
            verdict, words = Verdict.UNKNOWN, "unknown"
            broken = counted[Verdict.UNKNOWN]
            detail = f"{broken or 'none'} of {len(rows)} behaviours could {'not be judged' if broken else 'be observed'}"
    starts = itertools.accumulate((counted[each] for each in WORST_FIRST[:-1]), initial=0)
    known = f"{subject} {words}" if verdict is not Verdict.UNKNOWN else f"it is unknown whether {subject} conform{ending}"
    return Side(
        key=key,
        name=name,
        verdict=str(verdict),
        words=words,
        headline=known[0].upper() + known[1:],
        detail=detail,
        counts=tuple(Count(str(each), counted[each], before) for each, before in zip(WORST_FIRST, starts, strict=True)),
        groups=tuple(_groups(key, rows, stories)),
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
            title=group.replace("_", " ").capitalize(),
            vendors=names,
            behaviours=behaviours,
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
