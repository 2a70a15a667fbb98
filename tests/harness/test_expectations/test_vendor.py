"""What the vendor must have done with what it was sent, and how it must have spoken."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from harness.errors import BreakdownError, MisuseError
from harness.targets.probe import Answer
from tests.harness.test_expectations.scene import CHANNEL, GONE, OTHER, VISITOR, unmet

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.harness.test_expectations.scene import Scene

SAID = "Здравствуйте! Чайник на два литра есть в наличии."  # by the plain BOT_MESSAGE
INVALID = {"error": {"code": "invalid_request", "message": "chat_id is missing"}}
CLIENT = {"error": {"code": "invalid_client", "message": "unknown token"}}
CARD = {"visitor__name": "Анна", "visitor__phone": "+70001", "visitor__email": "a@mail.test"}


# whose the dialogue is


def test_it_went_to_the_queue(scene: Scene) -> None:
    """The last who got the dialogue since the When has it."""
    scene.goes_to("operator")
    scene.goes_to("queue")

    scene.expect.went_to("queue", "the visitor waits")


@pytest.mark.parametrize(
    ("arrange", "came"),
    [
        (lambda scene: scene.now, "nothing at all"),
        (lambda scene: scene.goes_to("operator"), "owner operator"),
        (lambda scene: (scene.goes_to("queue"), scene.goes_to("bot")), "owner queue; owner bot"),
        (lambda scene: scene.goes_to("queue", about=OTHER), "owner queue"),
        (lambda scene: (scene.goes_to("queue"), scene.goes_to("bot", about=OTHER), scene.when()), "nothing at all"),
    ],
    ids=["it stayed", "elsewhere", "and away", "another's", "before the When"],
)
def test_it_did_not_go_to_the_queue(scene: Scene, arrange: Callable[[Scene], object], came: str) -> None:
    """A dialogue that stayed, went elsewhere or on, or is another's, has not come to the queue."""
    arrange(scene)

    assert ("the visitor waits", came) == unmet(scene.expect.went_to, "queue", "the visitor waits")


def test_another_s_way_is_no_way_of_his(scene: Scene) -> None:
    """Where another's dialogue goes later takes nothing from it."""
    scene.goes_to("queue")
    scene.goes_to("bot", about=OTHER)

    scene.expect.went_to("queue", "the visitor waits")


@pytest.mark.parametrize(
    "arrange",
    [
        lambda scene: scene.now,
        lambda scene: (scene.goes_to("operator"), scene.goes_to("bot"), scene.when()),
        lambda scene: scene.goes_to("queue", about=OTHER),
    ],
    ids=["from the beginning", "again", "another's went"],
)
def test_it_stays_with_the_bot(scene: Scene, arrange: Callable[[Scene], object]) -> None:
    """The bot has the dialogue at first, or has it back."""
    arrange(scene)

    scene.expect.stays_with_bot()


@pytest.mark.parametrize(
    ("arrange", "owner"),
    [
        (lambda scene: scene.goes_to("queue"), "queue"),
        (lambda scene: (scene.goes_to("queue"), scene.goes_to("bot")), "bot"),
        (lambda scene: (scene.goes_to("operator"), scene.when()), "operator"),
        (lambda scene: (scene.goes_to("closed"), scene.when()), "closed"),
    ],
    ids=["it goes", "it goes and comes", "an operator has it", "nobody has it"],
)
def test_it_does_not_stay_with_the_bot(scene: Scene, arrange: Callable[[Scene], object], owner: str) -> None:
    """A dialogue that went anywhere since the When, or was not the bot's before, does not stay with it."""
    arrange(scene)

    assert ("the dialogue stays with the bot", f"it went to the {owner}") == unmet(scene.expect.stays_with_bot)


@pytest.mark.parametrize(
    ("arrange", "owner"),
    [
        (lambda scene: scene.now, "bot"),
        (lambda scene: scene.goes_to("operator"), "operator"),
        (lambda scene: (scene.goes_to("operator"), scene.when(), scene.goes_to("bot")), "bot"),
        (lambda scene: (scene.goes_to("operator"), scene.goes_to("closed"), scene.when()), "closed"),
        (lambda scene: (scene.goes_to("queue"), scene.when()), "queue"),
        (lambda scene: (scene.goes_to("operator", about=OTHER), scene.when()), "bot"),
    ],
    ids=["from the beginning", "it just came", "it went", "it was closed", "it waits", "another's"],
)
def test_it_does_not_stay_with_the_operator(scene: Scene, arrange: Callable[[Scene], object], owner: str) -> None:
    """An operator must have had the visitor's dialogue before the When, and nothing may have moved it since."""
    arrange(scene)

    assert ("the dialogue stays with the operator", f"it went to the {owner}") == unmet(
        scene.expect.stays_with_operator
    )


