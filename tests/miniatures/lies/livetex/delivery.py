"""LiveTexes that lie about how they deliver, and about the history."""

from __future__ import annotations

from fakes.livetex.knobs import Knobs
from tests.miniatures.fakes.livetex import answering, clerks, patience, posting, posts, servers
from tests.miniatures.lie import Lie, LiveTexLie

WEEK = 7 * 24 * 3600.0  # seconds

LIES: tuple[Lie, ...] = (
    # until it is acknowledged
    LiveTexLie("takes_202", "LTX-DELIVERY-1", "takes 202 for an acknowledgement", knobs=patience.AnySuccess()),
    LiveTexLie("three_attempts", "LTX-DELIVERY-1", "gives up after three attempts", knobs=patience.ThreeAttempts()),
    LiveTexLie(
        "even_pauses", "LTX-DELIVERY-1", "attempts four times, three seconds apart", knobs=patience.EvenPauses()
    ),
    LiveTexLie(
        "waits_for_ten_seconds", "LTX-DELIVERY-1", "waits for ten seconds only", knobs=Knobs(webhook_window=10.0)
    ),
    LiveTexLie(
        "other_id_each_time",
        "LTX-DELIVERY-1",
        "gives each attempt an id of its own",
        server=posting(posts.NewIdEachAttempt),
    ),
    LiveTexLie("tries_for_a_week", "LTX-DELIVERY-1", "tries for a week", knobs=Knobs(webhook_lifetime=WEEK)),
    LiveTexLie(
        "drops_until_there_is_a_webhook",
        "LTX-DELIVERY-1",
        "drops what happens before a webhook is set",
        server=posting(posts.DropsUntilThereIsAWebhook),
    ),
    # the chosen events
    LiveTexLie(
        "sends_every_type", "LTX-DELIVERY-4", "sends every event, whatever was chosen", server=posting(posts.EveryType)
    ),
    LiveTexLie(
        "all_but_the_chosen",
        "LTX-DELIVERY-4",
        "takes the chosen events for those that are not wanted",
        server=posting(posts.AllButTheChosen),
    ),
    LiveTexLie(
        "messages_alone",
        "LTX-DELIVERY-4",
        "sends without a choice messages alone, and the question for a group",
        server=posting(posts.MessagesAlone),
    ),
    LiveTexLie(
        "earlier_webhooks_too",
        "LTX-DELIVERY-4",
        "tells every webhook that was ever set",
        server=posting(posts.EarlierWebhooksToo),
    ),
    # the history
    LiveTexLie(
        "oldest_first", "LTX-HISTORY-1", "gives a history the oldest first", knobs=Knobs(history_order="oldest first")
    ),
    LiveTexLie(
        "newest_first", "LTX-HISTORY-1", "gives a history the newest first", knobs=Knobs(history_order="newest first")
    ),
    LiveTexLie("longer_pages", "LTX-HISTORY-1", "gives 21 of a history", server=servers.LongerPages),
    LiveTexLie("newest_always", "LTX-HISTORY-1", "gives the newest, whatever was asked", server=servers.NewestAlways),
    LiveTexLie("before_is_after", "LTX-HISTORY-1", "takes before for after", server=servers.OtherWayRound),
    LiveTexLie("words_alone", "LTX-HISTORY-1", "has words alone in the history", server=answering(clerks.WordsAlone)),
    LiveTexLie(
        "without_the_end", "LTX-HISTORY-1", "has no Closed in the history", server=answering(clerks.WithoutTheEnd)
    ),
    LiveTexLie(
        "operators_alone",
        "LTX-HISTORY-1",
        "has nothing of the visitor's own in the history",
        server=answering(clerks.OperatorsAlone),
    ),
    LiveTexLie("authors_unnamed", "LTX-HISTORY-1", "does not tell who said what", knobs=Knobs(sender_named=False)),
    LiveTexLie(
        "history_with_the_key",
        "LTX-HISTORY-1",
        "tells the webhook's key in the history",
        server=answering(clerks.HistoryWithTheKey),
    ),
)
