"""Lies of bridges about what they do while a vendor fails."""

from __future__ import annotations

from tests.miniatures.lie import BridgeLie, Lie

LIES: tuple[Lie, ...] = (
    BridgeLie("gives_up_soon", "DELIVERY-1", "tries for a minute"),
    BridgeLie("never_repeats", "DELIVERY-1", "never sends again what the vendor may have taken"),
    BridgeLie("reports_the_unsaid", "DELIVERY-1", "reports as sent what it did not say any more"),
    BridgeLie("says_the_unsaid", "DELIVERY-1", "says what is left to say though an operator has the dialogue"),
    BridgeLie("sends_both_tries", "DELIVERY-2", "sends twice what was refused at first"),
    BridgeLie("doubts_everything", "DELIVERY-2", "is in doubt whenever it had to try again"),
    BridgeLie("repeats_until_answered", "DELIVERY-2", "sends again and again until there is an answer"),
    BridgeLie("forgets_doubts", "DELIVERY-2", "reports as sent what may not have been taken"),
    BridgeLie("lets_others_pass", "DELIVERY-3", "puts what fails behind what comes after it"),
    BridgeLie("sends_newest_first", "DELIVERY-3", "sends what is newest first"),
    BridgeLie("one_queue", "DELIVERY-6", "has one queue per vendor, whoever the words are for"),
)