def test_it_stays_with_the_operator(scene: Scene) -> None:
    """Where another's dialogue goes is no matter."""
    scene.goes_to("operator")
    scene.when()
    scene.goes_to("bot", about=OTHER)

    scene.expect.stays_with_operator()


@pytest.mark.parametrize(
    ("owner", "details"),
    [("operator", {}), ("queue", {"vendor": "livetex"}), ("queue", {"about": OTHER})],
    ids=["not in the queue", "at another vendor", "another's"],
)
def test_he_does_not_wait_there(scene: Scene, owner: str, details: dict[str, str]) -> None:
    """It is his own dialogue at that vendor that waits."""
    scene.goes_to(owner, **details)  # type: ignore[arg-type]  # no cause among them

    assert ("the visitor waits for an operator of jivo", f"owner {owner}") == unmet(scene.expect.waits_at, "jivo")


# what became of the bot's words


def test_the_vendor_takes_it(scene: Scene) -> None:
    """Success, as the probe itself heard it, is taking."""
    scene.says()

    scene.expect.took_it()


@pytest.mark.parametrize("status", [202, 400, 500])
def test_the_vendor_does_not_take_it(scene: Scene, status: int) -> None:
    """Whatever else the vendor answers, the last answer counts."""
    scene.says()
    scene.says(status=status)

    assert ("the vendor takes it", f"it answered {status}") == unmet(scene.expect.took_it)


def test_the_vendor_refuses_it(scene: Scene) -> None:
    """Status and code are those of the treaty's error; its words are free."""
    scene.says(status=400, answer={"error": {"code": "invalid_request", "message": "нет"}})

    scene.expect.refused_as("invalid-request")


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (200, INVALID),
        (401, INVALID),
        (400, CLIENT),
        (400, {"error": {}}),
        (400, {"code": "invalid_request"}),
        (400, {}),
        (400, None),
        (400, "invalid_request"),
        (400, [INVALID]),
    ],
    ids=str,
)
def test_the_vendor_refuses_it_otherwise(scene: Scene, status: int, answer: Any) -> None:
    """Another status, another code or none is another answer."""
    scene.says(status=status, answer=answer)

    assert (f"it is refused with 400 {INVALID}", f"{status} {answer}") == unmet(
        scene.expect.refused_as, "invalid-request"
    )


def test_the_last_answer_is_the_refusal(scene: Scene) -> None:
    """An earlier refusal is not the answer to what was said last."""
    scene.says(status=401, answer=CLIENT)
    scene.says()

    assert "200 None" == unmet(scene.expect.refused_as, "invalid-client")[1]


@pytest.mark.parametrize("verb", ["takes", "refuses"])
@pytest.mark.parametrize(
    "arrange",
    [
        lambda scene: scene.now,
        lambda scene: scene.tells("CLIENT_MESSAGE"),
        lambda scene: (scene.says(), scene.when()),
        lambda scene: (scene.says(status=400, answer=INVALID), scene.when(), scene.tells("CLIENT_MESSAGE")),
        lambda scene: (scene.probe.answers.append(Answer(200, {})), scene.when()),
    ],
    ids=["never", "but it heard", "before the When", "then it heard", "nowhere"],
)
def test_the_probe_said_nothing(scene: Scene, arrange: Callable[[Scene], object], verb: str) -> None:
    """Where the probe has said nothing since the When, nothing was taken or refused."""
    arrange(scene)
    takes, refuses = scene.expect.took_it, partial(scene.expect.refused_as, "invalid-request")
    expectation: Callable[[], None] = takes if verb == "takes" else refuses
    with pytest.raises(BreakdownError, match="The probe has said nothing since the When"):
        expectation()


@pytest.mark.parametrize("status", [400, 403, 499])
def test_the_bot_s_call_is_refused(scene: Scene, status: int) -> None:
    """One call since the When, answered with any 4xx."""
    scene.says()
    scene.when()
    scene.tells("CLIENT_MESSAGE")
    scene.says(status=status)

    scene.expect.call_was_refused()


