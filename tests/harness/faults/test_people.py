"""What people may do at the worst moment, and what becomes of the call in whose moment they do it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from harness.faults.fault import Side
from tests.harness.faults.line import Line, line_to

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(params=["jivo", "livetex"])
def desk(request: pytest.FixtureRequest) -> Iterator[Line]:
    """Give the line to each chat-centre in turn, with an operator online."""
    with line_to(request.param) as line:
        line.people.operator_comes_online()
        yield line


def acts(line: Line, did: str) -> list[dict[str, Any]]:
    """List what people did."""
    return [one for one in line.world.journal.lines if one["kind"] == "act" and one["did"] == did]


def statuses(line: Line) -> list[int]:
    """List how the vendor answered the bridge since the last order."""
    return [one["came"]["status"] for one in line.crossings(Side.CALL)]


def test_everybody_is_gone_at_the_handover(desk: Line) -> None:
    """The operator is offline before the call has its effect; it happens once."""
    desk.order("finds everybody gone", what="handover")
    desk.people.bot_hands_over()
    desk.people.bot_hands_over()
    [act] = acts(desk, "goes_offline")
    [call, *_] = [one for one in desk.crossings(Side.CALL) if "fault" in one]

    assert "finds everybody gone" == call["fault"]
    assert call["at"] == act["at"]


def test_nobody_takes_it_where_everybody_is_gone() -> None:
    """Jivo tells the bot that nobody is online, though somebody was when it called."""
    with line_to("jivo") as line:
        line.people.operator_comes_online()
        line.order("finds everybody gone", what="handover")
        line.people.bot_hands_over()

        assert "AGENT_UNAVAILABLE" in [one["event"] for one in line.crossings(Side.DELIVERY)]


def test_the_operator_is_gone_while_the_bridge_is_told_of_him(desk: Line) -> None:
    """Whoever has the dialogue goes offline as a delivery sets out, and it stays his."""
    desk.people.bot_hands_over()
    desk.order("finds the operator gone", Side.DELIVERY)
    desk.people.operator_accepts()
    desk.people.operator_comes_online()
    told = [one["owner"] for one in desk.world.journal.lines if one["kind"] == "fact" and one["fact"] == "owner"]

    assert ["finds the operator gone"] == desk.struck()[:1]
    assert 1 == len(acts(desk, "goes_offline"))
    assert "operator" == told[-1]


def test_the_chat_is_over_when_the_bot_speaks(desk: Line) -> None:
    """The dialogue is closed before the call has its effect."""
    desk.order("finds the chat closed", what="message", nth=1)
    desk.people.visitor_writes("Вы здесь?")
    told = [one["owner"] for one in desk.world.journal.lines if one["kind"] == "fact" and one["fact"] == "owner"]

    assert ["finds the chat closed"] == desk.struck()
    assert "closed" in told or desk.vendor == "livetex"  # what nobody has at LiveTex does not end


def test_what_is_over_is_not_over_again(desk: Line) -> None:
    """To close what is closed is harmless: the call is answered as it would be."""
    desk.order("finds the chat closed", what="message")
    desk.calls()
    desk.calls()

    assert {one["came"]["status"] for one in desk.crossings(Side.CALL)} <= {200, 400}


@pytest.mark.parametrize("vendor", ["jivo", "livetex", "telegram"])
def test_the_key_is_revoked(vendor: str) -> None:
    """The call at whose arrival it is revoked is refused, and every one after it."""
    with line_to(vendor) as line:
        line.order("finds the key revoked")
        first, second = line.calls(), line.calls()

        assert (401, 401) == (first.status, second.status)
        assert 0 == line.effects()


def test_the_bot_is_blocked() -> None:
    """The message in whose moment it is blocked does not arrive."""
    with line_to("telegram") as line:
        line.order("finds the bot blocked")

        assert (403, 403) == (line.calls().status, line.calls().status)
        assert 0 == line.effects()


def test_nobody_blocks_where_nobody_can() -> None:
    """A fault that cannot happen at a vendor never strikes there."""
    with line_to("jivo") as line:
        line.order("finds the bot blocked")

        assert 200 == line.calls().status
        assert ["«finds the bot blocked» at every call to jivo"] == [
            str(one) for one in line.world.weather.missed(drawn=False)
        ]
