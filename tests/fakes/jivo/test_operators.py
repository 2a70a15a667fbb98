"""Tests: what operators do in Jivo's app."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakes.jivo.machine import TABLE, Happening, State
from tests.fakes.jivo.answers import GOOD
from tests.fakes.jivo.conftest import impossible, opened
from tests.fakes.jivo.record import operator_did

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.fakes.jivo.conftest import Jivo

NOBODY = "0"


def inside(jivo: Jivo, visitor: str) -> list[str]:
    """List who is in a visitor's chat, by name."""
    return [operator.name for operator in jivo.dialogue(visitor).operators]


def took_part(jivo: Jivo, visitor: str) -> list[str]:
    """List who took part in a visitor's chat, by name."""
    return [operator.name for operator in jivo.dialogue(visitor).took_part]


# coming and going


def test_an_operator_comes_online(jivo: Jivo) -> None:
    """Operators come online with a name and an address of their own or Jivo's making, and it is written down."""
    first = jivo.control.operator_comes_online("Ольга", "olga@shop.test")
    second = jivo.control.operator_comes_online("Пётр")

    assert [(first, "Ольга", "olga@shop.test", True), (second, "Пётр", f"operator{second}@shop.test", True)] == [
        (str(one.id), one.name, one.email, one.online) for one in jivo.control.site.operators
    ]
    assert {"who": "operator", "did": "comes_online", "vendor": "jivo", "person": second, "name": "Пётр"} == jivo.act()


def test_an_operator_goes_and_comes_back(jivo: Jivo) -> None:
    """Who goes offline is offline until coming back, the same person; both are written down."""
    operator = jivo.control.operator_comes_online("Ольга")
    jivo.control.operator_goes_offline(operator)
    gone, away = jivo.act(), jivo.control.site.agents_online
    jivo.control.operator_comes_back(operator)
    (person,) = jivo.control.site.operators

    assert {"who": "operator", "did": "goes_offline", "vendor": "jivo", "person": operator} == gone
    assert {"who": "operator", "did": "comes_back", "vendor": "jivo", "person": operator} == jivo.act()
    assert (False, True, operator) == (away, person.online, str(person.id))


def test_the_bot_hears_whether_anybody_is_online(jivo: Jivo) -> None:
    """agents_online follows the operators as they come and go."""
    jivo.visitor()
    operator = jivo.control.operator_comes_online("Ольга")
    jivo.visitor()
    jivo.control.operator_goes_offline(operator)
    jivo.visitor()
    jivo.control.operator_comes_back(operator)
    jivo.visitor()

    assert [False, True, False, True] == [body["agents_online"] for body in jivo.bodies()]


def test_an_operator_who_goes_offline_keeps_his_chats(jivo: Jivo) -> None:
    """The chat stays the operators', nothing is told, and who comes back can go on in it."""
    visitor = jivo.visitor()
    operator = jivo.operator(visitor)
    jivo.forget()
    jivo.control.operator_goes_offline(operator)
    jivo.settle()
    state, heard = jivo.dialogue(visitor).state, list(jivo.guest.heard)
    with impossible(jivo, "Ольга is offline"):
        jivo.control.operator_writes(operator, visitor, "Ау")
    jivo.control.operator_comes_back(operator)
    jivo.control.operator_writes(operator, visitor, "Я снова здесь")

    assert (State.OPERATOR, []) == (state, heard)
    assert ["Я снова здесь"] == [text for _, text in jivo.shown()]


# taking a chat


def test_an_operator_accepts(jivo: Jivo) -> None:
    """Who accepts is in the chat and took part in it; it is written down with who did it."""
    visitor = jivo.visitor()
    operator = jivo.operator(visitor)

    assert (State.OPERATOR, ["Ольга"], ["Ольга"]) == (
        jivo.dialogue(visitor).state,
        inside(jivo, visitor),
        took_part(jivo, visitor),
    )
    assert operator_did(jivo, "accepts", operator, visitor) == jivo.act()


