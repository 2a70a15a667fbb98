"""Tests: harness.ledger."""

from __future__ import annotations

import json
from typing import Any

import pytest

from harness.journal import Journal
from harness.world.ledger import Ledger, told, uttered


class Scene:
    """A journal and the ledger over it, with short words for what happens."""

    def __init__(self) -> None:
        """Begin with an open ledger."""
        self.journal = Journal(lambda: 0.0)
        self.ledger = Ledger(self.journal)

    def writes(self, text: str, who: str = "visitor") -> int:
        """Let a person write."""
        return self.journal.act(who, "writes", text=text)

    def sends(self, sender: str, text: str | None = None, cause: int | None = None, method: str = "POST") -> int:
        """Let a party send a request, with a text or none, and be answered."""
        receiver = "bridge" if sender == "jivo" else "jivo"
        body = {"event": "E"} if text is None else {"event": "E", "message": {"text": text}}
        crossing = self.journal.crossing(
            sender=sender,
            receiver=receiver,
            event="E",
            method=method,
            url="http://bridge.test/",
            headers={},
            body=json.dumps(body).encode(),
            cause=cause,
        )
        crossing.answered(200, {}, b"")
        return crossing.seq

    def shows(self, author: str, text: str, cause: int | None = None) -> int:
        """Let the fake show a text to the visitor."""
        self.journal.fact("shown", cause=cause, author=author, text=text)
        return len(self.journal.lines) - 1

    def rest(self) -> list[int]:
        """Tell which lines nobody expected."""
        return [line["seq"] for line in self.ledger.rest()]


@pytest.fixture
def scene() -> Scene:
    """Give an empty scene."""
    return Scene()


def anything(_line: dict[str, Any]) -> bool:
    """Match every line."""
    return True


# taking


def test_each_line_is_taken_once(scene: Scene) -> None:
    """Two alike are found one after the other, then nothing."""
    first, second = scene.shows("bot", "a"), scene.shows("bot", "a")
    taken = [scene.ledger.take("fact", anything) for _ in range(3)]

    assert [first, second, None] == [line and line["seq"] for line in taken]


def test_a_line_of_another_kind_is_not_taken(scene: Scene) -> None:
    """What is looked for has its kind."""
    scene.sends("jivo", "a")

    assert scene.ledger.take("fact", anything) is None


def test_only_what_matches_is_taken(scene: Scene) -> None:
    """Lines before the one that matches stay open."""
    other, wanted = scene.shows("bot", "a"), scene.shows("bot", "b")
    taken = scene.ledger.take("fact", lambda line: line["text"] == "b")

    assert taken is not None
    assert (wanted, [other]) == (taken["seq"], scene.rest())


def test_a_line_is_taken_with_the_crossing_that_caused_it(scene: Scene) -> None:
    """Whoever expects what people see need not mention the request behind it."""
    scene.shows("bot", "a", cause=scene.sends("bridge", "a"))
    scene.ledger.take("fact", anything)

    assert [] == scene.rest()


def test_a_crossing_is_not_taken_with_what_it_caused(scene: Scene) -> None:
    """Whoever expects a request has said nothing of what people see."""
    shown = scene.shows("bot", "a", cause=scene.sends("bridge", "a"))
    scene.ledger.take("crossing", anything)

    assert [shown] == scene.rest()


def test_what_was_before_is_settled(scene: Scene) -> None:
    """A ledger that is opened anew knows nothing of earlier lines."""
    scene.shows("bot", "a")
    scene.sends("bridge")
    scene.ledger.open()

    assert ([], None) == (scene.rest(), scene.ledger.take("fact", anything))


def test_lines_are_those_of_a_kind_since_it_was_opened(scene: Scene) -> None:
    """Lines that were taken are still told."""
    scene.shows("bot", "a")
    scene.ledger.open()
    scene.sends("jivo", "a")
    expected = [scene.shows("bot", "b"), scene.shows("bot", "c")]
    scene.ledger.take("fact", anything)

    assert expected == [line["seq"] for line in scene.ledger.lines("fact")]


