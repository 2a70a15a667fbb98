"""Servers that lie: in how they read calls, whose they take, and how they refuse them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from aiohttp import web
from yarl import URL

from fakes.livetex.machine import Happening, Moment
from fakes.livetex.post import encode
from fakes.livetex.server import UNREADABLE, Server
from fakes.livetex.wire.errors import Refused, invalid
from fakes.livetex.wire.objects import DEPARTMENT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakes.kit.ports import Crossing
    from fakes.livetex.site import Account


# which call it is, and whose


@dataclass(frozen=True)
class Misread:
    """A call as somebody sees it who misreads it."""

    method: str
    rel_url: URL
    content_type: str


class Misreads(Server):
    """Reads verb and address of a call otherwise than they came."""

    async def _answer(
        self, request: web.BaseRequest, body: bytes | None, value: Any, crossing: Crossing
    ) -> web.Response:
        misread = Misread(
            self.verb(request.method), URL(self.address(str(request.rel_url)), encoded=True), request.content_type
        )
        return await super()._answer(cast("web.BaseRequest", misread), body, value, crossing)

    def verb(self, verb: str) -> str:
        """Misread the verb."""
        return verb

    def address(self, address: str) -> str:
        """Misread path and query."""
        return address


class WantsAHeader(Misreads):
    """Wants the key in a header, and sees none in the address."""

    def address(self, address: str) -> str:
        """Leave the query out."""
        return address.partition("?")[0]


class OpenHouse(Misreads):
    """Takes calls under any key, and under none."""

    def address(self, address: str) -> str:
        """Read the right key, whatever stands there."""
        return f"{address.partition('?')[0]}?key={self._accounts[0].key}"


class KeysForEver(Server):
    """Lets every key that there ever was open the door."""

    def take_key(self, account: Account) -> None:
        """Leave it."""


class NewestVersionAlone(Misreads):
    """Has the newest version alone."""

    def address(self, address: str) -> str:
        """Read the others as ones that nobody knows."""
        return address.replace("/1.0/", "/0/").replace("/1.1/", "/0/")


class EverythingInTheOldest(Misreads):
    """Has in version 1.0 what came later."""

    def address(self, address: str) -> str:
        """Read it as 1.1."""
        return address.replace("/1.0/", "/1.1/")


class FutureVersions(Misreads):
    """Takes a version that is newer than all for the newest."""

    def address(self, address: str) -> str:
        """Read it as 1.2."""
        return address.replace("/1.3/", "/1.2/")


class FallsBack(Misreads):
    """Answers an account of the older product as version 1.0 does, whatever was asked."""

    def address(self, address: str) -> str:
        """Read any version as 1.0, if that is all that the account has."""
        if self._accounts[0].knobs.product != "omni 1.0":
            return address
        return address.replace("/1.1/", "/1.0/").replace("/1.2/", "/1.0/")


class AnyVerb(Misreads):
    """Takes a call by whatever verb."""

    def verb(self, verb: str) -> str:
        """Read it as the documented one."""
        del verb
        return "POST"


# how it refuses


class OtherErrors(Server):
    """Refuses with other errors than the documented ones."""

    async def _answer(
        self, request: web.BaseRequest, body: bytes | None, value: Any, crossing: Crossing
    ) -> web.Response:
        answer = await super()._answer(request, body, value, crossing)
        told = json.loads(cast("bytes", answer.body))
        if told["success"]:
            return answer
        status, told = self.refusal(answer.status, told)
        return web.Response(status=status, body=encode(told), content_type="application/json")

    def refusal(self, status: int, told: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Give status and body in another way."""
        return status, told


def refusing(code: int, status: int, as_code: int) -> type[OtherErrors]:
    """Make a LiveTex that refuses one error with another status and code."""

    class Refuses(OtherErrors):
        """Takes one error for another."""

        def refusal(self, status: int, told: dict[str, Any]) -> tuple[int, dict[str, Any]]:
            """Give the other."""
            return other if told["error_code"] == code else (status, told)

    other = status, {"success": False, "error_code": as_code, "error_message": "no"}
    return Refuses


