"""A JSON object that remembers which of its fields were read: what nobody reads, no guest needs to send."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, overload

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_NAMED = 50
ROOM = 64 * 1024  # characters that the names may take together, the last one excepted
NOT_GIVEN: Any = object()
WHOLES = (dict, list)


class _Part:
    """An object or an array of a body: hands out what is in it, wrapped, and remembers what."""

    __slots__ = ("_given", "_value")

    def __init__(self, value: Any) -> None:
        self._value = value
        self._given: dict[Any, Any] = {}

    def __len__(self) -> int:
        """Count the fields; that reads none."""
        return len(self._value)

    def __repr__(self) -> str:
        """Show the value, as in an error's words; that reads nothing."""
        return repr(self._value)

    def plain(self) -> Any:
        """Give the value as it is, which nobody may change; that reads nothing."""
        return self._value

    def give(self, key: Any) -> Any:
        """Hand out what is under a key."""
        known = self._given
        if key in known:
            return known[key]
        given = self._value[key]
        if isinstance(given, WHOLES):
            given = Fields(given) if isinstance(given, dict) else Items(given)
        known[key] = given
        return given

    def touched(self) -> bool:
        """Tell whether anything in it was read; an empty one has nothing more to read."""
        if not self._value:
            return True
        return any(not isinstance(given, _Part) or given.touched() for given in self._given.values())

    def was_read(self) -> bool:
        """Tell whether everything in it was read."""
        if len(self._given) < len(self._value):
            return False
        for given in self._given.values():  # noqa: SIM110 - asked for every call, and nothing is made for it
            if isinstance(given, _Part) and not given.was_read():
                return False
        return True

    def entries(self) -> Iterator[tuple[str | int, Any]]:
        """Go through the keys in order, each with what was handed out for it."""
        keys = self._value if isinstance(self._value, dict) else range(len(self._value))
        return ((key, self._given.get(key, NOT_GIVEN)) for key in keys)


class Fields(_Part, Mapping[str, Any]):
    """A JSON object, to be looked at and not changed, that knows which of its fields were looked at.

    A field is read when its value is handed out: by ``fields["a"]``, ``get``, ``items``, ``values``, ``dict`` or a
    comparison. An object or an array in it comes as another view, which is read field by field; an empty one, like
    ``null`` and every other scalar, at once. To ask whether a key is there, which keys there are and how many, reads
    no value.
    """

    __slots__ = ()

    def __init__(self, value: dict[str, Any]) -> None:
        """Look at an object as ``json.loads`` gives it."""
        super().__init__(value)

    __getitem__ = _Part.give

    def get(self, key: str, default: Any = None) -> Any:
        """Read a field, if it is there."""
        return self.give(key) if key in self._value else default

    def __contains__(self, key: object) -> bool:
        """Tell whether there is a field of that name; that does not read it."""
        return key in self._value

    def __iter__(self) -> Iterator[str]:
        """Go through the names; that reads none of the values."""
        return iter(self._value)

    def unread(self) -> list[str]:
        """List the fields that were never read, in the body's order, as JSON pointers (RFC 6901).

        An object or an array of which nothing was read is named once. The object itself is no field, so that of an
        untouched one every key is named, and of an empty one nothing. After the first 50, or 64 Ki characters, the
        list ends.
        """
        if self.was_read():
            return []
        found: list[str] = []
        room = ROOM
        for pointer in _unread(self, ()):
            found.append(pointer)
            room -= len(pointer)
            if len(found) == MOST_NAMED or room <= 0:
                break
        return found


class Items(_Part, Sequence[Any]):
    """A JSON array in such an object; an item is read when it is handed out."""

    __slots__ = ()
    __hash__: ClassVar[None]  # type: ignore[assignment] # equal to what has none

    @overload
    def __getitem__(self, place: int) -> Any: ...
    @overload
    def __getitem__(self, place: slice) -> list[Any]: ...
    def __getitem__(self, place: int | slice) -> Any:
        """Read an item, or some."""
        places = range(len(self._value))[place]
        return self.give(places) if isinstance(places, int) else [self.give(each) for each in places]

    def __eq__(self, other: object) -> bool:
        """Compare with an array, plain or not, as lists do; that reads the items."""
        return isinstance(other, list | Items) and list(self) == list(other)


def _unread(part: _Part, way: tuple[str | int, ...]) -> Iterator[str]:
    """Go through what nobody read; as deep as somebody read, no body being deeper than 100 levels."""
    for key, given in part.entries():
        if given is NOT_GIVEN or (isinstance(given, _Part) and not given.touched()):
            yield _pointer(*way, key)
        elif isinstance(given, _Part):
            yield from _unread(given, (*way, key))


def _pointer(*way: str | int) -> str:
    return "".join("/" + str(key).replace("~", "~0").replace("/", "~1") for key in way)
