"""What must not be known, and where nobody must go."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.harness.test_expectations.scene import TOKEN, unmet

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.harness.test_expectations.scene import Scene

STRAY = "called an address outside the world"


@pytest.fixture
def scene(scene: Scene) -> Scene:
    """Give a scene in which a bridge is judged, and a token veiled."""
    scene.journal.lines[0]["who"] = "bridge"
    scene.veil.hide("jivo-token-1", TOKEN)
    return scene


def test_the_bridge_knows_him_by_his_name(scene: Scene) -> None:
    """To the letter."""
    scene.desk.knows(name="👩🏽‍🔧 <b>")

    scene.expect.is_called("👩🏽‍🔧 <b>")


@pytest.mark.parametrize("name", [None, "Анна ", "Анн"])
def test_the_bridge_knows_him_by_another(scene: Scene, name: str | None) -> None:
    """What lacks a letter, or has one more, is another."""
    scene.desk.knows(name=name)

    assert ("the bridge knows the visitor as «Анна»", f"«{name}»") == unmet(scene.expect.is_called, "Анна")


def test_no_secret_is_out(scene: Scene) -> None:
    """A token may stand in the addresses of the party that it was made for."""
    scene.says()

    scene.expect.no_secret_is_out()


@pytest.mark.parametrize(
    ("betrays", "where"),
    [
        (lambda scene: scene.shows(TOKEN), "the visitor sees it"),
        (lambda scene: scene.logged.append(TOKEN), "the bridge logs"),
        (lambda scene: scene.desk.notes(TOKEN), "the contract answers to GET /leads/l1/archive"),
        (lambda scene: scene.desk.logs({"event_name": TOKEN}), "the contract answers to GET /webhook-log"),
    ],
    ids=["screen", "log", "archive", "webhook log"],
)
def test_a_secret_is_out(scene: Scene, betrays: Callable[[Scene], object], where: str) -> None:
    """On a screen, in a log, or in what the bridge shows of itself, which is asked for all of that."""
    scene.desk.knows()
    betrays(scene)
    expected, came = unmet(scene.expect.no_secret_is_out)

    assert "no secret is out" == expected
    assert came.startswith("the secret jivo-token-1 stands ")
    assert came.endswith(where)


def test_it_has_called_nobody_else(scene: Scene) -> None:
    """Vendors alone."""
    scene.says()

    scene.expect.called_vendors_alone()


def test_it_has_called_somebody_else(scene: Scene) -> None:
    """In the whole scenario."""
    scene.journal.fault(STRAY, address="elsewhere.test:80")
    scene.when()

    assert (
        "the bridge calls nobody but its vendors",
        "the bridge called elsewhere.test:80, which is no vendor of this world",
    ) == unmet(scene.expect.called_vendors_alone)
