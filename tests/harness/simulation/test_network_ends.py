"""The network, seen from bare protocols: how a connection ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from harness.simulation.network import HIGH_WATER
from tests.harness.simulation.stage import Ear, connect, draws_of, pass_time

if TYPE_CHECKING:
    from harness.simulation.loop import VirtualLoop


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
