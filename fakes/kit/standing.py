"""An answer that is the same for everybody, made once."""

from __future__ import annotations

from aiohttp import web


class Standing(web.Response):
    """An answer that many are given and nobody changes; aiohttp's own server is to be given one made ``anew``."""

    def anew(self) -> web.Response:
        """Make one of the same words for a single caller, since aiohttp writes into what it prepares."""
        return web.Response(status=self.status, headers=self.headers, body=self.body)
