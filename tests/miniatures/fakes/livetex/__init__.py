"""LiveTexes that lie where no row of the table could: in what they answer, tell or keep, or obey their people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.livetex.server import Server

if TYPE_CHECKING:
    from fakes.livetex.clerk import Clerk
    from fakes.livetex.control import Control
    from fakes.livetex.office import Office
    from fakes.livetex.post import Post


def posting(kind: type[Post]) -> type[Server]:
    """Make a LiveTex whose post lies."""
    return type(kind.__name__, (Server,), {"__doc__": kind.__doc__, "post_class": kind})


def keeping(kind: type[Office]) -> type[Server]:
    """Make a LiveTex whose office lies."""
    return type(kind.__name__, (Server,), {"__doc__": kind.__doc__, "office_class": kind})


def obeying(kind: type[Control]) -> type[Server]:
    """Make a LiveTex that does not obey its people."""
    return type(kind.__name__, (Server,), {"__doc__": kind.__doc__, "control_class": kind})


def answering(kind: type[Clerk]) -> type[Server]:
    """Make a LiveTex whose clerk lies."""

    def employ(self: Server, **ports: Any) -> None:
        """Take the ports, and that clerk."""
        Server.__init__(self, **ports)
        self.clerk = kind(self.office, self.post)

    return type(kind.__name__, (Server,), {"__doc__": kind.__doc__, "__init__": employ})