# the rest


def test_what_nobody_expected_remains(scene: Scene) -> None:
    """Crossings, what people saw, and faults remain, in that order."""
    scene.journal.fault("called an address outside the world", address="example.test:80")
    shown, sent = scene.shows("bot", "a"), scene.sends("bridge")

    assert [sent, shown, 0] == scene.rest()


@pytest.mark.parametrize("fact", ["accepted", "owner", "refused", "expired"])
def test_what_nobody_notices_does_not_remain(scene: Scene, fact: str) -> None:
    """Of the fakes' facts only what a person saw must be expected."""
    scene.journal.fact(fact, cause=None, owner="queue")

    assert [] == scene.rest()


def test_steps_acts_and_questions_do_not_remain(scene: Scene) -> None:
    """What the harness itself does is nothing else that happens."""
    scene.journal.step("Then")
    scene.journal.asked("GET /leads", 200, [])
    scene.writes("a")

    assert [] == scene.rest()


def test_a_person_s_own_words_explain_themselves(scene: Scene) -> None:
    """Words that go where their author meant them, and are shown as his, need not be expected."""
    cause = scene.writes("Привет")
    scene.sends("jivo", "Привет", cause)
    scene.shows("visitor", "Привет", cause)

    assert [] == scene.rest()


def test_the_bridge_s_echo_of_words_is_not_explained(scene: Scene) -> None:
    """When the bridge says what a person has said, that is something else."""
    scene.writes("Привет")
    echo = scene.sends("bridge", "Привет")

    assert [echo] == scene.rest()


@pytest.mark.parametrize("author", ["bot", "operator", "system"])
def test_words_shown_as_another_s_are_not_explained(scene: Scene, author: str) -> None:
    """A person's words under another's name are something else."""
    scene.writes("Привет")
    shown = scene.shows(author, "Привет")

    assert [shown] == scene.rest()


def test_other_words_are_not_explained(scene: Scene) -> None:
    """What carries other words than a person's, or none, must be expected."""
    scene.writes("Привет")
    expected = [scene.sends("jivo", "Пока"), scene.sends("jivo"), scene.shows("visitor", "Пока")]

    assert expected == scene.rest()


def test_a_silent_act_explains_nothing(scene: Scene) -> None:
    """An operator who leaves utters nothing, so whatever is sent then must be expected."""
    cause = scene.journal.act("operator", "leaves")
    sent = scene.sends("jivo", None, cause)

    assert [sent] == scene.rest()


def test_words_explain_only_until_it_is_opened_anew(scene: Scene) -> None:
    """What was said before the last When explains nothing after it."""
    scene.writes("Привет")
    scene.ledger.open()
    sent = scene.sends("jivo", "Привет")

    assert [sent] == scene.rest()


# words


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"text": "a"}, ["a"]),
        ({"message": {"type": "TEXT", "text": "a"}, "text": "b"}, ["a", "b"]),
        ([{"text": "a"}, [{"text": "b"}], "text", {"text": "c"}], ["a", "b", "c"]),
        ({"text": {"text": "a"}}, ["a"]),
        ({"text": ["a"], "title": "b"}, []),
        ({"text": 5}, []),
        ("text", []),
        (None, []),
    ],
    ids=str,
)
def test_texts_of_a_body(body: Any, expected: list[str]) -> None:
    """Every string under a key called text is uttered, in the order of the body."""
    assert expected == uttered({"sent": {"json": body}})


def test_a_body_that_is_no_json_utters_nothing() -> None:
    """Only JSON has keys."""
    assert [] == uttered({"sent": {"text": "a"}})


def test_texts_are_found_however_deep() -> None:
    """A body may be nested as deep as a hostile bridge likes."""
    body: Any = {"text": "a"}
    for _ in range(50_000):
        body = [body]

    assert ["a"] == uttered({"sent": {"json": body}})


def crossing(**more: Any) -> dict[str, Any]:
    """Make the line of a crossing."""
    line = {"kind": "crossing", "from": "jivo", "to": "bridge", "event": "E", "sent": {"json": {"text": "a"}}}
    return line | more


