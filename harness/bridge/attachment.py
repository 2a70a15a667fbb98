"""A file that somebody sent, as far as those who pass it on need to know it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

PICTURE, FILM, SOUND, VOICE, DOCUMENT = "picture", "film", "sound", "voice", "document"
KINDS = {
    PICTURE: ("png", "jpg", "jpeg", "gif", "webp"),
    FILM: ("mp4", "mov", "webm"),
    SOUND: ("mp3", "m4a", "wav"),
    VOICE: ("ogg", "oga", "opus"),
}


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file under an address that anybody may open; name and size (bytes) where they are known."""

    address: str
    name: str | None = None
    size: int | None = None


def kind_of(attachment: Attachment) -> str:
    """Tell by the ending of its name, or else of its address, what a file is."""
    ending = (attachment.name or name_in(attachment.address) or "").rpartition(".")[2].lower()
    return next((kind for kind, endings in KINDS.items() if ending in endings), DOCUMENT)


def name_in(address: str) -> str | None:
    """Read a file's name out of its address; None where it ends without one."""
    try:
        name = unquote(urlsplit(address).path.rpartition("/")[2])
    except ValueError:  # it is no address
        return None
    return name if "." in name.strip(".") else None
