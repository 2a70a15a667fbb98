"""Tests: what the account's administrator does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakes.jivo.machine import State
from tests.fakes.jivo.answers import refusal
from tests.fakes.jivo.conftest import BINDING, TOKEN, impossible, quoted

if TYPE_CHECKING:
    from tests.fakes.jivo.conftest import Jivo

WIDGET, TELEGRAM = "widget", "telegram"
OTHER = {"bot_url": "http://bridge.test/other", "token": "18:fff", "webhook_url": "http://bridge.test/elsewhere"}


def did(what: str, **details: Any) -> dict[str, Any]:
    """Make the administrator's act as it is written down."""
    return {"who": "administrator", "did": what, "vendor": "jivo"} | details


def path(jivo: Jivo, token: str) -> str:
    """Tell where calls with a token go."""
    return f"/webhooks/{jivo.control.site.provider_id}/{quoted(token)}"


# the account


def test_an_account_has_an_address_and_a_provider_id(jivo: Jivo) -> None:
    """What a binding must be given is Jivo's address for bot calls and the account's provider id."""
    assert {"api_url": "http://jivo.test", "provider_id": jivo.control.site.provider_id} == jivo.control.settings()


def test_a_new_account_has_one_silent_widget(jivo: Jivo) -> None:
    """It starts with a widget that is connected to nothing, nobody online, and nothing written down."""
    acts = len(jivo.witness.acts)
    site = jivo.another_account().site
    (widget,) = site.channels

    assert (WIDGET, "", False, None, None) == (
        widget.type,
        widget.webhook_url,
        widget.webhooks_on,
        widget.bot,
        widget.invitation,
    )
    assert ([], [], {}, {}) == (site.bots, site.operators, site.visitors, site.dialogues)
    assert acts == len(jivo.witness.acts)


def test_an_account_may_be_founded_beside_another(jivo: Jivo) -> None:
    """It is found at the same address, by a provider id of its own."""
    mine, theirs = jivo.control.settings(), jivo.another_account().settings()

    assert mine["api_url"] == theirs["api_url"]
    assert mine["provider_id"] != theirs["provider_id"]


def test_accounts_share_no_ids(jivo: Jivo) -> None:
    """Two accounts have different site and provider ids, and different channels."""
    mine, theirs = jivo.control.site, jivo.another_account().site

    assert mine.site_id != theirs.site_id
    assert mine.provider_id != theirs.provider_id
    assert mine.channels[0].widget_id != theirs.channels[0].widget_id
    assert mine.channels[0].own_id != theirs.channels[0].own_id


def test_knobs_are_turned_and_written_down(jivo: Jivo) -> None:
    """A turn changes this account's knobs from then on, and says which."""
    other = jivo.another_account()
    jivo.control.turns(profile="current", idle=5.0)

    assert (True, 5.0) == (jivo.control.site.knobs.media_from_bot, jivo.control.site.knobs.idle)
    assert did("turns", knobs={"profile": "current", "idle": 5.0}) == jivo.act()
    assert 900.0 == other.site.knobs.idle


@pytest.mark.parametrize(
    ("knobs", "words"),
    [
        ({"volume": 11}, "Jivo has no knob 'volume'"),
        ({"idle": 5.0, "profile": "old"}, "Jivo has no profile 'old'"),
        ({"idle": 5.0, "dialects": 1}, "knob dialects cannot be 1; it can be true or false"),
    ],
)
def test_a_wrong_turn_turns_nothing(jivo: Jivo, knobs: dict[str, Any], words: str) -> None:
    """With one knob that is none, or cannot stand so, no knob is turned."""
    with impossible(jivo, words):
        jivo.control.turns(**knobs)


# channels


