"""What goes wrong on purpose: ordered over the control API, and felt on real sockets."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from harness import faults
from harness.faults.fault import CONNECT, Side
from harness.serve.service import Wish
from tests.harness.serve.desk import SECONDS, Desk
from tests.harness.serve.test_doorway import line, until

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator
    from pathlib import Path

PATH = "/tenants/storm/faults"
WAYS = ["Accept: */*", "Connection: keep-alive"]  # a plain call, and one that is left to aiohttp
BRIEF = "answers 503"


@pytest.fixture
def stormy() -> Iterator[Desk]:
    """Give a desk with a tenant whose clock stands still, in whose chat at Jivo the bot may speak."""
    with Desk() as desk:
        prepare(desk)
        yield desk


def prepare(desk: Desk) -> None:
    """Found the tenant, and let its visitor write."""
    desk.create("storm", seed=42)
    desk.connect("storm")
    write(desk, "Ау")
    desk.wait("storm", kind="crossing", event="CLIENT_MESSAGE", came={"status": 200})
    desk.bridge.heard.clear()


def write(desk: Desk, text: str) -> None:
    """Let Jivo's visitor write."""
    [visitor] = desk.look("jivo", "visitors", "storm")
    desk.act("jivo", "visitor_writes", "storm", visitor=visitor, text=text)


def order(desk: Desk, *orders: dict[str, Any]) -> Any:
    """Order faults; answers what there is then."""
    answer = desk.ask("PUT", PATH, {"orders": list(orders)})
    assert answer.status == 200, answer.detail
    return answer.json


def advance(desk: Desk, seconds: float) -> None:
    """Let time pass."""
    answer = desk.ask("POST", "/tenants/storm/clock", {"advance": seconds})
    assert answer.status == 200, answer.detail


def said(desk: Desk, head: str) -> bytes:
    """Write the call by which the bot speaks."""
    [dialogue, *_] = desk.look("jivo", "dialogues", "storm")
    settings = desk.look("jivo", "settings", "storm")
    whose = {"client_id": dialogue["visitor"], "chat_id": dialogue["dialogue"]}
    body = json.dumps({"event": "BOT_MESSAGE", "id": "1", **whose, "message": {"type": "TEXT", "text": "Да"}}).encode()
    heads = [f"POST /webhooks/{settings['provider_id']}/t HTTP/1.1", "Host: localhost", head]
    heads += ["Content-Type: application/json", f"Content-Length: {len(body)}", "\r\n"]
    return "\r\n".join(heads).encode() + body


def lines(desk: Desk, kind: str) -> list[Any]:
    """List the tenant's lines of a kind."""
    found: list[Any] = desk.get(f"/tenants/storm/journal?kind={kind}")["lines"]
    return found


def effects(desk: Desk) -> list[str]:
    """List what the bot's words did."""
    return [one["fact"] for one in lines(desk, "fact") if one["cause"] in {one["seq"] for one in calls(desk)}]


def calls(desk: Desk) -> list[Any]:
    """List the bridge's calls."""
    return [one for one in lines(desk, "crossing") if one["from"] == "bridge"]


def silent(connection: socket.socket) -> bool:
    """Tell whether nothing has come."""
    connection.setblocking(False)  # noqa: FBT003 - the socket's own
    try:
        return connection.recv(1) == b"never"
    except BlockingIOError:
        return True
    finally:
        connection.settimeout(SECONDS)


# the bridge's calls


@pytest.mark.parametrize("head", WAYS)
def test_another_answer(stormy: Desk, head: str) -> None:
    """The call is answered as ordered, nothing is done, and the next one is taken."""
    order(stormy, {"fault": "answers 502", "side": "call", "vendor": "jivo", "nth": 1})
    with line(stormy, "jivo") as connection:
        connection.sendall(said(stormy, head))
        assert until(connection, b"\r\n\r\n", b"</html>").startswith(b"HTTP/1.1 502 ")
        assert [] == effects(stormy)
        connection.sendall(said(stormy, head))
        assert until(connection, b"{}").startswith(b"HTTP/1.1 200 ")

    assert ["answers 502", None] == [one.get("fault") for one in calls(stormy)]
    assert ["answers 502"] == [one["name"] for one in lines(stormy, "fault")]


@pytest.mark.parametrize("head", WAYS)
@pytest.mark.parametrize(
    ("fault", "done"), [("resets the connection", False), ("breaks the connection instead of an answer", True)]
)
def test_a_broken_connection(stormy: Desk, head: str, fault: str, done: bool) -> None:  # noqa: FBT001 - a row
    """The caller sees it reset, before the effect or after it."""
    order(stormy, {"fault": fault, "side": "call"})
    with line(stormy, "jivo") as connection:
        connection.sendall(said(stormy, head))
        with pytest.raises(ConnectionResetError):
            connection.recv(1)

    assert done is bool(effects(stormy))
    assert "struck: reset" == calls(stormy)[0]["failed"]["reason"]


