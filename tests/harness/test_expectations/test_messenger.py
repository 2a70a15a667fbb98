"""What visitors who live elsewhere must see, and what their chat-centre must tell of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.harness.test_expectations.scene import BOT_TOKEN, CLIENT, OTHER, unmet

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.harness.test_expectations.scene import MirroredScene

AVAILABILITY = "an operator's availability changed"


# on the screen


@pytest.mark.parametrize("name", ["Оператор 1", "Ник 1"])
def test_the_bridge_announces_who_joined(mirrored: MirroredScene, name: str) -> None:
    """Any name by which the vendor knows the operator does."""
    mirrored.shows(f"Оператор {name} подключился к диалогу")

    mirrored.expect.visitor_read_that_joined(1)


@pytest.mark.parametrize(
    "shown",
    [
        {"text": "Оператор Ник 2 подключился к диалогу"},
        {"text": "К чату присоединился Ник 1"},
        {"text": "Оператор Ник 1 подключился к диалогу", "person": OTHER},
        {"text": "Оператор Ник 1 подключился к диалогу", "author": "visitor"},
    ],
    ids=str,
)
def test_the_bridge_does_not_announce_who_joined(mirrored: MirroredScene, shown: dict[str, Any]) -> None:
    """Another name, other words, or another's screen announce nothing to the visitor."""
    mirrored.shows(**shown)

    assert (
        "the visitor sees «Оператор Ник 1 подключился к диалогу» or «Оператор Оператор 1 подключился к диалогу»"
        == unmet(mirrored.expect.visitor_read_that_joined, 1)[0]
    )


@pytest.mark.parametrize("token", [BOT_TOKEN, "700%3Atelegram"])
def test_he_sees_it_in_his_account(mirrored: MirroredScene, token: str) -> None:
    """The call that brought it bears the account's token, however it is written."""
    mirrored.shows("Привет", cause=mirrored.messages("Привет", token))

    mirrored.expect.visitor_saw_in_account("Привет")


@pytest.mark.parametrize(
    ("arrange", "came"),
    [
        (
            lambda scene: scene.shows("Привет", cause=scene.messages("Привет", "701:telegram")),
            "bridge → telegram sendMessage «Привет» (200)",
        ),
        (lambda scene: scene.shows("Привет"), "elsewhere"),
        (lambda scene: (scene.messages("Привет"), scene.shows("Привет")), "elsewhere"),
    ],
    ids=["another account", "by nobody", "by another call"],
)
def test_he_sees_it_in_another_account(
    mirrored: MirroredScene, arrange: Callable[[MirroredScene], object], came: str
) -> None:
    """What another account's call brought, or nobody's, is not in his own."""
    arrange(mirrored)

    assert ("the visitor sees «Привет» in his own account", came) == unmet(
        mirrored.expect.visitor_saw_in_account, "Привет"
    )


def test_he_sees_it_once_it_was_taken(mirrored: MirroredScene) -> None:
    """The announcement follows the choice of a group that the vendor took; one that it refused is no matter."""
    mirrored.calls("selectDestination", status=400)
    mirrored.now = 1.0
    mirrored.calls("selectDestination")
    mirrored.shows("Зову")

    mirrored.expect.visitor_saw_in_time("Зову")


@pytest.mark.parametrize("status", [None, 400, 0, 200])
def test_he_sees_it_before_it_was_taken(mirrored: MirroredScene, status: int | None) -> None:
    """No choice, a refused one, or one that is taken later is too early for the announcement."""
    if status in {400, 0}:
        mirrored.calls("selectDestination", status=status)
    mirrored.shows("Зову")
    mirrored.now = 1.0
    if status == 200:
        mirrored.calls("selectDestination")

    assert (
        "the visitor sees «Зову» after the vendor has taken it"
        == (unmet(mirrored.expect.visitor_saw_in_time, "Зову")[0])
    )


@pytest.mark.parametrize("form", ["photo", "video", "audio", "voice", "document"])
def test_he_is_shown_a_file(mirrored: MirroredScene, form: str) -> None:
    """Each of the media is a file."""
    mirrored.shows("", form=form)

    mirrored.expect.visitor_was_shown_a_file()


@pytest.mark.parametrize(
    "shown", [{"form": "text"}, {"form": "location"}, {"author": "visitor"}, {"person": OTHER}], ids=str
)
def test_he_is_shown_no_file(mirrored: MirroredScene, shown: dict[str, Any]) -> None:
    """Words, a place, his own file or another's are none for him."""
    mirrored.shows(**{"text": "", "form": "photo"} | shown)

    assert "the visitor is shown a file" == unmet(mirrored.expect.visitor_was_shown_a_file)[0]


# in the office


