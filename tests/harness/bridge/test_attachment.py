"""What a file is, told by its name or its address."""

from __future__ import annotations

import pytest

from harness.bridge.attachment import DOCUMENT, FILM, PICTURE, SOUND, VOICE, Attachment, kind_of, name_in


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://files.test/a/picture.png", "picture.png"),
        ("https://files.test/%D1%81%D1%87%D1%91%D1%82%20%E2%84%967.pdf?x=1#y", "счёт №7.pdf"),
        ("https://cdn.test/1/чайник.png", "чайник.png"),
        ("https://files.test/upload/17", None),
        ("https://files.test/.", None),
        ("https://files.test", None),
        ("", None),
        ("http://[", None),
    ],
)
def test_reads_a_name(address: str, name: str | None) -> None:
    """A name is what stands at the end of the path, where it has an ending."""
    assert name == name_in(address)


@pytest.mark.parametrize(
    ("address", "name", "kind"),
    [
        ("https://files.test/a.png", None, PICTURE),
        ("https://files.test/a.JPEG?size=1.mp4", None, PICTURE),
        ("https://files.test/a.png", "a.mp4", FILM),
        ("https://files.test/17", "a.mp3", SOUND),
        ("https://files.test/17.ogg", None, VOICE),
        ("https://files.test/17.pdf", None, DOCUMENT),
        ("https://files.test/png", None, DOCUMENT),
        ("https://files.test/17", "png", PICTURE),
        ("https://files.test/", "", DOCUMENT),
    ],
)
def test_tells_the_kind(address: str, name: str | None, kind: str) -> None:
    """A file is of the kind that the ending of its name says, or that of its address; else a document."""
    assert kind == kind_of(Attachment(address, name))
