"""LiveTexes that lie about their operators and groups, and about what these see."""

from __future__ import annotations

from fakes.kit.effects import Author
from fakes.livetex.knobs import Knobs
from fakes.livetex.machine import Happening, Row, State, idle_off, kept, to_webhook
from tests.miniatures.fakes.livetex import answering, clerks, keeping, obeying, offices, people, posting, posts
from tests.miniatures.lie import Lie, LiveTexLie

READ, ENDED = to_webhook("MessageDelivered"), to_webhook("Closed")

LIES: tuple[Lie, ...] = (
    # reading
    LiveTexLie(
        "assigned_is_read",
        "LTX-HANDOVER-7",
        "reports reading when an operator is assigned",
        rows={(State.WAITING, Happening.IS_ASSIGNED): Row(State.OPERATOR, (READ,))},
    ),
    LiveTexLie(
        "marks_by_nobody", "LTX-HANDOVER-7", "reports reading without the reader", knobs=Knobs(reader_named=False)
    ),
    LiveTexLie(
        "marks_by_the_registrar",
        "LTX-HANDOVER-7",
        "names the account's first operator as the reader",
        server=keeping(offices.MarksByTheRegistrar),
    ),
    LiveTexLie(
        "marks_by_their_own_id",
        "LTX-HANDOVER-7",
        "names the read mark's own id for the message's",
        server=posting(posts.MarksByItsOwnId),
    ),
    LiveTexLie(
        "kept_is_unmarked",
        "LTX-HANDOVER-7",
        "reports no reading of what was kept",
        knobs=Knobs(after_transfer="the unread"),
        server=keeping(offices.KeptIsUnmarked),
    ),
    LiveTexLie(
        "marks_once",
        "LTX-HANDOVER-7",
        "reports the first reading in a dialogue, and no other",
        server=keeping(offices.MarksOnce),
    ),
    LiveTexLie(
        "marks_the_newest",
        "LTX-HANDOVER-7",
        "reports of what is read at once the newest message",
        server=keeping(offices.MarksTheNewest),
    ),
    LiveTexLie(
        "marks_again",
        "LTX-HANDOVER-7",
        "reports at every opening everything as read",
        server=keeping(offices.MarksAgain),
    ),
    LiveTexLie(
        "available_as_before",
        "LTX-OFFLINE-4",
        "tells of a changed availability what it was before",
        server=keeping(offices.AvailabilityAsBefore),
    ),
    LiveTexLie(
        "numbers_untold",
        "LTX-OFFLINE-4",
        "tells of no change in how many dialogues an operator has",
        server=keeping(offices.NumbersUntold),
    ),
    LiveTexLie(
        "offline_is_leaving",
        "LTX-CLOSE-3",
        "gives the dialogues of an operator who goes offline back to the group",
        server=obeying(people.OfflineIsLeaving),
    ),
    # the transfer
    LiveTexLie(
        "passed_to_a_group_is_closed",
        "LTX-TRANSFER-2",
        "tells that a dialogue was closed when it is passed to another group",
        rows={(State.OPERATOR, Happening.PASSES_TO_GROUP): Row(State.WAITING, (ENDED,))},
    ),
    LiveTexLie(
        "passed_is_read",
        "LTX-TRANSFER-2",
        "reports reading when a dialogue is passed on",
        rows={(State.OPERATOR, Happening.PASSES): Row(State.OPERATOR, (READ,))},
    ),
    LiveTexLie(
        "asks_at_the_transfer",
        "LTX-TRANSFER-2",
        "asks for a group when a dialogue is passed on",
        rows={(State.OPERATOR, Happening.PASSES): Row(State.OPERATOR, (to_webhook("SelectDestination"),))},
    ),
    LiveTexLie(
        "passed_unread",
        "LTX-TRANSFER-2",
        "reports no reading of a next operator who finds nothing new",
        knobs=Knobs(after_transfer="the unread"),
    ),
    LiveTexLie(
        "marks_by_whoever_was_first",
        "LTX-TRANSFER-2",
        "names the operator from before the transfer as the reader",
        server=keeping(offices.MarksByWhoeverWasFirst),
    ),
    # closing
    LiveTexLie(
        "closes_untold",
        "LTX-CLOSE-3",
        "does not tell that a dialogue is closed",
        rows={(State.OPERATOR, Happening.CLOSES): Row(State.CLOSED, (idle_off,))},
    ),
    LiveTexLie(
        "closed_keeps_the_group",
        "LTX-CLOSE-3",
        "keeps the choice of the group after the end",
        rows={(State.OPERATOR, Happening.CLOSES): Row(State.WAITING, (ENDED,))},
    ),
    LiveTexLie(
        "asks_once_in_a_life",
        "LTX-CLOSE-3",
        "asks for no group when a closed dialogue begins anew",
        rows={(State.CLOSED, Happening.SENDS): Row(State.KEPT, (kept(Author.VISITOR),))},
    ),
    LiveTexLie(
        "offline_is_closing",
        "LTX-CLOSE-3",
        "closes the dialogues of an operator who goes offline",
        server=obeying(people.OfflineIsClosing),
    ),
    # who is online
    LiveTexLie("nobody_counts", "LTX-OFFLINE-2", "counts nobody as online", server=answering(clerks.NobodyCounts)),
    LiveTexLie("pause_counts", "LTX-OFFLINE-2", "counts пауза as online", server=answering(clerks.PauseCounts)),
    LiveTexLie("away_counts", "LTX-OFFLINE-2", "counts нет на месте as online", server=answering(clerks.AwayCounts)),
    LiveTexLie(
        "members_count",
        "LTX-OFFLINE-2",
        "counts whoever is in the group's list as online",
        server=answering(clerks.MembersCount),
    ),
    LiveTexLie(
        "free_places_count",
        "LTX-OFFLINE-2",
        "counts only operators with a free place as online",
        server=answering(clerks.FreePlacesCount),
    ),
    LiveTexLie(
        "always_a_place",
        "LTX-OFFLINE-2",
        "says that whoever is online can take another dialogue",
        server=answering(clerks.AlwaysAPlace),
    ),
    LiveTexLie(
        "availability_never",
        "LTX-OFFLINE-4",
        "does not tell of an operator's status",
        server=keeping(offices.AvailabilityNever),
    ),
    LiveTexLie(
        "availability_once",
        "LTX-OFFLINE-4",
        "tells of an operator's status once, however many dialogues are active",
        server=keeping(offices.AvailabilityOnce),
    ),
    LiveTexLie(
        "availability_always",
        "LTX-OFFLINE-4",
        "tells of an operator's status also where no dialogue is active",
        server=keeping(offices.AvailabilityAlways),
    ),
    LiveTexLie(
        "availability_of_whom",
        "LTX-OFFLINE-4",
        "tells with an operator's status for which visitor it matters",
        server=posting(posts.TellsWhoseDialogue),
    ),
    # groups
    LiveTexLie(
        "two_groups_at_the_start", "LTX-GROUP-3", "has two groups from the start", server=obeying(people.TwoGroups)
    ),
    LiveTexLie(
        "other_first_group", "LTX-GROUP-3", "calls the first group otherwise", server=obeying(people.OtherGroup)
    ),
    LiveTexLie(
        "registrar_at_work",
        "LTX-GROUP-3",
        "has the account's first operator online from the start",
        server=obeying(people.RegistrarAtWork),
    ),
    LiveTexLie(
        "registrar_outside",
        "LTX-GROUP-3",
        "has whoever registered the account in no group",
        server=obeying(people.RegistrarOutside),
    ),
    LiveTexLie(
        "everybody_counts",
        "LTX-GROUP-4",
        "counts for a group who is not in its list",
        server=answering(clerks.EverybodyCounts),
    ),
    LiveTexLie(
        "everybody_sees",
        "LTX-GROUP-4",
        "shows a group's dialogues to who is not in its list",
        server=obeying(people.EverybodySees),
    ),
    LiveTexLie("sorts_groups", "LTX-GROUP-4", "sorts groups by name", server=answering(clerks.SortsGroups)),
    # the head of the dialogue
    LiveTexLie("drops_attributes", "LTX-ATTR-4", "drops the attributes", server=keeping(offices.DropsAttributes)),
    LiveTexLie(
        "first_attribute_alone", "LTX-ATTR-4", "keeps one attribute", server=keeping(offices.FirstAttributeAlone)
    ),
    LiveTexLie(
        "shows_the_hidden", "LTX-ATTR-6", "shows hidden attributes to operators", server=keeping(offices.ShowsTheHidden)
    ),
    LiveTexLie("drops_the_hidden", "LTX-ATTR-6", "drops hidden attributes", server=keeping(offices.DropsTheHidden)),
)
