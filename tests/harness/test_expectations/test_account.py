"""What an expectation expected is accounted for, and nothing more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from harness.cast.passage import Passage
from harness.expectations import Expectations
from tests.harness.test_expectations.scene import BOT, CHANNEL, TOKEN, body
from tests.harness.test_expectations.test_mirrored_account import MIRRORED
from tests.harness.test_expectations.test_office import CARD, EVERYTHING, SLIP, fill, lists
from tests.harness.test_expectations.test_visitor import BUTTONS, MARIA

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.harness.test_expectations.scene import Scene

TOLD = "Здравствуйте! Есть ли чайник на два литра?"  # by the plain CLIENT_MESSAGE
SAID = "Здравствуйте! Чайник на два литра есть в наличии."  # by the plain BOT_MESSAGE
ADVERTISEMENT = "Реклама"
INVALID = {"error": {"code": "invalid_request", "message": "chat_id is missing"}}


# what each takes: a scene in which it holds, and in which nothing else happens


def bot_was_told(scene: Scene) -> None:
    """The event."""
    scene.tells("CLIENT_MESSAGE", cause=scene.says())
    scene.expect.bot_was_told(TOLD)


def bot_was_told_of(scene: Scene) -> None:
    """The event."""
    scene.tells("CLIENT_MESSAGE")
    scene.expect.bot_was_told_of(TOLD, "somebody-online", value=True)


def bot_was_told_in_words_alone(scene: Scene) -> None:
    """The event."""
    scene.says("buttons")
    scene.when()
    scene.tells("CLIENT_MESSAGE", message__text="Доставка")
    scene.expect.bot_was_told_in_words_alone("Доставка")


def bot_was_sent(scene: Scene) -> None:
    """The event."""
    scene.tells("CLIENT_MESSAGE", message={"type": "PHOTO", "file": "https://files.test/1.jpg"})
    scene.expect.bot_was_sent("https://files.test/1.jpg")


def was_told_that(scene: Scene) -> None:
    """The event, and the call that it answers to."""
    scene.tells("AGENT_UNAVAILABLE", cause=scene.says(event="INVITE_AGENT"))
    scene.expect.was_told_that("bot", "nobody is online")


def bot_was_told_the_rating(scene: Scene) -> None:
    """The event."""
    scene.tells("CLIENT_RATED", rate__rating="good")
    scene.expect.bot_was_told_the_rating("good")


def bot_was_told_of_channel(scene: Scene) -> None:
    """The event, and not what is read."""
    lists(scene, "channel", "widget", channel=CHANNEL)
    scene.tells("CLIENT_MESSAGE")
    scene.expect.bot_was_told_of_channel(TOLD, "widget")


def acknowledged(scene: Scene) -> None:
    """Every delivery."""
    scene.tells("CLIENT_MESSAGE")
    scene.tells("chat_accepted")
    scene.expect.acknowledged()


def attempted(scene: Scene) -> None:
    """Every attempt."""
    for _ in range(3):
        scene.tells("chat_accepted", status=500)
    scene.expect.attempted("webhook", 3, 0)


def called_under(scene: Scene) -> None:
    """Every attempt."""
    for _ in range(3):
        scene.tells("CLIENT_MESSAGE", status=404, url=f"{BOT}/{TOKEN}%20")
    scene.expect.called_under("", " ")


def webhook_was_not_reached(scene: Scene) -> None:
    """Every attempt."""
    for _ in range(3):
        scene.tells("chat_accepted", status=0)
    scene.expect.webhook_was_not_reached()


def visitor_saw(scene: Scene) -> None:
    """The line, and the call that brought it."""
    scene.shows(SAID, cause=scene.says())
    scene.expect.visitor_saw(SAID)


def visitor_saw_bot(scene: Scene) -> None:
    """The line, and the call that brought it."""
    scene.shows(SAID, cause=scene.says(), speaker=MARIA)
    scene.expect.visitor_saw_bot(SAID, "Мария", "Консультант")


def visitor_saw_form(scene: Scene) -> None:
    """The form, and the call that brought it."""
    scene.shows("", "system", cause=scene.says(event="INIT_RATE"), form="rating form")
    scene.expect.visitor_saw_form("rating form")


def visitor_saw_sample(scene: Scene) -> None:
    """The line, and the call that brought it."""
    scene.shows("Чем помочь?", cause=scene.says("buttons"), **BUTTONS)
    scene.expect.visitor_saw_sample("buttons", faulty=False, fallback=False)


def visitor_read_that_joined(scene: Scene) -> None:
    """The line."""
    scene.shows("К чату присоединился Оператор 1", "system")
    scene.expect.visitor_read_that_joined(1)


def went_to(scene: Scene) -> None:
    """The call that brought it there."""
    scene.goes_to("queue", cause=scene.says(event="INVITE_AGENT"))
    scene.expect.went_to("queue", "the visitor waits")


def took_it(scene: Scene) -> None:
    """The call."""
    scene.says("buttons-bare")
    scene.expect.took_it()


def refused_as(scene: Scene) -> None:
    """The call."""
    scene.says(status=400, answer=INVALID)
    scene.expect.refused_as("invalid-request")


def call_was_refused(scene: Scene) -> None:
    """The call."""
    scene.says(status=400, answer=INVALID)
    scene.expect.call_was_refused()


def visitor_saw_times(scene: Scene) -> None:
    """Every line, and the calls that brought them."""
    for _ in range(3):
        scene.shows(SAID, cause=scene.says())
    scene.expect.visitor_saw_times(SAID, 3)


def visitor_saw_once_or_twice(scene: Scene) -> None:
    """Both lines, and the calls that brought them."""
    for _ in range(2):
        scene.shows(SAID, cause=scene.says())
    scene.expect.visitor_saw_once_or_twice(SAID)


def visitor_saw_within(scene: Scene) -> None:
    """The line, and the call that brought it."""
    scene.writes("Привет")
    scene.shows(SAID, cause=scene.says())
    scene.expect.visitor_saw_within(SAID, 2)


def visitor_was_answered(scene: Scene) -> None:
    """The line, and the call that brought it."""
    scene.shows(SAID, cause=scene.says())
    scene.expect.visitor_was_answered()


def events_were_answered_as(scene: Scene) -> None:
    """Every event."""
    for _ in range(3):
        scene.tells("CLIENT_MESSAGE", status=400)
    scene.expect.events_were_answered_as("malformed")


def strangers_were_refused_at_once(scene: Scene) -> None:
    """Everything that they sent."""
    scene.posts("half")
    scene.posts("utf-16")
    scene.expect.strangers_were_refused_at_once()


def said_in_order(scene: Scene) -> None:
    """Both lines, and the calls that brought them."""
    scene.shows("Раз", cause=scene.says())
    scene.shows("Два", cause=scene.says())
    scene.expect.said_in_order("Раз", "Два")


def offered_in_words(scene: Scene) -> None:
    """The line, and the call that brought it."""
    scene.shows("Доставка, Оператор", cause=scene.says())
    scene.expect.offered_in_words(["Оператор", "Доставка"])


def attempted_with_growing_pauses(scene: Scene) -> None:
    """Every attempt."""
    for scene.now in (0.0, 1.0, 3.0):
        scene.tells("chat_accepted", status=500)
    scene.expect.attempted_with_growing_pauses(3)


def visitor_saw_in_account(scene: Scene) -> None:
    """The line, and the call that brought it."""
    scene.shows(SAID, cause=scene.says())
    scene.expect.visitor_saw_in_account(SAID)


def visitor_saw_in_time(scene: Scene) -> None:
    """The line, and the call that brought it."""
    scene.shows("Зову", cause=scene.says(event="INVITE_AGENT"))
    scene.expect.visitor_saw_in_time("Зову")


def visitor_was_shown_a_file(scene: Scene) -> None:
    """The file, and the call that brought it."""
    scene.shows("", cause=scene.says(), form="photo")
    scene.expect.visitor_was_shown_a_file()


def waits_at(scene: Scene) -> None:
    """The call that brought it there."""
    scene.goes_to("queue", cause=scene.says(event="INVITE_AGENT"))
    scene.expect.waits_at("jivo")


def visitor_saw_passage(scene: Scene) -> None:
    """Every piece, and the calls that put them there."""
    scene.people.passage = Passage("🇷🇺", 2)
    for piece in ("🇷🇺", "🇷🇺."):
        scene.shows(piece, cause=scene.says())
    scene.expect.visitor_saw_passage(in_one=False)


TAKING = (
    visitor_saw_passage,
    attempted_with_growing_pauses,
    visitor_saw_in_account,
    visitor_saw_in_time,
    visitor_was_shown_a_file,
    waits_at,
    call_was_refused,
    visitor_saw_times,
    visitor_saw_once_or_twice,
    visitor_saw_within,
    visitor_was_answered,
    events_were_answered_as,
    strangers_were_refused_at_once,
    said_in_order,
    offered_in_words,
    bot_was_told,
    bot_was_told_of,
    bot_was_told_in_words_alone,
    bot_was_sent,
    was_told_that,
    bot_was_told_the_rating,
    bot_was_told_of_channel,
    acknowledged,
    attempted,
    called_under,
    webhook_was_not_reached,
    visitor_saw,
    visitor_saw_bot,
    visitor_saw_form,
    visitor_saw_sample,
    visitor_read_that_joined,
    went_to,
    took_it,
    refused_as,
)


# what those do that only look: everything is left as it was


def bot_was_told_nothing(scene: Scene) -> None:
    """Look at nothing for the bot."""
    scene.expect.bot_was_told_nothing()


def stays_with_bot(scene: Scene) -> None:
    """Look at who has the dialogue."""
    scene.expect.stays_with_bot()


def operator_reads(scene: Scene) -> None:
    """Look into the chat."""
    scene.control.has("chat", "Привет", author="visitor")
    scene.expect.operator_reads("Привет", "visitor")


def archive_holds(scene: Scene) -> None:
    """Look into the archive."""
    scene.control.has("archive", "Привет", author="visitor")
    scene.expect.archive_holds("Привет", "visitor")


def card_shows_answer(scene: Scene) -> None:
    """Look into the card."""
    scene.tells("chat_accepted", answer=EVERYTHING)
    fill(scene, *CARD)
    scene.expect.card_shows_answer("everything", shown=True)


def card_shows_nothing(scene: Scene) -> None:
    """Look into the card."""
    scene.tells("chat_accepted", answer=SLIP)
    scene.expect.card_shows_answer("cyrillic-ok", shown=False)


def connected_system_stands(scene: Scene) -> None:
    """Look at the settings."""
    lists(scene, "connected system", "Бот")
    scene.expect.connected_system_stands()


def every_message_keeps_to_the_treaty(scene: Scene) -> None:
    """Look at all that the vendor sent."""
    scene.tells("chat_accepted")
    scene.expect.every_message_keeps_to_the_treaty()


def every_message_names_alike(scene: Scene) -> None:
    """Look at all that the vendor sent."""
    scene.tells("chat_accepted")
    scene.expect.every_message_names_alike()


def every_webhook_has_the_card(scene: Scene) -> None:
    """Look at all that the webhook was told."""
    scene.journal.act("visitor", "arrives", person="4001", name="Анна Вымышленская", email="anna@mail.test")
    scene.tells("chat_accepted", visitor__phone=None)
    scene.expect.every_webhook_has_the_card()


def webhooks_were_answered_ok(scene: Scene) -> None:
    """Look at all that the webhook was told."""
    scene.tells("chat_accepted")
    scene.expect.webhooks_were_answered_ok()


def calls_keep_to_the_treaty(scene: Scene) -> None:
    """Look at all that the bot said."""
    scene.says()
    scene.when()
    scene.shows(ADVERTISEMENT, "system")
    scene.expect.calls_keep_to_the_treaty()


def lead(scene: Scene) -> None:
    """Ask the bridge."""
    scene.desk.knows()
    scene.expect.lead()


def knows_nobody(scene: Scene) -> None:
    """Ask the bridge."""
    scene.expect.knows_nobody()


def knows_two_people(scene: Scene) -> None:
    """Ask the bridge."""
    scene.desk.knows()
    scene.desk.knows(person="2")
    scene.expect.knows_two_people()


def leads_are_told_apart(scene: Scene) -> None:
    """Ask the bridge."""
    scene.desk.knows()
    scene.desk.knows(binding="b2")
    scene.expect.leads_are_told_apart()


def history_holds(scene: Scene) -> None:
    """Ask the bridge."""
    scene.tells("chat_accepted")
    scene.writes("Привет")
    scene.desk.knows()
    scene.desk.notes("Привет")
    scene.expect.history_holds("Привет", "lead", "delivered")


def gave_up(scene: Scene) -> None:
    """Wait."""
    scene.expect.gave_up(SAID)


def binding_complains(scene: Scene) -> None:
    """Ask the bridge."""
    scene.desk.troubles = {"b-jivo": "401"}
    scene.expect.binding_complains("desk")


def history_keeps_order(scene: Scene) -> None:
    """Ask the bridge."""
    scene.desk.knows()
    scene.desk.notes("Раз")
    scene.desk.notes("Два")
    scene.expect.history_keeps_order("Раз", "Два")


def history_leads_to_the_log(scene: Scene) -> None:
    """Ask the bridge."""
    scene.tells("chat_accepted")
    scene.desk.knows()
    scene.desk.notes("Раз", widget_id=CHANNEL)
    scene.desk.logs(body("chat_accepted"))
    scene.expect.history_leads_to_the_log()


def lead_is(scene: Scene) -> None:
    """Ask the bridge."""
    scene.control.card["phone"] = "+70001"
    scene.desk.knows(name="Анна", phone="+70001")
    scene.expect.lead_is(None, with_card=True)


def lead_keeps_the_phone(scene: Scene) -> None:
    """Ask the bridge."""
    scene.journal.act("operator", "edits_card", person="4001", phone="+70001")
    scene.desk.knows(phone="+70001")
    scene.expect.lead_keeps_the_phone()


def log_shows(scene: Scene) -> None:
    """Ask the bridge."""
    scene.tells("chat_accepted")
    scene.desk.logs(body("chat_accepted"))
    scene.expect.log_shows("chat_accepted")


def log_shows_that(scene: Scene) -> None:
    """Ask the bridge."""
    scene.tells("chat_accepted")
    scene.desk.logs(body("chat_accepted"))
    scene.expect.log_shows_that("an operator accepted")


def binding_is_clean(scene: Scene) -> None:
    """Look at the binding."""
    scene.expect.binding_is_clean()


def webhook_was_told_nothing_of_visitor(scene: Scene) -> None:
    """Look at nothing for the webhook."""
    scene.expect.webhook_was_told_nothing_of_visitor()


def stays_with_operator(scene: Scene) -> None:
    """Look at who has the dialogue."""
    scene.goes_to("operator")
    scene.when()
    scene.shows(ADVERTISEMENT, "system")
    scene.expect.stays_with_operator()


def operator_reads_in_order(scene: Scene) -> None:
    """Look into the chat."""
    scene.control.has("chat", "Раз", author="visitor")
    scene.control.has("chat", "Два", author="bot")
    scene.expect.operator_reads_in_order("Раз", "Два")


def head_shows(scene: Scene) -> None:
    """Look into the card."""
    scene.control.has("card", "Анна", label="name")
    scene.expect.head_shows("name", "Анна")


def head_shows_nothing_of(scene: Scene) -> None:
    """Look into chat and card."""
    scene.expect.head_shows_nothing_of("Анна")


def archive_shows(scene: Scene) -> None:
    """Look into the archive."""
    scene.control.has("archive", "4001", label="crm_id")
    scene.expect.archive_shows("crm_id", "4001")


def is_called(scene: Scene) -> None:
    """Ask the bridge."""
    scene.desk.knows(name="Анна")
    scene.expect.is_called("Анна")


def no_secret_is_out(scene: Scene) -> None:
    """Ask the bridge, and go through the journal."""
    scene.expect.no_secret_is_out()


def called_vendors_alone(scene: Scene) -> None:
    """Go through the journal."""
    scene.expect.called_vendors_alone()


LOOKING = (
    is_called,
    no_secret_is_out,
    called_vendors_alone,
    webhook_was_told_nothing_of_visitor,
    stays_with_operator,
    operator_reads_in_order,
    head_shows,
    head_shows_nothing_of,
    archive_shows,
    webhooks_were_answered_ok,
    calls_keep_to_the_treaty,
    lead,
    knows_nobody,
    knows_two_people,
    leads_are_told_apart,
    history_holds,
    gave_up,
    binding_complains,
    history_keeps_order,
    history_leads_to_the_log,
    lead_is,
    lead_keeps_the_phone,
    log_shows,
    log_shows_that,
    binding_is_clean,
    bot_was_told_nothing,
    stays_with_bot,
    operator_reads,
    archive_holds,
    card_shows_answer,
    card_shows_nothing,
    connected_system_stands,
    every_message_keeps_to_the_treaty,
    every_message_names_alike,
    every_webhook_has_the_card,
)


def name(expectation: Callable[[Scene], None]) -> str:
    """Give a case its name."""
    return expectation.__name__


@pytest.mark.parametrize("holds", TAKING, ids=name)
def test_what_was_expected_is_accounted_for(scene: Scene, holds: Callable[[Scene], None]) -> None:
    """Once it was expected it is nothing else."""
    holds(scene)

    assert not scene.left_over


@pytest.mark.parametrize("holds", TAKING, ids=name)
def test_what_was_not_expected_is_told(scene: Scene, holds: Callable[[Scene], None]) -> None:
    """Whatever happens besides is something else."""
    holds(scene)
    scene.tells("client_attribute_updated")
    scene.tells("CHAT_CLOSED", status=0)
    scene.says(event="CLIENT_INFO")
    scene.shows(ADVERTISEMENT, "system")

    assert [
        "jivo → bridge client_attribute_updated (200)",
        "jivo → bridge CHAT_CLOSED (no answer within 3 s)",
        "bridge → jivo CLIENT_INFO (200)",
        f"the visitor saw «{ADVERTISEMENT}» from the system",
    ] == scene.left_over.split("; ")


@pytest.mark.parametrize("holds", LOOKING, ids=name)
def test_looking_accounts_for_nothing(scene: Scene, holds: Callable[[Scene], None]) -> None:
    """What is only looked at is told by silence as if nobody had looked, and looking makes no noise."""
    scene.shows(ADVERTISEMENT, "system")
    holds(scene)
    *events, last = scene.left_over.split("; ")

    assert f"the visitor saw «{ADVERTISEMENT}» from the system" == last
    assert ["jivo → bridge chat_accepted (200)"] * len(list(scene.ledger.lines("crossing"))) == events


def test_every_expectation_is_tried() -> None:
    """Each public verb has its case here."""
    verbs = {verb for verb in dir(Expectations) if not verb.startswith("_")}

    tried = {name(case) for case in (*TAKING, *LOOKING)} | {case.__name__ for case in MIRRORED}

    assert verbs - {"nothing_else"} == tried - {"card_shows_nothing"}
