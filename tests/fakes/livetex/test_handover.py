"""Tests: what is kept, the choice of a group, reading, passing, closing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.fakes.livetex.conftest import LEAD, SECRET, good, impossible

if TYPE_CHECKING:
    from tests.fakes.livetex.conftest import LiveTex

WHERE = {"vendor": "livetex", "person": LEAD, "dialogue": LEAD}


# kept until a group is chosen


def test_a_dialogue_goes_its_usual_way(livetex: LiveTex) -> None:
    """Kept, chosen, read, answered, closed: the webhook hears of each, in this order."""
    livetex.says("Привет")
    livetex.chooses()
    operator = livetex.operator()
    livetex.control.operator_writes(operator, LEAD, "Здравствуйте!")
    livetex.control.operator_finishes(operator, LEAD)
    livetex.settle()

    assert ["SelectDestination", "MessageDelivered", "TextMessage", "Closed"] == livetex.told()
    assert [("visitor", "Привет"), ("operator", "Здравствуйте!")] == livetex.read(operator)


def test_a_message_answers_its_id_and_instant(livetex: LiveTex) -> None:
    """The answer to sendText has message_id and the instant in milliseconds (Q15)."""
    livetex.settle(1.5)
    answer = livetex.call("sendText", {"user_id": LEAD, "text": "Привет"})
    (entry,) = livetex.history()

    assert good(message_id=entry["id"], timestamp=entry["timestamp"]) == answer
    assert int(livetex.stage.clock.now() * 1000) - 1000 < answer.body["timestamp"]


def test_what_is_sent_before_the_choice_is_kept(livetex: LiveTex) -> None:
    """Without a group a message is taken and kept, which is testified with the call as its cause."""
    message = livetex.says()
    seq = livetex.witness.crossings[0].seq
    operator = livetex.control.operator_comes_online("Анна")

    assert [
        WHERE | {"fact": "accepted", "cause": seq, "message": message},
        WHERE | {"fact": "buffered", "cause": seq, "message": message},
    ] == [{key: value for key, value in fact.items() if key != "seq"} for fact in livetex.witness.facts]
    assert [] == livetex.read(operator)


def test_the_webhook_asks_for_a_group_once(livetex: LiveTex) -> None:
    """SelectDestination comes with the first message that is kept, not with the next, and lists the groups (A11)."""
    livetex.control.adds_group("Продажи")
    for text in ("раз", "два"):
        livetex.says(text)
    (told,) = livetex.bodies()

    assert ["Группа для Messaging API", "Продажи"] == [group["name"] for group in told["destinations"]]
    assert livetex.control.groups() == [group["destination_id"] for group in told["destinations"]]
    assert {"type", "id", "webhook_key", "user_id", "destinations"} == told.keys()
    assert (SECRET, LEAD) == (told["webhook_key"], told["user_id"])


def test_destinations_in_a_webhook_do_not_say_who_is_there(livetex: LiveTex) -> None:
    """has_online and is_available are missing from a webhook's destinations (Q9)."""
    livetex.says()
    (told,) = livetex.bodies()

    assert [{"destination_type", "destination_id", "name"}] == [set(group) for group in told["destinations"]]


def test_the_choice_gives_on_what_was_kept_in_order(livetex: LiveTex) -> None:
    """With the choice the operators see everything that was kept, in order; that is testified message by message."""
    messages = [livetex.says(text) for text in ("раз", "два", "три")]
    livetex.witness.facts.clear()
    answer = livetex.chooses()
    seq = livetex.witness.crossings[-1].seq
    operator = livetex.control.operator_comes_online("Анна")
    flushed = livetex.facts("flushed")

    assert good() == answer
    assert messages == [fact["message"] for fact in flushed]
    assert {seq} == {fact["cause"] for fact in flushed}
    assert ["queue"] == [fact["owner"] for fact in livetex.facts("owner")]
    assert [("visitor", "раз"), ("visitor", "два"), ("visitor", "три")] == livetex.read(operator)


