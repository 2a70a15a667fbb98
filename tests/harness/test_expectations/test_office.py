"""What the vendor's people must be able to read in its app."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from harness.errors import BreakdownError
from tests.harness.bridge import treaty
from tests.harness.test_expectations.scene import CHANNEL, GONE, OTHER, VISITOR, WEBHOOK, unmet

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.harness.test_expectations.scene import Scene

TOLD = "Здравствуйте! Есть ли чайник на два литра?"  # by the plain CLIENT_MESSAGE
EVERYTHING = next(entry["payload"] for entry in treaty.read("webhook_answer.json") if entry["name"] == "everything")
SLIP = next(entry["payload"] for entry in treaty.read("webhook_answer.json") if entry["name"] == "cyrillic-ok")
CARD = {
    "name": "Анна Вымышленская",
    "phone": "+70000000001",
    "email": "anna@mail.test",
    "description": "Постоянный клиент",
    "crm link": "https://crm.test/cards/4001",
    "custom data": "Заказы: Последний: 1042 📦: https://crm.test/orders/1042",
}


# chat and archive


@pytest.mark.parametrize("author", ["visitor", None])
def test_the_operator_reads(scene: Scene, author: str | None) -> None:
    """A line of the chat is read, also one from before the When, from whom it must be or from anybody."""
    scene.control.has("chat", "Привет", author="visitor")
    scene.when()

    scene.expect.operator_reads("Привет", author)


def test_the_first_operator_looks_at_the_visitor_s_chat(scene: Scene) -> None:
    """Whose screen is looked at, and which chat."""
    scene.control.has("chat", "Привет", author="visitor")
    scene.expect.operator_reads("Привет", "visitor")

    assert [("operator_reads", "31", VISITOR)] == scene.control.asked


@pytest.mark.parametrize(
    ("line", "came"),
    [
        ({"text": "Привет!"}, "«Привет!» from the visitor"),
        ({"author": "bot"}, "«Привет» from the bot"),
        ({"person": OTHER}, "nothing at all"),
        ({"place": "card", "label": "description"}, "nothing at all"),
        ({"place": "archive"}, "nothing at all"),
    ],
    ids=["other words", "another's words", "another's chat", "the card", "the archive"],
)
def test_the_operator_does_not_read(scene: Scene, line: dict[str, Any], came: str) -> None:
    """Other words, another's, in another chat, or elsewhere are not that line."""
    scene.control.has(**{"place": "chat", "text": "Привет", "author": "visitor"} | line)

    assert ("the operator reads «Привет»", came) == unmet(scene.expect.operator_reads, "Привет", "visitor")


def test_the_operator_reads_now(scene: Scene) -> None:
    """What was read earlier, and is there no more, is not read."""
    scene.journal.fact("read", cause=None, place="chat", text="Привет", author="visitor", person=VISITOR)

    assert ("the operator reads «Привет»", "nothing at all") == unmet(scene.expect.operator_reads, "Привет")


def test_the_archive_holds(scene: Scene) -> None:
    """A line of the archive is found among others."""
    scene.control.has("archive", "Привет", author="visitor")
    scene.control.has("archive", "Чем помочь?", author="bot")

    scene.expect.archive_holds("Чем помочь?", "bot")


@pytest.mark.parametrize(
    ("line", "came"),
    [
        ({"text": "Чем"}, "«Чем» from the bot"),
        ({"author": "operator"}, "«Чем помочь?» from the operator"),
        ({"person": OTHER}, "nothing at all"),
        ({"place": "chat"}, "nothing at all"),
    ],
    ids=["other words", "another's words", "another's chats", "the chat"],
)
def test_the_archive_does_not_hold(scene: Scene, line: dict[str, Any], came: str) -> None:
    """Other words, another's, of another visitor, or elsewhere are not that line."""
    scene.control.has(**{"place": "archive", "text": "Чем помочь?", "author": "bot"} | line)

    assert ("the archive holds «Чем помочь?» from the bot", came) == unmet(
        scene.expect.archive_holds, "Чем помочь?", "bot"
    )


# the card


def fill(scene: Scene, *labels: str, about: str = VISITOR) -> None:
    """Fill those fields of the card as the treaty's answer has them."""
    for label in labels:
        scene.control.has("card", CARD[label], label=label, person=about)


def test_the_card_shows_the_answer(scene: Scene) -> None:
    """Everything of the answer that a card has a place for is there."""
    scene.tells("chat_accepted", answer=EVERYTHING)
    fill(scene, *CARD)

    scene.expect.card_shows_answer("everything", shown=True)


@pytest.mark.parametrize("label", [label for label in CARD if label != "custom data"])
def test_the_card_lacks_a_field(scene: Scene, label: str) -> None:
    """One field of the answer that is not there is enough."""
    scene.tells("chat_accepted", answer=EVERYTHING)
    fill(scene, *(set(CARD) - {label}))

    assert f"the card shows {CARD[label]}" == unmet(scene.expect.card_shows_answer, "everything", shown=True)[0]


