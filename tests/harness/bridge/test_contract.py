"""The contract as the reference bridge serves it: every call, every documented status, every promise in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.harness.bridge import openapi
from tests.harness.bridge.house import PUBLIC, SETTINGS, TOKEN, House
from tests.harness.bridge.jivo_stand_in import JivoStandIn, Reply, in_turn

if TYPE_CHECKING:
    from tests.harness.bridge.openapi import Operation
    from tests.harness.bridge.universe import Universe

JIVO = {"kind": "jivo", "settings": SETTINGS}
LIVETEX: dict[str, Any] = {"kind": "livetex", "settings": {"api_url": "http://livetex.test", "key": "k"}}
TELEGRAM: dict[str, Any] = {"kind": "telegram", "settings": {"api_url": "http://telegram.test", "token": "1:t"}}
BODIES: dict[str, Any] = {"createBinding": JIVO, "changeBinding": {"inline_buttons": True}, "say": {"text": "Готово"}}
NO_TEXT: tuple[Any, ...] = ({}, {"text": ""}, {"text": 17}, {"text": None}, {"text": "\ud83d"})
WRONG_SETTINGS: tuple[dict[str, Any], ...] = (
    {"api_url": 5},
    {"api_url": None},
    {"provider_id": ["p"]},
    {"inline_buttons": "yes"},
    {"inline_buttons": 1},
    {"no_operators_script": "no"},
    {"widgets": "telegram"},
    {"widgets": ["telegram"]},
    {"widgets": {"telegram": 10200300}},
    {"widgets": {"telegram": "1", "viber": True}},
)
WRONG_LIVETEX: tuple[dict[str, Any], ...] = (
    {"key": None},
    {"key": 17},
    {"bot_title": ["Б"]},
    {"lead_title": None},
    {"excluded": "telegram"},
    {"excluded": ["telegram", 17]},
    {"excluded": {}},
    {"no_operators_script": 1},
)
NO_OBJECT: tuple[Any, ...] = (b"", b"{", b"\xff", b"NaN", [], "text", 17, None)
WRONG: dict[str, tuple[Any, ...]] = {
    "createBinding": (
        *NO_OBJECT,
        {},
        {"kind": "jivo"},
        {"settings": SETTINGS},
        JIVO | {"kind": "whatsapp"},
        JIVO | {"kind": ["jivo"]},
        JIVO | {"kind": None},
        JIVO | {"settings": []},
        JIVO | {"settings": {}},
        JIVO | {"settings": {"api_url": "http://jivo.test"}},
        JIVO | {"settings": {"provider_id": "prov1"}},
        JIVO | {"name": 17},
        JIVO | {"name": "\ud83d"},
        *({"kind": "jivo", "settings": SETTINGS | wrong} for wrong in WRONG_SETTINGS),
        *({"kind": "livetex", "settings": LIVETEX["settings"] | wrong} for wrong in WRONG_LIVETEX),
        LIVETEX | {"settings": {"api_url": "http://livetex.test"}},
        TELEGRAM | {"settings": {"api_url": "http://telegram.test"}},
        TELEGRAM | {"settings": {"token": "1:t", "api_url": None}},
    ),
    "changeBinding": (*NO_OBJECT, *WRONG_SETTINGS, {"provider_id": None}),
    "say": (*NO_OBJECT, *NO_TEXT),
}
DOCUMENTED = [
    (operation, status)
    for operation in openapi.OPERATIONS
    for status in operation.statuses
    if status != 502  # only where a vendor is told the webhook's URL, and Jivo is told by hand
]


def path_of(house: House, operation: Operation) -> str:
    """Give the path of a call, about the binding and the lead that there are."""
    number = house.binding["id"] if operation.path.startswith("/bindings") else house.lead()["id"]
    return operation.path.replace("{id}", number)


@pytest.fixture
def lived_in(house: House) -> House:
    """The bridge after something has happened: leads, lines of every state, and a webhook."""
    house.hears(house.event(sender={"name": "Анна"}))
    house.jivo.reply = in_turn(Reply(500))
    house.hears(house.event(), house.event(client_id="4002"), seconds=60.0)
    house.jivo.reply = in_turn(Reply(503))
    house.hears(house.event(client_id="4002"), house.event(client_id="4003"), house.event("CHAT_CLOSED"))
    house.say("Ваш заказ готов")
    house.changes(widgets={"telegram": "1"})
    house.hook(
        {"event_name": "chat_accepted", "widget_id": "1", "visitor": {"number": "4001", "phone": "+70000000001"}}
    )
    house.jivo.reply = in_turn(Reply())
    house.writes("/attributes", "/captioned", "/menu", client_id="4004")
    return house


# what the document says


@pytest.mark.parametrize(
    ("operation", "status"), DOCUMENTED, ids=[f"{call.id}-{status}" for call, status in DOCUMENTED]
)
def test_documented_status(lived_in: House, operation: Operation, status: int) -> None:
    """Every documented status is answered where it should be, with what the document says."""
    path, body, token = path_of(lived_in, operation), BODIES.get(operation.id), TOKEN
    if status == 400:
        body = {"settings": 5, "text": 5, "api_url": 5}
    if status == 401:
        token = "wrong"  # noqa: S105 - made up
    if status == 404:
        path = operation.path.replace("{id}", "nobody")
        lived_in = lived_in if path != operation.path else without_contract(lived_in)
    came, answer = lived_in.universe.run(lived_in.call(operation.method, path, body, token=token))

    assert status == came
    assert path == operation.path or [] == openapi.answer_faults(operation, status, answer)


def without_contract(house: House) -> House:
    """Give a bridge that serves no contract, in the place of this one."""
    house.universe.run(house.bridge.stop())
    other = House(house.universe, token=None)
    other.jivo = house.jivo
    house.universe.run(other.start())
    return other


@pytest.mark.parametrize("operation", openapi.OPERATIONS, ids=[operation.id for operation in openapi.OPERATIONS])
@pytest.mark.parametrize("token", [TOKEN, "", None])
def test_serves_none_without_a_token(universe: Universe, operation: Operation, token: str | None) -> None:
    """A bridge that was given no token serves no contract, whatever token comes."""
    house = House(universe, token=None)
    house.open()
    status, _ = universe.run(house.call(operation.method, operation.path.replace("{id}", "b1"), {}, token=token))

    assert 404 == status


def test_empty_token_is_none(universe: Universe) -> None:
    """An empty token opens nothing."""
    house = House(universe, token="")
    house.open()
    status, _ = universe.run(house.call("GET", "/about", token=""))

    assert 404 == status


@pytest.mark.parametrize("operation", openapi.OPERATIONS, ids=[operation.id for operation in openapi.OPERATIONS])
@pytest.mark.parametrize("given", [None, "", "Bearer", f"Basic {TOKEN}", TOKEN, f"Bearer {TOKEN}x", "Bearer \xff"])
def test_token_is_compared_whole(house: House, operation: Operation, given: str | None) -> None:
    """Only the whole token opens; what comes without it changes nothing."""
    house.hears(house.event())
    before = everything(house)

    async def knock() -> int:
        headers = {"Authorization": given} if given is not None else {}
        url = f"{PUBLIC}/conformance/v1{operation.path.replace('{id}', house.binding['id'])}"
        async with house.session.request(operation.method, url, json=BODIES.get(operation.id), headers=headers) as came:
            return came.status

    assert 401 == house.universe.run(knock())
    assert before == everything(house)


def everything(house: House) -> str:
    """Give all that the bridge keeps."""
    return "\n".join(house.bridge.store._db.iterdump())


@pytest.mark.parametrize(
    ("operation", "body"), [(openapi.called(name), body) for name, bodies in WRONG.items() for body in bodies]
)
def test_wrong_body_changes_nothing(house: House, operation: Operation, body: Any) -> None:
    """What the bridge cannot take is answered 400 with the reason, and nothing is changed."""
    house.hears(house.event())
    before = everything(house)
    status, answer = house.universe.run(house.call(operation.method, path_of(house, operation), body))
    house.universe.later(1.0)

    assert 400 == status
    assert [] == openapi.answer_faults(operation, 400, answer)
    assert before == everything(house)


# about


def test_claims_what_it_serves(house: House) -> None:
    """The bridge says who it is; what it claims is in the list of the document."""
    about = house.ask("/about")
    known = openapi.DOCUMENT["components"]["schemas"]["Capability"]["examples"]

    assert "reference" == about["name"]
    assert (
        {"jivo", "livetex", "telegram", "contract", "reset", "idle", "buttons", "rating", "restart", "retry"}
        == set(about["capabilities"])
        <= set(known)
    )


# bindings


def test_default_settings(house: House) -> None:
    """What is left out has the document's default."""
    binding = house.bridge.store.binding(house.binding["id"])
    described = openapi.DOCUMENT["components"]["schemas"]["JivoSettings"]["properties"]
    defaults = {key: about["default"] for key, about in described.items() if "default" in about}

    assert binding is not None
    assert SETTINGS | defaults == binding.settings


