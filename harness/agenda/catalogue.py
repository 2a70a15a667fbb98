"""The behaviours that must be proven, and the words by which a user picks some of them."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml
from yaml import CSafeLoader
from yaml.constructor import ConstructorError

from harness.errors import MisuseError
from harness.model import CAPABILITIES, Behaviour, Level, Source, Who

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from harness.model import Scenario

KEYS = {"id", "who", "level", "evidence", "says", "source"}
EVIDENCE = ("seed", "documented", "observed", "assumed")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All behaviours by id, in the order of the file."""

    behaviours: Mapping[str, Behaviour]

    def picked(self, selectors: Sequence[str], scenarios: Sequence[Scenario]) -> Callable[[Scenario], bool]:
        """Answer which scenarios the selectors mean: any of them; without selectors, all.

        A selector is a behaviour's id, else the beginning of ids up to a dash, else a vendor, else a feature file.

        Raises:
            MisuseError: a selector means nothing.
        """
        wanted = [self._meaning(selector, scenarios) for selector in selectors]
        return lambda scenario: not wanted or any(means(scenario) for means in wanted)

    def _meaning(self, selector: str, scenarios: Sequence[Scenario]) -> Callable[[Scenario], bool]:
        ids = {selector} & self.behaviours.keys() or {
            known for known in self.behaviours if known.startswith(selector.rstrip("-") + "-")
        }
        if ids:
            return lambda scenario: not ids.isdisjoint(scenario.behaviours)
        if selector in {scenario.vendor for scenario in scenarios}:
            return lambda scenario: scenario.vendor == selector
        name = selector.removeprefix("features/")
        features = {scenario.feature for scenario in scenarios}
        if name in features:
            return lambda scenario: scenario.feature == name
        close = difflib.get_close_matches(selector, [*self.behaviours, *sorted(features)], 3, 0.5)
        hint = f"Did you mean {', '.join(close)}?" if close else "Give an id such as JIVO-BOT-1, JIVO-BOT, or jivo."
        raise MisuseError(f"Nothing is called {selector!r}: no behaviour, vendor or feature.", hint)


class _Loader(CSafeLoader):
    """Reads YAML, and minds a key that stands twice: the first would be lost without a word."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002 - yaml's
        seen: list[Any] = []
        for key, _ in node.value:
            if key.value in seen:
                raise ConstructorError(None, None, f"the key {key.value} stands twice", key.start_mark)
            seen.append(key.value)
        return super().construct_mapping(node, deep)


def load(path: Path) -> Catalogue:
    """Read the catalogue.

    Raises:
        MisuseError: it is not there, not YAML, or an entry breaks the form; the error names the entry.
    """
    try:
        tree = yaml.load(path.read_bytes(), Loader=_Loader)  # noqa: S506 - a safe loader's child
    except OSError as error:
        raise MisuseError(
            f"The catalogue {path} cannot be read ({error.strerror}).", "Install deskcheck anew."
        ) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        raise MisuseError(f"{path.name}{where} is not YAML: {getattr(error, 'problem', error)}.", "Mend it.") from error
    if not isinstance(tree, dict):
        raise MisuseError(f"{path.name} is no catalogue.", "It must map vendors to groups of behaviours.")
    behaviours: dict[str, Behaviour] = {}
    for vendor, groups in tree.items():
        for group, entries in _items(path, vendor, groups):
            for entry in entries:
                behaviour = _behaviour(path, str(vendor), group, entry)
                if behaviour.id in behaviours:
                    raise MisuseError(f"{path.name}: {behaviour.id} stands twice.", "Give one of them another id.")
                behaviours[behaviour.id] = behaviour
    return Catalogue(behaviours)


def _items(path: Path, vendor: object, groups: Any) -> list[tuple[str, list[Any]]]:
    if not isinstance(groups, dict) or not all(isinstance(entries, list) for entries in groups.values()):
        raise MisuseError(f"{path.name}: {vendor} must map groups to lists of behaviours.", "Mend it.")
    return [(str(group), entries) for group, entries in groups.items()]


def _behaviour(path: Path, vendor: str, group: str, entry: Any) -> Behaviour:
    name = entry.get("id", "?") if isinstance(entry, dict) else "?"
    try:
        _check_keys(entry)
        return Behaviour(
            id=_text(entry, "id"),
            vendor=vendor,
            group=group,
            who=Who(entry["who"]),
            level=Level(entry["level"]),
            evidence=entry["evidence"],
            says=_text(entry, "says"),
            source=Source(ref=_text(entry["source"], "ref"), sentence=_text(entry["source"], "sentence")),
            done="done" in entry,
        )
    except ValueError as error:
        raise MisuseError(
            f"{path.name}: the entry {name} of {vendor}, {group} is wrong: {error}.", "Mend it."
        ) from error


def _text(entry: Any, key: str) -> str:
    text = entry.get(key) if isinstance(entry, dict) else None
    if not isinstance(text, str) or not text.strip():
        raise ValueError(f"{key} must be a text")
    return text


def _check_keys(entry: Any) -> None:
    if not isinstance(entry, dict):
        raise ValueError("it must map keys to values")  # noqa: TRY004 - wrong words in a file, no wrong type in a program
    missing, unknown = sorted(KEYS - entry.keys()), sorted(map(str, entry.keys() - KEYS - {"done"}))
    if missing or unknown:
        raise ValueError(f"missing {missing}, unknown {unknown}")
    if entry.get("done", True) is not True:
        raise ValueError("done must be true or absent")
    if entry["evidence"] not in EVIDENCE:
        raise ValueError(f"evidence must be one of {', '.join(EVIDENCE)}")


def flaws(catalogue: Catalogue, scenarios: Sequence[Scenario]) -> list[str]:
    """List where features and catalogue do not fit each other, one sentence each."""
    found = []
    proven = {behaviour for scenario in scenarios for behaviour in scenario.behaviours}
    known = catalogue.behaviours.keys() | {f"capability.{name}" for name in CAPABILITIES}
    for scenario in scenarios:
        found += [f"{scenario.id}: the tag @{tag} names no behaviour." for tag in scenario.tags if tag not in known]
        whom = {catalogue.behaviours[tag].who for tag in scenario.behaviours if tag in catalogue.behaviours}
        if len(whom) > 1:
            found.append(f"{scenario.id}: it proves behaviours of bridge and vendor at once; split it.")
        if not scenario.behaviours:
            found.append(f"{scenario.id}: it proves nothing; tag it with a behaviour.")
    found += [
        f"{behaviour.id} is declared done and has no scenario."
        for behaviour in catalogue.behaviours.values()
        if behaviour.done and behaviour.id not in proven
    ]
    first: dict[tuple[str, str], Scenario] = {}
    ids: set[tuple[str, str]] = set()
    for scenario in scenarios:
        namesake = first.setdefault((scenario.name, scenario.vendor), scenario)
        if namesake.feature != scenario.feature:
            found.append(f"{scenario.id}: another feature has a scenario of that name.")
        elif namesake.line != scenario.line or (scenario.id, scenario.vendor) in ids:
            found.append(f"{scenario.id}: its feature has it twice.")
        ids.add((scenario.id, scenario.vendor))
    return found
