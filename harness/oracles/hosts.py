"""No host is called but the fakes.

Holds in scenarios that judge a bridge, where every address outside the world is refused and recorded. What a fake
calls itself, since an administrator or the bridge gave it that address, is not held against the bridge.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from harness.oracles import Finding
    from harness.oracles.scene import Scene
    from harness.oracles.scene.lines import Line

STRAY = "called an address outside the world"


def findings(scene: Scene) -> Iterator[Finding]:
    """Tell which calls went elsewhere."""
    if not scene.judges_bridge:
        return
    for fault in scene.faults:
        if fault["name"] == STRAY and not _is_a_fakes(scene, fault):
            yield f"the bridge called {fault.get('address')}, which is no vendor of this world", (fault["seq"],)


def _is_a_fakes(scene: Scene, fault: Line) -> bool:
    host = str(fault.get("address", "")).rpartition(":")[0]
    return any(event["at"] <= fault["at"] and _host(event["sent"]["url"]) == host for event in scene.events)


def _host(url: str) -> str:
    try:
        return urlsplit(url.strip()).hostname or ""
    except ValueError:
        return ""
