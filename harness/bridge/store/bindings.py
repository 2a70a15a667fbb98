"""The bridge's side of channels and chat-centres, as it is kept."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from harness.bridge.store.database import Database, read_once

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Binding:
    """The bridge's side of a channel, or of a chat-centre.

    Attributes:
        token: the secret that its vendor shows when it calls.
        trouble: why the vendor sends its webhooks elsewhere, or nowhere, as far as the bridge was told.
        denied: why the vendor did not let the bridge in when it called last, where it did not.
    """

    id: str
    kind: str
    name: str
    token: str
    settings: dict[str, Any]
    trouble: str | None = None
    denied: str | None = None


class Bindings(Database):
    """Keeps bindings."""

    def add_binding(self, binding: Binding) -> None:
        """Keep a new binding."""
        settings, troubles = json.dumps(binding.settings), (binding.trouble, binding.denied)
        row = (binding.id, binding.kind, binding.name, binding.token, settings, *troubles)
        with self.together():
            self._known_bindings.clear()
            self._db.execute("INSERT INTO bindings VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    def change_binding(self, binding: str, settings: dict[str, Any]) -> None:
        """Replace a binding's settings."""
        self._set_binding(binding, "settings", json.dumps(settings))

    def blame(self, binding: str, trouble: str | None) -> None:
        """Note why a binding's vendor does not send it webhooks; None: it does."""
        self._set_binding(binding, "trouble", trouble)

    def deny(self, binding: str, reason: str | None) -> None:
        """Note why a binding's vendor does not let the bridge in; None: it does."""
        self._set_binding(binding, "denied", reason)

    def _set_binding(self, binding: str, column: str, value: str | None) -> None:
        with self.together():
            self._known_bindings.clear()
            self._db.execute(f"UPDATE bindings SET {column} = ? WHERE id = ?", (value, binding))  # noqa: S608 - our own names

    def binding(self, binding: str) -> Binding | None:
        """Find a binding."""
        return read_once(self._known_bindings, (binding,), lambda: self._binding(binding))

    def _binding(self, binding: str) -> Binding | None:
        row = self._db.execute("SELECT * FROM bindings WHERE id = ?", (binding,)).fetchone()
        return _binding(row) if row is not None else None

    def bindings(self, kind: str) -> Sequence[Binding]:
        """List the bindings of a kind, in the order in which they were made."""
        return read_once(self._known_bindings, ("of a kind", kind), lambda: self._bindings(kind)) or ()

    def _bindings(self, kind: str) -> list[Binding]:
        rows = self._db.execute("SELECT * FROM bindings WHERE kind = ? ORDER BY rowid", (kind,))
        return [_binding(row) for row in rows]


def _binding(row: Sequence[Any]) -> Binding:
    number, kind, name, token, settings, *troubles = row
    return Binding(number, kind, name, token, json.loads(settings), *troubles)
