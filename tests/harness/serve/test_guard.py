"""Who may use the control API, and what is asked of bodies."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from harness.errors import MisuseError
from harness.serve.guard import hostname
from harness.serve.service import Service, Wish
from harness.serve.words import checked, parsed
from tests.harness.serve.desk import JSON, Desk, ask

if TYPE_CHECKING:
    from collections.abc import Mapping


@pytest.mark.parametrize(
    ("headers", "status", "detail"),
    [
        ({"Host": "evil.test"}, 421, "This machine is not called evil.test"),
        ({"Host": "evil.test:7700"}, 421, "This machine is not called evil.test"),
        ({"Host": "localhost.evil.test"}, 421, "This machine is not called localhost.evil.test"),
        ({"Origin": "http://evil.test"}, 403, "another origin"),
        ({"Origin": "null"}, 403, "another origin"),
        ({"Content-Type": "text/plain"}, 415, "Content-Type: application/json"),
        ({"Content-Type": "application/x-www-form-urlencoded"}, 415, "Content-Type: application/json"),
    ],
)
def test_a_strangers_page_may_not_use_the_api(desk: Desk, headers: Mapping[str, str], status: int, detail: str) -> None:
    """What a browser would send for a page of another site is refused, and nothing happens."""
    body = json.dumps({"name": "evil"}).encode()
    answer = ask("POST", f"{desk.control}/tenants", body, {**JSON, **headers})

    assert status == answer.status
    assert detail in answer.detail
    assert ["desk"] == desk.get("/")["tenants"]


def test_a_page_of_ones_own_may(desk: Desk) -> None:
    """The origin is the address at which the API is."""
    assert 200 == desk.ask("GET", "/tenants", headers={"Origin": desk.service.control_url}).status


def test_without_a_token_only_loopback_is_listened_to() -> None:
    """The sentence says what to do."""
    with pytest.raises(MisuseError, match="Give a token with --token or DESKCHECK_TOKEN, or listen"):
        Service(Wish(host="0.0.0.0", port=0))  # noqa: S104 - refused


def test_with_a_token_nobody_gets_in_without_it() -> None:
    """A missing, a wrong and a right one; documentation is for everybody."""
    with Desk(Wish(host="0.0.0.0", port=0, token="s3cret")) as desk:  # noqa: S104, S106 - what is tested
        url = desk.control.replace("0.0.0.0", "127.0.0.1")  # noqa: S104 - to be replaced
        statuses = [
            ask("GET", f"{url}/tenants", headers={"Authorization": given} if given else {}).status
            for given in ("", "Bearer wrong", "Basic s3cret", "s3cret", "Bearer s3cret", "bearer s3cret")
        ]
        docs = ask("GET", f"{url}/docs")

    assert [401, 401, 401, 401, 200, 200] == statuses
    assert 200 == docs.status


@pytest.mark.parametrize(
    ("host", "name"),
    [("localhost", "localhost"), ("LOCALHOST:1", "localhost"), ("[::1]:80", "::1"), ("127.0.0.1:9", "127.0.0.1")],
)
def test_a_host_is_read_without_its_port(host: str, name: str) -> None:
    """Brackets and case do not matter."""
    assert name == hostname(host)


def test_a_host_that_was_allowed_by_name_may_come(desk: Desk) -> None:
    """With --allow-host a container's name for this machine is good."""
    with Desk(Wish(port=0, allowed=("docker.test",))) as other:
        assert 200 == other.ask("GET", "/tenants", headers={"Host": "docker.test:80"}).status
    assert 421 == desk.ask("GET", "/tenants", headers={"Host": "docker.test:80"}).status


@pytest.mark.parametrize(
    ("body", "status", "detail"),
    [
        (b"{", 400, "The body is not JSON"),
        (b"\xff", 400, "The body is not JSON"),
        (b'{"name": NaN}', 400, "NaN is nothing that JSON can hold"),
        (b'{"name": 1e999}', 400, "1e999 is nothing that JSON can hold"),
        (b'{"name": "a", "name": "b"}', 400, "a key stands twice"),
        (b'{"name": "\\ud800"}', 400, "The body is not JSON"),
        (b'{"seed": ' + b"9" * 400 + b"}", 400, "a number is too long"),
        (b"[" * 100_000, 400, "nested too deeply"),
        (b'{"a":' * 200 + b"1" + b"}" * 200, 422, "up to 100 levels"),
        (b"[]", 422, "The body is a JSON object."),
        (b'"x"', 422, "The body is a JSON object."),
        (b'{"name": "' + b"x" * 1024 * 1024 + b'"}', 413, "The body may have 1,048,576 bytes."),
    ],
)
def test_a_hostile_body_is_refused(desk: Desk, body: bytes, status: int, detail: str) -> None:
    """The status is 4xx, and the sentence says what is wrong."""
    answer = ask("POST", f"{desk.control}/tenants", body, JSON)

    assert status == answer.status, answer.body[:500]
    assert detail in answer.detail


def test_whole_numbers_may_be_written_with_a_point() -> None:
    """JSON does not tell 1.0 from 1, a verb does."""
    schema = {"type": "object", "properties": {"size": {"type": ["integer", "null"]}}}

    assert "{'size': 1}" == str(checked("a verb", schema, parsed(b'{"size": 1.0}')))
