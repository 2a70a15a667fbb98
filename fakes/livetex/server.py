"""The aiohttp half of the fake LiveTex: one process, many contact points; the bridges' calls come in here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import aiohttp
from aiohttp import web

from fakes.kit.blow import undergo
from fakes.kit.contract import parse
from fakes.kit.fields import Fields
from fakes.kit.listener import Listener
from fakes.kit.ports import Fact, Struck
from fakes.kit.ports import Moment as Point
from fakes.kit.tenants import Tenants
from fakes.kit.webhooks import Courier, within
from fakes.livetex.clerk import Clerk
from fakes.livetex.control import Control
from fakes.livetex.machine import varied
from fakes.livetex.office import Office
from fakes.livetex.post import GUEST, HEADERS, Post, encode
from fakes.livetex.site import NAME, Account, Visitor
from fakes.livetex.wire import calls, errors
from fakes.livetex.wire.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakes.kit.ports import Chance, Clock, Crossing, Ids, Weather, Witness
    from fakes.livetex.knobs import Knobs
    from fakes.livetex.machine import Key, Row

BODY_WINDOW = 10.0  # seconds in which a call must have come in whole; ours, since nobody says
KEY_LENGTH = 50  # a published sample has so many characters (protocol/livetex 1.2)
ANYBODY = {"Access-Control-Allow-Origin": "*"}  # a browser's page is a client, too (protocol/livetex 1.1)
UNREADABLE: Any = object()  # a body that is no JSON


FAULTY_CHOICE = ("choices", "selectDestination")


class Server:
    """One process of LiveTex: many contact points, found by key.

    A lying one is a subclass, with an office, a post or people that lie.
    """

    control_class: ClassVar[type[Control]] = Control
    office_class: ClassVar[type[Office]] = Office
    post_class: ClassVar[type[Post]] = Post

    def __init__(  # noqa: PLR0913 - the ports
        self,
        *,
        clock: Clock,
        ids: Ids,
        chance: Chance,
        witness: Witness,
        weather: Weather,
        table: Mapping[Key, Row],
        knobs: Knobs,
        connector: aiohttp.BaseConnector | None,
    ) -> None:
        """Take the ports; nothing listens yet, and nothing is left to chance."""
        del chance
        self.clock = clock
        self.ids = ids
        self.witness = witness
        self._weather = weather
        self._table = table
        self._knobs = knobs
        self._tenants: Tenants[Account] = Tenants()
        self._accounts: list[Account] = []
        self._listener = Listener(self.hear)
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=None),
            headers={"User-Agent": "LiveTex"},
        )
        courier = Courier(self._session, clock, weather, HEADERS)
        self.post = self.post_class(clock=clock, witness=witness, courier=courier)
        self.office = self.office_class(clock=clock, ids=ids, witness=witness, post=self.post)
        self.clerk = Clerk(self.office, self.post)
        self.url = ""

    async def open(self, host: str, port: int) -> int:
        """Listen; answers the port."""
        port = await self._listener.open(host, port)
        self.url = f"http://{host}" if port == 80 else f"http://{host}:{port}"  # noqa: PLR2004 - HTTP's own port
        return port

    async def close(self) -> None:
        """Stop listening, drop what is under way."""
        await self._listener.close()
        for account in self._accounts:
            for visitor in account.visitors.values():
                self.office.disarm(visitor)
        await self.post.close()
        await self._session.close()

    # accounts

    def found(self) -> Account:
        """Found an account with a contact point, in which there is nothing yet."""
        knobs = self._knobs
        account = Account(str(self.ids.number("touch point")), "", knobs, varied(self._table, knobs.variants))
        self.give_key(account)
        self._accounts.append(account)
        return account

    def addressees(self) -> frozenset[str]:
        """Tell the keys that the accounts have, or had."""
        return frozenset(
            secret for account in self._accounts for name, secret in account.secrets.items() if name.startswith("key-")
        )

    def turn(self, account: Account, changes: Mapping[str, Any]) -> None:
        """Turn knobs of an account.

        Raises:
            ValueError: there is no such knob, or it cannot stand so.
        """
        account.knobs = account.knobs.turned(changes)
        account.table = varied(self._table, account.knobs.variants)

    def give_key(self, account: Account) -> None:
        """Generate another key; the one before opens nothing any more."""
        self.take_key(account)
        account.key = (self.ids.uuid() + self.ids.uuid()).replace("-", "")[:KEY_LENGTH]
        account.hide("key", account.key)
        self._tenants.admit(account.key, account)

    def take_key(self, account: Account) -> None:
        """Let a contact point have no key."""
        self._tenants.dismiss(account.key, account)
        account.key = ""

    # calls in

    async def hear(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer a call."""
        body: bytes | None = None
        value = UNREADABLE
        try:
            body = await within(self.clock, BODY_WINDOW, request.read())
            value = parse(body)
        except (TimeoutError, web.HTTPRequestEntityTooLarge, web.RequestPayloadError, ValueError):
            pass  # whatever is wrong with a body, LiveTex has one word for it: Wrong JSON format
        crossing = self.witness.crossing(
            sender=GUEST,
            receiver=NAME,
            event=calls.named(request.rel_url.raw_path),
            method=request.method,
            url=request.raw_path if "://" in request.raw_path else f"{self.url}{request.raw_path}",
            headers=request.headers,
            body=body or b"",
            cause=None,
            vendor=NAME,
        )
        answer: web.Response | None = None
        try:
            await self._weather.strike(Point.ACCEPT, crossing)
            answer = await self._answer(request, body, value, crossing)
            await self._weather.strike(Point.AFTER, crossing)
        except Struck as struck:
            return await undergo(request, struck, crossing, self.clock, answer)
        crossing.answered(answer.status, answer.headers, answer.body if isinstance(answer.body, bytes) else b"")
        return answer

    async def _answer(
        self, request: web.BaseRequest, body: bytes | None, value: Any, crossing: Crossing
    ) -> web.Response:
        """Check path and verb (404), key (400, 401), product (403), body (400), JSON (400), fields (400): LTX-A2."""
        key = calls.key(request.rel_url.raw_query_string)
        account: Account | None = self._tenants.find(key)
        try:
            version, method = _addressed(request, account)
            if account is None:
                raise errors.unknown_key() if key else errors.no_key()
            calls.check_product(version, method, account.knobs)
            if method not in calls.WITHOUT_BODY:
                _check_body(request, body, value, account.knobs, crossing)
            answer = await self._take(account, version, method, value, crossing)
        except Refused as refused:
            return _written(refused.body, refused.status, self._knobs if account is None else account.knobs)
        return _written(answer, 200, account.knobs)

    async def _take(
        self, account: Account, version: str, method: str, value: Any, crossing: Crossing
    ) -> Mapping[str, Any]:
        try:
            calls.check_webhook_url(method, value, account.knobs)
            seen = calls.checked(method, value, version, account.knobs)
            call = Fields(seen)
            await self._weather.strike(Point.BEFORE, crossing)
            if account.knobs.server_fault == "always" or (account.knobs.server_fault, method) == FAULTY_CHOICE:
                raise errors.server_fault()  # last of all, in place of the effect (LTX-A2)
            answer = self.clerk.take(account, version, method, call, crossing.seq)
        except Refused as refused:
            crossing.violates(calls.faults(method, value))
            self._testify_refusal(method, value, refused, crossing.seq)
            raise
        crossing.unread([*call.unread(), *calls.unseen(value, seen)])
        return {"success": True, **answer}

    def _testify_refusal(self, method: str, value: Any, refused: Refused, cause: int) -> None:
        """Testify that something of a visitor's was refused, if it can be told whose it was."""
        user_id = value.get("user_id") if method in calls.OF_A_VISITOR and isinstance(value, dict) else None
        if isinstance(user_id, str):
            self.office.testify(Fact.REFUSED, Visitor(user_id), cause, reason=str(refused.code))


def _addressed(request: web.BaseRequest, account: Account | None) -> tuple[str, str]:
    """Tell version and method; one that another version has is as unknown as any, unless the account's knob differs."""
    path = request.rel_url.raw_path
    version, method = calls.route(request.method, path)
    not_found = account is None or account.knobs.outside_version == 404  # noqa: PLR2004 - not found
    if version not in calls.METHODS[method] and not_found:
        raise errors.unsupported(request.method, path)
    return version, method


def _check_body(request: web.BaseRequest, body: bytes | None, value: Any, knobs: Knobs, crossing: Crossing) -> None:
    """Make sure that there is a body that can be read; one of None did not come in whole."""
    if body == b"":
        raise errors.empty_body()
    if request.content_type != "application/json":
        if knobs.strict_content_type:
            raise errors.wrong_json()
        crossing.remarks([f"Content-Type {request.content_type}: application/json is documented (1.1)"])
    if value is UNREADABLE:
        raise errors.wrong_json()


def _written(body: Mapping[str, Any], status: int, knobs: Knobs) -> web.Response:
    headers = {"Content-Type": knobs.answer_type, **ANYBODY}
    return web.Response(status=status, body=encode(body), headers=headers)
