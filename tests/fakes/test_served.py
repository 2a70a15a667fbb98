"""What a vendor shows to whoever serves it: whose a call is, can be told from its target."""

from __future__ import annotations

import pytest

from fakes import jivo, livetex, telegram


@pytest.mark.parametrize(
    ("vendor", "target", "addressee"),
    [
        (jivo, "/webhooks/prov7/token", "prov7"),
        (jivo, "/webhooks/prov7/to/ken", "prov7"),
        (jivo, "/webhooks/prov%207/token?a=b", "prov 7"),
        (jivo, "/webhooks", ""),
        (jivo, "/elsewhere/prov7/token", ""),
        (livetex, "/1.2/sendText?key=abc", "abc"),
        (livetex, "/1.2/sendText?other=x&key=a%20c&key=d", "a c"),
        (livetex, "/1.2/sendText", ""),
        (telegram, "/bot7:secret/getMe?a=b", "7"),
        (telegram, "/bot7:revoked/sendMessage", "7"),
        (telegram, "/file/bot7:secret/photos/file_1.jpg", "7"),
        (telegram, "/", ""),
    ],
)
def test_a_target_says_whose_a_call_is(vendor: object, target: str, addressee: str) -> None:
    """The word is there whether or not the rest of the credential is right; "" if there is none."""
    served = vendor.VENDOR.served  # type: ignore[attr-defined] # a front door

    assert addressee == served.addressee(target)


@pytest.mark.parametrize("vendor", [jivo, livetex, telegram], ids=lambda vendor: vendor.VENDOR.name)
def test_furniture_is_made_of_acts(vendor: object) -> None:
    """What is done in a new account can be asked for by anybody."""
    served = vendor.VENDOR.served  # type: ignore[attr-defined] # a front door

    assert {verb for verb, _ in served.furniture} <= {*served.acts}
