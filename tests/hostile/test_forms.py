"""Telegram's calls as forms, which it takes as well as JSON, with the same things broken."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest

from tests.hostile.door import DOORS, Door
from tests.hostile.house import meant_for, opened
from tests.hostile.judge import Judge
from tests.hostile.strategies import BATCH, FAR, SLIPS, Draft, batches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.hostile.judge import Post

FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=x"
BATCHES = 5  # houses per door
TAKING_FORMS = [door for door in DOORS if door.of_the_fake and door.vendor == "telegram"]


def fields(value: Any) -> Iterator[tuple[str, str]]:
    """Write a call's parameters as strings, as a form has them."""
    for key, part in value.items() if isinstance(value, dict) else [("", value)]:
        yield key, part if isinstance(part, str) else json.dumps(part)


def as_form(value: Any) -> bytes:
    """Write a form."""
    return urlencode(list(fields(value)), errors="surrogatepass").encode()


def as_multipart(value: Any) -> bytes:
    """Write a form in parts, every other one of which is a file."""
    parts = [
        f'--x\r\nContent-Disposition: form-data; name="{key}"{"; filename=a" if number % 2 else ""}\r\n\r\n{part}\r\n'
        for number, (key, part) in enumerate(fields(value))
    ]
    return "".join([*parts, "--x--\r\n"]).encode("utf-8", "surrogatepass")


def posts(draft: Draft, value: Any) -> Iterator[Post]:
    """Write a draft in both ways, with what happens to its bytes."""
    slip, at = draft.slip
    for body, kind in ((as_form(value), FORM), (as_multipart(value), MULTIPART)):
        yield SLIPS[slip](body, len(body) * at // FAR), {"Content-Type": kind}


@pytest.mark.parametrize("door", TAKING_FORMS, ids=lambda door: door.name)
def test_every_form_is_answered_and_what_is_refused_changes_nothing(door: Door) -> None:
    """Whatever stands in a form, and however it is cut, it costs nobody anything but its sender."""
    posted: list[int] = []

    @batches(door.vendor, door.message, houses=BATCHES)
    def send(batch: list[Draft]) -> None:
        with opened(door) as house:
            judge = Judge(house)
            judge.try_all(post for draft in batch for post in posts(draft, meant_for(house, door, draft.value)))
            posted.append(judge.posted)

    send()

    assert [2 * BATCH] * BATCHES == posted


def test_a_good_form_is_taken() -> None:
    """What is written well in either way does what it should."""
    door = Door("telegram", "sendMessage")
    with opened(door) as house:
        judge = Judge(house)
        good = Draft({"chat_id": house.meant["dialogue"], "text": "Здравствуйте"}, ascii=False, slip=("none", 0))
        judge.try_all(posts(good, good.value))
    assert 2 == judge.taken
