"""The command line of ``deskcheck serve``."""

from __future__ import annotations

import json
import socket

import pytest
from click.testing import CliRunner, Result

from harness.cli import main
from harness.serve import greeting

TOLD = greeting.facts("http://127.0.0.1:1", "desk", {"jivo": {"api_url": "http://127.0.0.1:2", "provider_id": "a b"}})


def serve(*arguments: str) -> Result:
    """Call it with what cannot be served."""
    return CliRunner().invoke(main, ["serve", *arguments], env={"DESKCHECK_TOKEN": ""})


def test_a_port_that_is_taken_is_told() -> None:
    """The sentence names the address, and says what to do."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = serve("--port", str(port))

    assert 2 == result.exit_code
    assert f"deskcheck: 127.0.0.1:{port} cannot be listened at" in result.output
    assert "Give another --port (one for the control API, 3 more after it), or 0." in result.output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--host", "0.0.0.0", "--port", "0"], "Anybody who reaches 0.0.0.0 could use the control API."),  # noqa: S104 - refused
        (["--port", "65534"], "ports end at 65535"),
        (["--port", "65536"], "65536 is not in the range"),
        (["--state", "/nowhere/at/all.db", "--port", "0"], "/nowhere/at/all.db cannot be used"),
    ],
)
def test_a_wrong_wish_is_told_in_one_sentence(arguments: list[str], words: str) -> None:
    """Nothing is served, and the exit status is 2."""
    result = serve(*arguments)

    assert 2 == result.exit_code
    assert words in result.output
    assert "Traceback" not in result.output


def test_a_program_is_told_on_one_line() -> None:
    """As JSON: addresses and settings."""
    told = json.loads(greeting.as_json(TOLD))

    assert "http://127.0.0.1:1/_control/v1" == told["control_url"]
    assert {"api_url": "http://127.0.0.1:2", "provider_id": "a b"} == told["vendors"]["jivo"]
    assert "\n" not in greeting.as_json(TOLD)


def test_a_shell_is_told_in_lines_that_it_can_read() -> None:
    """Names are upper case, values quoted where they must be."""
    assert greeting.as_env(TOLD).splitlines() == [
        "export DESKCHECK_CONTROL_URL=http://127.0.0.1:1/_control/v1",
        "export DESKCHECK_TENANT=desk",
        "export JIVO_API_URL=http://127.0.0.1:2",
        "export JIVO_PROVIDER_ID='a b'",
    ]


def test_people_are_told_where_everything_is() -> None:
    """Vendors, control API and documentation."""
    text = greeting.as_text(TOLD)

    assert "jivo     api_url      http://127.0.0.1:2" in text
    assert "docs         http://127.0.0.1:1/_control/v1/docs" in text
