"""Tests: what people do in Jivo."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest

from fakes.jivo.machine import TABLE, Happening, Impossible, State
from tests.fakes.jivo.conftest import BINDING, TOKEN, Answer, Jivo, opened, quoted

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakes.jivo.site import Site


def act(jivo: Jivo) -> dict[str, Any]:
    """Give the last act, without its number."""
    return {key: value for key, value in jivo.witness.acts[-1].items() if key != "seq"}


def in_chat(jivo: Jivo, visitor: str) -> dict[str, str]:
    """Tell what an act in a visitor's chat is written down with."""
    return {"vendor": "jivo", "person": visitor, "dialogue": jivo.control.dialogue_of(visitor)}


def everything(site: Site) -> Any:
    """Take down an account with all it holds, timers as they are."""
    chats = {
        name: (chat.state, list(chat.lines), list(chat.operators), list(chat.took_part), chat.idle, chat.last_event)
        for name, chat in site.dialogues.items()
    }
    return chats, list(site.visitors), copy.deepcopy(site.operators), copy.deepcopy(site.channels), copy.copy(site.bot)


# the administrator


def test_an_account_has_an_address_and_a_provider_id(jivo: Jivo) -> None:
    """What a binding must be given is Jivo's address for bot calls and the account's provider id."""
    assert {
        "api_url": "http://jivo.test",
        "provider_id": jivo.control.site.provider_id,
    } == jivo.control.settings()


def test_a_new_account_has_one_silent_widget(jivo: Jivo) -> None:
    """It starts with a widget that is connected to nothing, nobody online, and nothing written down."""
    acts = len(jivo.witness.acts)
    site = jivo.another_account().site

    assert [("widget", None, False)] == [
        (channel.type, channel.webhook_url, channel.bot_on) for channel in site.channels
    ]
    assert (None, [], {}) == (site.bot, site.operators, site.dialogues)
    assert acts == len(jivo.witness.acts)


def test_accounts_share_no_ids(jivo: Jivo) -> None:
    """Two accounts have different site and provider ids, and different channels."""
    mine, theirs = jivo.control.site, jivo.another_account().site

    assert mine.site_id != theirs.site_id
    assert mine.provider_id != theirs.provider_id
    assert mine.channels[0].widget_id != theirs.channels[0].widget_id


def test_a_later_channel_starts_switched_off(jivo: Jivo) -> None:
    """A channel that is added later has an id of its own, no webhook and no bot, and is written down."""
    widget_id = jivo.control.adds_channel("telegram")
    widget, telegram = jivo.control.site.channels

    assert (widget_id, "telegram", None, False) == (
        telegram.widget_id,
        telegram.type,
        telegram.webhook_url,
        telegram.bot_on,
    )
    assert widget.widget_id != telegram.widget_id
    assert {
        "who": "administrator",
        "did": "adds_channel",
        "vendor": "jivo",
        "place": "telegram",
        "channel": widget_id,
    } == act(jivo)


def test_connecting_switches_everything_on(jivo: Jivo) -> None:
    """A pasted binding gives every channel there is the webhook URL and the bot; it is written down without secrets."""
    jivo.control.adds_channel("telegram")
    jivo.control.connects(BINDING)
    site = jivo.control.site

    assert [(BINDING["webhook_url"], True)] * 2 == [(channel.webhook_url, channel.bot_on) for channel in site.channels]
    assert site.bot is not None
    assert (BINDING["bot_url"], TOKEN) == (site.bot.endpoint, site.bot.token)
    assert {"who": "administrator", "did": "connects", "vendor": "jivo"} == act(jivo)


def test_connecting_again_replaces_the_token(jivo: Jivo) -> None:
    """With a new token the old one is unknown."""
    visitor = jivo.visitor()
    body = jivo.message(visitor)
    jivo.control.connects(BINDING | {"token": "18:fff"})
    old = jivo.call(body)
    new = jivo.call(body, path=f"/webhooks/{jivo.control.site.provider_id}/18:fff")

    assert (401, 200) == (old.status, new.status)