def test_a_later_channel_starts_switched_off(jivo: Jivo) -> None:
    """A channel that is added later has ids of its own, no webhook and no bot, and is written down."""
    widget_id = jivo.control.adds_channel(TELEGRAM)
    widget, telegram = jivo.control.site.channels

    assert (widget_id, TELEGRAM, False, "", None) == (
        telegram.widget_id,
        telegram.type,
        telegram.webhooks_on,
        telegram.webhook_url,
        telegram.bot,
    )
    assert 4 == len({widget.widget_id, telegram.widget_id, widget.own_id, telegram.own_id})
    assert did("adds_channel", place=TELEGRAM, channel=widget_id) == jivo.act()


def test_any_kind_of_channel_may_be_added(jivo: Jivo) -> None:
    """A type that Jivo does not list is taken too, and so is a second widget."""
    jivo.control.adds_channel("fax")
    jivo.control.adds_channel(WIDGET)

    assert [WIDGET, "fax", WIDGET] == [channel.type for channel in jivo.control.site.channels]


@pytest.mark.parametrize("kind", ["", " ", " telegram", "telegram\n"])
def test_a_channel_needs_a_type(jivo: Jivo, kind: str) -> None:
    """No word, or one with blanks around it, is no type."""
    with impossible(jivo, "a channel needs a type, a word without blanks around it"):
        jivo.control.adds_channel(kind)


def test_a_channel_is_named_by_id_or_type(jivo: Jivo) -> None:
    """A widget_id means that channel, a type the first channel of that type."""
    second = jivo.control.adds_channel(WIDGET)
    jivo.control.switches_bot(second, on=True)
    jivo.control.switches_bot(WIDGET, on=False)
    widgets = jivo.control.site.channels

    assert [False, True] == [widget.bot is not None for widget in widgets]


def test_the_bot_is_switched_on_for_a_channel(jivo: Jivo) -> None:
    """A channel whose bot is switched on is served: its visitors' words go to the bot."""
    widget_id = jivo.control.adds_channel(TELEGRAM)
    jivo.control.switches_bot(TELEGRAM, on=True)
    act = jivo.act()
    visitor = jivo.visitor(channel=TELEGRAM)

    assert did("switches_bot", channel=widget_id, on=True) == act
    assert ["CLIENT_MESSAGE"] == jivo.told()
    assert 200 == jivo.call(jivo.message(visitor)).status


def test_the_bot_is_switched_off_for_a_channel(jivo: Jivo) -> None:
    """From then on its visitors wait for operators, and the bot may not speak into their chats."""
    visitor = jivo.visitor()
    jivo.control.switches_bot(WIDGET, on=False)
    act = jivo.act()
    jivo.forget()
    jivo.control.visitor_writes(visitor, "Ау")
    jivo.settle()

    assert did("switches_bot", channel=jivo.control.site.channels[0].widget_id, on=False) == act
    assert (State.QUEUE, []) == (jivo.dialogue(visitor).state, jivo.told())
    assert 400 == jivo.call(jivo.message(visitor)).status


def test_without_a_bot_none_is_switched_on(jivo: Jivo) -> None:
    """Where no bot is connected there is none to switch on; to switch it off is harmless."""
    jivo.control.disconnects_bots()
    with impossible(jivo, "no bot is connected"):
        jivo.control.switches_bot(WIDGET, on=True)

    jivo.control.switches_bot(WIDGET, on=False)


@pytest.mark.parametrize(("bot", "webhooks"), [(False, False), (False, True), (True, False), (True, True)])
def test_bot_and_webhooks_are_independent(jivo: Jivo, bot: bool, webhooks: bool) -> None:  # noqa: FBT001 - a row
    """Of the bot and the webhooks of a channel either, both or none may be on."""
    jivo.control.switches_bot(WIDGET, on=bot)
    jivo.control.switches_webhooks(WIDGET, on=webhooks)
    jivo.finished()

    assert (["CLIENT_MESSAGE", "CHAT_CLOSED"] if bot else []) == jivo.told()
    assert (["chat_accepted", "chat_finished"] if webhooks else []) == jivo.told("webhook")


