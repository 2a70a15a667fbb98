"""What of the treaty's hostile bodies a careful reader of JSON does not read, though others may."""

from __future__ import annotations

from harness.junk import corpus

KINDS = frozenset({"not JSON", "not UTF-8", "too deep"})
NAMES = frozenset(
    {
        "blanks",
        "byte-order-mark",
        "half-a-pair",
        "half-a-pair-in-a-key",
        "beyond-all-numbers",
        "five-thousand-digits",
        "hundred-thousand-digits",
        "key-twice",
        "message-twice",
        "two-hundred-levels",
    }
)
UNREADABLE = tuple(junk for junk in corpus() if junk.kind in KINDS or junk.name in NAMES)