@pytest.mark.parametrize("token", [" 17:0123abc", "17:0123abc ", "17 0123", "a/b", "ключ", "100%"])
def test_a_token_is_kept_as_it_was_pasted(jivo: Jivo, token: str) -> None:
    """A token with blanks or odd letters is exactly that token, on the way in and on the way out."""
    jivo.control.connects(BINDING | {"token": token})
    visitor = jivo.visitor()
    provider = jivo.control.site.provider_id

    assert [f"/bot/{quoted(token).replace('%3A', ':')}"] == [heard.path for heard in jivo.guest.heard]
    assert 200 == jivo.call(jivo.message(visitor), path=f"/webhooks/{provider}/{quoted(token)}").status
    assert 401 == jivo.call(jivo.message(visitor), path=f"/webhooks/{provider}/{quoted(token.strip() + '!')}").status


# visitors


def test_a_visitor_arrives_without_a_word(jivo: Jivo) -> None:
    """Who opens a channel has a new dialogue there with their card, nothing is sent, and it is written down."""
    visitor = jivo.control.visitor_arrives(name="Анна", phone="+70000000001", email="anna@shop.test")
    jivo.settle()
    chat = jivo.dialogue(visitor)

    assert (State.NEW, "Анна", "+70000000001", "anna@shop.test", 0) == (
        chat.state,
        chat.visitor.name,
        chat.visitor.phone,
        chat.visitor.email,
        chat.visitor.chats,
    )
    assert [] == jivo.guest.heard
    assert {"who": "visitor", "did": "arrives", "place": "widget", "name": "Анна"} | in_chat(jivo, visitor) == act(jivo)


def test_visitors_have_dialogues_of_their_own(jivo: Jivo) -> None:
    """Two visitors have different ids and different dialogues, each on the channel through which they came."""
    jivo.control.adds_channel("telegram")
    first, second = jivo.control.visitor_arrives(), jivo.control.visitor_arrives(channel="telegram")

    assert first != second
    assert jivo.control.dialogue_of(first) != jivo.control.dialogue_of(second)
    assert ["widget", "telegram"] == [jivo.dialogue(one).visitor.channel.type for one in (first, second)]


def test_a_visitor_writes(jivo: Jivo) -> None:
    """A visitor's words join the record and go to the bot, and are written down as the cause."""
    visitor = jivo.visitor("Привет")
    number = jivo.witness.acts[-1]["seq"]

    assert ["Привет"] == [body["message"]["text"] for body in jivo.bodies()]
    assert [("visitor", "Привет")] == [(line.author, line.text) for line in jivo.dialogue(visitor).lines]
    assert {"who": "visitor", "did": "writes", "text": "Привет"} | in_chat(jivo, visitor) == act(jivo)
    assert [number] == [record.request["cause"] for record in jivo.witness.crossings]


def test_a_visitor_who_wrote_has_a_chat(jivo: Jivo) -> None:
    """With the first words the visitor's number of chats becomes one, and stays so in the same chat."""
    visitor = jivo.visitor()
    jivo.control.visitor_writes(visitor, "Ещё")

    assert 1 == jivo.dialogue(visitor).visitor.chats


# operators


def test_an_operator_comes_and_goes(jivo: Jivo) -> None:
    """Operators come online with a name and an address, go offline, and both are written down."""
    first = jivo.control.operator_comes_online("Ольга", "olga@shop.test")
    second = jivo.control.operator_comes_online("Пётр")
    came = act(jivo)
    jivo.control.operator_goes_offline(first)
    operators = jivo.control.site.operators

    assert [(first, "Ольга", False), (second, "Пётр", True)] == [
        (str(one.id), one.name, one.online) for one in operators
    ]
    assert ["olga@shop.test", f"operator{second}@shop.test"] == [one.email for one in operators]
    assert {"who": "operator", "did": "comes_online", "vendor": "jivo", "person": second, "name": "Пётр"} == came
    assert {"who": "operator", "did": "goes_offline", "vendor": "jivo", "person": first} == act(jivo)


