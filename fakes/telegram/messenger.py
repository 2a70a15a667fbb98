"""What happens in chats: messages are put into them and changed, buttons pressed, bots blocked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from fakes.kit.effects import Author, Form
from fakes.kit.ports import Fact
from fakes.telegram.content import content, ending_of
from fakes.telegram.screen import form
from fakes.telegram.site import NAME, Chat, File, Kind, Message, Press
from fakes.telegram.wire import update as wire

if TYPE_CHECKING:
    from fakes.kit.ports import Clock, Ids, Witness
    from fakes.telegram.post import Post
    from fakes.telegram.site import Bot, Button, Draft, Person

FOLDERS = {
    Kind.PHOTO: "photos",
    Kind.VIDEO: "videos",
    Kind.AUDIO: "music",
    Kind.VOICE: "voice",
    Kind.DOCUMENT: "documents",
    Kind.STICKER: "stickers",
}
PHOTO = (800, 600)  # of the larger size; the smaller one is a tenth of it
FILM = (640, 360)
STICKER = (512, 512)
PREFIXES = {
    Kind.PHOTO: "AgACAgIAAxkBAAI",
    Kind.VIDEO: "BAACAgIAAxkBAAI",
    Kind.AUDIO: "CQACAgIAAxkBAAI",
    Kind.VOICE: "AwACAgIAAxkBAAI",
    Kind.DOCUMENT: "BQACAgIAAxkBAAI",
    Kind.STICKER: "CAACAgIAAxkBAAI",
}


class Messenger:
    """Does what people and bots do in chats, shows it, and lets bots hear of it."""

    def __init__(self, *, clock: Clock, ids: Ids, witness: Witness, post: Post) -> None:
        """Take the ports, and the post by which bots hear."""
        self._clock = clock
        self._ids = ids
        self._witness = witness
        self._post = post

    def chat(self, bot: Bot, person: Person) -> Chat:
        """Give a person's chat with a bot, an empty one if there was none."""
        if person.id not in bot.chats:
            bot.chats[person.id] = Chat(person, str(self._ids.number("chat instance")))
        return bot.chats[person.id]

    # messages

    def utter(self, bot: Bot, chat: Chat, draft: Draft, cause: int) -> None:
        """Let a person send something to a bot."""
        chat.started = True
        said = self._put(bot, chat, Author.VISITOR, draft, cause)
        self._post.tell(bot, wire.MESSAGE, wire.message(bot, chat, said), chat.person.id, cause)

    def correct(self, bot: Bot, chat: Chat, message: Message, draft: Draft, cause: int) -> None:
        """Let a person change what was said."""
        self.change(bot, chat, message, draft, cause)
        self._post.tell(bot, wire.EDITED, wire.message(bot, chat, message), chat.person.id, cause)

    def say(self, bot: Bot, chat: Chat, draft: Draft, cause: int) -> Message:
        """Let a bot send something to a person."""
        return self._put(bot, chat, Author.BOT, draft, cause)

    def _put(self, bot: Bot, chat: Chat, author: Author, draft: Draft, cause: int) -> Message:
        message = Message(len(chat.messages) + 1, self._clock.now(), author, draft)
        chat.messages[message.id] = message
        if draft.keyboard is not None:
            chat.keyboard = draft.keyboard
        self._show(bot, chat, message, cause)
        return message

    def change(self, bot: Bot, chat: Chat, message: Message, draft: Draft, cause: int) -> None:
        """Put something else in a message's place."""
        message.draft, message.edited_at = draft, self._clock.now()
        self._show(bot, chat, message, cause, edited=True)

    def _show(self, bot: Bot, chat: Chat, message: Message, cause: int, **details: Any) -> None:
        draft = message.draft
        if draft.choices:
            details["choices"] = draft.choices
        if draft.files and draft.files[-1].address:
            details["link"] = draft.files[-1].address
        self._shown(
            chat,
            message.author,
            draft.words,
            form(draft, previews=bot.knobs.previews),
            cause,
            message=str(message.id),
            **details,
        )

    def notify(self, chat: Chat, text: str, cause: int, *, alert: bool) -> None:
        """Show the visitor a notification over the chat, or a window that must be closed."""
        self._shown(chat, Author.BOT, text, Form.TEXT, cause, notification="alert" if alert else "toast")

    def _shown(self, chat: Chat, author: Author, text: str, shape: Form, cause: int, **details: Any) -> None:
        self.testify(Fact.SHOWN, chat, cause, author=author, text=text, form=shape, place=NAME, **details)

    def testify(self, fact: Fact, chat: Chat, cause: int | None, **details: Any) -> None:
        """Testify to something about a chat, whose id is the person's."""
        person = str(chat.person.id)
        self._witness.fact(fact, cause=cause, vendor=NAME, person=person, dialogue=person, **details)

    # buttons, blocking

    def press(self, bot: Bot, chat: Chat, message: Message, button: Button, cause: int) -> None:
        """Let a person press a button that gives something back; its spinner turns until the bot answers."""
        press = Press(str(self._ids.number("press")), chat, message, button, self._clock.now())
        bot.presses[press.id] = press
        self._post.tell(bot, wire.PRESSED, wire.pressed(bot, press), chat.person.id, cause)

    def block(self, bot: Bot, chat: Chat, cause: int, *, on: bool) -> None:
        """Let a person block a bot, or take it back."""
        chat.blocked = on
        self._post.tell(bot, wire.MEMBER, wire.member(bot, chat, self._clock.now()), chat.person.id, cause)

    # files

    def store(self, bot: Bot, file: File) -> tuple[File, ...]:
        """Keep a file for a bot under a name of its own; a photo is kept in two sizes, the larger one last."""
        if file.kind is not Kind.PHOTO:
            width, height = {Kind.VIDEO: FILM, Kind.STICKER: STICKER}.get(file.kind, (0, 0))
            return (self._kept(bot, replace(file, width=width, height=height)),)
        width, height = PHOTO
        small = replace(file, size=file.size // 10, width=width // 10, height=height // 10, content=None)
        return self._kept(bot, small), self._kept(bot, replace(file, width=width, height=height))

    def _kept(self, bot: Bot, file: File) -> File:
        name = self._ids.uuid().replace("-", "")
        file.file_id, file.unique_id = PREFIXES[file.kind] + name, f"AQAD{name[:12]}"
        bot.files[file.file_id] = file
        return file

    def open(self, bot: Bot, file: File) -> None:
        """Make a file's bytes downloadable for a while."""
        if not file.path:
            ending = (file.name or "").rpartition(".")[2] if "." in (file.name or "") else ending_of(file.mime)
            safe = "".join(sign for sign in ending if sign.isascii() and sign.isalnum()) or "bin"
            file.path = f"{FOLDERS[file.kind]}/file_{self._ids.number('file')}.{safe}"
        file.open_until = self._clock.now() + bot.knobs.path_valid

    def bytes_of(self, bot: Bot, path: str) -> tuple[str, bytes] | None:
        """Give type and bytes of the file at a path; None when there is none, or it is closed by now."""
        for file in bot.files.values():
            if file.path == path and self._clock.now() <= file.open_until:
                return file.mime, file.content if file.content is not None else content(file.mime, file.size)
        return None
