"""The network, seen from bare protocols: who listens, what arrives, in what order, when, and for whom."""

from __future__ import annotations

import asyncio
import contextvars
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.simulation.chance import Chance
from harness.simulation.network import FIRST_PORT, HIGH_WATER, LATENCY
from tests.harness.simulation.stage import HOST, PARTY, Ear, connect, virtual_loop

if TYPE_CHECKING:
    from collections.abc import Iterator

    from harness.simulation.loop import VirtualLoop
    from harness.simulation.network import Server

few = settings(deadline=None, derandomize=True, max_examples=60)
chunkings = st.lists(st.binary(min_size=1, max_size=40_000), min_size=1, max_size=30)

PATTERN = bytes(range(251)) * 1_200  # 301,200 bytes; of a prime period, so that a misplaced piece shows


@pytest.fixture
def client() -> Ear:
    """Give the connecting side."""
    return Ear()


@pytest.fixture
def server() -> Ear:
    """Give the listening side."""
    return Ear()


@pytest.fixture
def connected(loop: VirtualLoop, client: Ear, server: Ear) -> Iterator[VirtualLoop]:
    """Lend a loop on which the two are connected."""
    loop.run_until_complete(connect(loop, client, server))
    yield loop
    client.transport.close()


def pass_time(loop: VirtualLoop, seconds: float = 1.0) -> None:
    """Let everything arrive."""
    loop.run_until_complete(asyncio.sleep(seconds))


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


# order


@few
@given(chunkings)
def test_bytes_arrive_as_they_were_written(chunks: list[bytes]) -> None:
    """However a message is cut, it arrives chunk by chunk in the order of writing."""
    client, server = Ear(), Ear()
    with virtual_loop() as loop:
        loop.run_until_complete(connect(loop, client, server))
        for chunk in chunks:
            client.transport.write(chunk)
        pass_time(loop)

    assert chunks == server.chunks


@few
@given(st.lists(st.tuples(st.sampled_from(["write", "answer", "pause", "resume", "time"]), st.binary(max_size=50))))
def test_bytes_keep_their_order_whatever_happens_between(calls: list[tuple[str, bytes]]) -> None:
    """Answers, pauses and waiting between the chunks change nothing about what arrives."""
    client, server = Ear(), Ear()
    with virtual_loop() as loop:
        loop.run_until_complete(connect(loop, client, server))
        for call, data in calls:
            match call:
                case "write":
                    client.transport.write(data)
                case "answer":
                    server.transport.write(data)
                case "pause":
                    server.transport.pause_reading()
                case "resume":
                    server.transport.resume_reading()
                case _:
                    pass_time(loop, 0.002)
        server.transport.resume_reading()
        pass_time(loop)

    assert b"".join(data for call, data in calls if call == "write") == server.heard
    assert b"".join(data for call, data in calls if call == "answer") == client.heard


def test_a_chunk_never_overtakes_another_of_an_earlier_turn(connected: VirtualLoop, client: Ear, server: Ear) -> None:
    """When both speak at once, every chunk draws its own latency, and still none passes the one before."""
    chunks = [bytes([number]) for number in range(50)]
    for chunk in chunks:
        client.transport.write(chunk)
        server.transport.write(chunk)
    pass_time(connected)

    assert chunks == server.chunks
    assert chunks == client.chunks


def test_nothing_is_sent_for_nothing(connected: VirtualLoop, client: Ear, server: Ear) -> None:
    """Writing no bytes calls nobody and draws no latency."""
    drawn = draws_of(connected)
    client.transport.write(b"")
    client.transport.writelines([b"", b""])
    pass_time(connected)

    assert ["made"] == server.calls
    assert [] == drawn


def test_what_is_written_as_one_arrives_as_one(connected: VirtualLoop, client: Ear, server: Ear) -> None:
    """Several chunks handed over together are one."""
    client.transport.writelines([b"one ", b"", b"two"])
    pass_time(connected)

    assert [b"one two"] == server.chunks


def test_what_was_written_cannot_be_changed_any_more(connected: VirtualLoop, client: Ear, server: Ear) -> None:
    """A buffer that is used again does not change what is under way."""
    buffer = bytearray(b"first")
    client.transport.write(buffer)
    buffer[:] = b"other"
    pass_time(connected)

    assert b"first" == server.heard


