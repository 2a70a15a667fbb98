"""A profile file says how a bridge is reached; what it does not say right is told with the place."""

from __future__ import annotations

import datetime as dt  # noqa: TID251 - an excuse lasts until a day
from typing import TYPE_CHECKING

import pytest

from harness.errors import MisuseError
from harness.targets import commented, profile

if TYPE_CHECKING:
    from pathlib import Path

GOOD = """
name = "node-bridge"
version = "0.1.0"

[start]
command = ["node", "bridge.js"]
folder = "src"
ready_seconds = 3

[env]
PORT = "HTTP_PORT"

[capabilities]
offers = ["jivo", "contract"]

[[known_failures]]
behaviour = "JIVO-BOT-1"
reason = "later"
link = "https://example.org/1"
expires = 9999-12-31

[[known_failures]]
behaviour = "JIVO-BOT-2"
reason = "long ago"
expires = 2020-01-01
"""


def written(folder: Path, text: str) -> Path:
    """Write a profile."""
    path = folder / "bridge.toml"
    path.write_text(text, "utf-8")
    return path


def test_what_it_says_is_read(tmp_path: Path) -> None:
    """Everything, the folder seen from the file; what is excused no more is not known any more."""
    said = profile.read(written(tmp_path, GOOD))

    excuse = profile.KnownFailure("JIVO-BOT-1", "later", "https://example.org/1", dt.date(9999, 12, 31))
    assert (
        profile.Profile(
            name="node-bridge",
            version="0.1.0",
            command=("node", "bridge.js"),
            folder=tmp_path / "src",
            ready_seconds=3.0,
            renamed={"PORT": "HTTP_PORT"},
            offers=frozenset({"jivo", "contract"}),
            known_failures=(excuse,),
            text=GOOD.encode(),
        )
        == said
    )
    assert "known failure: later (https://example.org/1), until 9999-12-31" == str(excuse)


def test_the_least_that_it_may_say(tmp_path: Path) -> None:
    """An address alone: its name is the file's."""
    said = profile.read(written(tmp_path, 'url = "http://127.0.0.1:9000"'))

    assert ("bridge", "http://127.0.0.1:9000", (), None) == (said.name, said.url, said.command, said.offers)


def test_an_excuse_holds_to_the_end_of_its_day() -> None:
    """On the day itself it still counts."""
    excuse = profile.KnownFailure("X-1", "later", expires=dt.date(2026, 5, 1))

    assert [True, True, False] == [excuse.excuses(dt.date(2026, 5, 1) + dt.timedelta(days)) for days in (-1, 0, 1)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "it needs either url, where the bridge runs, or [start] with a command"),
        ('url = "http://x"\n[start]\ncommand = ["x"]', "it needs either url"),
        ("name = 1\nurl = 'x'", "name must be a text in quotes"),
        ('[start]\ncommand = "node x"', 'start.command must be a list of texts, as ["node", "bridge.js"]'),
        ('[start]\ncommand = ["x"]\nready_seconds = "1"', "start.ready_seconds must be a number of seconds"),
        ('[start]\ncommand = ["x"]\nready_seconds = true', "start.ready_seconds must be a number of seconds"),
        ('[start]\ncommand = ["x"]\nready_seconds = 0', "start.ready_seconds must be a number of seconds"),
        ('[start]\ncommand = ["x"]\nshell = true', "it has no use for 'shell' in start; it knows command, folder,"),
        ('url = "http://x"\nport = 1', "it has no use for 'port'; it knows capabilities, env,"),
        ('url = "http://x"\nstart = 1', "start must be a table, opened by [start]"),
        ('url = "http://x"\n[env]\nPORT = 1', "env.PORT must be a text in quotes"),
        ('url = "http://x"\n[capabilities]\noffers = [1]', "capabilities.offers must be a list of texts"),
        ('url = "http://x"\nknown_failures = 1', "known_failures must be tables, each opened by [[known_failures]]"),
        ('url = "http://x"\n[[known_failures]]\nbehaviour = "A"', "every known failure needs a behaviour and a reason"),
        (
            'url = "http://x"\n[[known_failures]]\nbehaviour = "A"\nreason = "b"\nexpires = "2027-01-01"',
            "expires of A must be a day, as 2027-01-31, without quotes",
        ),
        ("= 1", "is no TOML: Invalid statement (at line 1, column 1)"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, text: str, told: str) -> None:
    """The file, the key, and what it should be."""
    path = written(tmp_path, text)

    with pytest.raises(MisuseError) as error:
        profile.read(path)

    assert error.value.problem.startswith(str(path))
    assert told in error.value.problem
    assert profile.FORM == error.value.remedy


def test_an_excuse_may_be_for_one_vendor_alone() -> None:
    """Elsewhere the behaviour is held against the bridge."""
    everywhere = profile.KnownFailure("SAFETY-2", "later")
    there = profile.KnownFailure("SAFETY-2", "later", vendor="livetex")

    assert [True, True] == [everywhere.concerns(("TEXT-1", "SAFETY-2"), vendor) for vendor in ("jivo", "livetex")]
    assert [False, True] == [there.concerns(("SAFETY-2",), vendor) for vendor in ("jivo", "livetex")]
    assert not everywhere.concerns(("TEXT-1",), "jivo")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """Its path is named."""
    with pytest.raises(MisuseError, match=r"none\.toml cannot be read \(No such file"):
        profile.read(tmp_path / "none.toml")


def test_the_commented_one_can_be_read(tmp_path: Path) -> None:
    """What ``init`` writes is a profile, and never written over another."""
    path = tmp_path / "deskcheck.toml"
    commented.write(path)

    assert "my-bridge" == profile.read(path).name
    uncommented = path.read_text("utf-8").replace("\n# [[", "\n[[").replace("\n# behaviour", "\nbehaviour")
    for key in ("vendor", "reason", "link", "expires", "[capabilities]", "offers", "PORT"):
        uncommented = uncommented.replace(f"\n# {key}", f"\n{key}")
    written(tmp_path, uncommented)
    said = profile.read(tmp_path / "bridge.toml")
    assert ["JIVO-OPERATOR-9"] == [failure.behaviour for failure in said.known_failures]
    assert "HTTP_PORT" == said.renamed["PORT"]
    assert said.offers is not None
    with pytest.raises(MisuseError, match="is there already"):
        commented.write(path)
    with pytest.raises(MisuseError, match="cannot be written"):
        commented.write(tmp_path / "nowhere" / "x.toml")
