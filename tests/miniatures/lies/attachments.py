"""Jivos that lie about links, files and buttons."""

from __future__ import annotations

from fakes.jivo.knobs import Knobs
from tests.miniatures.fakes import obeying, people, servers
from tests.miniatures.lie import FakeLie, Lie

LIES: tuple[Lie, ...] = (
    FakeLie("dead_links", "JIVO-ATTACH-2", "shows links as plain text", knobs=Knobs(abilities="texts")),
    FakeLie("live_links", "JIVO-ATTACH-3", "makes links active in the widget", knobs=Knobs(abilities="everything")),
    FakeLie(
        "media_unasked", "JIVO-ATTACH-4", "sends the bot media that nobody enabled", knobs=Knobs(visitor_media="full")
    ),
    FakeLie("media_never", "JIVO-ATTACH-4", "sends links when media are enabled", server=obeying(people.DeafToKnobs)),
    FakeLie(
        "no_media",
        "JIVO-ATTACH-5",
        "refuses media by the documentation too",
        server=obeying(people.ProfileWithoutMedia),
    ),
    FakeLie("all_media", "JIVO-ATTACH-5", "takes media by the notes too", server=obeying(people.MediaInEveryProfile)),
    FakeLie(
        "rich_everywhere",
        "JIVO-BUTTONS-4",
        "shows buttons and Markdown where they cannot be shown",
        server=obeying(people.DeafToKnobs),
    ),
    FakeLie("poor_everywhere", "JIVO-BUTTONS-4", "shows fallbacks everywhere", knobs=Knobs(abilities="texts")),
    FakeLie("tells_button_ids", "JIVO-BUTTONS-6", "tells which button was pressed", server=servers.RemembersButtons),
)
