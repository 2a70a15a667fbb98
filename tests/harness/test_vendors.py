"""The door to the fakes: which there are, where their visitors live, and which are chat-centres."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from harness import data, vendors
from harness.model import CAPABILITIES


def test_every_folder_of_a_fake_is_a_vendor() -> None:
    """Vendors are the folders beside the kit, in the order of the alphabet."""
    folders = {path.parent.name for path in (data.ROOT / "fakes").glob("*/__init__.py")}

    assert tuple(sorted(folders - {"kit"})) == vendors.names()


@pytest.mark.parametrize("name", vendors.names())
def test_a_front_door_bears_the_name_of_its_folder(name: str) -> None:
    """The name by which it is found is its own."""
    assert name == vendors.front_door(name).name


@pytest.mark.parametrize("name", vendors.names())
def test_a_front_door_leads_to_what_there_is(name: str) -> None:
    """Visitors live on a fake that there is and that is their home, and what a bridge must offer is known."""
    door = vendors.front_door(name)
    dwelling = vendors.front_door(door.visitors)

    assert dwelling.name == dwelling.visitors
    assert door.capabilities <= set(CAPABILITIES)


def test_centres_are_the_vendors_with_operators() -> None:
    """Jivo and LiveTex are chat-centres, and Telegram is where people live."""
    assert ("jivo", "livetex") == vendors.centres()


def test_a_centre_is_one_by_its_operators_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """What has operators is a centre, wherever its visitors live, in the order of the names."""
    doors = {"b": SimpleNamespace(operators=True), "a": SimpleNamespace(operators=False)}
    doors["c"] = SimpleNamespace(operators=True)
    monkeypatch.setattr(vendors, "names", lambda: tuple(doors))
    monkeypatch.setattr(vendors, "front_door", doors.__getitem__)

    assert ("b", "c") == vendors.centres()


def test_there_is_no_such_door() -> None:
    """A vendor without a folder cannot be had."""
    with pytest.raises(ModuleNotFoundError, match=r"fakes\.icq"):
        vendors.front_door("icq")