@pytest.mark.parametrize("head", WAYS)
@pytest.mark.parametrize(("fault", "done"), [("drops the request", False), ("drops the answer", True)])
def test_silence(stormy: Desk, head: str, fault: str, done: bool) -> None:  # noqa: FBT001 - a row
    """Nothing comes for as long as the caller waits; when they have hung up, the vendor gives up too."""
    order(stormy, {"fault": fault, "side": "call"})
    with line(stormy, "jivo") as connection:
        connection.sendall(said(stormy, head))
        stormy.wait("storm", kind="fault")
        advance(stormy, 60)
        assert silent(connection)
        assert "failed" not in calls(stormy)[0]
    gone(stormy)
    advance(stormy, 2)

    assert done is bool(effects(stormy))
    assert "struck: silence" == calls(stormy)[0]["failed"]["reason"]


def gone(desk: Desk) -> None:
    """Wait until the tenant knows that its caller hung up."""
    tenant = desk.service.tenants.get("storm")

    async def known() -> None:
        while not all(caller.is_closing() for caller in tenant._callers.values()):
            await desk.turn()

    desk.run(known())


@pytest.mark.parametrize("head", WAYS)
def test_an_answer_that_is_cut_short(stormy: Desk, head: str) -> None:
    """The head tells a length that does not come, and the connection ends politely behind what does."""
    order(stormy, {"fault": "cuts the answer short"})
    with line(stormy, "jivo") as connection:
        connection.sendall(said(stormy, head))
        heard = b""
        while more := connection.recv(4096):
            heard += more

    assert heard.startswith(b"HTTP/1.1 200 OK\r\n")
    assert b"Content-Length: 2\r\n" in heard
    assert heard.endswith(b"\r\n\r\n{")
    assert "struck: pieces: 1 of 2 bytes" == calls(stormy)[0]["failed"]["reason"]


@pytest.mark.parametrize("head", WAYS)
def test_an_answer_in_drips(stormy: Desk, head: str) -> None:
    """A byte of the body comes when it is due by the tenant's clock, and the whole answer counts as one."""
    order(stormy, {"fault": "drips the answer for 10 seconds", "nth": 1})
    with line(stormy, "jivo") as connection:
        connection.sendall(said(stormy, head))
        assert until(connection, b"\r\n\r\n").endswith(b"\r\n\r\n")
        advance(stormy, 6)
        assert b"{" == until(connection, b"{")
        assert silent(connection)
        assert "came" not in calls(stormy)[0]
        advance(stormy, 6)
        assert b"}" == until(connection, b"}")

    assert {} == calls(stormy)[0]["came"]["json"]


def test_a_connection_goes_on_behind_an_answer_in_drips(stormy: Desk) -> None:
    """What was sent meanwhile is answered next."""
    order(stormy, {"fault": "drips the answer for 10 seconds", "nth": 1})
    with line(stormy, "jivo") as connection:
        connection.sendall(said(stormy, WAYS[0]))
        stormy.wait("storm", kind="fault")
        connection.sendall(said(stormy, WAYS[0]))
        advance(stormy, 11)
        heard = until(connection, b"\r\n\r\n{}HTTP/1.1 200 OK\r\n")

    assert heard.startswith(b"HTTP/1.1 200 OK\r\n")


def test_who_hangs_up_before_the_last_drip_is_noticed(stormy: Desk) -> None:
    """The crossing has failed, and says why."""
    order(stormy, {"fault": "drips the answer for 10 seconds"})
    with line(stormy, "jivo") as connection:
        connection.sendall(said(stormy, WAYS[0]))
        stormy.wait("storm", kind="fault")
    gone(stormy)
    advance(stormy, 11)

    assert "struck: pieces, and the caller hung up" == calls(stormy)[0]["failed"]["reason"]


def test_a_late_answer(stormy: Desk) -> None:
    """The request is taken when the seconds have passed by the tenant's clock."""
    order(stormy, {"fault": "answers 5 seconds late"})
    with line(stormy, "jivo") as connection:
        connection.sendall(said(stormy, WAYS[0]))
        stormy.wait("storm", kind="fault")
        assert ([], True) == (effects(stormy), silent(connection))
        advance(stormy, 5)
        assert until(connection, b"{}").startswith(b"HTTP/1.1 200 ")

    assert [] != effects(stormy)


def test_people_are_made_to_act(stormy: Desk) -> None:
    """The key is revoked just before the call that finds it so."""
    order(stormy, {"fault": "finds the key revoked"})
    answer = stormy.says("Да", "storm")

    assert 401 == answer.status
    assert "disconnects_bots" in [one["did"] for one in lines(stormy, "act")]


# the vendor's deliveries


def heard(desk: Desk) -> list[str]:
    """List the words that the bridge's bot was told."""
    return [body["message"]["text"] for path, body in desk.bridge.heard if path.startswith("/bot")]


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("drops the request", ["раз"]),
        ("drops the answer", ["раз", "раз"]),
        ("resets the connection", ["раз"]),
        ("breaks the connection instead of an answer", ["раз", "раз"]),
        ("comes 7 seconds late", ["раз"]),
        ("comes twice, 7 seconds apart", ["раз", "раз"]),
    ],
)
def test_a_delivery(stormy: Desk, fault: str, words: list[str]) -> None:
    """The bridge is told once or twice, as the vendor has patience."""
    order(stormy, {"fault": fault, "side": "delivery", "what": "message", "nth": 1})
    write(stormy, "раз")
    advance(stormy, 30)
    stormy.wait("storm", kind="crossing", event="CLIENT_MESSAGE", sent={"json": {"message": {"text": "раз"}}})

    assert words == heard(stormy)
    assert 1 == len(lines(stormy, "fault"))


