"""People to draw from: invented, Russian, and the same in every run."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from faker import Faker

SIZE = 256  # people


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a name and contacts; phone numbers begin with +7000, which nobody has."""

    name: str
    phone: str
    email: str


@cache
def directory() -> tuple[Person, ...]:
    """Make a directory of people, once per process: to draw from it is much quicker than to make each anew."""
    faker = Faker("ru_RU")
    faker.seed_instance(0)
    return tuple(
        Person(faker.name(), f"+7000{number:07d}", f"{faker.user_name()}{number}@mail.test")
        for number in faker.random.sample(range(10**7), SIZE)
    )
