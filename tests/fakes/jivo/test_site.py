"""Tests: what a Jivo account holds."""

from __future__ import annotations

from fakes.jivo.machine import State
from fakes.jivo.site import Channel, Dialogue, Operator, Site, Visitor


def test_a_channel_starts_switched_off() -> None:
    """A new channel has no webhook, and the bot does not serve it (protocol/jivo 1.1)."""
    channel = Channel("1", "telegram")

    assert (None, False) == (channel.webhook_url, channel.bot_on)


def test_a_dialogue_starts_new_and_empty() -> None:
    """A new dialogue is NEW, with nobody in it and nothing said; two of them share nothing."""
    first, second = (Dialogue(number, Visitor(number, Channel("1", "widget"))) for number in (1, 2))
    first.operators.append(Operator(1, "Оп", "op@shop.test"))
    first.lines.clear()

    assert (State.NEW, [], [], []) == (second.state, second.operators, second.took_part, second.lines)


def test_somebody_is_online_as_long_as_one_is() -> None:
    """Whether anybody is online follows the operators as they come and go."""
    site = Site(1, "prov")
    seen = [site.agents_online]
    first, second = Operator(1, "А", "a@shop.test"), Operator(2, "Б", "b@shop.test")
    site.operators += [first, second]
    for operator in (first, second):
        seen.append(site.agents_online)
        operator.online = False
    seen.append(site.agents_online)

    assert [False, True, True, False] == seen
