"""What a lie is, and how one is brought before the suite."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest

from fakes.jivo import VENDOR as JIVO
from fakes.jivo.knobs import Knobs
from fakes.jivo.machine import TABLE
from fakes.jivo.server import Server
from harness.run import Order, conduct
from harness.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from fakes.jivo import Fake
    from fakes.jivo.machine import Happening, Row, State


@dataclass(frozen=True)
class Lie:
    """One lie: its name, the behaviour that it denies, and what it does, in one sentence."""

    name: str
    denies: str
    does: str

    def order(self, out: Path, selectors: tuple[str, ...]) -> Order:
        """Say what is to be judged."""
        raise NotImplementedError  # a lie is a bridge's or a fake's

    def plugins(self) -> list[object]:
        """Give the pytest plugins that bring the lie in."""
        return []

    def killed_by(self, out: Path, selectors: tuple[str, ...] = ()) -> frozenset[str]:
        """Tell which of the scenarios fail with this lie."""
        result = conduct(self.order(out, selectors), lambda _: None, plugins=self.plugins())
        return frozenset(row["id"] for row in result.report["scenarios"] if _unmet(row))


def _unmet(row: Mapping[str, Any]) -> bool:
    """Tell whether an expectation was not met, whatever that weighs: a *should* only warns, a *may* is skipped."""
    verdict, reason = row["verdict"], row["reason"] or ""
    return verdict in {Verdict.FAILED, Verdict.WARNED} or (verdict == Verdict.SKIPPED and "expected: " in reason)


@dataclass(frozen=True)
class BridgeLie(Lie):
    """A lying bridge, reached as anybody's would be: ``python:module:factory``."""

    def order(self, out: Path, selectors: tuple[str, ...]) -> Order:
        """Judge the lying bridge."""
        return Order(out, selectors, bridge=f"python:tests.miniatures.bridges:{self.name}", seed=1, pages=False)


@dataclass(frozen=True)
class FakeLie(Lie):
    """A lying Jivo: one row of its table, its knobs, or its server replaced."""

    rows: Mapping[tuple[State, Happening], Row] = field(default_factory=dict)
    knobs: Knobs = field(default_factory=Knobs)
    server: type[Server] = Server

    def order(self, out: Path, selectors: tuple[str, ...]) -> Order:
        """Judge the fakes."""
        return Order(out, selectors, bridge="probe", seed=1, pages=False)

    def plugins(self) -> list[object]:
        """Put the lying vendor in Jivo's place."""
        return [LyingVendors({"jivo": LyingJivo(self)})]


@dataclass(frozen=True)
class LyingJivo:
    """A front door like Jivo's, behind which a lie lives."""

    lie: FakeLie
    name: str = JIVO.name

    def open(self, **ports: Any) -> Fake:
        """Make the lying Jivo."""
        lie = self.lie
        return JIVO.open(**ports, table={**TABLE, **lie.rows}, knobs=lie.knobs, server=lie.server)


class LyingVendors:
    """A pytest plugin that overrides the fixture ``vendors``."""

    def __init__(self, vendors: Mapping[str, object]) -> None:
        """Give these vendors."""
        self._vendors = vendors

    @cached_property
    def override(self) -> ModuleType:
        """The plugin that holds the fixture; registered last, so that it wins. Pytest reads fixtures off modules."""
        module = ModuleType("lying_vendors")
        module.__dict__["vendors"] = pytest.fixture(scope="session", name="vendors")(lambda: self._vendors)
        return module

    def pytest_configure(self, config: pytest.Config) -> None:
        """Come after Deskcheck's own plugin."""
        config.pluginmanager.register(self.override)
