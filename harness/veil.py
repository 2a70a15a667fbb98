"""Hides the world's secrets in everything that is written down."""

from __future__ import annotations

import base64
import json
import re
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

if TYPE_CHECKING:
    from collections.abc import Iterator


URL_SAFE = str.maketrans("+/", "-_")  # the other alphabet of base64
PLAIN = re.compile("[0-9A-Za-z_.~-]+")
ESCAPE = re.compile("%[0-9A-F]{2}")


class Veil:
    """Replaces every secret, raw, percent-encoded or base64, by a mark such as ``‹secret:jivo-token-1›``."""

    def __init__(self) -> None:
        """Start without secrets."""
        self._marks: dict[str, str] = {}
        self._hidden: set[str] = set()

    def hide(self, name: str, secret: str) -> str:
        """Hide a secret from now on, unless it is empty; answers it, so that one line can make and hide it."""
        if not secret or secret in self._hidden:
            return secret
        self._hidden.add(secret)
        for form in _forms(secret):
            self._marks.setdefault(form, f"‹secret:{name}›")
        self._marks = dict(sorted(self._marks.items(), key=lambda pair: -len(pair[0])))  # a part never goes first
        return secret

    def over(self, text: str) -> str:
        """Give the text with every secret replaced."""
        found = [form for form in self._marks if form in text]
        if not found:
            return text
        return re.sub("|".join(map(re.escape, found)), lambda form: self._marks[form.group()], text)


def _forms(secret: str) -> list[str]:
    if PLAIN.fullmatch(secret):  # as it is, in JSON and in every address
        return sorted({secret, *filter(None, _base64_cores(secret.encode()))})
    written = json.dumps(secret, ensure_ascii=False)[1:-1]
    percent = {quote(secret), quote(secret, safe=""), quote(secret, safe=":"), quote_plus(secret)}
    small = {ESCAPE.sub(lambda escape: escape.group().lower(), form) for form in percent}
    return sorted({secret, written} | percent | small | set(filter(None, _base64_cores(secret.encode()))))


def _base64_cores(secret: bytes) -> Iterator[str]:
    """List what base64 shows of the secret wherever it stands in the encoded bytes: three alignments, two alphabets."""
    for before in range(3):
        padded = bytes(before) + secret
        usable = len(padded) * 8 // 6
        start = -(-before * 8 // 6)
        core = base64.b64encode(padded).decode()[start:usable]
        yield core
        yield core.translate(URL_SAFE)
