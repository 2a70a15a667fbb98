"""A world opens, settles, concludes and closes."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from harness import vendors
from harness.cast import Cast
from harness.contract import Contract
from harness.errors import BreakdownError, UnobservableError
from harness.model import Who
from harness.targets.probe import Manner, Probe
from tests.harness.worlds import open_world

if TYPE_CHECKING:
    from harness.world.world import World


def test_the_vendor_is_judged_through_the_probe() -> None:
    """A scenario about the vendor has the probe as its guest, without any contract."""
    with open_world() as world:
        assert isinstance(world.guest, Probe)
        assert world.probe is world.guest
        assert world.contract is None


def test_a_bridge_is_judged_itself() -> None:
    """A scenario about a bridge has the target as its guest, which cannot be told how to behave."""
    with (
        open_world(Who.BRIDGE) as world,
        pytest.raises(BreakdownError, match="Only the probe can be told how to behave; this scenario judges a bridge"),
    ):
        _ = world.probe


@pytest.mark.parametrize("who", Who)
def test_the_guest_is_connected_and_its_token_veiled(who: Who) -> None:
    """What the guest gave was pasted at the vendor, and its token is a secret."""
    with open_world(who) as world:
        assert ["connects"] == [line["did"] for line in world.journal.lines if line["kind"] == "act"]
        assert "‹secret:jivo-token-1›" == world.veil.over(world.binding["token"])


def test_what_a_bridge_does_not_offer_cannot_be_observed() -> None:
    """A scenario that needs what the bridge does not claim is not played."""
    with (
        pytest.raises(UnobservableError, match="the bridge does not offer: media"),
        open_world(Who.BRIDGE, tags=("X-1", "capability.jivo", "capability.media", "capability.simulated-time")),
    ):
        pytest.fail("the world opened")


def test_a_world_without_crossings_settles_in_a_second() -> None:
    """Quiet is quiet after one second."""
    with open_world() as world:
        world.settle()
        before = world.journal.at()
        world.settle()

        assert 1.0 == pytest.approx(world.journal.at() - before)


def test_a_world_settles_a_second_after_the_last_crossing() -> None:
    """Attempts that wait for their answers keep it from settling, however long that takes."""
    with open_world() as world:
        people = Cast(world)
        people.bot_behaves(Manner.SILENCE)
        people.visitor_writes("Раз")
        crossings = [line for line in world.journal.lines if line["kind"] == "crossing"]

        assert ["no answer within 3 s"] * 3 == [line["failed"]["reason"] for line in crossings]
        assert 1.0 == pytest.approx(world.journal.at() - crossings[-1]["failed"]["at"])


def test_a_timer_is_no_unrest() -> None:
    """What somebody will do later keeps no world from settling."""
    with open_world() as world:
        task = world.run(_later(30.0))
        before = world.journal.at()
        world.settle()

        assert not task.done()
        assert world.journal.at() - before == pytest.approx(1.0)


async def _later(seconds: float) -> asyncio.Task[None]:
    return asyncio.get_running_loop().create_task(asyncio.sleep(seconds))


def test_an_address_outside_is_a_fault() -> None:
    """Who calls out of the world is found out."""
    with open_world() as world:
        Cast(world).visitor_writes("Раз")
        world.probe.bind("jivo", {"api_url": "http://tracker.test", "provider_id": "1"})
        with pytest.raises(BreakdownError):
            world.run(world.probe.send("bot-message"))

        assert ["tracker.test:80"] == [line["address"] for line in world.journal.lines if line["kind"] == "fault"]


def test_a_world_ends_with_what_the_bridge_believes() -> None:
    """Leads and archives are the journal's last lines, and what happens then is not in it."""
    with open_world(Who.BRIDGE) as world:
        Cast(world).visitor_writes("Раз")
        lines = len(world.journal.lines)
        world.conclude()
        calls = [line["call"].partition("/archive")[1] or line["call"] for line in world.journal.lines[lines:]]
        world.settle()
        world.journal.step("Then")

        assert ["GET /leads", "/archive"] == calls
        assert lines + 2 == len(world.journal.lines)


def test_the_probe_is_asked_nothing_in_the_end() -> None:
    """A world without a contract just ends."""
    with open_world() as world:
        Cast(world).visitor_writes("Раз")
        lines = len(world.journal.lines)
        world.conclude()

        assert lines == len(world.journal.lines)
        assert world.journal.closed