@pytest.mark.parametrize("on", [False, True])
def test_switching_webhooks_is_written_down(jivo: Jivo, on: bool) -> None:  # noqa: FBT001 - a row
    """The switch is the channel's own, and the address stays where it was."""
    jivo.control.switches_webhooks(WIDGET, on=on)
    (widget,) = jivo.control.site.channels

    assert did("switches_webhooks", channel=widget.widget_id, on=on) == jivo.act()
    assert (on, BINDING["webhook_url"]) == (widget.webhooks_on, widget.webhook_url)


def test_a_pasted_address_switches_nothing_on(jivo: Jivo) -> None:
    """A later channel with an address sends nothing until its webhooks are switched on; then it does."""
    widget_id = jivo.control.adds_channel(TELEGRAM)
    jivo.control.pastes_webhook_url(TELEGRAM, "http://bridge.test/webhook/2")
    act = jivo.act()
    visitor = jivo.visitor(channel=TELEGRAM)
    jivo.operator(visitor)
    before = jivo.told("webhook")
    jivo.control.switches_webhooks(TELEGRAM, on=True)
    jivo.operator(visitor, "Пётр")

    assert did("pastes_webhook_url", channel=widget_id) == act
    assert ([], ["/webhook/2"]) == (before, [heard.path for heard in jivo.guest.heard])


def test_webhooks_without_an_address_go_nowhere(jivo: Jivo) -> None:
    """A channel with webhooks on and no address sends none."""
    jivo.control.pastes_webhook_url(WIDGET, "")
    jivo.finished()

    assert [] == jivo.told("webhook")
    assert ["CLIENT_MESSAGE", "CHAT_CLOSED"] == jivo.told()


@pytest.mark.parametrize("url", [" http://bridge.test/webhook", "http://bridge.test/webhook ", "bridge", "http://b b/"])
def test_an_address_is_kept_as_it_was_pasted(jivo: Jivo, url: str) -> None:
    """An address that is none is kept, never heard of by the guest, and every attempt at it is recorded as failed."""
    jivo.control.pastes_webhook_url(WIDGET, url)
    jivo.operator(jivo.visitor())
    failures = [one.failure for one in jivo.witness.crossings if one.request["event"] == "chat_accepted"]

    assert url == jivo.control.site.channels[0].webhook_url
    assert [] == jivo.told("webhook")
    assert 3 == len(failures)
    assert None not in failures


@pytest.mark.parametrize(
    "deed",
    [
        lambda control: control.switches_bot("fax", on=False),
        lambda control: control.switches_webhooks("fax", on=True),
        lambda control: control.pastes_webhook_url("fax", "http://bridge.test/"),
        lambda control: control.sets_invitation("fax", after=1.0),
        lambda control: control.sets_contact_form("fax", on=True),
        lambda control: control.sets_rating_form("fax", on=True),
        lambda control: control.sets_buttons("fax", ["Да"]),
    ],
    ids=["bot", "webhooks", "url", "invitation", "contact form", "rating form", "buttons"],
)
def test_an_unknown_channel_has_no_settings(jivo: Jivo, deed: Any) -> None:
    """What is set for a channel that the account does not have is impossible."""
    with impossible(jivo, "the account has no channel fax"):
        deed(jivo.control)


# bots


def test_connecting_switches_everything_on(jivo: Jivo) -> None:
    """A binding's token and webhook go to every channel there is, and are written down without the token."""
    other = jivo.another_account()
    other.adds_channel(TELEGRAM)
    other.connects(OTHER)
    (bot,) = other.site.bots

    assert ("http://bridge.test/other", "18:fff", "Бот", "Ассистент", "") == (
        bot.endpoint,
        bot.token,
        bot.name,
        bot.position,
        bot.picture,
    )
    assert [(True, True, OTHER["webhook_url"])] * 2 == [
        (channel.bot is bot, channel.webhooks_on, channel.webhook_url) for channel in other.site.channels
    ]
    assert did("connects") == jivo.act()


