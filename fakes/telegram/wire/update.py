"""The objects that Telegram sends: shapes are protocol/telegram 3."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.kit.effects import Author
from fakes.telegram.site import Kind

if TYPE_CHECKING:
    from fakes.telegram.site import Bot, Chat, Draft, File, Message, Person, Press, Update

MESSAGE = "message"
EDITED = "edited_message"
PRESSED = "callback_query"
MEMBER = "my_chat_member"
KINDS = (MESSAGE, EDITED, PRESSED, MEMBER)  # what this Telegram ever tells; all of them by default
DURATION = 1  # seconds of every film and every sound


def update(it: Update) -> dict[str, Any]:
    """Build an Update."""
    return {"update_id": it.id, it.kind: it.body}


def user(person: Person) -> dict[str, Any]:
    """Build the User of a person; what is not known is left out."""
    known = {"last_name": person.last_name, "username": person.username}
    return {
        "id": person.id,
        "is_bot": False,
        "first_name": person.first_name,
        **{key: value for key, value in known.items() if value is not None},
        "language_code": person.language,
    }


def bot_user(bot: Bot) -> dict[str, Any]:
    """Build the User of a bot."""
    return {"id": bot.id, "is_bot": True, "first_name": bot.name, "username": bot.username}


def me(bot: Bot) -> dict[str, Any]:
    """Build what getMe answers: the bot's User, with what a bot alone has."""
    return bot_user(bot) | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
    }


def chat(person: Person) -> dict[str, Any]:
    """Build the private Chat with a person: its id is the person's."""
    known = {"last_name": person.last_name, "username": person.username}
    return {
        "id": person.id,
        "type": "private",
        "first_name": person.first_name,
        **{key: value for key, value in known.items() if value is not None},
    }


def message(bot: Bot, where: Chat, it: Message) -> dict[str, Any]:
    """Build a Message."""
    author = bot_user(bot) if it.author is Author.BOT else user(where.person)
    body = {"message_id": it.id, "from": author, "chat": chat(where.person), "date": int(it.at)}
    if it.edited_at is not None:
        body["edit_date"] = int(it.edited_at)
    body |= _content(it.draft)
    if it.draft.rows:
        body["reply_markup"] = {"inline_keyboard": [[_button(button) for button in row] for row in it.draft.rows]}
    return body


def _content(draft: Draft) -> dict[str, Any]:
    entities = [dict(entity) for entity in draft.entities]
    if draft.kind is Kind.TEXT:
        return {"text": draft.text} | ({"entities": entities} if entities else {})
    if draft.place is not None:
        return {"location": {"latitude": draft.place[0], "longitude": draft.place[1]}}
    body: dict[str, Any] = {}
    if draft.kind is Kind.PHOTO:
        body["photo"] = [_file(size) | _measures(size) for size in draft.files]
    elif draft.files:
        body[draft.kind.value] = _media(draft.files[-1])
    if draft.text:
        body["caption"] = draft.text
        if entities:
            body["caption_entities"] = entities
    return body


def _button(button: Any) -> dict[str, str]:
    given = {"callback_data": button.data, "url": button.url}
    return {"text": button.text} | {key: value for key, value in given.items() if value is not None}


def _file(it: File) -> dict[str, Any]:
    return {"file_id": it.file_id, "file_unique_id": it.unique_id} | ({"file_size": it.size} if it.size else {})


def _measures(it: File) -> dict[str, int]:
    return {"width": it.width, "height": it.height}


def _media(it: File) -> dict[str, Any]:
    body = _file(it)
    if it.kind in {Kind.VIDEO, Kind.STICKER}:
        body |= _measures(it)
    if it.kind in {Kind.VIDEO, Kind.AUDIO, Kind.VOICE}:
        body["duration"] = DURATION
    if it.kind is Kind.STICKER:
        return body | {"type": "regular", "is_animated": False, "is_video": False}
    if it.name is not None and it.kind is not Kind.VOICE:
        body["file_name"] = it.name
    return body | {"mime_type": it.mime}


def file(it: File) -> dict[str, Any]:
    """Build a File, whose ``file_path`` leads to the bytes."""
    return _file(it) | {"file_path": it.path}


def pressed(bot: Bot, it: Press) -> dict[str, Any]:
    """Build a CallbackQuery."""
    return {
        "id": it.id,
        "from": user(it.chat.person),
        "message": message(bot, it.chat, it.message),
        "chat_instance": it.chat.instance,
        "data": it.button.data,
    }


def member(bot: Bot, where: Chat, now: float) -> dict[str, Any]:
    """Build a ChatMemberUpdated: the person blocked the bot, or takes it back."""
    statuses = ("member", "kicked") if where.blocked else ("kicked", "member")
    old, new = (_membership(bot, status) for status in statuses)
    return {
        "chat": chat(where.person),
        "from": user(where.person),
        "date": int(now),
        "old_chat_member": old,
        "new_chat_member": new,
    }


def _membership(bot: Bot, status: str) -> dict[str, Any]:
    for_ever: dict[str, Any] = {"until_date": 0} if status == "kicked" else {}
    return {"user": bot_user(bot), "status": status} | for_ever
