"""How a bot gets its updates: protocol/telegram 2."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from fakes.telegram.errors import bad
from fakes.telegram.site import Webhook
from fakes.telegram.wire import update as wire

if TYPE_CHECKING:
    from fakes.telegram.methods.call import Call

SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")
PORTS = frozenset({80, 88, 443, 8443})
MOST_CONNECTIONS = 100
LIMITS = (1, 100)  # of updates in one answer
MOST_SECONDS = 50  # of one long poll; a longer one ends then (TGM-A6)


async def set_webhook(call: Call) -> bool:
    """Have updates brought to an address; an empty one removes it."""
    url = call.get("url", "").strip()
    if not url:
        return await delete_webhook(call)
    _check(call, url)
    secret = call.get("secret_token", "")
    if not SECRET.fullmatch(secret):
        raise bad("secret token contains unallowed characters")
    most = call.whole("max_connections", 40)
    hook = Webhook(
        url,
        secret,
        min(max(most, 1), MOST_CONNECTIONS),
        call.get("ip_address", ""),
        own_certificate="certificate" in call.uploads,
    )
    call.values.get("certificate")
    if secret and secret not in call.bot.secrets:
        call.bot.secrets.append(secret)
    _allow(call)
    _drop(call)
    call.post.hook(call.bot, hook)
    return True


def _check(call: Call, url: str) -> None:
    try:
        parts = urlsplit(url if "://" in url else f"https://{url}")
        port = parts.port or (80 if parts.scheme == "http" else 443)
    except ValueError:
        raise bad("bad webhook: invalid URL specified") from None
    if parts.scheme not in {"http", "https"} or not parts.hostname or any(sign.isspace() for sign in url):
        raise bad("bad webhook: invalid URL specified")
    if call.bot.knobs.https_only and parts.scheme != "https":
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    if call.bot.knobs.ports_checked and port not in PORTS:
        raise bad("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


def _allow(call: Call) -> None:
    """Note the kinds of updates that the bot wants: an empty list means the usual ones, none at all the same as before.

    Kinds that are not known are passed over.
    """
    wanted = call.values.get("allowed_updates")
    if wanted is not None:
        call.bot.allowed = tuple(wanted) or None


def _drop(call: Call) -> None:
    if call.get("drop_pending_updates", otherwise=False):
        call.bot.updates.clear()


async def delete_webhook(call: Call) -> bool:
    """Have updates brought nowhere; they wait to be asked for."""
    _drop(call)
    call.post.hook(call.bot, None)
    return True


async def get_webhook_info(call: Call) -> dict[str, Any]:
    """Tell how it stands with the webhook."""
    bot = call.bot
    info: dict[str, Any] = {
        "url": bot.webhook.url if bot.webhook else "",
        "has_custom_certificate": bot.webhook.own_certificate if bot.webhook else False,
        "pending_update_count": len(call.post.waiting(bot)),
    }
    if bot.webhook is not None:
        info["max_connections"] = bot.webhook.most_connections
        if bot.webhook.ip_address:
            info["ip_address"] = bot.webhook.ip_address
        if bot.webhook.error_at is not None:
            info |= {"last_error_date": int(bot.webhook.error_at), "last_error_message": bot.webhook.error}
    if bot.allowed is not None:
        info["allowed_updates"] = list(bot.allowed)
    return info


async def get_updates(call: Call) -> list[dict[str, Any]]:
    """Give what waits for the bot, as soon as there is something."""
    limit = call.whole("limit", 100)
    if not LIMITS[0] <= limit <= LIMITS[1]:
        limit = LIMITS[1]
    timeout = min(max(call.whole("timeout", 0), 0), MOST_SECONDS)
    _allow(call)
    found = await call.post.poll(call.bot, call.whole("offset", 0), limit, timeout)
    return [wire.update(update) for update in found]
