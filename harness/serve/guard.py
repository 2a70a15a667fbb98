"""Who may come: nobody whom a stranger's web page sends, and from elsewhere only who has the token."""

from __future__ import annotations

import hmac
import ipaddress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from harness.serve.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Collection

    from aiohttp import web

JSON = "application/json"
MOST_HOSTS = 1_000  # that are remembered


class Guard:
    """Looks at Host, Origin, token and content type of requests."""

    def __init__(self, token: str, hosts: Collection[str]) -> None:
        """Take the token, "" if none is asked for, and the names of hosts by which this machine may be called."""
        self._token = token
        self._hosts = hosts
        self._good: set[str] = set()

    def host_trouble(self, host: str) -> str:
        """Say what is wrong with a request's Host, "" if nothing is.

        A page of a stranger can make its own name mean this machine; it cannot make an address or ``localhost`` its
        name. Where no Host is given, there is no browser.
        """
        if not host or host in self._good:
            return ""
        name = hostname(host)
        if not (name == "localhost" or name in self._hosts or _is_address(name)):
            return f"This machine is not called {name}: use its address, localhost, or start with --allow-host {name}."
        if len(self._good) < MOST_HOSTS:
            self._good.add(host)
        return ""

    def check(self, request: web.BaseRequest, *, secret: bool) -> None:
        """Make sure that a request to the control API may pass; with ``secret``, only with the token.

        Raises:
            Refusal: it may not.
        """
        trouble = self.host_trouble(request.headers.get("Host", ""))
        if trouble:
            raise Refusal(421, trouble)
        origin = request.headers.get("Origin")
        if origin is not None and urlsplit(origin).netloc.lower() != request.headers.get("Host", "").lower():
            raise Refusal(403, "A web page of another origin may not use the control API.")
        if secret and self._token and not self._knows(request.headers.get("Authorization", "")):
            raise Refusal(401, "Send the header Authorization: Bearer TOKEN, with the token that the server got.")
        if request.can_read_body and request.content_type != JSON:
            raise Refusal(415, f"Send the header Content-Type: {JSON}.")

    def _knows(self, header: str) -> bool:
        scheme, _, given = header.partition(" ")
        good = hmac.compare_digest(given.strip().encode("utf-8", "replace"), self._token.encode())
        return scheme.lower() == "bearer" and good


def hostname(host: str) -> str:
    """Give the name in a Host header, in small letters, without port and brackets."""
    if host.startswith("["):
        return host[1:].partition("]")[0].lower()
    return host.partition(":")[0].lower().rstrip(".")


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
