"""No message is doubled.

Of a bridge: the visitor's words and the bot's are passed on to a chat-centre as often as they were said; an operator's
words and the bot's reach the visitor as often; and no announcement follows upon itself. One repeat is allowed of a
call of which the bridge cannot know whether it was taken (no answer, the vendor's own trouble, a fault, or the bridge
was killed), if the archive, where it is shown, calls the message doubtful (behaviour DELIVERY-2).

Of a fake, in every scenario: a call or an act shows a text once, a message that was kept is given on once, and an
event that was acknowledged is not brought again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from http import HTTPStatus
from typing import TYPE_CHECKING

from harness import treaty
from harness.oracles.lost import ECHO
from harness.oracles.scene.archive import LONG
from harness.oracles.scene.lines import acknowledged, quoted, size, status
from harness.oracles.scene.words import ARCHIVED, BOT, OPERATOR, SYSTEM, VISITOR

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from harness.oracles import Finding
    from harness.oracles.scene import Scene
    from harness.oracles.scene.archive import Entry
    from harness.oracles.scene.words import Passed, Person, Seen


def findings(scene: Scene) -> Iterator[Finding]:
    """Tell which messages are doubled."""
    yield from _shown_twice(scene)
    yield from _flushed_twice(scene)
    yield from _brought_twice(scene)
    if scene.judges_bridge:
        yield from _passed_twice(scene)
        yield from _said_twice(scene)
        yield from _announced_twice(scene)


# the fakes


def _shown_twice(scene: Scene) -> Iterator[Finding]:
    first: dict[Hashable, int] = {}
    for fact in scene.facts("shown"):
        if fact["cause"] is None or not fact["text"]:
            continue
        key = (fact["cause"], fact["dialogue"], fact["author"], fact["text"], fact.get("form"), fact.get("message"))
        if key in first:
            proof = (fact["cause"], first[key], fact["seq"])
            yield f"the {fact['author']}'s {quoted(fact['text'])} was shown twice by {fact['vendor']}", proof
        first[key] = fact["seq"]


def _flushed_twice(scene: Scene) -> Iterator[Finding]:
    first: dict[str, int] = {}
    for fact in scene.facts("flushed"):
        message = fact["message"]
        if message in first:
            yield f"the message {message} was given on twice by {fact['vendor']}", (first[message], fact["seq"])
        first[message] = fact["seq"]


def _brought_twice(scene: Scene) -> Iterator[Finding]:
    taken: dict[Hashable, list[tuple[object, int]]] = {}
    for event in scene.events:
        body = event["sent"].get("json")
        if body is None or event["cause"] is None or scene.stormy:
            continue
        before = taken.setdefault((event["cause"], event["event"]), [])
        earlier = next((seq for sent, seq in before if sent == body), None)
        if earlier is not None:
            says = f"{event['event']} of {event['from']} was brought again though it had been acknowledged"
            yield says, (earlier, event["seq"])
        if status(event) == HTTPStatus.OK:  # what every vendor takes for an acknowledgement
            before.append((body, event["seq"]))


# the bridge


def _passed_twice(scene: Scene) -> Iterator[Finding]:
    """Go by the amount of each text: a long one may come in pieces."""
    said = Counter(word.text for word in scene.words if word.author is VISITOR)
    shown = Counter(seen.text for seen in scene.seen if seen.author is BOT)
    archived = Counter(entry.text for entry in scene.archive or () if entry.who == BOT)
    came: defaultdict[tuple[str, str], list[Passed]] = defaultdict(list)
    for passed in scene.passed:
        came[passed.user[0], passed.text].append(passed)
    for (centre, text), copies in came.items():
        authors = copies[0].authors
        if len(authors) != 1 or OPERATOR in authors:
            continue
        author = next(iter(authors))
        due = said[text] if author is VISITOR else max(shown[text], archived[text])
        doubts = sum(scene.doubted(copy.call, copies[-1].seq) for copy in copies)
        if author is VISITOR and doubts:
            doubts = min(doubts, _doubtful(scene, VISITOR, text))
        if sum(copy.part for copy in copies) > size(text) * (due + doubts):
            proof = tuple(copy.call["seq"] for copy in copies)
            yield f"the {author}'s {quoted(text)} was passed on to {centre} more often than it was said", proof


def _doubtful(scene: Scene, author: str, text: str) -> int:
    """Count the messages of which the archive shows a doubt; where there is no archive, any may be in doubt."""
    if scene.archive is None:
        return len(scene.calls)
    doubted = (entry for entry in scene.archive if entry.state == "doubtful" and entry.who in ARCHIVED[author])
    return sum(bool(entry.holds(text)) or _is_leads_file(entry) for entry in doubted)


def _is_leads_file(entry: Entry) -> bool:
    """Tell whether it is a file of a lead's without words, of which the archive has an address of its own."""
    return entry.who == "lead" and bool(entry.file) and not entry.text


