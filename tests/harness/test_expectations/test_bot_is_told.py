"""What the bot must have been told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from harness.errors import BreakdownError, MisuseError
from harness.expectations.bot import leaves
from tests.harness.test_expectations.scene import BOT, GONE, OTHER, TOKEN, WEBHOOK, unmet

if TYPE_CHECKING:
    from tests.harness.test_expectations.scene import Scene

TOLD = "Здравствуйте! Есть ли чайник на два литра?"  # by the plain CLIENT_MESSAGE
SAID = "Здравствуйте! Чайник на два литра есть в наличии."  # by the plain BOT_MESSAGE
PHOTO = "https://files.test/uploads/4001/photo.jpg"
FAILURES: dict[str, dict[str, Any]] = {  # deliveries that tell the visitor's bot nothing
    "of another visitor": {"about": OTHER},
    "of two visitors": {"client_id": OTHER},
    "that names nobody": {"client_id": GONE, "sender__id": GONE},
    "to the webhook's door": {"url": WEBHOOK},
    "to another host": {"url": "http://nowhere.test/bot/1"},
    "that is refused": {"status": 404},
    "that breaks the bot": {"status": 500},
    "that is redirected": {"status": 302},
    "without an answer": {"status": 0},
}
MISTAKEN: dict[str, dict[str, Any]] = {  # what is no event for a bot
    "that nobody knows": {"label": "CLIENT_WORDS"},
    "of the webhook": {"label": "chat_updated"},
}


# words


def test_the_bot_is_told(scene: Scene) -> None:
    """The visitor's words, acknowledged at the bot's door, are what it was told."""
    told = scene.tells("CLIENT_MESSAGE", status=202)

    assert told == scene.expect.bot_was_told(TOLD)["seq"]


@pytest.mark.parametrize("failure", [*FAILURES.values(), *MISTAKEN.values()], ids=[*FAILURES, *MISTAKEN])
def test_the_bot_is_not_told_by_a_delivery(scene: Scene, failure: dict[str, Any]) -> None:
    """A delivery that does not come to this visitor's bot tells it nothing."""
    scene.tells("CLIENT_MESSAGE", **failure)
    expected, came = unmet(scene.expect.bot_was_told, TOLD)

    assert f"the bot is told «{TOLD}»" == expected
    assert came.startswith("jivo → bridge ")
    assert f"«{TOLD}»" in came


def test_the_bot_is_told_other_words(scene: Scene) -> None:
    """The words are those that are expected, whole."""
    scene.tells("CLIENT_MESSAGE", message__text=f"{TOLD} И чашка?")

    assert ("the bot is told «Есть?»", f"jivo → bridge CLIENT_MESSAGE «{TOLD} И чашка?» (200)") == unmet(
        scene.expect.bot_was_told, "Есть?"
    )


def test_the_bot_is_told_at_the_second_attempt(scene: Scene) -> None:
    """The attempt that was acknowledged is the one that told it."""
    scene.tells("CLIENT_MESSAGE", status=0)
    second = scene.tells("CLIENT_MESSAGE")

    assert second == scene.expect.bot_was_told(TOLD)["seq"]


def test_the_bot_was_told_before(scene: Scene) -> None:
    """What was before the When is not what follows from it."""
    scene.tells("CLIENT_MESSAGE")
    scene.when()

    assert (f"the bot is told «{TOLD}»", "nothing at all") == unmet(scene.expect.bot_was_told, TOLD)


def test_the_bot_is_told_each_time(scene: Scene) -> None:
    """One event is no two."""
    scene.tells("CLIENT_MESSAGE")
    scene.expect.bot_was_told(TOLD)

    assert f"the bot is told «{TOLD}»" == unmet(scene.expect.bot_was_told, TOLD)[0]


def test_the_bot_s_own_words_are_not_told_to_it(scene: Scene) -> None:
    """What the bot says goes the other way."""
    scene.says()

    assert (f"the bot is told «{SAID}»", f"bridge → jivo BOT_MESSAGE «{SAID}» (200)") == unmet(
        scene.expect.bot_was_told, SAID
    )


def test_a_binding_without_doors_is_not_asked_for_them(scene: Scene) -> None:
    """A vendor whose binding names no door of a surface is judged by its events alone."""
    del scene.binding["bot_url"]
    told = scene.tells("CLIENT_MESSAGE", url="http://bridge.test/elsewhere")

    assert told == scene.expect.bot_was_told(TOLD)["seq"]


def test_the_bot_is_told_with_it(scene: Scene) -> None:
    """What the words come with is what the treaty's word means there."""
    scene.tells("CLIENT_MESSAGE", agents_online=False)

    scene.expect.bot_was_told_of(TOLD, "somebody-online", value=False)


