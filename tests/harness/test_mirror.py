"""What a bridge passes on to a chat-centre is told apart from what it says by itself."""

from __future__ import annotations

from typing import Any

import pytest

from harness.journal import Journal, Line, written
from harness.mirror import ANNOUNCED, JOINED, Mirror, spoken
from harness.world.ledger import Ledger

TITLES = {"🤖 Бот": "bot", "🙂 Лид": "visitor"}
MIRROR = Mirror("livetex", TITLES)
PERSON = {"vendor": "telegram", "person": "7", "dialogue": "7"}


class Record:
    """A journal and its ledger, with short words for what happens."""

    def __init__(self, mirror: Mirror = MIRROR) -> None:
        """Begin with nothing."""
        self.journal = Journal(lambda: 0.0)
        self.ledger = Ledger(self.journal, mirror)

    def writes(self, text: str, who: str = "visitor", person: str = "7") -> None:
        """Let somebody utter words."""
        self.journal.act(who, "writes", text=text, **PERSON | {"person": person})

    def shows(self, text: str, cause: int | None = None, author: str = "bot") -> None:
        """Let words appear on the visitor's screen."""
        self.journal.fact("shown", cause=cause, author=author, text=text, place="telegram", form="text", **PERSON)

    def calls(self, event: str, body: Any, *, sender: str = "bridge", to: str = "livetex", status: int = 200) -> int:
        """Let one party call another; status 0 means that no answer came."""
        crossing = self.journal.crossing(
            sender=sender,
            receiver=to,
            event=event,
            method="POST",
            url=f"http://{to}.test/",
            headers={},
            body=written(body),
            cause=None,
        )
        if status:
            crossing.answered(status, {}, b"{}")
        else:
            crossing.failed("no answer")
        return crossing.seq

    def passes_on(self, text: str, user: str = "lead-1") -> int:
        """Let the bridge send a text to the chat-centre."""
        return self.calls("sendText", {"user_id": user, "text": text})

    @property
    def left_over(self) -> list[Line]:
        """What nothing explains."""
        return [line for line in self.ledger.rest() if line["kind"] == "crossing"]


def test_words_stand_below_their_author_s_title() -> None:
    """A title has a line of its own; an author without one has his words as they are."""
    assert ["🤖 Бот\nДа", "🙂 Лид\nДа", "Да"] == [
        MIRROR.line(author, "Да") for author in ("bot", "visitor", "operator")
    ]
    assert "Да" == Mirror("livetex").line("bot", "Да")


@pytest.mark.parametrize(
    "text",
    [
        "Диалог переведён на оператора",
        JOINED.format("Анна"),
        JOINED.format("Анна Смирнова"),
        "Оператор вернул диалог боту",
    ],
)
def test_the_announcements_are_known(text: str) -> None:
    """Each of the three announcements is known as one, by whatever name."""
    assert ANNOUNCED.fullmatch(text)


def test_a_visitor_is_known_by_what_was_passed_on_first() -> None:
    """The id under which the first of his words went on is his, whoever says the same later."""
    record = Record()
    record.writes("Привет")
    record.passes_on("🙂 Лид\nПривет", "lead-1")
    record.writes("Привет", person="9")
    record.passes_on("🙂 Лид\nПривет", "lead-2")
    lines = record.journal.lines

    assert ["lead-1", "lead-2"] == [MIRROR.client(lines, person) for person in ("7", "9")]
    assert MIRROR.client(lines, "6") is None


def test_who_is_kept_out_is_not_taken_for_another() -> None:
    """Whose words were never passed on is known by no id, though another says the same later and is."""
    record = Record()
    record.writes("Привет", person="8")
    record.writes("Привет")
    record.passes_on("🙂 Лид\nПривет", "lead-1")
    record.writes("Привет", person="8")
    record.passes_on("🙂 Лид\nПривет", "lead-1")
    lines = record.journal.lines

    assert [None, "lead-1"] == [MIRROR.client(lines, person) for person in ("8", "7")]


