"""The network, seen from bare protocols: who listens, for whom, and what a transport tells."""

from __future__ import annotations

import asyncio
import contextvars
from typing import TYPE_CHECKING

import pytest

from harness.simulation.network import FIRST_PORT, HIGH_WATER
from tests.harness.simulation.stage import HOST, PARTY, Ear, pass_time

if TYPE_CHECKING:
    from harness.simulation.loop import VirtualLoop
    from harness.simulation.network import Server


# listening and connecting


def listen(loop: VirtualLoop, host: str, port: int) -> Server:
    """Listen with somebody new."""
    return loop.net.listen(Ear, host, port)


async def dial(loop: VirtualLoop, host: str, port: int) -> asyncio.Transport:
    """Connect with somebody new."""
    transport: asyncio.Transport
    transport, _ = await loop.create_connection(Ear, host, port)
    return transport


@pytest.mark.parametrize(("host", "port"), [("elsewhere.test", 80), (HOST, 81)])
def test_an_address_where_nobody_listens_is_refused_and_recorded(host: str, port: int, loop: VirtualLoop) -> None:
    """Another host or another port is not the listener's address."""
    listen(loop, HOST, 80)
    with pytest.raises(ConnectionRefusedError, match=f"nobody listens at {host}:{port}"):
        loop.run_until_complete(dial(loop, host, port))

    assert [(host, port)] == loop.net.refused


def test_a_connection_with_tls_is_refused_and_recorded(loop: VirtualLoop) -> None:
    """Nobody here speaks TLS, and plain text in its place would hide that."""
    listen(loop, HOST, 443)
    with pytest.raises(ConnectionRefusedError):
        loop.run_until_complete(loop.create_connection(Ear, HOST, 443, ssl=True))

    assert [(HOST, 443)] == loop.net.refused


def test_a_refusal_is_told_at_once(loop: VirtualLoop) -> None:
    """Whoever wants to hears of it before the one who is refused."""
    told: list[tuple[str, int]] = []
    loop.net.on_refusal = lambda host, port: told.append((host, port))
    with pytest.raises(ConnectionRefusedError):
        loop.run_until_complete(dial(loop, "elsewhere.test", 8080))

    assert [("elsewhere.test", 8080)] == told


def test_a_connection_is_no_refusal(loop: VirtualLoop) -> None:
    """Where somebody listens, nothing is recorded."""
    listen(loop, HOST, 80)
    loop.run_until_complete(dial(loop, HOST, 80))

    assert [] == loop.net.refused


def test_an_address_has_one_listener(loop: VirtualLoop) -> None:
    """The second at an address is refused, as a machine would."""
    listen(loop, HOST, 80)
    with pytest.raises(OSError, match=f"{HOST}:80 is taken"):
        listen(loop, HOST, 80)


def test_a_port_belongs_to_a_host(loop: VirtualLoop) -> None:
    """Two hosts may listen at the same port."""
    first, second = listen(loop, "one.test", 80), listen(loop, "two.test", 80)

    assert [("one.test", 80), ("two.test", 80)] == [first.getsockname(), second.getsockname()]


def test_port_zero_takes_the_next_port(loop: VirtualLoop) -> None:
    """Whoever does not care about the port gets one that is told, and can be reached there."""
    servers = [listen(loop, HOST, 0), listen(loop, HOST, 0)]
    ports = [server.sockets[0].getsockname()[1] for server in servers]
    loop.run_until_complete(dial(loop, HOST, ports[1]))

    assert [FIRST_PORT, FIRST_PORT + 1] == ports


def test_port_zero_passes_over_what_is_taken(loop: VirtualLoop) -> None:
    """A port that somebody asked for by number is not given away."""
    listen(loop, HOST, FIRST_PORT)

    assert FIRST_PORT + 1 == listen(loop, HOST, 0).getsockname()[1]


def test_a_closed_server_accepts_no_one(loop: VirtualLoop) -> None:
    """After closing, its address is refused and recorded."""
    server = listen(loop, HOST, 80)
    server.close()
    with pytest.raises(ConnectionRefusedError):
        loop.run_until_complete(dial(loop, HOST, 80))

    assert not server.is_serving()
    assert [(HOST, 80)] == loop.net.refused


