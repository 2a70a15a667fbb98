"""What is done at the bridge's own side, and what the vendor delivers to try it."""

from __future__ import annotations

import copy
from typing import Any

from harness import treaty
from harness.cast.acting import replaced
from harness.cast.caller import Caller
from harness.errors import BreakdownError, UnobservableError

HOUR = 3600  # seconds
STRANGE_KEY = "not-the-registered-key"
UNHEARD = "chat_teleported"  # a webhook that nobody documents


class Bridge(Caller):
    """The bridge's administrator, and a vendor who delivers whatever it is told to."""

    def sets_binding(self, changes: dict[str, Any]) -> None:
        """Change settings of the binding."""
        contract = self._world.contract
        if contract is None:
            raise UnobservableError("cannot be observed: the probe has no settings")
        self._do(contract.change_binding, self._world.binding["id"], changes)

    def enters_channel(self, messenger: str) -> None:
        """Enter the channel's id in the field of a messenger."""
        self.sets_binding({"widgets": {messenger: self._channel_id()}})

    def _channel_id(self) -> str:
        channels: list[str] = self._control.channels()
        return channels[0] if self.channel is None else channels[-1]

    def sets_titles(self, bot: str, lead: str) -> None:
        """Set the titles of bot and lead."""
        self.sets_binding({"bot_title": bot, "lead_title": lead})
        self._world.titles_are({bot: "bot", lead: "visitor"})

    def excludes(self, kind: str) -> None:
        """Tick a kind of channel as excluded."""
        self._world.journal.act("administrator", "excludes", vendor=self._world.scenario.vendor, channel=kind)
        self.sets_binding({"excluded": [kind]})

    def enters_new_key(self) -> None:
        """Enter in the binding what the vendor's settings show now."""
        self.sets_binding(self._control.settings())

    def presses_webhook(self) -> None:
        """Press the button 'Вебхук'."""
        contract = self._world.contract
        if contract is None:
            raise UnobservableError("cannot be observed: the probe has no buttons")
        self._do(contract.press_webhook, self._world.binding["id"])

    def binds_another_account(self) -> None:
        """Found another account at the vendor, and let the bridge serve it by a binding of its own."""
        self._world.ledger.open()
        self._world.founds_account(self._world.scenario.vendor)
        self._world.settle()

    def stranger_delivers_webhook(self, event: str, name: str, *, keyed: bool) -> None:
        """Let a sample of a webhook about the visitor come under a key that is not the registered one, or none."""
        vendor = self._world.scenario.vendor
        body = self._about_the_visitor(copy.deepcopy(treaty.sample(vendor, event, name).payload), event)
        if keyed:
            treaty.put(vendor, event, body, {"secret": STRANGE_KEY})
        else:
            treaty.drop(vendor, event, body, "secret")
        self._do(self._world.control.stranger_calls_webhook, self.client, event, body)

    def twin_writes(self, text: str) -> None:
        """Let somebody with the visitor's ids write in another account, which the bridge serves by another binding."""
        self._world.ledger.open()
        twin = self._world.founds_account(self.dwelling)
        ids = (self.visitor, self._visitors.dialogue_of(self.visitor))
        person = self._world.act(twin.visitor_arrives, name=self._person().name, ids=ids)
        self._world.act(twin.visitor_writes, person, text)
        self._world.settle()

    # the vendor

    def vendor_delivers(self, what: str, name: str) -> None:
        """Let the vendor deliver a sample of a visitor's message, an invalid one, or an event of that name."""
        vendor = self._world.scenario.vendor
        message = treaty.message_that(vendor, "bot", "the visitor wrote")
        if what == "unknown event":
            body = copy.deepcopy(treaty.samples(vendor, message)[0].payload) | {"event": name}
        else:
            find = treaty.sample if what == "message" else treaty.invalid_sample
            body = copy.deepcopy(find(vendor, message, name).payload)
        event = name if what == "unknown event" else message
        self._do(self._control.delivers_to_bot, self.visitor, event, self._about_the_visitor(body, message))

    def vendor_says_twice(self, news: str) -> None:
        """Let the vendor deliver an event about the visitor twice, the very same."""
        vendor = self._world.scenario.vendor
        message = treaty.message_that(vendor, "bot", news)
        body = self._about_the_visitor(copy.deepcopy(treaty.samples(vendor, message)[0].payload), message)

        def twice(visitor: str) -> None:
            self._control.delivers_to_bot(visitor, message, body)
            self._control.delivers_to_bot(visitor, message, body)

        self._do(twice, self.visitor)

    def vendor_delivers_old_card(self) -> None:
        """Let the webhook about the card's last change come again, an hour older and with another phone."""
        vendor = self._world.scenario.vendor
        message = treaty.message_that(vendor, "webhook", "the card was changed")
        sent = [line["sent"]["json"] for line in self._world.journal.lines if line.get("event") == message]
        if not sent:
            raise BreakdownError("No card was changed in this scenario yet.")
        body = copy.deepcopy(sent[-1])
        changes = {str(value): self._person().phone for value in treaty.meaning(vendor, message, "phone", body)}
        changes |= {str(value): str(value - HOUR) for value in treaty.meaning(vendor, message, "told-at", body)}
        self._do(self._world.control.delivers_to_webhook, self.client, message, replaced(body, changes))

    def vendor_delivers_webhook(self, event: str, name: str, words: str = "") -> None:
        """Let the vendor deliver a sample of a webhook about the visitor, or about words of his that it was sent.

        The event ``unknown`` is one that nobody documents.
        """
        vendor = self._world.scenario.vendor
        told = "the chat is closed" if self._world.mirrored else "the card was changed"
        known = treaty.message_that(vendor, "webhook", told) if event == "unknown" else event
        body = self._about_the_visitor(copy.deepcopy(treaty.sample(vendor, known, name).payload), known)
        if words:
            treaty.put(vendor, known, body, {"read-message": self.message_ids(words)[0]})
        if event == "unknown":
            body, known = replaced(body, {known: UNHEARD}), UNHEARD
        self._do(self._world.control.delivers_to_webhook, self.client, known, body)

    def _about_the_visitor(self, body: Any, message: str) -> Any:
        """Put the visitor's ids, the chat's and the channel's where a sample has others, in the types that it has."""
        visitor = self.client
        own = {
            "person": visitor,
            "dialogue": self._world.control.dialogue_of(visitor),
            "channel": self._world.control.channel_of(visitor),
        }
        vendor = self._world.scenario.vendor
        theirs = {str(value): own[word] for word in own for value in treaty.meaning(vendor, message, word, body)}
        body = replaced(body, theirs)
        secrets = [secret for name, secret in self._world.control.secrets().items() if name.startswith("webhook-key")]
        if secrets:
            treaty.put(vendor, message, body, {"secret": secrets[-1]})
        return body
