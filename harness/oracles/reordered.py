"""Order within one dialogue is kept, for each author and receiver (behaviour DELIVERY-3).

Of a bridge: the words of a visitor come to a chat-centre, and an operator's to the visitor, in the order in which
the bridge acknowledged them, where one was acknowledged before the next came; what the bot says is seen in the order
of the archive, and passed on in the order in which it was seen.

Of a fake, in every scenario without faults: what one person does is told in the order in which it was done, and the
bot's messages are shown in the order in which they came. Texts that were said twice have no order to keep.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING

from harness.oracles.scene.lines import quoted
from harness.oracles.scene.words import BOT, OPERATOR, VISITOR

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping

    from harness.oracles import Finding
    from harness.oracles.scene import Scene
    from harness.oracles.scene.words import Word

ORDERLESS = "webhook_order"  # the knob by which a fake keeps none


def findings(scene: Scene) -> Iterator[Finding]:
    """Tell which messages overtook others."""
    if not scene.stormy:
        yield from _shown_late(scene)
        if ORDERLESS not in scene.knobs:
            yield from _told_late(scene)
    if not scene.judges_bridge:
        return
    passed = _first((copy.text, copy.call["seq"]) for copy in scene.passed)
    relayed = _first((seen.text, seen.call["seq"]) for seen in scene.seen if seen.author is OPERATOR)
    yield from _overtaken(scene, VISITOR, passed, "to the chat-centre")
    yield from _overtaken(scene, OPERATOR, relayed, "to the visitor")
    yield from _said_late(scene)
    yield from _passed_late(scene, passed)


# the fakes


def _shown_late(scene: Scene) -> Iterator[Finding]:
    latest: dict[Hashable, tuple[int, int]] = {}
    for seen in scene.seen:
        before = latest.get(seen.place)
        if before is not None and before[0] > seen.call["seq"]:
            says = f"{quoted(seen.text)} was shown by {seen.place.vendor} after what had come later"
            yield says, (seen.call["seq"], *before, seen.seq)
        latest[seen.place] = (seen.call["seq"], seen.seq)


def _told_late(scene: Scene) -> Iterator[Finding]:
    latest: dict[Hashable, tuple[int, int]] = {}
    told = set()
    for event in scene.events:
        cause = scene.cause(event)
        key = (event["from"], event["event"], event.get("person"), scene.account(event))
        if cause is None or cause["kind"] != "act" or cause["seq"] in told:
            continue
        told.add(cause["seq"])
        before = latest.get(key)
        if before is not None and before[0] > cause["seq"]:
            yield (
                f"{event['event']} of {event['from']} was told after a later one",
                (cause["seq"], *before, event["seq"]),
            )
        latest[key] = (cause["seq"], event["seq"])


# the bridge


def _first(came: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Tell by which call each text came first: a vendor that is late may do later what it was told before."""
    found: dict[str, int] = {}
    for text, seq in came:
        found[text] = min(seq, found.get(text, seq))
    return found


def _overtaken(scene: Scene, author: str, came: Mapping[str, int], receiver: str) -> Iterator[Finding]:
    spoken = Counter(word.text for word in scene.words)
    dialogues: defaultdict[Hashable, list[Word]] = defaultdict(list)
    for word in scene.words:
        if word.author is author and word.heard is not None and word.text in came and spoken[word.text] == 1:
            dialogues[word.place].append(word)
    for words in dialogues.values():
        for first, second in pairwise(sorted(words, key=_heard_at)):
            if first.heard is None or second.heard is None or first.heard["came"]["at"] > second.heard["at"]:
                continue
            if came[first.text] > came[second.text]:
                says = f"the {author}'s {quoted(first.text)} came {receiver} after {quoted(second.text)}"
                yield says, (first.seq, second.seq, came[second.text], came[first.text])


def _heard_at(word: Word) -> int:
    return 0 if word.heard is None else int(word.heard["seq"])


def _said_late(scene: Scene) -> Iterator[Finding]:
    meant = Counter(entry.text for entry in scene.archive or () if entry.who == BOT)
    came = _first((seen.text, seen.call["seq"]) for seen in scene.seen if seen.author is BOT)
    archives: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)  # a lead's each: two people may have one id
    for entry in scene.archive or ():
        if entry.who == BOT and meant[entry.text] == 1 and entry.text in came:
            archives[entry.seq].append((entry.at, entry.text))
    for seq, entries in archives.items():
        for (at, first), (later, second) in pairwise(sorted(entries)):
            if at < later and came[first] > came[second]:
                says = f"the bot's {quoted(first)} was seen after {quoted(second)}, which it said later"
                yield says, (seq, came[second], came[first])


def _passed_late(scene: Scene, passed: Mapping[str, int]) -> Iterator[Finding]:
    times = Counter(seen.text for seen in scene.seen)
    people: defaultdict[Hashable, list[tuple[str, int]]] = defaultdict(list)
    for seen in scene.seen:
        if seen.author is BOT and seen.text in passed and times[seen.text] == 1:
            people[seen.place.whose].append((seen.text, seen.call["seq"]))
    for texts in people.values():
        for (first, seq), (second, later) in pairwise(sorted(texts, key=itemgetter(1))):
            if passed[first] > passed[second]:
                says = f"the bot's {quoted(first)} was passed on after {quoted(second)}, which was said later"
                yield says, (seq, later, passed[second], passed[first])