def test_an_acceptance_is_told_with_the_one_who_accepts(jivo: Jivo) -> None:
    """The visitor reads who joined, and the webhook has the operator; a second one is told by his own name."""
    visitor = jivo.visitor()
    jivo.operator(visitor, "Ольга")
    jivo.operator(visitor, "Пётр")

    assert [
        ("system", "Оператор Ольга присоединился к чату"),
        ("system", "Оператор Пётр присоединился к чату"),
    ] == jivo.shown()
    assert [("chat_accepted", "Ольга"), ("chat_accepted", "Пётр")] == [
        (body["event_name"], body["agent"]["name"]) for body in jivo.bodies("webhook")
    ]
    assert ["CLIENT_MESSAGE", "CHAT_CLOSED"] == jivo.told()


def test_an_acceptance_changes_hands(jivo: Jivo) -> None:
    """With the first operator the dialogue is the operators', caused by the acceptance; a second changes nothing."""
    visitor = jivo.visitor()
    jivo.operator(visitor, "Ольга")
    cause = jivo.witness.acts[-1]["seq"]
    jivo.operator(visitor, "Пётр")

    assert [("operator", visitor, cause)] == [
        (fact["owner"], fact["person"], fact["cause"]) for fact in jivo.facts("owner")
    ]


def test_an_operator_may_come_back_to_a_chat(jivo: Jivo) -> None:
    """Who left and accepts again took part once."""
    visitor = jivo.visitor()
    operator = jivo.operator(visitor)
    jivo.control.operator_leaves(operator, visitor)
    jivo.control.operator_accepts(operator, visitor)

    assert (State.OPERATOR, ["Ольга"], ["Ольга"]) == (
        jivo.dialogue(visitor).state,
        inside(jivo, visitor),
        took_part(jivo, visitor),
    )


# writing


def test_an_operator_writes(jivo: Jivo) -> None:
    """An operator's words appear on the screen by name and join the record under the id; the bot hears nothing."""
    visitor = jivo.visitor()
    operator = jivo.operator(visitor)
    jivo.forget()
    jivo.control.operator_writes(operator, visitor, "Чем помочь?")
    jivo.settle()
    (shown,), line = jivo.facts("shown"), jivo.dialogue(visitor).lines[-1]

    assert ("operator", "Чем помочь?", "text", {"name": "Ольга"}) == (
        shown["author"],
        shown["text"],
        shown["form"],
        shown["speaker"],
    )
    assert ("operator", "Чем помочь?", int(operator)) == (line.author, line.text, line.operator)
    assert [] == jivo.guest.heard
    assert operator_did(jivo, "writes", operator, visitor, text="Чем помочь?") == jivo.act()


def test_an_operators_words_are_that_operators(jivo: Jivo) -> None:
    """Of two operators, the one who wrote stands beside the words, not the one who came last."""
    visitor = jivo.visitor()
    first, second = jivo.operator(visitor, "Ольга"), jivo.operator(visitor, "Пётр")
    jivo.control.operator_writes(first, visitor, "Я Ольга")
    jivo.control.operator_writes(second, visitor, "Я Пётр")

    assert [("Я Ольга", int(first)), ("Я Пётр", int(second))] == [
        (line.text, line.operator) for line in jivo.dialogue(visitor).lines[1:]
    ]
    assert [{"name": "Ольга"}, {"name": "Пётр"}] == [fact["speaker"] for fact in jivo.facts("shown")[2:]]


@pytest.mark.parametrize(("channel", "form"), [("widget", "text"), ("avito", "link"), ("telegram", "picture")])
def test_an_operators_link_is_what_the_channel_makes_of_it(jivo: Jivo, channel: str, form: str) -> None:
    """An address among an operator's words can be clicked where the bot's can."""
    jivo.control.adds_channel("telegram")
    jivo.control.adds_channel("avito")
    visitor = jivo.visitor(channel=channel)
    operator = jivo.operator(visitor)
    jivo.control.operator_writes(operator, visitor, "https://shop.test/a.png")

    assert (form, channel) == (jivo.facts("shown")[-1]["form"], jivo.facts("shown")[-1]["place"])


