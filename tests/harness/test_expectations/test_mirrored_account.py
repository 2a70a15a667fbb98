"""What an expectation of a mirrored dialogue expected is accounted for, and nothing more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from harness.cast.passage import Passage
from harness.mirror import HANDED_OVER
from tests.harness.test_expectations.scene import CLIENT, plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.harness.test_expectations.scene import MirroredScene

LINK = "http://bridge.test/files/1"
UNEXPLAINED = 202  # success, but no status that explains an event by itself
GROUPS: Any = plain("getDestinations_answer", "first-group-empty", "livetex")


# what each takes: a scene in which it holds, and in which nothing else happens


def was_told_without(scene: MirroredScene) -> None:
    """The event."""
    scene.hears("HoldMessage", status=UNEXPLAINED)
    scene.expect.was_told_without("webhook", "a holding text was sent", "operator")


def webhook_was_told_of_reading(scene: MirroredScene) -> None:
    """The event."""
    scene.hears("MessageDelivered", status=UNEXPLAINED, message_id="m-1")
    scene.expect.webhook_was_told_of_reading("Привет", 1)


def webhook_was_told_times(scene: MirroredScene) -> None:
    """Every event."""
    for _ in range(2):
        scene.hears("EmployeeAvailabilityChanged", status=UNEXPLAINED)
    scene.expect.webhook_was_told_times("an operator's availability changed", 2, free=False)


def waits_in_group(scene: MirroredScene) -> None:
    """The choice, which brings the dialogue there."""
    scene.goes_to("queue", cause=scene.calls("selectDestination"), about=CLIENT, vendor="livetex")
    scene.expect.waits_in_group(1)


def handed_over_once(scene: MirroredScene) -> None:
    """Every call for it, and the announcement."""
    scene.calls("selectDestination", status=0)
    scene.goes_to("queue", cause=scene.calls("selectDestination"), about=CLIENT, vendor="livetex")
    scene.shows(HANDED_OVER)
    scene.expect.handed_over_once(told=True)


def webhook_was_registered(scene: MirroredScene) -> None:
    """The call."""
    scene.calls("setWebhook", url="http://bridge.test/livetex/1/webhook", webhook_key="0123456789abcdef")
    scene.expect.webhook_was_registered()


def vendor_was_sent(scene: MirroredScene) -> None:
    """The call."""
    scene.calls("sendText", text="🤖 Бот\nДа")
    scene.expect.vendor_was_sent("Да", "bot")


def vendor_was_sent_passage(scene: MirroredScene) -> None:
    """Every piece."""
    scene.people.passage = Passage("🇷🇺", 2)
    for piece in ("🇷🇺", "🇷🇺."):
        scene.calls("sendText", text=f"🙂 Лид\n{piece}")
    scene.expect.vendor_was_sent_passage("visitor", in_one=False)


def vendor_was_told_of_edit(scene: MirroredScene) -> None:
    """The call."""
    scene.calls("sendText", text="🙂 Лид\n✎ Да")
    scene.expect.vendor_was_told_of_edit("Да")


def vendor_was_sent_choices(scene: MirroredScene) -> None:
    """The call."""
    scene.calls("sendText", "menu-as-text")
    scene.expect.vendor_was_sent_choices(["Оператор", "Доставка"])


def vendor_was_sent_file(scene: MirroredScene) -> None:
    """The call."""
    scene.calls("sendFile", url=LINK)
    scene.expect.vendor_was_sent_file(LINK, "visitor", "Вот такой чайник")


def operator_can_open_leads_file(scene: MirroredScene) -> None:
    """The file, and its being fetched."""
    scene.calls("sendFile", url=LINK)
    scene.control.files[LINK] = (UNEXPLAINED, b"PNG")
    scene.expect.operator_can_open_leads_file()


def vendor_knows_file(scene: MirroredScene) -> None:
    """The file."""
    scene.calls("sendFile")
    scene.expect.vendor_knows_file("chainik.png")


def vendor_was_sent_leads_file(scene: MirroredScene) -> None:
    """The file."""
    scene.calls("sendFile")
    scene.expect.vendor_was_sent_leads_file("Вот такой чайник")


def answer_tells(scene: MirroredScene) -> None:
    """The call."""
    scene.calls("sendText", answer={"message_id": "m-1", "success": True})
    scene.expect.answer_tells("message", ["m-1"])


def answer_holds(scene: MirroredScene) -> None:
    """The call."""
    scene.calls("sendText", answer={"message_id": "m-1", "success": True})
    scene.expect.answer_holds(1, "message")


TAKING = (
    was_told_without,
    webhook_was_told_of_reading,
    webhook_was_told_times,
    waits_in_group,
    handed_over_once,
    webhook_was_registered,
    vendor_was_sent,
    vendor_was_sent_passage,
    vendor_was_told_of_edit,
    vendor_was_sent_choices,
    vendor_was_sent_file,
    operator_can_open_leads_file,
    vendor_knows_file,
    vendor_was_sent_leads_file,
    answer_tells,
    answer_holds,
)


# what those do that only look: everything is left as it was


def binding_has_a_name(scene: MirroredScene) -> None:
    """Look at the binding."""
    scene.expect.binding_has_a_name()


def vendor_knows(scene: MirroredScene) -> None:
    """Ask the vendor."""
    scene.control.known = [CLIENT, "u-18"]
    scene.expect.vendor_knows(2)


def vendor_knows_nobody(scene: MirroredScene) -> None:
    """Ask the vendor."""
    scene.expect.vendor_knows_nobody()


def lead_keeps_for_operators(scene: MirroredScene) -> None:
    """Ask the bridge."""
    kept = {"key": "sys_livetex_attrs", "value": '{"Город": "Вымышленск"}', "type": "system"}
    scene.desk.knows(attributes=[kept])
    scene.expect.lead_keeps_for_operators({"Город": "Вымышленск"})


LOOKING = (binding_has_a_name, vendor_knows, vendor_knows_nobody, lead_keeps_for_operators)
MIRRORED = (*TAKING, *LOOKING)


def name(expectation: Callable[[MirroredScene], None]) -> str:
    """Give a case its name."""
    return expectation.__name__


@pytest.mark.parametrize("holds", TAKING, ids=name)
def test_what_was_expected_is_accounted_for(mirrored: MirroredScene, holds: Callable[[MirroredScene], None]) -> None:
    """Once it was expected it is nothing else."""
    holds(mirrored)

    assert not mirrored.left_over


@pytest.mark.parametrize("holds", TAKING, ids=name)
def test_what_was_not_expected_is_told(mirrored: MirroredScene, holds: Callable[[MirroredScene], None]) -> None:
    """Whatever happens besides is something else."""
    holds(mirrored)
    mirrored.hears("Closed", status=500)
    mirrored.calls("sendText", text="Реклама")
    mirrored.calls("selectDestination", "second-group")
    mirrored.shows("Реклама", "system")

    assert [
        "livetex → bridge Closed (500)",
        "bridge → livetex sendText «Реклама» (200)",
        "bridge → livetex selectDestination (200)",
        "the visitor saw «Реклама» from the system",
    ] == mirrored.left_over.split("; ")


@pytest.mark.parametrize("holds", LOOKING, ids=name)
def test_looking_accounts_for_nothing(mirrored: MirroredScene, holds: Callable[[MirroredScene], None]) -> None:
    """What is only looked at is told by silence as if nobody had looked, and looking makes no noise."""
    mirrored.calls("sendText", text="Реклама")
    holds(mirrored)

    assert mirrored.left_over == "bridge → livetex sendText «Реклама» (200)"
