"""The report for programs: ``report.json``, whose form ``report.schema.json`` promises."""

from __future__ import annotations

from collections import Counter
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from harness.oracles import names
from harness.report.tally import Tally
from harness.verdicts import Verdict, weighed, worst

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from harness.agenda.catalogue import Catalogue
    from harness.model import Behaviour

FORMAT = 1  # docs/reports.md says what may change without a new number
SIDES = {"bridge": "bridge", "vendor": "fakes"}
BY_ORACLES = "judged by oracles alone, under drawn faults"
NOT_JUDGED = "not judged"
ASKED = (Verdict.PASSED, Verdict.WARNED, Verdict.FAILED)  # scenarios of which the oracles were asked


def build(lines: Iterable[Mapping[str, Any]], catalogue: Catalogue, digest: str) -> dict[str, Any]:
    """Build the report from a journal's lines, the run line first; ``digest`` is the journal's SHA-256."""
    run: Mapping[str, Any] = {}
    about: Mapping[str, Any] = {}
    scenarios: list[dict[str, Any]] = []
    block: list[Mapping[str, Any]] = []
    tally = Tally()
    drawn = missed = 0
    broken: dict[str, dict[str, None]] = {name: {} for name in names()}
    for line in lines:
        match line["kind"]:
            case "run":
                run = line
            case "scenario":
                block = [line]
            case "verdict":
                scenarios.append(_scenario(block, line))
                tally.take(block[0], block)
                drawn += len(line.get("drawn", ()))
                missed += sum(not fault["struck"] for fault in line.get("drawn", ()))
                for oracle in line.get("oracles", ()):
                    broken.setdefault(oracle["name"], {})[block[0]["id"]] = None
            case _:
                block.append(line)
                about = about or _about(line)
    known = {
        (failure["behaviour"], failure.get("vendor", "")): failure["says"] for failure in run.get("known_failures", ())
    }
    behaviours = _behaviours(scenarios, catalogue, known)
    if run["faults"] is not None:
        for row in behaviours:
            row["reason"] = row["reason"] or BY_ORACLES
    bridge = run["bridge"]
    return {
        "format": FORMAT,
        "run": {
            "deskcheck": run["deskcheck"],
            "bridge": {
                "name": about.get("name", bridge["name"]),
                "version": about.get("version"),
                "target": bridge["target"],
            },
            "seed": run["seed"],
            "temper": run["temper"],
            "selectors": run["selectors"],
            "faults": run["faults"],
            "journal_sha256": digest,
        },
        "behaviours": behaviours,
        "scenarios": scenarios,
        "oracles": [_oracle(name, list(by), scenarios) for name, by in broken.items()],
        "fields_never_read": tally.fields(),
        "remarks": tally.remarks(),
        "totals": {
            "behaviours": {
                side: _count(row["verdict"] for row in behaviours if row["who"] == who) for who, side in SIDES.items()
            },
            "scenarios": _count(row["verdict"] for row in scenarios),
            "faults": {"drawn": drawn, "missed": missed},
        },
    }


def _about(line: Mapping[str, Any]) -> dict[str, str]:
    """Read who the bridge says it is, if that is what the line holds."""
    if line["kind"] != "asked" or line["call"] != "GET /about" or line["status"] != HTTPStatus.OK:
        return {}
    answer = line["answer"] if isinstance(line["answer"], dict) else {}
    return {key: answer[key] for key in ("name", "version") if isinstance(answer.get(key), str)}


def _scenario(block: Sequence[Mapping[str, Any]], verdict: Mapping[str, Any]) -> dict[str, Any]:
    head = block[0]
    return {
        "id": head["id"],
        "vendor": head["vendor"],
        "behaviours": head["behaviours"],
        "verdict": verdict["verdict"],
        "reason": verdict.get("reason"),
        "world_seconds": verdict["at"],
        "crossings": sum(line["kind"] == "crossing" for line in block),
        "steps": [{"text": text, "verdict": _step(index, verdict)} for index, text in enumerate(head["steps"])],
    }


def _oracle(name: str, broken_by: list[str], scenarios: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Say whether an oracle held; it was not asked where nothing could be judged."""
    asked = any(Verdict(row["verdict"]) in ASKED for row in scenarios)
    held = Verdict.PASSED if asked else Verdict.SKIPPED
    return {"name": name, "verdict": str(Verdict.FAILED if broken_by else held), "broken_by": broken_by}


def _step(index: int, verdict: Mapping[str, Any]) -> str:
    if "drawn" in verdict:
        return NOT_JUDGED
    if verdict["verdict"] == Verdict.PASSED or index < verdict["step"]:
        return str(Verdict.PASSED)
    return str(verdict["verdict"] if index == verdict["step"] else Verdict.SKIPPED)


def _behaviours(
    scenarios: Sequence[Mapping[str, Any]], catalogue: Catalogue, known: Mapping[tuple[str, str], str]
) -> list[dict[str, Any]]:
    """List the behaviours that the scenarios judged, in the catalogue's order; one row per vendor."""
    judged: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for scenario in scenarios:
        for behaviour in scenario["behaviours"]:
            judged.setdefault((behaviour, scenario["vendor"]), []).append(scenario)
    order = {behaviour: place for place, behaviour in enumerate(catalogue.behaviours)}
    return [
        _behaviour(
            catalogue.behaviours[behaviour],
            vendor,
            judged[behaviour, vendor],
            known.get((behaviour, vendor), known.get((behaviour, ""))),
        )
        for behaviour, vendor in sorted(judged, key=lambda pair: (order[pair[0]], pair[1]))
    ]


def _behaviour(
    behaviour: Behaviour, vendor: str, scenarios: Sequence[Mapping[str, Any]], known: str | None
) -> dict[str, Any]:
    verdict, reason = _weighed(behaviour, scenarios, known)
    return {
        "id": behaviour.id,
        "vendor": vendor,
        "group": behaviour.group,
        "who": str(behaviour.who),
        "level": str(behaviour.level),
        "evidence": behaviour.evidence,
        "says": behaviour.says,
        "source": {"ref": behaviour.source.ref, "sentence": behaviour.source.sentence},
        "verdict": str(verdict),
        "reason": reason,
        "scenarios": [scenario["id"] for scenario in scenarios],
    }


def _weighed(
    behaviour: Behaviour, scenarios: Sequence[Mapping[str, Any]], known: str | None
) -> tuple[Verdict, str | None]:
    """Say a behaviour's verdict, and why; ``known`` is what excuses it where it fails."""
    verdicts = [weighed(Verdict(scenario["verdict"]), behaviour.level) for scenario in scenarios]
    verdict = worst(verdicts)
    excused = [scenario["reason"] for scenario in scenarios if known and str(scenario["reason"]).startswith(known)]
    if excused and verdict in {Verdict.PASSED, Verdict.SKIPPED}:  # what holds elsewhere does not make it hold
        return Verdict.SKIPPED, excused[0]
    if verdict is Verdict.PASSED and Verdict.SKIPPED in verdicts:
        return verdict, f"{verdicts.count(Verdict.SKIPPED)} of {len(verdicts)} scenarios were skipped"
    if verdict is Verdict.PASSED and known is not None:
        return verdict, f"it holds, though it is listed as a {known}"
    return verdict, scenarios[verdicts.index(verdict)]["reason"]


def _count(verdicts: Iterable[str]) -> dict[str, int]:
    counted = Counter(verdicts)
    return {str(verdict): counted[verdict] for verdict in Verdict}