# passing on


def test_an_operator_passes_the_chat_on(jivo: Jivo) -> None:
    """The other is in the chat in his place, the visitor reads who joined, and no event goes anywhere."""
    visitor = jivo.visitor()
    first = jivo.operator(visitor)
    second = jivo.control.operator_comes_online("Пётр")
    jivo.forget()
    jivo.control.operator_passes(first, visitor, second)
    jivo.settle()

    assert (State.OPERATOR, ["Пётр"], ["Ольга", "Пётр"]) == (
        jivo.dialogue(visitor).state,
        inside(jivo, visitor),
        took_part(jivo, visitor),
    )
    assert [("system", "Оператор Пётр присоединился к чату")] == jivo.shown()
    assert ([], []) == (jivo.guest.heard, jivo.facts("owner"))
    assert operator_did(jivo, "passes", first, visitor, to=second) == jivo.act()


def test_one_of_two_passes_his_part_on(jivo: Jivo) -> None:
    """Whoever else is in the chat stays."""
    visitor = jivo.visitor()
    first, _ = jivo.operator(visitor, "Ольга"), jivo.operator(visitor, "Пётр")
    jivo.control.operator_passes(first, visitor, jivo.control.operator_comes_online("Анна"))

    assert ["Пётр", "Анна"] == inside(jivo, visitor)


def test_a_chat_that_was_passed_on_is_the_others(jivo: Jivo) -> None:
    """Who passed it on can do nothing in it any more; the other can finish it, and both took part."""
    visitor = jivo.visitor()
    first = jivo.operator(visitor)
    second = jivo.control.operator_comes_online("Пётр")
    jivo.control.operator_passes(first, visitor, second)
    jivo.settle()
    with impossible(jivo, f"operator {first} is not in the chat of visitor {visitor}"):
        jivo.control.operator_writes(first, visitor, "Ау")
    jivo.control.operator_finishes(second, visitor)
    jivo.settle()

    assert ["Ольга", "Пётр"] == [agent["name"] for agent in jivo.bodies("webhook")[-1]["agents"]]


def test_a_chat_that_comes_back_counts_once(jivo: Jivo) -> None:
    """A chat that is passed on and back has its first operator again, who took part once."""
    visitor = jivo.visitor()
    first = jivo.operator(visitor)
    second = jivo.control.operator_comes_online("Пётр")
    jivo.control.operator_passes(first, visitor, second)
    jivo.control.operator_passes(second, visitor, first)

    assert (["Ольга"], ["Ольга", "Пётр"]) == (inside(jivo, visitor), took_part(jivo, visitor))


# leaving


def test_the_last_operator_leaves(jivo: Jivo) -> None:
    """When the only operator leaves nothing is sent or shown, who took part stays known, and it is written down."""
    visitor = jivo.visitor()
    operator = jivo.operator(visitor)
    jivo.forget()
    jivo.control.operator_leaves(operator, visitor)
    jivo.settle()

    assert (State.LEFT, [], ["Ольга"]) == (
        jivo.dialogue(visitor).state,
        inside(jivo, visitor),
        took_part(jivo, visitor),
    )
    assert ([], []) == (jivo.guest.heard, jivo.shown())
    assert ["bot"] == [fact["owner"] for fact in jivo.facts("owner")]
    assert operator_did(jivo, "leaves", operator, visitor) == jivo.act()


def test_one_of_two_operators_leaves(jivo: Jivo) -> None:
    """When another stays the chat is still the operators', and nothing is sent or shown."""
    visitor = jivo.visitor()
    first, _ = jivo.operator(visitor, "Ольга"), jivo.operator(visitor, "Пётр")
    jivo.forget()
    jivo.control.operator_leaves(first, visitor)
    jivo.settle()

    assert (State.OPERATOR, ["Пётр"]) == (jivo.dialogue(visitor).state, inside(jivo, visitor))
    assert ([], []) == (jivo.guest.heard, jivo.witness.facts)


