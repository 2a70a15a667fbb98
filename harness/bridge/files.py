"""Files that lie at Telegram, shown to others at an address that holds no token."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from aiohttp import web

from harness.bridge.attachment import Attachment
from harness.bridge.store import KeptFile
from harness.bridge.telegram import TelegramClient

if TYPE_CHECKING:
    from collections.abc import Callable

    import aiohttp

    from harness.bridge.store import Store
    from harness.bridge.telegram import Media

TYPE = re.compile(r"[\w.+-]+/[\w.+-]+", re.ASCII)


class Files:
    """Keeps where files lie, and fetches one whenever somebody asks for it."""

    def __init__(
        self, store: Store, session: aiohttp.ClientSession, public_url: str, new_id: Callable[[], str]
    ) -> None:
        """Show them below that URL."""
        self._store = store
        self._session = session
        self._root = f"{public_url}/files"
        self._new_id = new_id

    def keep(self, binding: str, media: Media) -> Attachment:
        """Keep where a file of a binding lies; answers the file as others may see it."""
        number = self._new_id().replace("-", "")
        self._store.keep_file(KeptFile(number, binding, media.id, media.name, media.type))
        return Attachment(f"{self._root}/{number}", media.name, media.size)

    async def show(self, request: web.Request) -> web.Response:
        """Answer a file's content, under its name and with its type."""
        kept = self._store.file(request.match_info["file"])
        binding = self._store.binding(kept.binding) if kept is not None else None
        if kept is None or binding is None:
            return web.Response(status=404, text="no such file")
        found = await TelegramClient(self._session, binding).fetch(kept.file)
        if found is None:
            return web.Response(status=502, text="the file cannot be had")
        content, given = found
        headers = {
            "Content-Type": kept.type if kept.type and TYPE.fullmatch(kept.type) else given,
            "Content-Security-Policy": "sandbox",  # what visitors send is not to act on this host
            "X-Content-Type-Options": "nosniff",
        }
        if kept.name is not None:
            headers["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(kept.name, safe='')}"
        return web.Response(body=content, headers=headers)
