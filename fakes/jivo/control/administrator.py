"""What the account's administrator does: channels, bots, automatic actions, and the archive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from fakes.jivo.control.people import People
from fakes.jivo.machine import Impossible
from fakes.jivo.site import Bot, Invitation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Administrator(People):
    """The person who sets the account up."""

    def founds_account(self) -> Self:
        """Found another account in the same Jivo, with people of its own; answers its control."""
        return type(self)(self._server)

    def settings(self) -> dict[str, str]:
        """Tell what a bridge's binding must be given: Jivo's address for bot calls, and the provider id."""
        return {"api_url": self._server.url, "provider_id": self.site.provider_id}

    def secrets(self) -> dict[str, str]:
        """Tell the secrets that Jivo gave: none, since the bot's token is the bridge's own."""
        return {}

    def turns(self, **knobs: Any) -> None:
        """Make this Jivo another than the default one: ``profile``, or any knob of ``fakes.jivo.knobs``.

        Raises:
            Impossible: there is no such knob, or it cannot stand so.
        """
        try:
            self._server.turn(self.site, knobs)
        except ValueError as error:
            raise Impossible(str(error)) from None
        self._sets("turns", knobs=knobs)

    # channels

    def channels(self) -> list[str]:
        """List the account's channels by their widget_ids, in the order of their making."""
        return [channel.widget_id for channel in self.site.channels]

    def adds_channel(self, kind: str) -> str:
        """Add a channel (``widget``, ``telegram``, …); it starts with bot and webhooks off. Answers its widget_id."""
        if not kind or kind != kind.strip():
            raise Impossible("a channel needs a type, a word without blanks around it")
        channel = self._add_channel(kind)
        self._sets("adds_channel", place=kind, channel=channel.widget_id)
        return channel.widget_id

    def switches_bot(self, channel: str, *, on: bool) -> None:
        """Switch the connected bot on or off for a channel (its «Опции»)."""
        place = self._channel(channel)
        if on and not self.site.bots:
            raise Impossible("no bot is connected")
        place.bot = self.site.bots[0] if on else None
        self._sets("switches_bot", channel=place.widget_id, on=on)

    def switches_webhooks(self, channel: str, *, on: bool) -> None:
        """Switch a channel's «Включить Webhooks»; the URL stays."""
        place = self._channel(channel)
        place.webhooks_on = on
        self._sets("switches_webhooks", channel=place.widget_id, on=on)

    def pastes_webhook_url(self, channel: str, url: str) -> None:
        """Paste a channel's «URL для Webhooks»; it is kept as it is."""
        place = self._channel(channel)
        place.webhook_url = url
        self._sets("pastes_webhook_url", channel=place.widget_id)

    # bots

    def connects(self, binding: Mapping[str, Any]) -> None:
        """Paste a binding's token and webhook URL, and switch bot and webhooks on in every channel there is."""
        bot_url, token, webhook_url = _pasted(binding, "bot_url", "token", "webhook_url")
        bot = Bot(bot_url, token)
        if self.site.bots:
            self._replace(bot)
        else:
            self._server.admit(self.site, bot)
        for channel in self.site.channels:
            channel.bot = self.site.bots[0]
            channel.webhooks_on, channel.webhook_url = True, webhook_url
        self._sets("connects")

    def pastes_token(self, token: str) -> None:
        """Paste another token for the connected bot; it is kept as it is, blanks and all."""
        bot = self._bot()
        self._replace(Bot(bot.endpoint, token, bot.name, bot.position, bot.picture))
        self._sets("pastes_token")

    def _replace(self, new: Bot) -> None:
        old = self._bot()
        self._server.dismiss(self.site, old)
        self._server.admit(self.site, new)
        self.site.bots.insert(0, self.site.bots.pop())
        for channel in self.site.channels:
            if channel.bot is old:
                channel.bot = new

    def connects_another_bot(self, binding: Mapping[str, Any]) -> None:
        """Connect one more bot, which is switched on in no channel; by its token Jivo should tell it from the first."""
        self._server.admit(self.site, Bot(*_pasted(binding, "bot_url", "token")))
        self._sets("connects_another_bot")

    def disconnects_bots(self) -> None:
        """Remove every bot from the connected systems."""
        for bot in list(self.site.bots):
            self._server.dismiss(self.site, bot)
        for channel in self.site.channels:
            channel.bot = None
        self._sets("disconnects_bots")

    def revokes(self) -> None:
        """Take from the bots the tokens with which they call."""
        self.disconnects_bots()

    def names_bot(self, name: str, position: str, picture: str = "") -> None:
        """Set how visitors see the bot: name, position, and the address of a picture."""
        bot = self._bot()
        bot.name, bot.position, bot.picture = name, position, picture
        self._sets("names_bot", name=name)

    def _bot(self) -> Bot:
        if not self.site.bots:
            raise Impossible("no bot is connected")
        return self.site.bots[0]

    # what visitors meet

    def sets_invitation(self, channel: str, *, after: float | None, first_visit_only: bool = True) -> None:
        """Let the chat open by itself after so many seconds on the site; None lets it stay closed."""
        place = self._on_site(channel)
        if after is not None and after < 0:
            raise Impossible("nobody can be invited before coming")
        place.invitation = None if after is None else Invitation(after, first_visit_only)
        self._sets("sets_invitation", channel=place.widget_id)

    def sets_contact_form(self, channel: str, *, on: bool) -> None:
        """Ask for contacts before the first words, or not."""
        place = self._on_site(channel)
        place.contact_form = on
        self._sets("sets_contact_form", channel=place.widget_id, on=on)

    def sets_rating_form(self, channel: str, *, on: bool) -> None:
        """Let a bot ask for ratings, or not."""
        place = self._on_site(channel)
        place.rating_form = on
        self._sets("sets_rating_form", channel=place.widget_id, on=on)

    def sets_buttons(self, channel: str, captions: Sequence[str]) -> None:
        """Set the «Кнопки в чате», which an empty chat shows."""
        place = self._on_site(channel)
        place.buttons = tuple(captions)
        self._sets("sets_buttons", channel=place.widget_id)

    # what the administrator reads

    def reads_settings(self) -> None:
        """Look at the connected systems, and at the channels."""
        cause = self._sets("reads_settings")
        for bot in self.site.bots:
            self._read("settings", bot.name, cause=cause, label="connected system")
        for channel in self.site.channels:
            self._read("settings", channel.type, cause=cause, label="channel", channel=channel.widget_id)

    def reads_archive(self, visitor: str) -> None:
        """Look up all chats of a visitor in the archive, with everything that was said in them."""
        chats = self._visitor(visitor).chats
        cause = self._sets("reads_archive", person=visitor)
        for dialogue in chats:
            for line in dialogue.lines:
                where = {"person": visitor, "dialogue": dialogue.chat_id}
                self._read("archive", line.text, cause=cause, author=line.author, **where)


def _pasted(binding: Mapping[str, Any], *names: str) -> list[str]:
    """Give what is pasted from a binding.

    Raises:
        Impossible: some of it is missing, or no text.
    """
    missing = [name for name in names if not isinstance(binding.get(name), str)]
    if missing:
        raise Impossible(f"a binding of Jivo has texts under bot_url, token and webhook_url; {missing[0]} is none")
    return [binding[name] for name in names]
