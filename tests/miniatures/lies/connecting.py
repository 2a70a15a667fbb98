"""Jivos that lie about what was connected."""

from __future__ import annotations

from fakes.jivo.knobs import Knobs
from tests.miniatures.fakes import keeping, obeying, people, posting, posts, servers
from tests.miniatures.lie import FakeLie, Lie

LIES: tuple[Lie, ...] = (
    FakeLie(
        "token_as_query", "JIVO-CONNECT-1", "puts the token behind a question mark", server=posting(posts.TokenAsQuery)
    ),
    FakeLie("encodes_twice", "JIVO-CONNECT-1", "encodes the token twice", server=posting(posts.EncodesTwice)),
    FakeLie("takes_tokens_raw", "JIVO-CONNECT-1", "compares tokens undecoded", server=servers.TakesTokensRaw),
    FakeLie("trims_tokens", "JIVO-CONNECT-2", "trims a token that is pasted", server=obeying(people.TrimsTokens)),
    FakeLie("keeps_webhooks_back", "JIVO-CONNECT-4", "calls no webhook", server=posting(posts.KeepsWebhooksBack)),
    FakeLie(
        "ignores_the_switch", "JIVO-CONNECT-4", "calls a webhook that is off", server=posting(posts.IgnoresTheSwitch)
    ),
    FakeLie(
        "first_channels_webhook",
        "JIVO-CONNECT-4",
        "tells the first channel's webhook of every channel",
        server=posting(posts.FirstChannelsWebhook),
    ),
    FakeLie(
        "cleans_addresses", "JIVO-CONNECT-5", "trims an address that is pasted", server=obeying(people.CleansAddresses)
    ),
    FakeLie(
        "serves_later_channels",
        "JIVO-CONNECT-6",
        "switches the bot on in every new channel",
        server=obeying(people.ServesLaterChannels),
    ),
    FakeLie("first_channel_only", "JIVO-CONNECT-6", "serves the first channel alone", server=servers.FirstChannelOnly),
    FakeLie(
        "hides_the_bot", "JIVO-CONNECT-7", "shows the bot's words under no name", server=keeping(servers.NamelessOffice)
    ),
    FakeLie("forgets_the_bot", "JIVO-CONNECT-11", "lists no connected system", server=obeying(people.ForgetsTheBot)),
    FakeLie("connects_once", "JIVO-CONNECT-11", "connects no second time", server=obeying(people.ConnectsOnce)),
    FakeLie(
        "one_switch_for_both",
        "JIVO-CONNECT-12",
        "switches bot and webhooks together",
        server=obeying(people.OneSwitchForBoth),
    ),
    FakeLie("all_are_widgets", "JIVO-CHANNELS-1", "calls every channel a widget", knobs=Knobs(channel_type="widget")),
    FakeLie(
        "other_channel_ids",
        "JIVO-CHANNELS-1",
        "calls a channel by an id that its settings do not show",
        knobs=Knobs(channel_id="own"),
    ),
)