def test_after_the_choice_nothing_is_kept(livetex: LiveTex) -> None:
    """What is sent while a group is chosen goes on at once, and asks for no group."""
    livetex.waiting()
    livetex.forget()
    livetex.says("ещё")

    assert [] == livetex.told()
    assert ["accepted"] == [fact["fact"] for fact in livetex.witness.facts]


def test_a_group_may_be_chosen_in_advance(livetex: LiveTex) -> None:
    """A choice before the first message is taken; that message is not kept, and asks for nothing (Q13)."""
    assert good() == livetex.chooses()

    livetex.says()
    operator = livetex.control.operator_comes_online("Анна")

    assert [] == livetex.told()
    assert [] == livetex.facts("buffered")
    assert [("visitor", "Привет")] == livetex.read(operator)


def test_with_nobody_online_a_dialogue_waits(livetex: LiveTex) -> None:
    """A choice with nobody online is a success, and whoever comes later finds everything (Q19)."""
    assert good() == (livetex.says("раз"), livetex.chooses())[1]

    livetex.says("два")
    livetex.settle(7 * 24 * 3600)
    operator = livetex.operator()

    assert [("visitor", "раз"), ("visitor", "два")] == livetex.read(operator)
    assert ["SelectDestination", "MessageDelivered", "MessageDelivered"] == livetex.told()


# reading


def test_an_assignment_says_nothing(livetex: LiveTex) -> None:
    """An operator who is assigned has the dialogue, and the webhook hears nothing of it."""
    livetex.waiting()
    operator = livetex.control.operator_comes_online("Анна")
    livetex.settle()
    livetex.forget()
    livetex.control.operator_accepts(operator, LEAD)
    livetex.settle()

    assert [] == livetex.told()
    assert ["operator"] == [fact["owner"] for fact in livetex.facts("owner")]
    assert WHERE | {"who": "operator", "did": "accepts", "by": operator} == livetex.act()


def test_reading_is_told_message_by_message(livetex: LiveTex) -> None:
    """When an operator opens the dialogue, each message that nobody has read is delivered, kept ones too (A12)."""
    messages = [livetex.says("раз"), livetex.says("два")]
    livetex.chooses()
    messages.append(livetex.says("три"))
    livetex.forget()
    operator = livetex.operator(first_name="Анна", last_name="Смирнова", nick_name="Аня")
    told = livetex.bodies()
    employee = {"employee_id": operator, "first_name": "Анна", "last_name": "Смирнова", "nick_name": "Аня"}

    assert messages == [body["message_id"] for body in told]
    assert [employee] * 3 == [body["employee"] for body in told]
    assert 3 == len({body["id"] for body in told})


def test_what_was_read_is_not_read_again(livetex: LiveTex) -> None:
    """Looking again tells only of what has come since."""
    operator = livetex.talking()
    livetex.control.operator_opens(operator, LEAD)
    second = livetex.says("ещё")
    livetex.settle()

    assert [] == livetex.told()

    livetex.control.operator_opens(operator, LEAD)
    livetex.settle()

    assert [second] == [body["message_id"] for body in livetex.bodies()]


def test_an_operator_who_writes_has_read(livetex: LiveTex) -> None:
    """Words of an operator come after the delivery of what he answers, and both follow from the one act."""
    operator = livetex.talking()
    message = livetex.says("вопрос")
    livetex.control.operator_writes(operator, LEAD, "ответ")
    livetex.settle()
    delivered, text = livetex.bodies()
    causes = {
        record.request["cause"] for record in livetex.witness.crossings if record.request["event"] in livetex.told()
    }

    assert (message, "ответ") == (delivered["message_id"], text["text"])
    assert {livetex.witness.acts[-1]["seq"]} == causes
    assert ["writes"] == [act["did"] for act in livetex.witness.acts]


def test_an_operators_words(livetex: LiveTex) -> None:
    """TextMessage names the employee, the words, from whom they are, and the instant in milliseconds."""
    operator = livetex.talking()
    livetex.control.operator_writes(operator, LEAD, "Чем помочь?")
    livetex.settle()
    (told,) = livetex.bodies()

    assert {
        "type": "TextMessage",
        "id": told["id"],
        "webhook_key": SECRET,
        "user_id": LEAD,
        "employee": {"employee_id": operator, "first_name": "Анна"},
        "text": "Чем помочь?",
        "from": "Employee",
        "timestamp": told["timestamp"],
    } == told
    assert told["timestamp"] == int((livetex.stage.clock.now() - 1.0) * 1000)


