"""Chance and names by seed."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.simulation.chance import Chance, Ids, any_seed

UUID4 = r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"


def draws(chance: Chance, name: str, number: int = 5) -> list[float]:
    """Draw some numbers from a stream."""
    return [chance.stream(name).random() for _ in range(number)]


@settings(deadline=None, derandomize=True, max_examples=50)
@given(seed=st.integers(), scenario=st.text(), name=st.text())
def test_a_stream_is_its_seed_scenario_and_name(seed: int, scenario: str, name: str) -> None:
    """The same seed, scenario and name give the same draws."""
    assert draws(Chance(seed, scenario), name) == draws(Chance(seed, scenario), name)


def test_a_stream_is_the_same_in_every_release() -> None:
    """A seed that somebody wrote down still gives the draws that it gave."""
    assert [0.74, 0.9389, 0.5223] == [round(draw, 4) for draw in draws(Chance(7, "features/a"), "latency", 3)]


@pytest.mark.parametrize(
    ("seed", "scenario", "name"), [(2, "one", "latency"), (1, "another", "latency"), (1, "one", "order")]
)
def test_any_difference_gives_another_stream(seed: int, scenario: str, name: str) -> None:
    """Another seed, another scenario or another name draws otherwise."""
    assert draws(Chance(1, "one"), "latency") != draws(Chance(seed, scenario), name)


def test_the_draws_of_one_stream_do_not_disturb_another() -> None:
    """A stream goes on as if nobody had drawn from the others."""
    alone, disturbed = Chance(1, "one"), Chance(1, "one")
    came = []
    for _ in range(5):
        draws(disturbed, "order")
        came += draws(disturbed, "latency", 1)

    assert draws(alone, "latency") == came


def test_a_stream_goes_on() -> None:
    """Asking for a stream again does not begin it again."""
    chance = Chance(1, "one")

    assert draws(chance, "latency") != draws(chance, "latency")


def test_ids_are_named_alike_with_the_same_chance() -> None:
    """The same seed names the same things alike."""
    one, two = Ids(Chance(1, "one"), "jivo"), Ids(Chance(1, "one"), "jivo")

    assert (one.uuid(), one.number("chat"), one.token()) == (two.uuid(), two.number("chat"), two.token())


def test_owners_do_not_disturb_one_another() -> None:
    """An owner's names are the same, whatever another owner names."""
    alone, disturbed = Chance(1, "one"), Chance(1, "one")
    other = Ids(disturbed, "bridge")
    other.uuid(), other.number("chat"), other.token()
    one, two = Ids(alone, "jivo"), Ids(disturbed, "jivo")

    assert (one.uuid(), one.number("chat"), one.token()) == (two.uuid(), two.number("chat"), two.token())


def test_owners_name_differently() -> None:
    """Two owners of one world do not give the same names."""
    chance = Chance(1, "one")
    one, two = Ids(chance, "jivo"), Ids(chance, "bridge")

    assert one.uuid() != two.uuid()
    assert one.token() != two.token()
    assert one.number("chat") != two.number("chat")


def test_a_uuid_is_one_of_version_4() -> None:
    """A UUID has the form of version 4, and each is new."""
    ids = Ids(Chance(1, "one"), "jivo")
    uuids = [ids.uuid() for _ in range(100)]

    assert 100 == len(set(uuids))
    assert all(re.fullmatch(UUID4, uuid) for uuid in uuids)


def test_numbers_count() -> None:
    """The numbers of a kind follow one another."""
    ids = Ids(Chance(1, "one"), "jivo")
    first = ids.number("chat")

    assert [first + 1, first + 2, first + 3] == [ids.number("chat") for _ in range(3)]


def test_kinds_count_apart() -> None:
    """A number of one kind takes none from another."""
    ids = Ids(Chance(1, "one"), "jivo")
    chat = ids.number("chat")
    client = ids.number("client")

    assert (chat + 1, client + 1) == (ids.number("chat"), ids.number("client"))
    assert chat != client


def test_kinds_do_not_disturb_one_another() -> None:
    """A kind's numbers are the same, whichever kind is counted first."""
    one, two = Ids(Chance(1, "one"), "jivo"), Ids(Chance(1, "one"), "jivo")
    chat_first = one.number("chat"), one.number("client")
    client_first = two.number("client"), two.number("chat")

    assert chat_first == client_first[::-1]


def test_numbers_start_within_their_bounds() -> None:
    """The first number of a kind has four to six digits."""
    starts = [Ids(Chance(seed, "one"), "jivo").number("chat") for seed in range(5_000)]

    assert all(1_000 <= start <= 999_999 for start in starts)
    assert 4_900 < len(set(starts))


@pytest.mark.parametrize("length", [1, 7, 32, 64])
def test_a_token_has_its_length(length: int) -> None:
    """A token is so many hexadecimal digits, also when it begins with zeros."""
    ids = Ids(Chance(1, "one"), "jivo")
    tokens = [ids.token(length) for _ in range(200)]

    assert all(re.fullmatch(rf"[0-9a-f]{{{length}}}", token) for token in tokens)
    assert set("0123456789abcdef") == {token[0] for token in tokens}


def test_any_seed_can_be_read_aloud() -> None:
    """A drawn seed has at most six digits."""
    seeds = [any_seed() for _ in range(200)]

    assert all(0 <= seed < 1_000_000 for seed in seeds)
    assert any(one != other for one, other in itertools.pairwise(seeds))
