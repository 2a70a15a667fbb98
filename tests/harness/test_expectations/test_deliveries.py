"""How the bot's events must have reached it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from harness.errors import BreakdownError
from tests.harness.test_expectations.scene import BOT, OTHER, TOKEN, WEBHOOK, unmet

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.harness.test_expectations.scene import Scene

TOLD = "Здравствуйте! Есть ли чайник на два литра?"  # by the plain CLIENT_MESSAGE


# acknowledgements


def test_acknowledged(scene: Scene) -> None:
    """Every success acknowledges, on every surface."""
    scene.tells("CLIENT_MESSAGE", status=500)
    scene.when()
    scene.tells("CLIENT_MESSAGE", status=204)
    scene.tells("chat_accepted", status=299)

    scene.expect.acknowledged()


@pytest.mark.parametrize(
    ("status", "came"), [(199, "199"), (300, "300"), (404, "404"), (500, "500"), (0, "no answer within 3 s")]
)
def test_one_is_not_acknowledged(scene: Scene, status: int, came: str) -> None:
    """One delivery that failed, among others that did not, is enough."""
    scene.tells("CLIENT_MESSAGE")
    scene.tells("CHAT_CLOSED", status=status)
    scene.tells("CLIENT_MESSAGE")

    assert ("the delivery is acknowledged", f"jivo → bridge CHAT_CLOSED ({came})") == unmet(scene.expect.acknowledged)


def test_nothing_to_acknowledge(scene: Scene) -> None:
    """Where nothing was sent since the When nothing is proven, by what the bridge said neither."""
    scene.tells("CLIENT_MESSAGE")
    scene.when()
    scene.says()
    with pytest.raises(BreakdownError, match="Nothing was sent to the bridge"):
        scene.expect.acknowledged()


# attempts


def attempts(scene: Scene, event: str, *times: float, **more: Any) -> None:
    """Let one event be attempted at those seconds."""
    for at in times:
        scene.now = at
        scene.tells(event, **more)


@pytest.mark.parametrize(
    ("surface", "event", "times", "seconds"),
    [
        ("bot", "CLIENT_MESSAGE", (1.0, 4.0, 7.05), 3),
        ("bot", "CLIENT_MESSAGE", (1.0, 1.01), 0),
        ("bot", "CLIENT_MESSAGE", (1.0,), 3),
        ("webhook", "chat_accepted", (1.0, 11.0, 21.0), 10),
    ],
    ids=str,
)
def test_attempted(scene: Scene, surface: str, event: str, times: tuple[float, ...], seconds: float) -> None:
    """One event is attempted so often, and so many seconds apart."""
    attempts(scene, event, *times, status=0)

    scene.expect.attempted(surface, len(times), seconds)


@pytest.mark.parametrize(
    ("times", "came"),
    [
        ((), "0 attempts of 0 events"),
        ((1.0, 4.0), "2 attempts of 1 events"),
        ((1.0, 4.0, 7.0, 10.0), "4 attempts of 1 events"),
        ((1.0, 4.0, 7.2), "3.2 s apart"),
        ((1.0, 3.8, 6.8), "2.8 s apart"),
    ],
    ids=str,
)
def test_attempted_otherwise(scene: Scene, times: tuple[float, ...], came: str) -> None:
    """More attempts, fewer, or at other times are not what is expected."""
    attempts(scene, "CLIENT_MESSAGE", *times, status=500)

    assert ("one event is attempted 3 times, 3 s apart", came) == unmet(scene.expect.attempted, "bot", 3, 3)


def test_attempts_of_two_events(scene: Scene) -> None:
    """Another body is another event, even if only its id differs."""
    scene.tells("CLIENT_MESSAGE", status=0)
    scene.tells("CLIENT_MESSAGE", status=0, id="e2")

    assert "2 attempts of 2 events" == unmet(scene.expect.attempted, "bot", 2, 0)[1]


@pytest.mark.parametrize(
    "other",
    [{"about": OTHER}, {"url": WEBHOOK}, {"label": "chat_accepted"}],
    ids=["of another visitor", "at another door", "on another surface"],
)
def test_attempts_elsewhere_do_not_count(scene: Scene, other: dict[str, Any]) -> None:
    """Attempts to the other surface, or about somebody else, are none of these."""
    scene.tells("CLIENT_MESSAGE", status=0)
    scene.tells("CLIENT_MESSAGE", status=0, **other)

    assert "1 attempts of 1 events" == unmet(scene.expect.attempted, "bot", 2, 0)[1]


def test_attempts_before_do_not_count(scene: Scene) -> None:
    """What was attempted before the When is none of these."""
    scene.tells("CLIENT_MESSAGE", status=0)
    scene.when()
    scene.tells("CLIENT_MESSAGE", status=0)

    assert "1 attempts of 1 events" == unmet(scene.expect.attempted, "bot", 2, 0)[1]


# the token


@pytest.mark.parametrize(("before", "after", "path"), [(" ", "", f"%20{TOKEN}"), ("", " ", f"{TOKEN}%20")])
def test_called_under(scene: Scene, before: str, after: str, path: str) -> None:
    """The bot's address ends with the token as it was pasted, blanks and all; what the guest answers is its affair."""
    scene.tells("CLIENT_MESSAGE", url=f"{BOT}/{path}", status=404)

    scene.expect.called_under(before, after)


