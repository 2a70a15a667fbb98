"""What LiveTex does at a bridge's call, method by method, once the call is understood."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.livetex.machine import CHOICE_IN_FORCE, Happening, Moment, State
from fakes.livetex.site import Status
from fakes.livetex.wire import calls
from fakes.livetex.wire.errors import invalid
from fakes.livetex.wire.events import TYPES, history_entry
from fakes.livetex.wire.objects import destination_now, stamp

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakes.kit.fields import Fields
    from fakes.livetex.office import Office
    from fakes.livetex.post import Post
    from fakes.livetex.site import Account, Event, Visitor


class Clerk:
    """Takes calls for every account; answers what stands in the answer beside ``success``."""

    def __init__(self, office: Office, post: Post) -> None:
        """Say who does what is asked."""
        self._office = office
        self._post = post

    def take(  # noqa: PLR0911 - one for each method
        self, account: Account, version: str, method: str, call: Fields, cause: int
    ) -> Mapping[str, Any]:
        """Do what a call asks.

        Raises:
            Refused: a field's value is none that could be; nothing has changed.
        """
        match method:
            case "getDestinations":
                return {"destinations": [destination_now(group, account, version) for group in account.groups]}
            case "selectDestination":
                return self._choose(account, call, cause)
            case "sendText":
                words = calls.text(call, account.knobs)
                return self._say(account, call, Moment(words), cause)
            case "sendFile":
                attachment = calls.file(call)
                return self._say(account, call, Moment(attachment.url, about=attachment), cause)
            case "setWebhook":
                account.webhook = calls.webhook(call, version)
                self._post.webhook_changed(account)
                return {}
            case "getWebhookSettings":
                return _settings(account, version)
            case "getHistory":
                return {"messages": _history(account, version, call)}
            case _:
                return _current(account, version, call)

    def _say(self, account: Account, call: Fields, moment: Moment, cause: int) -> dict[str, Any]:
        visitor = self._office.visitor(account, call["user_id"])
        happening = Happening.SENDS_TO_OPEN if _open(visitor) else Happening.SENDS
        said = self._office.happen(account, visitor, happening, moment, cause)
        if moment.about is not None and account.knobs.fetches_files == "at once":
            self._post.fetch(account, visitor, moment.text, cause)
        return {} if said is None else {"message_id": said.id, "timestamp": stamp(said.at)}

    def _choose(self, account: Account, call: Fields, cause: int) -> dict[str, Any]:
        _ = call["destination_type"]  # the schema has held it to the only one there is
        group = account.group(call["destination_id"])
        if group is None:
            raise invalid("destination_id is unknown")
        head = calls.head(call, account.knobs)
        visitor = account.visitors.get(call["user_id"])
        again = visitor is not None and visitor.state in CHOICE_IN_FORCE and visitor.group is group
        if again and account.knobs.second_choice == "refused":
            raise invalid("destination_id is chosen already")
        self._office.choose(account, self._office.visitor(account, call["user_id"]), group, head, cause)
        return {}


def _open(visitor: Visitor) -> bool:
    """Tell whether an operator has looked at a dialogue, and still has it before him."""
    there = visitor.operator is not None and visitor.operator.status is not Status.OFFLINE
    return visitor.state is State.OPERATOR and visitor.opened and there


def _settings(account: Account, version: str) -> dict[str, Any]:
    webhook = account.webhook
    body: dict[str, Any] = {"url": "" if webhook is None else webhook.url}
    if version == "1.0":
        return body
    types: tuple[str, ...] = ()
    if webhook is not None:
        types = TYPES if webhook.types is None else webhook.types
    return body | {"webhook_event_types": list(types)}


def _current(account: Account, version: str, call: Fields) -> dict[str, Any]:
    visitor = account.visitors.get(call["user_id"])
    if visitor is None or visitor.group is None or visitor.state not in CHOICE_IN_FORCE:
        return {}
    return {"destination": destination_now(visitor.group, account, version)}


def _history(account: Account, version: str, call: Fields) -> list[dict[str, Any]]:
    """Give a page of a visitor's history (LTX-A9, LTX-A24); ``message_id`` itself is not on it."""
    visitor = account.visitors.get(call["user_id"])
    start, after, limit = calls.page(call)
    whole = [] if visitor is None else visitor.history
    places = [place for place, event in enumerate(whole) if event.id == start]
    if start and not places:
        raise invalid("message_id is unknown")
    place = places[0] if places else len(whole)
    found: list[Event] = whole[place + 1 :][:limit] if after else whole[:place][-limit:]
    order = account.knobs.history_order
    if order == "newest first" or (order == "away from the id" and not after):
        found.reverse()
    return [] if visitor is None else [history_entry(event, visitor, account, version) for event in found]
