"""What a fake asks of whoever runs it: time, names, chance, a witness and the weather.

The fakes declare these as protocols and import no one; the harness's own objects fit them by shape.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence


class Timer(Protocol):
    """Something that will happen unless it is called off."""

    def cancel(self) -> None:
        """Call it off; harmless when it has happened."""


class Clock(Protocol):
    """The vendor's time."""

    def now(self) -> float:
        """Tell the instant, in seconds since 1970-01-01 UTC."""

    def elapsed(self) -> float:
        """Tell the seconds since some instant of its own: the same time, as exactly as timers have it."""

    def call_later(self, seconds: float, callback: Callable[..., object], *args: object) -> Timer:
        """Call back after so many seconds."""


class Ids(Protocol):
    """The vendor's way of naming things."""

    def uuid(self) -> str:
        """Make a new UUID, as a string."""

    def number(self, kind: str) -> int:
        """Make the next number of a kind, such as ``chat``; kinds count apart."""


class Dice(Protocol):
    """One stream of chance (``random.Random`` fits)."""

    def random(self) -> float:
        """Draw from [0, 1)."""

    def uniform(self, a: float, b: float) -> float:
        """Draw from [a, b]."""


class Chance(Protocol):
    """All chance there is, in streams that do not disturb one another."""

    def stream(self, name: str) -> Dice:
        """Give the stream of that name, always the same one."""


class Crossing(Protocol):
    """One request with its answer, being written down."""

    @property
    def seq(self) -> int:
        """Tell its place in the record, for whatever it causes."""

    def answered(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        """Write down what came back."""

    def failed(self, reason: str) -> None:
        """Write down why nothing came back."""

    def violates(self, violations: Sequence[str]) -> None:
        """Write down where what was sent breaks its schema."""

    def unread(self, fields: Sequence[str]) -> None:
        """Write down which fields of what the guest sent or answered the fake had no use for, as JSON pointers."""

    def remarks(self, oddities: Sequence[str]) -> None:
        """Write down what is odd about what the guest sent or answered, though it was taken."""


class Fact(StrEnum):
    """What a fake testifies to, beyond what the wire shows."""

    ACCEPTED = "accepted"
    BUFFERED = "buffered"  # taken, and kept from everybody until later
    FLUSHED = "flushed"  # given on after all
    SHOWN = "shown"
    REFUSED = "refused"
    EXPIRED = "expired"
    OWNER = "owner"
    READ = "read"  # somebody at the vendor reads it: an operator in the chat or the card, the administrator elsewhere


class Witness(Protocol):
    """Whoever writes down what happens.

    ``cause`` is the ``seq`` of the act or the crossing from which a thing follows; None when nobody caused it.
    """

    def act(self, who: str, did: str, **details: Any) -> int:
        """Write down that a person did something; answers its seq."""

    def fact(self, fact: Fact, *, cause: int | None, **details: Any) -> None:
        """Write down what the fake knows to be so."""

    def crossing(  # noqa: PLR0913 - the parts of a request
        self,
        *,
        sender: str,
        receiver: str,
        event: str,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes,
        cause: int | None,
        **details: Any,
    ) -> Crossing:
        """Open the record of a request; the fake calls it for both directions, once per attempt."""


class Moment(StrEnum):
    """Where weather may strike."""

    ACCEPT = "accept"  # a request to the fake was read
    BEFORE = "before"  # it was understood, nothing has changed yet
    AFTER = "after"  # everything has changed, nothing was answered yet
    HOLD = "hold"  # the fake has something to tell, and has not attempted it yet
    OUTGOING = "outgoing"  # the fake is about to send
    RETURN = "return"  # the guest has answered, and the fake has not looked at it yet


class Struck(Exception):  # noqa: N818 - weather is not an error
    """The weather decided this exchange: answer with ``status``, or break the connection when it is None.

    At ``AFTER`` the true answer may be changed instead: ``pieces`` is given its body, and gives what is to be sent of
    it, each piece when it is due; if they are not all of it, the connection breaks behind them.
    """

    def __init__(
        self,
        status: int | None,
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
        *,
        silent: bool = False,
        pieces: Callable[[bytes], AsyncIterator[bytes]] | None = None,
    ) -> None:
        """Tell what the sender gets instead of an answer; ``silent`` is nothing, not even a broken connection."""
        super().__init__(f"struck: {status or ('silence' if silent else 'pieces' if pieces else 'reset')}")
        self.status = status
        self.headers = dict(headers or {})
        self.body = body
        self.silent = silent
        self.pieces = pieces


class Weather(Protocol):
    """Decides whether a fault strikes; the fake applies it.

    Attributes:
        fair: whether nothing can strike at this moment, so that nobody need ask.
    """

    fair: bool

    async def strike(self, moment: Moment, crossing: Crossing) -> None:
        """Return at once in fair weather; sleep to delay; raise ``Struck`` to decide the exchange."""

    async def hold(self, vendor: str, event: str, again: Callable[[], Awaitable[object]]) -> None:
        """Return at once in fair weather; sleep to keep back what is to be told, before its first attempt.

        ``again`` attempts it once more, whatever becomes of the first; its crossings are its own.
        """


class Fair:
    """The weather of every day: nothing strikes."""

    fair = True

    async def strike(self, moment: Moment, crossing: Crossing) -> None:
        """Let it pass."""

    async def hold(self, vendor: str, event: str, again: Callable[[], Awaitable[object]]) -> None:
        """Let it go."""


FAIR = Fair()
