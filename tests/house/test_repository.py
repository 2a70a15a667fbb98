"""What lies in the repository, and what must not."""

from __future__ import annotations

import re
import subprocess
import tomllib

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from harness import data

FORBIDDEN = re.compile("|".join(["py" + r"pi\.org", "python" + "hosted", "registry" + r"\.npmjs", "index" + "-url"]))


def tracked() -> list[str]:
    """List the files that git knows, if this is a checkout."""
    git = ["git", "ls-files"]
    done = subprocess.run(git, cwd=data.ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - git
    return done.stdout.splitlines()


def test_no_file_names_a_registry() -> None:
    """Neither the lock nor anything else says where packages come from."""
    named = [
        name
        for name in tracked()
        if (data.ROOT / name).is_file() and FORBIDDEN.search((data.ROOT / name).read_text("utf-8", "replace"))
    ]

    assert [] == named


def test_the_lock_pins_every_requirement() -> None:
    """requirements.lock has a version with hashes for each direct requirement, and one that satisfies it."""
    project = tomllib.loads((data.ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    pins = dict(re.findall(r"^(\S+)==(\S+)", (data.ROOT / "requirements.lock").read_text("utf-8"), re.MULTILINE))
    wanted = [Requirement(text) for text in project["dependencies"] + project["optional-dependencies"]["test"]]
    loose = [
        str(requirement)
        for requirement in wanted
        if not requirement.specifier.contains(pins.get(canonicalize_name(requirement.name), "0"))
    ]

    assert [] == loose


def test_the_gate_runs_what_the_readme_says() -> None:
    """The README's second command installs and tests just as .ci/run does."""
    readme = (data.ROOT / "README.md").read_text("utf-8")
    gate = (data.ROOT / ".ci" / "run").read_text("utf-8")
    steps = [
        "python3 -m venv .venv",
        ".venv/bin/pip install -q -e '.[test]'",
        ".venv/bin/python -m pytest -n 2 --dist loadfile",
    ]

    assert " && ".join(steps) in readme
    assert [] == [step for step in steps if f"\n{step}\n" not in f"{gate}\n"]
