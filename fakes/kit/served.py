"""What a vendor shows to whoever serves it: which verbs of its people can be asked for, and whose a call is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True, slots=True)
class Served:
    """One vendor's part in a server for many tenants.

    Attributes:
        control: the class of the vendor's people.
        acts: the verbs by which they do something; each is written down.
        looks: the verbs that only tell something.
        impossible: what a verb raises when nobody could do that now.
        furniture: what is done in a new account, verb by verb with its words, so that the first call has somebody.
        addressee: of a request's target (path and query), the word that says whose it is: an account's provider id,
            a bot's number, a key; "" if there is none. It is no credential: whether the caller may, the account says.
    """

    control: type[Any]
    acts: tuple[str, ...]
    looks: tuple[str, ...]
    impossible: type[Exception]
    furniture: tuple[tuple[str, Mapping[str, Any]], ...]
    addressee: Callable[[str], str]
