"""Lies that no step asks for: each is told to a scenario whose steps all hold, and only an oracle finds it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fakes.jivo.machine import Happening, Row, State, shown
from fakes.kit.effects import Author
from harness.agenda.agenda import draw_up
from harness.model import Who
from tests.miniatures.lie import BridgeLie, FakeLie
from tests.miniatures.lies.bridges_livetex import LiveTexBridgeLie

if TYPE_CHECKING:
    from tests.miniatures.lie import Lie


@dataclass(frozen=True)
class Unasked:
    """A lie, the scenario to which it is told, and the oracle that finds it."""

    oracle: str
    lie: Lie
    scenario: str
    vendor: str = "livetex"

    @property
    def selector(self) -> str:
        """What picks the scenario: the first behaviour that it proves."""
        planned = draw_up((), frozenset(Who)).planned
        return next(each.behaviours[0] for each in planned if (each.id, each.vendor) == (self.scenario, self.vendor))


UNASKED = (
    Unasked(
        "attributed",
        BridgeLie("one_lead_for_all", "IDENTITY-1", "tells people apart by their ids alone"),
        "every_vendor/people.feature: Two people with one id",
    ),
    Unasked(
        "closed",
        FakeLie(
            "reopens_nothing",
            "JIVO-CLOSED-4",
            "leaves a reopened chat closed, and shows the bot's words in it",
            rows={
                (State.FINISHED, Happening.REOPENS): Row(State.FINISHED),
                (State.FINISHED, Happening.SAYS): Row(State.FINISHED, (shown(Author.BOT),)),
            },
        ),
        "jivo/closing.feature: By the notes it can at once",
        "jivo",
    ),
    Unasked(
        "doubled",
        LiveTexBridgeLie("mirrors_twice", "DELIVERY-2", "passes on everything twice"),
        "livetex/mirroring.feature: A menu",
    ),
    Unasked(
        "hosts",
        BridgeLie("calls_home", "SAFETY-4", "tells its maker that it has started"),
        "jivo/bot.feature: A visitor of any channel [widget]",
        "jivo",
    ),
    Unasked(
        "lost",
        LiveTexBridgeLie("mirrors_the_lead_alone", "DELIVERY-1", "passes on nothing of what the bot says"),
        "livetex/mirroring.feature: A choice",
    ),
    Unasked(
        "reordered",
        BridgeLie("dawdles", "DELIVERY-3", "lets a chat-centre wait, and then sends it what is newest first"),
        "livetex/mirroring.feature: The lead's words wait for their turn",
    ),
    Unasked(
        "schema",
        BridgeLie("numbers_for_ids", "JIVO-BOT-5", "sends ids as numbers"),
        "jivo/bot.feature: An event that comes again later is acknowledged and changes nothing",
        "jivo",
    ),
    Unasked(
        "secrets",
        LiveTexBridgeLie("tokens_in_links", "SAFETY-3", "puts the token in the link of a lead's file"),
        "livetex/mirroring.feature: The lead's own words beside a file",
    ),
    Unasked(
        "silent",
        BridgeLie("lingers", "TAKEOVER-1", "adds a word when an operator is there already"),
        "jivo/contacts.feature: The history leads to the log",
        "jivo",
    ),
)
