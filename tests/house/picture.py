"""``docs/report.png``: the first screen of the reference's report.html, for the README.

``python -m tests.house.picture`` makes it, in the Chromium of this machine; a test says when it is stale. It keeps a
digest of what the page said when it was taken, so that words are compared, and not pixels.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import struct
import zlib
from typing import TYPE_CHECKING

from playwright.sync_api import ViewportSize, sync_playwright

from harness import data
from tests.browser.conftest import CHROMIUM, OPTIONS
from tests.harness.report.page import Node, read

if TYPE_CHECKING:
    from pathlib import Path

KEPT = data.ROOT / "docs" / "report.png"
PAGE = data.ROOT / "reports" / "reference" / "report.html"
SIZE = ViewportSize(width=1200, height=750)
LEFT_OUT = {"long", "more"}  # the journal's digest and the packages, which change with everything
STAMP = re.compile(rb"tEXtSource\0([0-9a-f]{64})")
HEAD = 33  # bytes of a PNG's signature and its first chunk


def source(page: bytes) -> str:
    """Digest what the first screen of a page says."""
    return hashlib.sha256(" ".join(_said(read(page).one(".top")).split()).encode()).hexdigest()


def stamp(png: bytes) -> str:
    """Read of which first screen a picture was taken; empty if it does not say."""
    found = STAMP.search(png)
    return found[1].decode() if found else ""


def stamped(png: bytes, digest: str) -> bytes:
    """Write into a picture of which first screen it was taken."""
    chunk = b"tEXtSource\0" + digest.encode()
    return png[:HEAD] + struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk)) + png[HEAD:]


def taken(path: Path) -> bytes:
    """Take the picture of a page's first screen, and stamp it."""
    with sync_playwright() as playwright:
        program = next(filter(None, map(shutil.which, CHROMIUM)), None)
        browser = playwright.chromium.launch(executable_path=program, args=OPTIONS)
        page = browser.new_page(viewport=SIZE, color_scheme="light")
        page.goto(path.as_uri())
        png = page.screenshot()
        browser.close()
    return stamped(png, source(path.read_bytes()))


def _said(node: Node | str) -> str:
    if isinstance(node, str):
        return node
    return "" if LEFT_OUT.intersection(node.classes) else "".join(_said(child) for child in node.children)


if __name__ == "__main__":
    KEPT.write_bytes(taken(PAGE))
