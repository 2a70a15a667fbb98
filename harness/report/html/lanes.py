"""The lanes of a scenario's sequence diagram: who stands where, from the visitor to the operator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from harness.report.html.words import READERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

BRIDGE = "bridge"
MOST = 8  # more could not be told apart


def lanes(lines: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Name the parties of a scenario from left to right; none, if nothing crossed, or too many did.

    A vendor in whose world visitors act or see something stands between them and the bridge; all other parties stand
    behind the bridge, and the operators last.
    """
    parties: dict[str, None] = {}
    front: set[str] = set()
    people: set[str] = set()
    for line in lines:
        match line["kind"]:
            case "crossing":
                parties |= {line["from"]: None, line["to"]: None}
            case "act":
                people.add(line["who"])
                front |= {line["vendor"]} if line["who"] == "visitor" and "vendor" in line else set()
            case "fact":
                people.add({"shown": "visitor", "read": READERS.get(line.get("place", ""), "")}.get(line["fact"], ""))
                front |= {line["vendor"]} if line["fact"] == "shown" and "vendor" in line else set()
    if not 0 < len(parties) <= MOST:
        return ()
    vendors = [party for party in parties if party != BRIDGE]
    return (
        *(["visitor"] if "visitor" in people else []),
        *(party for party in vendors if party in front),
        BRIDGE,
        *(party for party in vendors if party not in front),
        *(["operator"] if "operator" in people else []),
    )
