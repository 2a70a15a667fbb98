"""The reference bridge: a guest that knows only the wire and imports nothing of the harness."""

from harness.bridge.bridge import Bridge
from harness.bridge.settings import Settings
from harness.bridge.store import Store

__all__ = ["Bridge", "Settings", "Store"]
