"""What goes wrong in Telegram: a call that is refused, a deed that nobody can do."""

from __future__ import annotations


class Impossible(Exception):  # noqa: N818 - it is the caller's mistake, said in the domain's words
    """Nobody can do that as things stand."""


class Refused(Exception):  # noqa: N818 - an answer, not an error
    """Telegram refuses a call: status, the words of its description, and when to come again, in seconds."""

    def __init__(self, status: int, words: str, retry_after: int | None = None) -> None:
        """Say how."""
        super().__init__(words)
        self.status = status
        self.retry_after = retry_after


def bad(words: str) -> Refused:
    """Make the refusal of a call that is itself wrong."""
    return Refused(400, f"Bad Request: {words}")


UNAUTHORIZED = "Unauthorized"
NOT_FOUND = "Not Found"
WRONG_VERB = "Method Not Allowed"
STRANGER = "Forbidden: bot can't initiate conversation with a user"
BLOCKED = "Forbidden: bot was blocked by the user"
HOOKED = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
OUTPOLLED = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
HOOK_SET = "Conflict: terminated by setWebhook request"