@pytest.mark.parametrize(("author", "text"), [("bot", "🤖 Бот\nДа"), ("visitor", "🙂 Лид\nДа")])
@pytest.mark.parametrize("place", ["chat", "archive"])
def test_what_was_passed_on_is_the_visitor_s(mirrored: MirroredScene, place: str, author: str, text: str) -> None:
    """Words of visitor and bot stand below their title, and the vendor takes all for the visitor's."""
    mirrored.control.has(place, text, author="visitor")

    {"chat": mirrored.expect.operator_reads, "archive": mirrored.expect.archive_holds}[place]("Да", author)


@pytest.mark.parametrize(
    "line",
    [
        {"text": "Да", "author": "bot"},
        {"text": "🙂 Лид\nДа", "author": "visitor"},
        {"text": "🤖 Бот\nДа", "author": "operator"},
        {"text": "🤖 Бот\nДа", "author": "visitor", "person": "u-18"},
    ],
    ids=str,
)
@pytest.mark.parametrize("place", ["chat", "archive"])
def test_what_stands_without_its_title_is_not_it(mirrored: MirroredScene, place: str, line: dict[str, Any]) -> None:
    """Without the title, below another's, from another or of another it is something else."""
    mirrored.control.has(place, **line)

    unmet({"chat": mirrored.expect.operator_reads, "archive": mirrored.expect.archive_holds}[place], "Да", "bot")


def test_an_operator_s_words_have_no_title(mirrored: MirroredScene) -> None:
    """The vendor knows its own people."""
    mirrored.control.has("chat", "Да", author="operator")

    mirrored.expect.operator_reads("Да", "operator")


def test_order_is_told_without_titles(mirrored: MirroredScene) -> None:
    """The titles above two lines are no part of them."""
    mirrored.control.has("chat", "🤖 Бот\nРаз", author="visitor")
    mirrored.control.has("chat", "Два", author="operator")

    mirrored.expect.operator_reads_in_order("Раз", "Два")
    assert ("the operator reads «Два», then «Раз»", "Раз; Два") == unmet(
        mirrored.expect.operator_reads_in_order, "Два", "Раз"
    )


def test_he_waits_in_the_second_group(mirrored: MirroredScene) -> None:
    """The place of a group is that in the vendor's list."""
    mirrored.calls("selectDestination", "second-group")
    mirrored.goes_to("queue", about=CLIENT, vendor="livetex")

    mirrored.expect.waits_in_group(2)


@pytest.mark.parametrize(
    ("sample", "status", "owner", "came"),
    [
        ("second-group", 200, "queue", "['70012'] was chosen"),
        ("least", 400, "queue", "bridge → livetex selectDestination (400); owner queue"),
        ("least", 200, "operator", "bridge → livetex selectDestination (200); owner operator"),
    ],
    ids=["another group", "refused", "not in the queue"],
)
def test_he_does_not_wait_in_the_group(
    mirrored: MirroredScene, sample: str, status: int, owner: str, came: str
) -> None:
    """The bridge must choose that group, the vendor take it, and the dialogue come to the queue."""
    mirrored.calls("selectDestination", sample, status=status)
    mirrored.goes_to(owner, about=CLIENT, vendor="livetex")

    assert ("the visitor waits in the group 70011, number 1 of ['70011', '70012']", came) == unmet(
        mirrored.expect.waits_in_group, 1
    )


def test_the_dialogue_stays_with_the_operator(mirrored: MirroredScene) -> None:
    """It is the dialogue at the chat-centre, by the id that it has there."""
    mirrored.goes_to("operator", about=CLIENT, vendor="livetex")
    mirrored.goes_to("bot")
    mirrored.when()

    mirrored.expect.stays_with_operator()


# what the bridge is told


@pytest.mark.parametrize(
    ("event", "news", "word", "came"),
    [
        ("TextMessage", "an operator wrote", "operator", "['9001']"),
        ("HoldMessage", "a holding text was sent", "secret", "['wk-5f2b7c']"),
    ],
)
def test_something_is_told_with_it(mirrored: MirroredScene, event: str, news: str, word: str, came: str) -> None:
    """What it must be told without stands nowhere in it."""
    mirrored.hears(event)

    assert (f"the webhook is told that {news}, without {word}", f"{word}: {came}") == unmet(
        mirrored.expect.was_told_without, "webhook", news, word
    )


@pytest.mark.parametrize("status", [400, 0])
def test_it_is_told_nothing_at_all(mirrored: MirroredScene, status: int) -> None:
    """An event that was not taken is not told, with or without anything."""
    mirrored.hears("HoldMessage", status=status)

    assert (
        "the webhook is told that a holding text was sent"
        == (unmet(mirrored.expect.was_told_without, "webhook", "a holding text was sent", "operator")[0])
    )


