"""What a message looks like on the visitor's screen (protocol/telegram 4.2)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fakes.kit.effects import Form
from fakes.telegram.site import FORMS, Kind

if TYPE_CHECKING:
    from fakes.telegram.site import Draft

ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
PICTURE = re.compile(r"https?://[^\s?#]+\.(?:png|jpe?g|gif|webp|svg)(?:[?#]\S*)?(?=\s|$)", re.IGNORECASE)


def form(draft: Draft, *, previews: bool) -> Form:
    """Tell as what a message is seen: media as what they are, words with buttons, with a link, or alone."""
    if draft.kind is not Kind.TEXT:
        return FORMS[draft.kind]
    if draft.choices:
        return Form.BUTTONS
    if previews and draft.preview and PICTURE.search(draft.text):
        return Form.PICTURE
    linked = any(entity["type"] == "text_link" for entity in draft.entities)
    return Form.LINK if linked or ADDRESS.search(draft.text) else Form.TEXT
