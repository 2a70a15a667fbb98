"""Servers that lie: in whose calls they take, and which."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.jivo.machine import Happening, Moment
from fakes.jivo.office import Office
from fakes.jivo.post import Parcel, Post
from fakes.jivo.server import Refused, Server
from fakes.jivo.wire import bot
from fakes.kit.contract import schema
from fakes.kit.effects import Author, Form
from tests.miniatures.fakes.posts import TellsButtonIds

if TYPE_CHECKING:
    from aiohttp import web

    from fakes.jivo.site import Channel, Dialogue, Site
    from fakes.jivo.wire.webhook import Answer
    from fakes.kit.effects import Refuse
    from fakes.kit.fields import Fields
    from fakes.kit.ports import Crossing

LATE = 300.0  # seconds


class TakesTokensRaw(Server):
    """Compares tokens as they stand in the address."""

    def _caller(self, request: web.BaseRequest) -> tuple[Site, str]:
        parts = request.rel_url.raw_path.split("/")
        site = self._tenants.find((parts[2], parts[3]))
        if site is None:
            raise Refused(401, "invalid_client", "the token is unknown")
        return site, parts[3]


class AnyToken(Server):
    """Takes calls under any token."""

    def _caller(self, request: web.BaseRequest) -> tuple[Site, str]:
        del request
        return self._sites[0], self._sites[0].bots[0].token


class FirstComeFirstServed(Server):
    """Serves the first of two bots with one token."""

    def _caller(self, request: web.BaseRequest) -> tuple[Site, str]:
        del request
        return self._sites[0], self._sites[0].bots[0].token

    def serves(self, site: Site, channel: Channel) -> bool:
        """Serve whoever is switched on."""
        return channel.bot in site.bots


class FirstChannelOnly(Server):
    """Serves the channel that was there first, whatever is switched on."""

    def serves(self, site: Site, channel: Channel) -> bool:
        """Serve it alone."""
        return channel is site.channels[0]


class TakesAnything(Server):
    """Answers every malformed call as if it were none."""

    async def _take(self, site: Site, token: str, event: str, value: dict[str, Any], crossing: Crossing) -> None:
        if not schema("jivo", event).violations(value):
            await super()._take(site, token, event, value, crossing)


class TakesNumbers(Server):
    """Takes numbers for ids."""

    async def _take(self, site: Site, token: str, event: str, value: dict[str, Any], crossing: Crossing) -> None:
        if all(isinstance(value.get(key), str) for key in bot.IDS):
            await super()._take(site, token, event, value, crossing)


class UnknownEventsAre400(Server):
    """Refuses an unknown event as it does a malformed one."""

    async def _answer(
        self, request: web.BaseRequest, event: Any, value: Any, trouble: str, crossing: Crossing
    ) -> web.Response:
        trouble = trouble or ("" if event in bot.CALLS else "unknown event")
        return await super()._answer(request, event, value, trouble, crossing)


class DemandsTheSite(Server):
    """Refuses messages without site_id."""

    async def _take(self, site: Site, token: str, event: str, value: dict[str, Any], crossing: Crossing) -> None:
        if "site_id" not in value:
            raise Refused(400, "invalid_request", "site_id is missing")
        await super()._take(site, token, event, value, crossing)


class Pedantic(Server):
    """Refuses what the documentation's table does not have, to the letter."""

    async def _take(self, site: Site, token: str, event: str, value: dict[str, Any], crossing: Crossing) -> None:
        timestamp = value["message"].get("timestamp")
        ids = [button.get("id", "") for button in value["message"].get("buttons", [])]
        odd = value.keys() - {"event", "message", *bot.IDS}
        if (
            odd
            or not isinstance(timestamp, int)
            or timestamp > 10**11
            or not all(isinstance(name, str) for name in ids)
        ):
            raise Refused(400, "invalid_request", "not as documented")
        await super()._take(site, token, event, value, crossing)


class BusyPost(Post):
    """Remembers which dialogues wait for an acknowledgement."""

    busy: set[str]

    async def _to_bot(self, site: Site, dialogue: Dialogue, parcel: Parcel) -> None:
        self.busy = {dialogue.chat_id}
        await super()._to_bot(site, dialogue, parcel)
        self.busy = set()


class OneThingAtATime(Server):
    """Hears nothing from a bot that has not acknowledged yet."""

    post_class = BusyPost

    def _say(self, site: Site, dialogue: Dialogue, call: Fields, crossing: Crossing) -> Refuse | None:
        assert isinstance(self.post, BusyPost)
        if dialogue.chat_id in self.post.busy:
            raise Refused(400, "invalid_request", "acknowledge first")
        return super()._say(site, dialogue, call, crossing)


class OneAnswerEach(Server):
    """Takes one answer to each message of the visitor."""

    def _say(self, site: Site, dialogue: Dialogue, call: Fields, crossing: Crossing) -> Refuse | None:
        if dialogue.lines[-1].author is Author.BOT:
            raise Refused(400, "invalid_request", "it is the visitor's turn")
        return super()._say(site, dialogue, call, crossing)


class ImpatientEar(Server):
    """Takes no answer that comes late."""

    def _say(self, site: Site, dialogue: Dialogue, call: Fields, crossing: Crossing) -> Refuse | None:
        if self.clock.now() - dialogue.lines[-1].at > LATE:
            raise Refused(400, "invalid_request", "too late")
        return super()._say(site, dialogue, call, crossing)


class RemembersButtons(Server):
    """Remembers the ids of buttons, which the visitor's screen does not show, and tells them to the bot."""

    post_class = TellsButtonIds

    def _say(self, site: Site, dialogue: Dialogue, call: Fields, crossing: Crossing) -> Refuse | None:
        assert isinstance(self.post, TellsButtonIds)
        buttons = call.plain()["message"].get("buttons", [])
        self.post.ids = {button["text"]: button["id"] for button in buttons}
        return super()._say(site, dialogue, call, crossing)


class FormsEverywhere(Server):
    """Shows the rating form in messengers too."""

    def _ask_rating(self, site: Site, dialogue: Dialogue, crossing: Crossing) -> Refuse | None:
        moment = Moment(form=Form.RATING_FORM)
        return self.office.happen(site, dialogue, Happening.ASKS_RATING, moment, crossing.seq)


class NamelessOffice(Office):
    """Hides who speaks."""

    def _speaker(self, dialogue: Dialogue, author: Author, moment: Moment) -> dict[str, str]:
        del dialogue, author, moment
        return {}


class ForgetfulOffice(Office):
    """Forgets what webhooks answer."""

    def take_answer(self, site: Site, dialogue: Dialogue, event: str, answer: Answer, cause: int | None) -> None:
        """Forget it."""
