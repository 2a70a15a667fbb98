"""The reference bridge as a program: ``python -m harness.bridge``. No other part of it reaches for the machine.

Environment: ``PORT``, ``DESKCHECK_PUBLIC_URL``, ``DESKCHECK_CONTRACT_TOKEN``, and ``BRIDGE_DATABASE``, a file that
keeps what must last; without it, what is known is forgotten at the end.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import random  # noqa: TID251 - the machine's own
import signal
import sqlite3
import time  # noqa: TID251 - the same
import uuid

from harness.bridge.bridge import Bridge
from harness.bridge.settings import Settings
from harness.bridge.store import image

HOST = "127.0.0.1"


def _database(path: str | None) -> sqlite3.Connection:
    """Open the database, made if there is none."""
    if path is None:
        database = sqlite3.connect(":memory:")
        database.deserialize(image())
        return database
    database = sqlite3.connect(path)
    if not database.execute("SELECT 1 FROM sqlite_schema").fetchone():
        with contextlib.closing(sqlite3.connect(":memory:")) as empty:
            empty.deserialize(image())
            empty.backup(database)
    database.execute("PRAGMA journal_mode = WAL")
    return database


async def run() -> None:
    """Serve until the machine asks for the end."""
    port = int(os.environ.get("PORT", "8080"))
    settings = Settings(
        host=HOST,
        port=port,
        public_url=os.environ.get("DESKCHECK_PUBLIC_URL", f"http://{HOST}:{port}").rstrip("/"),
        contract_token=os.environ.get("DESKCHECK_CONTRACT_TOKEN") or None,
    )
    bridge = Bridge(
        settings,
        now=time.time,
        new_id=lambda: str(uuid.uuid4()),  # noqa: TID251 - the machine's own
        random=random.SystemRandom(),
        connector=None,
        database=_database(os.environ.get("BRIDGE_DATABASE")),
    )
    await bridge.start()
    ended = asyncio.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(sign, ended.set)
    try:
        await ended.wait()
    finally:
        await bridge.stop()


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    asyncio.run(run())
