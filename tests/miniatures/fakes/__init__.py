"""Jivos that lie where no row of the table could: in how they deliver, listen, show, or obey their people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakes.jivo.server import Server

if TYPE_CHECKING:
    from fakes.jivo.control import Control
    from fakes.jivo.office import Office
    from fakes.jivo.post import Post


def posting(kind: type[Post]) -> type[Server]:
    """Make a Jivo whose post lies."""
    return type(kind.__name__, (Server,), {"__doc__": kind.__doc__, "post_class": kind})


def keeping(kind: type[Office]) -> type[Server]:
    """Make a Jivo whose office lies."""
    return type(kind.__name__, (Server,), {"__doc__": kind.__doc__, "office_class": kind})


def obeying(kind: type[Control]) -> type[Server]:
    """Make a Jivo that does not obey its people."""
    return type(kind.__name__, (Server,), {"__doc__": kind.__doc__, "control_class": kind})
