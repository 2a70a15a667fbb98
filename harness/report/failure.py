"""Explains a scenario that did not pass: what was sent, expected, came; why it matters; whose it is; how to replay."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from harness.agenda.catalogue import Catalogue

MOST_CROSSINGS = 6
MOST_OF_A_BODY = 300  # characters
MOST_OF_A_ROW = 4_000  # characters


def explain(lines: Sequence[Mapping[str, Any]], catalogue: Catalogue, replay: str) -> str:
    """Explain a scenario from its journal lines, the scenario's own first and its verdict last."""
    head, verdict = lines[0], lines[-1]
    rows = [f"{head['id']}: {verdict['verdict']}"]
    step = verdict.get("step", -1)
    if 0 <= step < len(head["steps"]):
        rows.append(_row("at", head["steps"][step]))
    if "expected" in verdict:
        rows += [_row("expected", verdict["expected"]), _row("came", verdict["came"])]
    elif "reason" in verdict:
        rows.append(_row("because", verdict["reason"]))
    rows += [_row("oracle", told(broken)) for broken in verdict.get("oracles", ())]
    rows += [_row("sent", crossing) for crossing in _crossings(lines)]
    for name in head["behaviours"]:
        behaviour = catalogue.behaviours[name]
        rows.append(_row("behaviour", f"{name} ({behaviour.level}, {behaviour.evidence}): {behaviour.says}"))
        rows.append(_row("source", f"{behaviour.source.ref}: «{behaviour.source.sentence}»"))
    rows += [_row("whose", whose(lines)), _row("replay", replay)]
    return "\n".join(rows)


def told(broken: Mapping[str, Any]) -> str:
    """Tell of an oracle that is broken, as a verdict names it: which, what became of what, and which lines prove it."""
    lines = ", ".join(map(str, broken["lines"]))
    return f"{broken['name']}: {broken['says']} (line{'' if len(broken['lines']) == 1 else 's'} {lines})"


def whose(lines: Sequence[Mapping[str, Any]]) -> str:
    """Say whose mistake it probably is."""
    head, verdict = lines[0], lines[-1]
    broken = [line for line in lines if line["kind"] == "crossing" and line["violations"] and line["from"] != "bridge"]
    if broken:
        return f"ours: the fake {broken[0]['from']} broke its own schema ({broken[0]['violations'][0]})"
    if verdict["verdict"] == "unknown":
        return "nobody's yet: bridge or harness broke down before it could be judged"
    if head["who"] == "vendor":
        return f"the fake {head['vendor']}'s, hence ours: please report it"
    return "the bridge's, probably; read its crossings above against the behaviour"


def _row(name: str, words: str) -> str:
    more = "" if len(words) <= MOST_OF_A_ROW else f"… ({len(words):,} characters)"
    return f"  {name:<9} {shown(words[:MOST_OF_A_ROW])}{more}"


def shown(text: str) -> str:
    """Show text from outside harmlessly and on one line: what cannot be printed, by its escape."""
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)


def _crossings(lines: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Tell the last crossings, oldest first."""
    for line in [line for line in lines if line["kind"] == "crossing"][-MOST_CROSSINGS:]:
        came = line.get("came")
        answer = f"{came['status']} {_body(came)}" if came else line.get("failed", {}).get("reason", "no answer")
        answer += f" (struck: {line['fault']})" if "fault" in line else ""
        event = line["event"] or line["sent"]["method"]
        yield f"{line['at']:.3f} s, {line['from']} → {line['to']}: {event} {_body(line['sent'])} → {answer}"


def _body(part: Mapping[str, Any]) -> str:
    text = json.dumps(part["json"], ensure_ascii=False) if "json" in part else part.get("text", "")
    return text if len(text) <= MOST_OF_A_BODY else text[:MOST_OF_A_BODY] + "…"
