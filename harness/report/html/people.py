"""Who is who in a scenario: by their role alone, or, where two share it, by their name too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ROLES = ("visitor", "operator")


class People:
    """The visitors and operators of a scenario."""

    def __init__(self, lines: Iterable[Mapping[str, Any]]) -> None:
        """Meet everybody who acts in these lines of the journal."""
        self._names: dict[str, str] = {}
        self._ids: dict[str, set[str]] = {role: set() for role in ROLES}
        for line in lines:
            if line["kind"] == "act" and line["who"] in self._ids:
                person = _actor(line)
                self._ids[line["who"]].add(person)
                if "name" in line:
                    self._names[person] = line["name"]

    def name(self, person: str) -> str:
        """Give somebody's name; of a stranger, what was given."""
        return self._names.get(person, person)

    def actor(self, line: Mapping[str, Any]) -> str:
        """Say who does what an act tells."""
        return self._called(line["who"], _actor(line))

    def visitor(self, line: Mapping[str, Any]) -> str:
        """Say which visitor a fact is about."""
        return self._called("visitor", line.get("person", ""))

    def _called(self, role: str, person: str) -> str:
        several = len(self._ids.get(role, ())) > 1
        return f"{role} {self._names[person]}" if several and person in self._names else role


def _actor(line: Mapping[str, Any]) -> str:
    """Find whose act it is: an operator's names the visitor as ``person`` and him as ``by``."""
    return str(line.get("by") or line.get("person", "")) if line["who"] == "operator" else str(line.get("person", ""))
