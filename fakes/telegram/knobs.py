"""What about Telegram could be otherwise: every point that is assumed or unknown, with its default."""

from __future__ import annotations

from dataclasses import Field, dataclass, fields
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from fakes.kit.knobs import BRIEFEST, choice, count, off, on, seconds, turned
from fakes.kit.webhooks import Patience

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MOST = 10_000  # of attempts, of calls


@dataclass(frozen=True, slots=True)
class Knobs:
    """The settings of one fake Telegram; times are in seconds."""

    # how updates are delivered to a webhook
    webhook_attempts: int = count(
        10, most=MOST, says="How often an update is attempted in all; then it is lost.", source="TGM-A1"
    )
    webhook_window: float = seconds(
        60.0, BRIEFEST, says="How long one attempt waits for the webhook's answer.", source="TGM-A2"
    )
    first_gap: float = seconds(
        1.0,
        says="How long Telegram waits after the first failed attempt; after each further one twice as long.",
        source="TGM-A1",
    )
    longest_gap: float = seconds(60.0, says="What the wait between two attempts does not exceed.", source="TGM-A1")
    order: str = choice(
        "chat",
        "bot",
        says="What keeps its order: an update that fails holds up those of its chat, or all of its bot.",
        source="TGM-A3",
    )
    answered_methods: bool = on(
        says="Whether a method in the webhook's answer is carried out.", source="protocol/telegram 1.3"
    )
    https_only: bool = off(
        says="Whether a webhook must have an https address; loopback has http alone.", source="TGM-A4"
    )
    ports_checked: bool = off(says="Whether a webhook must be at port 80, 88, 443 or 8443.", source="TGM-A4")
    # how long Telegram keeps things
    updates_kept: float = seconds(
        86400.0, BRIEFEST, says="How long an update waits to be received.", source="protocol/telegram 2.1"
    )
    path_valid: float = seconds(
        3600.0, BRIEFEST, says="How long a file can be downloaded after getFile.", source="protocol/telegram 3.6"
    )
    download_type: str = choice(
        "application/octet-stream",
        "its own",
        says="Under which Content-Type a file is downloaded.",
        source="TGM-A8",
    )
    press_open: float | None = seconds(
        None,
        BRIEFEST,
        says="How long after the press answerCallbackQuery is taken; none: always.",
        source="TGM-A5",
    )
    # how much a bot may do
    calls_per_second: int | None = count(
        None,
        most=MOST,
        says="How many calls a bot may make in one second; more are 429.",
        source="protocol/telegram 4.3",
    )
    messages_per_second: int | None = count(
        None,
        most=MOST,
        says="How many messages a bot may send into one chat in one second; more are 429.",
        source="protocol/telegram 4.3",
    )
    # what a bot sends
    fetches: bool = off(
        says="Whether Telegram fetches an address that a bot gives in place of a file.", source="protocol/telegram 4.2"
    )
    previews: bool = on(
        says="Whether the picture behind a link in a text is shown, unless the bot disables it.",
        source="protocol/telegram 4.2",
    )

    @property
    def one_attempt(self) -> Patience:
        """How one attempt of a delivery goes; Telegram's own gaps grow, and lie between such attempts."""
        return Patience(1, self.webhook_window)

    def gap(self, failed: int) -> float:
        """Tell how long Telegram waits after so many failed attempts, in seconds."""
        gap = self.first_gap
        for _ in range(failed - 1):
            gap *= 2
            if gap >= self.longest_gap or gap == 0:
                break
        return min(self.longest_gap, gap)

    def turned(self, changes: Mapping[str, Any]) -> Knobs:
        """Give the knobs with some turned; the special one ``profile`` turns a profile's.

        Raises:
            ValueError: there is no such knob, or it cannot stand so; the words say what could be.
        """
        return turned(self, "Telegram", PROFILES, changes)


PROFILES: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "loopback": {"https_only": False, "ports_checked": False, "fetches": False},
        "internet": {"https_only": True, "ports_checked": True, "fetches": True},
    }
)


def knobs() -> Iterator[Field[Any]]:
    """Go through the knobs; ``metadata`` holds ``says``, ``source``, and what it can be."""
    return iter(fields(Knobs))
