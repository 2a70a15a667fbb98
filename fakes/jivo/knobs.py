"""What about Jivo could be otherwise: the assumptions that the fake already holds, each with its default."""

from __future__ import annotations

from dataclasses import dataclass

from fakes.kit.webhooks import Patience

BOT_PATIENCE = Patience(attempts=3, window=3.0)
WEBHOOK_PATIENCE = Patience(attempts=3, window=10.0)


@dataclass(frozen=True, slots=True)
class Knobs:
    """The settings of one fake Jivo.

    Attributes:
        bot_patience: three attempts of three seconds each (protocol/jivo 1.2), without a gap (JIVO-A1).
        webhook_patience: ten seconds, three attempts (JIVO-A18).
        idle: seconds without a word after which a chat finishes by itself (JIVO-A13).
        finished_only_with_operator: chat_finished comes only if an operator took part.
    """

    bot_patience: Patience = BOT_PATIENCE
    webhook_patience: Patience = WEBHOOK_PATIENCE
    idle: float = 900.0
    finished_only_with_operator: bool = True