def test_an_operators_file(livetex: LiveTex) -> None:
    """FileMessage has name, where sendFile has file_name, and size and comment (Q8)."""
    operator = livetex.talking()
    livetex.control.operator_sends(operator, LEAD, "https://files.test/a.pdf", "a.pdf", 20480, "счёт")
    livetex.settle()
    (told,) = livetex.bodies()

    assert ("FileMessage", "https://files.test/a.pdf", "a.pdf", 20480, "счёт") == tuple(
        told[key] for key in ("type", "url", "name", "size", "comment")
    )
    assert "file_name" not in told


def test_an_operators_file_may_be_a_bare_address(livetex: LiveTex) -> None:
    """Name, size and comment are left out where there are none (Q8)."""
    operator = livetex.talking()
    livetex.control.operator_sends(operator, LEAD, "https://files.test/a")
    livetex.settle()
    (told,) = livetex.bodies()

    assert {"type", "id", "webhook_key", "user_id", "employee", "url", "from", "timestamp"} == told.keys()


# passing on


def test_passing_says_nothing(livetex: LiveTex) -> None:
    """A transfer to another operator is not announced on the wire, and asks for no group."""
    first = livetex.talking()
    second = livetex.control.operator_comes_online("Борис")
    livetex.settle()
    livetex.forget()
    livetex.control.operator_passes(first, LEAD, second)
    livetex.settle()

    assert [] == livetex.told()
    assert [] == livetex.witness.facts
    assert WHERE | {"who": "operator", "did": "passes", "by": first, "to": second} == livetex.act()


def test_the_next_operators_first_look_tells_of_the_latest_message(livetex: LiveTex) -> None:
    """After a transfer the visitor's latest message is delivered once more, with the new employee, once (A12)."""
    first = livetex.talking()
    latest = livetex.says("второе")
    livetex.control.operator_opens(first, LEAD)
    second = livetex.control.operator_comes_online("Борис")
    livetex.settle()
    livetex.forget()
    livetex.control.operator_passes(first, LEAD, second)
    for _ in range(2):
        livetex.control.operator_opens(second, LEAD)
        livetex.settle()

    assert [(latest, second)] == [(body["message_id"], body["employee"]["employee_id"]) for body in livetex.bodies()]


def test_the_next_operators_first_words_tell_of_the_latest_message(livetex: LiveTex) -> None:
    """An operator who answers at once after a transfer has read, too."""
    first = livetex.talking()
    second = livetex.control.operator_comes_online("Борис")
    livetex.settle()
    livetex.forget()
    livetex.control.operator_passes(first, LEAD, second)
    livetex.control.operator_writes(second, LEAD, "Добрый день")
    livetex.settle()

    assert ["MessageDelivered", "TextMessage"] == livetex.told()


def test_passed_back_is_read_again(livetex: LiveTex) -> None:
    """The first operator, to whom the dialogue comes back, reads it anew."""
    first = livetex.talking()
    second = livetex.control.operator_comes_online("Борис")
    livetex.control.operator_passes(first, LEAD, second)
    livetex.control.operator_opens(second, LEAD)
    livetex.control.operator_passes(second, LEAD, first)
    livetex.control.operator_opens(first, LEAD)
    livetex.settle()

    assert [second, first] == [
        body["employee"]["employee_id"] for body in livetex.bodies() if body["type"] == "MessageDelivered"
    ]


