"""What a lie is, and how one is brought before the suite."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from types import ModuleType
from typing import TYPE_CHECKING, Any, ClassVar

import pytest

from fakes.jivo.machine import TABLE as JIVO_TABLE
from fakes.livetex.machine import TABLE as LIVETEX_TABLE
from harness.run import Order, conduct
from harness.vendors import front_door, names
from harness.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from harness.vendors import Fake, Vendor


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
class LyingVendor:
    """A vendor's front door, behind which a lie lives; ``name`` may be another one than the vendor's."""

    honest: ClassVar[Vendor]
    table: ClassVar[Mapping[Any, Any]]

    lie: FakeLie
    name: str = ""

    def __getattr__(self, trait: str) -> Any:
        """Be like the honest vendor in everything else."""
        return getattr(self.honest, trait)

    @property
    def visitors(self) -> str:
        """Where the visitors live: at home, under whatever name, or where the honest vendor's do."""
        return self.name if self.honest.visitors == self.honest.name else self.honest.visitors

    def open(self, **ports: Any) -> Fake:
        """Make the lying fake."""
        lie = self.lie
        replaced: dict[str, Any] = {"table": {**self.table, **lie.rows}, "knobs": lie.knobs, "server": lie.server}
        return self.honest.open(**ports, **{part: other for part, other in replaced.items() if other is not None})


@dataclass(frozen=True)
class LyingJivo(LyingVendor):
    """A front door like Jivo's."""

    honest = front_door("jivo")
    table = JIVO_TABLE

    name: str = honest.name


@dataclass(frozen=True)
class LyingLiveTex(LyingVendor):
    """A front door like LiveTex's."""

    honest = front_door("livetex")
    table = LIVETEX_TABLE

    name: str = honest.name


@dataclass(frozen=True)
class FakeLie(Lie):
    """A lying fake: one row of its table, its knobs, or its server replaced; it is Jivo, unless it is another vendor's.

    Attributes:
        rows: what stands in the table instead.
        knobs: how they are set; None: as they are.
        server: the lying one; None: the honest one.
    """

    vendor: ClassVar[type[LyingVendor]] = LyingJivo

    rows: Mapping[Any, Any] = field(default_factory=dict)
    knobs: object = None
    server: type | None = None

    def order(self, out: Path, selectors: tuple[str, ...]) -> Order:
        """Judge the fakes."""
        return Order(out, selectors, bridge="probe", seed=1, pages=False)

    def plugins(self) -> list[object]:
        """Put the lying vendor in the honest one's place, beside the others."""
        lying = self.vendor(self)
        return [LyingVendors({**{name: front_door(name) for name in names()}, lying.name: lying})]


@dataclass(frozen=True)
class LiveTexLie(FakeLie):
    """A lying LiveTex."""

    vendor = LyingLiveTex


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
