"""Chance and names by seed: the same run seed and scenario give the same draws, whatever else runs."""

from __future__ import annotations

import hashlib
import random  # noqa: TID251 - this is the adapter
import uuid


class Chance:
    """Streams of chance, derived by name from a run's seed and a scenario."""

    def __init__(self, seed: int, scenario: str) -> None:
        """Derive from this seed for this scenario."""
        self._root = f"{seed}\n{scenario}\n"
        self._streams: dict[str, random.Random] = {}

    def stream(self, name: str) -> random.Random:
        """Give the stream of that name; its draws do not disturb another's."""
        stream = self._streams.get(name)
        if stream is None:
            stream = self._streams[name] = random.Random(self._drawn(name))  # noqa: S311 - chance, no secret
        return stream

    def once(self, name: str, start: int, stop: int) -> int:
        """Draw one number of a range under a name, always the same one; cheaper than a stream of one draw."""
        return start + self._drawn(name) % (stop - start)

    def _drawn(self, name: str) -> int:
        return int.from_bytes(hashlib.sha256((self._root + name).encode()).digest())


class Ids:
    """Names for things, drawn from chance or counted from a drawn start."""

    def __init__(self, chance: Chance, owner: str) -> None:
        """Name things for one owner; owners do not disturb one another."""
        self._chance = chance
        self._owner = owner
        self._numbers: dict[str, int] = {}

    def uuid(self) -> str:
        """Make a new UUID."""
        return str(uuid.UUID(int=self._chance.stream(f"{self._owner} ids").getrandbits(128), version=4))

    def number(self, kind: str) -> int:
        """Make the next number of a kind; each kind starts somewhere between 1000 and 999,999."""
        if kind not in self._numbers:
            self._numbers[kind] = self._chance.once(f"{self._owner} {kind}", 1_000, 1_000_000)
        else:
            self._numbers[kind] += 1
        return self._numbers[kind]

    def token(self, length: int = 32) -> str:
        """Make a secret of so many hexadecimal digits."""
        return f"{self._chance.stream(f'{self._owner} tokens').getrandbits(length * 4):0{length}x}"


def any_seed() -> int:
    """Draw a seed from the machine, small enough to be read aloud."""
    return random.SystemRandom().randrange(1_000_000)
