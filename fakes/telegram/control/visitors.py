"""What visitors do: at their phones, in the chat with the bot."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from fakes.kit.effects import Author, Owner
from fakes.telegram.content import mime_of
from fakes.telegram.control.people import People, check_characters
from fakes.telegram.errors import Impossible
from fakes.telegram.post import EVENT
from fakes.telegram.screen import form
from fakes.telegram.site import NAME, Draft, File, Kind, Message, Person
from fakes.telegram.wire import update as wire

if TYPE_CHECKING:
    from fakes.telegram.site import Button, Chat

NAMELESS = "Гость"  # everybody has a first name in Telegram
MEDIA = {
    "PHOTO": Kind.PHOTO,
    "VIDEO": Kind.VIDEO,
    "AUDIO": Kind.AUDIO,
    "VOICE": Kind.VOICE,
    "DOCUMENT": Kind.DOCUMENT,
    "STICKER": Kind.STICKER,
}
PLACE = "LOCATION"
USUAL = {
    Kind.PHOTO: "image/jpeg",
    Kind.VIDEO: "video/mp4",
    Kind.AUDIO: "audio/mpeg",
    Kind.VOICE: "audio/ogg",
    Kind.STICKER: "image/webp",
    Kind.DOCUMENT: "application/octet-stream",
}
NAMELESS_FILES = frozenset({Kind.PHOTO, Kind.VOICE, Kind.STICKER})
CAPTIONLESS = frozenset({Kind.STICKER})
LONGEST_TEXT, LONGEST_CAPTION = 4096, 1024  # characters; the app cuts longer words into several messages


class Visitors(People):
    """The people who write to the bot."""

    # coming

    def visitor_arrives(
        self,
        channel: str = NAME,
        *,
        name: str | None = None,
        username: str | None = None,
        ids: tuple[str, ...] | None = None,
    ) -> str:
        """Let a person find the bot; answers the person's id. The bot hears nothing until the person writes.

        ``ids`` holds the person's id: somebody who is at Telegram already, and known to other bots by the same id, or
        somebody new who is to have it.
        """
        if channel != NAME:
            raise Impossible(f"there is no channel {channel}; there is {NAME}")
        person = self._newcomer(name, username) if ids is None else self._given(ids, name, username)
        chat = self._server.messenger.chat(self.site, person)
        self._witness("visitor", "arrives", chat, place=NAME, name=person.name)
        return str(person.id)

    def _newcomer(self, name: str | None, username: str | None, number: int | None = None) -> Person:
        check_characters([name, username])
        if name is not None and not name.strip():
            raise Impossible("everybody has a name in Telegram")
        first, _, last = (NAMELESS if name is None else name.strip()).partition(" ")
        if number is None:
            number = self._server.ids.number("person")
            while number in self._server.people:
                number = self._server.ids.number("person")
        person = Person(number, first, last.strip() or None, username)
        self._server.people[number] = person
        return person

    def _given(self, ids: tuple[str, ...], name: str | None, username: str | None) -> Person:
        given = ids[0] if ids else ""
        if not given.isascii() or not given.isdecimal() or given.startswith("0") or len(given) > 15:  # noqa: PLR2004 - 52 bits
            raise Impossible(f"{given!r} is no id: it must be a whole number above zero, below 52 bits")
        known = self._server.people.get(int(given))
        if known is not None and known.id in self.site.chats:
            raise Impossible(f"visitor {given} came to this bot already")
        return known or self._newcomer(name, username, int(given))

    def visitors(self) -> list[str]:
        """List everybody who came to the bot, in the order of their coming."""
        return [str(number) for number in self.site.chats]

    def dialogues(self) -> list[dict[str, Any]]:
        """List the chats, the oldest first: whose each is, whether it was started, and whether the bot is blocked."""
        return [
            {
                "dialogue": str(number),
                "visitor": str(number),
                "channel": NAME,
                "owner": Owner.BOT,
                "started": chat.started,
                "blocked": chat.blocked,
            }
            for number, chat in self.site.chats.items()
        ]

    def dialogue_of(self, visitor: str) -> str:
        """Tell the id under which the bot knows the chat: the person's."""
        return str(self._chat(visitor).person.id)

    def channel_of(self, visitor: str) -> str:
        """Tell through which channel a visitor came: always the same one."""
        self._chat(visitor)
        return NAME

    # saying

    def visitor_writes(self, visitor: str, text: str) -> None:
        """Let the visitor send words; the first ones start the chat."""
        chat = self._open_chat(visitor)
        check_characters(text)
        if not text.strip() or len(text) > LONGEST_TEXT:
            raise Impossible(f"a message has 1 to {LONGEST_TEXT} characters")
        cause = self._witness("visitor", "writes", chat, text=text)
        self._server.messenger.utter(self.site, chat, Draft(text=text), cause)

    def visitor_sends(  # noqa: PLR0913 - what may be known of a file
        self,
        visitor: str,
        kind: str,
        address: str,
        name: str | None = None,
        size: int = 1024,
        *,
        caption: str = "",
        mime: str | None = None,
    ) -> None:
        """Let the visitor attach a PHOTO, VIDEO, AUDIO, VOICE, DOCUMENT or STICKER, or send a LOCATION.

        ``address`` is how the visitor knows the file; the bot never learns it, and fetches the bytes from Telegram.
        Without another name the file is called as its address ends. A place is given as ``55.5, 37.25``.
        """
        chat = self._open_chat(visitor)
        check_characters([address, name, caption, mime])
        draft = Draft(Kind.LOCATION, place=_place(address)) if kind == PLACE else self._attached(kind, caption)
        if draft.place is None:
            called = _last_part(address) if name is None else name
            file = self._file(draft.kind, address, called, size, mime)
            draft = replace(draft, files=self._server.messenger.store(self.site, file))
        cause = self._witness("visitor", "sends", chat, text=draft.words, sort=kind)
        self._server.messenger.utter(self.site, chat, draft, cause)

    @staticmethod
    def _attached(kind: str, caption: str) -> Draft:
        if kind not in MEDIA:
            raise Impossible(f"nobody can attach a {kind}; there are {', '.join((*MEDIA, PLACE))}")
        if len(caption) > LONGEST_CAPTION or (caption and MEDIA[kind] in CAPTIONLESS):
            raise Impossible(f"a caption has up to {LONGEST_CAPTION} characters, and a sticker has none")
        return Draft(MEDIA[kind], caption)

    @staticmethod
    def _file(kind: Kind, address: str, name: str, size: int, mime: str | None) -> File:
        if size < 1:
            raise Impossible("nobody can send an empty file")
        if kind in NAMELESS_FILES:  # Telegram makes them anew, in a type of its own
            return File("", "", kind, mime or USUAL[kind], size, None, address)
        return File("", "", kind, mime or mime_of(name, USUAL[kind]), size, name, address)

    def visitor_edits(self, visitor: str, old_text: str, new_text: str) -> None:
        """Let the visitor change the last message that says something, or the caption that does."""
        chat = self._open_chat(visitor)
        check_characters(new_text)
        message = self._said(chat, old_text)
        if not new_text.strip() or new_text == old_text:
            raise Impossible("an edited message says something else, and not nothing")
        cause = self._witness("visitor", "edits", chat, text=new_text, before=old_text)
        self._server.messenger.correct(self.site, chat, message, replace(message.draft, text=new_text), cause)

    @staticmethod
    def _said(chat: Chat, text: str) -> Message:
        for message in reversed(chat.messages.values()):
            if message.author is Author.VISITOR and message.draft.text == text:
                return message
        raise Impossible(f"the visitor never said {text!r}")

    def _open_chat(self, visitor: str) -> Chat:
        chat = self._chat(visitor)
        if chat.blocked:
            raise Impossible("the bot is blocked: unblock it first")
        return chat

    # pressing

    def visitor_presses(self, visitor: str, caption: str) -> None:
        """Let the visitor press a button: the last one of that caption, below any message, or of the keyboard.

        A button that gives something back turns until the bot answers; one that opens an address tells the bot
        nothing; a key of the keyboard is words.
        """
        chat = self._open_chat(visitor)
        found = self._button(chat, caption)
        if found is None and caption not in chat.keyboard:
            known = [*chat.keyboard, *(word for message in chat.messages.values() for word in _captions(message))]
            raise Impossible(f"there is no button {caption!r}; there are {', '.join(known) or 'none'}")
        cause = self._witness("visitor", "presses", chat, text=caption)
        if found is None:
            self._server.messenger.utter(self.site, chat, Draft(text=caption), cause)
        elif found[1].data is not None:
            self._server.messenger.press(self.site, chat, *found, cause)

    @staticmethod
    def _button(chat: Chat, caption: str) -> tuple[Message, Button] | None:
        for message in reversed(chat.messages.values()):
            for row in message.draft.rows:
                for button in row:
                    if button.text == caption:
                        return message, button
        return None

    def waits_for(self, visitor: str) -> list[str]:
        """List the captions of the buttons on which the visitor's spinner still turns, in the order of the presses."""
        person = self._chat(visitor).person
        return [
            press.button.text for press in self.site.presses.values() if press.spins and press.chat.person is person
        ]

    # blocking, seeing

    def visitor_blocks(self, visitor: str) -> None:
        """Let the visitor block the bot."""
        chat = self._open_chat(visitor)
        if not chat.started:
            raise Impossible("the visitor never wrote, and has nothing to block")
        cause = self._witness("visitor", "blocks", chat)
        self._server.messenger.block(self.site, chat, cause, on=True)

    def visitor_unblocks(self, visitor: str) -> None:
        """Let the visitor take the block back."""
        chat = self._chat(visitor)
        if not chat.blocked:
            raise Impossible("the bot is not blocked")
        cause = self._witness("visitor", "unblocks", chat)
        self._server.messenger.block(self.site, chat, cause, on=False)

    def visitor_sees(self, visitor: str) -> None:
        """Let the visitor look at the screen: every message as it stands now, and the spinners."""
        chat = self._chat(visitor)
        cause = self._witness("visitor", "sees", chat)
        about = {"person": visitor, "dialogue": visitor}
        for message in chat.messages.values():
            draft = message.draft
            more: dict[str, Any] = {"choices": draft.choices} if draft.choices else {}
            if message.edited_at is not None:
                more["edited"] = True
            shape = form(draft, previews=self.site.knobs.previews)
            details = {"author": message.author, "form": shape, "message": str(message.id)} | more | about
            self._read("screen", draft.words, cause=cause, **details)
        for caption in self.waits_for(visitor):
            self._read("screen", caption, cause=cause, label="spinner", **about)

    # Telegram itself

    def repeats_last_event(self, visitor: str) -> None:
        """Deliver the last update about that visitor again, as if its acknowledgement had been lost."""
        chat = self._chat(visitor)
        if chat.last_update is None:
            raise Impossible("the bot was never told anything about that visitor")
        cause = self._witness("vendor", "repeats_last_event", chat)
        self._server.post.repeat(self.site, chat.last_update, cause)

    def delivers_to_webhook(self, visitor: str, event: str, body: Any) -> None:
        """Deliver a body of any kind to the bot's webhook, as it is, as an event about that visitor."""
        chat = self._chat(visitor)
        if self.site.webhook is None:
            raise Impossible("the bot has no webhook")
        check_characters(body)
        cause = self._witness("vendor", "delivers_to_webhook", chat, event=event)
        self._server.post.bring(self.site, event or EVENT, body, chat.person.id, cause)

    def last_event_of(self, visitor: str) -> Any:
        """Give the body of the last update about that visitor; None when there was none."""
        update = self._chat(visitor).last_update
        return None if update is None else wire.update(update)


def _captions(message: Message) -> list[str]:
    return [button.text for row in message.draft.rows for button in row]


def _last_part(address: str) -> str:
    return address.partition("?")[0].rpartition("/")[2] or "file"


def _place(address: str) -> tuple[float, float]:
    try:
        north, east = (float(part) for part in address.split(","))
    except ValueError:
        raise Impossible(f"{address!r} is no place; one is written as 55.5, 37.25") from None
    if not (-90 <= north <= 90 and -180 <= east <= 180):  # noqa: PLR2004 - degrees
        raise Impossible(f"{address!r} is not on the earth")
    return north, east
