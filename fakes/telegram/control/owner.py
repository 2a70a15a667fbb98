"""What the bot's owner does: at BotFather, and with this Telegram's knobs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from fakes.telegram.control.people import People
from fakes.telegram.errors import Impossible
from fakes.telegram.site import Webhook

if TYPE_CHECKING:
    from collections.abc import Mapping


class Owner(People):
    """The person who made the bot."""

    def founds_account(self) -> Self:
        """Make another bot in the same Telegram; answers the control of the people around it."""
        return type(self)(self._server)

    def settings(self) -> dict[str, str]:
        """Tell what a bridge's binding must be given: Telegram's address, and the bot's token."""
        return {"api_url": self._server.url, "token": self.site.token}

    def secrets(self) -> dict[str, str]:
        """Tell every token that the bot ever had, and every secret that its webhooks were given."""
        tokens = (*self.site.old_tokens, self.site.token)
        return {
            **{f"token-{number}": token for number, token in enumerate(tokens, 1)},
            **{f"secret-{number}": secret for number, secret in enumerate(self.site.secrets, 1)},
        }

    def connects(self, binding: Mapping[str, Any]) -> None:
        """Do nothing: a bot tells Telegram itself where its updates go, and nobody pastes anything."""

    def turns(self, **knobs: Any) -> None:
        """Make this Telegram another than the default one: ``profile``, or any knob of ``fakes.telegram.knobs``.

        Raises:
            Impossible: there is no such knob, or it cannot stand so.
        """
        try:
            self.site.knobs = self.site.knobs.turned(knobs)
        except ValueError as error:
            raise Impossible(str(error)) from None
        self._sets("turns", knobs=knobs)

    def names_bot(self, name: str) -> None:
        """Set how visitors see the bot."""
        if not name.strip():
            raise Impossible("a bot has a name")
        self.site.name = name
        self._sets("names_bot", name=name)

    def revokes_token(self) -> None:
        """Have BotFather make another token; with the old one nobody gets in any more."""
        self._server.revoke(self.site)
        self._sets("revokes_token")

    def revokes(self) -> None:
        """Take from the bot the token with which it calls."""
        self.revokes_token()

    def removes_webhook(self) -> None:
        """Remove the bot's webhook from outside of the bridge, as anybody with the token can."""
        if self.site.webhook is None:
            raise Impossible("the bot has no webhook")
        self._sets("removes_webhook")
        self._server.post.hook(self.site, None)

    def loses_webhook(self, url: str, key: str) -> None:
        """Let somebody else who has the token have the updates brought to another address, under another secret."""
        self._sets("loses_webhook", url=url)
        self.site.secrets.append(key)
        self._server.post.hook(self.site, Webhook(url, key))

    def reads_settings(self) -> None:
        """Look at the bot, and at its webhook if it has one."""
        cause = self._sets("reads_settings")
        self._read("settings", self.site.name, cause=cause, label="bot")
        self._read("settings", f"@{self.site.username}", cause=cause, label="username")
        if self.site.webhook is not None:
            self._read("settings", self.site.webhook.url, cause=cause, label="webhook")
            if self.site.webhook.error:
                self._read("settings", self.site.webhook.error, cause=cause, label="last error")