def _said_twice(scene: Scene) -> Iterator[Finding]:
    shown: defaultdict[tuple[Person, str, str], list[Seen]] = defaultdict(list)
    for seen in scene.seen:
        if seen.author is not SYSTEM:
            shown[seen.place.whose, seen.author, seen.text].append(seen)
    for (person, author, text), unsorted in shown.items():
        times = sorted(unsorted, key=lambda seen: seen.call["seq"])  # a late one may be shown after its repeat
        due = _relayed(scene, text) if author is OPERATOR else _said_by_the_bot(scene, person, text)
        if not due or len(times) <= due:  # what nobody said here is attributed to another
            continue
        doubts = sum(scene.doubted(seen.call, times[-1].seq) for seen in times[:-1])
        doubts = min(doubts, _doubtful(scene, author, text)) if doubts else 0
        if len(times) > due + doubts:
            times_said = f"{len(times)} times, and was said {due} {'time' if due == 1 else 'times'}"
            yield f"the visitor saw the {author}'s {quoted(text)} {times_said}", tuple(seen.seq for seen in times)


def _relayed(scene: Scene, text: str) -> int:
    """Count how often an operator's words are due to the visitor, of which this may be a piece."""
    pieces = (times * whole.count(text) for whole, times in scene.relayed.items() if len(whole) > LONG)
    return scene.relayed[text] or sum(pieces)


def _said_by_the_bot(scene: Scene, person: Person, text: str) -> int:
    """Count how often the bot meant to say something; 0, if nobody knows."""
    echoed = [word for word in scene.words if word.author is VISITOR and ECHO.format(word.text) == text]
    if echoed:
        return sum(word.place.whose == person for word in echoed)
    archived = (entry for entry in scene.archive or () if entry.who == BOT and entry.person == person[2])
    return sum(entry.holds(text) for entry in archived)


def _announced_twice(scene: Scene) -> Iterator[Finding]:
    latest: dict[Person, Seen] = {}
    for seen in scene.seen:
        if seen.author is not SYSTEM:
            continue
        before = latest.get(seen.place.whose)
        again = before is not None and before.text == seen.text and not scene.doubted(before.call, seen.seq)
        if before is not None and again and not _of_namesakes(scene, seen):
            yield f"the visitor was told {quoted(seen.text)} twice in a row", (before.seq, seen.seq)
        latest[seen.place.whose] = seen


def _of_namesakes(scene: Scene, seen: Seen) -> bool:
    """Tell whether an announcement names an operator, and the bridge had heard of several."""
    if not any(act.get("name") and act["name"] in seen.text for act in scene.acts):
        return False
    known = set()
    for event in scene.events:
        if acknowledged(event) and event["seq"] < seen.seq and treaty.surface(event["from"], event["event"]):
            body = event["sent"].get("json")
            known |= set(map(str, treaty.meaning(event["from"], event["event"], "operator", body)))
    return len(known) > 1
