"""What nobody does: faults are ordered where a sentence says, and the bridge dies and comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from harness.errors import BreakdownError, MisuseError, UnobservableError
from harness.faults.address import Address
from harness.faults.fails import Fails
from harness.faults.fault import Side
from harness.faults.kills import Kills

if TYPE_CHECKING:
    from tests.harness.cast.scene import Scene


def told(scene: Scene) -> list[str]:
    """List what faults did."""
    return [line["name"] for line in scene.world.journal.lines if line["kind"] == "fault"]


@pytest.mark.parametrize(
    ("place", "vendor"),
    [("", ""), ("desk", "livetex"), ("visitor", "telegram")],
)
def test_a_fault_is_ordered_where_the_sentence_says(mirroring: Scene, place: str, vendor: str) -> None:
    """The desk is where operators answer, the visitor where he lives."""
    mirroring.people.strikes("answers 503", "bridge", "message", place=place, nth=2)
    mirroring.people.strikes("answers 503", "bridge", "call", place=place, seconds=60.0)
    orders = [(order.fault, order.address) for order in mirroring.world.weather.orders]

    assert [
        (Fails(503), Address(Side.CALL, vendor, "message", 2)),
        (Fails(503), Address(Side.CALL, vendor, "call", None, 60.0)),
    ] == orders


def test_a_fault_strikes_one_vendor_of_two(mirroring: Scene) -> None:
    """What was ordered at the desk spares the visitor's messenger."""
    mirroring.people.strikes("answers 500", "bridge", "message", place="desk", nth=1)
    mirroring.people.visitor_writes("Здравствуйте")
    struck = [line["to"] for line in mirroring.world.journal.lines if "fault" in line and line["kind"] == "crossing"]

    assert ["livetex"] == struck


def test_a_fault_strikes_one_dialogue_of_two(mirroring: Scene) -> None:
    """What was ordered in the visitor's dialogue spares another's, at the desk as at the messenger."""
    mirroring.people.visitor_writes("Здравствуйте")
    first = {mirroring.people.visitor, mirroring.people.client}
    mirroring.people.strikes("answers 500", "bridge", "message", here=True, seconds=60.0)
    mirroring.people.visitor_and_another_write("Раз", "Два")
    [order] = mirroring.world.weather.orders
    texts = {line["sent"]["json"]["text"] for line in mirroring.said() if "fault" in line}

    assert first == order.address.people
    assert {"🙂 Лид\nРаз", "Эхо: Раз", "🤖 Бот\nЭхо: Раз"} == texts
    assert not first & {mirroring.people.visitor, mirroring.people.client}


@pytest.mark.parametrize(
    ("words", "whose"), [("refuses the connection", "bridge"), ("comes 60 seconds late", "vendor")]
)
def test_a_fault_that_knows_no_dialogue_strikes_none(mirroring: Scene, words: str, whose: str) -> None:
    """Before there is a crossing nothing tells whom it is about."""
    mirroring.people.visitor_writes("Здравствуйте")
    with pytest.raises(BreakdownError, match=f"«{words}» strikes before anybody can know in whose dialogue"):
        mirroring.people.strikes(words, whose, "", here=True)


@pytest.mark.parametrize(("place", "vendor"), [("desk", "livetex"), ("visitor", "telegram")])
def test_another_bridge_takes_over_the_webhooks(mirroring: Scene, place: str, vendor: str) -> None:
    """The vendor of that place sends them elsewhere, and nobody has done anything since the When."""
    mirroring.people.visitor_writes("Здравствуйте")
    before = len(mirroring.acts())
    mirroring.people.webhook_is_lost(place)
    [act] = mirroring.acts()[before:]

    assert (vendor, "loses_webhook") == (act["vendor"], act["did"])
    assert "another-bridge" in act["url"]


def test_an_unknown_fault_is_refused(bridged: Scene) -> None:
    """Nothing is ordered by a name that nobody has."""
    with pytest.raises(MisuseError, match="No fault is called «answers nothing»"):
        bridged.people.strikes("answers nothing", "bridge", "call")
    with pytest.raises(BreakdownError, match="«answers 503» strikes no delivery"):
        bridged.people.strikes("answers 503", "vendor", "webhook")


