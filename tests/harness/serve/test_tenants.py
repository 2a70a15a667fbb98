"""Tenants: each is alone, and can begin anew, be kept, and be brought back."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from tests.harness.serve.desk import ask

if TYPE_CHECKING:
    from tests.harness.serve.desk import Desk


def words(desk: Desk, tenant: str) -> list[str]:
    """List what stands on the screens of a tenant's visitors."""
    return [shown["text"] for screen in desk.get(f"/tenants/{tenant}/screens") for shown in screen["shown"]]


def talks(desk: Desk, tenant: str, text: str) -> None:
    """Let Jivo's first visitor write, and the bot answer the same."""
    [visitor] = desk.look("jivo", "visitors", tenant)
    desk.act("jivo", "visitor_writes", tenant, visitor=visitor, text=text)
    desk.wait(tenant, kind="crossing", event="CLIENT_MESSAGE", came={"status": 200})
    assert 200 == desk.says(text, tenant).status


def test_the_same_seed_gives_the_same_ids(desk: Desk) -> None:
    """A tenant that is deleted and founded anew under another name has the ids and tokens that it had."""
    first = desk.create("first", seed=77)
    desk.ask("DELETE", "/tenants/first")
    second = desk.create("second", seed=77)

    assert first["vendors"] == second["vendors"]


def test_another_seed_gives_other_ids(desk: Desk) -> None:
    """No setting that could be mistaken for another's is shared."""
    one, two = desk.create("one", seed=2)["vendors"], desk.create("two", seed=3)["vendors"]

    assert one["jivo"]["provider_id"] != two["jivo"]["provider_id"]
    assert one["livetex"]["key"] != two["livetex"]["key"]
    assert one["telegram"]["token"] != two["telegram"]["token"]


def test_two_tenants_of_one_seed_cannot_be_there_at_once(desk: Desk) -> None:
    """Their tokens would be the same; the sentence says whose they are."""
    answer = desk.ask("POST", "/tenants", {"name": "other", "seed": 1})

    assert 409 == answer.status
    assert answer.detail == "Tenant desk has ids that seed 1 would give, too: give another seed."
    assert ["desk"] == [tenant["name"] for tenant in desk.get("/tenants")]


def test_tenants_know_nothing_of_one_another(desk: Desk) -> None:
    """What happens to one stands in no journal and on no screen of another."""
    desk.create("other", seed=5)
    for tenant in ("desk", "other"):
        desk.connect(tenant)
        talks(desk, tenant, f"Я у {tenant}")

    assert (["Я у desk"], ["Я у other"]) == (words(desk, "desk"), words(desk, "other"))
    assert "Я у other" not in json.dumps(desk.get("/tenants/desk/journal"), ensure_ascii=False)


def test_a_tenant_begins_anew_with_its_ids(desk: Desk) -> None:
    """After a reset the settings are the same, and nothing has happened."""
    before = desk.get("/tenants/desk")
    desk.connect()
    talks(desk, "desk", "Забудь меня")
    answer = desk.ask("POST", "/tenants/desk/reset")

    assert (200, before["vendors"]) == (answer.status, answer.json["vendors"])
    assert [] == words(desk, "desk")


def test_a_deleted_tenant_is_no_more(desk: Desk) -> None:
    """Its name is unknown, and its tokens are nobody's."""
    desk.create("gone", seed=9)
    desk.connect("gone")
    talks(desk, "gone", "Пока")
    settings = desk.look("jivo", "settings", "gone")

    assert 204 == desk.ask("DELETE", "/tenants/gone").status
    assert "There is no tenant gone; there are desk." == desk.ask("GET", "/tenants/gone").detail
    desk.create("heir", seed=9)
    assert settings["provider_id"] == desk.look("jivo", "settings", "heir")["provider_id"]
    assert 401 == desk.says("Кто там?", "heir").status  # the bot was connected at the one that is gone


