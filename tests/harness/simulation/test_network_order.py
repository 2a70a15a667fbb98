"""The network, seen from bare protocols: what arrives, in what order, and when."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from harness.simulation.chance import Chance
from harness.simulation.network import LATENCY
from tests.harness.simulation.stage import Ear, connect, draws_of, pass_time, virtual_loop

if TYPE_CHECKING:
    from harness.simulation.loop import VirtualLoop

few = settings(deadline=None, derandomize=True, max_examples=60)
chunkings = st.lists(st.binary(min_size=1, max_size=40_000), min_size=1, max_size=30)


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
