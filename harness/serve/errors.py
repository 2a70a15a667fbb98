"""What a server of tenants refuses, and in which words."""

from __future__ import annotations


class Refusal(Exception):  # noqa: N818 - an answer, not an error
    """The control API refuses: an HTTP status, and a sentence that says what to do."""

    def __init__(self, status: int, words: str) -> None:
        """Say how."""
        super().__init__(words)
        self.status = status
