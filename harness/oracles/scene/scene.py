"""The talk in one scenario's journal: who said what, where it came, and who had the dialogue."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache, cached_property
from typing import TYPE_CHECKING

from harness import treaty
from harness.errors import MisuseError
from harness.mirror import ANNOUNCED
from harness.oracles.scene.archive import LONG
from harness.oracles.scene.lines import acknowledged, size, strings
from harness.oracles.scene.record import Record
from harness.oracles.scene.words import BOT, OPERATOR, SYSTEM, VISITOR, Passed, Place, Seen, Texts, Word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from harness.oracles.scene.lines import Line
    from harness.oracles.scene.words import Person, User

AUTHORS = {"visitor": VISITOR, "operator": OPERATOR, "vendor": OPERATOR}  # a holding text is the centre's own word
UTTERS = frozenset({"writes", "sends", "presses", "holds"})
LITERALLY = frozenset({"writes", "holds"})  # what brings the very words
PASSES_ON = frozenset({"visitor-message", "visitor-file"})  # what a call to a chat-centre is about that does
HELD = frozenset({"queue", "operator"})


class Scene(Record):
    """A record, read as talk.

    A chat-centre is a vendor whose visitors live elsewhere, so that it knows of them only what the bridge passes on.
    """

    # what people said

    @cached_property
    def words(self) -> list[Word]:
        """Everything that people said, in order."""
        return [
            self._word(act) for act in self.acts if act["who"] in AUTHORS and act["did"] in UTTERS and act.get("text")
        ]

    def _word(self, act: Line) -> Word:
        text, author = act["text"], AUTHORS[act["who"]]
        told = self.events_of(act)
        if act["did"] in LITERALLY or author is OPERATOR:
            told = [event for event in told if text in strings(event["sent"].get("json"))]
        account = self.account(told[0]) if told else ""
        place = Place(act.get("vendor", ""), account, act.get("person", ""), act.get("dialogue", ""))
        return Word(act, author, text, place, next(filter(acknowledged, told), None))

    @cached_property
    def relayed(self) -> Counter[str]:
        """How many events of chat-centres brought the bridge a string; the repeats of one event count once."""
        events = {tuple(strings(event["sent"].get("json"))) for event in self.events if is_centre(event["from"])}
        return Counter(text for event in events for text in set(event))

    # what visitors saw

    @cached_property
    def seen(self) -> list[Seen]:
        """Every text that a call of the bridge put on a visitor's screen, in order; no changes, no notifications."""
        found = []
        for fact in self.facts("shown"):
            call = self.call_behind(fact)
            text = fact["text"] or str(fact.get("link", ""))
            if call is not None and text and "edited" not in fact and "notification" not in fact:
                place = Place(fact["vendor"], self.account(call), fact["person"], fact["dialogue"])
                found.append(Seen(fact, call, text, place, self._author(text, str(fact.get("link", "")))))
        return found

    def _author(self, text: str, link: str) -> str:
        """Tell whose words the bridge showed: an operator's, its own announcement, or else the bot's."""
        if text in self.relayed or (link and link in self.relayed):
            return OPERATOR
        if ANNOUNCED.fullmatch(text):
            return SYSTEM
        return OPERATOR if any(text in whole for whole in self.relayed if len(whole) > LONG) else BOT

    # what chat-centres were passed

    @cached_property
    def centres(self) -> dict[str, int]:
        """The chat-centres with which the bridge is connected, and since which line."""
        found: dict[str, int] = {}
        for call in self.calls:
            if is_centre(call["to"]) and acknowledged(call):
                found.setdefault(call["to"], call["seq"])
        return found

    @cached_property
    def texts(self) -> Texts:
        """Everything that anybody said in this scenario; what was shown as a piece of the bot's words is none."""
        archived = [entry.text for entry in self.archive or () if entry.who == BOT]
        long = [text for text in archived if len(text) > LONG]
        shown = [
            seen.text
            for seen in self.seen
            if seen.author is BOT and not any(seen.text != whole and seen.text in whole for whole in long)
        ]
        said = [(word.author, word.text) for word in self.words]
        return Texts([*said, *((BOT, text) for text in (*shown, *archived))])

    @cached_property
    def passed(self) -> list[Passed]:
        """Every known text that a chat-centre took from the bridge, in order."""
        return list(self._passed())

    def _passed(self) -> Iterator[Passed]:
        taken = [(fact, call, found) for fact, call in self._taken() if (found := self._found(call))]
        titles: defaultdict[str, set[str]] = defaultdict(set)  # whose words stand below each
        for _, _, found in taken:
            if len(found) == 1 and found[0][0]:
                titles[found[0][0]] |= self.texts.authors[found[0][1]]
        came: Counter[tuple[User, str]] = Counter()
        for fact, call, found in taken:
            user = call["to"], fact["person"]
            authors = titles[found[0][0]]
            own = [one for one in found if authors & self.texts.authors[one[1]]] or found
            title, text, part = next((one for one in own if came[user, one[1]] < size(one[1])), own[0])
            came[user, text] += part
            yield Passed(fact, call, user, title, text, part, self.texts.authors[text])

    def _taken(self) -> Iterator[tuple[Line, Line]]:
        """Go through what chat-centres took that passes words on, each with the call behind it."""
        for fact in self.facts("accepted"):
            call = self.call_behind(fact)
            if call is not None and is_centre(call["to"]) and treaty.about(call["to"], call["event"]) in PASSES_ON:
                yield fact, call

    def _found(self, call: Line) -> list[tuple[str, str, int]]:
        """Find what a call passes on, in the first of its strings that holds anything known."""
        return next(filter(None, map(self.texts.find, strings(call["sent"].get("json")))), [])

    @cached_property
    def people(self) -> dict[User, Person]:
        """Who is whom at the chat-centres: told by the first words of a visitor's that nobody else said."""
        spoke: defaultdict[str, list[Person]] = defaultdict(list)
        for word in self.words:
            if word.author is VISITOR:
                spoke[word.text].append(word.place.whose)
        found: dict[User, Person] = {}
        for passed in self.passed:
            speakers = set(spoke.get(passed.text, ()))
            if len(speakers) == 1:
                found.setdefault(passed.user, *speakers)
        return found

    # who has the dialogue

    @cached_property
    def holders(self) -> dict[User, list[tuple[Line, str]]]:
        """Who had each dialogue, from which line on, by vendor and person; not of an id that two accounts gave."""
        accounts: defaultdict[User, set[str]] = defaultdict(set)
        for word in filter(lambda word: word.place.account, self.words):
            accounts[word.place.vendor, word.place.person].add(word.place.account)
        found: defaultdict[User, list[tuple[Line, str]]] = defaultdict(list)
        for fact in self.facts("owner"):
            user = fact["vendor"], fact["person"]
            if len(accounts[user]) < 2:  # noqa: PLR2004 - a fact does not tell which of the two
                found[user].append((fact, fact["owner"]))
        return found

    def users_of(self, person: Person) -> list[User]:
        """List as whom the vendors know a person who have operators for him: where he lives, and at chat-centres."""
        return [(person[0], person[2]), *(user for user, whose in self.people.items() if whose == person)]


@cache
def is_centre(vendor: str) -> bool:
    """Tell whether a vendor takes visitors' words from a bridge, since they live elsewhere."""
    try:
        return bool(treaty.message_about(vendor, "visitor-message"))
    except MisuseError:
        return False
