"""What visitors do: on the site, at the chat window, in a messenger."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from fakes.jivo.control.people import People
from fakes.jivo.machine import Happening, Impossible, Moment, State
from fakes.jivo.site import WIDGET, Attachment, Card, Rating, Visitor
from fakes.jivo.wire.bot import MARKS
from fakes.kit.effects import Author, Form, Show

if TYPE_CHECKING:
    from fakes.jivo.site import Channel, Dialogue

MEDIA = ("PHOTO", "VIDEO", "AUDIO", "VOICE", "DOCUMENT")
MOST_DIGITS = 18  # of an id; any program can hold such a number
EMPTY = frozenset({State.NEW, State.FINISHED})  # nothing is said in the chat that the screen shows


class Visitors(People):
    """The people who ask."""

    # coming and going

    def visitor_arrives(  # noqa: PLR0913 - what may be known of a person
        self,
        channel: str = WIDGET,
        *,
        name: str | None = None,
        phone: str | None = None,
        email: str | None = None,
        user_token: str | None = None,
        ids: tuple[str, str] | None = None,
    ) -> str:
        """Let a person open the chat in a channel; answers the visitor's id.

        ``ids`` are those of visitor and chat, which another account may have given, too: they are unique inside one.
        """
        visitor = self._newcomer(self._channel(channel), Card(name, phone, email), user_token, ids)
        visitor.visits = 1
        known = {} if name is None else {"name": name}
        cause = self._witness("visitor", "arrives", visitor.chat, place=visitor.channel.type, **known)
        self._open_window(visitor, cause)
        return visitor.client_id

    def visitor_enters_site(self, channel: str = WIDGET, *, name: str | None = None) -> str:
        """Let a person come to the site for the first time, the chat still closed; answers the visitor's id."""
        visitor = self._newcomer(self._on_site(channel), Card(name))
        self._visit(visitor, "enters_site")
        return visitor.client_id

    def visitor_returns_to_site(self, visitor: str) -> None:
        """Let a visitor come to the site again, the chat closed."""
        person = self._visitor(visitor)
        self._on_site(person.channel.widget_id)
        self._visit(person, "returns_to_site")

    def visitor_leaves_site(self, visitor: str) -> None:
        """Let a visitor close the page."""
        person = self._visitor(visitor)
        self._on_site(person.channel.widget_id)
        self._close_window(person)
        self._witness("visitor", "leaves_site", person.chat)

    def visitor_opens_chat(self, visitor: str) -> None:
        """Let a visitor open the chat window."""
        person = self._visitor(visitor)
        self._open_window(person, self._witness("visitor", "opens_chat", person.chat))

    def _newcomer(
        self, place: Channel, card: Card, user_token: str | None = None, ids: tuple[str, str] | None = None
    ) -> Visitor:
        number, chat = (None, None) if ids is None else self._given(ids)
        if number is None:
            number = self._server.office.unused("client", self.site.visitors)
        visitor = Visitor(number, place, card, user_token)
        self._server.office.begin(visitor, self.site, chat)
        self.site.visitors[number] = visitor
        return visitor

    def _given(self, ids: tuple[str, str]) -> tuple[str, str]:
        for given in ids:
            if not given.isascii() or not given.isdecimal() or given.startswith("0") or len(given) > MOST_DIGITS:
                raise Impossible(f"{given!r} is no id: it must be a whole number above zero")
        if ids[0] in self.site.visitors or ids[1] in self.site.dialogues:
            raise Impossible("the account has given those ids already")
        return ids

    def _visit(self, visitor: Visitor, did: str) -> None:
        self._close_window(visitor)
        visitor.visits += 1
        self._witness("visitor", did, visitor.chat, visits=visitor.visits)
        action = visitor.channel.invitation
        if action is not None and not (action.first_visit_only and visitor.visits > 1):
            visitor.invitation = self._server.clock.call_later(action.after, self._invite, visitor)

    def _invite(self, visitor: Visitor) -> None:
        """Open the chat window by itself: no event to the bot, and nobody need be online."""
        visitor.invitation = None
        now, gap = self._server.clock.now(), self.site.knobs.invitation_gap
        recent = visitor.invited_at is not None and now - visitor.invited_at < gap
        if visitor.window_open or recent or visitor.channel.invitation is None:
            return
        visitor.invited_at = now
        cause = self._witness("nobody", "automatic_action_invites", visitor.chat)
        self._show(visitor.chat, Show(Author.SYSTEM, "", Form.CHAT_WINDOW), cause)
        self._open_window(visitor, cause)

    def _open_window(self, visitor: Visitor, cause: int) -> None:
        """Show what an empty chat shows: the contact form, the buttons."""
        visitor.window_open = True
        chat, channel = visitor.chat, visitor.channel
        if chat.state not in EMPTY:
            return
        if channel.contact_form and not (visitor.card.phone or visitor.card.email):
            visitor.form_asked = True
            self._show(chat, Show(Author.SYSTEM, "", Form.CONTACT_FORM), cause)
        if channel.buttons:
            self._show(chat, Show(Author.SYSTEM, "", Form.BUTTONS, channel.buttons), cause)

    def _close_window(self, visitor: Visitor) -> None:
        visitor.window_open = False
        if visitor.invitation is not None:
            visitor.invitation.cancel()
            visitor.invitation = None

    def _show(self, dialogue: Dialogue, what: Show, cause: int) -> None:
        self._server.office.show(self.site, dialogue, what, cause)

    # talking

    def visitor_writes(self, visitor: str, text: str) -> None:
        """Let the visitor send words."""
        if self._dialogue(visitor).locked:
            raise Impossible("the input box is locked until a button is pressed")
        self._utter(visitor, "writes", Moment(text=text))

    def visitor_presses(self, visitor: str, caption: str) -> None:
        """Let the visitor press a button of the last menu, or of the empty chat: its caption is what is sent."""
        dialogue = self._dialogue(visitor)
        if caption not in dialogue.choices:
            raise Impossible(f"there is no button {caption!r}; there are {', '.join(dialogue.choices) or 'none'}")
        self._utter(visitor, "presses", Moment(text=caption))
        dialogue.locked = False

    def visitor_sends(self, visitor: str, kind: str, address: str, name: str = "file", size: int = 1024) -> None:
        """Let the visitor attach a PHOTO, VIDEO, AUDIO, VOICE or DOCUMENT, which Jivo keeps at an address."""
        if kind not in MEDIA:
            raise Impossible(f"nobody can attach a {kind}; there are {', '.join(MEDIA)}")
        self._utter(visitor, "sends", Moment(text=address, about=Attachment(kind, address, name, size)))

    def _utter(self, visitor: str, did: str, moment: Moment) -> None:
        person = self._visitor(visitor)
        if person.form_asked:
            raise Impossible("the contact form asks first")
        site, office = self.site, self._server.office
        before = person.chat
        dialogue = office.begin(person, site) if office.ends_before_words(site, before) else before
        served = self._server.serves(site, person.channel)
        happening = Happening.WRITES if served else Happening.WRITES_UNSERVED
        office.foresee(site, dialogue, happening)
        cause = self._witness("visitor", did, dialogue, text=moment.text)
        if dialogue is not before:
            office.happen(site, before, Happening.BEGINS_ANEW, Moment(), cause)
        office.happen(site, dialogue, happening, moment, cause)
        if site.knobs.unavailable_on_message and not site.agents_online and dialogue.state is State.BOT:
            office.happen(site, dialogue, Happening.FINDS_NOBODY, Moment(), cause)

    def visitor_rates(self, visitor: str, mark: str, comment: str = "") -> None:
        """Let the visitor fill in the rating form: bad, badnormal, normal, goodnormal or good."""
        dialogue = self._dialogue(visitor)
        if not dialogue.rating_asked:
            raise Impossible("the bot asked for no rating")
        if mark not in MARKS:
            raise Impossible(f"there is no rating {mark!r}; there are {', '.join(MARKS)}")
        moment = Moment(about=Rating(mark, comment))
        self._act("visitor", "rates", dialogue, Happening.RATES, moment, rating=mark)
        dialogue.rating_asked = False

    def visitor_fills_form(
        self, visitor: str, *, name: str | None = None, phone: str | None = None, email: str | None = None
    ) -> None:
        """Let the visitor leave contacts in the contact form."""
        person = self._visitor(visitor)
        if not person.form_asked:
            raise Impossible("no contact form is shown")
        person.form_asked = False
        if not self._card_changes("visitor", "fills_form", person, {"name": name, "phone": phone, "email": email}):
            self._witness("visitor", "fills_form", person.chat)

    def visitor_leaves_message(self, visitor: str, text: str) -> None:
        """Let the visitor send the offline form, which is there while nobody is online and nothing was said."""
        dialogue = self._dialogue(visitor)
        self._on_site(dialogue.visitor.channel.widget_id)
        if self.site.agents_online or dialogue.state not in EMPTY:
            raise Impossible("the offline form is there only for an empty chat with nobody online")
        self._act("visitor", "leaves_message", dialogue, Happening.LEAVES_MESSAGE, Moment(text=text), text=text)

    # Jivo itself

    def dialogue_stays_idle(self, visitor: str) -> None:
        """Let the visitor's chat be over, as if nobody had written for the idle time; harmless if it is."""
        with suppress(Impossible):
            self._server.office.foresee(self.site, self._dialogue(visitor), Happening.IDLE)
            self._server.office.runs_out(self.site, self._dialogue(visitor))

    def repeats_last_event(self, visitor: str) -> None:
        """Deliver the visitor's last message to the bot again, as if its acknowledgement had been lost."""
        dialogue = self._dialogue(visitor)
        if not dialogue.last_event:
            raise Impossible("the bot was never told anything by that visitor")
        if not self._server.serves(self.site, dialogue.visitor.channel):
            raise Impossible("no bot serves that visitor's channel")
        cause = self._witness("vendor", "repeats_last_event", dialogue)
        self._server.post.repeat(self.site, dialogue, cause)

    def delivers_to_bot(self, visitor: str, event: str, body: Any) -> None:
        """Deliver a body of any kind to the bot, as it is, as an event about that visitor."""
        dialogue = self._dialogue(visitor)
        if dialogue.visitor.channel.bot is None:
            raise Impossible("no bot serves that visitor's channel")
        _check_characters(body)
        cause = self._witness("vendor", "delivers_to_bot", dialogue, event=event)
        self._server.post.raw_to_bot(self.site, dialogue, event, body, cause)

    def delivers_to_webhook(self, visitor: str, event: str, body: Any) -> None:
        """Deliver a body of any kind to the webhook of the visitor's channel, as it is."""
        dialogue = self._dialogue(visitor)
        if not dialogue.visitor.channel.webhook_url:
            raise Impossible("that visitor's channel has no address for webhooks")
        _check_characters(body)
        cause = self._witness("vendor", "delivers_to_webhook", dialogue, event=event)
        self._server.post.raw_to_webhook(self.site, dialogue, event, body, cause)

    def last_event_of(self, visitor: str) -> Any:
        """Give the body of the event that told the bot the visitor's last words."""
        return json.loads(self._dialogue(visitor).last_event or b"null")

    def card_of(self, visitor: str) -> dict[str, str | None]:
        """Give name, phone and email of the visitor's card."""
        card = self._visitor(visitor).card
        return {"name": card.name, "phone": card.phone, "email": card.email}

    def channel_of(self, visitor: str) -> str:
        """Tell the widget_id of the visitor's channel."""
        return self._visitor(visitor).channel.widget_id

    def dialogue_of(self, visitor: str) -> str:
        """Tell the id under which the bot knows the visitor's newest chat."""
        return self._dialogue(visitor).chat_id


def _check_characters(body: Any) -> None:
    try:
        json.dumps(body, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise Impossible("the body holds half a character, which nobody could send") from None
