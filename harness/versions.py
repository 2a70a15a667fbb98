"""Which versions ran: of Deskcheck, of Python, and of everything that Deskcheck requires."""

from __future__ import annotations

import hashlib
import platform
from functools import cache
from importlib import metadata

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

NAME = "deskcheck"


def own() -> str:
    """Tell our version."""
    return metadata.version(NAME)


@cache
def installed() -> dict[str, str]:
    """Tell the versions of Python and of all that we require, directly or not, by name."""
    found = {"python": platform.python_version()}
    open_names = [NAME]
    while open_names:
        name = open_names.pop()
        for text in metadata.requires(name) or ():
            requirement = Requirement(text)
            needed = canonicalize_name(requirement.name)
            if needed in found or not (requirement.marker is None or requirement.marker.evaluate({"extra": ""})):
                continue
            try:
                found[needed] = metadata.version(needed)
            except metadata.PackageNotFoundError:
                continue
            open_names.append(needed)
    return dict(sorted(found.items()))


def lock() -> str:
    """Name that set of versions: runs of one lock and one seed write one and the same journal."""
    text = "".join(f"{name}=={version}\n" for name, version in installed().items())
    return hashlib.sha256(text.encode()).hexdigest()
