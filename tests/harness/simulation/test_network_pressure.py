"""The network, seen from bare protocols: a writer that is faster than the reader."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from harness.simulation.network import HIGH_WATER
from tests.harness.simulation.stage import Ear, connect, pass_time

if TYPE_CHECKING:
    from harness.simulation.loop import VirtualLoop

PATTERN = bytes(range(251)) * 1_200  # 301,200 bytes; of a prime period, so that a misplaced piece shows


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
