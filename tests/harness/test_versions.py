"""Tests: harness.versions."""

from __future__ import annotations

import platform
import tomllib
from importlib import metadata
from typing import TYPE_CHECKING

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from harness import data, versions

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT = tomllib.loads((data.ROOT / "pyproject.toml").read_text("utf-8"))["project"]
DIRECT = [canonicalize_name(Requirement(text).name) for text in PROJECT["dependencies"]]


@pytest.fixture
def fresh() -> Iterator[None]:
    """Forget before and after which versions were found."""
    versions.installed.cache_clear()
    yield
    versions.installed.cache_clear()


def test_our_own_version_is_the_project_s() -> None:
    """What runs is what the project file declares."""
    assert PROJECT["version"] == versions.own()


@pytest.mark.parametrize("name", DIRECT)
def test_every_requirement_is_there(name: str) -> None:
    """What the project file requires is named, with the version that is installed."""
    assert metadata.version(name) == versions.installed()[name]


@pytest.mark.parametrize(("name", "of"), [("yarl", "aiohttp"), ("pluggy", "pytest"), ("execnet", "pytest-xdist")])
def test_what_requirements_require_is_there(name: str, of: str) -> None:
    """Requirements of requirements are named too."""
    assert name not in DIRECT
    assert any(Requirement(text).name == name for text in metadata.requires(of) or ())
    assert metadata.version(name) == versions.installed()[name]


def test_python_is_there() -> None:
    """The version of Python is named beside them."""
    assert platform.python_version() == versions.installed()["python"]


@pytest.mark.parametrize("name", ["ruff", "mypy", "import-linter"])
def test_what_only_our_tests_need_is_not_there(name: str) -> None:
    """Extras do not run with a bridge, hence their versions do not matter."""
    assert name not in versions.installed()


def test_names_are_in_order() -> None:
    """The order does not depend on how the requirements were found."""
    assert sorted(versions.installed()) == list(versions.installed())


def test_names_are_written_in_one_way() -> None:
    """However a requirement spells a name, it has one entry, in small letters with hyphens."""
    assert [canonicalize_name(name) for name in versions.installed()] == list(versions.installed())


def test_what_is_not_installed_is_left_out(monkeypatch: pytest.MonkeyPatch, fresh: None) -> None:  # noqa: ARG001 - pytest's
    """A requirement that is missing, or whose marker does not hold, has no version and is no error."""
    needs = {
        "deskcheck": ["there>=1", "missing>=1", "other; python_version < '3'", "extra; extra == 'test'"],
        "there": ["deskcheck-friend", "there"],
        "deskcheck-friend": None,
    }
    have = {"there": "1.0", "deskcheck-friend": "2.0", "other": "3.0", "extra": "4.0"}

    def version(name: str) -> str:
        if name not in have:
            raise metadata.PackageNotFoundError(name)
        return have[name]

    monkeypatch.setattr(metadata, "requires", needs.__getitem__)
    monkeypatch.setattr(metadata, "version", version)

    assert {
        "deskcheck-friend": "2.0",
        "python": platform.python_version(),
        "there": "1.0",
    } == versions.installed()


def test_the_lock_names_a_set_of_versions(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same versions have the same lock; another version of anything has another."""
    locks = []
    for found in ({"a": "1", "b": "2"}, {"a": "1", "b": "2"}, {"a": "1", "b": "3"}, {"a": "1"}):
        monkeypatch.setattr(versions, "installed", lambda found=found: found)
        locks.append(versions.lock())

    assert locks[0] == locks[1]
    assert 3 == len(set(locks))


def test_the_lock_is_a_sha256() -> None:
    """A lock is 64 hex digits."""
    assert 64 == len(versions.lock())
    assert int(versions.lock(), 16)
