"""What every kind of people needs: who is who around a bot, and how a deed is written down."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from fakes.kit.ports import Fact
from fakes.telegram.errors import Impossible
from fakes.telegram.site import NAME

if TYPE_CHECKING:
    from fakes.telegram.server import Server
    from fakes.telegram.site import Chat


class People:
    """Acts around one bot of a server."""

    def __init__(self, server: Server) -> None:
        """Make a bot, to which nobody wrote yet."""
        self._server = server
        self.site = server.found()

    def _chat(self, visitor: str) -> Chat:
        chat = self.site.chats.get(int(visitor)) if visitor.isascii() and visitor.isdecimal() else None
        if chat is None:
            raise Impossible(f"visitor {visitor} never came to this bot")
        return chat

    def _witness(self, who: str, did: str, chat: Chat, **details: Any) -> int:
        person = str(chat.person.id)
        return self._server.witness.act(who, did, vendor=NAME, person=person, dialogue=person, **details)

    def _sets(self, did: str, **details: Any) -> int:
        return self._server.witness.act("administrator", did, vendor=NAME, **details)

    def _read(self, place: str, text: str, *, cause: int, **details: Any) -> None:
        self._server.witness.fact(Fact.READ, cause=cause, vendor=NAME, place=place, text=text, **details)


def check_characters(body: Any) -> None:
    """Check that something can be written.

    Raises:
        Impossible: it holds half of a surrogate pair.
    """
    try:
        json.dumps(body, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise Impossible("that holds half a character, which nobody could send") from None
