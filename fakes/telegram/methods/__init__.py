"""What bots may ask for: every method by its name, as protocol/telegram 4 lists them."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from fakes.telegram.methods import hooks, media, messages

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from fakes.telegram.methods.call import Call

__all__ = ["METHODS", "POLL"]

POLL = "getUpdates"
METHODS: Mapping[str, Callable[[Call], Awaitable[Any]]] = MappingProxyType(
    {
        "getMe": messages.get_me,
        "sendMessage": messages.send_message,
        "sendPhoto": media.send_photo,
        "sendVideo": media.send_video,
        "sendAudio": media.send_audio,
        "sendVoice": media.send_voice,
        "sendDocument": media.send_document,
        "sendLocation": messages.send_location,
        "answerCallbackQuery": messages.answer_callback_query,
        "editMessageText": messages.edit_message_text,
        "editMessageReplyMarkup": messages.edit_message_reply_markup,
        "sendChatAction": messages.send_chat_action,
        "getFile": media.get_file,
        "setWebhook": hooks.set_webhook,
        "deleteWebhook": hooks.delete_webhook,
        "getWebhookInfo": hooks.get_webhook_info,
        POLL: hooks.get_updates,
    }
)
