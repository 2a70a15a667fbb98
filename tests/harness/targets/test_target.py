"""One string says what is under test; what it does not say right is told with a remedy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from harness.errors import MisuseError
from harness.model import Who
from harness.targets import target
from harness.targets.reference import Reference
from harness.targets.target import KINDS

if TYPE_CHECKING:
    from pathlib import Path

    from harness.targets import Guest, Target

FACTORIES = '''
"""Factories, good and bad."""

class Good:
    async def start(self, env): ...
    async def stop(self): ...

class NoStop:
    async def start(self, env): ...

class NoCoroutine:
    def start(self, env): ...
    async def stop(self): ...

NUMBER = 17

def needs_something(thing):
    return thing

def makes_nothing():
    return None
'''
FORM = "Write python:module:factory, with a module that this Python can import."


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder from which modules can be imported."""
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    return tmp_path


def write(room: Path, name: str, text: str = FACTORIES) -> None:
    """Write a module, under a name that no other test uses."""
    (room / f"{name}.py").write_text(text, "utf-8")


def told(found: Target) -> tuple[str, str, frozenset[Who]]:
    """Give what a report tells of a target."""
    return found.name, found.spec, found.judged


def test_nothing_said() -> None:
    """Without a word both the reference bridge and the fakes are judged."""
    found = target(None)

    assert ("reference", "reference", frozenset({Who.BRIDGE, Who.VENDOR})) == told(found)
    assert isinstance(found.make(), Reference)


def test_reference() -> None:
    """The reference bridge alone can be judged."""
    found = target("reference")

    assert ("reference", "reference", frozenset({Who.BRIDGE})) == told(found)
    assert isinstance(found.make(), Reference)


def test_probe() -> None:
    """With the probe the fakes alone are judged."""
    assert ("probe", "probe", frozenset({Who.VENDOR})) == told(target("probe"))


def test_makes_a_fresh_bridge() -> None:
    """Every scenario gets a bridge of its own."""
    found = target("reference")

    assert found.make() is not found.make()


def test_python(room: Path) -> None:
    """A factory in a module makes the bridge, a fresh one each time; it is named as people name it."""
    write(room, "deskcheck_good")
    found = target("python:deskcheck_good:Good")
    guests: list[Guest] = [found.make(), found.make()]

    assert ("deskcheck_good:Good", "python:deskcheck_good:Good", frozenset({Who.BRIDGE})) == told(found)
    assert ["Good", "Good"] == [type(guest).__name__ for guest in guests]
    assert guests[0] is not guests[1]


@pytest.mark.parametrize("spec", ["", "refrence", "Reference", "probe:x", "reference:", "node:bridge.js", " reference"])
def test_no_such_target(spec: str) -> None:
    """What names no target is told with the words that do."""
    with pytest.raises(MisuseError) as caught:
        target(spec)

    assert f"No bridge is reached by {spec!r}." == caught.value.problem
    assert f"Give {KINDS}." == caught.value.remedy


@pytest.mark.parametrize("spec", ["python:", "python::", "python:module", "python:module:", "python::factory"])
def test_names_no_factory(spec: str) -> None:
    """A module without a factory, or a factory without a module, is told."""
    with pytest.raises(MisuseError) as caught:
        target(spec)

    assert (f"{spec} names no factory.", FORM) == (caught.value.problem, caught.value.remedy)


@pytest.mark.parametrize("module", ["deskcheck_nowhere", ".deskcheck", "deskcheck nowhere", "json.nowhere"])
def test_no_such_module(module: str) -> None:
    """A module that cannot be found is told with Python's own reason."""
    with pytest.raises(MisuseError) as caught:
        target(f"python:{module}:factory")

    assert caught.value.problem.startswith(f"{module} cannot be imported (")
    assert FORM == caught.value.remedy


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("deskcheck_raises", "raise RuntimeError('no licence')", "RuntimeError: no licence"),
        ("deskcheck_wrong", "def", "SyntaxError: invalid syntax (deskcheck_wrong.py, line 1)"),
    ],
)
def test_module_breaks(room: Path, name: str, text: str, reason: str) -> None:
    """A module that breaks at its import is told with the reason."""
    write(room, name, text)
    with pytest.raises(MisuseError) as caught:
        target(f"python:{name}:factory")

    assert (f"{name} cannot be imported ({reason}).", FORM) == (caught.value.problem, caught.value.remedy)


@pytest.mark.parametrize("factory", ["nowhere", "NUMBER", "Good.start", "Good:start"])
def test_no_such_factory(room: Path, factory: str) -> None:
    """What the module does not have, or what cannot be called, is no factory."""
    write(room, "deskcheck_factories")
    with pytest.raises(MisuseError) as caught:
        target(f"python:deskcheck_factories:{factory}")

    assert f"deskcheck_factories has no factory {factory!r}." == caught.value.problem
    assert FORM == caught.value.remedy


@pytest.mark.parametrize(
    ("factory", "verb"), [("NoStop", "stop"), ("NoCoroutine", "start"), ("makes_nothing", "start")]
)
def test_makes_no_bridge(room: Path, factory: str, verb: str) -> None:
    """What the factory makes must be able to start and to stop."""
    write(room, "deskcheck_makers")
    found = target(f"python:deskcheck_makers:{factory}")
    with pytest.raises(MisuseError) as caught:
        found.make()

    assert f"What deskcheck_makers:{factory} makes has no coroutine {verb}." == caught.value.problem
    assert "It needs async start(env) and async stop()." == caught.value.remedy


def test_factory_breaks(room: Path) -> None:
    """A factory that breaks, or wants to be given something, is told with the reason."""
    write(room, "deskcheck_breakers")
    found = target("python:deskcheck_breakers:needs_something")
    with pytest.raises(MisuseError) as caught:
        found.make()

    assert caught.value.problem.startswith("deskcheck_breakers:needs_something made no bridge (TypeError: ")
    assert "It is called without arguments." == caught.value.remedy
