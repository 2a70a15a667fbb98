"""What each method does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.fakes.livetex.conftest import FILE, LEAD, good, impossible, refused, unchanged

if TYPE_CHECKING:
    from tests.fakes.livetex.conftest import LiveTex


# the groups


def test_groups_come_in_their_order(livetex: LiveTex) -> None:
    """The list is not sorted: groups come as the account has them (A3), with ids that are strings (Q16)."""
    livetex.control.adds_group("Яблоки")
    livetex.control.adds_group("Арбузы")
    livetex.control.adds_group("Первая", first=True)

    assert ["Первая", "Группа для Messaging API", "Яблоки", "Арбузы"] == [
        group["name"] for group in livetex.groups_now()
    ]
    assert livetex.control.groups() == [group["destination_id"] for group in livetex.groups_now()]
    assert {("Department", True)} == {
        (group["destination_type"], isinstance(group["destination_id"], str)) for group in livetex.groups_now()
    }


# the choice


def head(livetex: LiveTex) -> list[tuple[str, str]]:
    """Let an operator look at the head of the dialogue."""
    return livetex.card(livetex.control.operator_comes_online("Анна"))


def test_attributes_stand_at_the_head_of_the_dialogue(livetex: LiveTex) -> None:
    """Name and attributes are what the operator reads, in order, under their names; values are words (A4)."""
    livetex.says()
    given = {"номер_заявки": 705, "имя": "Test", "доля": 0.5, "срочно": True, "отказ": False, "": ""}
    livetex.chooses(name="Вера", attributes=given)

    assert [
        ("name", "Вера"),
        ("attribute номер_заявки", "705"),
        ("attribute имя", "Test"),
        ("attribute доля", "0.5"),
        ("attribute срочно", "true"),
        ("attribute отказ", "false"),
        ("attribute ", ""),
    ] == head(livetex)


def test_a_visitor_without_a_name_is_a_guest(livetex: LiveTex) -> None:
    """Where no name was given the operator reads «Гость» (protocol/livetex 1.6)."""
    livetex.waiting()

    assert [("name", "Гость")] == head(livetex)


def test_hidden_attributes_are_for_the_archive(livetex: LiveTex) -> None:
    """What is hidden no operator reads; the archive has it."""
    livetex.says()
    livetex.chooses(attributes={"а": "видно"}, hidden_attributes={"б": "скрыто"})
    shown = head(livetex)
    livetex.witness.facts.clear()
    livetex.control.reads_archive(LEAD)

    assert [("name", "Гость"), ("attribute а", "видно")] == shown
    assert ("hidden attribute б", "скрыто") in [(fact.get("label"), fact["text"]) for fact in livetex.facts("read")]


def test_the_same_choice_again_adds_to_the_archive(livetex: LiveTex) -> None:
    """What a second choice of the same group says, hidden or not, is in the archive beside the first (A5)."""
    livetex.says()
    livetex.chooses(name="Вера", hidden_attributes={"а": "1", "б": "2"})
    livetex.chooses(attributes={"в": "3"}, hidden_attributes={"б": "4"})
    livetex.witness.facts.clear()
    livetex.control.reads_archive(LEAD)

    assert [
        ("name", "Вера"),
        ("attribute в", "3"),
        ("hidden attribute а", "1"),
        ("hidden attribute б", "4"),
    ] == [(fact["label"], fact["text"]) for fact in livetex.facts("read") if "label" in fact]
    assert 1 == len([entry for entry in livetex.history() if entry["type"] == "DestinationSelected"])


def test_the_same_choice_again_adds_to_the_head(livetex: LiveTex) -> None:
    """A second choice of the same group merges name and attributes, and moves nothing (A5)."""
    livetex.says()
    livetex.chooses(name="Вера", attributes={"а": "1", "б": "2"})
    operator = livetex.operator()
    livetex.control.operator_sets_slots(operator, 1)
    livetex.forget()

    assert good() == livetex.chooses(attributes={"б": "3", "в": "4"})
    assert [] == livetex.availability()
    assert [("name", "Вера"), ("attribute а", "1"), ("attribute б", "3"), ("attribute в", "4")] == livetex.card(
        operator
    )
    assert [] == livetex.told() + livetex.facts("owner")


def test_another_choice_sends_the_dialogue_elsewhere(livetex: LiveTex) -> None:
    """Choosing another group takes the dialogue from its operator and gives it to that group (A5)."""
    operator = livetex.talking()
    group = livetex.control.adds_group("Продажи")

    assert good() == livetex.chooses(group=group, attributes={"а": "1"})
    assert ["queue"] == [fact["owner"] for fact in livetex.facts("owner")]
    assert [] == livetex.card(operator)

    livetex.control.joins_group(operator, group)

    assert [("name", "Гость"), ("attribute а", "1")] == livetex.card(operator)


def test_a_later_dialogue_has_a_head_of_its_own(livetex: LiveTex) -> None:
    """After closing, only the attributes of the next choice are read, also when it comes before the first word."""
    livetex.says()
    livetex.chooses(name="Вера", attributes={"а": "1"})
    operator = livetex.operator()
    for early in (False, True):
        livetex.control.operator_finishes(operator, LEAD)
        if not early:
            livetex.says("снова")
        livetex.chooses(attributes={"б": "2"})
        livetex.says("и ещё")
        livetex.control.operator_opens(operator, LEAD)

        assert [("name", "Вера"), ("attribute б", "2")] == livetex.card(operator)


def test_the_current_group(livetex: LiveTex) -> None:
    """The answer has the chosen group with who is there, and nothing where none is chosen."""
    assert good() == livetex.call("getCurrentDestination", {"user_id": "nobody"})

    livetex.says()

    assert good() == livetex.call("getCurrentDestination", {"user_id": LEAD})

    livetex.chooses()

    assert good(destination=livetex.groups_now()[0]) == livetex.call("getCurrentDestination", {"user_id": LEAD})


def test_to_ask_makes_nobody_known(livetex: LiveTex) -> None:
    """Questions about somebody who never wrote are answered, and leave no visitor behind."""
    livetex.call("getCurrentDestination", {"user_id": "nobody"})

    assert [] == livetex.history("nobody")
    assert [] == livetex.control.visitors()


# files


def test_a_file_is_read_by_the_operators(livetex: LiveTex) -> None:
    """A file is kept and shown as a message is, with address, name, size and comment."""
    livetex.call("sendFile", {**FILE, "file_name": "a.png", "size": 2048, "comment": "Лид\nвот"})
    livetex.call("sendFile", {**FILE, "url": "https://bridge.test/files/2"})
    livetex.chooses()
    operator = livetex.control.operator_comes_online("Анна")
    livetex.control.operator_reads(operator, LEAD)
    chat = [(fact["label"], fact["text"]) for fact in livetex.facts("read") if fact["place"] == "chat"]

    assert [
        ("file", FILE["url"]),
        ("file name", "a.png"),
        ("file size", "2048"),
        ("comment", "Лид\nвот"),
        ("file", "https://bridge.test/files/2"),
    ] == chat
    assert ["SelectDestination"] == livetex.told()


def test_a_size_is_whole(livetex: LiveTex) -> None:
    """A size that is a whole number with a point is one without."""
    livetex.call("sendFile", {**FILE, "size": 2048.0})

    assert "2048" == repr(livetex.history()[0]["size"])


def test_a_file_is_fetched_when_somebody_opens_it(livetex: LiveTex) -> None:
    """LiveTex fetches nothing by itself (A7); an operator who clicks gets the file, and the record has the answer."""
    livetex.call("sendFile", {**FILE, "url": "http://bridge.test/files/1"})
    livetex.chooses()
    operator = livetex.operator()

    assert [] == [heard for heard in livetex.guest.heard if heard.path == "/files/1"]

    livetex.control.operator_opens_file(operator, LEAD, "http://bridge.test/files/1")
    livetex.settle()
    record = livetex.witness.crossings[-1]

    assert ("file", "GET", "livetex", "bridge", LEAD) == tuple(
        record.request[key] for key in ("event", "method", "sender", "receiver", "person")
    )
    assert (200, livetex.witness.acts[-1]["seq"]) == (record.status, record.request["cause"])


def test_only_what_is_there_can_be_opened(livetex: LiveTex) -> None:
    """A link that stands in no message of the dialogue cannot be clicked."""
    operator = livetex.talking()

    with impossible(livetex, "there is no file"):
        livetex.control.operator_opens_file(operator, LEAD, "http://bridge.test/files/9")


# the webhook's settings


def test_a_webhook_replaces_the_one_before(livetex: LiveTex) -> None:
    """A webhook is read back without its key, and only the last one set is told anything."""
    body = {"url": "http://bridge.test/livetex/2", "webhook_key": "wk-2", "webhook_event_types": ["SelectDestination"]}

    assert good() == livetex.call("setWebhook", body)
    assert good(url="http://bridge.test/livetex/2", webhook_event_types=["SelectDestination"]) == livetex.call(
        "getWebhookSettings"
    )

    livetex.says()

    assert ["/livetex/2"] == [heard.path for heard in livetex.guest.heard]
    assert ["wk-2"] == [body["webhook_key"] for body in livetex.bodies()]


def test_without_types_a_webhook_is_told_everything(livetex: LiveTex) -> None:
    """Where no event types were given, the settings list all seven (protocol/livetex 1.6)."""
    livetex.call("setWebhook", {"url": "http://bridge.test/livetex", "webhook_key": "wk"})

    assert 7 == len(livetex.call("getWebhookSettings").body["webhook_event_types"])


def test_where_no_webhook_is_set_the_address_is_empty(livetex: LiveTex) -> None:
    """A contact point without webhook answers an empty address."""
    other = livetex.another_account()
    answer = livetex.request(f"/1.2/getWebhookSettings?key={other.settings()['key']}")

    assert good(url="", webhook_event_types=[]) == answer


@pytest.mark.parametrize(
    "url", ["", " ", "bridge.test", "/livetex", "ftp://bridge.test/", "http://", " http://bridge.test/", "http://[/"]
)
def test_a_webhook_needs_an_address(livetex: LiveTex, url: str) -> None:
    """What is no absolute address is 400 with code 5, an empty one too (A16), and the webhook stays as it was."""
    before = unchanged(livetex)
    answer = livetex.call("setWebhook", {"url": url, "webhook_key": "wk"})

    assert refused(answer, 5)
    assert answer.body["error_message"].startswith(f"URL [{url}] is not valid: ")
    assert before == unchanged(livetex)


def test_version_1_0_knows_no_event_types(livetex: LiveTex) -> None:
    """In 1.0 event types are a field that nobody knows, whatever stands there, and the webhook is told everything."""
    body = {"url": "http://bridge.test/livetex", "webhook_key": "wk", "webhook_event_types": 17}

    assert good() == livetex.call("setWebhook", body, "1.0")
    assert ["/webhook_event_types"] == livetex.witness.crossings[-1].never_read

    livetex.says()

    assert ["SelectDestination"] == livetex.told()


# history


def talk(livetex: LiveTex) -> str:
    """Let a whole dialogue happen; answers the operator."""
    livetex.says("раз")
    livetex.chooses(hidden_attributes={"а": "б"})
    operator = livetex.operator()
    livetex.control.vendor_holds(LEAD, "минуту")
    livetex.control.operator_writes(operator, LEAD, "два")
    livetex.control.operator_finishes(operator, LEAD)
    livetex.settle()
    return operator


def test_a_history_has_everything_newest_first(livetex: LiveTex) -> None:
    """All that the bridge sent is from User (Q18), system messages are there too, and the webhook's key is not."""
    talk(livetex)
    history = livetex.history()

    assert [
        ("Closed", None),
        ("TextMessage", "Employee"),
        ("HoldMessage", None),
        ("MessageDelivered", None),
        ("DestinationSelected", None),
        ("TextMessage", "User"),
    ] == [(entry["type"], entry.get("from")) for entry in history]
    assert [] == [entry for entry in history if "webhook_key" in entry]
    assert {LEAD} == {entry["user_id"] for entry in history}
    assert "employee" not in history[-1]