@pytest.mark.parametrize(("body", "schema"), [(LIVETEX, "LivetexSettings"), (TELEGRAM, "TelegramSettings")])
def test_every_kind_can_be_bound(house: House, body: dict[str, Any], schema: str) -> None:
    """A binding of each kind is made as documented, with a preset name and the document's defaults, and no secret."""
    status, answer = house.universe.run(house.call("POST", "/bindings", body))
    binding = house.bridge.store.binding(answer["id"])
    described = openapi.DOCUMENT["components"]["schemas"][schema]["properties"]
    defaults = {key: about["default"] for key, about in described.items() if "default" in about}

    assert 201 == status
    assert [] == openapi.answer_faults(openapi.called("createBinding"), 201, answer)
    assert answer["name"].startswith(f"{body['kind']} ")
    assert binding is not None
    assert body["settings"] | defaults == {key: binding.settings[key] for key in body["settings"] | defaults}
    assert binding.token not in str(answer)


def test_livetex_offers_what_may_be_excluded(house: House) -> None:
    """A LiveTex binding offers the kinds of the integrator's notes, of which the bridge has two."""
    _, answer = house.universe.run(house.call("POST", "/bindings", LIVETEX))

    assert {"umnico", "bitrix", "jivo", "webim", "telegram", "widget", "viber", "vk"} == set(answer["excludable"])