# finishing, reopening


def test_an_operator_finishes(jivo: Jivo) -> None:
    """A finished chat has nobody in it, who took part stays known, and the act is written down."""
    visitor, operator = jivo.finished()

    assert (State.FINISHED, [], ["Ольга"]) == (
        jivo.dialogue(visitor).state,
        inside(jivo, visitor),
        took_part(jivo, visitor),
    )
    assert operator_did(jivo, "finishes", operator, visitor) == jivo.act()


def test_a_finished_chat_is_told_to_the_webhook_only(jivo: Jivo) -> None:
    """chat_finished names everyone who took part, also who left before, and tells everything that was said."""
    visitor = jivo.visitor()
    first, second = jivo.operator(visitor, "Ольга"), jivo.operator(visitor, "Пётр")
    jivo.control.operator_writes(first, visitor, "Я Ольга")
    jivo.control.operator_leaves(first, visitor)
    jivo.control.operator_finishes(second, visitor)
    jivo.settle()
    finished = jivo.bodies("webhook")[-1]

    assert ["CLIENT_MESSAGE", "CHAT_CLOSED"] == jivo.told()
    assert ("chat_finished", "Клиент: Привет\nОльга: Я Ольга") == (finished["event_name"], finished["plain_messages"])
    assert ["Ольга", "Пётр"] == [agent["name"] for agent in finished["agents"]]


def test_an_operator_reopens_a_finished_chat(jivo: Jivo) -> None:
    """The operator has the chat again; neither the visitor nor anybody else is told, and it is written down."""
    visitor, _ = jivo.finished()
    second = jivo.control.operator_comes_online("Пётр")
    jivo.forget()
    jivo.control.operator_reopens(second, visitor)
    jivo.settle()

    assert (State.OPERATOR, ["Пётр"], ["Ольга", "Пётр"]) == (
        jivo.dialogue(visitor).state,
        inside(jivo, visitor),
        took_part(jivo, visitor),
    )
    assert ([], []) == (jivo.guest.heard, jivo.shown())
    assert ["operator"] == [fact["owner"] for fact in jivo.facts("owner")]
    assert operator_did(jivo, "reopens", second, visitor) == jivo.act()


def test_a_reopened_chat_is_finished_again(jivo: Jivo) -> None:
    """Its second end is told as the first one was, with everyone who ever took part."""
    visitor, operator = jivo.finished()
    jivo.control.operator_reopens(operator, visitor)
    jivo.control.operator_finishes(operator, visitor)
    jivo.settle()

    assert ["chat_accepted", "chat_finished", "chat_finished"] == jivo.told("webhook")
    assert ["Ольга"] == [agent["name"] for agent in jivo.bodies("webhook")[-1]["agents"]]


def test_a_chat_that_begins_again_forgets_who_took_part(jivo: Jivo) -> None:
    """After its end the visitor's words begin another chat, under the same id, in which others take part."""
    visitor, _ = jivo.finished()
    jivo.control.visitor_writes(visitor, "Снова я")
    second = jivo.operator(visitor, "Пётр")
    jivo.control.operator_finishes(second, visitor)
    jivo.settle()

    assert (["Пётр"], ["Пётр"]) == (
        took_part(jivo, visitor),
        [agent["name"] for agent in jivo.bodies("webhook")[-1]["agents"]],
    )


def test_a_chat_that_goes_on_remembers_who_took_part(jivo: Jivo) -> None:
    """After an operator left the visitor's words go on with the chat: at its end he is named, and so it is told."""
    visitor = jivo.visitor()
    jivo.control.operator_leaves(jivo.operator(visitor), visitor)
    jivo.control.visitor_writes(visitor, "Снова я")
    jivo.settle(1000)

    assert ["chat_accepted", "chat_finished"] == jivo.told("webhook")
    assert ["Ольга"] == [agent["name"] for agent in jivo.bodies("webhook")[-1]["agents"]]