@pytest.mark.parametrize(
    ("statuses", "came"),
    [
        ((), "it made none"),
        ((200,), f"bridge → jivo BOT_MESSAGE «{SAID}» (200)"),
        ((399,), f"bridge → jivo BOT_MESSAGE «{SAID}» (399)"),
        ((500,), f"bridge → jivo BOT_MESSAGE «{SAID}» (500)"),
        ((400, 400), "; ".join([f"bridge → jivo BOT_MESSAGE «{SAID}» (400)"] * 2)),
        ((400, 200), f"bridge → jivo BOT_MESSAGE «{SAID}» (400); bridge → jivo BOT_MESSAGE «{SAID}» (200)"),
    ],
    ids=str,
)
def test_the_bot_s_call_is_not_refused(scene: Scene, statuses: tuple[int, ...], came: str) -> None:
    """No call, another answer, or a call that is made again is not one refusal; events are no calls."""
    scene.says(status=400)
    scene.when()
    scene.tells("CLIENT_MESSAGE", status=400)
    for status in statuses:
        scene.says(status=status)

    assert ("the bot's call is refused, once", came) == unmet(scene.expect.call_was_refused)


def test_no_such_error(scene: Scene) -> None:
    """An error that the treaty has not is the feature's mistake."""
    with pytest.raises(MisuseError, match="has no sample 'teapot' of error"):
        scene.expect.refused_as("teapot")


# silence


def test_silence(scene: Scene) -> None:
    """What was before the When is no noise."""
    scene.tells("CHAT_CLOSED")
    scene.shows("Привет")
    scene.when()

    scene.expect.nothing_else()


def test_noise(scene: Scene) -> None:
    """What nobody expected is told, crossings first, and no more than five of it."""
    scene.shows("Привет")
    scene.journal.fault("called an address outside the world", address="a.test:80")
    for _ in range(4):
        scene.tells("CHAT_CLOSED")

    assert (
        "nothing else happens",
        "; ".join([*["jivo → bridge CHAT_CLOSED (200)"] * 4, "the visitor saw «Привет» from the bot"]),
    ) == unmet(scene.expect.nothing_else)


def test_noise_in_the_last_window(scene: Scene) -> None:
    """Silence is kept for one more quiet window."""
    scene.late.append(lambda: scene.shows("Ещё"))

    assert ("nothing else happens", "the visitor saw «Ещё» from the bot") == unmet(scene.expect.nothing_else)


# how it speaks


def test_every_message_keeps_to_the_treaty(scene: Scene) -> None:
    """What the bot sends is not the vendor's."""
    scene.tells("CLIENT_MESSAGE")
    scene.tells("chat_accepted", status=0)
    scene.says(status=400, answer=INVALID)
    scene.journal.lines[-1]["violations"] = ["/message: missing"]

    scene.expect.every_message_keeps_to_the_treaty()


def test_a_message_breaks_the_treaty(scene: Scene) -> None:
    """One message that breaks its schema is enough, also before the When, and all its faults are told."""
    scene.tells("CLIENT_MESSAGE")
    scene.tells("chat_accepted", violations=("/agent: missing", "/chat_id: no integer"))
    scene.when()
    scene.tells("CLIENT_MESSAGE")

    assert ("chat_accepted keeps to the treaty", "/agent: missing; /chat_id: no integer") == unmet(
        scene.expect.every_message_keeps_to_the_treaty
    )


@pytest.mark.parametrize(
    ("label", "came"), [("CLIENT_WORDS", "jivo → bridge CLIENT_WORDS"), ("", "jivo → bridge something")]
)
def test_a_message_is_none_of_the_treaty_s(scene: Scene, label: str, came: str) -> None:
    """A message that the treaty does not know keeps to nothing."""
    scene.tells("CHAT_CLOSED", label=label)

    assert ("every message is one of the treaty's", f"{came} (200)") == unmet(
        scene.expect.every_message_keeps_to_the_treaty
    )


def test_every_message_names_alike(scene: Scene) -> None:
    """Numbers and strings of the same digits name the same, on every surface; a message may name no dialogue."""
    scene.tells("CLIENT_MESSAGE")
    scene.tells("chat_accepted")
    scene.tells("client_updated")

    scene.expect.every_message_names_alike()


@pytest.mark.parametrize(
    ("message", "word", "came"),
    [
        ({"event": "CHAT_CLOSED", "client_id": OTHER}, "person", "4001, 4002"),
        ({"event": "CLIENT_MESSAGE", "sender__id": 4002}, "person", "4001, 4002"),
        ({"event": "chat_accepted", "visitor__number": "04001"}, "person", "04001, 4001"),
        ({"event": "client_updated", "visitor__number": 4002}, "person", "4001, 4002"),
        ({"event": "chat_accepted", "chat_id": 9002}, "dialogue", "9001, 9002"),
        ({"event": "CHAT_CLOSED", "chat_id": "9002"}, "dialogue", "9001, 9002"),
    ],
    ids=str,
)
def test_a_message_names_otherwise(scene: Scene, message: dict[str, Any], word: str, came: str) -> None:
    """One other name, in one place of one message, also before the When, is enough."""
    scene.tells(**message)
    scene.when()
    scene.tells("CLIENT_MESSAGE")

    assert (f"every message names the {word} alike", f"they name {came}") == unmet(
        scene.expect.every_message_names_alike
    )