def test_fair_weather_lets_go_what_was_kept_back(stormy: Desk) -> None:
    """With the order goes the waiting, though its seconds have not passed."""
    order(stormy, {"fault": "comes 3600 seconds late"})
    write(stormy, "раз")
    assert 204 == stormy.ask("DELETE", PATH).status
    stormy.wait("storm", kind="crossing", fault="comes 3600 seconds late", came={"status": 200})

    assert ["раз"] == heard(stormy)
    assert [] == stormy.get(PATH)["orders"]


# ordering


def test_orders_are_told_and_counted(stormy: Desk) -> None:
    """Each has its place, when it was given, how often it met its place, and how often it struck."""
    order(stormy, {"fault": "drops the answer", "side": "call"})
    wanted = {"fault": "answers 503", "side": "call", "vendor": "jivo", "what": "message", "nth": 2, "seconds": 60}
    [told] = order(stormy, wanted)["orders"]
    counts = [told["met"], told["struck"]]
    for _ in range(3):
        stormy.says("Да", "storm")
    [after] = stormy.get(PATH)["orders"]

    assert wanted == {name: told[name] for name in wanted}
    assert [0, 0] == counts
    assert [3, 1] == [after["met"], after["struck"]]


def test_the_catalogue_has_all_that_can_strike_here(desk: Desk) -> None:
    """Only what kills, and what refuses connections, is left out; each that is there can be ordered."""
    catalogue = desk.get("/tenants/desk/faults")["catalogue"]
    able = [kind for kind in faults.kinds() if not kind.fatal and kind.on_call != CONNECT]
    sides = [[side for side in Side if one[side] is not None] for one in catalogue]
    orders = [{"fault": one["fault"], "side": side[0]} for one, side in zip(catalogue, sides, strict=True)]

    assert [str(kind()) for kind in able] == [one["fault"] for one in catalogue]
    assert 200 == desk.ask("PUT", "/tenants/desk/faults", {"orders": orders}).status
    assert ["telegram"] == next(one["vendors"] for one in catalogue if one["fault"] == "finds the bot blocked")


@pytest.mark.parametrize(
    ("wanted", "detail"),
    [
        ({"fault": "answers nothing"}, "No fault is called «answers nothing». There are: «asks for patience"),
        ({"fault": "kills the bridge for 5 seconds", "side": "call"}, "only you can kill it"),
        ({"fault": "refuses the connection"}, "in simulated worlds only"),
        ({"fault": "drops the request"}, "strikes calls and deliveries: say which with side"),
        ({"fault": "drips the answer for 3 seconds", "side": "delivery"}, "strikes no delivery"),
        ({"fault": "answers 503", "vendor": "icq"}, "There is no vendor icq"),
        ({"fault": "finds the bot blocked", "vendor": "jivo"}, "cannot happen at jivo"),
        ({"fault": "answers 503", "vendor": "jivo", "what": "sendMessage"}, "sendMessage is no message of jivo"),
        ({"fault": "answers 503", "nth": 0}, "orders/1/nth"),
        ({"side": "call"}, "orders/1"),
    ],
)
def test_a_wrong_order_is_told_in_one_sentence(desk: Desk, wanted: Any, detail: str) -> None:
    """Nothing of what was asked for is ordered."""
    answer = desk.ask("PUT", "/tenants/desk/faults", {"orders": [{"fault": BRIEF}, wanted]})

    assert 422 == answer.status
    assert detail in answer.detail
    assert [] == desk.get("/tenants/desk/faults")["orders"]


def test_tenants_do_not_share_their_weather(stormy: Desk) -> None:
    """What was ordered for one strikes no other."""
    order(stormy, {"fault": BRIEF})
    stormy.create("calm", seed=43)
    stormy.connect("calm")
    stormy.act("jivo", "visitor_writes", "calm", visitor=stormy.look("jivo", "visitors", "calm")[0], text="Ау")

    assert [503, 200] == [stormy.says("Да", name).status for name in ("storm", "calm")]


def test_orders_survive_with_the_tenant(tmp_path: Path) -> None:
    """They are in the file, with how often they struck, and strike on."""
    wish = Wish(port=0, state=tmp_path / "state")
    with Desk(wish) as desk:
        prepare(desk)
        order(desk, {"fault": BRIEF, "vendor": "jivo"})
        desk.says("Да", "storm")
        before = desk.get(PATH)
    with Desk(wish) as again:
        after = again.get(PATH)
        status = again.says("Да", "storm").status

    assert before == after
    assert 1 == after["orders"][0]["struck"]
    assert 503 == status
