"""Every body keeps to its schema.

Holds for what a bridge sends in scenarios that judge one, and everywhere for what the fakes send and answer. What a
step makes somebody deliver on purpose is no fake's own, and the probe breaks schemas by order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness import treaty
from harness.oracles.scene.lines import acknowledged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from harness.oracles import Finding
    from harness.oracles.scene import Scene
    from harness.oracles.scene.lines import Line

BY_ORDER = frozenset({"delivers_to_bot", "delivers_to_webhook", "calls_webhook"})


def findings(scene: Scene) -> Iterator[Finding]:
    """Tell which bodies break their schema, and where."""
    for call in scene.calls:
        if scene.judges_bridge:
            yield from _broken(call, f"{call['event'] or 'a call'} of the bridge to {call['to']}", call["violations"])
        yield from _broken(call, f"the answer of {call['to']} to {call['event']}", _of_answer(call))
    for event in scene.events:
        cause = scene.cause(event)
        if cause is None or cause.get("did") not in BY_ORDER:
            yield from _broken(event, f"{event['event']} of {event['from']}", event["violations"])


def _broken(crossing: Line, what: str, violations: list[str]) -> Iterator[Finding]:
    if violations:
        yield f"{what} breaks its schema ({violations[0]})", (crossing["seq"],)


def _of_answer(call: Line) -> list[str]:
    """List where a fake's answer breaks its schema; one that a fault made, or that has none, breaks none."""
    came = call.get("came", {})
    if "json" not in came or "fault" in call:
        return []
    return treaty.violations(call["to"], f"{call['event']}_answer" if acknowledged(call) else "error", came["json"])