@pytest.mark.parametrize(("online", "came"), [(True, "[True]"), (GONE, "[]"), (None, "[]"), ("false", "['false']")])
def test_the_bot_is_told_with_it_something_else(scene: Scene, online: object, came: str) -> None:
    """Another value, or none, is not the one that is expected."""
    scene.tells("CLIENT_MESSAGE", agents_online=online)

    assert (f"with «{TOLD}» the bot is told somebody-online: False", f"somebody-online: {came}") == unmet(
        scene.expect.bot_was_told_of, TOLD, "somebody-online", value=False
    )


def test_what_comes_with_no_words_is_not_told(scene: Scene) -> None:
    """Without the words nothing can come with them."""
    assert (f"the bot is told «{TOLD}»", "nothing at all") == unmet(
        scene.expect.bot_was_told_of, TOLD, "somebody-online", value=True
    )


# buttons


def test_the_bot_is_told_in_words_alone(scene: Scene) -> None:
    """A caption without any id that the bot ever gave to a button is words alone."""
    scene.says("buttons")
    scene.when()
    scene.tells("CLIENT_MESSAGE", message__text="Доставка")

    scene.expect.bot_was_told_in_words_alone("Доставка")


@pytest.mark.parametrize(
    "leak",
    [
        {"message__button_id": "delivery"},
        {"message__buttons": [{"id": "delivery"}]},
        {"pressed": {"delivery": True}},
    ],
    ids=["as a value", "inside a list", "as a key"],
)
def test_the_bot_is_told_the_button(scene: Scene, leak: dict[str, Any]) -> None:
    """An id of a button anywhere in the event is more than words."""
    scene.says("buttons")
    scene.tells("CLIENT_MESSAGE", message__text="Доставка", **leak)

    assert ("the bot is told «Доставка» and no more", "it also learned delivery") == unmet(
        scene.expect.bot_was_told_in_words_alone, "Доставка"
    )


def test_the_bot_is_told_the_button_s_number(scene: Scene) -> None:
    """An id that is a number is one too, whatever its type in the event."""
    scene.says("buttons-with-number-ids")
    scene.tells("CLIENT_MESSAGE", message__text="Да", message__button="1")

    assert "it also learned 1" == unmet(scene.expect.bot_was_told_in_words_alone, "Да")[1]


def test_words_alone_need_a_button(scene: Scene) -> None:
    """Where the bot showed no button with an id, nothing is proven."""
    scene.says()
    scene.tells("CLIENT_MESSAGE", message__text="Доставка")
    with pytest.raises(BreakdownError, match="The bot has shown no button with an id in this scenario"):
        scene.expect.bot_was_told_in_words_alone("Доставка")


def test_a_caption_that_does_not_come_is_no_words(scene: Scene) -> None:
    """Without the caption there are no words."""
    scene.says("buttons")

    assert "the bot is told «Доставка»" == unmet(scene.expect.bot_was_told_in_words_alone, "Доставка")[0]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"a": {"b": [1, "x"]}, "c": None}, ["a", "b", "1", "x", "c", "None"]),
        ([[]], []),
        (True, ["True"]),
    ],
    ids=str,
)
def test_leaves(value: object, expected: list[str]) -> None:
    """Every key and every value that holds no others is a leaf."""
    assert expected == leaves(value)


# files


def test_the_bot_is_sent_a_file(scene: Scene) -> None:
    """A file's address, in the place for it, is a file."""
    scene.tells("CLIENT_MESSAGE", message={"type": "PHOTO", "file": PHOTO})

    scene.expect.bot_was_sent(PHOTO)


@pytest.mark.parametrize(
    "message",
    [
        {"type": "TEXT", "text": PHOTO},
        {"type": "PHOTO", "file": f"{PHOTO}?size=s"},
        {"type": "PHOTO", "thumb": PHOTO, "file": "https://files.test/other.jpg"},
    ],
    ids=["in words", "another", "its preview"],
)
def test_the_bot_is_sent_no_such_file(scene: Scene, message: dict[str, Any]) -> None:
    """An address among words, or another one, is not that file."""
    scene.tells("CLIENT_MESSAGE", message=message)

    assert f"the bot is sent {PHOTO}" == unmet(scene.expect.bot_was_sent, PHOTO)[0]


@pytest.mark.parametrize("failure", [*FAILURES.values(), *MISTAKEN.values()], ids=[*FAILURES, *MISTAKEN])
def test_the_bot_is_not_sent_it_by_a_delivery(scene: Scene, failure: dict[str, Any]) -> None:
    """A delivery that does not come to this visitor's bot brings it no file."""
    scene.tells("CLIENT_MESSAGE", message={"type": "PHOTO", "file": PHOTO}, **failure)

    assert f"the bot is sent {PHOTO}" == unmet(scene.expect.bot_was_sent, PHOTO)[0]


# nothing


def test_the_bot_is_told_nothing(scene: Scene) -> None:
    """Webhooks, the bot's own words and what was before tell the bot nothing."""
    scene.tells("CLIENT_MESSAGE")
    scene.when()
    scene.tells("chat_accepted")
    scene.says()

    scene.expect.bot_was_told_nothing()


