"""Where the treaty's messages can be posted."""

from __future__ import annotations

from dataclasses import dataclass

from fakes.kit.contract import schema
from harness import treaty
from harness.errors import MisuseError
from harness.vendors import names


@dataclass(frozen=True, slots=True)
class Door:
    """One message of one vendor: a call that its fake takes, or something that a bridge is told."""

    vendor: str
    message: str

    @property
    def of_the_fake(self) -> bool:
        """Whether it is the fake's door, and not the bridge's."""
        return str(treaty.call(self.vendor, self.message).path).startswith("/")

    @property
    def demands(self) -> bool:
        """Whether there must be a body; a fake does not look at one that tells it nothing."""
        return not self.of_the_fake or bool(schema(self.vendor, self.message).source.get("required"))

    @property
    def name(self) -> str:
        """How it is called in tests."""
        return f"{self.vendor}-{self.message}"


def _is_sent(vendor: str, message: str) -> bool:
    try:
        treaty.call(vendor, message)
    except MisuseError:  # an answer, an error or a part of something
        return False
    return True


DOORS = tuple(
    Door(vendor, message) for vendor in names() for message in treaty.schemas(vendor) if _is_sent(vendor, message)
)
