"""A zip of plain files whose bytes depend on their contents alone, and which is opened as what a stranger sent.

Nothing is ever extracted by its own name; sizes are limited before anything is unpacked.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import zipfile
import zlib
from typing import IO, TYPE_CHECKING, Self

from harness.errors import MisuseError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MOST_MEMBERS = 64
MOST_OF_ALL = 512 << 20  # bytes, unpacked
MOST_OF_A_DIRECTORY = 64 << 10  # bytes of the zip's own table of contents
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # where a zip's time begins
READABLE = 0o100644 << 16  # a plain file, in the upper half of its attributes
UNIX = 3
ENCRYPTED = 1
END, LARGE_END = b"PK\x05\x06", b"PK\x06\x07"  # of the table of contents; of one for more than 4 GiB
LONGEST_END = 22 + 0xFFFF
BROKEN = (  # what the library raises, of which some are its own and some its readers'
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    ValueError,
)
REMEDY = "Give a bundle that deskcheck made."


def pack(members: Mapping[str, bytes | Path], out: Path) -> None:
    """Write a zip of contents, or of files, by name: sorted, and all of one instant.

    Raises:
        MisuseError: it cannot be written.
    """
    try:
        with zipfile.ZipFile(out, "w") as archive:
            for name in sorted(members):
                info = zipfile.ZipInfo(name, LONG_AGO)
                info.compress_type, info.external_attr, info.create_system = zipfile.ZIP_DEFLATED, READABLE, UNIX
                member = members[name]
                with archive.open(info, "w") as target:
                    if isinstance(member, bytes):
                        target.write(member)
                    else:
                        with member.open("rb") as source:
                            shutil.copyfileobj(source, target)
    except OSError as error:
        raise MisuseError(f"{out} cannot be written ({error.strerror}).", "Give another file with --out.") from error


class Archive:
    """A zip, open for reading."""

    def __init__(self, path: Path) -> None:
        """Open it.

        Raises:
            MisuseError: it is no zip, or one of which nothing good is to be expected: too many members, too large when
                unpacked, a name twice, a name that leads elsewhere, or a member that is encrypted.
        """
        self._name = path.name
        self._check_end(path)
        try:
            self._zip = zipfile.ZipFile(path)
        except BROKEN as error:
            raise MisuseError(f"{path.name} is no zip, or a broken one.", REMEDY) from error
        flaw = self._flaw()
        if flaw:
            self._zip.close()
            raise MisuseError(f"{path.name} {flaw}.", REMEDY)

    def __enter__(self) -> Self:
        """Use it."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self._zip.close()

    @property
    def names(self) -> list[str]:
        """Name its members."""
        return sorted(self._zip.namelist())

    def content(self, name: str, most: int) -> bytes:
        """Give a member of at most so many bytes.

        Raises:
            MisuseError: it is not there, larger, or broken.
        """
        if name in self._zip.namelist() and self._zip.getinfo(name).file_size > most:
            raise MisuseError(f"{self._name}: {name} has more than {most:,} bytes.", REMEDY)
        try:
            with self._open(name) as member:
                return member.read()
        except BROKEN as error:
            raise self._broken(name) from error

    def copy(self, name: str, out: Path) -> str:
        """Write a member to a file; answers its SHA-256.

        Raises:
            MisuseError: it is not there, or broken.
        """
        digest = hashlib.sha256()
        try:
            with self._open(name) as member, out.open("wb") as file:
                while piece := member.read(1 << 20):
                    digest.update(piece)
                    file.write(piece)
        except BROKEN as error:
            raise self._broken(name) from error
        return digest.hexdigest()

    def _open(self, name: str) -> IO[bytes]:
        if name not in self._zip.namelist():
            raise MisuseError(f"{self._name} has no {name}.", REMEDY)
        return self._zip.open(name)

    def _broken(self, name: str) -> MisuseError:
        return MisuseError(f"{self._name}: {name} cannot be unpacked.", "The bundle is damaged: fetch it again.")

    def _check_end(self, path: Path) -> None:
        """Look at the size of the table of contents before it is read as a whole."""
        try:
            with path.open("rb") as file:
                size = file.seek(0, 2)
                file.seek(max(0, size - LONGEST_END))
                tail = file.read()
        except OSError as error:
            raise MisuseError(f"{path} cannot be read ({error.strerror}).", REMEDY) from error
        place = tail.rfind(END)
        if place < 0:
            raise MisuseError(f"{path.name} is no zip, or a broken one.", REMEDY)
        table = int.from_bytes(tail[place + 12 : place + 16], "little")
        if table > MOST_OF_A_DIRECTORY or LARGE_END in tail[max(0, place - 20) : place]:
            raise MisuseError(f"{path.name} holds more than {MOST_MEMBERS} files.", REMEDY)

    def _flaw(self) -> str:
        """Say why it should not be unpacked; nothing if it may."""
        members = self._zip.infolist()
        names = [info.orig_filename for info in members]
        if len(members) > MOST_MEMBERS:
            return f"holds more than {MOST_MEMBERS} files"
        for info in members:
            if not NAME.fullmatch(info.orig_filename):
                return f"holds {info.orig_filename[:100]!a}, which is no plain file name"
            if names.count(info.orig_filename) > 1:
                return f"holds {info.orig_filename} twice"
            if info.flag_bits & ENCRYPTED or info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
                return f"holds {info.orig_filename} encrypted, or packed as nobody packs"
        if sum(info.file_size for info in members) > MOST_OF_ALL:
            return f"would have more than {MOST_OF_ALL:,} bytes when unpacked"
        return ""