def test_a_closed_server_leaves_its_address(loop: VirtualLoop) -> None:
    """Another may listen there at once."""
    listen(loop, HOST, 80).close()
    successor = listen(loop, HOST, 80)

    assert successor.is_serving()


def test_closing_twice_harms_no_successor(loop: VirtualLoop) -> None:
    """Who comes late to close the old server does not close the new one at the same address."""
    old = listen(loop, HOST, 80)
    old.close()
    new = listen(loop, HOST, 80)
    old.close()
    loop.run_until_complete(dial(loop, HOST, 80))

    assert (False, True) == (old.is_serving(), new.is_serving())


def test_closing_a_server_leaves_its_connections(connected: VirtualLoop, client: Ear, server: Ear) -> None:
    """What was accepted goes on (the listener was closed when they were connected)."""
    client.transport.write(b"still there?")
    pass_time(connected)

    assert b"still there?" == server.heard


def test_a_server_does_what_asyncio_asks_of_one(loop: VirtualLoop) -> None:
    """It knows its loop, serves from the start, and has nothing to wait for at its end."""

    async def scenario() -> None:
        server = await loop.create_server(Ear, HOST, 80)
        async with server:
            await server.start_serving()

            assert loop is server.get_loop()
            assert server.is_serving()

        assert not server.is_serving()

    loop.run_until_complete(scenario())


def test_serving_for_ever_ends_with_its_task(loop: VirtualLoop) -> None:
    """Whoever serves for ever hangs there until cancelled."""

    async def scenario() -> None:
        server = listen(loop, HOST, 80)
        async with asyncio.timeout(1_000):
            await server.serve_forever()

    with pytest.raises(TimeoutError):
        loop.run_until_complete(scenario())

    assert 1_000.0 == loop.time()


# contexts


def in_party(name: str) -> contextvars.Context:
    """Make a context that belongs to a party."""
    context = contextvars.copy_context()
    context.run(PARTY.set, name)
    return context


@pytest.mark.parametrize("end", ["close", "abort", "write_eof"])
@pytest.mark.parametrize("who", [0, 1], ids=["client", "server"])
def test_every_callback_runs_in_the_context_of_its_party(end: str, who: int, loop: VirtualLoop) -> None:
    """From the first call to the last, the listener's protocol runs as the listener and the connector's as itself."""
    ears: list[Ear] = []

    def ear() -> Ear:
        ears.append(Ear())
        return ears[-1]

    async def talk() -> None:
        client, server = ears
        for speaker, reader in ((client, server), (server, client)):
            reader.transport.pause_reading()
            in_party(*speaker.parties).run(speaker.transport.write, bytes(2 * HIGH_WATER))
            await asyncio.sleep(1)
            reader.transport.resume_reading()
            await asyncio.sleep(1)
        getattr(ears[who].transport, end)()
        await asyncio.sleep(1)

    in_party("listener").run(loop.net.listen, ear, HOST, 80)
    dialling = loop.create_task(loop.create_connection(ear, HOST, 80), context=in_party("connector"))
    loop.run_until_complete(dialling)
    loop.run_until_complete(talk())
    every = {"made", "data", "pause", "resume", "lost"}

    assert [{"connector"}, {"listener"}] == [ear.parties for ear in ears]
    assert all(every <= set(ear.calls) for ear in ears)


# particulars


def test_a_transport_tells_who_the_peer_is(connected: VirtualLoop, client: Ear, server: Ear) -> None:
    """The connector knows where it connected to; the listener sees somebody without a name."""
    del connected

    assert (HOST, 80) == client.transport.get_extra_info("peername")
    assert "visitor.test" == server.transport.get_extra_info("peername")[0]


def test_a_transport_can_change_its_protocol(connected: VirtualLoop, client: Ear, server: Ear) -> None:
    """As when a connection is upgraded, the new protocol gets what comes."""
    upgraded = Ear()
    server.transport.set_protocol(upgraded)
    client.transport.write(b"hello")
    pass_time(connected)

    assert upgraded is server.transport.get_protocol()
    assert (b"", b"hello") == (server.heard, upgraded.heard)
