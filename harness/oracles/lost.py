"""No message is lost: each ends delivered, refused with a reason, in doubt, or still queued.

Of a bridge, once it has acknowledged a message: the visitor's words are in the lead's archive, are passed on to every
chat-centre that sees the channel, and plain words to the bot are answered with their echo; an operator's words at a
chat-centre reach the visitor; and what the archive calls sent was taken by the vendor, and passed on as well. What is
not delivered must stand in the archive as queued, doubtful, or refused with a reason. Where the bridge shows no
archive, nobody knows what is still queued, and nothing is called lost. Words that a vendor gave up to deliver, since
the bridge never acknowledged them, are lost as well.

Of a fake, in every scenario: what an operator writes to a visitor who lives there is shown, and what was kept until a
group was chosen is given on then.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from harness.oracles.scene.lines import acknowledged, quoted, size, strings
from harness.oracles.scene.scene import HELD, is_centre
from harness.oracles.scene.words import ARCHIVED, BOT, OPERATOR, VISITOR

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from harness.oracles import Finding
    from harness.oracles.scene import Scene
    from harness.oracles.scene.archive import Entry
    from harness.oracles.scene.lines import Line
    from harness.oracles.scene.words import Word

CLOSED = "closed"  # nobody has the dialogue, the bot neither
ECHO = "Эхо: {}"  # what the conformance bot says to plain words


def findings(scene: Scene) -> Iterator[Finding]:
    """Tell which messages are lost."""
    yield from _unshown(scene)
    yield from _unflushed(scene)
    if not scene.judges_bridge:
        return
    yield from _given_up(scene)
    if scene.archive is None:
        return
    yield from _unarchived(scene, scene.archive)
    yield from _unpassed(scene, scene.archive)
    yield from _uncopied(scene, scene.archive)
    yield from _unanswered(scene, scene.archive)
    yield from _unrelayed(scene, scene.archive)
    yield from _unsent(scene, scene.archive)


# the fakes


def _unshown(scene: Scene) -> Iterator[Finding]:
    shown = {(fact["cause"], fact["text"]) for fact in scene.facts("shown")}
    for word in scene.words:
        at_home = word.author is OPERATOR and not is_centre(word.place.vendor)
        if at_home and word.act["did"] == "writes" and (word.seq, word.text) not in shown:
            yield f"the operator's {quoted(word.text)} was never shown by {word.place.vendor}", (word.seq,)


def _unflushed(scene: Scene) -> Iterator[Finding]:
    kept = {fact["message"]: fact for fact in scene.facts("buffered")}
    for fact in scene.facts("flushed"):
        kept.pop(fact["message"], None)
    chosen = {fact["person"]: fact for fact in scene.facts("owner") if fact["owner"] == "queue"}
    for message, fact in kept.items():
        group = chosen.get(fact["person"])
        if group is not None and group["seq"] > fact["seq"]:
            proof = (fact["seq"], group["seq"])
            yield (
                f"the message {message} was kept by {fact['vendor']} until a group was chosen, and not given on",
                proof,
            )


# the bridge


def _given_up(scene: Scene) -> Iterator[Finding]:
    expired = {fact["cause"]: fact for fact in scene.facts("expired")}
    for word in scene.words:
        if word.heard is None and word.seq in expired:
            says = f"the {word.author}'s {quoted(word.text)} was given up: the bridge never acknowledged it"
            yield says, (word.seq, expired[word.seq]["seq"])


def _heard(scene: Scene, author: str, did: str = "writes") -> Iterator[tuple[str, Sequence[Word]]]:
    """Go through the texts that somebody of a kind uttered and that the bridge acknowledged."""
    said: defaultdict[str, list[Word]] = defaultdict(list)
    for word in scene.words:
        if word.author is author and word.heard is not None and word.act["did"] == did:
            said[word.text].append(word)
    yield from said.items()


def _owned_up(archive: Iterable[Entry], author: str, text: str) -> int:
    return sum(entry.excused and entry.who in ARCHIVED[author] and entry.text == text for entry in archive)


def _unarchived(scene: Scene, archive: Sequence[Entry]) -> Iterator[Finding]:
    kept = Counter(entry.text for entry in archive if entry.who == "lead")
    for text, words in _heard(scene, VISITOR):
        if kept[text] < len(words):
            lost = words[kept[text]]
            yield f"the visitor's {quoted(text)} was acknowledged, and is in no archive", lost.proof


def _unpassed(scene: Scene, archive: Sequence[Entry]) -> Iterator[Finding]:
    """Go by the amount of each text: a long one may come in pieces."""
    for centre, since in scene.centres.items():
        came = _amounts(scene, centre)
        for text, words in _heard(scene, VISITOR):
            due = [word for word in words if word.seq > since and _is_open(scene, centre, word.place.vendor)]
            if size(text) * (len(due) - _owned_up(archive, VISITOR, text)) > came[text]:
                how = "was not passed on whole, or not every time," if came[text] else "was never passed on"
                yield f"the visitor's {quoted(text)} was acknowledged, and {how} to {centre}", due[-1].proof


def _uncopied(scene: Scene, archive: Sequence[Entry]) -> Iterator[Finding]:
    """Look for the bot's words where a chat-centre took every call; nobody tells of a copy that was refused."""
    home = {seen.place.person: seen.place.vendor for seen in scene.seen}
    for centre, since in scene.centres.items():
        if not all(acknowledged(call) for call in scene.calls if call["to"] == centre):
            continue
        came = _amounts(scene, centre)
        shown = {seen.place.person for seen in scene.seen if seen.seq > since}
        said = [entry for entry in archive if entry.who == BOT and entry.state == "sent" and entry.person in shown]
        due = Counter(entry.text for entry in said if _is_open(scene, centre, home[entry.person]))
        for text, times in due.items():
            if text and size(text) * times > came[text] and not _heads_a_copy(scene, centre, text):
                proof = tuple(seen.seq for seen in scene.seen if seen.text == text) or (said[0].seq,)
                yield f"the bot's {quoted(text)} was said to the visitor, and never passed on to {centre}", proof


