"""The floor of a served call: bare aiohttp that parses the same JSON, and answers as little."""

from __future__ import annotations

import asyncio
import json
import sys

from aiohttp import web


async def take(request: web.Request) -> web.Response:
    """Take a call."""
    json.loads(await request.read())
    return web.Response(body=b"{}", content_type="application/json")


async def main() -> None:
    """Serve at any free port, tell it, and go on until killed."""
    app = web.Application()
    app.router.add_post("/{path:.*}", take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    sys.stdout.write(f"{json.dumps({'port': runner.addresses[0][1]})}\n")
    sys.stdout.flush()
    await asyncio.get_running_loop().create_future()


if __name__ == "__main__":
    asyncio.run(main())
