"""The nine errors of the API, with their statuses (protocol/livetex 1.5)."""

from __future__ import annotations

from typing import Any

MOST_WORDS = 300  # characters of an error's words, which may quote what was sent


class Refused(Exception):  # noqa: N818 - an answer, not an error
    """LiveTex refuses a call, with a status and a code of its documentation."""

    def __init__(self, status: int, code: int, message: str) -> None:
        """Say how."""
        super().__init__(message)
        self.status = status
        self.code = code

    @property
    def body(self) -> dict[str, Any]:
        """The answer's body."""
        return {"success": False, "error_code": self.code, "error_message": str(self)[:MOST_WORDS]}


def no_key() -> Refused:
    """No key came with the call."""
    return Refused(400, 1, "Authentication key is not specified")


def unknown_key() -> Refused:
    """No contact point has that key."""
    return Refused(401, 2, "Authentication key is not valid")


def empty_body() -> Refused:
    """A body was expected."""
    return Refused(400, 3, "Empty body")


def wrong_json() -> Refused:
    """The body cannot be read."""
    return Refused(400, 4, "Wrong JSON format")


def bad_url(url: str, reason: str) -> Refused:
    """The webhook's address is none."""
    return Refused(400, 5, f"URL [{url}] is not valid: {reason}")


def unsupported(method: str, path: str) -> Refused:
    """There is no such path, or not with that verb."""
    return Refused(404, 6, f"Unsupported HTTP request {method} {path}")


def server_fault() -> Refused:
    """Something broke at LiveTex."""
    return Refused(500, 7, "Internal server error")


def forbidden() -> Refused:
    """The account's product has no such method or version."""
    return Refused(403, 8, "Forbidden method for your account")


def invalid(reason: str) -> Refused:
    """What was sent breaks a rule; the words are ours (LTX-A1)."""
    return Refused(400, 9, f"Invalid data: {reason}")
