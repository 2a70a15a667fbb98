"""A profile file to begin with, every key explained."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.errors import MisuseError

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """\
# How Deskcheck reaches your bridge: deskcheck run --bridge {name}
# What it must serve: docs/bridge-contract.md. What its bot must say: docs/conformance-bot.md.

name = "my-bridge"
version = "0.1.0"

# Either Deskcheck starts it, in a process of its own …
[start]
command = ["node", "bridge.js"]   # word by word; no shell reads it
folder = "."                      # where it is started, seen from this file
ready_seconds = 10                # within which it must listen at the port of the variable PORT

# … or it runs already. Then leave [start] out, and set DESKCHECK_CONTRACT_TOKEN here as for the bridge.
# url = "http://127.0.0.1:9000"   # above the first [table], since TOML has it so

# What your bridge calls our variables, where it has other names for them:
[env]
# PORT = "HTTP_PORT"
# DESKCHECK_PUBLIC_URL = "PUBLIC_URL"
# DESKCHECK_JIVO_URL = "JIVO_URL"
# DESKCHECK_LIVETEX_URL = "LIVETEX_URL"
# DESKCHECK_TELEGRAM_URL = "TELEGRAM_URL"
# DESKCHECK_CONTRACT_TOKEN = "CONTRACT_TOKEN"

# By what it may be judged; without this table, by what it says itself in GET /about.
# [capabilities]
# offers = ["contract", "reset", "idle", "jivo", "livetex", "telegram", "buttons", "media", "rating"]

# What it is known not to do: skipped with the reason until that day, and told when it holds after all.
# [[known_failures]]
# behaviour = "JIVO-OPERATOR-9"
# vendor = "jivo"                  # where it fails; left out: whoever the vendor is
# reason = "the rest of an answer is said after a takeover"
# link = "https://example.org/issues/12"
# expires = 2027-01-31
"""


def write(path: Path) -> None:
    """Write the file; one that is there is never overwritten.

    Raises:
        MisuseError: there is one, or it cannot be written.
    """
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(TEXT.replace("{name}", path.name))
    except FileExistsError as error:
        raise MisuseError(f"{path} is there already.", "Give another path, or remove it.") from error
    except OSError as error:
        raise MisuseError(f"{path} cannot be written ({error.strerror}).", "Give another path.") from error
