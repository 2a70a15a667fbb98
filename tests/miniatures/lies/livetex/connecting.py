"""LiveTexes that lie about keys, versions, errors and the webhook's setting."""

from __future__ import annotations

from fakes.livetex.knobs import Knobs
from tests.miniatures.fakes.livetex import answering, clerks, obeying, people, posting, posts, servers
from tests.miniatures.fakes.livetex.servers import refusing
from tests.miniatures.lie import Lie, LiveTexLie

LIES: tuple[Lie, ...] = (
    # the key
    LiveTexLie("wants_a_header", "LTX-CONNECT-1", "reads the key from a header alone", server=servers.WantsAHeader),
    LiveTexLie("open_house", "LTX-CONNECT-1", "takes calls under any key, and under none", server=servers.OpenHouse),
    LiveTexLie("keys_for_ever", "LTX-CONNECT-1", "lets yesterday's key open the door", server=servers.KeysForEver),
    LiveTexLie("no_key_is_401", "LTX-CONNECT-1", "takes no key for an unknown one", server=refusing(1, 401, 2)),
    LiveTexLie("unknown_key_is_400", "LTX-CONNECT-1", "refuses an unknown key with 400", server=refusing(2, 400, 2)),
    # versions
    LiveTexLie("newest_version_alone", "LTX-CONNECT-4", "has version 1.2 alone", server=servers.NewestVersionAlone),
    LiveTexLie("oldest_version_alone", "LTX-CONNECT-4", "has version 1.0 alone", knobs=Knobs(product="omni 1.0")),
    LiveTexLie(
        "everything_in_the_oldest",
        "LTX-CONNECT-4",
        "has in version 1.0 what came with 1.1",
        server=servers.EverythingInTheOldest,
    ),
    LiveTexLie("future_versions", "LTX-CONNECT-4", "takes version 1.3 for 1.2", server=servers.FutureVersions),
    LiveTexLie(
        "falls_back",
        "LTX-CONNECT-4",
        "answers an account of the older product in version 1.0",
        server=servers.FallsBack,
    ),
    LiveTexLie(
        "wrong_product_is_404",
        "LTX-CONNECT-4",
        "refuses a version that the product has not as an unknown path",
        server=refusing(8, 404, 6),
    ),
    LiveTexLie(
        "places_never_told",
        "LTX-CONNECT-4",
        "does not tell in version 1.2 who can take a new dialogue",
        server=answering(clerks.LikeTheLastVersion),
    ),
    LiveTexLie(
        "places_told_early",
        "LTX-CONNECT-4",
        "tells in version 1.1 who can take a new dialogue",
        server=answering(clerks.LikeTheNextVersion),
    ),
    # errors
    LiveTexLie("refuses_with_200", "LTX-CONNECT-5", "refuses in the body alone", server=servers.AlwaysAStatusOf200),
    LiveTexLie(
        "refuses_with_400", "LTX-CONNECT-5", "refuses whatever it is with 400", server=servers.AlwaysAStatusOf400
    ),
    LiveTexLie("codes_in_words", "LTX-CONNECT-5", "writes error codes as strings", server=servers.CodesInWords),
    LiveTexLie("silent_errors", "LTX-CONNECT-5", "refuses without a message", server=servers.SilentErrors),
    LiveTexLie(
        "empty_is_plain", "LTX-CONNECT-5", "takes an empty body for an empty object", server=servers.EmptyIsPlain
    ),
    LiveTexLie("empty_is_no_json", "LTX-CONNECT-5", "takes an empty body for no JSON", server=refusing(3, 400, 4)),
    LiveTexLie(
        "no_json_is_invalid_data",
        "LTX-CONNECT-5",
        "takes a body that is no JSON for invalid data",
        server=servers.UnreadableIsNothing,
    ),
    LiveTexLie("any_verb", "LTX-CONNECT-5", "takes calls by whatever verb", server=servers.AnyVerb),
    LiveTexLie("faults_are_503", "LTX-CONNECT-5", "calls a fault of its own 503", server=refusing(7, 503, 7)),
    LiveTexLie("other_verbs_are_405", "LTX-CONNECT-5", "refuses another verb with 405", server=refusing(6, 405, 6)),
    LiveTexLie("invalid_data_is_422", "LTX-CONNECT-5", "refuses invalid data with 422", server=refusing(9, 422, 9)),
    LiveTexLie("takes_faulty_calls", "LTX-CONNECT-5", "takes faulty calls", server=servers.TakesAnything),
    LiveTexLie("takes_id_numbers", "LTX-CONNECT-5", "takes numbers for ids", server=servers.TakesNumbers),
    LiveTexLie(
        "takes_nested_attributes",
        "LTX-CONNECT-5",
        "writes down nested attributes as they look",
        server=servers.TakesNestedAttributes,
    ),
    LiveTexLie(
        "any_kind_of_destination",
        "LTX-CONNECT-5",
        "does not look at what kind of destination is chosen",
        server=servers.AnyKindOfDestination,
    ),
    LiveTexLie(
        "takes_unknown_types",
        "LTX-CONNECT-5",
        "passes over event types that nobody knows",
        knobs=Knobs(unknown_event_types="ignored"),
    ),
    LiveTexLie(
        "any_group",
        "LTX-CONNECT-5",
        "sends a dialogue to the first group, if there is no such",
        server=servers.AnyGroup,
    ),
    LiveTexLie(
        "keeps_what_it_refuses",
        "LTX-CONNECT-5",
        "refuses a faulty message, and keeps it",
        server=servers.KeepsWhatItRefuses,
    ),
    # the webhook
    LiveTexLie("takes_http", "LTX-CONNECT-7", "takes http though https is demanded", server=obeying(people.TakesHttp)),
    LiveTexLie(
        "bad_webhook_is_invalid_data",
        "LTX-CONNECT-7",
        "takes a bad webhook for invalid data",
        server=refusing(5, 400, 9),
    ),
    LiveTexLie(
        "first_webhook_stays",
        "LTX-CONNECT-7",
        "leaves the first webhook when another is set",
        server=answering(clerks.FirstWebhookStays),
    ),
    LiveTexLie(
        "tells_the_webhook_key", "LTX-CONNECT-7", "tells the webhook's key", server=answering(clerks.TellsTheKey)
    ),
    LiveTexLie(
        "no_webhook_no_address",
        "LTX-CONNECT-7",
        "tells no address where no webhook is set, instead of an empty one",
        server=answering(clerks.NoWebhookNoAddress),
    ),
    LiveTexLie(
        "chooses_anyway",
        "LTX-CONNECT-5",
        "refuses a group that there is not, and chooses the first all the same",
        server=answering(clerks.ChoosesAnyway),
    ),
    LiveTexLie(
        "tells_the_webhook_before",
        "LTX-CONNECT-7",
        "goes on telling a webhook that was replaced",
        server=posting(posts.EarlierWebhooksToo),
    ),
)