class AlwaysAStatusOf200(OtherErrors):
    """Refuses in the body alone."""

    def refusal(self, status: int, told: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Give it with 200."""
        del status
        return 200, told


class AlwaysAStatusOf400(OtherErrors):
    """Has one status for all errors."""

    def refusal(self, status: int, told: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Give it with 400."""
        del status
        return 400, told


class CodesInWords(OtherErrors):
    """Writes error codes as strings."""

    def refusal(self, status: int, told: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Make it one."""
        return status, told | {"error_code": str(told["error_code"])}


class SilentErrors(OtherErrors):
    """Gives no reason."""

    def refusal(self, status: int, told: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Leave it out."""
        return status, {key: value for key, value in told.items() if key != "error_message"}


# which bodies it takes


class EmptyIsPlain(Server):
    """Takes an empty body for an empty object, and finds it lacking."""

    async def _answer(
        self, request: web.BaseRequest, body: bytes | None, value: Any, crossing: Crossing
    ) -> web.Response:
        return await super()._answer(request, body or b"{}", value if body else {}, crossing)


class UnreadableIsNothing(Server):
    """Takes a body that cannot be read for one of null."""

    async def _answer(
        self, request: web.BaseRequest, body: bytes | None, value: Any, crossing: Crossing
    ) -> web.Response:
        return await super()._answer(request, body, None if value is UNREADABLE else value, crossing)


class TakesAnything(Server):
    """Answers every faulty call as if it were none."""

    async def _take(
        self, account: Account, version: str, method: str, value: Any, crossing: Crossing
    ) -> Mapping[str, Any]:
        try:
            return await super()._take(account, version, method, value, crossing)
        except Refused:
            return {"success": True}


class KeepsWhatItRefuses(Server):
    """Refuses a faulty message, and keeps it."""

    async def _take(
        self, account: Account, version: str, method: str, value: Any, crossing: Crossing
    ) -> Mapping[str, Any]:
        try:
            return await super()._take(account, version, method, value, crossing)
        except Refused:
            if method in {"sendText", "sendFile"}:
                visitor = self.office.visitor(account, str(value.get("user_id", "")))
                self.office.happen(account, visitor, Happening.SENDS, Moment("-"), crossing.seq)
            raise


class Mends(Server):
    """Mends bodies before it reads them."""

    async def _take(
        self, account: Account, version: str, method: str, value: Any, crossing: Crossing
    ) -> Mapping[str, Any]:
        mended = self.mend(account, method, dict(value)) if isinstance(value, dict) else value
        return await super()._take(account, version, method, mended, crossing)

    def mend(self, account: Account, method: str, value: dict[str, Any]) -> dict[str, Any]:
        """Mend a body."""
        del account, method
        return value


class TakesNumbers(Mends):
    """Takes numbers for ids."""

    def mend(self, account: Account, method: str, value: dict[str, Any]) -> dict[str, Any]:
        """Make strings of them; any number is the first group's."""
        del method
        strings = {"user_id": str(value.get("user_id")), "destination_id": account.groups[0].group_id}
        return value | {key: string for key, string in strings.items() if isinstance(value.get(key), int)}


class TakesNestedAttributes(Mends):
    """Writes nested attributes down as they look."""

    def mend(self, account: Account, method: str, value: dict[str, Any]) -> dict[str, Any]:
        """Make words of them."""
        del account, method
        given = value.get("attributes", {})
        return value | ({"attributes": {name: str(part) for name, part in given.items()}} if given else {})


class AnyGroup(Mends):
    """Sends a dialogue to the first group, if there is none of the id that was given."""

    def mend(self, account: Account, method: str, value: dict[str, Any]) -> dict[str, Any]:
        """Choose that one."""
        del method
        if isinstance(value.get("destination_id"), str) and account.group(value["destination_id"]) is None:
            value["destination_id"] = account.groups[0].group_id
        return value


class AnyKindOfDestination(Mends):
    """Does not look at what kind of destination is chosen, since there is one alone."""

    def mend(self, account: Account, method: str, value: dict[str, Any]) -> dict[str, Any]:
        """Make it that one."""
        del account
        return value | ({"destination_type": DEPARTMENT} if method == "selectDestination" else {})


class LongerPages(Mends):
    """Gives a history of 21, unless another limit is given."""

    def mend(self, account: Account, method: str, value: dict[str, Any]) -> dict[str, Any]:
        """Set that limit."""
        del account
        return {"limit": 21, **value} if method == "getHistory" else value


class NewestAlways(Mends):
    """Gives the newest of a history, whatever message is named."""

    def mend(self, account: Account, method: str, value: dict[str, Any]) -> dict[str, Any]:
        """Forget which."""
        del account, method
        return {key: part for key, part in value.items() if key not in {"message_id", "messageId", "chunk"}}


class OtherWayRound(Mends):
    """Takes before for after."""

    def mend(self, account: Account, method: str, value: dict[str, Any]) -> dict[str, Any]:
        """Exchange them."""
        del account, method
        return value | ({"chunk": "Before" if value["chunk"] == "After" else "After"} if "chunk" in value else {})


class Unready(Server):
    """Refuses a message that no operator could get."""

    async def _take(
        self, account: Account, version: str, method: str, value: Any, crossing: Crossing
    ) -> Mapping[str, Any]:
        if method == "sendText" and not self.ready(account, value["user_id"]):
            raise invalid("nobody is there")
        return await super()._take(account, version, method, value, crossing)

    def ready(self, account: Account, user_id: str) -> bool:
        """Tell whether an operator could get it."""
        raise NotImplementedError  # each in its own way


class WantsAGroupFirst(Unready):
    """Refuses a message while no group is chosen."""

    def ready(self, account: Account, user_id: str) -> bool:
        """Look for the group."""
        return user_id in account.visitors and account.visitors[user_id].group is not None


class WantsSomebody(Unready):
    """Refuses a message while nobody is online."""

    def ready(self, account: Account, user_id: str) -> bool:
        """Look for anybody."""
        del user_id
        return any(account.has_online(group) for group in account.groups)