def test_an_operator_accepts(jivo: Jivo) -> None:
    """Who accepts is in the chat and took part in it; it is written down with who did it."""
    visitor = jivo.visitor()
    operator = jivo.operator(visitor)
    chat = jivo.dialogue(visitor)

    assert (State.OPERATOR, ["Ольга"], ["Ольга"]) == (
        chat.state,
        [one.name for one in chat.operators],
        [one.name for one in chat.took_part],
    )
    assert {"who": "operator", "did": "accepts", "by": operator} | in_chat(jivo, visitor) == act(jivo)


def test_an_operator_writes(jivo: Jivo) -> None:
    """An operator's words appear on the screen and join the record under the operator's id; the bot hears nothing."""
    visitor = jivo.visitor()
    operator = jivo.operator(visitor)
    heard = len(jivo.guest.heard)
    jivo.control.operator_writes(operator, visitor, "Чем помочь?")
    jivo.settle()
    line = jivo.dialogue(visitor).lines[-1]

    assert ("operator", "Чем помочь?") == jivo.shown()[-1]
    assert ("operator", "Чем помочь?", int(operator)) == (line.author, line.text, line.operator)
    assert heard == len(jivo.guest.heard)
    assert {"who": "operator", "did": "writes", "text": "Чем помочь?", "by": operator} | in_chat(jivo, visitor) == act(
        jivo
    )


def test_the_last_operator_leaves(jivo: Jivo) -> None:
    """When the only operator leaves nothing is sent or shown, who took part stays known, and it is written down."""
    visitor = jivo.visitor()
    operator = jivo.operator(visitor)
    heard, shown = len(jivo.guest.heard), jivo.shown()
    jivo.control.operator_leaves(operator, visitor)
    jivo.settle()
    chat = jivo.dialogue(visitor)

    assert (State.LEFT, [], ["Ольга"]) == (chat.state, chat.operators, [one.name for one in chat.took_part])
    assert (heard, shown) == (len(jivo.guest.heard), jivo.shown())
    assert {"who": "operator", "did": "leaves", "by": operator} | in_chat(jivo, visitor) == act(jivo)


def test_one_of_two_operators_leaves(jivo: Jivo) -> None:
    """When another stays the chat is still the operators', and nothing is sent or shown."""
    visitor = jivo.visitor()
    first, second = jivo.operator(visitor, "Ольга"), jivo.operator(visitor, "Пётр")
    heard, shown = len(jivo.guest.heard), jivo.shown()
    jivo.control.operator_leaves(first, visitor)
    jivo.settle()
    chat = jivo.dialogue(visitor)

    assert (State.OPERATOR, [second]) == (chat.state, [str(one.id) for one in chat.operators])
    assert (heard, shown) == (len(jivo.guest.heard), jivo.shown())


def test_an_operator_may_come_back(jivo: Jivo) -> None:
    """Who left and accepts again took part once."""
    visitor = jivo.visitor()
    operator = jivo.operator(visitor)
    jivo.control.operator_leaves(operator, visitor)
    jivo.control.operator_accepts(operator, visitor)
    chat = jivo.dialogue(visitor)

    assert (State.OPERATOR, 1, 1) == (chat.state, len(chat.operators), len(chat.took_part))


def test_after_a_leaving_the_visitors_words_bring_the_bot_back(jivo: Jivo) -> None:
    """«Лид должен заново начать диалог, написав сообщение»: only then the bot is told again."""
    visitor = jivo.visitor()
    jivo.control.operator_leaves(jivo.operator(visitor), visitor)
    jivo.settle()
    before = jivo.told()
    jivo.control.visitor_writes(visitor, "Ещё вопрос")
    jivo.settle()

    assert ["CLIENT_MESSAGE", "CHAT_CLOSED"] == before
    assert [*before, "CLIENT_MESSAGE"] == jivo.told()
    assert Answer(200, {}) == jivo.call(jivo.message(visitor))