def shown(**more: Any) -> dict[str, Any]:
    """Make the line of something that a visitor saw."""
    return {"kind": "fact", "fact": "shown", "text": "a", "author": "bot"} | more


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (crossing(came={"status": 200}), "jivo → bridge E «a» (200)"),
        (crossing(failed={"reason": "no answer within 3 s"}), "jivo → bridge E «a» (no answer within 3 s)"),
        (crossing(), "jivo → bridge E «a» (no answer yet)"),
        (crossing(event="", sent={"text": "?"}), "jivo → bridge something (no answer yet)"),
        (shown(), "the visitor saw «a» from the bot"),
        (shown(form="text"), "the visitor saw «a» from the bot"),
        (shown(form="picture"), "the visitor saw «a» as a picture from the bot"),
        (shown(form="markdown"), "the visitor saw «a» as Markdown from the bot"),
        (shown(form="voice", text=""), "the visitor saw a voice message from the bot"),
        (shown(form="photo", text="", author="operator"), "the visitor saw a photo from the operator"),
        (
            shown(form="buttons", choices=["Да", "Нет"]),
            "the visitor saw «a» as buttons from the bot: «Да», «Нет»",
        ),
        (shown(choices=["Да"]), "the visitor saw «a» from the bot: «Да»"),
        (shown(choices=[]), "the visitor saw «a» from the bot"),
        (shown(form="rating form", text="", author="system"), "the visitor saw the rating form"),
        (shown(form="chat window", text="", author="system"), "the visitor saw the chat window"),
        (shown(form="contact form", author="system"), "the visitor saw «a» as the contact form"),
        (shown(form="link", speaker={"name": "Олег"}), "the visitor saw «a» as a link from the bot"),
        (
            {"kind": "fact", "fact": "read", "text": "a", "place": "card", "label": "phone"},
            "an operator read «a» (card: phone)",
        ),
        ({"kind": "fact", "fact": "read", "text": "a", "place": "chat"}, "an operator read «a» (chat)"),
        ({"kind": "fact", "fact": "read", "text": "a", "place": "archive"}, "the administrator read «a» (archive)"),
        ({"kind": "fact", "fact": "read", "text": "a"}, "somebody at the vendor read «a»"),
        ({"kind": "fact", "fact": "owner", "owner": "queue"}, "owner queue"),
        ({"kind": "fact", "fact": "refused", "reason": "invalid_request"}, "refused invalid_request"),
        ({"kind": "fact", "fact": "accepted"}, "accepted"),
        ({"kind": "fault", "name": "called out", "address": "example.test:80"}, "called out example.test:80"),
        ({"kind": "fault", "name": "reset"}, "reset"),
        ({"kind": "act", "who": "visitor", "did": "writes"}, "visitor writes"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_line_is_told_in_words(line: dict[str, Any], words: str) -> None:
    """Each kind of line has its sentence for people."""
    assert words == told(line)


def test_an_act_explains_one_event_however_often_it_is_attempted(scene: Scene) -> None:
    """A second event that carries the same words is left over; a further attempt of the first is not."""
    scene.writes("Привет")
    first, again = scene.sends("jivo", "Привет"), scene.sends("jivo", "Привет")
    other = scene.sends("jivo", "Привет")
    scene.journal.lines[other]["sent"]["json"]["id"] = "another"

    assert first != again
    assert [other] == scene.rest()


def test_an_act_explains_one_line_on_the_screen(scene: Scene) -> None:
    """Words that are shown a second time are left over."""
    scene.writes("Привет")
    scene.shows("visitor", "Привет")
    second = scene.shows("visitor", "Привет")

    assert [second] == scene.rest()


def test_a_sign_of_life_surprises_nobody(scene: Scene) -> None:
    """HEAD changes nothing, so a guest may ask so as often as it likes; any other method is told."""
    scene.sends("bridge", method="HEAD")
    told_of = scene.sends("bridge", method="GET")

    assert [told_of] == scene.rest()