def test_a_reopened_chat_takes_the_bots_words(jivo: Jivo) -> None:
    """«Возможность возобновляется после перезагрузки данного чата Оператором»: refused before, shown after."""
    visitor, operator = jivo.finished()
    before = jivo.call(jivo.message(visitor))
    jivo.control.operator_reopens(operator, visitor)

    assert (400, GOOD) == (before.status, jivo.call(jivo.message(visitor)))
    assert ("bot", "Здравствуйте") == jivo.shown()[-1]


# what cannot be done


def people(jivo: Jivo) -> dict[str, str]:
    """Name the people of the impossible rows: visitors by where their chats stand, operators by where they are."""
    chatting, finished, new, waiting = jivo.visitor(), jivo.visitor(), jivo.control.visitor_arrives(), jivo.visitor()
    inside, absent = jivo.operator(chatting), jivo.operator(chatting, "Анна")
    jivo.control.operator_accepts(inside, finished)
    jivo.control.operator_finishes(inside, finished)
    outside = jivo.control.operator_comes_online("Пётр")
    jivo.control.operator_goes_offline(absent)
    jivo.settle()
    return {
        "chatting": chatting,
        "finished": finished,
        "new": new,
        "waiting": waiting,
        "inside": inside,
        "outside": outside,
        "absent": absent,
        "nobody": NOBODY,
    }


IN_IT = "Ольга is in that chat already"
NOT_IN_IT = r"operator \d+ is not in the chat of visitor \d+"
NO_VISITOR, NO_OPERATOR, OFFLINE = "Jivo knows no visitor 0", "Jivo knows no operator 0", "Анна is offline"
IMPOSSIBLE = [
    ("accepts", "inside", "chatting", (), IN_IT),
    ("accepts", "outside", "finished", (), f"not possible while the dialogue is finished: {Happening.ACCEPTS}"),
    ("accepts", "outside", "new", (), f"not possible while the dialogue is new: {Happening.ACCEPTS}"),
    ("accepts", "absent", "waiting", (), OFFLINE),
    ("accepts", "outside", "nobody", (), NO_VISITOR),
    ("accepts", "nobody", "waiting", (), NO_OPERATOR),
    ("writes", "outside", "chatting", ("Ау",), NOT_IN_IT),
    ("writes", "inside", "finished", ("Ау",), NOT_IN_IT),
    ("writes", "outside", "waiting", ("Ау",), NOT_IN_IT),
    ("writes", "absent", "chatting", ("Ау",), OFFLINE),
    ("writes", "inside", "nobody", ("Ау",), NO_VISITOR),
    ("writes", "nobody", "chatting", ("Ау",), NO_OPERATOR),
    ("passes", "outside", "chatting", ("inside",), NOT_IN_IT),
    ("passes", "inside", "finished", ("outside",), NOT_IN_IT),
    ("passes", "inside", "chatting", ("inside",), IN_IT),
    ("passes", "inside", "chatting", ("absent",), OFFLINE),
    ("passes", "inside", "chatting", ("nobody",), NO_OPERATOR),
    ("passes", "inside", "nobody", ("outside",), NO_VISITOR),
    ("leaves", "outside", "chatting", (), NOT_IN_IT),
    ("leaves", "inside", "finished", (), NOT_IN_IT),
    ("leaves", "outside", "waiting", (), NOT_IN_IT),
    ("leaves", "inside", "nobody", (), NO_VISITOR),
    ("finishes", "outside", "chatting", (), NOT_IN_IT),
    ("finishes", "inside", "finished", (), NOT_IN_IT),
    ("finishes", "outside", "waiting", (), NOT_IN_IT),
    ("finishes", "inside", "nobody", (), NO_VISITOR),
    ("reopens", "outside", "chatting", (), f"not possible while the dialogue is operator: {Happening.REOPENS}"),
    ("reopens", "outside", "waiting", (), f"not possible while the dialogue is bot: {Happening.REOPENS}"),
    ("reopens", "outside", "new", (), f"not possible while the dialogue is new: {Happening.REOPENS}"),
    ("reopens", "absent", "finished", (), OFFLINE),
    ("reopens", "outside", "nobody", (), NO_VISITOR),
    ("reopens", "nobody", "finished", (), NO_OPERATOR),
    ("edits_card", "absent", "chatting", (), OFFLINE),
    ("edits_card", "inside", "nobody", (), NO_VISITOR),
    ("edits_card", "nobody", "chatting", (), NO_OPERATOR),
    ("clears_card", "absent", "chatting", ("phone",), OFFLINE),
    ("clears_card", "inside", "nobody", ("phone",), NO_VISITOR),
    ("sets_attribute", "absent", "chatting", ("Город", "Тверь"), OFFLINE),
    ("sets_attribute", "inside", "nobody", ("Город", "Тверь"), NO_VISITOR),
    ("becomes_responsible", "nobody", "chatting", (), NO_OPERATOR),
    ("becomes_responsible", "inside", "nobody", (), NO_VISITOR),
    ("calls", "inside", "nobody", (), NO_VISITOR),
    ("reads", "absent", "chatting", (), OFFLINE),
    ("reads", "inside", "nobody", (), NO_VISITOR),
    ("reads", "nobody", "chatting", (), NO_OPERATOR),
]


