"""Controls that lie: Jivos that do not do what their people do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.jivo.control import Control
from fakes.jivo.control import visitors as module
from fakes.jivo.machine import Moment, State
from fakes.jivo.site import Invitation
from fakes.kit.effects import Author, Form, Show

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fakes.jivo.site import Visitor


class DeafToKnobs(Control):
    """Stays as it is, whatever is turned."""

    def turns(self, **knobs: Any) -> None:
        """Turn nothing."""


class ProfileWithoutMedia(Control):
    """Refuses media in every profile."""

    def turns(self, **knobs: Any) -> None:
        """Turn all but one."""
        super().turns(**knobs | {"media_from_bot": False})


class MediaInEveryProfile(Control):
    """Takes media in every profile."""

    def turns(self, **knobs: Any) -> None:
        """Turn one more."""
        super().turns(**knobs | {"media_from_bot": True})


class BotInEveryProfile(Control):
    """Lets the bot speak beside an operator in every profile."""

    def turns(self, **knobs: Any) -> None:
        """Turn all but one."""
        super().turns(**knobs | {"bot_while_operator": "shown"})


class TrimsTokens(Control):
    """Trims what is pasted."""

    def pastes_token(self, token: str) -> None:
        """Trim it."""
        super().pastes_token(token.strip())


class CleansAddresses(Control):
    """Cleans what is pasted."""

    def pastes_webhook_url(self, channel: str, url: str) -> None:
        """Clean it."""
        super().pastes_webhook_url(channel, url.strip())


class OneSwitchForBoth(Control):
    """Switches bot and webhooks together."""

    def switches_bot(self, channel: str, *, on: bool) -> None:
        """Switch both."""
        super().switches_bot(channel, on=on)
        super().switches_webhooks(channel, on=on)

    def switches_webhooks(self, channel: str, *, on: bool) -> None:
        """Switch both."""
        self.switches_bot(channel, on=on)


class ServesLaterChannels(Control):
    """Switches the bot on in every new channel."""

    def adds_channel(self, kind: str) -> str:
        """Add it, switched on."""
        name = super().adds_channel(kind)
        super().switches_bot(name, on=True)
        return name


class ForgetsTheBot(Control):
    """Connects a bot, and lists it nowhere."""

    def reads_settings(self) -> None:
        """Show nothing."""


class ConnectsOnce(Control):
    """Connects a bot once in its life."""

    connected = False

    def connects(self, binding: Mapping[str, Any]) -> None:
        """Connect it, if none ever was."""
        if not self.connected:
            super().connects(binding)
        self.connected = True


class ArchivesOperatorsAlone(Control):
    """Archives only dialogues in which an operator took part."""

    def reads_archive(self, visitor: str) -> None:
        """Show those."""
        if self._dialogue(visitor).took_part:
            super().reads_archive(visitor)


class BlankPage(Control):
    """Shows an operator nothing of what was said before."""

    def operator_reads(self, operator: str, visitor: str) -> None:
        """Show the card alone."""
        dialogue = self._dialogue(visitor)
        lines, dialogue.lines = dialogue.lines, []
        super().operator_reads(operator, visitor)
        dialogue.lines = lines


# what visitors meet


class NeverInvites(Control):
    """Never opens the chat by itself."""

    def _invite(self, visitor: Visitor) -> None:
        """Do nothing."""


class InvitesEarly(Control):
    """Opens the chat after five seconds."""

    def sets_invitation(self, channel: str, *, after: float | None, first_visit_only: bool = True) -> None:
        """Set another time."""
        super().sets_invitation(channel, after=after and 5.0, first_visit_only=first_visit_only)


class InvitesAtEveryVisit(Control):
    """Opens the chat at later visits too."""

    def sets_invitation(self, channel: str, *, after: float | None, first_visit_only: bool = True) -> None:
        """Set it for all."""
        del first_visit_only
        super().sets_invitation(channel, after=after, first_visit_only=False)


class InvitesWhenSomebodyIsThere(Control):
    """Opens the chat only while an operator is online."""

    def _invite(self, visitor: Visitor) -> None:
        if self.site.agents_online:
            super()._invite(visitor)


class InvitesWhenSwitchedOff(Control):
    """Opens the chat in spite of the switch."""

    def sets_invitation(self, channel: str, *, after: float | None, first_visit_only: bool = True) -> None:
        """Set it on."""
        super().sets_invitation(channel, after=after or Invitation().after, first_visit_only=first_visit_only)


class TellsOfTheWindow(Control):
    """Tells the bot of a window that opened by itself."""

    def _invite(self, visitor: Visitor) -> None:
        super()._invite(visitor)
        self._server.post.to_bot(self.site, visitor.chat, "CLIENT_MESSAGE", Moment(), None)


class AlwaysAsks(Control):
    """Shows the contact form in spite of the switch."""

    def _open_window(self, visitor: Visitor, cause: int) -> None:
        self._show(visitor.chat, Show(Author.SYSTEM, "", Form.CONTACT_FORM), cause)
        super()._open_window(visitor, cause)


class NeverAsks(Control):
    """Shows no contact form."""

    def sets_contact_form(self, channel: str, *, on: bool) -> None:
        """Leave it off."""
        del on
        super().sets_contact_form(channel, on=False)


class NoButtons(Control):
    """Shows an empty chat without buttons."""

    def sets_buttons(self, channel: str, captions: Sequence[str]) -> None:
        """Set none."""
        del captions
        super().sets_buttons(channel, ())


class DeadButtons(Control):
    """Shows buttons that do nothing."""

    def visitor_presses(self, visitor: str, caption: str) -> None:
        """Do nothing."""


class ButtonsForEver(Control):
    """Shows the buttons of the empty chat in every chat."""

    def _open_window(self, visitor: Visitor, cause: int) -> None:
        if visitor.chat.state not in module.EMPTY:
            self._show(visitor.chat, Show(Author.SYSTEM, "", Form.BUTTONS, visitor.channel.buttons), cause)
        super()._open_window(visitor, cause)


class ButtonsOnce(Control):
    """Shows the buttons before the first chat alone."""

    def _open_window(self, visitor: Visitor, cause: int) -> None:
        if visitor.chat.state is State.NEW:
            super()._open_window(visitor, cause)