def test_the_card_lacks_a_part_of_a_line(scene: Scene) -> None:
    """One part of one line for the operator that is not there is enough."""
    scene.tells("chat_accepted", answer=EVERYTHING)
    fill(scene, *(set(CARD) - {"custom data"}))
    scene.control.has("card", "Заказы: Последний: 1042 📦", label="custom data")

    assert (
        "the card shows https://crm.test/orders/1042"
        == unmet(scene.expect.card_shows_answer, "everything", shown=True)[0]
    )


@pytest.mark.parametrize("arrange", [lambda scene: fill(scene, *CARD, about=OTHER), lambda scene: scene.now])
def test_the_card_is_empty(scene: Scene, arrange: Callable[[Scene], object]) -> None:
    """Another visitor's card is not the one; the words name everything that lacks."""
    scene.tells("chat_accepted", answer=EVERYTHING)
    arrange(scene)
    expected, came = unmet(scene.expect.card_shows_answer, "everything", shown=True)

    assert "an empty card" == came
    assert all(value in expected for label, value in CARD.items() if label != "custom data")


def test_the_answer_s_words_in_the_chat_are_no_card(scene: Scene) -> None:
    """What stands in the chat stands not in the card."""
    scene.tells("chat_accepted", answer=EVERYTHING)
    for text in CARD.values():
        scene.control.has("chat", text, author="operator")

    assert "an empty card" == unmet(scene.expect.card_shows_answer, "everything", shown=True)[1]


def test_the_card_shows_nothing_of_the_answer(scene: Scene) -> None:
    """What else is in the card does not matter."""
    scene.tells("chat_accepted", answer=SLIP)
    fill(scene, "name", "phone")

    scene.expect.card_shows_answer("cyrillic-ok", shown=False)


def test_the_card_shows_something_of_the_answer(scene: Scene) -> None:
    """One value that came through is enough."""
    scene.tells("chat_accepted", answer=EVERYTHING)
    fill(scene, "phone")

    assert ("the card shows nothing of the answer", "+70000000001") == unmet(
        scene.expect.card_shows_answer, "everything", shown=False
    )


@pytest.mark.parametrize("shown", [True, False])
@pytest.mark.parametrize(
    "arrange",
    [
        lambda scene: scene.now,
        lambda scene: scene.tells("chat_accepted", answer={"result": "ok"}),
        lambda scene: scene.tells("chat_accepted", status=0),
        lambda scene: scene.tells("CHAT_CLOSED", answer=EVERYTHING),
        lambda scene: scene.tells("chat_accepted", answer=EVERYTHING, about=OTHER),
        lambda scene: (scene.tells("chat_accepted", answer=EVERYTHING), scene.when()),
    ],
    ids=["at all", "so", "at last", "as a webhook", "of this visitor", "since the When"],
)
def test_the_webhook_never_answered(scene: Scene, arrange: Callable[[Scene], object], *, shown: bool) -> None:
    """Without that answer the card can neither show it nor keep it back."""
    arrange(scene)
    if shown:
        fill(scene, *CARD)

    assert (
        "the webhook answers with 'everything'" == unmet(scene.expect.card_shows_answer, "everything", shown=shown)[0]
    )


@pytest.mark.parametrize("shown", [True, False])
@pytest.mark.parametrize("name", ["ok", "empty-object", "offer-to-assign"])
def test_an_answer_without_anything_for_the_card(scene: Scene, name: str, *, shown: bool) -> None:
    """A sentence about an answer that says nothing is the feature's mistake, and proves nothing."""
    scene.tells("chat_accepted")
    with pytest.raises(BreakdownError, match=f"webhook answer '{name}' holds nothing that a card could show"):
        scene.expect.card_shows_answer(name, shown=shown)


# settings


def lists(scene: Scene, label: str, text: str, **details: Any) -> None:
    """Let the settings list something."""
    scene.control.has("settings", text, label=label, **details)


def test_the_bot_stands_among_the_connected_systems(scene: Scene) -> None:
    """It stands there once; channels are no systems."""
    lists(scene, "connected system", "Бот")
    lists(scene, "channel", "widget", channel=CHANNEL)

    scene.expect.connected_system_stands()


@pytest.mark.parametrize("number", [0, 2])
def test_the_bot_does_not_stand_there_once(scene: Scene, number: int) -> None:
    """Never is too few, and twice too many."""
    lists(scene, "channel", "widget", channel=CHANNEL)
    for _ in range(number):
        lists(scene, "connected system", "Бот")

    assert ("the bot stands among the connected systems", f"{number} stand there") == unmet(
        scene.expect.connected_system_stands
    )


def test_the_bot_is_told_of_the_channel(scene: Scene) -> None:
    """It learns kind and id, and the id is the one that the settings show for the newest channel of that kind."""
    for kind, identity in (("widget", "1"), ("telegram", "2"), ("telegram", "3")):
        lists(scene, "channel", kind, channel=identity)
    scene.tells("CLIENT_MESSAGE", channel={"id": "3", "type": "telegram"})

    scene.expect.bot_was_told_of_channel(TOLD, "telegram")


