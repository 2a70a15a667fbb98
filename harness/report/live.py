"""What people see while a run goes on: one moving line on a terminal, plain lines elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.errors import BreakdownError, DeskcheckError
from harness.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

SIGNS = {
    Verdict.PASSED: "✓",
    Verdict.FAILED: "✗",
    Verdict.UNKNOWN: "?",
    Verdict.WARNED: "!",
    Verdict.SKIPPED: "–",
}
WIDTH = 80
Key = tuple[str, str]  # a scenario's id and vendor: those for every vendor are played once for each


class Live:
    """A pytest plugin that listens to reports, in one process or from many workers."""

    def __init__(self, say: Callable[[str], object], total: int, *, tty: bool) -> None:
        """Print with ``say``, which ends no line by itself."""
        self._say = say
        self._total = total
        self._tty = tty
        self._done = 0
        self.seconds: dict[Key, float] = {}
        self.failures: dict[Key, str] = {}
        self.trouble: DeskcheckError | None = None

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Tell of a scenario that ended."""
        told = dict(report.user_properties)
        scenario, verdict = str(told.get("scenario", "")), told.get("verdict")
        if report.when != "call" or not scenario or verdict is None:
            return
        self._done += 1
        key = scenario, str(told.get("vendor", ""))
        self.seconds[key] = report.duration
        if verdict in (Verdict.FAILED, Verdict.UNKNOWN):
            self.failures[key] = str(report.longrepr)
        self._line(Verdict(str(verdict)), scenario)

    def pytest_sessionfinish(self) -> None:
        """Leave the moving line."""
        if self._tty and self._done:
            self._say("\r" + " " * (WIDTH - 1) + "\r")

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Hear of what could not be collected."""
        if report.failed:
            self.trouble = BreakdownError(f"The features could not be collected: {report.longreprtext.strip()}")

    def pytest_internalerror(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Hear of what broke pytest."""
        error = excinfo.value
        self.trouble = (
            error if isinstance(error, DeskcheckError) else BreakdownError(f"{type(error).__name__}: {error}")
        )

    def _line(self, verdict: Verdict, scenario: str) -> None:
        if self._tty:
            text = f"{self._done}/{self._total} {SIGNS[verdict]} {scenario}"
            self._say("\r" + text[: WIDTH - 1].ljust(WIDTH - 1))
        else:
            self._say(f"{SIGNS[verdict]} {verdict:<7} {scenario}\n")
