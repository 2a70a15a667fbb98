"""What became better or worse between two runs, behaviour by behaviour and scenario by scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from harness.report.failure import shown
from harness.report.live import SIGNS
from harness.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from harness.report.past import Past

FORMAT = 1
KINDS = ("behaviours", "scenarios", "oracles")
CHANGES = ("worse", "better", "unclear", "new", "gone")
HOLDS = {Verdict.FAILED: 0, Verdict.WARNED: 1, Verdict.UNKNOWN: 2, Verdict.SKIPPED: 2, Verdict.PASSED: 3}
UNSEEN = 2  # of the numbers above: it was not seen whether it holds
MOST_OF_A_TEXT = 100  # characters

Difference = dict[str, Any]


def build(before: Past, after: Past) -> Difference:
    """Compare two runs; ``diff.schema.json`` describes the answer."""
    changes = {kind: _changes(before.verdicts(kind), after.verdicts(kind)) for kind in KINDS}
    return {
        "format": FORMAT,
        "before": before.report["run"],
        "after": after.report["run"],
        "verdict": "worse" if any(changes[kind]["worse"] for kind in KINDS) else "not worse",
        **changes,
    }


def judged(before: str, after: str) -> str:
    """Say what became of a verdict: worse, better, unclear, or the same.

    From failed to warned to passed it gets better. What was not seen (unknown, skipped) is worse than passed, since
    what was known to hold no longer is; from there to failed or warned is worse, too. From failed or warned to what was
    not seen, nobody knows.
    """
    was, now = HOLDS[Verdict(before)], HOLDS[Verdict(after)]
    if before == after:
        return "same"
    if UNSEEN in (was, now) and max(was, now) == UNSEEN:
        return "worse" if was == UNSEEN != now else "unclear"
    return "better" if now > was else "worse"


def lines(difference: Difference) -> Iterator[str]:
    """Tell it in words, the worst first."""
    yield _headline(difference)
    yield f"  before  {_run(difference['before'])}"
    yield f"  after   {_run(difference['after'])}"
    for change in CHANGES:
        rows = [row for kind in KINDS for row in difference[kind][change]]
        if rows:
            yield ""
            yield f"{change}: {_counted(difference, change)}"
        for row in rows:
            verdicts = f"{row['before'] or 'not there'} → {row['after'] or 'not there'}"
            sign = SIGNS[Verdict(row["after"] or row["before"])]
            says = f"  {_cut(row['says'])}" if row["says"] else ""
            yield f"  {sign} {_cut(row['id'])}{_of(row['vendor'])}: {verdicts}{says}"
            if row["reason"] and change == "worse":
                yield f"      {_cut(row['reason'])}"


def _headline(difference: Difference) -> str:
    words = {change: _counted(difference, change) for change in CHANGES if _counted(difference, change)}
    told = "; ".join(f"{change}: {count}" for change, count in words.items())
    same = f"the same: {_numbers({kind: difference[kind]['same'] for kind in KINDS}) or 'nothing'}"
    verdict = "It became worse." if difference["verdict"] == "worse" else "It did not become worse."
    return f"{verdict} {told + '; ' if told else ''}{same}."


def _changes(before: Mapping[tuple[str, str], Any], after: Mapping[tuple[str, str], Any]) -> dict[str, Any]:
    changes: dict[str, Any] = {change: [] for change in CHANGES} | {"same": 0}
    for key in [*after, *(key for key in before if key not in after)]:
        was, now = before.get(key), after.get(key)
        change = "new" if was is None else "gone" if now is None else judged(was["verdict"], now["verdict"])
        if change == "same":
            changes["same"] += 1
        else:
            changes[change].append(_row(key, was, now))
    return changes


def _row(key: tuple[str, str], was: Mapping[str, Any] | None, now: Mapping[str, Any] | None) -> dict[str, Any]:
    row = now or was or {}
    return {
        "id": key[0],
        "vendor": key[1],
        "before": was and was["verdict"],
        "after": now and now["verdict"],
        "says": row.get("says"),
        "reason": now and now.get("reason"),
    }


def _counted(difference: Difference, change: str) -> str:
    return _numbers({kind: len(difference[kind][change]) for kind in KINDS})


def _numbers(counts: Mapping[str, int]) -> str:
    words = [f"{count} {kind if count != 1 else kind[:-1]}" for kind, count in counts.items() if count]
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def _run(run: Mapping[str, Any]) -> str:
    bridge = run["bridge"]
    name = " ".join(filter(None, (bridge["name"], bridge["version"])))
    selectors: Sequence[str] = run["selectors"]
    return _cut(f"{name}, seed {run['seed']}, {' '.join(selectors) or 'everything'}")


def _of(vendor: str) -> str:
    return f" ({_cut(vendor)})" if vendor else ""


def _cut(text: str) -> str:
    return shown(text if len(text) <= MOST_OF_A_TEXT else f"{text[:MOST_OF_A_TEXT]}…")
