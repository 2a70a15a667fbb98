"""An in-memory network of named hosts: ordered, delayed, with back-pressure, resettable.

Latency is drawn once per request and once per answer, not per chunk, so that how a body happens to be cut into chunks
changes nothing. A callback runs in the context of the party to which it belongs: the listener's or the connector's.
"""

from __future__ import annotations

import asyncio
import contextvars
import errno
import itertools
from collections import deque
from typing import TYPE_CHECKING, Any

import aiohttp

if TYPE_CHECKING:
    from collections.abc import Callable

    from aiohttp.client_proto import ResponseHandler

    from harness.simulation.chance import Chance
    from harness.simulation.party import Party

LATENCY = (0.001, 0.005)  # seconds, drawn evenly
FIRST_PORT = 20_001
HIGH_WATER = 64 * 1024  # bytes under way before the writer is asked to pause


class Network:
    """Who listens where, and what was refused."""

    def __init__(self, loop: asyncio.AbstractEventLoop, chance: Chance) -> None:
        """Start with nobody listening."""
        self.loop = loop
        self.refused: list[tuple[str, int]] = []
        self.on_refusal: Callable[[str, int], object] | None = None
        self.shut: Callable[[str], bool] | None = None  # whether a host is down for whoever wants to connect now
        self._latency = chance.stream("latency")
        self._listeners: dict[tuple[str, int], Server] = {}
        self._ports = itertools.count(FIRST_PORT)
        self._ends: list[Transport] = []

    def listen(self, factory: Callable[[], asyncio.Protocol], host: str, port: int) -> Server:
        """Listen at an address; port 0 takes the next free one.

        Raises:
            OSError: somebody listens there already.
        """
        if port == 0:
            port = next(free for free in self._ports if (host, free) not in self._listeners)
        if (host, port) in self._listeners:
            raise OSError(errno.EADDRINUSE, f"{host}:{port} is taken")
        server = self._listeners[host, port] = Server(self, factory, (host, port))
        return server

    def knows(self, server: Server) -> bool:
        """Tell whether this very server listens at its address."""
        return self._listeners.get(server.getsockname()) is server

    def forget(self, server: Server) -> None:
        """Let it listen no more; whoever took the address after it stays."""
        if self.knows(server):
            del self._listeners[server.getsockname()]

    def refuse(self, host: str, port: int) -> None:
        """Note that somebody wanted to go where nobody is."""
        self.refused.append((host, port))
        if self.on_refusal is not None:
            self.on_refusal(host, port)

    async def connect(
        self, factory: Callable[[], asyncio.Protocol], host: str, port: int, *, secure: bool = False
    ) -> tuple[Transport, asyncio.Protocol]:
        """Connect to an address; nobody here speaks TLS, which is what ``secure`` asks for.

        Raises:
            ConnectionRefusedError: nobody listens there, which is noted, or the host is down.
        """
        server = self._listeners.get((host, port))
        if server is None or secure:
            self.refuse(host, port)
            raise ConnectionRefusedError(errno.ECONNREFUSED, f"nobody listens at {host}:{port}")
        if self.shut is not None and self.shut(host):
            raise ConnectionRefusedError(errno.ECONNREFUSED, f"{host}:{port} is down")
        wire = Wire(self)
        client = Transport(wire, factory(), contextvars.copy_context(), (host, port))
        remote = Transport(wire, server.context.run(server.factory), server.context, ("visitor.test", 0))
        client.peer, remote.peer = remote, client
        self._ends = [end for end in self._ends if not end.lost]
        self._ends += client, remote
        self.loop.call_soon(remote.begin, context=server.context)
        client.begin()
        return client, client.get_protocol()

    def cut(self, host: str) -> None:
        """Break every connection with a host."""
        for end in [end for end in self._ends if not end.lost]:
            if end.get_extra_info("peername")[0] == host:
                end.peer.abort()

    def drop(self, party: Party) -> list[Transport]:
        """Let nobody listen where a party listened, and its peers see their connections reset; answers its ends."""
        for server in [server for server in self._listeners.values() if party.owns(server.context)]:
            self.forget(server)
        ends = [end for end in self._ends if not end.lost and party.owns(end.context)]
        for end in ends:
            end.die()
        return ends

    def draw_latency(self) -> float:
        """Draw how long the next request or answer travels, in seconds."""
        return self._latency.uniform(*LATENCY)