def test_a_snapshot_brings_everything_back(desk: Desk) -> None:
    """Dialogues, screens and journal are as they were, whatever happened since; then life goes on."""
    desk.create("kept", seed=11)
    desk.connect("kept")
    talks(desk, "kept", "Раз")
    journal = desk.get("/tenants/kept/journal")["lines"]
    dialogues = desk.look("jivo", "dialogues", "kept")
    assert 204 == desk.ask("PUT", "/tenants/kept/snapshots/one").status
    talks(desk, "kept", "Два")
    desk.act("jivo", "disconnects_bots", "kept")
    answer = desk.ask("POST", "/tenants/kept/snapshots/one/restore")

    assert (200, ["one"]) == (answer.status, answer.json["snapshots"])
    assert journal == desk.get("/tenants/kept/journal")["lines"]
    assert dialogues == desk.look("jivo", "dialogues", "kept")
    talks(desk, "kept", "Три")
    assert ["Раз", "Три"] == words(desk, "kept")


def test_a_snapshot_can_be_brought_back_again(desk: Desk) -> None:
    """It is a copy: neither a reset nor another snapshot changes it."""
    desk.connect()
    talks(desk, "desk", "Раз")
    desk.ask("PUT", "/tenants/desk/snapshots/one")
    talks(desk, "desk", "Два")
    desk.ask("PUT", "/tenants/desk/snapshots/two")
    found = []
    for snapshot in ("one", "two", "one"):
        desk.ask("POST", "/tenants/desk/reset")
        desk.ask("POST", f"/tenants/desk/snapshots/{snapshot}/restore")
        found.append(words(desk, "desk"))

    assert [["Раз"], ["Раз", "Два"], ["Раз"]] == found


def test_the_clock_goes_on_from_where_a_snapshot_was_made(desk: Desk) -> None:
    """Time that passed since is forgotten, and what was to fall due falls due again."""
    tenant = desk.create("late", seed=12)
    desk.connect("late")
    talks(desk, "late", "Жду")
    desk.ask("PUT", "/tenants/late/snapshots/waiting")
    owners = []
    for _ in range(2):
        assert tenant["now"] == desk.get("/tenants/late/clock")["now"]
        desk.ask("POST", "/tenants/late/clock", {"advance": 1000})
        owners += [dialogue["owner"] for dialogue in desk.look("jivo", "dialogues", "late")]
        assert tenant["now"] + 1000 == desk.get("/tenants/late/clock")["now"]
        desk.ask("POST", "/tenants/late/snapshots/waiting/restore")

    assert ["closed", "closed"] == owners
    assert ["bot"] == [dialogue["owner"] for dialogue in desk.look("jivo", "dialogues", "late")]


def test_what_was_on_its_way_is_sent_again(desk: Desk) -> None:
    """A webhook that the bridge had not answered when the snapshot was made comes once more, and is answered."""
    desk.create("busy", seed=13)
    desk.connect("busy")
    desk.bridge.hangs = True
    [visitor] = desk.look("jivo", "visitors", "busy")
    desk.act("jivo", "visitor_writes", "busy", visitor=visitor, text="Ау")
    while not desk.bridge.heard:
        desk.get("/")
    desk.ask("PUT", "/tenants/busy/snapshots/asking")
    desk.bridge.hangs = False
    desk.ask("POST", "/tenants/busy/snapshots/asking/restore")
    desk.wait("busy", kind="crossing", event="CLIENT_MESSAGE", came={"status": 200})

    first, second = (body for _, body in desk.bridge.heard)
    assert first == second