@pytest.mark.parametrize("delivery", [{}, *FAILURES.values()], ids=["acknowledged", *FAILURES])
def test_the_bot_is_told_something(scene: Scene, delivery: dict[str, Any]) -> None:
    """Every event for a bot is something, whomever it is about, wherever it went and whatever became of it."""
    scene.tells("CLIENT_MESSAGE", **delivery)
    expected, came = unmet(scene.expect.bot_was_told_nothing)

    assert "the bot is told nothing" == expected
    assert came.startswith(f"jivo → bridge CLIENT_MESSAGE «{TOLD}» (")


# news


@pytest.mark.parametrize(
    ("surface", "news", "event"),
    [
        ("bot", "the chat is closed to it", "CHAT_CLOSED"),
        ("bot", "nobody is online", "AGENT_UNAVAILABLE"),
        ("webhook", "an operator accepted", "chat_accepted"),
        ("webhook", "the chat was finished", "chat_finished"),
    ],
)
def test_news(scene: Scene, surface: str, news: str, event: str) -> None:
    """Bot and webhook are told what the treaty's message of that meaning tells."""
    scene.tells("client_updated")
    told = scene.tells(event)

    assert told == scene.expect.was_told_that(surface, news)["seq"]


@pytest.mark.parametrize(
    "failure",
    [
        {"about": OTHER},
        {"client_id": GONE},
        {"status": 500},
        {"status": 0},
        {"url": WEBHOOK},
        {"label": "AGENT_UNAVAILABLE"},
    ],
    ids=str,
)
def test_news_that_do_not_reach_the_bot(scene: Scene, failure: dict[str, Any]) -> None:
    """A delivery that does not come to this visitor's bot is no news to it."""
    scene.tells("CHAT_CLOSED", **failure)
    expected, came = unmet(scene.expect.was_told_that, "bot", "the chat is closed to it")

    assert "the bot is told that the chat is closed to it" == expected
    assert came.startswith("jivo → bridge ")


@pytest.mark.parametrize(
    "failure",
    [{"about": OTHER}, {"status": 500}, {"status": 0}, {"url": f"{BOT}/{TOKEN}"}, {"label": "chat_updated"}],
    ids=str,
)
def test_news_that_do_not_reach_the_webhook(scene: Scene, failure: dict[str, Any]) -> None:
    """A call to the bot's door, of another visitor, or without success is no news to the webhook."""
    scene.tells("chat_accepted", **failure)

    assert (
        "the webhook is told that an operator accepted"
        == unmet(scene.expect.was_told_that, "webhook", "an operator accepted")[0]
    )


def test_old_news(scene: Scene) -> None:
    """What was told before the When is no news."""
    scene.tells("CHAT_CLOSED")
    scene.when()

    assert ("the bot is told that the chat is closed to it", "nothing at all") == unmet(
        scene.expect.was_told_that, "bot", "the chat is closed to it"
    )


def test_news_that_nobody_could_tell(scene: Scene) -> None:
    """A sentence that the treaty has no message for is the feature's mistake."""
    with pytest.raises(MisuseError, match="that tells that 'it rains'"):
        scene.expect.was_told_that("webhook", "it rains")


def test_the_rating(scene: Scene) -> None:
    """The bot is told the mark that was given."""
    scene.tells("CLIENT_RATED", rate__rating="goodnormal")

    scene.expect.bot_was_told_the_rating("goodnormal")


@pytest.mark.parametrize(("rating", "came"), [("good", "it was told ['good']"), (GONE, "it was told []")])
def test_another_rating(scene: Scene, rating: object, came: str) -> None:
    """Another mark, or none, is not the one that was given."""
    scene.tells("CLIENT_RATED", rate__rating=rating)

    assert ("the bot is told the rating bad", came) == unmet(scene.expect.bot_was_told_the_rating, "bad")


def test_no_rating(scene: Scene) -> None:
    """Without the event no mark is told."""
    scene.tells("CLIENT_MESSAGE")

    assert "the bot is told that the visitor rated it" == unmet(scene.expect.bot_was_told_the_rating, "bad")[0]


# what came instead


def test_what_came_instead_is_told_in_its_order(scene: Scene) -> None:
    """Crossings, facts and faults since the When are told as they happened, eight at most."""
    scene.shows("Раньше")
    scene.when()
    scene.shows("Раз")
    scene.journal.fault("called an address outside the world", address="a.test:80")
    scene.tells("CHAT_CLOSED")
    for number in range(8):
        scene.shows(f"№ {number}")
    _, came = unmet(scene.expect.bot_was_told, TOLD)

    assert [
        "the visitor saw «Раз» from the bot",
        "called an address outside the world a.test:80",
        "jivo → bridge CHAT_CLOSED (200)",
        *(f"the visitor saw «№ {number}» from the bot" for number in range(5)),
    ] == came.split("; ")
