"""Nothing is attributed to another: neither to another person, dialogue or account, nor to another author.

Of a bridge: whoever a chat-centre knows by one id is one person, and gets what its operators say to him; the bot's
echo is seen where its words were said; one title stands above the words of one author, and never above an operator's;
and the archive names the author who spoke. People with equal ids in two accounts are told apart by the secrets in
the addresses.

Of a fake, in every scenario: what an operator says is shown as an operator's, and to the visitor to whom it was said.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from harness.oracles.lost import ECHO
from harness.oracles.scene.lines import quoted
from harness.oracles.scene.words import ARCHIVED, BOT, OPERATOR, VISITOR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from harness.oracles import Finding
    from harness.oracles.scene import Scene
    from harness.oracles.scene.words import Passed, Person, Place

SPEAKERS = frozenset({VISITOR, OPERATOR})


def findings(scene: Scene) -> Iterator[Finding]:
    """Tell what was attributed to whom wrongly."""
    yield from _shown_as_anothers(scene)
    if scene.judges_bridge:
        yield from _passed_as_anothers(scene)
        yield from _relayed_to_another(scene)
        yield from _echoed_to_another(scene)
        yield from _titled_as_anothers(scene)
        yield from _archived_as_anothers(scene)


def _shown_as_anothers(scene: Scene) -> Iterator[Finding]:
    for fact in scene.facts("shown"):
        act = scene.cause(fact)
        if act is None or act["kind"] != "act" or act["who"] not in SPEAKERS or act.get("text") != fact["text"]:
            continue
        if (fact["author"], fact["person"]) != (act["who"], act["person"]):
            says = f"the {act['who']}'s {quoted(fact['text'])} was shown by {fact['vendor']} as the {fact['author']}'s"
            yield says, (act["seq"], fact["seq"])


# another person, dialogue or account


def _speakers(scene: Scene, author: str) -> dict[str, set[Place]]:
    found: defaultdict[str, set[Place]] = defaultdict(set)
    for word in scene.words:
        if word.author is author:
            found[word.text].add(word.place)
    return found


def _passed_as_anothers(scene: Scene) -> Iterator[Finding]:
    spoke: defaultdict[str, set[Person]] = defaultdict(set)
    for text, places in _speakers(scene, VISITOR).items():
        spoke[text] |= {place.whose for place in places}
    for seen in scene.seen:
        if seen.author is BOT:
            spoke[seen.text].add(seen.place.whose)
    for passed in scene.passed:
        person = scene.people.get(passed.user)
        if person is not None and OPERATOR not in passed.authors and person not in spoke.get(passed.text, {person}):
            says = f"{quoted(passed.text)} was passed on to {passed.user[0]} as said with another visitor"
            yield says, (passed.call["seq"],)


def _relayed_to_another(scene: Scene) -> Iterator[Finding]:
    meant = {
        text: {scene.people.get((place.vendor, place.person)) for place in places}
        for text, places in _speakers(scene, OPERATOR).items()
    }
    for seen in scene.seen:
        people = meant.get(seen.text, set())
        if people and None not in people and seen.place.whose not in people:
            yield f"the operator's {quoted(seen.text)} was shown to another visitor than he wrote to", (seen.seq,)


def _echoed_to_another(scene: Scene) -> Iterator[Finding]:
    spoke = {ECHO.format(text): places for text, places in _speakers(scene, VISITOR).items()}
    for seen in scene.seen:
        places = spoke.get(seen.text)
        if places and seen.author is BOT and seen.place not in places:
            yield f"the bot's {quoted(seen.text)} was shown where nobody had said that", (seen.seq,)


# another author


def _titled_as_anothers(scene: Scene) -> Iterator[Finding]:
    """Let the first words under a title tell whose it is."""
    titles: dict[tuple[str, str], Passed] = {}
    for passed in scene.passed:
        if OPERATOR in passed.authors and len(passed.authors) == 1:
            yield f"the operator's {quoted(passed.text)} was passed on as another's", (passed.call["seq"],)
        if len(passed.authors) != 1 or OPERATOR in passed.authors:
            continue
        first = titles.setdefault((passed.user[0], passed.title), passed)
        if first.authors != passed.authors:
            (author,), (other,) = passed.authors, first.authors
            title = f"below {quoted(passed.title)}" if passed.title else "without a title"
            says = f"the {author}'s {quoted(passed.text)} was passed on {title}, as the {other}'s words are"
            yield says, (first.call["seq"], passed.call["seq"])


def _archived_as_anothers(scene: Scene) -> Iterator[Finding]:
    authors: defaultdict[str, set[str]] = defaultdict(set)
    for word in scene.words:
        if word.act["did"] == "writes":
            authors[word.text].add(word.author)
    for entry in scene.archive or ():
        who = authors.get(entry.text, set())
        if len(who) == 1 and entry.who not in {name for author in who for name in ARCHIVED[author]}:
            (author,) = who
            yield f"the {author}'s {quoted(entry.text)} stands in the archive as said by {entry.who}", (entry.seq,)