def test_passed_to_a_group_a_dialogue_waits_there(livetex: LiveTex) -> None:
    """A transfer to a group is silent; the current group and the history have it, and nobody has the dialogue."""
    operator = livetex.talking()
    group = livetex.control.adds_group("Продажи")
    livetex.control.operator_passes_to_group(operator, LEAD, group)
    livetex.settle()
    current = livetex.call("getCurrentDestination", {"user_id": LEAD}).body["destination"]

    assert [] == livetex.told()
    assert group == current["destination_id"]
    assert ("DestinationSelected", group) == (livetex.history()[0]["type"], livetex.history()[0]["destination_id"])
    assert ["queue"] == [fact["owner"] for fact in livetex.facts("owner")]


def test_whoever_takes_it_from_the_group_reads_it_anew(livetex: LiveTex) -> None:
    """After a transfer to a group, the first look of whoever takes the dialogue there is told (A12)."""
    first = livetex.talking()
    second = livetex.control.operator_comes_online("Борис")
    group = livetex.control.adds_group("Продажи")
    livetex.control.joins_group(second, group)
    livetex.control.operator_passes_to_group(first, LEAD, group)
    livetex.control.operator_opens(second, LEAD)
    livetex.settle()

    assert [second] == [body["employee"]["employee_id"] for body in livetex.bodies()]


# closing


def test_closing_tells_who_closed(livetex: LiveTex) -> None:
    """Closed names the contact point and the employee."""
    operator = livetex.talking()
    livetex.control.operator_finishes(operator, LEAD)
    livetex.settle()
    (told,) = livetex.bodies()

    assert ("Closed", livetex.control.channel_of(LEAD), operator) == (
        told["type"],
        told["touch_point_id"],
        told["employee"]["employee_id"],
    )
    assert ["closed"] == [fact["owner"] for fact in livetex.facts("owner")]


def test_after_closing_the_choice_is_over(livetex: LiveTex) -> None:
    """The next message is kept again, asks for a group again (Q12), and no destination is in force."""
    operator = livetex.talking()
    livetex.control.operator_finishes(operator, LEAD)
    livetex.settle()
    livetex.forget()

    assert good() == livetex.call("getCurrentDestination", {"user_id": LEAD})

    message = livetex.says("снова")

    assert ["SelectDestination"] == livetex.told()
    assert [message] == [fact["message"] for fact in livetex.facts("buffered")]
    assert ["bot"] == [fact["owner"] for fact in livetex.facts("owner")]
    assert [("visitor", "Привет")] == livetex.read(operator)


def test_a_closed_dialogue_has_no_head(livetex: LiveTex) -> None:
    """The operator goes on seeing what was said, and the head of no dialogue."""
    operator = livetex.talking()
    livetex.control.operator_finishes(operator, LEAD)

    assert ([("visitor", "Привет")], []) == (livetex.read(operator), livetex.card(operator))


def test_what_nobody_read_is_not_read_after_closing(livetex: LiveTex) -> None:
    """A message that came after the last look stays unread for ever when the dialogue is closed over it."""
    operator = livetex.talking()
    livetex.says("не прочитано")
    livetex.control.operator_finishes(operator, LEAD)
    next_one = livetex.waiting(text="новое")
    livetex.control.operator_opens(operator, LEAD)
    livetex.settle()

    assert [next_one] == [body["message_id"] for body in livetex.bodies() if body["type"] == "MessageDelivered"]


def test_an_operator_who_quits_keeps_the_dialogue(livetex: LiveTex) -> None:
    """Gone offline without closing: nothing is told of the dialogue, the choice stands, and he goes on later (Q20)."""
    operator = livetex.talking()
    livetex.control.operator_goes_offline(operator)
    livetex.says("вы тут?")

    assert [] == livetex.told()
    assert "destination" in livetex.call("getCurrentDestination", {"user_id": LEAD}).body

    livetex.control.operator_comes_back(operator)
    livetex.control.operator_writes(operator, LEAD, "да")
    livetex.settle()

    assert ["MessageDelivered", "TextMessage"] == livetex.told()[-2:]


def test_a_holding_text_is_nobodys(livetex: LiveTex) -> None:
    """HoldMessage has words and no employee (Q7), and the operators see it as the system's."""
    livetex.waiting()
    livetex.forget()
    livetex.control.vendor_holds(LEAD, "Оператор скоро ответит")
    livetex.settle()
    (told,) = livetex.bodies()
    operator = livetex.control.operator_comes_online("Анна")

    assert {"type", "id", "webhook_key", "user_id", "text", "timestamp"} == told.keys()
    assert ("HoldMessage", "Оператор скоро ответит") == (told["type"], told["text"])
    assert ("system", "Оператор скоро ответит") == livetex.read(operator)[-1]


