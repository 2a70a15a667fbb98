"""The aiohttp half of the fake Telegram: one process, many bots; their calls come in here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import aiohttp
from aiohttp import web

from fakes.kit.blow import undergo
from fakes.kit.contract import schema
from fakes.kit.fields import Fields
from fakes.kit.listener import Listener
from fakes.kit.ports import Fact, Moment, Struck
from fakes.kit.tenants import Tenants
from fakes.kit.webhooks import Window, within
from fakes.telegram.content import ANY
from fakes.telegram.control import Control
from fakes.telegram.errors import NOT_FOUND, UNAUTHORIZED, WRONG_VERB, Refused, bad
from fakes.telegram.messenger import Messenger
from fakes.telegram.methods import METHODS, POLL
from fakes.telegram.methods.call import Call, pace
from fakes.telegram.post import GUEST, Post
from fakes.telegram.site import NAME, Bot, Person
from fakes.telegram.wire import answer as answers
from fakes.telegram.wire import call as calls

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from fakes.kit.ports import Chance, Clock, Crossing, Ids, Weather, Witness
    from fakes.telegram.knobs import Knobs
    from fakes.telegram.wire.call import Parameters

MOST_WORDS = 300  # characters of a refusal's words, which may quote what was sent
BODY_WINDOW = 60.0  # seconds in which a call must have come in whole; ours, since nobody says
FETCH_WINDOW = 10.0  # seconds that Telegram waits for a file at an address; ours, since nobody says
MOST_OF_A_CALL = 1024 * 1024  # bytes, without files
MOST_WITH_FILES = 51 * 1024 * 1024
BY_NAME = {name.lower(): name for name in METHODS}  # names are case-insensitive
EMPTY = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "file_id": "file_id not specified",
    **{kind: f"there is no {kind} in the request" for kind in ("photo", "video", "audio", "voice", "document")},
}  # what Telegram says where a parameter is missing


@dataclass(frozen=True, slots=True)
class Heard:
    """One call as it came in: ``name`` is the method's, ``trouble`` what is wrong with the body."""

    request: web.BaseRequest
    token: str
    name: str
    body: bytes
    parameters: Parameters
    trouble: str


