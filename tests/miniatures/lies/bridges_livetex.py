"""Bridges that lie to LiveTex, or about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from harness.run import Order
from tests.miniatures.lie import BridgeLie, Lie

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class LiveTexBridgeLie(BridgeLie):
    """A lying bridge whose factory lies among those of LiveTex."""

    def order(self, out: Path, selectors: tuple[str, ...]) -> Order:
        """Judge the lying bridge."""
        return Order(out, selectors, bridge=f"python:tests.miniatures.bridges.livetex:{self.name}", seed=1, pages=False)


LIES: tuple[Lie, ...] = (
    # connecting
    LiveTexBridgeLie("button_of_nothing", "LTX-CONNECT-2", "does nothing when 'Вебхук' is pressed"),
    LiveTexBridgeLie("plain_secret", "LTX-CONNECT-2", "registers a key that anybody can guess"),
    LiveTexBridgeLie("short_secret", "LTX-CONNECT-2", "registers a key of eight signs"),
    LiveTexBridgeLie("secret_of_one_sign", "LTX-CONNECT-2", "registers a long key of one sign"),
    LiveTexBridgeLie("one_secret_for_all", "LTX-CONNECT-2", "registers the same key everywhere"),
    LiveTexBridgeLie("counted_secrets", "LTX-CONNECT-2", "registers keys that differ by a number"),
    LiveTexBridgeLie("secret_in_the_address", "LTX-CONNECT-2", "registers a key that stands in the address"),
    LiveTexBridgeLie("key_for_a_secret", "LTX-CONNECT-2", "registers LiveTex's own access key"),
    LiveTexBridgeLie("other_address", "LTX-CONNECT-2", "registers an address at which nobody listens"),
    LiveTexBridgeLie("livetex_open_door", "LTX-CONNECT-3", "takes webhooks under any key"),
    LiveTexBridgeLie("needs_no_key", "LTX-CONNECT-3", "takes webhooks without a key"),
    LiveTexBridgeLie("needs_any_key", "LTX-CONNECT-3", "takes webhooks under any key that is one"),
    LiveTexBridgeLie("keys_for_messages", "LTX-CONNECT-3", "asks for the key of messages alone"),
    LiveTexBridgeLie("swallows_strangers", "LTX-CONNECT-3", "acknowledges what comes under a wrong key"),
    LiveTexBridgeLie("nameless_bindings", "LTX-CONNECT-6", "gives a binding no name"),
    LiveTexBridgeLie("first_key_for_ever", "LTX-CONNECT-6", "keeps the key of yesterday"),
    # excluded channels
    LiveTexBridgeLie("excludes_the_lead", "LTX-CHANNELS-1", "passes on what the bot says on an excluded channel"),
    LiveTexBridgeLie("excludes_the_bot", "LTX-CHANNELS-1", "passes on what the lead says on an excluded channel"),
    LiveTexBridgeLie("excludes_nothing", "LTX-CHANNELS-1", "passes on every channel, ticked or not"),
    LiveTexBridgeLie("hands_over_the_excluded", "LTX-CHANNELS-1", "hands over also on an excluded channel"),
    LiveTexBridgeLie("excludes_centres_alone", "LTX-CHANNELS-2", "excludes no direct channel"),
    LiveTexBridgeLie("excludes_everything", "LTX-CHANNELS-2", "excludes every channel once one is ticked"),
    LiveTexBridgeLie("excludes_jivo_always", "LTX-CHANNELS-2", "excludes Jivo, ticked or not"),
    LiveTexBridgeLie(
        "excludes_the_unticked", "LTX-CHANNELS-2", "takes the ticked channels for those that are passed on"
    ),
    # what is passed on
    LiveTexBridgeLie("mirrors_the_lead_alone", "LTX-MIRROR-2", "passes on nothing that the bot says"),
    LiveTexBridgeLie("mirrors_the_bot_alone", "LTX-MIRROR-1", "passes on nothing that the lead says to the bot"),
    LiveTexBridgeLie("mirrors_the_first_lead", "LTX-MIRROR-1", "passes on what one lead says"),
    LiveTexBridgeLie("mirrors_at_the_handover", "LTX-MIRROR-1", "passes on nothing before the handover"),
    LiveTexBridgeLie("mirrors_to_somebody", "LTX-MIRROR-1", "passes on nothing while nobody is online"),
    LiveTexBridgeLie("mirrors_twice", "LTX-MIRROR-1", "passes on everything twice"),
    LiveTexBridgeLie("mirrors_the_lead_last", "LTX-MIRROR-1", "passes on the bot's answer before the lead's question"),
    LiveTexBridgeLie("mirrors_in_files", "LTX-TYPES-1", "passes on texts as files"),
    LiveTexBridgeLie("cuts_words", "LTX-TYPES-1", "cuts long words"),
    # titles
    LiveTexBridgeLie("no_titles", "LTX-MIRROR-2", "puts no title above words"),
    LiveTexBridgeLie("no_titles_on_files", "LTX-MIRROR-2", "sends files without a title"),
    LiveTexBridgeLie("titles_beside", "LTX-MIRROR-2", "puts the title on the line of the words"),
    LiveTexBridgeLie("titles_below", "LTX-MIRROR-2", "puts the title below the words"),
    LiveTexBridgeLie("swaps_titles", "LTX-MIRROR-2", "puts the lead's title above the bot's words"),
    LiveTexBridgeLie("no_captions", "LTX-MIRROR-2", "loses what is said beside a file"),
    LiveTexBridgeLie("preset_titles", "LTX-MIRROR-8", "puts the preset titles above words, whatever was entered"),
    LiveTexBridgeLie("cuts_titles", "LTX-MIRROR-8", "cuts long titles"),
    LiveTexBridgeLie("no_emoji", "LTX-MIRROR-8", "drops the emoji of a title"),
    LiveTexBridgeLie("trims_titles", "LTX-MIRROR-8", "takes the blanks off a title's ends"),
    LiveTexBridgeLie("joins_blanks", "LTX-MIRROR-8", "takes the blanks within a title for one"),
    LiveTexBridgeLie("escapes_titles", "LTX-MIRROR-8", "escapes titles as if they were HTML"),
    LiveTexBridgeLie("formats_titles", "LTX-MIRROR-8", "takes titles for templates"),
    LiveTexBridgeLie("titles_for_the_bot", "LTX-MIRROR-8", "drops the title while an operator has the dialogue"),
    # the history
    LiveTexBridgeLie("no_operators_in_history", "LTX-MIRROR-6", "keeps nothing of what operators say"),
    LiveTexBridgeLie("operators_for_bots", "LTX-MIRROR-6", "keeps what operators say as the bot's"),
    LiveTexBridgeLie("operators_part_first", "LTX-MIRROR-6", "shows what operators say before all else"),
    LiveTexBridgeLie("livetex_back_to_front", "LTX-MIRROR-6", "shows the history with the newest first"),
    LiveTexBridgeLie("operators_hours_away", "LTX-MIRROR-6", "keeps what operators say in the time of another zone"),
    LiveTexBridgeLie("keeps_arrivals", "LTX-MIRROR-6", "keeps what operators say with the instant at which it came"),
    LiveTexBridgeLie("keeps_words_in_their_turn", "LTX-MIRROR-6", "keeps what a lead says once the bot comes to it"),
    LiveTexBridgeLie("never_delivered", "LTX-MIRROR-6", "never learns that an operator's words were delivered"),
    LiveTexBridgeLie("chooses_when_asked", "LTX-MIRROR-7", "chooses a group as soon as LiveTex asks for one"),
    LiveTexBridgeLie("refuses_questions", "LTX-MIRROR-7", "refuses to be asked for a group"),
    # files and menus
    LiveTexBridgeLie("files_as_text", "LTX-TYPES-2", "passes on files as links in a text"),
    LiveTexBridgeLie("films_as_text", "LTX-TYPES-2", "passes on films as links in a text"),
    LiveTexBridgeLie("drops_leads_files", "LTX-TYPES-2", "passes on nothing but words of a lead's"),
    LiveTexBridgeLie("telegrams_own_links", "LTX-TYPES-2", "shows a lead's files at Telegram's own address"),
    LiveTexBridgeLie("tokens_in_links", "LTX-TYPES-2", "puts the token in the link of a lead's file"),
    LiveTexBridgeLie("links_to_nothing", "LTX-TYPES-2", "shows a lead's files where there is nothing"),
    LiveTexBridgeLie("others_as_text", "LTX-TYPES-4", "passes on as files nothing but pictures and films"),
    LiveTexBridgeLie("no_file_names", "LTX-TYPES-4", "sends files without their names"),
    LiveTexBridgeLie("no_file_sizes", "LTX-TYPES-4", "sends files without their sizes"),
    LiveTexBridgeLie("menus_as_files", "LTX-TYPES-3", "passes on menus as files"),
    LiveTexBridgeLie("first_lines", "LTX-TYPES-3", "passes on a menu without its choices"),
    LiveTexBridgeLie("captions_for_codes", "LTX-TYPES-5", "passes on a choice by its caption"),
    # what operators say
    LiveTexBridgeLie("mirrors_back", "LTX-TYPES-6", "passes on to LiveTex what came from there"),
    LiveTexBridgeLie("first_words_alone", "LTX-TYPES-6", "tells an operator's first words alone"),
    LiveTexBridgeLie("drops_equal_words", "LTX-TYPES-6", "drops an operator's words that say the same again"),
    LiveTexBridgeLie("loses_operators", "LTX-TYPES-6", "tells nothing of what operators write"),
    LiveTexBridgeLie("tells_words_twice", "LTX-TYPES-6", "tells an operator's words twice"),
    LiveTexBridgeLie("names_writers", "LTX-TYPES-6", "puts the operator's name above his words"),
    LiveTexBridgeLie("needs_authors", "LTX-TYPES-6", "refuses words that do not say whose they are"),
    LiveTexBridgeLie("needs_numbers", "LTX-TYPES-6", "refuses words whose instant is a string"),
    LiveTexBridgeLie("needs_first_names", "LTX-TYPES-6", "refuses the words of an operator without a first name"),
    LiveTexBridgeLie("needs_nicknames", "LTX-TYPES-6", "refuses the words of an operator without a nickname"),
    LiveTexBridgeLie("needs_file_names", "LTX-TYPES-6", "drops an operator's file that has no name"),
    LiveTexBridgeLie("files_as_links", "LTX-TYPES-6", "tells the address of an operator's file"),
    LiveTexBridgeLie("files_twice", "LTX-TYPES-6", "shows an operator's file twice"),
    LiveTexBridgeLie("no_comments", "LTX-TYPES-6", "drops what an operator says beside a file"),
    LiveTexBridgeLie("names_for_comments", "LTX-TYPES-6", "tells a file's name in place of what is said beside it"),
    LiveTexBridgeLie("shows_own_words", "LTX-TYPES-6", "tells a lead his own words when they come back"),
    LiveTexBridgeLie("refuses_own_words", "LTX-TYPES-6", "refuses the lead's own words when they come back"),
    LiveTexBridgeLie("drops_holding_texts", "LTX-TYPES-7", "tells no holding text"),
    LiveTexBridgeLie("holding_texts_announce", "LTX-TYPES-7", "announces somebody for a holding text"),
    # the handover
    LiveTexBridgeLie("tells_too_soon", "LTX-HANDOVER-1", "tells of the handover before LiveTex has accepted it"),
    LiveTexBridgeLie("hands_over_quietly", "LTX-HANDOVER-1", "tells nothing of the handover"),
    LiveTexBridgeLie("tells_alone", "LTX-HANDOVER-1", "tells of a handover, and hands nothing over"),
    LiveTexBridgeLie("never_announces", "LTX-HANDOVER-2", "announces nobody"),
    LiveTexBridgeLie("announces_otherwise", "LTX-HANDOVER-2", "announces in words of its own"),
    LiveTexBridgeLie("announces_writers_alone", "LTX-HANDOVER-2", "announces at the operator's first words"),
    LiveTexBridgeLie("announces_at_the_handover", "LTX-HANDOVER-2", "announces at the handover, and nobody who reads"),
    LiveTexBridgeLie("mirrors_announcements", "LTX-HANDOVER-2", "passes on its own announcements to LiveTex"),
    LiveTexBridgeLie("announces_every_read", "LTX-HANDOVER-3", "announces with every message that is read"),
    LiveTexBridgeLie("announces_writers", "LTX-HANDOVER-3", "announces also whoever writes"),
    LiveTexBridgeLie("announces_the_assigned", "LTX-HANDOVER-3", "announces at the assignment"),
    LiveTexBridgeLie("announces_unread", "LTX-HANDOVER-3", "announces a little after the handover"),
    LiveTexBridgeLie("answers_beside", "LTX-HANDOVER-4", "lets the bot answer while an operator has the dialogue"),
    LiveTexBridgeLie("answers_until_read", "LTX-HANDOVER-4", "lets the bot answer until an operator has read"),
    LiveTexBridgeLie(
        "answers_commands", "LTX-HANDOVER-4", "lets the bot answer commands while an operator has the dialogue"
    ),
    LiveTexBridgeLie("speaks_later", "LTX-HANDOVER-4", "says later what it had to say before the handover"),
    LiveTexBridgeLie(
        "silent_after_the_handover", "LTX-HANDOVER-4", "passes on nothing once an operator has the dialogue"
    ),
    LiveTexBridgeLie("prints_ids", "LTX-HANDOVER-5", "prints the operator's id"),
    LiveTexBridgeLie("undefined", "LTX-HANDOVER-5", "prints 'undefined' for a last name"),
    LiveTexBridgeLie("nick_or_undefined", "LTX-HANDOVER-5", "prints 'undefined' for a nickname"),
    LiveTexBridgeLie("double_blank", "LTX-HANDOVER-5", "leaves two blanks where the last name is missing"),
    LiveTexBridgeLie("all_names", "LTX-HANDOVER-5", "prints first name, last name and nickname"),
    LiveTexBridgeLie("announces_nobody_in_particular", "LTX-HANDOVER-6", "announces somebody where no reader is named"),
    LiveTexBridgeLie("announces_readers_of_anything", "LTX-HANDOVER-6", "announces whoever has read any message"),
    LiveTexBridgeLie(
        "announces_readers_of_the_past", "LTX-HANDOVER-6", "announces whoever has read a message of the dialogue before"
    ),
    # the transfer
    LiveTexBridgeLie("announces_by_name", "LTX-TRANSFER-1", "announces nobody of the same name"),
    LiveTexBridgeLie("announces_once", "LTX-TRANSFER-1", "announces one operator in a dialogue"),
    LiveTexBridgeLie("announces_the_next", "LTX-TRANSFER-1", "announces the next operator before he has read"),
    LiveTexBridgeLie("guesses_the_transfer", "LTX-TRANSFER-1", "announces whoever comes online, a little later"),
    LiveTexBridgeLie("not_on_the_way_back", "LTX-TRANSFER-3", "announces nobody who was there before"),
    # closing
    LiveTexBridgeLie("closes_quietly", "LTX-CLOSE-1", "tells nothing when an operator closes"),
    LiveTexBridgeLie("closes_otherwise", "LTX-CLOSE-1", "tells in words of its own that an operator closed"),
    LiveTexBridgeLie("mirrors_returns", "LTX-CLOSE-1", "passes on to LiveTex that the dialogue is the bot's again"),
    LiveTexBridgeLie("keeps_the_lead", "LTX-CLOSE-2", "keeps the bot silent after an operator has closed"),
    LiveTexBridgeLie("hands_over_once", "LTX-CLOSE-2", "hands over once in a lead's life"),
    LiveTexBridgeLie("tells_once", "LTX-CLOSE-2", "tells of the first handover alone"),
    LiveTexBridgeLie("once_in_a_life", "LTX-CLOSE-2", "announces nobody twice in a lead's life"),
    # attributes
    LiveTexBridgeLie("attributes_elsewhere", "LTX-ATTR-1", "keeps the attributes under a key of its own"),
    LiveTexBridgeLie("attributes_of_a_script", "LTX-ATTR-1", "keeps the attributes with another type"),
    LiveTexBridgeLie("attributes_apart", "LTX-ATTR-1", "keeps each attribute for itself"),
    LiveTexBridgeLie("chooses_for_attributes", "LTX-ATTR-2", "sends the attributes at once"),
    LiveTexBridgeLie("tells_attributes", "LTX-ATTR-2", "writes the attributes to LiveTex as words"),
    LiveTexBridgeLie(
        "attributes_with_words", "LTX-ATTR-2", "sends the attributes with what is said, not with the handover"
    ),
    LiveTexBridgeLie("no_attributes", "LTX-ATTR-2", "sends no attributes"),
    LiveTexBridgeLie("last_attribute_alone", "LTX-ATTR-2", "sends one attribute"),
    LiveTexBridgeLie("no_numbers", "LTX-ATTR-3", "sends no attribute that is a number"),
    LiveTexBridgeLie("fractions", "LTX-ATTR-3", "writes 705 as 705.0"),
    LiveTexBridgeLie("latin_keys", "LTX-ATTR-3", "writes keys in Latin letters"),
    LiveTexBridgeLie("first_attributes_for_ever", "LTX-ATTR-5", "sends at every handover what the first one sent"),
    # nobody online
    LiveTexBridgeLie("nobody_matters", "LTX-OFFLINE-1", "hands over whoever is online"),
    LiveTexBridgeLie("hands_over_after_all", "LTX-OFFLINE-1", "runs the script for nobody online, and hands over"),
    LiveTexBridgeLie("never_runs_the_script", "LTX-OFFLINE-1", "runs no script when nobody is online"),
    LiveTexBridgeLie("hands_over_to_nobody", "LTX-OFFLINE-3", "tells of a handover when nobody is online"),
    LiveTexBridgeLie("always_runs_the_script", "LTX-OFFLINE-3", "runs a script that is switched off"),
    LiveTexBridgeLie("sulks_at_nobody", "LTX-OFFLINE-3", "falls silent when nobody is online"),
    LiveTexBridgeLie("always_online", "LTX-CHECK-1", "says that operators are online"),
    LiveTexBridgeLie("never_online", "LTX-CHECK-1", "says that no operators are online"),
    LiveTexBridgeLie("script_at_the_check", "LTX-CHECK-2", "runs the script for nobody online as soon as it looks"),
    LiveTexBridgeLie("chooses_to_ask", "LTX-CHECK-2", "chooses a group to learn whether anybody is there"),
    LiveTexBridgeLie("chooses_the_found", "LTX-CHECK-2", "chooses a group as soon as it finds somebody there"),
    # groups
    LiveTexBridgeLie("smallest_id", "LTX-GROUP-1", "takes the group with the smallest id"),
    LiveTexBridgeLie("greatest_id", "LTX-GROUP-1", "takes the group with the greatest id"),
    LiveTexBridgeLie("smallest_name", "LTX-GROUP-1", "takes the group with the smallest name"),
    LiveTexBridgeLie("last_group", "LTX-GROUP-1", "takes the last group"),
    LiveTexBridgeLie("group_of_that_name", "LTX-GROUP-1", "takes the group that every account begins with"),
    LiveTexBridgeLie("whichever_is_online", "LTX-GROUP-2", "takes the first group in which somebody is online"),
    LiveTexBridgeLie("chooses_elsewhere", "LTX-GROUP-2", "chooses the second group when it looks who is online"),
    LiveTexBridgeLie("anybody_counts", "LTX-GROUP-2", "takes the second group's operators for the first's"),
    # delivery
    LiveTexBridgeLie("sees_everything_anew", "LTX-DELIVERY-2", "acts on every webhook, seen or not"),
    LiveTexBridgeLie(
        "forgets_livetex_after_ten_minutes", "LTX-DELIVERY-2", "forgets after ten minutes what it has seen"
    ),
    LiveTexBridgeLie("forgets_livetex_after_hours", "LTX-DELIVERY-2", "forgets after twelve hours what it has seen"),
    LiveTexBridgeLie("refuses_livetex_repeats", "LTX-DELIVERY-2", "refuses what it has seen"),
    LiveTexBridgeLie("repeats_returns", "LTX-DELIVERY-2", "tells of the return with every Closed"),
    LiveTexBridgeLie("needs_a_visitor", "LTX-DELIVERY-3", "refuses webhooks that name no visitor"),
    LiveTexBridgeLie("needs_a_known_type", "LTX-DELIVERY-3", "refuses webhooks of an unknown type"),
    LiveTexBridgeLie("offers_groups", "LTX-DELIVERY-3", "lets the lead choose a group"),
    LiveTexBridgeLie("tells_of_status", "LTX-DELIVERY-3", "tells leads of an operator's status"),
    LiveTexBridgeLie("livetex_works_first", "LTX-DELIVERY-3", "acknowledges once all is done for the lead"),
    # two desks
    LiveTexBridgeLie("livetex_for_all", "TAKEOVER-4", "hands a lead in Jivo over to LiveTex"),
    LiveTexBridgeLie("jivo_for_all", "TAKEOVER-4", "asks Jivo for an operator, whoever asks for one"),
    LiveTexBridgeLie("hears_of_jivo", "TAKEOVER-4", "acts on what LiveTex tells of a lead in Jivo"),
    LiveTexBridgeLie("answers_the_newest", "TAKEOVER-4", "takes whatever LiveTex tells for news of the newest lead"),
    LiveTexBridgeLie("mirrors_the_newest", "TAKEOVER-4", "passes on all that is said as the newest lead's"),
    # who is who, and the bot
    LiveTexBridgeLie("one_person_for_all", "IDENTITY-1", "takes people with equal ids for one person"),
    LiveTexBridgeLie("answers_in_every_account", "IDENTITY-1", "answers a person wherever he has ever written"),
    LiveTexBridgeLie("merges_unknown_phones", "IDENTITY-2", "takes people whose phones nobody knows for one person"),
    LiveTexBridgeLie("calls_at_once", "LTX-BOT-1", "brings a new lead to the operators before the bot has spoken"),
    LiveTexBridgeLie("speaks_before_operators", "LTX-BOT-1", "lets the bot speak only while operators are online"),
    LiveTexBridgeLie("ids_of_the_messenger", "IDENTITY-1", "names leads by their ids at the messenger alone"),
)
