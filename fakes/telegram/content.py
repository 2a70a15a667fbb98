"""The bytes of files that nobody ever had: of the right type, of the right size, and the same each time."""

from __future__ import annotations

import base64

MIMES = {
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
    "mp4": "video/mp4",
    "mp3": "audio/mpeg",
    "oga": "audio/ogg",
    "ogg": "audio/ogg",
    "pdf": "application/pdf",
    "zip": "application/zip",
    "json": "application/json",
    "txt": "text/plain",
}
ANY = "application/octet-stream"

_PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
_GIF = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
BEGINNINGS = {
    "image/jpeg": bytes.fromhex("ffd8ffe000104a46494600010100000100010000"),
    "image/png": _PNG,
    "image/gif": _GIF,
    "image/webp": b"RIFF\x1a\x00\x00\x00WEBPVP8L",
    "video/mp4": bytes.fromhex("00000018667479706d703432000000006d70343269736f6d"),
    "audio/mpeg": b"ID3\x04\x00\x00\x00\x00\x00\x00",
    "audio/ogg": b"OggS\x00\x02",
    "application/pdf": b"%PDF-1.4\n",
    "application/zip": b"PK\x03\x04",
}  # by which programs tell the type
FILLER = b"deskcheck\n"


def mime_of(name: str, otherwise: str = ANY) -> str:
    """Tell a file's type by the ending of its name."""
    _, dot, ending = name.rpartition(".")
    return MIMES.get(ending.lower(), otherwise) if dot else otherwise


def ending_of(mime: str) -> str:
    """Tell with which ending a file of a type is stored; ``bin`` for a type that is not known here."""
    return next((ending for ending, known in MIMES.items() if known == mime), "bin")


def content(mime: str, size: int) -> bytes:
    """Make up so many bytes of a type: they begin as such a file does."""
    beginning = BEGINNINGS.get(mime, b"")[:size]
    rest = size - len(beginning)
    return beginning + (FILLER * (rest // len(FILLER) + 1))[:rest]