def test_urls_are_complete(house: House) -> None:
    """Token and URLs can be pasted as they stand: no blank, no slash at the end, below the bridge's address."""
    binding = house.binding
    urls = [binding["bot_url"], binding["webhook_url"]]

    assert all(url.startswith(f"{PUBLIC}/") and not url.endswith("/") for url in urls)
    assert [binding["token"], *urls] == [text.strip() for text in (binding["token"], *urls)]
    assert binding["token"] not in "".join(urls)


def test_bindings_differ(house: House) -> None:
    """Two bindings have nothing in common that could be pasted in the wrong place."""
    other = house.universe.run(house.bind())

    assert {None} == set(house.binding.values()) & set(other.values())  # nothing is amiss with either


@pytest.mark.parametrize("name", ["Jivo магазин", ""])
def test_takes_a_name(house: House, name: str) -> None:
    """A binding has the name that was asked for."""
    _, binding = house.universe.run(house.call("POST", "/bindings", JIVO | {"name": name}))

    assert name == binding["name"]


@pytest.mark.parametrize("extra", [{}, {"name": None}])
def test_presets_a_name(house: House, extra: dict[str, Any]) -> None:
    """Without a name the bridge presets one."""
    _, binding = house.universe.run(house.call("POST", "/bindings", JIVO | extra))

    assert binding["name"].startswith("jivo ")