@pytest.mark.parametrize(("verb", "operator", "visitor", "more", "words"), IMPOSSIBLE)
def test_the_impossible_leaves_everything_as_it_is(  # noqa: PLR0913, PLR0917 - a row
    jivo: Jivo, verb: str, operator: str, visitor: str, more: tuple[str, ...], words: str
) -> None:
    """What nobody can do now is said in words, and neither the account nor the record nor the guest notices."""
    who = people(jivo)
    details = [who.get(word, word) for word in more]
    with impossible(jivo, words):
        getattr(jivo.control, f"operator_{verb}")(who[operator], who[visitor], *details)


@pytest.mark.parametrize("verb", ["operator_goes_offline", "operator_comes_back"])
def test_nobody_neither_comes_nor_goes(jivo: Jivo, verb: str) -> None:
    """An operator who never came online can neither go nor come back."""
    with impossible(jivo, NO_OPERATOR):
        getattr(jivo.control, verb)(NOBODY)


@pytest.mark.parametrize(
    ("happening", "deed"),
    [
        (Happening.WRITES_BACK, lambda control, one, _, visitor: control.operator_writes(one, visitor, "Ау")),
        (Happening.LEAVES_LAST, lambda control, one, _, visitor: control.operator_leaves(one, visitor)),
        (Happening.FINISHES, lambda control, one, _, visitor: control.operator_finishes(one, visitor)),
        (Happening.PASSES, lambda control, one, other, visitor: control.operator_passes(one, visitor, other)),
        (Happening.ACCEPTS, lambda control, _, other, visitor: control.operator_accepts(other, visitor)),
        (Happening.CALLS, lambda control, one, _, visitor: control.operator_calls(one, visitor)),
    ],
)
def test_what_a_lying_table_forbids_changes_nothing(
    happening: Happening, deed: Callable[[Any, str, str, str], object]
) -> None:
    """Where the table has no row for a verb it cannot be done, and all stays as it is."""
    lie = {pair: row for pair, row in TABLE.items() if pair != (State.OPERATOR, happening)}
    with opened(table=lie) as jivo:
        visitor = jivo.visitor(phone="+70000000001")
        operator, other = jivo.operator(visitor), jivo.control.operator_comes_online("Пётр")
        with impossible(jivo, f"not possible while the dialogue is operator: {happening}"):
            deed(jivo.control, operator, other, visitor)
