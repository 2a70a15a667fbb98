"""What a bridge is told when faults strike the vendor's deliveries, at every vendor, on the wire."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from harness import faults
from harness.faults.address import Address
from harness.faults.fault import Side
from tests.harness.faults.line import HOMES, Line, line_to

if TYPE_CHECKING:
    from collections.abc import Iterator

Crossing = dict[str, Any]


@pytest.fixture(params=HOMES)
def line(request: pytest.FixtureRequest) -> Iterator[Line]:
    """Give the line to each vendor in turn; LiveTex is known, and has an operator who answers."""
    with line_to(request.param) as line:
        if line.vendor == "livetex":
            line.people.operator_comes_online()
            line.people.bot_hands_over()
            line.people.operator_accepts()
        yield line


def tell(line: Line, text: str) -> None:
    """Let the vendor have something to tell."""
    if line.vendor == "livetex":
        line.people.operator_writes(text)
    else:
        line.people.visitor_writes(text)


def about(line: Line, text: str) -> list[Crossing]:
    """List the attempts to tell of some words."""
    return [one for one in line.crossings(Side.DELIVERY) if text in str(one["sent"].get("json"))]


def came(crossing: Crossing) -> Any:
    """Tell the status, or why there was none."""
    return crossing["came"]["status"] if "came" in crossing else crossing["failed"]["reason"]


@pytest.mark.parametrize("words", ["resets the connection", "breaks the connection instead of an answer"])
def test_a_broken_connection(line: Line, words: str) -> None:
    """The attempt failed, and the vendor's own next one brings the very same event."""
    line.order(words, Side.DELIVERY, nth=1)
    tell(line, "Раз")
    line.world.pass_time(60)
    first, second = about(line, "Раз")

    assert ["struck: reset", 200] == [came(first), came(second)]
    assert [words, None] == [first.get("fault"), second.get("fault")]
    assert first["sent"] == second["sent"]


def test_when_every_vendor_is_down_the_bridge_is_not(line: Line) -> None:
    """Vendors with whom nobody can connect still connect with the bridge."""
    line.world.pass_time(60)  # so that no connection is kept
    line.world.order(faults.read("refuses the connection"), Address(Side.CALL))
    tell(line, "Раз")

    assert [200] == [came(one) for one in about(line, "Раз")]


@pytest.mark.parametrize("words", ["drops the request", "drops the answer"])
def test_silence(line: Line, words: str) -> None:
    """The vendor waits for its own window, and brings the event once more."""
    line.order(words, Side.DELIVERY, nth=1)
    tell(line, "Раз")
    line.world.pass_time(120)
    first, second = about(line, "Раз")

    assert str(came(first)).startswith("no answer within ")
    assert first["failed"]["at"] - first["at"] > 2
    assert 200 == came(second)


@pytest.mark.parametrize(("words", "heard"), [("drops the request", 0), ("drops the answer", 1)])
def test_what_the_bridge_hears(words: str, heard: int) -> None:
    """A request that was dropped never came; one whose answer was dropped has been acted on."""
    with line_to("jivo") as line:
        line.order(words, Side.DELIVERY, nth=1)
        line.people.visitor_writes("Раз")
        first = about(line, "Раз")[0]
        answered = [
            one
            for one in line.crossings(Side.CALL)
            if one["at"] < first["failed"]["at"] and "Раз" in str(one["sent"].get("json"))
        ]

    assert heard == len(answered)


def test_what_comes_twice(line: Line) -> None:
    """The very same event is delivered and acknowledged a second time, after the pause; the copy names the fault."""
    line.order("comes twice, 7 seconds apart", Side.DELIVERY, nth=1)
    tell(line, "Раз")
    line.world.pass_time(10)
    first, second = about(line, "Раз")

    assert [200, 200] == [came(first), came(second)]
    assert first["sent"] == second["sent"]
    assert 7 == pytest.approx(second["at"] - first["at"], abs=0.1)
    assert [None, "comes twice, 7 seconds apart"] == [first.get("fault"), second.get("fault")]
    assert ["comes twice, 7 seconds apart"] == line.struck()


