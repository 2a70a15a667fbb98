"""What was sent into a finished dialogue is never shown later.

Of a bridge: a text that a vendor refused since the dialogue was over does not come again in another one, unless the
bot says it anew, which the archive then shows. Of a fake, in every scenario: nothing of the bot's is shown in a
dialogue that is over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.oracles.scene.lines import quoted, strings
from harness.oracles.scene.words import BOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from harness.oracles import Finding
    from harness.oracles.scene import Scene
    from harness.oracles.scene.lines import Line
    from harness.oracles.scene.words import Seen


def findings(scene: Scene) -> Iterator[Finding]:
    """Tell what was said after the close."""
    for seen in scene.seen:
        end = _end(scene, seen.fact)
        if end is not None:
            says = f"{quoted(seen.text)} was shown by {seen.place.vendor} in a dialogue that was over"
            yield says, (end["seq"], seen.seq)
    if scene.judges_bridge:
        yield from _came_later(scene)


def _end(scene: Scene, fact: Line) -> Line | None:
    """Give the fact with which the dialogue of another fact was over before it; None if it was not."""
    last = None
    for owner, name in scene.holders.get((fact["vendor"], fact["person"]), ()):
        if owner["seq"] < fact["seq"] and owner["dialogue"] == fact["dialogue"]:
            last = owner if name == "closed" else None
    return last


def _came_later(scene: Scene) -> Iterator[Finding]:
    for fact in scene.facts("refused"):
        call, end = scene.call_behind(fact), _end(scene, fact)
        if call is None or end is None or scene.archive is None:
            continue
        texts = set(strings(call["sent"].get("json")))
        for seen in scene.seen:
            later = seen.author is BOT and seen.seq > fact["seq"] and seen.text in texts
            if later and not _said_anew(scene, seen, fact):
                says = f"{quoted(seen.text)} was sent into a dialogue that was over, refused, and shown later"
                yield says, (end["seq"], fact["seq"], seen.seq)


def _said_anew(scene: Scene, seen: Seen, refused: Line) -> bool:
    archived = (entry for entry in scene.archive or () if entry.who == BOT and entry.person == refused["person"])
    meant = sum(entry.holds(seen.text) for entry in archived)
    shown = sum(other.text == seen.text and other.place.person == seen.place.person for other in scene.seen)
    return meant > shown