@pytest.mark.parametrize(
    ("method", "path", "words", "status", "detail"),
    [
        ("POST", "/tenants", {"name": "desk"}, 409, "There is a tenant desk; reset it, delete it"),
        ("POST", "/tenants", {"name": "a b"}, 422, "A tenant's name has 1 to 64 letters"),
        ("POST", "/tenants", {"name": ""}, 422, "A tenant's name has 1 to 64 letters"),
        ("POST", "/tenants", {}, 422, "It needs name; it knows name, seed, now, frozen."),
        ("POST", "/tenants", {"name": "x", "seed": -1}, 422, "createTenant: seed: -1 is less than"),
        ("POST", "/tenants", {"name": "x", "colour": 1}, 422, "'colour' was unexpected"),
        ("PUT", "/tenants/desk/snapshots/%20", None, 422, "A snapshot's name has 1 to 64 letters"),
        ("DELETE", "/tenants/desk/snapshots/x", None, 404, "desk has no snapshot x; it has none."),
        ("POST", "/tenants/desk/snapshots/x/restore", None, 404, "desk has no snapshot x; it has none."),
        ("POST", "/tenants/nobody/reset", None, 404, "There is no tenant nobody; there are desk."),
        ("POST", "/tenants/desk/clock", {"advance": -1}, 422, "-1 is less than the minimum of 0"),
        ("POST", "/tenants/desk/clock", {"advance": 1e300}, 422, "is greater than the maximum"),
    ],
)
def test_a_wrong_wish_is_told_in_one_sentence(  # noqa: PLR0913, PLR0917 - a row of the table
    desk: Desk, method: str, path: str, words: object, status: int, detail: str
) -> None:
    """The status is 4xx, and the sentence says what to do."""
    answer = desk.ask(method, path, words)

    assert status == answer.status
    assert detail in answer.detail


def test_a_stopped_clock_goes_on_from_where_it_stands(desk: Desk) -> None:
    """While it is frozen no time passes; afterwards it does."""
    frozen = desk.ask("POST", "/tenants/desk/clock", {"frozen": True}).json

    assert frozen == desk.get("/tenants/desk/clock")
    going = desk.ask("POST", "/tenants/desk/clock", {"frozen": False}).json
    assert going["now"] >= frozen["now"]
    assert desk.get("/tenants/desk/clock")["now"] > frozen["now"]


def test_nobody_elses_clock_is_advanced(desk: Desk) -> None:
    """An hour passes for one tenant alone."""
    desk.create("still", seed=4)
    before = desk.get("/tenants/still/clock")
    desk.ask("POST", "/tenants/desk/clock", {"advance": 3600})

    assert before == desk.get("/tenants/still/clock")


def test_time_passes_no_more_for_a_tenant_that_is_gone(desk: Desk) -> None:
    """Deleted while an exchange is waited for, it says so to who advanced its clock."""
    desk.create("gone", seed=14)
    desk.connect("gone")
    desk.bridge.hangs = True
    [visitor] = desk.look("jivo", "visitors", "gone")
    desk.act("jivo", "visitor_writes", "gone", visitor=visitor, text="Ау")
    while not desk.bridge.heard:
        desk.get("/")
    tenant = desk.service.tenants.get("gone")
    with ThreadPoolExecutor() as pool:
        advancing = pool.submit(desk.ask, "POST", "/tenants/gone/clock", {"advance": 10})
        while not tenant._advancing.locked():
            desk.get("/")
        desk.ask("DELETE", "/tenants/gone")
        answer = advancing.result()

    assert (410, "The tenant was reset, restored or deleted meanwhile.") == (answer.status, answer.detail)


def test_what_falls_due_happens_one_by_one(desk: Desk) -> None:
    """Telegram repeats what is not acknowledged, each attempt at its own time, while an hour passes at once."""
    begun = desk.create("patient", seed=6)
    telegram = begun["vendors"]["telegram"]
    set_hook = f"{telegram['api_url']}/bot{telegram['token']}/setWebhook?url=http://127.0.0.1:9/"
    assert 200 == ask("GET", set_hook).status
    [visitor] = desk.look("telegram", "visitors", "patient")
    desk.act("telegram", "visitor_writes", "patient", visitor=visitor, text="Ау")
    clock = desk.ask("POST", "/tenants/patient/clock", {"advance": 3600}).json

    lines = desk.get("/tenants/patient/journal?kind=crossing")["lines"]
    instants = [line["at"] for line in lines if line["event"] == "Update"]
    assert begun["now"] + 3600 == clock["now"]
    assert len(instants) > 3
    assert instants == sorted(set(instants))
    assert instants[-1] > 200
