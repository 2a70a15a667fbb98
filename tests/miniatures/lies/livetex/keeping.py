"""LiveTexes that lie about what they keep."""

from __future__ import annotations

from fakes.kit.effects import Author
from fakes.livetex.knobs import Knobs
from fakes.livetex.machine import Happening, Row, State, idle_anew, kept, offered, to_webhook
from tests.miniatures.fakes.livetex import keeping, obeying, offices, people, posting, posts, servers
from tests.miniatures.lie import Lie, LiveTexLie

LIES: tuple[Lie, ...] = (
    LiveTexLie(
        "shows_what_is_kept",
        "LTX-MIRROR-3",
        "shows operators what is kept from them",
        server=obeying(people.ShowsWhatIsKept),
    ),
    LiveTexLie(
        "offers_at_once",
        "LTX-MIRROR-3",
        "lets the operators have a dialogue for which no group is chosen",
        rows={
            (State.NEW, Happening.SENDS): Row(
                State.WAITING, (kept(Author.VISITOR), to_webhook("SelectDestination"), offered, idle_anew)
            )
        },
    ),
    LiveTexLie(
        "flushes_backwards",
        "LTX-MIRROR-4",
        "gives the operators what was kept, the last first",
        server=keeping(offices.FlushesBackwards),
    ),
    LiveTexLie(
        "loses_the_first", "LTX-MIRROR-4", "loses the first of what was kept", server=keeping(offices.LosesTheFirst)
    ),
    LiveTexLie(
        "begins_with_the_choice",
        "LTX-MIRROR-4",
        "shows the operators nothing from before the choice",
        server=keeping(offices.BeginsWithTheChoice),
    ),
    LiveTexLie(
        "chosen_is_kept_on",
        "LTX-MIRROR-4",
        "takes the choice of a group, and keeps on keeping",
        rows={(State.KEPT, Happening.CHOOSES): Row(State.KEPT)},
    ),
    LiveTexLie(
        "wants_a_group_first",
        "LTX-MIRROR-5",
        "refuses a message while no group is chosen",
        server=servers.WantsAGroupFirst,
    ),
    LiveTexLie(
        "wants_somebody", "LTX-MIRROR-5", "refuses a message while nobody is online", server=servers.WantsSomebody
    ),
    LiveTexLie(
        "asks_never",
        "LTX-MIRROR-5",
        "asks for no group",
        rows={(State.NEW, Happening.SENDS): Row(State.KEPT, (kept(Author.VISITOR),))},
    ),
    LiveTexLie(
        "asks_every_time",
        "LTX-MIRROR-5",
        "asks for a group with every message",
        knobs=Knobs(select_destination="every message"),
    ),
    LiveTexLie(
        "tells_who_is_online",
        "LTX-MIRROR-5",
        "tells with the question for a group who is online",
        server=posting(posts.TellsWhoIsOnline),
    ),
    LiveTexLie(
        "forgets_after_a_day",
        "LTX-MIRROR-5",
        "forgets what has waited for an operator for a day",
        server=obeying(people.ForgetsAfterADay),
    ),
)
