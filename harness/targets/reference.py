"""The reference bridge as a guest of the simulated world."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from harness.bridge import Bridge, Settings
from harness.targets.databases import Databases

if TYPE_CHECKING:
    from harness.targets.env import Env


class Reference:
    """Starts the reference bridge, or one that was made from it to lie."""

    def __init__(self, bridge: type[Bridge] = Bridge, databases: Databases | None = None) -> None:
        """Start that kind of bridge, on one of those databases."""
        self._kind = bridge
        self._databases = databases or Databases()

    async def start(self, env: Env) -> None:
        """Give it everything through its constructor."""
        database = self._database = self._given(env)
        settings = Settings(env.host, env.port, env.public_url, env.contract_token)
        self._bridge = self._kind(
            settings,
            now=env.now,
            new_id=env.new_id,
            random=env.random,
            connector=env.connector(),
            database=database,
        )
        await self._bridge.start()

    def _given(self, env: Env) -> sqlite3.Connection:
        if env.remains is None:
            return self._databases.empty()
        database = sqlite3.connect(":memory:")
        database.deserialize(env.remains)
        return database

    def remains(self) -> bytes:
        """Give the database as it was committed last."""
        self._database.rollback()  # an image of an open transaction would hold what it has done so far
        return self._database.serialize()

    async def stop(self) -> None:
        """Stop it."""
        await self._bridge.stop()
