"""A stranger's repository: files of their own, in which their own pytest runs."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a run: each test's outcome by its name, Deskcheck's verdict where there is one, what pytest said."""

    tests: Mapping[str, str]
    verdicts: Mapping[str, str]
    said: str


@dataclass(frozen=True, slots=True)
class Repository:
    """A folder, and the Python that runs in it."""

    folder: Path
    python: str = sys.executable

    def write(self, files: Mapping[str, str]) -> None:
        """Write files, by their paths."""
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")

    def run(self, *arguments: str) -> Outcome:
        """Run pytest."""
        command = [self.python, "-m", "pytest", "-rA", "--junit-xml=junit.xml", *arguments]
        done = subprocess.run(  # noqa: S603 - ours
            command, cwd=self.folder, capture_output=True, text=True, check=False, env={"PYTHONDONTWRITEBYTECODE": "1"}
        )
        said = done.stdout + done.stderr
        junit = self.folder / "junit.xml"
        cases = list(ET.parse(junit).iter("testcase")) if junit.is_file() else []  # noqa: S314 - pytest wrote it
        verdicts = {
            case.attrib["name"]: told.attrib["value"]
            for case in cases
            for told in case.iter("property")
            if told.attrib["name"] == "verdict"
        }
        return Outcome({case.attrib["name"]: _outcome(case) for case in cases}, verdicts, said)


def _outcome(case: ET.Element) -> str:
    kinds = {"failure": "failed", "error": "broken", "skipped": "skipped"}
    return next((word for kind, word in kinds.items() if case.find(kind) is not None), "passed")
