"""One call of a bot: what it says, and what it may touch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fakes.kit.effects import Author
from fakes.telegram.errors import BLOCKED, STRANGER, Refused, bad

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from fakes.kit.fields import Fields
    from fakes.kit.ports import Clock
    from fakes.telegram.messenger import Messenger
    from fakes.telegram.post import Post
    from fakes.telegram.site import Bot, Chat, Message, Person
    from fakes.telegram.wire.call import Upload

SECOND = 1.0  # in which messages into one chat are counted


@dataclass(frozen=True, slots=True)
class Call:
    """A call that keeps to the treaty, and Telegram as far as methods need it.

    Attributes:
        values: the parameters, by name.
        uploads: the files that came with it.
        cause: the call's place in the record.
        people: everybody with an account, by id.
        fetch: gets what is at an address: its type and bytes.
    """

    bot: Bot
    values: Fields
    uploads: Mapping[str, Upload]
    cause: int
    people: Mapping[int, Person]
    clock: Clock
    messenger: Messenger
    post: Post
    fetch: Callable[[str, int], Awaitable[tuple[str, bytes]]]

    def get(self, name: str, otherwise: Any) -> Any:
        """Give a parameter, or another value where it is missing or null."""
        value = self.values.get(name)
        return otherwise if value is None else value

    def whole(self, name: str, otherwise: int) -> int:
        """Give a parameter that is a whole number, which JSON may write as 1.0."""
        return int(self.get(name, otherwise))

    def chat(self) -> Chat:
        """Find the chat into which the bot may send.

        Raises:
            Refused: there is no such chat, the person never wrote, or blocked the bot (protocol/telegram 4.1).
        """
        number = self.values["chat_id"]
        if number == "":
            raise bad("chat_id is empty")
        person = self.people.get(number) if isinstance(number, int) else None
        if person is None:
            raise bad("chat not found")
        chat = self.bot.chats.get(person.id)
        if chat is None or not chat.started:
            raise Refused(403, STRANGER)
        if chat.blocked:
            raise Refused(403, BLOCKED)
        return chat

    def pace(self, chat: Chat) -> None:
        """Count a message into a chat.

        Raises:
            Refused: there were too many within a second.
        """
        pace(chat.sent_at, self.clock.now(), self.bot.knobs.messages_per_second)

    def message(self, chat: Chat) -> Message:
        """Find the message of the bot's that is to be changed.

        Raises:
            Refused: there is none of that id, or somebody else said it.
        """
        message = chat.messages.get(self.values["message_id"])
        if message is None:
            raise bad("message to edit not found")
        if message.author is not Author.BOT:
            raise bad("message can't be edited")
        return message


def pace(times: Any, now: float, most: int | None) -> None:
    """Count one more thing within a second; ``times`` are those of the latest ones.

    Raises:
        Refused: that would be too many; it says after how many seconds to come again.
    """
    while times and times[0] <= now - SECOND:
        times.popleft()
    if most is not None and len(times) >= most:
        raise Refused(429, "Too Many Requests: retry after 1", retry_after=1)
    times.append(now)