def test_connecting_again_replaces_the_bot(jivo: Jivo) -> None:
    """With a new binding the old token is unknown, and events go to the new endpoint."""
    visitor = jivo.visitor()
    body = jivo.message(visitor)
    jivo.control.connects(OTHER)
    jivo.forget()
    jivo.control.visitor_writes(visitor, "Ау")
    jivo.settle()

    assert (401, 200) == (jivo.call(body).status, jivo.call(body, path=path(jivo, "18:fff")).status)
    assert ["/other/18:fff"] == [heard.path for heard in jivo.guest.heard]
    assert 1 == len(jivo.control.site.bots)


@pytest.mark.parametrize("token", [" 17:0123abc", "17:0123abc ", "17 0123", "a/b", "ключ", "100%", "%20", "?", "#"])
def test_a_token_is_kept_as_it_was_pasted(jivo: Jivo, token: str) -> None:
    """A token with blanks or odd letters is exactly that token, on the way in and on the way out."""
    jivo.control.pastes_token(token)
    act = jivo.act()
    visitor = jivo.visitor()
    body = jivo.message(visitor)

    assert did("pastes_token") == act
    assert [f"/bot/{quoted(token).replace('%3A', ':')}"] == [heard.path for heard in jivo.guest.heard]
    assert 200 == jivo.call(body, path=path(jivo, token)).status
    assert 401 == jivo.call(body, path=path(jivo, token.strip() + "!")).status


def test_a_pasted_token_is_all_that_changes(jivo: Jivo) -> None:
    """The endpoint, the bot's looks and the channels that it serves stay."""
    jivo.control.adds_channel(TELEGRAM)
    jivo.control.names_bot("Чайник", "Продавец", "https://shop.test/a.png")
    jivo.control.pastes_token("18:fff")
    (bot,) = jivo.control.site.bots

    assert (BINDING["bot_url"], "18:fff", "Чайник", "Продавец", "https://shop.test/a.png") == (
        bot.endpoint,
        bot.token,
        bot.name,
        bot.position,
        bot.picture,
    )
    assert [True, False] == [channel.bot is bot for channel in jivo.control.site.channels]


def test_a_bot_with_another_token_stays_the_first(jivo: Jivo) -> None:
    """Of two bots it is still the one that is switched on for a channel, and that has a name and a token to change."""
    jivo.control.connects_another_bot(OTHER)
    jivo.control.pastes_token("19:eee")
    jivo.control.adds_channel(TELEGRAM)
    jivo.control.switches_bot(TELEGRAM, on=True)
    jivo.visitor(channel=TELEGRAM)

    assert ["/bot/19:eee"] == [heard.path for heard in jivo.guest.heard]
    assert ["19:eee", "18:fff"] == [bot.token for bot in jivo.control.site.bots]


def test_a_second_bot_serves_no_channel(jivo: Jivo) -> None:
    """No visitor goes to another bot, and it may not speak into the first one's chats."""
    jivo.control.connects_another_bot(OTHER)
    act = jivo.act()
    visitor = jivo.visitor()

    assert did("connects_another_bot") == act
    assert [f"/bot/{TOKEN}"] == [heard.path for heard in jivo.guest.heard]
    assert refusal(400, "the bot is not switched on for that channel") == jivo.call(
        jivo.message(visitor), path=path(jivo, "18:fff")
    )
    assert [] == jivo.shown()


def test_two_bots_with_one_token_cannot_be_told_apart(jivo: Jivo) -> None:
    """«Two bots with the same token cannot be authenticated and neither works»: visitors go to the operators."""
    visitor = jivo.visitor()
    body = jivo.message(visitor)
    jivo.control.connects_another_bot(OTHER | {"token": TOKEN})
    jivo.forget()
    jivo.control.visitor_writes(visitor, "Ау")
    jivo.settle()

    assert 401 == jivo.call(body).status
    assert (State.QUEUE, []) == (jivo.dialogue(visitor).state, jivo.told())