# latency


def draws_of(loop: VirtualLoop) -> list[float]:
    """Keep every latency that is drawn from now on."""
    drawn: list[float] = []
    draw = loop.net.draw_latency

    def keep() -> float:
        drawn.append(draw())
        return drawn[-1]

    loop.net.draw_latency = keep  # type: ignore[method-assign] # listens in
    return drawn


@few
@given(chunkings)
def test_latency_is_drawn_once_per_turn(chunks: list[bytes]) -> None:
    """A request draws once and its answer once, into however many chunks they are cut."""
    client, server = Ear(), Ear()
    with virtual_loop() as loop:
        loop.run_until_complete(connect(loop, client, server))
        drawn = draws_of(loop)
        for _ in range(2):
            for speaker in (client, server):
                for chunk in chunks:
                    speaker.transport.write(chunk)
                pass_time(loop)

    assert 4 == len(drawn)


def test_each_turn_draws_its_own_latency(connected: VirtualLoop, client: Ear, server: Ear) -> None:
    """Turns travel for different times, each between one and five milliseconds."""
    drawn = draws_of(connected)
    for _ in range(50):
        client.transport.write(b"request")
        pass_time(connected)
        server.transport.write(b"answer")
        pass_time(connected)

    assert 100 == len(set(drawn))
    assert all(LATENCY[0] <= latency <= LATENCY[1] for latency in drawn)


class Watch(Ear):
    """Notes when the last chunk came."""

    last = 0.0

    def data_received(self, data: bytes) -> None:
        """Note the instant as well."""
        super().data_received(data)
        self.last = asyncio.get_running_loop().time()


def test_a_message_arrives_when_its_latency_is_over(loop: VirtualLoop, client: Ear) -> None:
    """What was drawn is what it takes, to the last bit."""
    watch = Watch()
    loop.run_until_complete(connect(loop, client, watch))
    pass_time(loop, 904.35)
    drawn = draws_of(loop)
    client.transport.write(b"one")
    pass_time(loop)

    assert 904.35 + drawn[0] == watch.last


@few
@given(chunkings)
def test_how_a_message_is_cut_changes_no_instant(chunks: list[bytes]) -> None:
    """The last byte arrives at the same instant as the whole would."""
    instants = []
    for cut in (chunks, [b"".join(chunks)]):
        client, server = Ear(), Watch()
        with virtual_loop() as loop:
            loop.run_until_complete(connect(loop, client, server))
            for chunk in cut:
                client.transport.write(chunk)
            pass_time(loop)
        instants.append(server.last)

    assert instants[0] == instants[1]


def test_latency_comes_from_the_world() -> None:
    """The same seed draws the same latencies, from the stream of that name."""
    with virtual_loop(seed=5) as loop:
        drawn = [loop.net.draw_latency() for _ in range(5)]
    stream = Chance(5, "tests").stream("latency")

    assert [stream.uniform(*LATENCY) for _ in range(5)] == drawn


# back-pressure


class Sip(Ear):
    """Takes one chunk at a time."""

    def data_received(self, data: bytes) -> None:
        """Take no more for now."""
        super().data_received(data)
        self.transport.pause_reading()


def test_a_writer_is_asked_to_pause(connected: VirtualLoop, client: Ear) -> None:
    """More than the high water under way asks for a pause, once."""
    client.transport.write(bytes(HIGH_WATER))
    before = list(client.calls)
    client.transport.write(b"x")
    client.transport.write(b"x")
    after = list(client.calls)
    pass_time(connected)

    assert (["made"], ["made", "pause"]) == (before, after)