@pytest.mark.parametrize(
    ("path", "status", "came"),
    [
        (TOKEN, 200, f"'{TOKEN}', jivo → bridge CLIENT_MESSAGE «{TOLD}» (200)"),
        (f"%20{TOKEN}%20", 404, f"' {TOKEN} ', jivo → bridge CLIENT_MESSAGE «{TOLD}» (404)"),
        (f"%20{TOKEN}", 0, f"' {TOKEN}', jivo → bridge CLIENT_MESSAGE «{TOLD}» (no answer within 3 s)"),
    ],
    ids=["trimmed", "changed", "unreached"],
)
def test_called_otherwise(scene: Scene, path: str, status: int, came: str) -> None:
    """One call under another token, or one that reaches nobody, is enough."""
    scene.tells("CLIENT_MESSAGE", url=f"{BOT}/%20{TOKEN}", status=404)
    scene.tells("CLIENT_MESSAGE", url=f"{BOT}/{path}", status=status)

    assert (f"the bot is called under the token ' {TOKEN}'", came) == unmet(scene.expect.called_under, " ", "")


@pytest.mark.parametrize(
    "arrange",
    [
        lambda scene: scene.now,
        lambda scene: scene.tells("chat_accepted"),
        lambda scene: scene.tells("CLIENT_MESSAGE", url=f"{BOT}/%20{TOKEN}", about=OTHER),
        lambda scene: (scene.tells("CLIENT_MESSAGE", url=f"{BOT}/%20{TOKEN}"), scene.when()),
    ],
    ids=["at all", "but the webhook", "for this visitor", "since the When"],
)
def test_called_under_nothing(scene: Scene, arrange: Callable[[Scene], object]) -> None:
    """A bot that is not called is called under no token."""
    arrange(scene)

    assert f"the bot is called under the token ' {TOKEN}'" == unmet(scene.expect.called_under, " ", "")[0]


# the webhook


@pytest.mark.parametrize("url", [f" {WEBHOOK}", f"{WEBHOOK} "])
def test_the_webhook_is_not_reached(scene: Scene, url: str) -> None:
    """Attempts at what was pasted, none of them answered, reach nobody."""
    attempts(scene, "chat_accepted", 1.0, 2.0, 3.0, url=url, status=0)

    scene.expect.webhook_was_not_reached()