def test_what_comes_late(line: Line) -> None:
    """The event sets out after the delay, once, and names the fault."""
    line.order("comes 7 seconds late", Side.DELIVERY, nth=1)
    tell(line, "Раз")
    before = about(line, "Раз")
    line.world.pass_time(10)
    [only] = about(line, "Раз")

    assert [] == before
    assert (200, "comes 7 seconds late") == (came(only), only["fault"])


def test_a_burst(line: Line) -> None:
    """All that there was to tell meanwhile comes together; a vendor that keeps an order keeps it."""
    line.order("comes in a burst after 20 seconds", Side.DELIVERY, seconds=20)
    for text in ("Раз", "Два", "Три"):
        tell(line, text)
    before = [one for text in ("Раз", "Два", "Три") for one in about(line, text)]
    line.world.pass_time(30)
    after = [about(line, text)[0]["at"] for text in ("Раз", "Два", "Три")]

    assert [] == before
    assert max(after) - min(after) < 0.1


def test_what_is_overtaken_at_a_vendor_without_order() -> None:
    """The next event is delivered first."""
    with line_to("jivo") as line:
        line.order("is overtaken, or comes 30 seconds late", Side.DELIVERY, nth=1)
        line.people.visitor_writes("Раз")
        line.people.visitor_writes("Два")
        [first], [second] = about(line, "Раз"), about(line, "Два")

    assert second["came"]["at"] <= first["at"] < second["came"]["at"] + 1
    assert "is overtaken, or comes 30 seconds late" == first["fault"]


@pytest.mark.parametrize("vendor", ["telegram"])
def test_what_is_overtaken_at_a_vendor_that_keeps_the_order(vendor: str) -> None:
    """Nothing of the dialogue overtakes it, and it comes late."""
    with line_to(vendor) as line:
        line.order("is overtaken, or comes 30 seconds late", Side.DELIVERY, nth=1)
        line.people.visitor_writes("Раз")
        line.people.visitor_writes("Два")
        line.world.pass_time(60)
        [first], [second] = about(line, "Раз"), about(line, "Два")

    assert first["came"]["at"] <= second["at"]


def test_what_comes_after_the_end() -> None:
    """The event is kept until one that ends the dialogue has been delivered."""
    with line_to("jivo") as line:
        line.people.operator_comes_online()
        line.order("comes after the end, or 3600 seconds late", Side.DELIVERY, nth=1)
        line.people.visitor_writes("Раз")
        line.people.operator_accepts()
        [late] = about(line, "Раз")
        [end] = [one for one in line.crossings(Side.DELIVERY) if one["event"] == "CHAT_CLOSED"]

    assert end["came"]["at"] <= late["at"]


def test_what_comes_again_after_the_end() -> None:
    """A second copy comes once the dialogue is over."""
    with line_to("livetex") as line:
        line.people.operator_comes_online()
        line.people.bot_hands_over()
        line.people.operator_accepts()
        line.order("comes again after the end, or 3600 seconds later", Side.DELIVERY, "message", nth=1)
        line.people.operator_writes("Раз")
        line.people.operator_finishes()
        first, copy = about(line, "Раз")
        [end] = [one for one in line.crossings(Side.DELIVERY) if one["event"] == "Closed"]

    assert first["at"] < end["at"] < copy["at"]
    assert first["sent"] == copy["sent"]


@pytest.mark.parametrize(
    "words",
    ["is overtaken, or comes 3000 seconds late", "comes 3000 seconds late", "comes in a burst after 3000 seconds"],
)
def test_what_is_kept_back_goes_when_the_weather_is_fair(words: str) -> None:
    """Lifted weather keeps nothing any longer."""
    with line_to("jivo") as line:
        line.order(words, Side.DELIVERY, nth=1)
        line.people.visitor_writes("Раз")
        line.world.weather.lift()
        line.world.settle()
        [late] = about(line, "Раз")

    assert 200 == came(late)


def test_what_the_bridge_was_told_of_is_not_unexpected() -> None:
    """What an ordered fault did is nothing else that happened."""
    with line_to("jivo") as line:
        line.order("resets the connection", Side.DELIVERY, nth=1)
        line.people.visitor_writes("Раз")

        assert [] == [one for one in line.world.ledger.rest() if one["kind"] == "fault" or "fault" in one]
        assert any(one["kind"] == "fault" for one in line.world.ledger.lines("fault"))