def test_a_writer_may_go_on_when_there_is_room(connected: VirtualLoop, client: Ear, server: Ear) -> None:
    """Only after the reader took enough, and not while it takes nothing."""
    server.transport.pause_reading()
    for _ in range(5):
        client.transport.write(bytes(HIGH_WATER // 4))
    pass_time(connected)
    held = list(client.calls)
    server.transport.resume_reading()
    pass_time(connected)

    assert ["made", "pause"] == held
    assert ["made", "pause", "resume"] == client.calls
    assert 0 == client.transport.get_write_buffer_size()


def test_a_writer_goes_on_at_a_quarter_of_the_high_water(connected: VirtualLoop, client: Ear, server: Ear) -> None:
    """Room for a single byte is no reason to write again: pauses would follow one another."""
    sip = Sip()
    server.transport.set_protocol(sip)
    sip.transport = server.transport
    for _ in range(20):
        client.transport.write(bytes(HIGH_WATER // 16))
    left = []
    for _ in range(20):
        pass_time(connected)
        if client.calls[-1] == "pause":
            left.append(client.transport.get_write_buffer_size() * 16 // HIGH_WATER)
        server.transport.resume_reading()

    assert list(range(19, 4, -1)) == left


def test_a_writer_that_does_not_wait_is_told_nothing_twice(loop: VirtualLoop) -> None:
    """Pause and resume alternate, and resume means room, also when more is written just as there was room again."""
    left: list[int] = []

    class Measured(Ear):
        def resume_writing(self) -> None:
            super().resume_writing()
            left.append(self.transport.get_write_buffer_size())

    class Greedy(Ear):
        def data_received(self, data: bytes) -> None:
            super().data_received(data)
            if len(self.chunks) == 1:
                measured.transport.write(bytes(2 * HIGH_WATER))

    measured, greedy = Measured(), Greedy()
    loop.run_until_complete(connect(loop, measured, greedy))
    measured.transport.write(bytes(2 * HIGH_WATER))
    pass_time(loop)

    assert ["made", "pause", "resume"] == measured.calls
    assert [0] == left
    assert 4 * HIGH_WATER == len(greedy.heard)


def test_the_high_water_can_be_set(connected: VirtualLoop, client: Ear) -> None:
    """A protocol may want to be asked earlier; None brings the usual mark back."""
    client.transport.set_write_buffer_limits(high=10)
    client.transport.write(bytes(11))
    pass_time(connected)
    client.transport.set_write_buffer_limits()
    client.transport.write(bytes(HIGH_WATER))
    pass_time(connected)

    assert ["made", "pause", "resume"] == client.calls


def test_bytes_under_way_are_counted(connected: VirtualLoop, client: Ear) -> None:
    """What the peer has not taken yet counts as the buffer."""
    client.transport.write(bytes(300))
    client.transport.write(bytes(200))
    under_way = client.transport.get_write_buffer_size()
    pass_time(connected)

    assert (500, 0) == (under_way, client.transport.get_write_buffer_size())


def test_a_paused_reader_is_given_nothing(connected: VirtualLoop, client: Ear, server: Ear) -> None:
    """What arrives while it takes nothing waits, and comes in order afterwards."""
    server.transport.pause_reading()
    client.transport.write(b"one")
    pass_time(connected)
    client.transport.write(b"two")
    pass_time(connected)
    held = (server.heard, server.transport.is_reading())
    server.transport.resume_reading()
    pass_time(connected)

    assert (b"", False) == held
    assert [b"one", b"two"] == server.chunks
    assert server.transport.is_reading()


def test_a_reader_may_pause_between_two_chunks(connected: VirtualLoop, client: Ear, server: Ear) -> None:
    """A pause that a chunk brings about holds for the next, though it has arrived already."""
    sip = Sip()
    server.transport.set_protocol(sip)
    sip.transport = server.transport
    server.transport.pause_reading()
    client.transport.write(b"one")
    client.transport.write(b"two")
    pass_time(connected)
    server.transport.resume_reading()
    pass_time(connected)

    assert [b"one"] == sip.chunks


class Fickle(Ear):
    """Pauses and resumes reading inside its own call, as aiohttp's parser does, and notes if it is entered again."""

    entered = False
    entered_again = False

    def data_received(self, data: bytes) -> None:
        """Take the data only after the resumption."""
        self.entered_again |= self.entered
        self.entered = True
        self.transport.pause_reading()
        self.transport.resume_reading()
        super().data_received(data)
        self.entered = False


def test_a_protocol_is_never_entered_from_inside_its_own_call(loop: VirtualLoop, client: Ear) -> None:
    """Resuming to read inside of data_received gives the next chunk later, or bodies would be shuffled."""
    fickle = Fickle()
    loop.run_until_complete(connect(loop, client, fickle))
    fickle.transport.pause_reading()
    chunks = [bytes([number]) * 10 for number in range(30)]
    for chunk in chunks:
        client.transport.write(chunk)
    pass_time(loop)
    fickle.transport.resume_reading()
    pass_time(loop)

    assert not fickle.entered_again
    assert chunks == fickle.chunks


def test_resuming_calls_nobody_at_once(connected: VirtualLoop, client: Ear, server: Ear) -> None:
    """What has arrived is given by the loop, not by resume_reading."""
    server.transport.pause_reading()
    client.transport.write(b"one")
    pass_time(connected)
    server.transport.resume_reading()
    at_once = server.heard
    pass_time(connected, 0)

    assert (b"", b"one") == (at_once, server.heard)


class Heedful(Ear):
    """Tells when there is room to write."""

    def __init__(self) -> None:
        """Begin with room."""
        super().__init__()
        self.room = asyncio.Event()
        self.room.set()

    def pause_writing(self) -> None:
        """Have no room."""
        super().pause_writing()
        self.room.clear()

    def resume_writing(self) -> None:
        """Have room again."""
        super().resume_writing()
        self.room.set()


def test_a_slow_reader_gets_everything(loop: VirtualLoop, server: Ear) -> None:
    """A large body survives a reader that pauses again and again, and a writer that heeds the pauses."""
    client = Heedful()

    async def read_slowly() -> None:
        while len(server.heard) < len(PATTERN):
            server.transport.pause_reading()
            await asyncio.sleep(0.01)
            server.transport.resume_reading()
            await asyncio.sleep(0.001)

    async def write() -> None:
        for start in range(0, len(PATTERN), 10_000):
            await client.room.wait()
            client.transport.write(PATTERN[start : start + 10_000])
            most.append(client.transport.get_write_buffer_size())

    async def scenario() -> None:
        await connect(loop, client, server)
        await asyncio.gather(read_slowly(), write())

    most: list[int] = []
    loop.run_until_complete(scenario())

    assert PATTERN == server.heard
    assert HIGH_WATER < max(most) <= HIGH_WATER + 10_000


# ends


def test_closing_delivers_what_was_written_before(connected: VirtualLoop, client: Ear, server: Ear) -> None:
    """The peer gets every byte, then the end, then knows the connection as lost without an error."""
    client.transport.write(b"one")
    client.transport.write(b"two")
    client.transport.close()
    pass_time(connected)

    assert b"onetwo" == server.heard
    assert ["made", "data", "data", "eof", "lost"] == server.calls
    assert server.error is None


def test_closing_waits_for_a_reader_that_pauses(connected: VirtualLoop, client: Ear, server: Ear) -> None:
    """The end does not overtake what the reader has not taken yet."""
    server.transport.pause_reading()
    client.transport.write(b"one")
    client.transport.close()
    pass_time(connected)
    held = list(server.calls)
    server.transport.resume_reading()
    pass_time(connected)

    assert ["made"] == held
    assert ["made", "data", "eof", "lost"] == server.calls


def test_the_one_who_closes_hears_no_more(connected: VirtualLoop, client: Ear, server: Ear) -> None:
    """Its connection is lost without an error, later; what the peer says afterwards goes nowhere."""
    client.transport.close()
    at_once = list(client.calls)
    server.transport.write(b"too late")
    pass_time(connected)

    assert ["made"] == at_once
    assert ["made", "lost"] == client.calls
    assert client.error is None


@pytest.mark.parametrize("end", ["close", "abort"])
def test_whoever_ends_in_the_middle_is_given_no_more(end: str, loop: VirtualLoop, client: Ear) -> None:
    """What has arrived behind the chunk at which a protocol ends the connection is not given to it, nor is the end."""

    class Full(Ear):
        def data_received(self, data: bytes) -> None:
            super().data_received(data)
            getattr(self.transport, end)()

    full = Full()
    loop.run_until_complete(connect(loop, client, full))
    full.transport.pause_reading()
    client.transport.write(b"one")
    client.transport.write(b"two")
    client.transport.close()
    pass_time(loop)
    full.transport.resume_reading()
    pass_time(loop)

    assert ["made", "data", "lost"] == full.calls


def test_what_is_written_after_closing_goes_nowhere(connected: VirtualLoop, client: Ear, server: Ear) -> None:
    """A closing transport says so, reads no more, and sends nothing."""
    client.transport.close()
    client.transport.write(b"too late")
    pass_time(connected)

    assert client.transport.is_closing()
    assert not client.transport.is_reading()
    assert b"" == server.heard


@pytest.mark.parametrize("end", ["close", "abort"])
def test_a_connection_ends_once(end: str, connected: VirtualLoop, client: Ear, server: Ear) -> None:
    """Ending it again from either side tells nobody twice, and says nothing more."""
    for _ in range(2):
        getattr(client.transport, end)()
        getattr(server.transport, end)()
    pass_time(connected)
    drawn = draws_of(connected)
    getattr(client.transport, end)()
    getattr(server.transport, end)()
    pass_time(connected)

    assert [] == drawn
    assert (1, 1) == (client.calls.count("lost"), server.calls.count("lost"))


def test_a_writer_that_waits_for_room_learns_of_the_end(connected: VirtualLoop, client: Ear, server: Ear) -> None:
    """When the reader closes, the paused writer is told that the connection is lost."""
    server.transport.pause_reading()
    client.transport.write(bytes(2 * HIGH_WATER))
    pass_time(connected)
    server.transport.close()
    pass_time(connected)

    assert ["made", "pause", "eof", "lost"] == client.calls


def test_a_lost_connection_is_not_resumed(connected: VirtualLoop, client: Ear, server: Ear) -> None:
    """After connection_lost no other call comes, though the peer goes on to take what was written before."""
    client.transport.write(bytes(2 * HIGH_WATER))
    client.transport.close()
    pass_time(connected)

    assert ["made", "pause", "lost"] == client.calls
    assert 2 * HIGH_WATER == len(server.heard)


def test_a_half_closed_connection_can_still_be_answered(loop: VirtualLoop, client: Ear) -> None:
    """A peer that wants to may answer after the end of what it hears."""

    class Patient(Ear):
        def eof_received(self) -> bool:
            super().eof_received()
            self.transport.write(b"answer")
            return True

    patient = Patient()
    loop.run_until_complete(connect(loop, client, patient))
    client.transport.write(b"request")
    client.transport.write_eof()
    pass_time(loop)

    assert client.transport.can_write_eof()
    assert (b"request", b"answer") == (patient.heard, client.heard)
    assert ["made", "data", "eof"] == patient.calls


def test_the_end_of_what_is_heard_usually_closes(connected: VirtualLoop, client: Ear, server: Ear) -> None:
    """A peer that does not ask to stay open is closed after the end of what it hears."""
    client.transport.write_eof()
    pass_time(connected)

    assert ["made", "eof", "lost"] == server.calls
    assert ["made", "eof", "lost"] == client.calls


def test_aborting_resets_the_peer(connected: VirtualLoop, client: Ear, server: Ear) -> None:
    """The peer gets an error instead of an end, and what was under way is gone."""
    client.transport.write(b"gone")
    client.transport.abort()
    pass_time(connected)

    assert ["made", "lost"] == server.calls
    assert isinstance(server.error, ConnectionResetError)
    assert "connection reset by peer" in str(server.error)


def test_aborting_loses_ones_own_end_too(connected: VirtualLoop, client: Ear) -> None:
    """Whoever aborts is told, later, with an error."""
    client.transport.abort()
    at_once = list(client.calls)
    pass_time(connected)

    assert ["made"] == at_once
    assert ["made", "lost"] == client.calls
    assert isinstance(client.error, ConnectionResetError)


def test_a_reset_peer_cannot_write(connected: VirtualLoop, client: Ear, server: Ear) -> None:
    """After a reset the transport is closing, and what is written goes nowhere."""
    client.transport.abort()
    pass_time(connected)
    server.transport.write(b"too late")
    pass_time(connected)

    assert server.transport.is_closing()
    assert 0 == server.transport.get_write_buffer_size()


def test_a_connection_can_be_aborted_while_it_closes(connected: VirtualLoop, client: Ear, server: Ear) -> None:
    """An abort after a polite end resets the peer, if the end has not come yet."""
    client.transport.write(b"gone")
    client.transport.close()
    client.transport.abort()
    pass_time(connected)

    assert isinstance(server.error, ConnectionResetError)
    assert b"" == server.heard


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
