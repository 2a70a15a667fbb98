"""Lies of bridges about what they do when something goes wrong."""

from __future__ import annotations

from tests.miniatures.lie import BridgeLie, Lie

LIES: tuple[Lie, ...] = (BridgeLie("gives_up", "DELIVERY-1", "calls a vendor no more that has failed once"),)