class Server:
    """One process of Telegram: people, and many bots, found by their tokens.

    A lying one is a subclass, with a messenger, a post or people that lie.
    """

    control_class: ClassVar[type[Control]] = Control
    messenger_class: ClassVar[type[Messenger]] = Messenger
    post_class: ClassVar[type[Post]] = Post

    def __init__(  # noqa: PLR0913 - the ports
        self,
        *,
        clock: Clock,
        ids: Ids,
        chance: Chance,
        witness: Witness,
        weather: Weather,
        knobs: Knobs,
        connector: aiohttp.BaseConnector | None,
    ) -> None:
        """Take the ports; nothing listens yet."""
        del chance  # nothing here happens by chance
        self.clock = clock
        self.ids = ids
        self.witness = witness
        self.people: dict[int, Person] = {}
        self._weather = weather
        self._knobs = knobs
        self._tenants: Tenants[Bot] = Tenants()
        self._bots: list[Bot] = []
        self._listener = Listener(self.hear)
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=None),
            headers={"User-Agent": "TelegramBot (like TwitterBot)"},
        )
        self.post = self.post_class(clock=clock, ids=ids, witness=witness, weather=weather, session=self._session)
        self.post.carry_out = self._carry_out
        self.messenger = self.messenger_class(clock=clock, ids=ids, witness=witness, post=self.post)
        self.url = ""

    async def open(self, host: str, port: int) -> int:
        """Listen; answers the port."""
        port = await self._listener.open(host, port)
        self.url = f"http://{host}" if port == 80 else f"http://{host}:{port}"  # noqa: PLR2004 - HTTP's own port
        return port

    async def close(self) -> None:
        """Stop listening, drop what is under way."""
        await self._listener.close()
        await self.post.close()
        await self._session.close()

    # bots

    def found(self) -> Bot:
        """Make a bot, to which nobody wrote yet."""
        number = self.ids.number("bot")
        bot = Bot(number, self._token(number), "Бот", f"deskcheck_{number}_bot", self._knobs)
        self._tenants.admit(bot.token, bot)
        self._bots.append(bot)
        return bot

    def addressees(self) -> frozenset[str]:
        """Tell the numbers of the bots, with which their tokens begin."""
        return frozenset(str(bot.id) for bot in self._bots)

    def revoke(self, bot: Bot) -> None:
        """Give a bot another token; the old one opens nothing any more."""
        self._tenants.dismiss(bot.token, bot)
        bot.old_tokens.append(bot.token)
        bot.token = self._token(bot.id)
        self._tenants.admit(bot.token, bot)

    def _token(self, number: int) -> str:
        return f"{number}:AAH{self.ids.uuid().replace('-', '')}"

    # calls in

    async def hear(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer a call."""
        wanted = calls.downloaded(request.rel_url.raw_path)
        if wanted is not None:
            crossing = self._record(request, "download", b"", None)
            return await self._exchange(request, crossing, lambda: self._download(request, *wanted))
        heard = await self._heard(request)
        if heard.name == POLL:
            return await self._polled(heard)
        crossing = self._record(request, heard.name, heard.body, None)
        return await self._exchange(request, crossing, lambda: self._answer(heard, crossing))

    async def _heard(self, request: web.BaseRequest) -> Heard:
        """Read a call whole; what is written down of it are its parameters as JSON, or a JSON body as it came."""
        token, method = calls.called(request.rel_url.raw_path) or ("", "")
        body, trouble = b"", ""
        parameters = calls.Parameters({})
        try:
            body = await within(self.clock, BODY_WINDOW, _body(request))
            content_type = request.headers.get("Content-Type", "")
            parameters = calls.parameters(request.rel_url.raw_query_string, content_type, body)
            if parameters.values and request.content_type != "application/json":
                body = answers.encode(parameters.record)
        except TimeoutError:
            trouble = f"the body did not come within {BODY_WINDOW:g} s"
        except web.RequestPayloadError:
            trouble = "the body cannot be read"
        except ValueError as error:
            trouble = f"can't parse the body: {error}"
        return Heard(request, token, BY_NAME.get(method.lower(), method), body, parameters, trouble)

    def _record(self, request: web.BaseRequest, event: str, body: bytes, cause: int | None) -> Crossing:
        return self.witness.crossing(
            sender=GUEST,
            receiver=NAME,
            event=event,
            method=request.method,
            url=request.raw_path if "://" in request.raw_path else f"{self.url}{request.raw_path}",
            headers=request.headers,
            body=body,
            cause=cause,
            vendor=NAME,
        )

    async def _exchange(
        self, request: web.BaseRequest, crossing: Crossing, answering: Callable[[], Awaitable[web.Response]]
    ) -> web.StreamResponse:
        answer: web.Response | None = None
        try:
            await self._weather.strike(Moment.ACCEPT, crossing)
            answer = await answering()
            await self._weather.strike(Moment.AFTER, crossing)
        except Struck as struck:
            return await undergo(request, struck, crossing, self.clock, answer)
        kept = answer.body if answer.content_type == "application/json" and isinstance(answer.body, bytes) else b""
        crossing.answered(answer.status, answer.headers, kept)  # of a file's bytes nothing is written down
        return answer

    async def _answer(self, heard: Heard, crossing: Crossing) -> web.Response:
        """Check a call.

        In this order: form (404), token (401), method (404), verb (405), rate (429), body (400),
        parameters (400), chat (400).
        """
        try:
            bot = self._caller(heard)
            return _done(await self._perform(bot, heard.name, heard.parameters, crossing))
        except Refused as refused:
            return _refusal(refused)

    def _caller(self, heard: Heard) -> Bot:
        bot = self._bot(heard.token)
        if heard.name not in METHODS:
            raise Refused(404, NOT_FOUND)
        if heard.request.method not in {"GET", "POST"}:
            raise Refused(405, WRONG_VERB)
        pace(bot.called_at, self.clock.now(), bot.knobs.calls_per_second)
        if heard.trouble:
            raise bad(heard.trouble)
        return bot

    def _bot(self, token: str) -> Bot:
        if not calls.TOKEN.fullmatch(token):
            raise Refused(404, NOT_FOUND)
        bot = self._tenants.find(token)
        if bot is None:
            raise Refused(401, UNAUTHORIZED)
        return bot

    async def _perform(self, bot: Bot, name: str, parameters: Parameters, crossing: Crossing) -> Any:
        fields, violations = _understood(name, parameters)
        crossing.violates(violations)
        try:
            if violations:
                raise _unfit(name, fields.plain(), violations[0])
            await self._weather.strike(Moment.BEFORE, crossing)
            result = await METHODS[name](self._call(bot, fields, parameters, crossing.seq))
        except Refused as refused:
            self._testify(bot, fields.plain().get("chat_id"), refused, crossing)
            raise
        crossing.unread(fields.unread())
        return result

    def _call(self, bot: Bot, fields: Fields, parameters: Parameters, cause: int) -> Call:
        async def fetch(address: str, most: int) -> tuple[str, bytes]:
            return await self._fetch(address, most, cause)

        return Call(bot, fields, parameters.uploads, cause, self.people, self.clock, self.messenger, self.post, fetch)

    def _testify(self, bot: Bot, number: Any, refused: Refused, crossing: Crossing) -> None:
        chat = bot.chats.get(number) if isinstance(number, int) else None
        if chat is not None:
            self.messenger.testify(Fact.REFUSED, chat, crossing.seq, reason=str(refused)[:MOST_WORDS])

    async def _carry_out(self, bot: Bot, name: str, values: dict[str, Any], crossing: Crossing) -> None:
        """Do what a webhook's answer asks for; whether it worked, nobody is told (protocol/telegram 1.3)."""
        method = BY_NAME.get(name.lower())
        if method is None or method.startswith("get") or method in {"setWebhook", "deleteWebhook"}:
            crossing.remarks([f"the answer asks for {name[:MOST_WORDS]!r}, which cannot be asked for so"])
            return
        try:
            await self._perform(bot, method, calls.Parameters(values), crossing)
        except Refused as refused:
            crossing.remarks([f"the answer asks for {method}, which was refused: {str(refused)[:MOST_WORDS]}"])
        except Struck as struck:
            crossing.remarks([f"the answer asks for {method}, which was not done: {struck}"])

    # long polls

    async def _polled(self, heard: Heard) -> web.StreamResponse:
        """Answer getUpdates; a call that brings nothing is not written down, or a bot that polls would never rest."""
        cause: int | None = None
        violations: list[str] = []
        try:
            bot = self._caller(heard)
            fields, violations = _understood(POLL, heard.parameters)
            if violations:
                raise bad(violations[0])
            found = await METHODS[POLL](self._call(bot, fields, heard.parameters, 0))
            answer = _done(found)
            if not found:
                return answer
            cause = bot.updates[0].cause
        except Refused as refused:
            answer = _refusal(refused)
        crossing = self._record(heard.request, POLL, heard.body, cause)
        crossing.violates(violations)

        async def give() -> web.Response:
            return answer

        return await self._exchange(heard.request, crossing, give)

    # files

    async def _download(self, request: web.BaseRequest, token: str, path: str) -> web.Response:
        try:
            bot = self._bot(token)
        except Refused as refused:
            return _refusal(refused)
        if request.method != "GET":
            return _refusal(Refused(405, WRONG_VERB))
        found = self.messenger.bytes_of(bot, path)
        if found is None:
            return _refusal(Refused(404, NOT_FOUND))
        mime, content = found
        return web.Response(body=content, content_type=mime if bot.knobs.download_type == "its own" else ANY)

    async def _fetch(self, address: str, most: int, cause: int) -> tuple[str, bytes]:
        """Get what is at an address, as Telegram does for a bot that gives one in place of a file.

        Raises:
            Refused: nothing came, something else than a file, or too much.
        """
        crossing = self.witness.crossing(
            sender=NAME,
            receiver=GUEST,
            event="fetch",
            method="GET",
            url=address,
            headers={},
            body=b"",
            cause=cause,
            vendor=NAME,
        )
        try:
            async with Window(self.clock, FETCH_WINDOW), self._session.get(address) as came:
                content = await came.content.read(most + 1)
                while len(content) <= most and (more := await came.content.read(most + 1 - len(content))):
                    content += more
                crossing.answered(came.status, came.headers, b"")
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
            crossing.failed(f"{type(error).__name__}: {error}")
            raise bad("failed to get HTTP URL content") from None
        if came.status != 200 or not 0 < len(content) <= most:  # noqa: PLR2004 - a file is there, or it is not
            raise bad("failed to get HTTP URL content")
        return came.content_type, content


async def _body(request: web.BaseRequest) -> bytes:
    """Read a body.

    Raises:
        ValueError: it is longer than it may be.
    """
    most = MOST_WITH_FILES if request.content_type == "multipart/form-data" else MOST_OF_A_CALL
    whole = bytearray()
    while chunk := await request.content.readany():
        whole += chunk
        if len(whole) > most:
            raise ValueError("it is too large")
    return bytes(whole)


def _understood(name: str, parameters: Parameters) -> tuple[Fields, list[str]]:
    treaty = schema(NAME, name)
    values = calls.typed(parameters.values, treaty.source)
    return Fields(values), treaty.violations(values)


def _unfit(name: str, values: Mapping[str, Any], violation: str) -> Refused:
    """Say in Telegram's words, where they are known, what a call lacks."""
    if "reply_markup" in values and not isinstance(values["reply_markup"], dict):
        return bad("object expected as reply markup")
    required = schema(NAME, name).source.get("required", ())
    missing = next((key for key in required if key in EMPTY and values.get(key) in (None, "")), None)
    return bad(EMPTY[missing] if missing else violation[:MOST_WORDS])


def _done(result: Any) -> web.Response:
    return web.Response(body=answers.done(result), content_type="application/json")


def _refusal(refused: Refused) -> web.Response:
    headers = {} if refused.retry_after is None else {"Retry-After": str(refused.retry_after)}
    body = answers.error(refused)
    return web.Response(status=refused.status, body=body, headers=headers, content_type="application/json")
