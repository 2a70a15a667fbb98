"""The bot is silent while an operator has the dialogue (behaviours JIVO-OPERATOR-9 and TAKEOVER-1).

Holds in scenarios that judge a bridge, from the moment it could know: where visitors live at the chat-centre, once
it has acknowledged that the chat is closed to it; elsewhere, once the chat-centre has accepted the handover. What an
operator says and the announcements of the bridge are not the bot's words; nor is what the vendor refused, which nobody
saw.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness import treaty
from harness.oracles.scene.lines import acknowledged, quoted, strings
from harness.oracles.scene.scene import HELD, is_centre
from harness.oracles.scene.words import BOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from harness.oracles import Finding
    from harness.oracles.scene import Scene
    from harness.oracles.scene.lines import Line
    from harness.oracles.scene.words import Seen, User

TELLING = frozenset({"handover", "current-group"})
GRACE = 0.1  # seconds; what was under way when the bridge heard of it is not held against it


def findings(scene: Scene) -> Iterator[Finding]:
    """Tell what the bot said in an operator's dialogue."""
    if not scene.judges_bridge:
        return
    for seen in scene.seen:
        if seen.author is not BOT or "fault" in seen.call:
            continue
        for user in scene.users_of(seen.place.whose):
            since = _held(scene, user, seen)
            if since is not None:
                says = f"the bot's {quoted(seen.text)} was shown while an operator of {user[0]} had the dialogue"
                yield says, (since["seq"], seen.call["seq"], seen.seq)


def _held(scene: Scene, user: User, seen: Seen) -> Line | None:
    """Give the fact since which an operator had the dialogue, if the bridge knew of it when the bot spoke."""
    before = [(fact, owner) for fact, owner in scene.holders.get(user, ()) if fact["seq"] < seen.seq]
    if not is_centre(user[0]):
        before = [(fact, owner) for fact, owner in before if fact["dialogue"] == seen.place.dialogue]
    if not before or before[-1][1] not in (HELD if is_centre(user[0]) else {"operator"}):
        return None
    start = len(before)
    while start > 0 and before[start - 1][1] in HELD:
        start -= 1
    since = before[start][0] if is_centre(user[0]) else before[-1][0]
    known = _known(scene, since)
    return since if known is not None and known + GRACE < seen.call["at"] else None


def _known(scene: Scene, since: Line) -> float | None:
    """Tell when the bridge knew: with the answer to its own call, or with the event that it acknowledged."""
    if scene.call_behind(since) is not None:
        return next((float(call["came"]["at"]) for call in scene.calls if _tells(call, since)), None)
    cause = scene.cause(since)
    for event in scene.events_of(cause) if cause is not None else ():
        if treaty.about(event["from"], event["event"]) == "closed" and acknowledged(event):
            return float(event["came"]["at"])
    return None


def _tells(call: Line, since: Line) -> bool:
    """Tell whether the answer to a call told the bridge of a handover: its own, or one that asked what became of it."""
    return (
        call["seq"] >= (since["cause"] or 0)
        and acknowledged(call)
        and treaty.about(call["to"], call["event"]) in TELLING
        and since["person"] in strings(call["sent"].get("json"))
    )