def test_two_who_say_the_same_before_either_is_passed_on_are_two() -> None:
    """An id that is somebody's already is nobody else's, and two ids are not one person's."""
    record = Record()
    record.writes("Привет", person="8")
    record.writes("Привет")
    record.passes_on("🙂 Лид\nПривет", "lead-1")
    record.passes_on("🙂 Лид\nПривет", "lead-2")
    lines = record.journal.lines

    assert {"lead-1", "lead-2"} == {MIRROR.client(lines, person) for person in ("7", "8")}


def test_of_two_with_equal_ids_the_first_is_meant() -> None:
    """A person who writes to two bots is known by the id under which he was passed on first."""
    record = Record()
    record.writes("Привет")
    record.passes_on("🙂 Лид\nПривет", "lead-1")
    record.writes("Я другой")
    record.passes_on("🙂 Лид\nЯ другой", "lead-2")

    assert "lead-1" == MIRROR.client(record.journal.lines, "7")


def test_words_under_the_wrong_title_make_nobody_known() -> None:
    """The visitor's words under the bot's title, or under none, are not his."""
    record = Record()
    record.writes("Привет")
    record.passes_on("🤖 Бот\nПривет")
    record.passes_on("Привет")

    assert MIRROR.client(record.journal.lines, "7") is None


def test_what_is_no_word_of_his_makes_nobody_known() -> None:
    """His coming, an operator's words to him, and words that went elsewhere or came from elsewhere tell no id."""
    record = Record()
    record.journal.act("visitor", "arrives", **PERSON)
    record.writes("Чем помочь?", who="operator")
    record.passes_on("🙂 Лид\nЧем помочь?")
    record.writes("Привет")
    record.calls("sendText", {"user_id": "lead-1", "text": "🙂 Лид\nПривет"}, to="telegram")
    record.calls("sendText", {"user_id": "lead-1", "text": "🙂 Лид\nПривет"}, sender="stranger")

    assert MIRROR.client(record.journal.lines, "7") is None


def test_his_next_words_make_him_known() -> None:
    """Whose first words were lost is known by those that were not."""
    record = Record()
    record.writes("Привет")
    record.writes("Есть кто?")
    record.passes_on("🙂 Лид\nЕсть кто?")

    assert "lead-1" == MIRROR.client(record.journal.lines, "7")


def test_what_both_said_is_the_visitor_s_too() -> None:
    """A visitor's words stay his when an operator says the same; on the screen they are nobody else's."""
    record = Record()
    record.writes("Привет")
    record.writes("Привет", who="operator")
    record.shows("Привет", author="visitor")
    record.shows("Добро пожаловать", author="system")

    assert {("visitor", "Привет")} == spoken(record.journal.lines)


def test_an_operator_s_words_are_not_the_bot_s() -> None:
    """What an operator wrote and the bot's account shows is nothing that may be passed back."""
    record = Record()
    record.writes("Привет")
    record.writes("Чем помочь?", who="operator")
    record.shows("Эхо: Привет")
    record.shows("Чем помочь?")

    assert {("visitor", "Привет"), ("bot", "Эхо: Привет")} == spoken(record.journal.lines)


@pytest.mark.parametrize("title", TITLES)
def test_words_are_passed_on_once(title: str) -> None:
    """A first copy of what was said explains itself, a second does not."""
    record = Record()
    record.writes("Привет")
    record.shows("Эхо: Привет")
    text = {"🤖 Бот": "Эхо: Привет", "🙂 Лид": "Привет"}[title]
    record.passes_on(f"{title}\n{text}")

    assert not record.left_over
    second = record.passes_on(f"{title}\n{text}")
    assert [second] == [line["seq"] for line in record.left_over]


@pytest.mark.parametrize(
    "text",
    ["🙂 Лид\nЭхо: Привет", "🤖 Бот\nПривет", "Привет", "🙂 Лид\nПривет ", "🙂 Лид Привет", "🤖 Бот\nЧем помочь?"],
)
def test_other_words_are_not_passed_on(text: str) -> None:
    """Words under another's title, changed ones and an operator's are left over."""
    record = Record()
    record.writes("Привет")
    record.writes("Чем помочь?", who="operator")
    record.shows("Эхо: Привет")
    record.shows("Чем помочь?")
    seq = record.passes_on(text)

    assert [seq] == [line["seq"] for line in record.left_over]