@pytest.mark.parametrize("whose", ["bridged", "mirroring"])
def test_a_bridge_that_was_killed_knows_its_leads(whose: str, request: pytest.FixtureRequest) -> None:
    """The next one is another object with the same database, and serves the visitor as the same lead."""
    scene: Scene = request.getfixturevalue(whose)
    scene.people.visitor_writes("Здравствуйте")
    before, leads = scene.world.guest, leads_of(scene)
    scene.people.bridge_is_killed()
    scene.people.visitor_writes("Вы здесь?")

    assert before is not scene.world.guest
    assert ["the bridge is killed", "the bridge is started again"] == told(scene)
    assert leads == leads_of(scene)
    assert 1 == sum(line.get("text") == "Эхо: Вы здесь?" for line in scene.world.journal.lines)
    assert [] == [line for line in scene.world.ledger.rest() if line["kind"] == "fault"]


def leads_of(scene: Scene) -> list[Any]:
    """List the ids of the leads that the bridge knows."""
    contract = scene.world.contract
    assert contract is not None
    return [lead["id"] for lead in scene.world.run(contract.leads())]


@pytest.mark.parametrize("seconds", [0.0, 30.0])
def test_the_world_waits_for_a_bridge_that_comes_back(bridged: Scene, seconds: float) -> None:
    """Nothing is settled while it is dead; the deed ends when it lives again."""
    bridged.people.visitor_writes("Здравствуйте")
    began = bridged.world.journal.at()
    bridged.people.bridge_is_killed(seconds)

    assert bridged.world.journal.at() - began >= seconds
    assert leads_of(bridged)


def test_a_bridge_is_killed_at_a_crossing(bridged: Scene) -> None:
    """Its call has its effect, nobody hears the answer, and it comes back after the time that was ordered."""
    bridged.people.visitor_writes("Здравствуйте")
    bridged.people.bridge_is_killed_at(1, "bridge", "message", 5.0)
    bridged.people.visitor_writes("Вы здесь?")
    [order] = bridged.world.weather.orders
    [crossing] = [line for line in bridged.world.journal.lines if "fault" in line and line["kind"] == "crossing"]
    dead, alive = [line["at"] for line in bridged.world.journal.lines if line.get("name", "").startswith("the bridge ")]

    assert (Kills(5.0), 1) == (order.fault, order.struck)
    assert "struck: reset" == crossing["failed"]["reason"]
    assert "Эхо: Вы здесь?" in [line.get("text") for line in bridged.world.journal.lines if line["kind"] == "fact"]
    assert 5 == pytest.approx(alive - dead)


def test_a_dead_bridge_is_no_address_outside(bridged: Scene) -> None:
    """A vendor that finds nobody where the bridge should be has called nobody else."""
    bridged.people.visitor_writes("Здравствуйте")
    bridged.people.bridge_is_killed_at(1, "bridge", "message", 5.0)
    bridged.people.visitor_writes("Вы здесь?")
    bridged.world.kill()
    bridged.people.visitor_writes("Ау?")

    assert "called an address outside the world" not in told(bridged)


def test_the_probe_is_not_killed(scene: Scene) -> None:
    """Nothing of it survives, so that a scenario that kills cannot be observed."""
    with pytest.raises(UnobservableError, match="cannot be observed: the bridge does not offer restart"):
        scene.people.bridge_is_killed()
    with pytest.raises(UnobservableError, match="cannot be observed"):
        scene.people.bridge_is_killed_at(1, "bridge", "message", 0.0)


def test_a_bridge_that_does_not_say_that_it_survives_is_not_killed(
    bridged: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it hands over would prove nothing."""
    monkeypatch.setattr(bridged.world, "_capabilities", frozenset({"jivo", "contract"}))
    with pytest.raises(UnobservableError, match="does not offer restart"):
        bridged.people.bridge_is_killed()


def test_time_that_is_given_belongs_to_the_deed_before_it(bridged: Scene) -> None:
    """World time passes, and the ledger is not opened anew."""
    bridged.people.visitor_writes("Здравствуйте")
    began, open_lines = bridged.world.journal.at(), len(list(bridged.world.ledger.lines("crossing")))
    bridged.people.bridge_is_given(60)

    assert bridged.world.journal.at() - began >= 60
    assert 0 < open_lines <= len(list(bridged.world.ledger.lines("crossing")))
