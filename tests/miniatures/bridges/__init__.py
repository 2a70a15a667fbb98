"""Bridges that tell one lie each; every factory is named like its lie in ``lies/bridges.py``."""

from __future__ import annotations

from functools import partial

from harness.targets.reference import Reference
from tests.miniatures.bridges import (
    cleaning,
    deaths,
    desks,
    doors,
    edits,
    junk,
    late,
    leaks,
    outages,
    pieces,
    reach,
    stores,
    strays,
    takeovers,
    words,
)
from tests.miniatures.bridges.desks import sitting, speaking
from tests.miniatures.bridges.livetex import desks as livetex_desks
from tests.miniatures.bridges.livetex.announcements import naming
from tests.miniatures.bridges.livetex.wire import centred
from tests.miniatures.bridges.outages import sending
from tests.miniatures.bridges.pieces import parting
from tests.miniatures.bridges.stores import keeping, showing
from tests.miniatures.bridges.takeovers import handing

acts_twice = partial(Reference, keeping(stores.Forgetful))
checks_too_late = partial(Reference, sitting(desks.LateDesk))
refuses_repeats = partial(Reference, doors.RefusesRepeats)
forgets_after_ten_minutes = partial(Reference, stores.ForgetsAfterTenMinutes)
calls_home = partial(Reference, doors.CallsHome)
open_door = partial(Reference, doors.OpenDoor)
one_lead_for_all = partial(Reference, keeping(stores.OneLeadForAll))
blank_token = partial(Reference, showing(stores.BlankToken))
trims_the_token = partial(Reference, doors.TrimsTheToken)
widget_alone = partial(Reference, doors.WidgetAlone)
messengers_alone = partial(Reference, doors.MessengersAlone)
leads_by_webhook = partial(Reference, keeping(stores.LeadsByWebhook))
works_first = partial(Reference, doors.WorksFirst)
fails_loudly = partial(Reference, doors.FailsLoudly)
acknowledges_answers = partial(Reference, doors.AcknowledgesAnswers)
gives_up_slow_work = partial(Reference, sitting(desks.GivesUpSlowWork))
passes_refusals_on = partial(Reference, doors.PassesRefusalsOn)
one_id_for_all = partial(Reference, speaking(desks.OneIdForAll))
numbers_for_ids = partial(Reference, speaking(desks.NumbersForIds))
takes_anything = partial(Reference, doors.TakesAnything)
crashes_on_the_unknown = partial(Reference, doors.CrashesOnTheUnknown)
closed_mind = partial(Reference, doors.ClosedMind)
keeps_one_side = partial(Reference, keeping(stores.KeepsOneSide))
back_to_front = partial(Reference, keeping(stores.BackToFront))
hours_away = partial(Reference, stores.HoursAway)
all_at_once = partial(Reference, sitting(desks.AllAtOnce))
drops_equal_texts = partial(Reference, sitting(desks.DropsEqualTexts))
needs_a_name = partial(Reference, doors.NeedsAName)
needs_text = partial(Reference, doors.NeedsText)
needs_no_links = partial(Reference, doors.NeedsNoLinks)
answers_operators = partial(Reference, sitting(desks.AnswersOperators))
ignores_joining = partial(Reference, sitting(desks.IgnoresJoining))
thanks_for_ratings = partial(Reference, sitting(desks.ThanksForRatings))
sends_media = partial(Reference, sitting(desks.SendsMedia))
names_files = partial(Reference, sitting(desks.NamesFiles))
words_only = partial(Reference, sitting(desks.WordsOnly))
deaf_to_clicks = partial(Reference, sitting(desks.DeafToCaptions))
buttons_only = partial(Reference, sitting(desks.ButtonsOnly))
deaf_to_captions = partial(Reference, sitting(desks.DeafToCaptions))
every_menu = partial(Reference, sitting(desks.EveryMenu))
no_fallback = partial(Reference, sitting(desks.NoFallback))
bare_fallback = partial(Reference, sitting(desks.BareFallback))
talks_instead = partial(Reference, sitting(desks.TalkingDesk))
announces_the_handover = partial(Reference, sitting(desks.AnnouncingDesk))
tells_of_leaving = partial(Reference, sitting(desks.TellsOfLeaving))
explains = partial(Reference, sitting(desks.Explains))
stays_closed = partial(Reference, sitting(desks.ClosedDesk))
wakes_by_itself = partial(Reference, sitting(desks.TimedDesk))
announces_operators = partial(Reference, sitting(desks.AnnouncesOperators))
guesses_a_change = partial(Reference, sitting(desks.GuessesAChange))
lingers = partial(Reference, sitting(desks.Lingers))
speaks_beside = partial(Reference, speaking(desks.SpeaksBeside))
saves_for_later = partial(Reference, sitting(desks.SavesForLater))
reports_success = partial(Reference, speaking(desks.ReportsSuccess))
repeats_for_ever = partial(Reference, speaking(desks.RepeatsForEver))
first_chat_for_ever = partial(Reference, speaking(desks.FirstChatForEver))
lead_per_chat = partial(Reference, keeping(stores.LeadPerChat))
closed_for_good = partial(Reference, sitting(desks.ClosedDesk))
no_script = partial(Reference, sitting(desks.NoScript))
script_twice = partial(Reference, sitting(desks.ScriptTwice))
closes_on_nobody = partial(Reference, sitting(desks.ClosesOnNobody))
only_when_asked = partial(Reference, sitting(desks.OnlyWhenAsked))
acts_twice_on_nobody = partial(Reference, keeping(stores.Forgetful))
always_script = partial(Reference, sitting(desks.AlwaysScript))
refuses_nobody = partial(Reference, doors.RefusesNobody)
sulks = partial(Reference, sitting(desks.ClosesOnNobody))
logs_nothing = partial(Reference, doors.LogsNothing)
fills_at_once = partial(Reference, stores.FillsAtOnce)
messenger_by_type = partial(Reference, stores.MessengerByType)
never_fills = partial(Reference, keeping(stores.NeverFills))
fills_on_entering = partial(Reference, showing(stores.FillsOnEntering))
first_card_only = partial(Reference, keeping(stores.FirstCardOnly))
erases = partial(Reference, keeping(stores.Erases))
refuses_unknown_webhooks = partial(Reference, doors.RefusesUnknownWebhooks)
first_messenger = partial(Reference, stores.FirstMessenger)
no_widget_in_history = partial(Reference, keeping(stores.NoWidgetInHistory))
test_lead_only = partial(Reference, keeping(stores.TestLeadOnly))
merges_by_phone = partial(Reference, keeping(stores.MergesByPhone))
first_of_a_phone = partial(Reference, keeping(stores.AnswersTheFirstOfAPhone))
needs_everything = partial(Reference, doors.NeedsEverything)
needs_string_ids = partial(Reference, doors.NeedsStringIds)
strings_only = partial(Reference, doors.StringsOnly)
answers_otherwise = partial(Reference, doors.AnswersOtherwise)
overtaken = partial(Reference, keeping(stores.Overtaken))
two_bytes = partial(Reference, sitting(words.TwoBytes))
composes = partial(Reference, sitting(words.Composes))
decomposes = partial(Reference, sitting(words.Decomposes))
escapes_words = partial(Reference, sitting(words.Escapes))
drops_tags = partial(Reference, sitting(words.DropsTags))
drops_markup = partial(Reference, sitting(words.DropsMarkup))
left_to_right = partial(Reference, sitting(words.LeftToRight))
fills_words = partial(Reference, sitting(words.Fills))
swallows_junk = partial(Reference, junk.SwallowsJunk)
breaks_on_junk = partial(Reference, junk.BreaksOnJunk)
dies_of_junk = partial(Reference, junk.DiesOfJunk)
ponders_junk = partial(Reference, junk.PondersJunk)
picks_objects = partial(Reference, junk.PicksObjects)
guesses_encodings = partial(Reference, junk.GuessesEncodings)
unpacks_arrays = partial(Reference, junk.UnpacksArrays)
fills_abysses = partial(Reference, junk.FillsAbysses)
takes_any_size = partial(Reference, junk.TakesAnySize)
greets_silence = partial(Reference, junk.GreetsSilence)
trips_over_packing = partial(Reference, junk.TripsOverPacking)
gives_up = deaths.GivesUp
acts_on_copies = partial(Reference, keeping(stores.Forgetful))
forgets_when_killed = deaths.Amnesiac
gives_up_soon = partial(Reference, sending(outages.GivesUpSoon))
never_repeats = partial(Reference, sending(outages.NeverRepeats))
reports_the_unsaid = partial(Reference, sending(outages.ReportsTheUnsaid))
says_the_unsaid = partial(Reference, speaking(desks.SpeaksBeside))
sends_both_tries = partial(Reference, sending(outages.SendsBothTries))
doubts_everything = partial(Reference, sending(outages.DoubtsEverything))
repeats_until_answered = partial(Reference, sending(outages.RepeatsUntilAnswered))
forgets_doubts = partial(Reference, sending(outages.ForgetsDoubts))
lets_others_pass = partial(Reference, sending(outages.LetsOthersPass))
sends_newest_first = partial(Reference, sending(outages.NewestFirst))
dawdles = partial(Reference, sending(outages.Dawdles))
one_queue = partial(Reference, sending(outages.OneQueue))
tries_the_blocked = partial(Reference, sending(reach.TriesTheBlocked))
waits_for_the_blocked = partial(Reference, sending(reach.WaitsForTheBlocked))
reports_the_blocked = partial(Reference, sending(reach.ReportsTheBlocked))
fails_for_the_blocked = partial(Reference, reach.FailsForTheBlocked)
silences_operators = partial(Reference, centred(reach.SilencesOperators))
hides_revocations = partial(Reference, keeping(reach.HidesRevocations))
never_checks = partial(Reference, reach.NeverChecks)
checks_the_messenger = partial(Reference, reach.ChecksTheMessenger)
drops_the_late = partial(Reference, sitting(late.DropsTheLate))
one_a_second = partial(Reference, sitting(late.OneASecond))
wakes_on_late_words = partial(Reference, sitting(late.WakesOnLateWords))
believes_old_news = partial(Reference, sitting(late.BelievesOldNews))
gives_all_to_the_bot = deaths.GivesAllToTheBot
gives_all_to_operators = deaths.GivesAllToOperators
forgets_the_unsent = deaths.ForgetsTheUnsent
forgets_the_undone = deaths.ForgetsTheUndone
forgets_the_seen = deaths.ForgetsTheSeen
forgets_questions = deaths.ForgetsQuestions
sends_all_again = deaths.SendsAllAgain
sends_again_without_a_doubt = deaths.SendsAgainWithoutADoubt
forgets_the_unsaid = partial(Reference, keeping(takeovers.ForgetsTheUnsaid))
talks_beside_operators = partial(Reference, speaking(desks.SpeaksBeside))
says_the_rest_later = partial(Reference, speaking(takeovers.SaysTheRestLater))
asks_as_often = partial(Reference, sitting(takeovers.AsksAsOften))
asks_for_every_copy = partial(Reference, keeping(stores.Forgetful))
hands_over_again = deaths.HandsOverAgain
gives_up_handovers = partial(Reference, handing(takeovers.GivesUpHandovers))
cuts_at_the_limit = partial(Reference, parting(pieces.CutsAtTheLimit))
parts_anywhere = partial(Reference, parting(pieces.PartsAnywhere))
last_part_first = partial(Reference, parting(pieces.LastPartFirst))
cuts_for_livetex = partial(Reference, centred(pieces.CutsForLiveTex))
parts_anywhere_for_livetex = partial(Reference, centred(pieces.PartsAnywhereForLiveTex))
calls_everything_sent = partial(Reference, keeping(pieces.CallsEverythingSent))
parts_early = partial(Reference, parting(pieces.PartsEarly))
parts_early_for_livetex = partial(Reference, centred(pieces.PartsEarlyForLiveTex))
joins_lines = partial(Reference, sitting(cleaning.JoinsLines))
cleans_names = partial(Reference, keeping(cleaning.CleansNames))
cleans_leads_words = partial(Reference, centred(cleaning.CleansLeadsWords))
cleans_operators_words = partial(Reference, centred(cleaning.CleansOperatorsWords))
cleans_heads = partial(Reference, centred(cleaning.CleansHeads))
cleans_operators_names = partial(Reference, naming(cleaning.CleansOperatorsNames))
cleans_file_names = partial(Reference, centred(cleaning.CleansFileNames))
cleans_captions = partial(Reference, centred(cleaning.CleansCaptions))
answers_edits = partial(Reference, sitting(edits.AnswersEdits))
drops_edits = partial(Reference, sitting(edits.DropsEdits))
edits_as_new = partial(Reference, sitting(edits.EditsAsNew))
breaks_on_edits = partial(Reference, edits.BreaksOnEdits)
logs_calls = partial(Reference, speaking(leaks.LogsCalls))
logs_failures = partial(Reference, speaking(leaks.LogsFailures))
prints_failures = partial(Reference, speaking(leaks.PrintsFailures))
names_the_right_token = partial(Reference, leaks.NamesTheRightToken)
logs_bindings = partial(Reference, leaks.LogsBindings)
hands_over_bindings = partial(Reference, centred(leaks.HandsOverBindings))
links_with_tokens = partial(Reference, sitting(livetex_desks.TokensInLinks))
previews = partial(Reference, sitting(strays.Previews))
fetches_files = partial(Reference, sitting(strays.FetchesFiles))
fetches_operators_files = partial(Reference, centred(strays.FetchesOperatorsFiles))
fetches_pages = partial(Reference, strays.FetchesPages)
follows = partial(Reference, speaking(strays.Follows))
