"""What the vendor's administrator sets up, before anything happens or as the scenario's point."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from harness.cast.acting import Acting

if TYPE_CHECKING:
    from collections.abc import Sequence

PICTURE = "https://shop.test/bot.png"
SWITCHES = {"bot": "switches_bot", "webhooks": "switches_webhooks", "contact form": "sets_contact_form"}
RECOMMENDED = 20.0  # seconds after which the notes let the chat open by itself


class Administrator(Acting):
    """The administrator of the vendor's account."""

    def turns(self, **knobs: Any) -> None:
        """Make the vendor another than the default one."""
        self._control.turns(**knobs)

    # channels

    def adds_channel(self, kind: str, *, served: bool) -> None:
        """Add a channel of a type, and connect bot and webhooks there too, or not; the scenario is about it now."""
        self._control.adds_channel(kind)
        self.channel = kind
        if served:
            self._control.connects(self._world.binding)

    @property
    def place(self) -> str:
        """The channel that the scenario is about, as the control knows it."""
        return self.channel or self._control.channels()[0]

    def switches(self, what: str, *, on: bool) -> None:
        """Switch the channel's ``bot``, ``webhooks`` or ``contact form`` on or off."""
        verb = getattr(self._control, SWITCHES[what])
        self._do(verb, self.place, on=on)

    def pastes_webhook_url(self, before: str, after: str) -> None:
        """Paste the webhook's address, with something before and after it."""
        self._control.pastes_webhook_url(self.place, f"{before}{self._world.binding['webhook_url']}{after}")

    # the bot

    def gives_token(self, token: str) -> None:
        """Let the bot have another token, and the vendor too."""
        self._world.probe.token = token
        self._world.binding = {**self._world.binding, "token": token}
        self._control.pastes_token(token)

    def pastes_token(self, before: str, after: str) -> None:
        """Paste the bot's token, with something before and after it."""
        self._control.pastes_token(f"{before}{self._world.binding['token']}{after}")

    def pastes_other_token(self, token: str) -> None:
        """Paste a token that is not the bot's."""
        self._control.pastes_token(token)

    def connects_bot(self) -> None:
        """Connect the bot, as a person would."""
        self._do(self._control.connects, self._world.binding)

    def disconnects_bots(self) -> None:
        """Let no bot be connected."""
        self._control.disconnects_bots()

    def connects_another_bot(self) -> None:
        """Connect another bot, with the very token of the first."""
        self._control.connects_another_bot(self._world.binding)

    def names_bot(self, name: str, position: str) -> None:
        """Set how visitors see the bot."""
        self._control.names_bot(name, position, PICTURE)

    # what visitors meet

    def sets_invitation(self, *, on: bool = True, first_visit_only: bool = True) -> None:
        """Let the chat open by itself as the notes recommend, or at every visit, or not at all."""
        after = RECOMMENDED if on else None
        self._control.sets_invitation(self.place, after=after, first_visit_only=first_visit_only)

    def sets_buttons(self, captions: Sequence[str]) -> None:
        """Set the buttons that an empty chat shows."""
        self._control.sets_buttons(self.place, captions)
