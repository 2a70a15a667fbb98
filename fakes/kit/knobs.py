"""Knobs: what about a vendor could be otherwise, and how each can be turned.

A vendor's knobs are the fields of a frozen dataclass. The ``metadata`` of each holds ``says`` and ``source``, and what
it can be: ``choices``; or ``kinds`` with ``least`` and ``most``, for numbers; true or false where it has neither.
"""

from __future__ import annotations

from dataclasses import Field, field, fields, replace
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

K = TypeVar("K")

LONGEST = 365 * 24 * 3600.0  # seconds; nobody waits longer for anything
BRIEFEST = 0.001  # seconds


def choice(default: str | int, *others: str | int, says: str, source: str) -> Any:
    """Make a knob that stands in one of several ways."""
    return field(default=default, metadata={"says": says, "source": source, "choices": (default, *others)})


def off(*, says: str, source: str) -> Any:
    """Make a knob that can be switched on."""
    return field(default=False, metadata={"says": says, "source": source})


def on(*, says: str, source: str) -> Any:
    """Make a knob that can be switched off."""
    return field(default=True, metadata={"says": says, "source": source})


def seconds(default: float | None, least: float = 0.0, *, says: str, source: str) -> Any:
    """Make a knob for a time."""
    about = {"says": says, "source": source, "kinds": (int, float), "least": least, "most": LONGEST}
    return field(default=default, metadata=about)


def count(default: int | None, least: int = 1, most: int = 1000, *, says: str, source: str) -> Any:
    """Make a knob for a number of things."""
    about = {"says": says, "source": source, "kinds": (int,), "least": least, "most": most}
    return field(default=default, metadata=about)


def turned(knobs: K, vendor: str, profiles: Mapping[str, Mapping[str, Any]], changes: Mapping[str, Any]) -> K:
    """Give a vendor's knobs with some turned; the special one ``profile`` turns a profile's.

    Raises:
        ValueError: there is no such knob, or it cannot stand so; the words say what could be.
    """
    profile = changes.get("profile")
    if "profile" in changes and (not isinstance(profile, str) or profile not in profiles):
        raise ValueError(f"{vendor} has no profile {profile!r}; there are {', '.join(profiles)}")
    wanted = {**(profiles[profile] if profile else {}), **changes}
    wanted.pop("profile", None)
    known = {knob.name: knob for knob in fields(knobs)}  # type: ignore[arg-type] # a dataclass, as all knobs are
    for name, value in wanted.items():
        if name not in known:
            raise ValueError(f"{vendor} has no knob {name!r}; there are profile, {', '.join(known)}")
        if not _fits(known[name], value):
            raise ValueError(f"{vendor}'s knob {name} cannot be {value!r}; it can be {possible(known[name])}")
    return replace(knobs, **wanted)  # type: ignore[type-var] # the same


def possible(knob: Field[Any]) -> str:
    """Tell in words how a knob can stand."""
    about = knob.metadata
    if "choices" in about:
        return " or ".join(f"{way!r}" for way in about["choices"])
    if "kinds" not in about:
        return "true or false"
    kind = "a whole number" if about["kinds"] == (int,) else "a number"
    none = ", or none" if "None" in str(knob.type) else ""
    return f"{kind} from {about['least']:g} to {about['most']:,.0f}{none}"


def _fits(knob: Field[Any], value: Any) -> bool:
    about = knob.metadata
    if "choices" in about:
        return isinstance(value, str | int) and not isinstance(value, bool) and value in about["choices"]
    if "kinds" not in about:
        return isinstance(value, bool)
    if value is None:
        return "None" in str(knob.type)
    number = isinstance(value, about["kinds"]) and not isinstance(value, bool)
    return bool(number and about["least"] <= value <= about["most"])