def test_an_announcement_is_not_passed_on() -> None:
    """What the bridge itself announces to the visitor is left over at the chat-centre."""
    record = Record()
    record.shows("Диалог переведён на оператора")
    seq = record.passes_on("🤖 Бот\nДиалог переведён на оператора")

    assert [seq] == [line["seq"] for line in record.left_over]


def test_words_that_begin_like_an_announcement_are_none() -> None:
    """What the bot says besides is passed on like all its words."""
    record = Record()
    record.shows("Диалог переведён на оператора. Шучу")
    record.passes_on("🤖 Бот\nДиалог переведён на оператора. Шучу")

    assert [] == record.left_over


def test_words_of_an_earlier_when_are_not_passed_on_now() -> None:
    """What was said before the last When explains nothing after it."""
    record = Record()
    record.writes("Привет")
    record.ledger.open()
    seq = record.passes_on("🙂 Лид\nПривет")

    assert [seq] == [line["seq"] for line in record.left_over]


@pytest.mark.parametrize(
    ("event", "explained"),
    [
        ("getDestinations", True),
        ("getCurrentDestination", True),
        ("getHistory", True),
        ("getWebhookSettings", True),
        ("selectDestination", False),
        ("setWebhook", False),
        ("sendFile", False),
    ],
)
def test_a_call_that_only_asks_explains_itself(event: str, explained: bool) -> None:  # noqa: FBT001 - the row's point
    """A question changes nothing; a choice does."""
    record = Record()
    record.calls(event, {"user_id": "lead-1"})

    assert explained is not bool(record.left_over)


@pytest.mark.parametrize(("sender", "to"), [("livetex", "bridge"), ("telegram", "livetex"), ("bridge", "telegram")])
def test_a_question_is_the_bridge_s_to_the_chat_centre(sender: str, to: str) -> None:
    """Whatever bears the same name between others is no question of its."""
    record = Record()
    record.calls("getDestinations", {}, sender=sender, to=to)

    assert not MIRROR.asks(record.journal.lines[0])


def test_a_call_to_the_messenger_is_judged_by_what_appears() -> None:
    """A call that puts nothing on the screen explains itself; one that does is left over with what it shows."""
    record = Record()
    silent = record.calls("answerCallbackQuery", {}, to="telegram")
    record.journal.fact("accepted", cause=silent, **PERSON)
    shown = record.calls("sendMessage", {"chat_id": 7, "text": "Ой"}, to="telegram")
    record.shows("Ой", cause=shown)

    assert [shown] == [line["seq"] for line in record.left_over]


@pytest.mark.parametrize(("status", "explained"), [(200, True), (204, False), (500, False), (0, False)])
def test_what_the_chat_centre_tells_explains_itself_once_it_is_taken(status: int, explained: bool) -> None:  # noqa: FBT001 - the same
    """Only 200 acknowledges a webhook; what is not acknowledged comes again."""
    record = Record()
    record.calls("Closed", {"user_id": "lead-1"}, sender="livetex", to="bridge", status=status)

    assert explained is not bool(record.left_over)


def test_what_the_messenger_tells_must_be_a_person_s_words() -> None:
    """Only the chat-centre tells a bridge of its own accord."""
    record = Record()
    seq = record.calls("Update", {"message": {"text": "Ой"}}, sender="telegram", to="bridge")

    assert [seq] == [line["seq"] for line in record.left_over]


def test_without_titles_the_chat_centre_is_itself_judged() -> None:
    """Where the probe stands in for the bridge, what the chat-centre tells must be expected."""
    record = Record(Mirror("livetex"))
    record.calls("Closed", {"user_id": "u-1"}, sender="livetex", to="bridge")

    assert 1 == len(record.left_over)