def _heads_a_copy(scene: Scene, centre: str, title: str) -> bool:
    """Tell whether a chat-centre was sent a menu whose title alone is kept, its choices below."""
    calls = (call["sent"].get("json") for call in scene.calls if call["to"] == centre)
    return any(f"{title}\n" in text for body in calls for text in strings(body))


def _amounts(scene: Scene, centre: str) -> Counter[str]:
    came: Counter[str] = Counter()
    for passed in scene.passed:
        if passed.user[0] == centre:
            came[passed.text] += passed.part
    return came


def _is_open(scene: Scene, centre: str, channel: str) -> bool:
    """Tell whether a chat-centre sees what is said on a channel."""
    return channel != centre and not any(
        act["did"] == "excludes" and (act["vendor"], act["channel"]) == (centre, channel) for act in scene.acts
    )


def _unanswered(scene: Scene, archive: Sequence[Entry]) -> Iterator[Finding]:
    said = Counter(entry.text for entry in archive if entry.who == BOT) | Counter(seen.text for seen in scene.seen)
    for text, words in _heard(scene, VISITOR):
        plain = [word for word in words if _is_plain(scene, word)]
        echo = ECHO.format(text)
        if len(plain) > said[echo]:
            lost = plain[said[echo]]
            yield f"the visitor's {quoted(text)} was acknowledged, and the bot's {quoted(echo)} never came", lost.proof


def _is_plain(scene: Scene, word: Word) -> bool:
    """Tell whether the bot surely gives words back: no command, caption or answer, and nobody else has or gets him."""
    if word.text.startswith("/"):
        return False
    for earlier in scene.words:
        if earlier.seq < word.seq and earlier.place.whose == word.place.whose and earlier.text.startswith("/ask"):
            return False
    captions = (choice for fact in scene.facts("shown") for choice in fact.get("choices", ()))
    menus = (seen.text for seen in scene.seen if "\n" in seen.text)  # where buttons cannot be shown
    if word.text in captions or any(word.text in menu for menu in menus):
        return False
    for user in scene.users_of(word.place.whose):
        held = False
        for fact, holder in scene.holders.get(user, ()):
            if fact["seq"] < word.seq:
                held = holder in HELD or (is_centre(user[0]) and not _told_before(scene, fact, word))
            elif holder in HELD or (holder == CLOSED and word.heard is not None and fact["seq"] < word.heard["seq"]):
                return False
        if held:
            return False
    return True


def _told_before(scene: Scene, fact: Line, word: Word) -> bool:
    """Tell whether the bridge knew that an operator had given a dialogue back when it heard words in it."""
    cause = scene.cause(fact)
    told = scene.events_of(cause) if cause is not None else []
    heard = word.heard["came"]["at"] if word.heard is not None else 0.0
    return not told or any(acknowledged(event) and event["came"]["at"] <= heard for event in told)


def _unrelayed(scene: Scene, archive: Sequence[Entry]) -> Iterator[Finding]:
    came: Counter[str] = Counter()
    for fact in scene.facts("accepted"):
        call = scene.call_behind(fact)
        if call is not None and not is_centre(call["to"]):
            came.update(set(strings(call["sent"].get("json"))))
    for did in ("writes", "holds", "sends"):
        for text, words in _heard(scene, OPERATOR, did):
            due = [word for word in words if (word.place.vendor, word.place.person) in scene.people]
            owned_up = sum(entry.excused and text in {entry.text, entry.file} for entry in archive)
            if len(due) > came[text] + owned_up and not _came_in_pieces(text, came):
                lost = due[came[text] + owned_up]
                yield f"the operator's {quoted(text)} was acknowledged, and never reached the visitor", lost.proof


def _came_in_pieces(text: str, came: Counter[str]) -> bool:
    parts = {part: times for part, times in came.items() if part in text}
    return bool(parts) and sum(size(part) * times for part, times in parts.items()) >= size(text)


def _unsent(scene: Scene, archive: Sequence[Entry]) -> Iterator[Finding]:
    """Find what the archive calls sent among all that the vendor took of a person's."""
    came: defaultdict[str, list[str]] = defaultdict(list)
    for fact in scene.facts("accepted"):
        call = scene.call_behind(fact)
        if call is not None and not is_centre(call["to"]):
            came[fact["person"]] += strings(call["sent"].get("json"))
    for entry in archive:
        if entry.who == BOT and entry.state == "sent" and not any(entry.is_in(text) for text in came[entry.person]):
            text = quoted(entry.text or entry.file)
            yield f"the bot's {text} is sent by the archive, and the vendor never took it", (entry.seq,)
