"""The two ways in which a world runs: on virtual time in memory, or on the wall's over real sockets.

Both have the same parts: ``kind``, ``loop``, ``clock`` (the vendors' time), ``quiet`` (seconds of the loop's time
without a crossing that opens or closes, after which a world has settled), ``patience`` (within which it must have),
``glance`` (how much of it is waited at once), ``late`` (by how much the loop may oversleep then, else the machine was
too busy for that window to prove anything), and the same verbs.
"""

from harness.tempers.simulated import HTTP, Simulated
from harness.tempers.wall import Addresses, Wall, WallLoop

__all__ = ["Addresses", "Running", "Simulated", "Wall", "WallLoop", "url_of"]

Running = Simulated | Wall


def url_of(temper: Running, name: str) -> str:
    """Tell a party's address as others write it."""
    host, port = temper.address(name)
    return f"http://{host}" if port == HTTP else f"http://{host}:{port}"