# what nobody can do


def test_a_dialogue_belongs_to_one_operator(livetex: LiveTex) -> None:
    """Who does not have a dialogue can neither open, write, send, pass nor close it."""
    holder = livetex.talking()
    other = livetex.control.operator_comes_online("Борис")
    livetex.settle()
    group = livetex.control.adds_group("Продажи")
    control = livetex.control

    deeds: list[tuple[Any, tuple[str, ...]]] = [
        (control.operator_opens, ()),
        (control.operator_writes, ("х",)),
        (control.operator_sends, ("https://files.test/a",)),
        (control.operator_passes, (holder,)),
        (control.operator_passes_to_group, (group,)),
        (control.operator_finishes, ()),
    ]
    for verb, more in deeds:
        with impossible(livetex, "Борис does not have the dialogue"):
            verb(other, LEAD, *more)
    with impossible(livetex, "while the dialogue is operator"):
        control.operator_accepts(other, LEAD)


@pytest.mark.parametrize("verb", ["operator_accepts", "operator_opens"])
def test_a_kept_dialogue_cannot_be_taken(livetex: LiveTex, verb: str) -> None:
    """While no group is chosen no operator can have it."""
    livetex.says()
    operator = livetex.control.operator_comes_online("Анна")

    with impossible(livetex, "is not in the group that has visitor"):
        getattr(livetex.control, verb)(operator, LEAD)


@pytest.mark.parametrize("verb", ["operator_accepts", "operator_opens"])
def test_a_closed_dialogue_cannot_be_taken(livetex: LiveTex, verb: str) -> None:
    """What is closed stays closed."""
    operator = livetex.talking()
    livetex.control.operator_finishes(operator, LEAD)
    livetex.settle()

    with impossible(livetex, "while the dialogue is closed"):
        getattr(livetex.control, verb)(operator, LEAD)


def test_whoever_is_offline_can_do_nothing(livetex: LiveTex) -> None:
    """Offline there is no reading, opening, writing or closing, and nobody can be passed a dialogue."""
    operator = livetex.talking()
    other = livetex.control.operator_comes_online("Борис")
    livetex.control.operator_goes_offline(other)
    livetex.settle()

    with impossible(livetex, "Борис is offline"):
        livetex.control.operator_passes(operator, LEAD, other)
    livetex.control.operator_goes_offline(operator)
    livetex.settle()
    for verb, more in (
        ("operator_reads", ()),
        ("operator_opens", ()),
        ("operator_writes", ("х",)),
        ("operator_finishes", ()),
    ):
        with impossible(livetex, "Анна is offline"):
            getattr(livetex.control, verb)(operator, LEAD, *more)


def test_nobody_passes_to_himself_or_to_the_same_group(livetex: LiveTex) -> None:
    """A transfer leads to somebody else."""
    operator = livetex.talking()

    with impossible(livetex, "Анна has the dialogue already"):
        livetex.control.operator_passes(operator, LEAD, operator)
    with impossible(livetex, "has the dialogue already"):
        livetex.control.operator_passes_to_group(operator, LEAD, livetex.control.groups()[0])


def test_who_is_unknown_cannot_be_dealt_with(livetex: LiveTex) -> None:
    """Visitors, operators and groups must be known."""
    operator = livetex.talking()

    with impossible(livetex, "knows no visitor nobody"):
        livetex.control.operator_opens(operator, "nobody")
    with impossible(livetex, "knows no operator 0"):
        livetex.control.operator_opens("0", LEAD)
    with impossible(livetex, "no group 0"):
        livetex.control.operator_passes_to_group(operator, LEAD, "0")
    livetex.says(user="new")
    with impossible(livetex, "while the dialogue is kept"):
        livetex.control.vendor_holds("new", "х")
