"""Every lie of the miniatures, a module per feature; LiveTex's in a folder of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.miniatures.lies import (
    attachments,
    bot,
    bridges,
    bridges_livetex,
    closing,
    connecting,
    contacts,
    faults,
    invitations,
    lateness,
    livetex,
    nobody_online,
    operators,
    outages,
    reach,
    restart,
    safety,
    takeovers,
    texts,
)

if TYPE_CHECKING:
    from tests.miniatures.lie import Lie

LIES: tuple[Lie, ...] = (
    *bridges.LIES,
    *bridges_livetex.LIES,
    *connecting.LIES,
    *bot.LIES,
    *attachments.LIES,
    *operators.LIES,
    *closing.LIES,
    *nobody_online.LIES,
    *contacts.LIES,
    *invitations.LIES,
    *livetex.LIES,
    *faults.LIES,
    *outages.LIES,
    *reach.LIES,
    *lateness.LIES,
    *restart.LIES,
    *takeovers.LIES,
    *safety.LIES,
    *texts.LIES,
)
