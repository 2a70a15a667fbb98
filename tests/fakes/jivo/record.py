"""How people's deeds in a Jivo, and what appears on visitors' screens, stand in its record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.fakes.jivo.conftest import Jivo


def visitor_did(jivo: Jivo, what: str, visitor: str, **details: Any) -> dict[str, Any]:
    """Make a visitor's act as it is written down."""
    return {"who": "visitor", "did": what} | jivo.where(visitor) | details


def operator_did(jivo: Jivo, what: str, operator: str, visitor: str, **details: Any) -> dict[str, Any]:
    """Make an operator's act in a chat as it is written down."""
    return {"who": "operator", "did": what, "by": operator} | jivo.where(visitor) | details


def on_screen(jivo: Jivo) -> list[tuple[str, str]]:
    """List what appeared on the screens, each thing as what it is."""
    return [(fact["form"], fact["text"]) for fact in jivo.facts("shown")]
