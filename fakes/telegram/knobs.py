"""What about Telegram could be otherwise: every point that is assumed or unknown, with its default."""

from __future__ import annotations

from dataclasses import Field, dataclass, field, fields, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from fakes.kit.webhooks import Patience

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LONGEST = 365 * 24 * 3600.0  # seconds; nobody waits longer for anything
BRIEFEST = 0.001  # seconds
MOST = 10_000  # of attempts, of calls


def _choice(default: str, *others: str, says: str, source: str) -> Any:
    return field(default=default, metadata={"says": says, "source": source, "choices": (default, *others)})


def _off(*, says: str, source: str) -> Any:
    return field(default=False, metadata={"says": says, "source": source})


def _on(*, says: str, source: str) -> Any:
    return field(default=True, metadata={"says": says, "source": source})


def _seconds(default: float | None, least: float = 0.0, *, says: str, source: str) -> Any:
    about = {"says": says, "source": source, "kinds": (int, float), "least": least, "most": LONGEST}
    return field(default=default, metadata=about)


def _count(default: int | None, *, says: str, source: str) -> Any:
    return field(default=default, metadata={"says": says, "source": source, "kinds": (int,), "least": 1, "most": MOST})


@dataclass(frozen=True, slots=True)
class Knobs:
    """The settings of one fake Telegram; times are in seconds."""

    # how updates are delivered to a webhook
    webhook_attempts: int = _count(
        10, says="How often an update is attempted in all; then it is lost.", source="TGM-A1"
    )
    webhook_window: float = _seconds(
        60.0, BRIEFEST, says="How long one attempt waits for the webhook's answer.", source="TGM-A2"
    )
    first_gap: float = _seconds(
        1.0,
        says="How long Telegram waits after the first failed attempt; after each further one twice as long.",
        source="TGM-A1",
    )
    longest_gap: float = _seconds(60.0, says="What the wait between two attempts does not exceed.", source="TGM-A1")
    order: str = _choice(
        "chat",
        "bot",
        says="What keeps its order: an update that fails holds up those of its chat, or all of its bot.",
        source="TGM-A3",
    )
    answered_methods: bool = _on(
        says="Whether a method in the webhook's answer is carried out.", source="protocol/telegram 1.3"
    )
    https_only: bool = _off(
        says="Whether a webhook must have an https address; loopback has http alone.", source="TGM-A4"
    )
    ports_checked: bool = _off(says="Whether a webhook must be at port 80, 88, 443 or 8443.", source="TGM-A4")
    # how long Telegram keeps things
    updates_kept: float = _seconds(
        86400.0, BRIEFEST, says="How long an update waits to be received.", source="protocol/telegram 2.1"
    )
    path_valid: float = _seconds(
        3600.0, BRIEFEST, says="How long a file can be downloaded after getFile.", source="protocol/telegram 3.6"
    )
    download_type: str = _choice(
        "application/octet-stream",
        "its own",
        says="Under which Content-Type a file is downloaded.",
        source="TGM-A8",
    )
    press_open: float | None = _seconds(
        None,
        BRIEFEST,
        says="How long after the press answerCallbackQuery is taken; none: always.",
        source="TGM-A5",
    )
    # how much a bot may do
    calls_per_second: int | None = _count(
        None, says="How many calls a bot may make in one second; more are 429.", source="protocol/telegram 4.3"
    )
    messages_per_second: int | None = _count(
        None,
        says="How many messages a bot may send into one chat in one second; more are 429.",
        source="protocol/telegram 4.3",
    )
    # what a bot sends
    fetches: bool = _off(
        says="Whether Telegram fetches an address that a bot gives in place of a file.", source="protocol/telegram 4.2"
    )
    previews: bool = _on(
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
        profile = changes.get("profile")
        if "profile" in changes and (not isinstance(profile, str) or profile not in PROFILES):
            raise ValueError(f"Telegram has no profile {profile!r}; there are {', '.join(PROFILES)}")
        wanted = {**(PROFILES[profile] if profile else {}), **changes}
        wanted.pop("profile", None)
        known = {knob.name: knob for knob in knobs()}
        for name, value in wanted.items():
            if name not in known:
                raise ValueError(f"Telegram has no knob {name!r}; there are profile, {', '.join(known)}")
            _check(known[name], value)
        return replace(self, **wanted)


PROFILES: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "loopback": {"https_only": False, "ports_checked": False, "fetches": False},
        "internet": {"https_only": True, "ports_checked": True, "fetches": True},
    }
)


def knobs() -> Iterator[Field[Any]]:
    """Go through the knobs; ``metadata`` holds ``says``, ``source``, and what it can be."""
    return iter(fields(Knobs))


def possible(knob: Field[Any]) -> str:
    """Tell in words how a knob can stand."""
    about = knob.metadata
    if "choices" in about:
        return " or ".join(f"{choice!r}" for choice in about["choices"])
    if "kinds" not in about:
        return "true or false"
    kind = "a whole number" if about["kinds"] == (int,) else "a number"
    none = ", or none" if "None" in str(knob.type) else ""
    return f"{kind} from {about['least']:g} to {about['most']:,.0f}{none}"


def _check(knob: Field[Any], value: Any) -> None:
    about = knob.metadata
    if "choices" in about:
        fits = isinstance(value, str) and value in about["choices"]
    elif "kinds" not in about:
        fits = isinstance(value, bool)
    elif value is None:
        fits = "None" in str(knob.type)
    else:
        number = isinstance(value, about["kinds"]) and not isinstance(value, bool)
        fits = number and about["least"] <= value <= about["most"]
    if not fits:
        raise ValueError(f"Telegram's knob {knob.name} cannot be {value!r}; it can be {possible(knob)}")