class Server(asyncio.AbstractServer):
    """A listener at an address; what it accepts runs in the context in which it was made."""

    def __init__(self, net: Network, factory: Callable[[], asyncio.Protocol], address: tuple[str, int]) -> None:
        """Remember whose it is."""
        self.factory = factory
        self.context = contextvars.copy_context()
        self._net = net
        self._address = address

    @property
    def sockets(self) -> tuple[Server, ...]:
        """What aiohttp asks for the address."""
        return (self,)

    def getsockname(self) -> tuple[str, int]:
        """Tell the address."""
        return self._address

    def close(self) -> None:
        """Accept no one any more."""
        self._net.forget(self)

    async def wait_closed(self) -> None:
        """Return at once: nothing lingers."""

    def get_loop(self) -> asyncio.AbstractEventLoop:
        """Tell the loop."""
        return self._net.loop

    def is_serving(self) -> bool:
        """Tell whether it accepts."""
        return self._net.knows(self)

    async def start_serving(self) -> None:
        """Do nothing: it serves from the start."""

    async def serve_forever(self) -> None:
        """Wait for ever."""
        await self._net.loop.create_future()


class Wire:
    """What two transports share: who speaks now, and how long the words travel."""

    __slots__ = ("delay", "net", "speaker")

    def __init__(self, net: Network) -> None:
        """Start silent."""
        self.net = net
        self.speaker: Transport | None = None
        self.delay = 0.0

    def delay_of(self, speaker: Transport) -> float:
        """Tell how long what this side says travels; a new turn draws anew."""
        if speaker is not self.speaker:
            self.speaker = speaker
            self.delay = self.net.draw_latency()
        return self.delay