@pytest.mark.parametrize("status", [200, 404, 500])
def test_the_webhook_is_reached(scene: Scene, status: int) -> None:
    """Any answer, to any of the attempts, comes from somebody."""
    scene.tells("chat_accepted", status=0)
    scene.tells("chat_accepted", status=status)

    assert ("nothing reaches the webhook", f"jivo → bridge chat_accepted ({status})") == unmet(
        scene.expect.webhook_was_not_reached
    )


@pytest.mark.parametrize(
    "arrange",
    [
        lambda scene: scene.now,
        lambda scene: scene.tells("CHAT_CLOSED", status=0),
        lambda scene: scene.tells("chat_accepted", status=0, about=OTHER),
        lambda scene: (scene.tells("chat_accepted", status=0), scene.when()),
    ],
    ids=["at all", "but the bot", "for this visitor", "since the When"],
)
def test_the_webhook_is_not_tried(scene: Scene, arrange: Callable[[Scene], object]) -> None:
    """A webhook that nobody calls is not one that is not reached."""
    arrange(scene)

    assert "the vendor tries the webhook" == unmet(scene.expect.webhook_was_not_reached)[0]


# how fast, and after which pauses


@pytest.mark.parametrize(("took", "holds"), [(0.0, True), (3.0, True), (3.1, False)])
def test_an_acknowledgement_has_its_time(scene: Scene, took: float, holds: bool) -> None:  # noqa: FBT001 - a case
    """Each delivery is answered within the seconds that are given; without any, whenever."""
    scene.now = 10.0
    scene.tells("CLIENT_MESSAGE")
    scene.tells("chat_accepted")
    scene.journal.lines[-1]["came"]["at"] = 10.0 + took

    if holds:
        scene.expect.acknowledged(3)
    else:
        assert ("the delivery is acknowledged within 3 s", "jivo → bridge chat_accepted (200) after 3.1 s") == unmet(
            scene.expect.acknowledged, 3
        )


def test_an_acknowledgement_may_take_any_time(scene: Scene) -> None:
    """Where no seconds are given there is no limit."""
    scene.tells("CLIENT_MESSAGE")
    scene.journal.lines[-1]["came"]["at"] = 100.0

    scene.expect.acknowledged()


@pytest.mark.parametrize("instants", [(0.0, 1.0, 3.0, 7.0), (0.0, 1.0, 2.2, 3.6)], ids=str)
def test_pauses_grow(scene: Scene, instants: tuple[float, ...]) -> None:
    """Each is longer than the last by more than the network may add, and attempts before the When count."""
    for scene.now in instants:
        scene.tells("chat_accepted", status=500)
    scene.when()

    scene.expect.attempted_with_growing_pauses(4)


@pytest.mark.parametrize(
    ("instants", "came"),
    [
        ((0.0, 1.0, 2.0), "after 1.0 s, 1.0 s"),
        ((0.0, 1.0, 2.1), "after 1.0 s, 1.1 s"),
        ((0.0, 2.0, 3.0), "after 2.0 s, 1.0 s"),
        ((0.0, 1.0), "; ".join(["jivo → bridge chat_accepted (500)"] * 2)),
        ((0.0, 1.0, 3.0, 7.0), "; ".join(["jivo → bridge chat_accepted (500)"] * 4)),
        ((), "nothing at all"),
    ],
    ids=["alike", "by the network's share", "they shrink", "too few", "too many", "none"],
)
def test_pauses_do_not_grow(scene: Scene, instants: tuple[float, ...], came: str) -> None:
    """Equal or shorter pauses do not grow, and the attempts are just so many."""
    for scene.now in instants:
        scene.tells("chat_accepted", status=500)

    assert ("one event is attempted 3 times, with growing pauses", came) == unmet(
        scene.expect.attempted_with_growing_pauses, 3
    )


def test_attempts_of_two_events_are_not_of_one(scene: Scene) -> None:
    """The same event is attempted throughout."""
    for scene.now, text in ((0.0, 9001), (1.0, 9001), (3.0, 9002)):
        scene.tells("chat_accepted", status=500, chat_id=text)

    unmet(scene.expect.attempted_with_growing_pauses, 3)
