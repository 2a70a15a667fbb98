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
    livetex,
    nobody_online,
    operators,
    safety,
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
    *safety.LIES,
    *texts.LIES,
)