def test_with_another_token_both_bots_work_again(jivo: Jivo) -> None:
    """Once the first bot has a token of its own, both are found, and the first serves its channels as before."""
    jivo.control.connects_another_bot(OTHER | {"token": TOKEN})
    jivo.control.pastes_token("19:eee")
    visitor = jivo.visitor()
    body = jivo.message(visitor)

    assert ["/bot/19:eee"] == [heard.path for heard in jivo.guest.heard]
    assert (400, 200) == (jivo.call(body).status, jivo.call(body, path=path(jivo, "19:eee")).status)


def test_the_same_token_in_two_accounts_is_no_clash(jivo: Jivo) -> None:
    """A token must be unique in its account; another account's bot with it disturbs nobody."""
    jivo.another_account().connects(BINDING)
    visitor = jivo.visitor()

    assert ["CLIENT_MESSAGE"] == jivo.told()
    assert 200 == jivo.call(jivo.message(visitor)).status


def test_disconnecting_removes_every_bot(jivo: Jivo) -> None:
    """No token is known any more, no channel is served, and webhooks go on."""
    jivo.control.connects_another_bot(OTHER)
    visitor = jivo.visitor()
    body = jivo.message(visitor)
    jivo.control.disconnects_bots()
    act = jivo.act()
    jivo.forget()
    jivo.control.visitor_writes(visitor, "Ау")
    jivo.operator(visitor)

    assert did("disconnects_bots") == act
    assert ([], [None]) == (jivo.control.site.bots, [channel.bot for channel in jivo.control.site.channels])
    assert (401, 401) == (jivo.call(body).status, jivo.call(body, path=path(jivo, "18:fff")).status)
    assert ([], ["chat_accepted"]) == (jivo.told(), jivo.told("webhook"))


def test_after_disconnecting_one_may_connect_again(jivo: Jivo) -> None:
    """A bot that is connected after all were removed serves as the first one did."""
    jivo.control.disconnects_bots()
    jivo.control.connects(BINDING)
    visitor = jivo.visitor()

    assert ["CLIENT_MESSAGE"] == jivo.told()
    assert 200 == jivo.call(jivo.message(visitor)).status


def test_the_bot_has_a_face(jivo: Jivo) -> None:
    """Visitors see the bot by name and position, and by a picture if it has one; it is written down."""
    visitor = jivo.visitor()
    jivo.call(jivo.message(visitor))
    jivo.control.names_bot("Чайник", "Продавец")
    jivo.call(jivo.message(visitor))
    jivo.control.names_bot("Чайник", "Продавец", "https://shop.test/a.png")
    jivo.call(jivo.message(visitor))

    assert did("names_bot", name="Чайник") == jivo.act()
    assert [
        {"name": "Бот", "position": "Ассистент"},
        {"name": "Чайник", "position": "Продавец"},
        {"name": "Чайник", "position": "Продавец", "picture": "https://shop.test/a.png"},
    ] == [fact["speaker"] for fact in jivo.facts("shown")]


@pytest.mark.parametrize(
    "deed",
    [lambda control: control.pastes_token("18:fff"), lambda control: control.names_bot("Чайник", "Продавец")],
    ids=["token", "name"],
)
def test_without_a_bot_there_is_none_to_change(jivo: Jivo, deed: Any) -> None:
    """Where no bot is connected it has neither a token nor a name."""
    jivo.control.disconnects_bots()
    with impossible(jivo, "no bot is connected"):
        deed(jivo.control)


# what visitors meet