def test_a_history_has_the_ids_of_webhooks_and_answers(livetex: LiveTex) -> None:
    """An event has the same id in history and webhook, a visitor's message that of the answer."""
    message = livetex.waiting()
    operator = livetex.operator()
    livetex.control.operator_writes(operator, LEAD, "да")
    livetex.settle()
    told = {body["type"]: body["id"] for body in livetex.bodies()}
    history = {entry["type"] + entry.get("from", ""): entry["id"] for entry in livetex.history()}

    assert told["TextMessage"] == history["TextMessageEmployee"]
    assert told["MessageDelivered"] == history["MessageDelivered"]
    assert message == history["TextMessageUser"]


def texts(entries: list[dict[str, Any]]) -> list[str]:
    """List the words of a history."""
    return [entry["text"] for entry in entries]


def test_a_history_comes_in_pages(livetex: LiveTex) -> None:
    """Twenty unless a limit is given; Before goes on to older ones, After to newer ones, away from the id (A9)."""
    ids = [livetex.says(f"{number}") for number in range(25)]

    assert [str(number) for number in range(24, 4, -1)] == texts(livetex.history())
    assert ["24", "23"] == texts(livetex.history(limit=2))
    assert ["9", "8", "7"] == texts(livetex.history(message_id=ids[10], limit=3))
    assert ["9", "8", "7"] == texts(livetex.history(message_id=ids[10], limit=3, chunk="Before"))
    assert ["11", "12", "13"] == texts(livetex.history(message_id=ids[10], limit=3, chunk="After"))
    assert [] == livetex.history(message_id=ids[0])
    assert [] == livetex.history(message_id=ids[24], chunk="After")
    assert [] == livetex.history(chunk="After")
    assert 25 == len(livetex.history(limit=10**30))
    assert 3 == len(livetex.history(limit=3.0))


@pytest.mark.parametrize("spelling", ["message_id", "messageId"])
def test_the_id_has_two_spellings(livetex: LiveTex, spelling: str) -> None:
    """The table's message_id and the sample's messageId are both read (Q4, A8)."""
    _, second = livetex.says("раз"), livetex.says("два")

    assert ["раз"] == texts(livetex.history(**{spelling: second}))
    assert [] == livetex.witness.crossings[-1].never_read


def test_a_history_is_one_visitors(livetex: LiveTex) -> None:
    """What one visitor said is in no other's history, and its ids are unknown there."""
    first = livetex.says("раз", "one")
    livetex.says("два", "two")

    assert ["раз"] == texts(livetex.history("one"))
    assert refused(livetex.call("getHistory", {"user_id": "two", "message_id": first}))
