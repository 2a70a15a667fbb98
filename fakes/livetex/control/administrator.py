"""What the account's administrator does: the key, groups and their lists, and the archive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from fakes.livetex.control.people import People
from fakes.livetex.machine import Impossible
from fakes.livetex.office import whose
from fakes.livetex.site import Group, Webhook

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from fakes.livetex.site import Event, Head


class Administrator(People):
    """The person who sets the account up."""

    def founds_account(self) -> Self:
        """Found another account in the same LiveTex, with people of its own; answers its control."""
        return type(self)(self._server)

    def settings(self) -> dict[str, str]:
        """Tell what a bridge's binding must be given: LiveTex's address, without a version, and the access key."""
        return {"api_url": self._server.url, "key": self.site.key}

    def secrets(self) -> dict[str, str]:
        """Tell every access key that there ever was, and every key that webhooks were given."""
        return dict(self.site.secrets)

    def turns(self, **knobs: Any) -> None:
        """Make this LiveTex another than the default one: ``profile``, or any knob of ``fakes.livetex.knobs``.

        Raises:
            Impossible: there is no such knob, or it cannot stand so.
        """
        try:
            self._server.turn(self.site, knobs)
        except ValueError as error:
            raise Impossible(str(error)) from None
        self._sets("turns", knobs=knobs)

    def connects(self, binding: Mapping[str, Any]) -> None:
        """Set a binding's webhook as its setWebhook would; without address and key, that is left to the bridge."""
        url, key = binding.get("webhook_url"), binding.get("webhook_key")
        if url and key:
            if not (isinstance(url, str) and isinstance(key, str)):
                raise Impossible("a binding of LiveTex has texts under webhook_url and webhook_key")
            self.site.webhook = Webhook(url, key)
            self._server.post.webhook_changed(self.site)
            self._sets("connects")

    def forgets_webhook(self) -> None:
        """Let the contact point be as when it was new: no webhook is set."""
        self.site.webhook = None
        self._sets("forgets_webhook")

    def loses_webhook(self, url: str, key: str) -> None:
        """Let somebody else who has the access key have the events brought to another address, under another key."""
        self.site.webhook = Webhook(url, key)
        self._server.post.webhook_changed(self.site)
        self._sets("loses_webhook", url=url)

    # the key

    def generates_key(self) -> str:
        """Generate another access key; the one before opens nothing any more. Answers the key."""
        self._server.give_key(self.site)
        self._sets("generates_key")
        return self.site.key

    def revokes_key(self) -> None:
        """Take the access key away; the contact point has none until another is generated."""
        if not self.site.key:
            raise Impossible("the contact point has no key")
        self._server.take_key(self.site)
        self._sets("revokes_key")

    def revokes(self) -> None:
        """Take the access key away, if there is one."""
        if self.site.key:
            self.revokes_key()

    # groups

    def groups(self) -> list[str]:
        """List the groups by their ids, in their order."""
        return [group.group_id for group in self.site.groups]

    def adds_group(self, name: str, *, first: bool = False) -> str:
        """Add a group, behind the others or before them; nobody is in its list. Answers its id."""
        if not name.strip():
            raise Impossible("a group needs a name")
        group = Group(self._number("group"), name)
        self.site.groups.insert(0 if first else len(self.site.groups), group)
        self._sets("adds_group", group=group.group_id, name=name)
        return group.group_id

    def joins_group(self, operator: str, group: str) -> None:
        """Put an operator on a group's list («Добавить» in Маршрутизация)."""
        person, place = self._operator(operator), self._group(group)
        if person in place.members:
            raise Impossible(f"{person.first_name} is in that group already")
        place.members.append(person)
        self._sets("joins_group", by=operator, group=group)

    def leaves_group(self, operator: str, group: str) -> None:
        """Take an operator off a group's list."""
        person, place = self._operator(operator), self._group(group)
        if person not in place.members:
            raise Impossible(f"{person.first_name} is not in that group")
        place.members.remove(person)
        self._sets("leaves_group", by=operator, group=group)

    def moves_to_groups(self, operator: str, groups: Sequence[str]) -> None:
        """Let an operator stand in the lists of these groups, and of no others."""
        person, places = self._operator(operator), [self._group(group) for group in groups]
        for place in self.site.groups:
            if person in place.members:
                place.members.remove(person)
            if place in places:
                place.members.append(person)
        self._sets("moves_to_groups", by=operator, groups=list(groups))

    # what the administrator reads

    def reads_settings(self) -> None:
        """Look at the contact point's webhook, the groups, and who is in their lists."""
        cause = self._sets("reads_settings")
        webhook = self.site.webhook
        self._read("settings", "" if webhook is None else webhook.url, cause=cause, label="webhook")
        for group in self.site.groups:
            self._read("settings", group.name, cause=cause, label="group", group=group.group_id)
            for member in group.members:
                self._read("settings", member.first_name, cause=cause, label="member", group=group.group_id)

    def reads_archive(self, visitor: str) -> None:
        """Look up all that was said in a visitor's dialogues, and all that was passed on about the visitor."""
        person = self._visitor(visitor)
        cause = self._sets("reads_archive", person=visitor)
        for event in person.history:
            for label, text in _lines(event):
                details = {"label": label} if label else {"author": event.author}
                self._read("archive", text, cause=cause, **{**whose(person), **details})


def _lines(event: Event) -> Iterator[tuple[str, str]]:
    """Go through what the archive shows of an event, as label and text; words have no label."""
    if event.author is not None:
        yield "", event.text
        if event.file is not None and event.file.comment:
            yield "", event.file.comment
    elif event.head is not None:
        yield from _passed_on(event.head)


def _passed_on(head: Head) -> Iterator[tuple[str, str]]:
    if head.name:
        yield "name", head.name
    yield from ((f"attribute {name}", value) for name, value in head.attributes.items())
    yield from ((f"hidden attribute {name}", value) for name, value in head.hidden.items())