@pytest.mark.parametrize(
    "arrange",
    [
        lambda scene: scene.hears("EmployeeAvailabilityChanged"),
        lambda scene: scene.hears("TextMessage", user_id="u-18"),
        lambda scene: scene.calls("sendText"),
        lambda scene: (scene.hears("TextMessage"), scene.when()),
    ],
    ids=["of nobody", "of another", "by the bridge", "before the When"],
)
def test_the_webhook_is_told_nothing_of_him(
    mirrored: MirroredScene, arrange: Callable[[MirroredScene], object]
) -> None:
    """Events of others and of nobody are no events of the dialogue."""
    arrange(mirrored)

    mirrored.expect.webhook_was_told_nothing_of_visitor()


@pytest.mark.parametrize(("status", "came"), [(200, "200"), (400, "400"), (0, "no answer within 3 s")])
def test_the_webhook_is_told_of_him(mirrored: MirroredScene, status: int, came: str) -> None:
    """Every attempt is one, whatever came of it."""
    mirrored.hears("Closed", status=status)

    assert ("the webhook is told nothing of the dialogue", f"livetex → bridge Closed ({came})") == unmet(
        mirrored.expect.webhook_was_told_nothing_of_visitor
    )


def test_the_webhook_is_told_of_reading(mirrored: MirroredScene) -> None:
    """Any id by which the vendor took the words does, and the reader is the one who is named."""
    mirrored.ids["Привет"] = ["m-1", "m-2"]
    mirrored.hears("MessageDelivered", "first-name-only", message_id="m-2")

    mirrored.expect.webhook_was_told_of_reading("Привет", 2)


@pytest.mark.parametrize(
    ("event", "sample", "changes", "status"),
    [
        ("MessageDelivered", "read", {}, 200),
        ("MessageDelivered", "read", {"message_id": "m-1", "user_id": "u-18"}, 200),
        ("MessageDelivered", "read", {"message_id": "m-1"}, 500),
        ("MessageDelivered", "first-name-only", {"message_id": "m-1"}, 200),
        ("MessageDelivered", "nobody-named", {"message_id": "m-1"}, 200),
        ("TextMessage", "operator-wrote", {"id": "m-1"}, 200),
    ],
    ids=["another message", "another visitor", "not taken", "another reader", "no reader", "another event"],
)
def test_the_webhook_is_not_told_of_reading(
    mirrored: MirroredScene, event: str, sample: str, changes: dict[str, Any], status: int
) -> None:
    """Message, visitor and reader must all be right, and the event taken."""
    mirrored.hears(event, sample, status=status, **changes)

    assert (
        "the webhook is told that Оператор 1 has read «Привет»"
        == (unmet(mirrored.expect.webhook_was_told_of_reading, "Привет", 1)[0])
    )


@pytest.mark.parametrize(
    ("arrange", "came"),
    [
        (lambda scene: scene.now, "never"),
        (lambda scene: scene.hears("EmployeeAvailabilityChanged"), ["200"]),
        (lambda scene: [scene.hears("EmployeeAvailabilityChanged") for _ in range(3)], ["200"] * 3),
        (
            lambda scene: [scene.hears("EmployeeAvailabilityChanged", status=status) for status in (200, 500)],
            ["200"],
        ),
        (
            lambda scene: [
                scene.hears("EmployeeAvailabilityChanged", name) for name in ("came-online", "unknown-keys")
            ],
            ["200"] * 2,
        ),
        (lambda scene: [scene.hears("TextMessage") for _ in range(2)], "never"),
    ],
    ids=["never", "once", "too often", "one not taken", "one of a visitor", "another event"],
)
def test_the_webhook_is_told_otherwise_often(
    mirrored: MirroredScene, arrange: Callable[[MirroredScene], object], came: str | list[str]
) -> None:
    """Fewer or more than that were taken, or one that names a visitor, is something else."""
    arrange(mirrored)
    told = (
        came
        if isinstance(came, str)
        else "; ".join(f"livetex → bridge EmployeeAvailabilityChanged ({s})" for s in came)
    )

    assert (f"the webhook is told 2 times that {AVAILABILITY}", told) == unmet(
        mirrored.expect.webhook_was_told_times, AVAILABILITY, 2, free=False
    )


def test_the_webhook_is_told_whether_he_is_free(mirrored: MirroredScene) -> None:
    """That an operator can take more is other news than that he cannot."""
    mirrored.hears("EmployeeAvailabilityChanged")

    mirrored.expect.webhook_was_told_times(AVAILABILITY, 1, free=False)
    assert ("the webhook is told that he can take more", "[[False]]") == unmet(
        mirrored.expect.webhook_was_told_times, AVAILABILITY, 1, free=True
    )
