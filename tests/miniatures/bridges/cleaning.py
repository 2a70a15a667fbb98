"""Bridges that clean what they pass on: they keep letters, digits and the commonest signs alone."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from harness.bridge.store import Store
from tests.miniatures.bridges.livetex.announcements import Naming
from tests.miniatures.bridges.livetex.relays import Hearing
from tests.miniatures.bridges.livetex.wire import Rewriting, Tampering
from tests.miniatures.bridges.words import Changing

if TYPE_CHECKING:
    from harness.bridge.livetex import Webhook
    from harness.bridge.store import Binding, Lead
    from tests.miniatures.bridges.livetex.wire import Body

DIRT = re.compile(r"[^0-9A-Za-zА-Яа-яЁё ,.!?:/№()-]")


def clean(text: str) -> str:
    """Leave everything else out."""
    return DIRT.sub("", text)


class JoinsLines(Changing):
    """Says on one line what stood on several."""

    def changed(self, text: str) -> str:
        """Join them."""
        return " ".join(text.split())


class CleansNames(Store):
    """Keeps clean names of leads."""

    def meet(self, binding: str, person: str, chat: str, new_id: str, name: str | None, **known: Any) -> Lead:
        """Keep a clean one."""
        return super().meet(binding, person, chat, new_id, name and clean(name), **known)

    def greet(self, binding: Binding, person: str, chat: str, new_id: str, name: str | None) -> Lead:
        """Keep a clean one."""
        return super().greet(binding, person, chat, new_id, name and clean(name))


class CleansLeadsWords(Rewriting):
    """Passes on clean words."""

    methods = ("sendText",)

    def line(self, title: str, words: str) -> str:
        """Clean the words."""
        return f"{title}\n{clean(words)}"


class CleansCaptions(CleansLeadsWords):
    """Passes on files with clean words beside them."""

    methods = ("sendFile",)


class CleansFileNames(Tampering):
    """Passes on files with clean names."""

    def tamper(self, method: str, body: Body) -> Body:
        """Clean the name."""
        del method
        return body | {"file_name": clean(body["file_name"])} if "file_name" in body else body


class CleansHeads(Tampering):
    """Hands leads over under clean names."""

    def tamper(self, method: str, body: Body) -> Body:
        """Clean the name."""
        return body | {"name": clean(body["name"])} if method == "selectDestination" and "name" in body else body


class CleansOperatorsWords(Hearing):
    """Tells clean words of an operator's."""

    def heard(self, webhook: Webhook) -> Webhook:
        """Clean them."""
        return replace(webhook, text=webhook.text and clean(webhook.text))


class CleansOperatorsNames(Naming):
    """Announces operators under clean names."""

    def name(self, first: object, last: object, nick: object) -> str:
        """Clean first and last name."""
        del nick
        return " ".join(clean(str(part)) for part in (first, last) if part is not None)
