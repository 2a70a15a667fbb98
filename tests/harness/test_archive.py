"""Tests: harness.archive. A zip is opened as what a stranger sent."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from typing import TYPE_CHECKING

import pytest

from harness import archive
from harness.archive import Archive, pack
from harness.errors import MisuseError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

REMEDY = " Give a bundle that deskcheck made."


@pytest.fixture
def made(tmp_path: Path) -> Callable[..., Path]:
    """Write a zip as Python's own library does, name by name."""

    def write(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
        path = tmp_path / "b.zip"
        with zipfile.ZipFile(path, "w", method) as target:
            for name, content in members:
                info = zipfile.ZipInfo(name)
                info.compress_type = method
                info.filename = name  # as it is, whatever the library thinks of it
                target.writestr(info, content)
        return path

    return write


def refusal(path: Path) -> str:
    """Hear why a zip is not opened."""
    with pytest.raises(MisuseError) as told:
        Archive(path)
    assert str(told.value).isprintable()
    return str(told.value)


def test_what_was_packed_is_given_back(tmp_path: Path) -> None:
    """Bytes and files, by name, with their hashes."""
    (tmp_path / "source").write_bytes(b"from a file" * 1_000)
    pack({"b.txt": tmp_path / "source", "a.txt": b"bytes"}, tmp_path / "b.zip")
    with Archive(tmp_path / "b.zip") as opened:
        digest = opened.copy("b.txt", tmp_path / "copy")

        assert ["a.txt", "b.txt"] == opened.names
        assert b"bytes" == opened.content("a.txt", 5)
    assert (tmp_path / "source").read_bytes() == (tmp_path / "copy").read_bytes()
    assert hashlib.sha256(b"from a file" * 1_000).hexdigest() == digest


def test_one_content_makes_one_zip(tmp_path: Path) -> None:
    """Neither the order, nor the folder, nor a file's instant and permissions leave a trace."""
    source = tmp_path / "x"
    source.write_bytes(b"same")
    pack({"a": source, "b": b"same"}, tmp_path / "1.zip")
    os.utime(source, (1, 1))
    source.chmod(0o600)
    pack({"b": b"same", "a": source}, tmp_path / "2.zip")

    with zipfile.ZipFile(tmp_path / "1.zip") as opened:
        instants = {info.date_time for info in opened.infolist()}

    assert (tmp_path / "1.zip").read_bytes() == (tmp_path / "2.zip").read_bytes()
    assert {(1980, 1, 1, 0, 0, 0)} == instants


@pytest.mark.parametrize("name", ["/etc/passwd", "../up", "a/b", "a\\b", "C:\\a", "..", "", "a\x00b", "\u202eexe"])
def test_a_name_that_leads_elsewhere_is_refused(made: Callable[..., Path], name: str) -> None:
    """Only plain names are taken; the name is shown harmlessly."""
    assert "which is no plain file name." + REMEDY in refusal(made((name, b"x")))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_twice_is_refused(made: Callable[..., Path]) -> None:
    """Nobody could tell which is meant."""
    assert "b.zip holds a twice." + REMEDY == refusal(made(("a", b"1"), ("a", b"2")))


def test_a_bomb_is_refused(made: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """What it says of its size is added up before anything is unpacked."""
    monkeypatch.setattr(archive, "MOST_OF_ALL", 1_000_000)
    path = made(("a", bytes(500_001)), ("b", bytes(500_000)))

    assert path.stat().st_size < 2_000
    assert "b.zip would have more than 1,000,000 bytes when unpacked." + REMEDY == refusal(path)


def test_a_bomb_that_lies_about_its_size_is_refused(made: Callable[..., Path], tmp_path: Path) -> None:
    """No more is unpacked than was said, and then it is known to be broken."""
    content = made(("a", bytes(1_000_000))).read_bytes()
    path = tmp_path / "lie.zip"
    path.write_bytes(content.replace((1_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little")))
    with Archive(path) as opened:
        with pytest.raises(MisuseError, match=r"lie\.zip: a cannot be unpacked\. The bundle is damaged"):
            opened.content("a", 100)
        with pytest.raises(MisuseError, match="cannot be unpacked"):
            opened.copy("a", tmp_path / "copy")
    assert (tmp_path / "copy").stat().st_size <= 10


def test_many_members_are_refused(made: Callable[..., Path]) -> None:
    """More than a bundle could hold."""
    assert "b.zip holds more than 64 files." + REMEDY == refusal(made(*((f"f{number}", b"") for number in range(65))))


def test_a_huge_table_of_contents_is_not_read(made: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Its size is known from the end of the file, before the library would read it."""
    path = made(*((f"f{number:099}", b"") for number in range(600)))
    monkeypatch.setattr(zipfile, "ZipFile", None)

    assert "b.zip holds more than 64 files." + REMEDY == refusal(path)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_packing_that_nobody_uses_is_refused(made: Callable[..., Path], method: int) -> None:
    """It could ask for any memory."""
    assert "b.zip holds a encrypted, or packed as nobody packs." + REMEDY == refusal(made(("a", b"x"), method=method))


def test_what_is_encrypted_is_refused(made: Callable[..., Path]) -> None:
    """Nobody is asked for a password."""
    path = made(("a", b"x"))
    content = bytearray(path.read_bytes())
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)

    assert "b.zip holds a encrypted, or packed as nobody packs." + REMEDY == refusal(path)


@pytest.mark.parametrize("content", [b"", b"PK\x05\x06", b"no zip at all", b"PK\x05\x06" + b"\xff" * 18], ids=ascii)
def test_what_is_no_zip_is_refused(tmp_path: Path, content: bytes) -> None:
    """Nothing, the beginning of an end, or something else."""
    path = tmp_path / "b.zip"
    path.write_bytes(content)

    assert REMEDY in refusal(path)


def test_any_damage_is_told(made: Callable[..., Path], tmp_path: Path) -> None:
    """Whichever byte is wrong, the zip is refused, or its member, or it is read as it was."""
    content = made(("a", b"words " * 20)).read_bytes()
    path = tmp_path / "damaged.zip"
    told: set[str] = set()
    for place in range(len(content)):
        path.write_bytes(content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :])
        try:
            with Archive(path) as opened:
                read = [opened.content(name, 1_000) for name in opened.names]
        except MisuseError as error:
            told.add(str(error))
        else:
            told.update(map(repr, read))
    told.discard(repr(b"words " * 20))

    assert told
    assert [] == [words for words in told if not words.startswith("damaged.zip") or not words.isprintable()]


def test_what_is_not_there_is_told(made: Callable[..., Path], tmp_path: Path) -> None:
    """A missing file, a missing member, and one that is larger than it may be."""
    with Archive(made(("a", b"12345"))) as opened:
        with pytest.raises(MisuseError, match=r"b\.zip has no c\."):
            opened.content("c", 9)
        with pytest.raises(MisuseError, match=r"b\.zip: a has more than 4 bytes\."):
            opened.content("a", 4)

    assert "nowhere.zip cannot be read (No such file or directory)." in refusal(tmp_path / "nowhere.zip")


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    """The file is named, and the remedy."""
    with pytest.raises(MisuseError, match=r"cannot be written .* Give another file with --out\."):
        pack({"a": b""}, tmp_path / "nowhere" / "b.zip")


def test_a_table_for_more_than_four_gigabytes_is_refused(tmp_path: Path) -> None:
    """The larger kind of zip would hide how large its table is."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        target.writestr("a", b"x")
    content = buffer.getvalue()
    end = content.rindex(b"PK\x05\x06")
    path = tmp_path / "b.zip"
    path.write_bytes(content[:end] + b"PK\x06\x07" + bytes(16) + content[end:])

    assert "b.zip holds more than 64 files." + REMEDY == refusal(path)