def test_an_operator_finishes(jivo: Jivo) -> None:
    """A finished chat has nobody in it; who took part stays known, and the act is written down."""
    visitor, operator = jivo.finished()
    chat = jivo.dialogue(visitor)

    assert (State.FINISHED, [], ["Ольга"]) == (chat.state, chat.operators, [one.name for one in chat.took_part])
    assert {"who": "operator", "did": "finishes", "by": operator} | in_chat(jivo, visitor) == act(jivo)


# Jivo itself


def test_the_last_event_is_repeated_byte_for_byte(jivo: Jivo) -> None:
    """A repeated delivery carries the same bytes, the event id included, and is written down as the cause."""
    visitor = jivo.visitor("Первое")
    jivo.control.visitor_writes(visitor, "Второе")
    jivo.settle()
    jivo.control.repeats_last_event(visitor)
    jivo.settle()
    first, second, again = (heard.body for heard in jivo.guest.heard)

    assert second == again != first
    assert {"who": "vendor", "did": "repeats_last_event"} | in_chat(jivo, visitor) == act(jivo)
    assert jivo.witness.acts[-1]["seq"] == jivo.witness.crossings[-1].request["cause"]


def test_a_repetition_is_the_visitors_own(jivo: Jivo) -> None:
    """Of two visitors, the one whose event is repeated is heard again."""
    first, second = jivo.visitor("Раз"), jivo.visitor("Два")
    jivo.control.repeats_last_event(first)
    jivo.settle()

    assert [first, second, first] == [json.loads(heard.body)["client_id"] for heard in jivo.guest.heard]


# what cannot be done


def others(jivo: Jivo) -> dict[str, str]:
    """Name the people of the impossible rows: two visitors, one operator in the first one's chat, one outside."""
    chatting, finished = jivo.visitor(), jivo.visitor()
    inside = jivo.operator(chatting)
    jivo.control.operator_accepts(inside, finished)
    jivo.control.operator_finishes(inside, finished)
    new = jivo.control.visitor_arrives()
    outside = jivo.control.operator_comes_online("Пётр")
    waiting = jivo.visitor()
    jivo.settle()
    return {
        "chatting": chatting,
        "finished": finished,
        "new": new,
        "waiting": waiting,
        "inside": inside,
        "outside": outside,
    }