@pytest.mark.parametrize(
    ("changes", "word", "came"),
    [
        ({"client_id": OTHER}, "person", "4002"),
        ({"client_id": GONE}, "person", "none"),
        ({"chat_id": GONE}, "dialogue", "none"),
    ],
    ids=str,
)
def test_no_message_names_the_visitor(scene: Scene, changes: dict[str, Any], word: str, came: str) -> None:
    """Messages that are at one about somebody else, or name nobody, do not name the visitor and the dialogue."""
    scene.tells("CHAT_CLOSED", **changes)

    assert (f"every message names the {word} alike", f"they name {came}") == unmet(
        scene.expect.every_message_names_alike
    )


@pytest.mark.parametrize("verb", ["every_message_keeps_to_the_treaty", "every_message_names_alike"])
def test_no_message_at_all(scene: Scene, verb: str) -> None:
    """Where the vendor sent nothing, it is not seen how it speaks."""
    scene.says()
    with pytest.raises(BreakdownError, match="The vendor has sent nothing in this scenario"):
        getattr(scene.expect, verb)()


# the card


def arrives(scene: Scene, name: str = "Анна", about: str = VISITOR) -> None:
    """Let a visitor come."""
    scene.journal.act("visitor", "arrives", vendor="jivo", person=about, name=name)


def edits(scene: Scene, about: str = VISITOR, **contacts: str) -> None:
    """Let an operator edit a card."""
    scene.journal.act("operator", "edits_card", vendor="jivo", person=about, by="31", **contacts)


def webhook(scene: Scene, event: str = "chat_accepted", **changes: Any) -> None:
    """Let the webhook be told, by default with an empty card."""
    empty = {"visitor__name": None, "visitor__phone": None, "visitor__email": None}
    scene.tells(event, **empty | changes)


def test_every_webhook_has_the_card(scene: Scene) -> None:
    """Each has what was filled when it set out, no more and no less; others' names and contacts are not his."""
    arrives(scene)
    scene.journal.act("operator", "comes_online", vendor="jivo", person="31", name="Ольга")
    arrives(scene, "Олег", OTHER)
    edits(scene, OTHER, phone="+70009")
    webhook(scene, visitor__name="Анна")
    edits(scene, phone="+70001")
    webhook(scene, "chat_updated", visitor__name="Анна", visitor__phone="+70001")
    edits(scene, phone="+70002", email="a@mail.test")
    webhook(scene, "chat_finished", visitor__name="Анна", visitor__phone="+70002", visitor__email="a@mail.test")

    scene.expect.every_webhook_has_the_card()


def test_an_unnamed_visitor_has_an_empty_card(scene: Scene) -> None:
    """Who gave no name has none."""
    scene.journal.act("visitor", "arrives", vendor="jivo", person=VISITOR)
    webhook(scene)

    scene.expect.every_webhook_has_the_card()


@pytest.mark.parametrize(
    "changes",
    [
        {"visitor__name": None},
        {"visitor__name": "Олег"},
        {"visitor__phone": GONE},
        {"visitor__phone": "+70002"},
        {"visitor__email": "a@mail.test"},
        {"widget_id": "1"},
        {"widget_id": GONE},
    ],
    ids=str,
)
def test_a_webhook_has_another_card(scene: Scene, changes: dict[str, Any]) -> None:
    """What lacks, what is another's, and what nobody filled in is told; one webhook is enough, also an early one."""
    arrives(scene)
    edits(scene, phone="+70001")
    right = {"visitor__name": "Анна", "visitor__phone": "+70001"}
    webhook(scene, **right | changes)
    scene.when()
    webhook(scene, **right)

    assert (
        f"chat_accepted carries {{'name': ['Анна'], 'phone': ['+70001'], 'email': [], 'channel': ['{CHANNEL}']}}"
        == unmet(scene.expect.every_webhook_has_the_card)[0]
    )


def test_what_a_webhook_has_in_place_of_the_card_is_told(scene: Scene) -> None:
    """What came is told like what was expected."""
    arrives(scene)
    webhook(scene, **CARD)

    assert (
        f"{{'name': ['Анна'], 'phone': ['+70001'], 'email': ['a@mail.test'], 'channel': ['{CHANNEL}']}}"
        == unmet(scene.expect.every_webhook_has_the_card)[1]
    )


def test_no_webhook_has_the_card(scene: Scene) -> None:
    """Where the webhook is told nothing it has no card."""
    arrives(scene)
    scene.tells("CHAT_CLOSED")

    assert ("the webhook is told something", "nothing at all") == unmet(scene.expect.every_webhook_has_the_card)
