"""The report for CI viewers: ``junit.xml``. A feature is a suite, a scenario a test case; unknown is an error.

The form is what Jenkins and Surefire take (junit-10.xsd of Jenkins' xUnit plugin), with two additions that viewers
know: ``file`` and ``properties`` of a test case. GitLab groups by ``classname`` and takes two cases of one class and
name for one; Jenkins groups by the parts of ``classname``, and of two properties of one name keeps the last; the
viewers of GitHub group by suite and link ``file``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from harness.agenda.prose import EVERY_VENDOR
from harness.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from harness.report.live import Key

NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
TAGS = {
    Verdict.FAILED: "failure",
    Verdict.UNKNOWN: "error",
    Verdict.SKIPPED: "skipped",
    Verdict.WARNED: "system-out",
}
COUNTS = {"failures": Verdict.FAILED, "errors": Verdict.UNKNOWN, "skipped": Verdict.SKIPPED}
MOST_OF_A_MESSAGE = 500  # characters
MOST_OF_A_STORY = 20_000  # characters


def render(report: Mapping[str, Any], seconds: Mapping[Key, float], failures: Mapping[Key, str]) -> bytes:
    """Render a report; ``seconds`` and ``failures`` (why, in words) are by scenario id and vendor."""
    root = ET.Element("testsuites", name=_clean(f"deskcheck: {report['run']['bridge']['name']}", MOST_OF_A_MESSAGE))
    suites: dict[str, list[Mapping[str, Any]]] = {}
    for scenario in report["scenarios"]:
        suites.setdefault(scenario["id"].partition(": ")[0], []).append(scenario)
    writer = _Writer(report["oracles"], seconds, failures)
    for feature, scenarios in suites.items():
        writer.suite(ET.SubElement(root, "testsuite"), feature, scenarios)
    _count(root, report["scenarios"], seconds)
    del root.attrib["skipped"]  # the root of all suites has no such attribute
    ET.indent(root)
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


class _Writer:
    """Writes suites; knows what is told of scenarios elsewhere."""

    def __init__(
        self, oracles: Sequence[Mapping[str, Any]], seconds: Mapping[Key, float], failures: Mapping[Key, str]
    ) -> None:
        self._oracles = oracles
        self._seconds = seconds
        self._failures = failures

    def suite(self, suite: ET.Element, feature: str, scenarios: Sequence[Mapping[str, Any]]) -> None:
        suite.set("name", _clean(feature))
        suite.set("file", _clean(f"features/{feature}"))
        _count(suite, scenarios, self._seconds)
        for scenario in scenarios:
            key = scenario["id"], scenario["vendor"]
            case = ET.SubElement(
                suite,
                "testcase",
                classname=_class(feature, scenario["vendor"]),
                name=_clean(scenario["id"].partition(": ")[2]),
                file=_clean(f"features/{feature}"),
                time=f"{self._seconds.get(key, 0.0):.3f}",
            )
            properties = ET.SubElement(case, "properties")
            for name, value in self._properties(scenario):
                ET.SubElement(properties, "property", name=name, value=value)
            _outcome(case, scenario, self._failures.get(key, ""))

    def _properties(self, scenario: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Name the behaviours that it proves, and the oracles that it broke."""
        yield "behaviours", " ".join(scenario["behaviours"])
        broken = [oracle["name"] for oracle in self._oracles if scenario["id"] in oracle["broken_by"]]
        if broken:
            yield "oracles", "; ".join(broken)


def _class(feature: str, vendor: str) -> str:
    """Name a feature as if it were a class; one for every vendor is another class for each."""
    parts = feature.removesuffix(".feature").split("/")
    return _clean(".".join([parts[0], vendor, *parts[1:]] if parts[0] == EVERY_VENDOR else parts))


def _count(suite: ET.Element, scenarios: Sequence[Mapping[str, Any]], seconds: Mapping[Key, float]) -> None:
    suite.set("tests", str(len(scenarios)))
    for name, verdict in COUNTS.items():
        suite.set(name, str(sum(scenario["verdict"] == verdict for scenario in scenarios)))
    suite.set("time", f"{sum(seconds.get((row['id'], row['vendor']), 0.0) for row in scenarios):.3f}")


def _outcome(case: ET.Element, scenario: Mapping[str, Any], words: str) -> None:
    verdict = Verdict(scenario["verdict"])
    if verdict in TAGS:
        outcome = ET.SubElement(case, TAGS[verdict])
        if verdict is not Verdict.WARNED:
            outcome.set("message", _clean(scenario["reason"] or str(verdict), MOST_OF_A_MESSAGE))
        outcome.text = _clean(words or scenario["reason"] or "", MOST_OF_A_STORY)


def _clean(text: str, most: int = MOST_OF_A_MESSAGE) -> str:
    """Show what XML cannot hold by its number, and of a long text the beginning."""
    shown = NOT_XML.sub(lambda found: f"\\u{ord(found.group()):04x}", text[:most])
    return shown if len(text) <= most else f"{shown}… ({len(text):,} characters)"