IMPOSSIBLE: dict[str, Callable[[Jivo, dict[str, str]], object]] = {
    "accepts twice": lambda jivo, who: jivo.control.operator_accepts(who["inside"], who["chatting"]),
    "accepts a finished chat": lambda jivo, who: jivo.control.operator_accepts(who["outside"], who["finished"]),
    "accepts again what he finished": lambda jivo, who: jivo.control.operator_accepts(who["inside"], who["finished"]),
    "accepts a chat without a word": lambda jivo, who: jivo.control.operator_accepts(who["outside"], who["new"]),
    "accepts nobody's chat": lambda jivo, who: jivo.control.operator_accepts(who["outside"], "0"),
    "accepts as nobody": lambda jivo, who: jivo.control.operator_accepts("0", who["chatting"]),
    "writes from outside": lambda jivo, who: jivo.control.operator_writes(who["outside"], who["chatting"], "Ау"),
    "writes into a finished chat": lambda jivo, who: jivo.control.operator_writes(who["inside"], who["finished"], "Ау"),
    "writes into the bot's chat": lambda jivo, who: jivo.control.operator_writes(who["outside"], who["waiting"], "Ау"),
    "writes to nobody": lambda jivo, who: jivo.control.operator_writes(who["inside"], "0", "Ау"),
    "leaves from outside": lambda jivo, who: jivo.control.operator_leaves(who["outside"], who["chatting"]),
    "leaves a finished chat": lambda jivo, who: jivo.control.operator_leaves(who["inside"], who["finished"]),
    "leaves the bot's chat": lambda jivo, who: jivo.control.operator_leaves(who["outside"], who["waiting"]),
    "finishes from outside": lambda jivo, who: jivo.control.operator_finishes(who["outside"], who["chatting"]),
    "finishes a finished chat": lambda jivo, who: jivo.control.operator_finishes(who["inside"], who["finished"]),
    "finishes the bot's chat": lambda jivo, who: jivo.control.operator_finishes(who["outside"], who["waiting"]),
    "finishes nobody's chat": lambda jivo, who: jivo.control.operator_finishes(who["inside"], "0"),
    "goes offline as nobody": lambda jivo, _: jivo.control.operator_goes_offline("0"),
    "writes as a visitor that never came": lambda jivo, _: jivo.control.visitor_writes("0", "Ау"),
    "arrives at a channel that is none": lambda jivo, _: jivo.control.visitor_arrives(channel="fax"),
    "repeats what was never told": lambda jivo, who: jivo.control.repeats_last_event(who["new"]),
    "repeats to nobody": lambda jivo, _: jivo.control.repeats_last_event("0"),
    "asks for nobody's dialogue": lambda jivo, _: jivo.control.dialogue_of("0"),
}


@pytest.mark.parametrize("deed", IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_the_impossible_leaves_everything_as_it_is(jivo: Jivo, deed: Callable[[Jivo, dict[str, str]], object]) -> None:
    """What nobody can do now raises, and neither the account nor the record nor the guest notices."""
    people = others(jivo)
    before = everything(jivo.control.site), list(jivo.witness.acts), list(jivo.witness.facts), len(jivo.guest.heard)
    with pytest.raises(Impossible):
        deed(jivo, people)
    jivo.settle()
    after = everything(jivo.control.site), list(jivo.witness.acts), list(jivo.witness.facts), len(jivo.guest.heard)

    assert before == after


@pytest.mark.parametrize(
    ("happening", "deed"),
    [
        (Happening.WRITES, lambda control, _, visitor: control.visitor_writes(visitor, "Ау")),
        (Happening.WRITES_BACK, lambda control, operator, visitor: control.operator_writes(operator, visitor, "Ау")),
        (Happening.LEAVES_LAST, lambda control, operator, visitor: control.operator_leaves(operator, visitor)),
        (Happening.FINISHES, lambda control, operator, visitor: control.operator_finishes(operator, visitor)),
    ],
)
def test_what_a_lying_table_forbids_changes_nothing(
    happening: Happening, deed: Callable[[Any, str, str], object]
) -> None:
    """Where the table has no row for a verb it raises, and leaves everything as it is."""
    lie = {pair: row for pair, row in TABLE.items() if pair != (State.OPERATOR, happening)}
    with opened(table=lie) as jivo:
        visitor = jivo.visitor()
        operator = jivo.operator(visitor)
        before = jivo.snapshot(visitor)
        with pytest.raises(Impossible):
            deed(jivo.control, operator, visitor)
        after = jivo.snapshot(visitor)

    assert before == after


def test_the_impossible_is_said_in_words(jivo: Jivo) -> None:
    """The reason names who and what."""
    visitor = jivo.visitor()
    operator = jivo.operator(visitor)

    with pytest.raises(Impossible, match="Ольга is in that chat already"):
        jivo.control.operator_accepts(operator, visitor)
    with pytest.raises(Impossible, match="Jivo knows no visitor 0"):
        jivo.control.visitor_writes("0", "Ау")
    with pytest.raises(Impossible, match="Jivo knows no operator 0"):
        jivo.control.operator_goes_offline("0")
    with pytest.raises(Impossible, match="the account has no channel fax"):
        jivo.control.visitor_arrives(channel="fax")
