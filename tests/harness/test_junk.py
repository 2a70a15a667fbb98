"""The corpus of hostile bodies is what it says."""

from __future__ import annotations

import gzip
import json

import pytest

from fakes.kit.contract import parse
from harness.errors import MisuseError
from harness.junk import ODD, Junk, corpus, of_kind

CALL = '{"event": "CLIENT_MESSAGE", "text": "Да"}'.encode()
MEBIBYTE = 1024 * 1024
KINDS = ["empty", "not JSON", "not UTF-8", "no object", "too deep", "too large", "badly packed", ODD]
BARE = [junk for junk in corpus() if junk.kind in {"empty", "not JSON", "not UTF-8"}]


def junk(name: str) -> Junk:
    """Find a body."""
    return next(junk for junk in corpus() if junk.name == name)


def test_every_body_has_a_name_of_its_own() -> None:
    """Nobody takes one for another, and each has its reason."""
    assert len(corpus()) == len({junk.name for junk in corpus()})
    assert all(junk.reason.endswith(".") for junk in corpus())


def test_the_kinds_stand_together() -> None:
    """Each kind has its bodies in one piece of the file."""
    assert KINDS == list(dict.fromkeys(junk.kind for junk in corpus()))
    assert corpus() == tuple(junk for kind in KINDS for junk in of_kind(kind))


def test_an_unknown_kind_is_misuse() -> None:
    """Whoever asks for another kind is told which there are."""
    with pytest.raises(MisuseError, match="There are: empty, not JSON, not UTF-8"):
        of_kind("spoilt")


@pytest.mark.parametrize("body", BARE, ids=lambda junk: junk.name)
def test_what_is_no_json_cannot_be_read(body: Junk) -> None:
    """A careful reader reads none of it."""
    with pytest.raises(ValueError, match=r"."):
        parse(body.around(CALL))


@pytest.mark.parametrize("body", of_kind("not UTF-8"), ids=lambda junk: junk.name)
def test_what_is_no_utf_8_cannot_be_decoded(body: Junk) -> None:
    """It is no text in UTF-8, or, without its letters, no text of JSON."""
    try:
        text = body.around(CALL).decode()
    except UnicodeDecodeError:
        return
    assert "\x00" in text


@pytest.mark.parametrize("body", of_kind("no object"), ids=lambda junk: junk.name)
def test_what_is_no_object_is_json(body: Junk) -> None:
    """It can be read, and is something else."""
    assert not isinstance(parse(body.around(CALL)), dict)


@pytest.mark.parametrize("body", of_kind("too large"), ids=lambda junk: junk.name)
def test_what_is_too_large_is_beyond_a_mebibyte(body: Junk) -> None:
    """It is, or becomes, larger than anybody must take."""
    whole = body.around(CALL)

    assert MEBIBYTE < len(gzip.decompress(whole) if body.packed else whole)


@pytest.mark.parametrize("body", of_kind("too deep"), ids=lambda junk: junk.name)
def test_what_is_too_deep_is(body: Junk) -> None:
    """It has thousands of levels, and would fit into a mebibyte."""
    whole = body.around(CALL)

    assert 50_000 <= max(whole.count(b"["), whole.count(b"{"))
    assert MEBIBYTE > len(whole)


def test_a_good_message_is_put_in() -> None:
    """A body can hold a good message, whole or its inside, in any encoding, so many times, and packed."""
    assert CALL * 2 == junk("two").around(CALL)
    assert b"{" + CALL[1:-1] == junk("half").around(CALL)
    assert CALL == junk("utf-16").around(CALL).decode("utf-16").encode()
    assert CALL == gzip.decompress(junk("packed").around(CALL))
    assert {"x": {"x": 2}} | json.loads(CALL) == json.loads(junk("key-twice").around(CALL))