def test_ignores_what_it_does_not_know(house: House) -> None:
    """Further properties are ignored, on every level."""
    body = {"kind": "jivo", "colour": 1, "settings": SETTINGS | {"key": 5}}
    status, _ = house.universe.run(house.call("POST", "/bindings", body))

    assert 201 == status


@pytest.mark.parametrize(
    ("changes", "settings"),
    [
        ({}, {}),
        ({"inline_buttons": True}, {"inline_buttons": True}),
        ({"inline_buttons": None}, {"inline_buttons": ...}),
        ({"provider_id": " p "}, {"provider_id": " p "}),
        ({"widgets": {"viber": "2"}}, {"widgets": {"telegram": "1", "viber": "2"}}),
        ({"widgets": {"telegram": "3"}}, {"widgets": {"telegram": "3"}}),
        ({"widgets": {"telegram": None}}, {"widgets": {}}),
        ({"widgets": {"nobody": None}}, {"widgets": {"telegram": "1"}}),
        ({"widgets": None}, {"widgets": ...}),
        ({"key": {"a": {"b": None, "c": 1}}}, {"key": {"a": {"c": 1}}}),
    ],
)
def test_merges_settings(house: House, changes: dict[str, Any], settings: dict[str, Any]) -> None:
    """Settings are merged as JSON Merge Patch says; what is not named stays, and so do token and URLs."""
    binding = house.universe.run(house.bind(widgets={"telegram": "1"}))
    status, answer = house.universe.run(house.call("PATCH", f"/bindings/{binding['id']}", changes))
    kept = house.bridge.store.binding(binding["id"])
    expected = (
        SETTINGS | {"inline_buttons": False, "widgets": {"telegram": "1"}, "no_operators_script": True} | settings
    )

    assert (200, binding) == (status, answer)
    assert kept is not None
    assert {key: value for key, value in expected.items() if value is not ...} == kept.settings


def test_change_holds_at_once(house: House) -> None:
    """From the moment of the answer the bridge works with the new settings."""
    elsewhere = JivoStandIn()
    house.universe.run(house.universe.serve("elsewhere.test", elsewhere))
    house.universe.run(
        house.call(
            "PATCH", f"/bindings/{house.binding['id']}", {"api_url": "http://elsewhere.test", "provider_id": "p2"}
        )
    )
    house.hears(house.event())

    assert [] == house.jivo.heard
    assert [f"/webhooks/p2/{house.binding['token']}"] == [heard.path for heard in elsewhere.heard]


def test_change_concerns_one_binding(house: House) -> None:
    """Another binding's settings stay as they are."""
    other = house.universe.run(house.bind())
    before = house.bridge.store.binding(other["id"])
    house.universe.run(house.call("PATCH", f"/bindings/{house.binding['id']}", {"inline_buttons": True}))

    assert before == house.bridge.store.binding(other["id"])


def test_webhook_button_changes_nothing(house: House) -> None:
    """With Jivo there is nothing to register: the webhook's URL stays, and Jivo is not called."""
    before = everything(house)
    status, _ = house.universe.run(house.call("POST", f"/bindings/{house.binding['id']}/webhook"))

    assert 204 == status
    assert (before, []) == (everything(house), house.jivo.heard)


# leads and what was said


def test_shows_all_states(lived_in: House) -> None:
    """Lines of every state are shown, and a reason wherever one was refused."""
    lines = [line for person in ("4001", "4002", "4003") for line in lived_in.archive(person)]

    assert {"sent", "queued", "refused", "doubtful"} == {line["state"] for line in lines}
    assert all(line["reason"] for line in lines if line["state"] in {"refused", "doubtful"})


def test_every_archive_is_as_documented(lived_in: House) -> None:
    """Whatever has happened to a lead, its archive is shown as the document says."""
    archives = [lived_in.archive(lead["person"]) for lead in lived_in.ask("/leads")]

    assert {"lead", "bot", "system"} == {line["who"] for archive in archives for line in archive}
    assert [[]] * 4 == [openapi.answer_faults(openapi.called("archive"), 200, archive) for archive in archives]


