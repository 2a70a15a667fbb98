"""LiveTex beside a direct channel: the button 'Вебхук', and who may come in by it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.harness.bridge.direct_house import ANNA, PERSON
from tests.harness.bridge.jivo_stand_in import Reply

if TYPE_CHECKING:
    from tests.harness.bridge.direct_house import DirectHouse


def test_registers_at_livetex(direct: DirectHouse) -> None:
    """The button registers the bridge's URL with a secret of its own, and pressing again registers the same."""
    status, _ = direct.universe.run(direct.call("POST", f"/bindings/{direct.point['id']}/webhook"))
    [called] = direct.livetex.called

    assert 204 == status
    assert "/1.2/setWebhook?key=livetex-key" == called.url
    assert {"url": direct.point["url"], "webhook_key": direct.point["secret"]} == called.body
    assert called.body["url"].startswith("http://bridge.test/")


def test_a_refused_key_is_told(direct: DirectHouse) -> None:
    """What LiveTex refuses is told in plain words and stands in the binding."""
    answer = b'{"success": false, "error_code": 2, "error_message": "Authentication key is not valid"}'
    direct.livetex.replies["setWebhook"] = lambda _: Reply(401, answer)
    told = direct.universe.run(direct.call("POST", f"/bindings/{direct.point['id']}/webhook"))
    _, binding = direct.universe.run(direct.call("PATCH", f"/bindings/{direct.point['id']}", {}))
    words = "LiveTex answered 401, error code 2: Authentication key is not valid"

    assert (502, {"error": words}) == told
    assert words == binding["trouble"]


@pytest.mark.parametrize("key", [..., "", "wrong", None, 17, ["x"]])
def test_a_wrong_webhook_key_changes_nothing(direct: DirectHouse, key: Any) -> None:
    """A webhook without the secret is refused, logged nowhere, and turns nothing."""
    direct.hands_over()
    direct.fresh()
    before = "\n".join(direct.bridge.store._db.iterdump())
    webhook = direct.webhook("Closed", employee=ANNA, webhook_key=key)
    statuses = direct.livetex_tells({name: part for name, part in webhook.items() if part is not ...})

    assert [403] == statuses
    assert before == "\n".join(direct.bridge.store._db.iterdump())
    assert [] == direct.fresh()


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff", b'{"a":' * 80 + b"1" + b"}" * 80])
def test_what_is_no_webhook_is_refused(direct: DirectHouse, body: bytes) -> None:
    """A body that is no JSON object is refused."""
    assert [400] == direct.livetex_tells(body)


def test_logs_webhooks_without_the_secret(direct: DirectHouse) -> None:
    """Every webhook is logged with its kind and its lead, a repeated one too; the secret is not."""
    direct.chats("Привет")
    webhook = direct.webhook("SelectDestination", destinations=[])
    unknown = direct.webhook("Something", user_id="nobody", extra=[1])
    direct.livetex_tells(webhook, webhook, unknown)
    log = direct.ask("/webhook-log")[1:]
    lead = direct.lead(str(PERSON))["id"]

    assert [("SelectDestination", lead), ("SelectDestination", lead), ("Something", None)] == [
        (entry["event_type"], entry["lead"]) for entry in log
    ]
    assert [1] == log[-1]["payload"]["extra"]
    assert direct.point["secret"] not in str(direct.ask("/webhook-log"))