@pytest.mark.parametrize(
    ("deed", "act"),
    [
        (lambda control: control.sets_invitation(WIDGET, after=20.0), ("sets_invitation", {})),
        (lambda control: control.sets_invitation(WIDGET, after=0, first_visit_only=False), ("sets_invitation", {})),
        (lambda control: control.sets_invitation(WIDGET, after=None), ("sets_invitation", {})),
        (lambda control: control.sets_contact_form(WIDGET, on=True), ("sets_contact_form", {"on": True})),
        (lambda control: control.sets_contact_form(WIDGET, on=False), ("sets_contact_form", {"on": False})),
        (lambda control: control.sets_rating_form(WIDGET, on=True), ("sets_rating_form", {"on": True})),
        (lambda control: control.sets_rating_form(WIDGET, on=False), ("sets_rating_form", {"on": False})),
        (lambda control: control.sets_buttons(WIDGET, ["Да", "Нет"]), ("sets_buttons", {})),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "deed",
)
def test_what_is_set_is_written_down(jivo: Jivo, deed: Any, act: tuple[str, dict[str, Any]]) -> None:
    """Every setting of a channel is an act that names the channel; what comes of it the visitors' tests show."""
    deed(jivo.control)

    assert did(act[0], channel=jivo.control.site.channels[0].widget_id, **act[1]) == jivo.act()


def test_nobody_is_invited_before_coming(jivo: Jivo) -> None:
    """An invitation comes after some seconds, none at the least."""
    with impossible(jivo, "nobody can be invited before coming"):
        jivo.control.sets_invitation(WIDGET, after=-0.1)


# what the administrator reads


def read(jivo: Jivo) -> list[dict[str, Any]]:
    """Give what was read, without number and kind."""
    return [{key: fact[key] for key in fact if key not in {"seq", "fact", "vendor"}} for fact in jivo.facts("read")]


def test_the_settings_are_read(jivo: Jivo) -> None:
    """The connected systems and the channels are read, caused by the look."""
    telegram = jivo.control.adds_channel(TELEGRAM)
    jivo.control.connects_another_bot(OTHER)
    jivo.control.names_bot("Чайник", "Продавец")
    jivo.control.reads_settings()
    cause = jivo.witness.acts[-1]["seq"]
    widget = jivo.control.site.channels[0].widget_id
    place = {"place": "settings", "cause": cause}

    assert did("reads_settings") == jivo.act()
    assert [
        place | {"text": "Чайник", "label": "connected system"},
        place | {"text": "Бот", "label": "connected system"},
        place | {"text": WIDGET, "label": "channel", "channel": widget},
        place | {"text": TELEGRAM, "label": "channel", "channel": telegram},
    ] == read(jivo)


def test_the_archive_is_read(jivo: Jivo) -> None:
    """Every chat of a visitor is read with everything that was said in it, caused by the look."""
    jivo.control.turns(chat_after_finish="new")
    visitor, operator = jivo.finished()
    first = jivo.control.dialogue_of(visitor)
    jivo.control.visitor_writes(visitor, "Ещё вопрос")
    second = jivo.control.dialogue_of(visitor)
    jivo.call(jivo.message(visitor, "Слушаю"))
    jivo.control.operator_accepts(operator, visitor)
    jivo.control.operator_writes(operator, visitor, "Я Ольга")
    jivo.visitor("Другой")
    jivo.control.reads_archive(visitor)
    place = {"place": "archive", "person": visitor, "cause": jivo.witness.acts[-1]["seq"]}

    assert did("reads_archive", person=visitor) == jivo.act()
    assert [
        place | {"text": "Привет", "author": "visitor", "dialogue": first},
        place | {"text": "Ещё вопрос", "author": "visitor", "dialogue": second},
        place | {"text": "Слушаю", "author": "bot", "dialogue": second},
        place | {"text": "Я Ольга", "author": "operator", "dialogue": second},
    ] == read(jivo)


def test_nobody_has_no_archive(jivo: Jivo) -> None:
    """Of a visitor who never came there is nothing to look up."""
    with impossible(jivo, "Jivo knows no visitor 0"):
        jivo.control.reads_archive("0")