def test_says_unasked(house: House) -> None:
    """What the bot is told to say is said to that lead, to the letter, with a line of its own."""
    house.hears(house.event(), house.event(client_id="4002"))
    status = house.say(" Ваш заказ\nготов 🔥 ", "4002")
    heard = house.jivo.heard[-1].body

    assert 202 == status
    assert ("4002", " Ваш заказ\nготов 🔥 ") == (heard["client_id"], heard["message"]["text"])
    assert ("bot", "sent") == (house.archive("4002")[-1]["who"], house.archive("4002")[-1]["state"])


def test_takes_before_it_says(house: House) -> None:
    """The call is answered at once, however slow Jivo is."""
    house.hears(house.event())
    house.jivo.reply = in_turn(Reply(after=8.0))
    since = house.universe.loop.time()
    house.say("Ваш заказ готов", seconds=0.0)

    assert house.universe.loop.time() - since < 0.1


def test_reset_forgets_everything(lived_in: House) -> None:
    """After a reset nothing is left, and no token opens any more."""
    event = lived_in.event()
    lead = lived_in.lead()["id"]
    status, _ = lived_in.universe.run(lived_in.call("POST", "/reset"))
    archive, _ = lived_in.universe.run(lived_in.call("GET", f"/leads/{lead}/archive"))
    change, _ = lived_in.universe.run(lived_in.call("PATCH", f"/bindings/{lived_in.binding['id']}", {}))

    assert 204 == status
    assert ([], []) == (lived_in.ask("/leads"), lived_in.ask("/webhook-log"))
    assert (404, 404) == (archive, change)
    assert [401] == lived_in.hears(event)


# whether it is idle


def is_idle(house: House) -> bool:
    """Ask, without a wait."""
    return bool(house.ask("/idle")["idle"])


def test_a_call_without_an_answer_is_under_way(house: House) -> None:
    """Until the vendor has answered, the bridge is at work."""
    house.jivo.reply = in_turn(Reply(after=8.0))
    house.writes("Привет")
    during = is_idle(house)
    house.universe.later(8.0)

    assert (False, True) == (during, is_idle(house))


def test_what_waits_for_its_time_is_not_under_way(house: House) -> None:
    """The bot that works for a minute, what it says in a minute, and a vendor that asks for a minute's patience."""
    house.writes("/slow 60", client_id="4001")
    house.writes("/later 60", client_id="4002")
    house.jivo.reply = in_turn(Reply(503, headers={"Retry-After": "60"}), Reply())
    house.writes("Привет", client_id="4003")
    waiting = is_idle(house)
    heard = len(house.jivo.heard)
    house.universe.later(120.0)

    assert waiting
    assert heard + 3 == len(house.jivo.heard)


def test_a_question_may_wait_until_the_bridge_is_idle(house: House) -> None:
    """It is answered once that is so, or when as many seconds have passed; what is no number of seconds is none."""
    house.jivo.reply = in_turn(Reply(after=2.0))
    since = house.universe.loop.time()
    house.writes("Привет", seconds=0.0)
    answers = [
        (house.ask(f"/idle{wait}")["idle"], round(house.universe.loop.time() - since))
        for wait in ("", "?wait=1", "?wait=-1", "?wait=x", "?wait=nan", "?wait=4")
    ]

    assert [(False, 0), *[(False, 1)] * 4, (True, 2)] == answers


def test_nobody_waits_for_ever(house: House) -> None:
    """The bridge answers in time, however long it was given."""
    house.jivo.reply = in_turn(Reply(after=100.0))
    house.writes("Привет", seconds=0.0)
    since = house.universe.loop.time()
    answer = house.ask("/idle?wait=inf")["idle"]

    assert (False, 5) == (answer, round(house.universe.loop.time() - since))
