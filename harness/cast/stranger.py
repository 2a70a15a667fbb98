"""What somebody does whom nobody has asked: hostile bodies for the bridge."""

from __future__ import annotations

import copy
import io
import json
from typing import TYPE_CHECKING, Any

import aiohttp
from yarl import URL

from harness import treaty
from harness.cast.acting import Acting, replaced
from harness.errors import BreakdownError
from harness.junk import of_kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from harness.journal import Line
    from harness.junk import Junk

STRANGER = "somebody"
PATIENCE = 60.0  # seconds of world time that he waits for an answer
SHOWN = 200  # bytes of a body that are written down
OWN = ("person", "dialogue", "channel", "secret")  # what a good message has of the vendor's last one


class Stranger(Acting):
    """Somebody who knows every address and every secret of the bridge's, but not what to say."""

    def stranger_sends(self, kind: str, text: str) -> None:
        """Let every hostile body of a kind be posted wherever the bridge was called, and then the visitor write."""
        world = self._world
        world.ledger.open()
        world.run(self._post_all(of_kind(kind)))
        world.settle()
        world.act(self._visitors.visitor_writes, self.visitor, text)
        world.settle()

    async def _post_all(self, bodies: Iterable[Junk]) -> None:
        doors = {line["sent"]["url"]: line for line in reversed(self._world.journal.lines) if _reaches_bridge(line)}
        if not doors:
            raise BreakdownError("The bridge was never called, so nobody knows where it can be.")
        async with aiohttp.ClientSession(connector=self._world.connector(), headers={"Connection": "close"}) as session:
            for url in sorted(doors):
                for junk in bodies:
                    await self._post(session, doors[url], junk)

    async def _post(self, session: aiohttp.ClientSession, door: Line, junk: Junk) -> None:
        url, body = door["sent"]["url"], junk.around(_good_message(door))
        headers = door["sent"]["headers"] | {name.lower(): value for name, value in junk.headers.items()}
        crossing = self._world.journal.crossing(
            sender=STRANGER,
            receiver="bridge",
            event=junk.name,
            method="POST",
            url=url,
            headers=headers,
            body=b"" if junk.packed else body[:SHOWN],  # every machine packs in its own way
            cause=None,
            **({} if junk.packed else {"size": len(body)}),
        )
        timeout = aiohttp.ClientTimeout(total=PATIENCE)
        try:
            async with session.post(
                URL(url, encoded=True), data=io.BytesIO(body), headers=headers, timeout=timeout
            ) as answer:
                crossing.answered(answer.status, answer.headers, await answer.read())
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            crossing.failed(f"{type(error).__name__}: {error}")


def _reaches_bridge(line: Line) -> bool:
    return bool(line["kind"] == "crossing" and line["to"] == "bridge")


def _good_message(door: Line) -> bytes:
    """Write the treaty's sample of what came through a door, about the same people, with an id of its own."""
    vendor, event, came = door["from"], door["event"], door["sent"].get("json")
    body: Any = copy.deepcopy(treaty.samples(vendor, event)[0].payload)
    names: dict[str, str] = {}
    for word in OWN:
        theirs, ours = (treaty.meaning(vendor, event, word, each) for each in (body, came))
        names |= {str(value): str(ours[0]) for value in theirs if ours}
    return json.dumps(replaced(body, names), ensure_ascii=False).encode()
