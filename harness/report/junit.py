"""The report for CI viewers: ``junit.xml``. A scenario is a test case; failed fails, unknown is an error."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from harness.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(report: Mapping[str, Any], seconds: Mapping[str, float], failures: Mapping[str, str]) -> bytes:
    """Render a report; ``seconds`` and ``failures`` (why, in words) are by scenario id."""
    totals = report["totals"]["scenarios"]
    scenarios = report["scenarios"]
    suite = ET.Element(
        "testsuite",
        name=_clean(f"deskcheck: {report['run']['bridge']['name']}"),
        tests=str(len(scenarios)),
        failures=str(totals[Verdict.FAILED]),
        errors=str(totals[Verdict.UNKNOWN]),
        skipped=str(totals[Verdict.SKIPPED]),
        time=f"{sum(seconds.values()):.3f}",
    )
    for scenario in scenarios:
        feature, _, name = scenario["id"].partition(": ")
        case = ET.SubElement(
            suite,
            "testcase",
            classname=feature.removesuffix(".feature").replace("/", "."),
            name=_clean(name),
            time=f"{seconds.get(scenario['id'], 0.0):.3f}",
        )
        properties = ET.SubElement(case, "properties")
        for behaviour in scenario["behaviours"]:
            ET.SubElement(properties, "property", name="behaviour", value=behaviour)
        for oracle in report["oracles"]:
            if scenario["id"] in oracle["broken_by"]:
                ET.SubElement(properties, "property", name="oracle", value=oracle["name"])
        _outcome(case, scenario, failures.get(scenario["id"], ""))
    root = ET.Element("testsuites")
    root.append(suite)
    ET.indent(root)
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _outcome(case: ET.Element, scenario: Mapping[str, Any], words: str) -> None:
    tags = {
        Verdict.FAILED: "failure",
        Verdict.UNKNOWN: "error",
        Verdict.SKIPPED: "skipped",
        Verdict.WARNED: "system-out",
    }
    verdict = Verdict(scenario["verdict"])
    if verdict in tags:
        outcome = ET.SubElement(case, tags[verdict])
        if verdict is not Verdict.WARNED:
            outcome.set("message", _clean(scenario["reason"] or str(verdict)))
        outcome.text = _clean(words or scenario["reason"] or "")


def _clean(text: str) -> str:
    """Show what XML cannot hold by its number."""
    return NOT_XML.sub(lambda found: f"\\u{ord(found.group()):04x}", text)
