"""Bodies that come in are read as JSON that can be kept, or refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.bridge.body import DEEPEST, MalformedError, read_json

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@settings(deadline=None, derandomize=True, max_examples=100)
@given(JSON)
def test_reads_json(value: Any) -> None:
    """Whatever JSON can say is read as it is."""
    assert value == read_json(json.dumps(value).encode())


@pytest.mark.parametrize(
    "body",
    [b"", b" ", b"{'a': 1}", b"\xff", b"NaN", b"-Infinity", b"1e999", b'"\\ud800"', b'{"\\udc00": 1}', b"[" * 100_000],
)
def test_refuses_the_rest(body: bytes) -> None:
    """What is no JSON, or could not be shown again, is malformed."""
    with pytest.raises(MalformedError, match="the body is not JSON"):
        read_json(body)


@pytest.mark.parametrize(("opening", "closing"), [(b"[", b"]"), (b'{"a":', b"}"), (b'[0,{"a":', b"}]")])
def test_goes_so_deep_and_no_deeper(opening: bytes, closing: bytes) -> None:
    """Lists and objects may go so many levels deep, wherever they stand, and no deeper."""
    levels = DEEPEST // (opening.count(b"[") + opening.count(b"{"))
    deepest = opening * levels + b"1" + closing * levels

    assert json.loads(deepest) == read_json(deepest)
    with pytest.raises(MalformedError, match=f"deeper than {DEEPEST} levels"):
        read_json(b"[" + deepest + b"]")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "utf-32"])
def test_reads_no_other_encoding(encoding: str) -> None:
    """JSON that is not plain UTF-8 is malformed, though it could be guessed."""
    with pytest.raises(MalformedError, match="the body is not JSON"):
        read_json('{"a": "да"}'.encode(encoding))