@pytest.mark.parametrize(
    ("listed", "channel"),
    [
        ([("widget", "1"), ("telegram", "2")], {"id": "1", "type": "telegram"}),
        ([("widget", "1"), ("telegram", "2")], {"id": "2", "type": "widget"}),
        ([("widget", "1"), ("telegram", "2")], {"id": "2"}),
        ([("widget", "1"), ("telegram", "2")], {"type": "telegram"}),
        ([("widget", "1"), ("telegram", "2")], GONE),
        ([("widget", "2"), ("telegram", "2")], {"id": "2", "type": "telegram"}),
        ([("widget", "1")], {"type": "telegram"}),
        ([("widget", "1")], {"id": "2", "type": "telegram"}),
        ([], {"type": "telegram"}),
    ],
    ids=str,
)
def test_the_bot_is_told_of_another_channel(scene: Scene, listed: list[tuple[str, str]], channel: object) -> None:
    """Another id, another kind, none, one that others have, or a channel that the settings do not show is wrong."""
    for kind, identity in listed:
        lists(scene, "channel", kind, channel=identity)
    scene.tells("CLIENT_MESSAGE", channel=channel)

    assert (
        f"the bot is told the channel telegram, of {listed}"
        == unmet(scene.expect.bot_was_told_of_channel, TOLD, "telegram")[0]
    )


def test_the_bot_is_told_of_no_channel(scene: Scene) -> None:
    """Without the words nothing is told."""
    lists(scene, "channel", "telegram", channel="2")
    scene.tells("CLIENT_MESSAGE", channel={"id": "2", "type": "telegram"}, url=WEBHOOK)

    assert f"the bot is told «{TOLD}»" == unmet(scene.expect.bot_was_told_of_channel, TOLD, "telegram")[0]


# the order in the chat, the head of the dialogue, and what else the archive keeps


@pytest.mark.parametrize(
    ("lines", "came"),
    [
        ((), "nothing at all"),
        (("Раз",), "Раз"),
        (("Два",), "Два"),
        (("Два", "Раз"), "Два; Раз"),
    ],
    ids=["neither", "the first alone", "the second alone", "the other way round"],
)
def test_the_operator_does_not_read_in_order(scene: Scene, lines: tuple[str, ...], came: str) -> None:
    """Both lines stand in the chat, the first before the second; the card is no chat."""
    for text in lines:
        scene.control.has("chat", text, author="visitor")
    scene.control.has("card", "Раз", label="name")
    scene.control.has("card", "Два", label="email")

    assert ("the operator reads «Раз», then «Два»", came) == unmet(scene.expect.operator_reads_in_order, "Раз", "Два")


@pytest.mark.parametrize(
    "line",
    [
        {"place": "card", "text": "Анна", "label": "email"},
        {"place": "card", "text": "Анна В.", "label": "name"},
        {"place": "card", "text": "Анна", "label": "name", "person": OTHER},
        {"place": "chat", "text": "Анна", "label": "name", "author": "visitor"},
    ],
    ids=["another label", "another text", "another's", "in the chat"],
)
def test_the_head_does_not_show(scene: Scene, line: dict[str, Any]) -> None:
    """Label and text stand together at the head of the visitor's dialogue."""
    scene.control.has(**line)

    assert "the head of the dialogue shows name: «Анна»" == unmet(scene.expect.head_shows, "name", "Анна")[0]


@pytest.mark.parametrize(
    "line",
    [
        {"place": "card", "text": "crm 4001", "label": "name"},
        {"place": "card", "text": "что-то", "label": "crm"},
        {"place": "chat", "text": "ваш crm", "author": "bot"},
    ],
    ids=["in the text", "as the label", "in the chat"],
)
def test_the_head_shows_something_of_it(scene: Scene, line: dict[str, Any]) -> None:
    """A part of a text or a label, at the head or in the chat, is something of it."""
    scene.control.has(**line)

    assert "the operator sees nothing of «crm»" == unmet(scene.expect.head_shows_nothing_of, "crm")[0]


def test_the_head_shows_nothing_of_it(scene: Scene) -> None:
    """Other lines, another's head and the archive are nothing of it."""
    scene.control.has("card", "Анна", label="name")
    scene.control.has("card", "crm", label="name", person=OTHER)
    scene.control.has("archive", "crm", label="crm")

    scene.expect.head_shows_nothing_of("crm")


@pytest.mark.parametrize(
    "line",
    [
        {"place": "archive", "text": "4001", "label": "crm"},
        {"place": "archive", "text": "4002", "label": "crm_id"},
        {"place": "archive", "text": "4001", "label": "crm_id", "person": OTHER},
        {"place": "archive", "text": "4001"},
        {"place": "card", "text": "4001", "label": "crm_id"},
    ],
    ids=["another label", "another text", "another's", "no label", "in the card"],
)
def test_the_archive_does_not_show(scene: Scene, line: dict[str, Any]) -> None:
    """Label and text stand together in the archive of the visitor."""
    scene.control.has(**line)

    assert "the archive shows crm_id: «4001»" == unmet(scene.expect.archive_shows, "crm_id", "4001")[0]