class Transport(asyncio.Transport):
    """One end of a connection."""

    peer: Transport

    def __init__(
        self, wire: Wire, protocol: asyncio.BaseProtocol, context: contextvars.Context, peername: tuple[str, int]
    ) -> None:
        """Belong to a protocol, whose callbacks run in that context."""
        super().__init__({"peername": peername, "sockname": ("here.test", 0)})
        self._wire = wire
        self._loop = wire.net.loop
        self._protocol: Any = protocol
        self.context = context
        self._inbox: deque[tuple[str, bytes]] = deque()
        self._closing = self._lost = False
        self._reading_paused = self._writing_paused = False
        self._under_way = 0
        self._high = HIGH_WATER
        self._last_arrival = 0.0

    def begin(self) -> None:
        """Tell the protocol that it is connected."""
        self._protocol.connection_made(self)

    # writing

    def write(self, data: Any) -> None:
        """Send bytes on their way."""
        if self._closing or not data:
            return
        data = bytes(data)
        self._under_way += len(data)
        if self._under_way > self._high and not self._writing_paused:
            self._writing_paused = True
            self._protocol.pause_writing()
        self._send("data", data)

    def writelines(self, list_of_data: Any) -> None:
        """Send several chunks as one."""
        self.write(b"".join(list_of_data))

    def _send(self, kind: str, data: bytes = b"") -> None:
        arrival = max(self._loop.time() + self._wire.delay_of(self), self._last_arrival)
        self._last_arrival = arrival
        self._loop.call_at(arrival, self.peer.arrive, kind, data, context=self.peer.context)

    def write_eof(self) -> None:
        """Say that nothing more comes."""
        self._send("eof")

    def can_write_eof(self) -> bool:
        """Tell that one may."""
        return True

    # reading

    def arrive(self, kind: str, data: bytes) -> None:
        """Take what the peer sent."""
        self._inbox.append((kind, data))
        self._drain()

    def _drain(self) -> None:
        while self._inbox and not self._reading_paused and not self._closing:
            self._consume(*self._inbox.popleft())

    def _consume(self, kind: str, data: bytes) -> None:
        if kind == "data":
            self.peer.acknowledge(len(data))
            self._protocol.data_received(data)
        elif kind == "eof":
            if not self._protocol.eof_received():
                self.close()
        else:  # a turn later, as a real loop has it: what came before has been looked at when the end comes
            self._loop.call_soon(self._end, kind, context=self.context)

    def _end(self, kind: str) -> None:
        if kind == "fin" and not self._lost:
            self._protocol.eof_received()
            self._lose(None)
        else:
            self._lose(ConnectionResetError(errno.ECONNRESET, "connection reset by peer"))

    def acknowledge(self, size: int) -> None:
        """Learn that so many bytes were taken."""
        self._under_way -= size
        if self._writing_paused and self._has_room():
            self._loop.call_soon(self._resume_writing, context=self.context)

    def _has_room(self) -> bool:
        return self._under_way <= self._high // 4

    def _resume_writing(self) -> None:
        if self._writing_paused and self._has_room() and not self._lost:
            self._writing_paused = False
            self._protocol.resume_writing()

    def pause_reading(self) -> None:
        """Take nothing for now."""
        self._reading_paused = True

    def resume_reading(self) -> None:
        """Take what has come; later, for a protocol must never be entered again from inside its own call."""
        if self._reading_paused:
            self._reading_paused = False
            self._loop.call_soon(self._drain, context=self.context)

    def is_reading(self) -> bool:
        """Tell whether it takes."""
        return not self._reading_paused and not self._closing

    # closing

    def close(self) -> None:
        """End politely: what was written still arrives."""
        if not self._closing:
            self._closing = True
            self._send("fin")
            self._loop.call_soon(self._lose, None, context=self.context)

    def abort(self) -> None:
        """Break the connection."""
        self._closing = True
        if not self.peer.lost:
            self._loop.call_soon(self.peer.arrive, "reset", b"", context=self.peer.context)
        self._loop.call_soon(self._lose, ConnectionResetError("connection aborted"), context=self.context)

    def die(self) -> None:
        """Do nothing any more; what was sent still arrives, and then the peer sees a broken connection."""
        self._send("reset")
        self._closing = self._lost = True

    def mourn(self) -> None:
        """Tell the protocol of a dead party that its connection is lost."""
        self.context.run(self._protocol.connection_lost, ConnectionResetError("the party was killed"))

    @property
    def lost(self) -> bool:
        """Whether it has ended."""
        return self._lost

    def _lose(self, error: Exception | None) -> None:
        if not self._lost:
            self._lost = self._closing = True
            self._protocol.connection_lost(error)

    def is_closing(self) -> bool:
        """Tell whether it ends."""
        return self._closing

    def get_write_buffer_size(self) -> int:
        """Tell how many bytes are under way."""
        return self._under_way

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:  # noqa: ARG002 - a quarter
        """Set when the writer is asked to pause."""
        self._high = HIGH_WATER if high is None else high

    def get_protocol(self) -> asyncio.Protocol:
        """Tell the protocol."""
        protocol: asyncio.Protocol = self._protocol
        return protocol

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        """Belong to another protocol."""
        self._protocol = protocol


class Connector(aiohttp.BaseConnector):
    """Makes a ClientSession use the in-memory network: no resolver, no sockets."""

    async def _create_connection(
        self,
        req: aiohttp.ClientRequest,
        traces: Any,
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109 - aiohttp's own
    ) -> ResponseHandler:
        """Connect; the hook that aiohttp's own connectors override."""
        del traces, timeout  # connecting takes no time here
        host, port = req.url.host or "", req.url.port or 0
        try:
            _, protocol = await self._loop.create_connection(self._factory, host, port, ssl=req.is_ssl() or None)
        except OSError as error:
            raise aiohttp.ClientConnectorError(req.connection_key, error) from error
        return protocol