def test_a_closed_world_writes_nothing_more() -> None:
    """Taking it down is not what happened in it."""
    with open_world() as world:
        people = Cast(world)
        people.bot_behaves(Manner.SILENCE)
        people.visitor_arrives()
        world.act(world.control.visitor_writes, people.visitor, "Раз")
        lines = len(world.journal.lines)

    assert lines == len(world.journal.lines)
    assert world.journal.closed


# several vendors


def connections(world: World) -> list[str]:
    """List the vendors at which somebody pasted a binding, in order."""
    return [line["vendor"] for line in world.journal.lines if line.get("did") == "connects"]


def test_another_vendor_is_entered_once() -> None:
    """It is not there before; then it is connected with the bridge, and stays who it is."""
    with open_world(Who.BRIDGE) as world:
        before = set(world.bindings)
        control = world.enter("telegram")

        assert {"jivo"} == before
        assert ["jivo", "telegram"] == list(world.bindings)
        assert control is world.enter("telegram") is not world.control
        assert world.control is world.enter("jivo")
        assert control.settings()["token"] == world.account_token("telegram")


def test_there_is_no_such_vendor() -> None:
    """A name that nobody has is a mistake in the feature; the remedy lists the others."""
    with open_world() as world, pytest.raises(BreakdownError, match=r"^There is no vendor acme; there are .*jivo"):
        world.enter("acme")


def test_visitors_live_where_their_vendor_says() -> None:
    """Where they live elsewhere, that place is entered before a bridge is connected; the probe needs none."""
    with open_world(Who.BRIDGE, vendor="livetex") as world:
        assert ("telegram", True) == (world.dwelling, world.mirrored)
        assert ["telegram", "livetex"] == list(world.bindings)
    with open_world(vendor="livetex") as world:
        assert ["livetex"] == list(world.bindings)
    with open_world(Who.BRIDGE) as world:
        assert ("jivo", False) == (world.dwelling, world.mirrored)


def test_a_bridge_registers_itself_where_the_vendor_wants_it() -> None:
    """The bridge is told to, and the vendor knows its webhook before anything happens."""
    with open_world(Who.BRIDGE, vendor="livetex") as world:
        calls = [line["event"] for line in world.journal.lines if line["kind"] == "crossing"]

        assert {"setWebhook"} <= set(calls)
        assert "webhook-key-1" in world.control.secrets()


# further accounts


def test_another_account_has_people_and_a_binding_of_its_own() -> None:
    """Its binding is connected there, and the first account's stays."""
    with open_world(Who.BRIDGE) as world:
        first = world.binding
        control = world.founds_account("jivo")

        assert control is not world.control
        assert control.settings() != world.control.settings()
        assert ["jivo", "jivo"] == connections(world)
        assert first == world.binding


def test_a_bridge_registers_itself_at_another_account_too() -> None:
    """Where the vendor wants it, the new account's webhook is set as the first one's was."""
    with open_world(Who.BRIDGE, vendor="livetex") as world:
        world.founds_account("telegram")
        world.settle()
        calls = [line["sent"]["url"] for line in world.journal.lines if line.get("to") == "telegram"]

        assert 2 == len([url for url in calls if url.endswith("/setWebhook")]) == len(set(calls))


def test_an_account_is_found_by_its_token() -> None:
    """It is the one that the vendor gave, or else the one that the binding has."""
    with open_world(Who.BRIDGE) as world:
        telegram = world.enter("telegram")

        assert telegram.settings()["token"] == world.account_token("telegram")
        assert world.binding["token"] == world.account_token("jivo")


def test_the_probe_has_one_account() -> None:
    """What only a bridge can serve cannot be observed of the probe."""
    with open_world() as world, pytest.raises(UnobservableError, match="the probe has one account"):
        world.founds_account("jivo")


# secrets


@pytest.mark.parametrize("who", Who)
@pytest.mark.parametrize("vendor", ["jivo", "livetex"])
def test_the_secrets_of_every_fake_are_veiled(who: Who, vendor: str) -> None:
    """What any vendor gave or was given is hidden as soon as the world is open, under the vendor's name."""
    with open_world(who, vendor=vendor) as world:
        entered = {name: world.enter(name) for name in world.bindings}
        secrets = {f"{name}-{kind}": value for name, one in entered.items() for kind, value in one.secrets().items()}

        assert {name: f"‹secret:{name}›" for name in secrets} == {
            name: world.veil.over(value) for name, value in secrets.items()
        }
        assert secrets or vendor == "jivo"


