"""What bots say, change, and answer to presses: protocol/telegram 4.1."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from fakes.kit.ports import Fact
from fakes.telegram.errors import bad
from fakes.telegram.site import Draft, Kind
from fakes.telegram.wire import markup
from fakes.telegram.wire import update as wire

if TYPE_CHECKING:
    from fakes.telegram.methods.call import Call
    from fakes.telegram.site import Chat

LONGEST_TEXT = 4096  # characters, once the formatting is read
LONGEST_CAPTION = 1024
MOST_FORMATTING = 4  # times as long may the words be with their formatting; ours, since nobody says
LONGEST_NOTIFICATION = 200
ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)


async def get_me(call: Call) -> dict[str, Any]:
    """Tell the bot who it is."""
    return wire.me(call.bot)


async def send_message(call: Call) -> dict[str, Any]:
    """Say something to a person."""
    draft = with_markup(call, text_of(call))
    return send(call, room(call), draft)


async def send_location(call: Call) -> dict[str, Any]:
    """Send a place."""
    place = float(call.values["latitude"]), float(call.values["longitude"])
    if not (-90 <= place[0] <= 90 and -180 <= place[1] <= 180):  # noqa: PLR2004 - degrees
        raise bad("wrong latitude or longitude specified")
    draft = with_markup(call, Draft(Kind.LOCATION, place=place))
    return send(call, room(call), draft)


def room(call: Call) -> Chat:
    """Find the chat into which the call may put one more message.

    Raises:
        Refused: there is none for this bot, or there were too many messages.
    """
    chat = call.chat()
    call.pace(chat)
    return chat


def send(call: Call, chat: Chat, draft: Draft) -> dict[str, Any]:
    """Put a message into a chat; answers it."""
    call.get("disable_notification", otherwise=False)  # nobody here is asleep
    message = call.messenger.say(call.bot, chat, draft, call.cause)
    call.messenger.testify(Fact.ACCEPTED, chat, call.cause, message=str(message.id))
    return wire.message(call.bot, chat, message)


# what is in a message


def text_of(call: Call) -> Draft:
    """Read the words that the bot wants said.

    Raises:
        Refused: there are none, too many, or they are not formatted as they should be.
    """
    text, entities = _words(call, "text", "entities", LONGEST_TEXT, "message is too long")
    if not text.strip():
        raise bad("message text is empty")
    hidden = call.get("disable_web_page_preview", otherwise=False)
    options = call.values.get("link_preview_options")
    if options is not None:
        hidden = hidden or options.get("is_disabled") is True
    return Draft(text=text, entities=entities, preview=not hidden)


def caption_of(call: Call) -> tuple[str, tuple[dict[str, Any], ...]]:
    """Read the words that stand below a file; they may be none.

    Raises:
        Refused: they are too many, or not formatted as they should be.
    """
    return _words(call, "caption", "caption_entities", LONGEST_CAPTION, "message caption is too long")


def _words(call: Call, name: str, entities: str, most: int, too_long: str) -> tuple[str, tuple[dict[str, Any], ...]]:
    text, mode = call.get(name, ""), call.get("parse_mode", "")
    given = call.values.get(entities)
    if len(text) > most * MOST_FORMATTING:
        raise bad(too_long)
    read = (text, tuple(markup.inside(text, given))) if given is not None else markup.read(text, mode)
    if len(read[0]) > most:
        raise bad(too_long)
    return read


def with_markup(call: Call, draft: Draft) -> Draft:
    """Add the buttons that the call asks for.

    Raises:
        Refused: there cannot be such buttons.
    """
    keyboard = call.values.get("reply_markup")
    if keyboard is None:
        return draft
    if "inline_keyboard" in keyboard:
        return replace(draft, rows=markup.inline(keyboard["inline_keyboard"]))
    if "keyboard" in keyboard:
        return replace(draft, keyboard=markup.replies(keyboard["keyboard"]))
    return replace(draft, keyboard=()) if keyboard.get("remove_keyboard") else draft


# changing


async def edit_message_text(call: Call) -> dict[str, Any]:
    """Put other words in a message's place; its buttons go unless they are given again."""
    draft, chat = text_of(call), call.chat()
    message = call.message(chat)
    if message.draft.kind is not Kind.TEXT:
        raise bad("there is no text in the message to edit")
    return _change(call, chat, with_markup(call, draft))


async def edit_message_reply_markup(call: Call) -> dict[str, Any]:
    """Put other buttons below a message, or none."""
    chat = call.chat()
    return _change(call, chat, with_markup(call, replace(call.message(chat).draft, rows=())))


def _change(call: Call, chat: Chat, draft: Draft) -> dict[str, Any]:
    message = call.message(chat)
    if (draft.text, draft.entities, draft.rows) == (message.draft.text, message.draft.entities, message.draft.rows):
        raise bad(NOT_MODIFIED)
    call.messenger.change(call.bot, chat, message, draft, call.cause)
    call.messenger.testify(Fact.ACCEPTED, chat, call.cause, message=str(message.id))
    return wire.message(call.bot, chat, message)


# small things


async def answer_callback_query(call: Call) -> bool:
    """Stop a button's spinner, and show the words that the bot adds."""
    text, alert = call.get("text", ""), call.get("show_alert", otherwise=False)
    press = call.bot.presses.get(call.values["callback_query_id"])
    late = call.bot.knobs.press_open
    if press is None or (late is not None and call.clock.now() - press.at > late):
        raise bad("query is too old and response timeout expired or query ID is invalid")
    if len(text) > LONGEST_NOTIFICATION:
        raise bad("MESSAGE_TOO_LONG")
    press.spins = False
    if text:
        call.messenger.notify(press.chat, text, call.cause, alert=alert)
    return True


async def send_chat_action(call: Call) -> bool:
    """Let the visitor see for a moment that the bot is at it; nobody keeps that."""
    if call.values["action"] not in ACTIONS:
        raise bad("wrong parameter action in request")
    call.chat()
    return True
