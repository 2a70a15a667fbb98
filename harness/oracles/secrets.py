"""A key or token reaches nobody but the party that it was made for (behaviour SAFETY-3).

The journal shows a mark where a secret stood, raw, percent-encoded or in base64. Holds in scenarios that judge a
bridge: no mark on a visitor's screen or where somebody at a vendor reads, but in the settings; none in what the
bridge sends, but a vendor's own in addresses and in what the treaty calls a secret or a webhook; none of another
vendor's in what it answers, and none at all in how it turns somebody away; none in what its contract shows, but a
binding's own; and none in what a bridge logs or prints that Deskcheck runs, in its own process or in another.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from harness import treaty
from harness.oracles.scene.lines import SECRET, strings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from harness.oracles import Finding
    from harness.oracles.scene import Scene
    from harness.oracles.scene.lines import Line

OWN = ("secret", "webhook")  # what a message may hold of its receiver's own secrets, in the treaty's words
BINDING = re.compile(r"(POST|PATCH) /bindings(/[^/]+)?")
PASTED = frozenset({"token", "bot_url", "webhook_url"})  # what a binding gives to be pasted into a vendor's app
TURNED_AWAY = (401, 403, 404)  # as somebody who does not know the secret
LOGGED = "a secret was logged"
SETTINGS = "settings"  # where a vendor's administrator reads


def findings(scene: Scene) -> Iterator[Finding]:
    """Tell where secrets can be seen."""
    if not scene.judges_bridge:
        return
    for name in ("shown", "read"):
        for fact in scene.facts(name):
            if fact.get("place") != SETTINGS:
                yield from _seen(_marks(fact), f"stands where {_reader(fact)}", fact)
    for call in scene.calls:
        yield from _seen(_of_others(call["to"], _marks(call["sent"]["url"])), f"stands in a call to {call['to']}", call)
        yield from _seen(_misplaced(call), f"stands in {call['event'] or 'a call'} to {call['to']}", call)
    for event in scene.events:
        yield from _told(event)
    for fault in scene.faults:
        if fault["name"] == LOGGED:
            yield from _seen(_marks(fault), "stands in what the bridge logs", fault)
    for line in scene.asked:
        yield from _seen(_marks(_public(line)), f"stands in what the contract answers to {line['call']}", line)


def _told(event: Line) -> Iterator[Finding]:
    """Look at what a vendor was given as an address, and at how it was answered."""
    url, answer = event["sent"]["url"], event.get("came", {})
    link = f"stands in the address that {event['from']} was given"
    yield from _seen(_of_others(event["from"], _marks(url)), link, event)
    if event["event"] == "file":  # whose bytes are the visitor's business
        return
    said = f"stands in the answer to {event['from']}"
    marks = _marks(answer.get("json", answer.get("text")))
    turned_away = answer.get("status") in TURNED_AWAY
    yield from _seen(marks if turned_away else _of_others(event["from"], marks), said, event)


def _seen(marks: Iterable[str], where: str, line: Line) -> Iterator[Finding]:
    for mark in dict.fromkeys(marks):
        yield f"the secret {mark} {where}", (line["seq"],)


def _marks(value: Any) -> list[str]:
    return [mark for text in strings(value) if "‹secret:" in text for mark in SECRET.findall(text)]


def _of_others(vendor: str, marks: Iterable[str]) -> list[str]:
    return [mark for mark in marks if not mark.startswith(f"{vendor}-")]


def _misplaced(call: Line) -> Iterator[str]:
    """Find the marks in a body, but its receiver's own where they belong."""
    body = call["sent"].get("json", call["sent"].get("text"))
    found = _marks(body)
    if not found:
        return
    known = treaty.surface(call["to"], call["event"])
    own = [value for word in OWN for value in treaty.meaning(call["to"], call["event"], word, body)] if known else []
    allowed = {mark for mark in _marks(own) if mark.startswith(f"{call['to']}-")}
    for mark in found:
        if mark not in allowed or found.count(mark) > _marks(own).count(mark):
            yield mark


def _public(line: Line) -> Any:
    """Give what nobody may find a secret in of what the contract answered."""
    answer = line["answer"]
    if isinstance(answer, dict) and BINDING.fullmatch(line["call"]):
        return {key: value for key, value in answer.items() if key not in PASTED}
    return answer


def _reader(fact: Line) -> str:
    return "the visitor sees it" if fact["fact"] == "shown" else f"somebody at {fact['vendor']} reads it"