def test_the_secrets_of_another_account_are_veiled() -> None:
    """They are told from those of the first by the account's number."""
    with open_world(Who.BRIDGE, vendor="livetex") as world:
        twin, other = world.founds_account("telegram"), world.founds_account("telegram")

        assert "‹secret:telegram-2-token-1›" == world.veil.over(twin.secrets()["token-1"])
        assert "‹secret:telegram-3-token-1›" == world.veil.over(other.secrets()["token-1"])


def test_the_token_of_another_binding_is_veiled() -> None:
    """What the bridge made for the account is as secret as what it made for the first."""
    with open_world(Who.BRIDGE) as world:
        world.founds_account("jivo")
        tokens = [line["answer"]["token"] for line in world.journal.lines if line.get("call") == "POST /bindings"]

        assert ["‹secret:jivo-token-1›", "‹secret:jivo-token-2›"] == [world.veil.over(token) for token in tokens]


def test_a_secret_that_came_later_is_veiled_in_the_end() -> None:
    """What was given while the scenario ran is hidden before the journal is written."""
    with open_world(vendor="livetex") as world:
        key = world.act(world.control.generates_key)
        before = world.veil.over(key)
        world.conclude()

        assert key == before
        assert "‹secret:livetex-key-2›" == world.veil.over(key)


# titles and capabilities


def test_titles_are_those_of_the_bridge() -> None:
    """A bridge passes on under titles, the probe under none, and what is said of them holds from then on."""
    with open_world(vendor="livetex") as world:
        assert "Да" == world.mirror.line("bot", "Да")
    with open_world(Who.BRIDGE, vendor="jivo") as world:  # which sees everything itself
        assert "Да" == world.mirror.line("bot", "Да")
    with open_world(Who.BRIDGE, vendor="livetex") as world:
        assert ["🤖 Бот\nДа", "🙂 Лид\nДа"] == [world.mirror.line(author, "Да") for author in ("bot", "visitor")]
        world.titles_are({"Робот": "bot"})

        assert ["Робот\nДа", "Да"] == [world.mirror.line(author, "Да") for author in ("bot", "visitor")]
        assert world.mirror is world.ledger.mirror
        assert "livetex" == world.mirror.vendor


@pytest.mark.parametrize(("vendor", "mirrored"), [("jivo", False), ("livetex", True)])
@pytest.mark.parametrize("who", Who)
def test_passing_on_explains_something_where_something_is_passed_on(who: Who, vendor: str, *, mirrored: bool) -> None:
    """The ledger knows of a mirror only where visitors live elsewhere than their operators."""
    with open_world(who, vendor=vendor) as world:
        assert (world.mirror if mirrored else None) is world.ledger.mirror


def test_a_binding_has_titles_where_something_is_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """The chat-centre's binding gets both titles, that of the place where visitors live gets none."""
    asked: dict[str, Any] = {}
    create = Contract.create_binding

    async def noting(contract: Contract, vendor: str, settings: dict[str, Any]) -> Any:
        asked[vendor] = {key for key in settings if key.endswith("_title")}
        return await create(contract, vendor, settings)

    monkeypatch.setattr(Contract, "create_binding", noting)
    with open_world(Who.BRIDGE, vendor="livetex") as world:
        world.enter("jivo")

    assert {"telegram": set(), "livetex": {"bot_title", "lead_title"}, "jivo": set()} == asked


def test_a_bridge_is_told_where_every_vendor_is() -> None:
    """Also those that no step has needed yet."""
    with open_world(Who.BRIDGE) as world:
        assert {name: f"http://{name}.test" for name in vendors.names()} == world._env.vendor_urls


@pytest.mark.parametrize(
    ("vendor", "offered", "lacking"),
    [
        ("livetex", {"telegram"}, "livetex"),
        ("livetex", {"livetex"}, "telegram"),
        ("livetex", set(), "livetex, telegram"),
        ("jivo", {"livetex", "telegram"}, "jivo"),
    ],
)
def test_a_bridge_must_serve_the_vendor_and_where_its_visitors_live(
    monkeypatch: pytest.MonkeyPatch, vendor: str, offered: set[str], lacking: str
) -> None:
    """Both are needed, whatever the scenario is tagged with, and nothing else is."""

    async def about(_: Contract) -> dict[str, Any]:
        return {"capabilities": sorted(offered)}

    monkeypatch.setattr(Contract, "about", about)
    with (
        pytest.raises(UnobservableError, match=rf"the bridge does not offer: {lacking}$"),
        open_world(Who.BRIDGE, vendor=vendor),
    ):
        pytest.fail("the world opened")
