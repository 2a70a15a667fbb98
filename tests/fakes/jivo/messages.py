"""What a bot sends to Jivo, made by hand."""

from __future__ import annotations

PHOTO = {"type": "PHOTO", "file": "https://files.test/a.png"}
BUTTONS = {"type": "BUTTONS", "title": "Выберите", "text": "1. Да", "buttons": [{"text": "Да"}] * 3}
