"""Tests: a Jivo dialogue's life, and every other reading of it."""

from __future__ import annotations

import dataclasses
from functools import cache
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.jivo.machine import (
    OWNERS,
    TABLE,
    VARIANTS,
    Happening,
    Impossible,
    Key,
    Moment,
    Row,
    State,
    Variant,
    step,
    varied,
)
from fakes.kit.effects import Arm, Author, Disarm, Effect, Form, Keep, Offer, Owner, Refuse, Show, Tell

NEW, BOT, QUEUE, OPERATOR, LEFT, FINISHED = State
H = Happening
V = Variant

MOMENT = Moment(text="Привет", form=Form.LINK, choices=("Да", "Нет"), operator="Анна", operator_id=31)
VISITOR_KEPT, BOT_KEPT, OPERATOR_KEPT = (
    Keep(author, "Привет") for author in (Author.VISITOR, Author.BOT, Author.OPERATOR)
)
BOT_SHOWN = Show(Author.BOT, "Привет", Form.LINK, ("Да", "Нет"))
OPERATOR_SHOWN = Show(Author.OPERATOR, "Привет", Form.LINK, ("Да", "Нет"))
JOINED = Show(Author.SYSTEM, "Оператор Анна присоединился к чату")
ARM, DISARM, OFFER = Arm("idle"), Disarm("idle"), Offer()
COUNT, COUNT_OFF = Arm("silence"), Disarm("silence")
REFUSED = Refuse(400, "invalid_request", "chat is closed")
MESSAGE, CLOSED, NOBODY = Tell("bot", "CLIENT_MESSAGE"), Tell("bot", "CHAT_CLOSED"), Tell("bot", "AGENT_UNAVAILABLE")
RATED, HAS_JOINED, WROTE = Tell("bot", "CLIENT_RATED"), Tell("bot", "AGENT_JOINED"), Tell("bot", "AGENT_MESSAGE")
ACCEPTED, ENDED, UPDATED = (Tell("webhook", event) for event in ("chat_accepted", "chat_finished", "chat_updated"))
CLIENT, ATTRIBUTES = Tell("webhook", "client_updated"), Tell("webhook", "client_attribute_updated")
CALLED, LEFT_WORD = Tell("webhook", "call_event"), Tell("webhook", "offline_message")

Outcome = tuple[State, tuple[Effect, ...]]
TO_BOT: Outcome = (BOT, (VISITOR_KEPT, ARM, MESSAGE))
TO_QUEUE: Outcome = (QUEUE, (VISITOR_KEPT, DISARM, OFFER))
TAKEN: Outcome = (OPERATOR, (ARM, JOINED, CLOSED, ACCEPTED))


def always(state: State) -> dict[Happening, Outcome]:
    """Say what is told whatever the state is, and the state stays."""
    return {
        H.ATTRIBUTES_CHANGE: (state, (ATTRIBUTES,)),
        H.RESPONSIBLE_CHANGES: (state, (CLIENT,)),
        H.CALLS: (state, (CALLED,)),
        H.LEAVES_MESSAGE: (state, (LEFT_WORD,)),
        H.SILENT: (state, ()),
    }


# What may happen in each state, and what comes of it; what is not here is impossible.
LIFE: dict[State, dict[Happening, Outcome]] = {
    NEW: always(NEW)
    | {
        H.WRITES: TO_BOT,
        H.WRITES_UNSERVED: TO_QUEUE,
        H.SAYS: (NEW, (REFUSED,)),
        H.ASKS_RATING: (NEW, (REFUSED,)),
        H.GIVES_CONTACTS: (NEW, (REFUSED,)),
        H.INVITES: (NEW, (REFUSED,)),
        H.INVITES_NOBODY: (NEW, (REFUSED,)),
        H.CARD_CHANGES: (NEW, (CLIENT,)),
    },
    BOT: always(BOT)
    | {
        H.WRITES: TO_BOT,
        H.WRITES_UNSERVED: TO_QUEUE,
        H.RATES: (BOT, (RATED,)),
        H.SAYS: (BOT, (BOT_KEPT, ARM, BOT_SHOWN)),
        H.ASKS_RATING: (BOT, (BOT_SHOWN,)),
        H.GIVES_CONTACTS: (BOT, ()),
        H.INVITES: (QUEUE, (DISARM, OFFER)),
        H.INVITES_NOBODY: (BOT, (NOBODY,)),
        H.UNANSWERED: (QUEUE, (DISARM, OFFER)),
        H.UNANSWERED_NOBODY: (QUEUE, (DISARM,)),
        H.ACCEPTS: TAKEN,
        H.CARD_CHANGES: (BOT, (CLIENT,)),
        H.IDLE: (FINISHED, (CLOSED, ENDED)),
    },
    QUEUE: always(QUEUE)
    | {
        H.WRITES: (QUEUE, (VISITOR_KEPT,)),
        H.WRITES_UNSERVED: (QUEUE, (VISITOR_KEPT,)),
        H.RATES: (QUEUE, (RATED,)),
        H.SAYS: (QUEUE, (BOT_KEPT, BOT_SHOWN)),
        H.ASKS_RATING: (QUEUE, (BOT_SHOWN,)),
        H.GIVES_CONTACTS: (QUEUE, ()),
        H.INVITES: (QUEUE, ()),
        H.INVITES_NOBODY: (QUEUE, ()),
        H.UNANSWERED: (QUEUE, ()),
        H.UNANSWERED_NOBODY: (QUEUE, ()),
        H.ACCEPTS: TAKEN,
        H.CARD_CHANGES: (QUEUE, (CLIENT,)),
    },
    OPERATOR: always(OPERATOR)
    | {
        H.WRITES: (OPERATOR, (VISITOR_KEPT, ARM)),
        H.WRITES_UNSERVED: (OPERATOR, (VISITOR_KEPT, ARM)),
        H.RATES: (OPERATOR, (RATED,)),
        H.SAYS: (OPERATOR, (BOT_KEPT, ARM, BOT_SHOWN)),
        H.ASKS_RATING: (OPERATOR, (BOT_SHOWN,)),
        H.GIVES_CONTACTS: (OPERATOR, ()),
        H.INVITES: (OPERATOR, ()),
        H.INVITES_NOBODY: (OPERATOR, ()),
        H.UNANSWERED: (OPERATOR, ()),
        H.UNANSWERED_NOBODY: (OPERATOR, ()),
        H.ACCEPTS: (OPERATOR, (ARM, JOINED, ACCEPTED)),
        H.WRITES_BACK: (OPERATOR, (OPERATOR_KEPT, ARM, OPERATOR_SHOWN)),
        H.PASSES: (OPERATOR, (JOINED,)),
        H.LEAVES: (OPERATOR, ()),
        H.LEAVES_LAST: (LEFT, ()),
        H.FINISHES: (FINISHED, (DISARM, ENDED)),
        H.CARD_CHANGES: (OPERATOR, (UPDATED,)),
        H.IDLE: (FINISHED, (ENDED,)),
    },
    LEFT: always(LEFT)
    | {
        H.WRITES: TO_BOT,
        H.WRITES_UNSERVED: TO_QUEUE,
        H.BEGINS_ANEW: (FINISHED, (DISARM,)),
        H.RATES: (LEFT, (RATED,)),
        H.SAYS: (LEFT, (BOT_KEPT, ARM, BOT_SHOWN)),
        H.ASKS_RATING: (LEFT, (BOT_SHOWN,)),
        H.GIVES_CONTACTS: (LEFT, ()),
        H.INVITES: (QUEUE, (DISARM, OFFER)),
        H.INVITES_NOBODY: (LEFT, (NOBODY,)),
        H.UNANSWERED: (LEFT, ()),
        H.UNANSWERED_NOBODY: (LEFT, ()),
        H.ACCEPTS: TAKEN,
        H.CARD_CHANGES: (LEFT, (CLIENT,)),
        H.IDLE: (FINISHED, (ENDED,)),
    },
    FINISHED: always(FINISHED)
    | {
        H.WRITES: TO_BOT,
        H.WRITES_UNSERVED: TO_QUEUE,
        H.BEGINS_ANEW: (FINISHED, ()),
        H.RATES: (FINISHED, (RATED,)),
        H.SAYS: (FINISHED, (REFUSED,)),
        H.ASKS_RATING: (FINISHED, (REFUSED,)),
        H.GIVES_CONTACTS: (FINISHED, (REFUSED,)),
        H.INVITES: (FINISHED, (REFUSED,)),
        H.INVITES_NOBODY: (FINISHED, (REFUSED,)),
        H.UNANSWERED: (FINISHED, ()),
        H.UNANSWERED_NOBODY: (FINISHED, ()),
        H.REOPENS: (OPERATOR, (ARM,)),
        H.CARD_CHANGES: (FINISHED, (CLIENT,)),
    },
}

TO_BOT_COUNTED: Outcome = (BOT, (VISITOR_KEPT, ARM, MESSAGE, COUNT))
TAKEN_BY_DIALECT: Outcome = (OPERATOR, (ARM, JOINED, HAS_JOINED, ACCEPTED))

# What each variant has otherwise; everything else stays as it is.
OTHERWISE: dict[Variant, dict[Key, Outcome]] = {
    V.BOT_SHUT_OUT: {
        (OPERATOR, H.SAYS): (OPERATOR, (REFUSED,)),
        (OPERATOR, H.ASKS_RATING): (OPERATOR, (REFUSED,)),
        (OPERATOR, H.GIVES_CONTACTS): (OPERATOR, (REFUSED,)),
        (OPERATOR, H.INVITES): (OPERATOR, (REFUSED,)),
        (OPERATOR, H.INVITES_NOBODY): (OPERATOR, (REFUSED,)),
    },
    V.BOT_SHUT_OUT_OF_QUEUE: {
        (QUEUE, H.SAYS): (QUEUE, (REFUSED,)),
        (QUEUE, H.ASKS_RATING): (QUEUE, (REFUSED,)),
        (QUEUE, H.GIVES_CONTACTS): (QUEUE, (REFUSED,)),
    },
    V.QUEUE_TELLS_BOT: {(QUEUE, H.WRITES): (QUEUE, (VISITOR_KEPT, MESSAGE))},
    V.SILENCE_COUNTS: {
        (NEW, H.WRITES): TO_BOT_COUNTED,
        (BOT, H.WRITES): TO_BOT_COUNTED,
        (LEFT, H.WRITES): TO_BOT_COUNTED,
        (FINISHED, H.WRITES): TO_BOT_COUNTED,
        (BOT, H.SAYS): (BOT, (BOT_KEPT, ARM, BOT_SHOWN, COUNT_OFF)),
        (BOT, H.SILENT): (QUEUE, (DISARM, OFFER)),
    },
    V.FAILURE_TOLD: {(BOT, H.UNANSWERED_NOBODY): (QUEUE, (DISARM, NOBODY))},
    V.UNAVAILABLE_ON_MESSAGE: {(BOT, H.FINDS_NOBODY): (BOT, (NOBODY,))},
    V.REOPENING_TOLD: {(FINISHED, H.REOPENS): (OPERATOR, (ARM, JOINED, ACCEPTED))},
    V.PASSING_UNSEEN: {(OPERATOR, H.PASSES): (OPERATOR, ())},
    V.DIALECTS: {
        (BOT, H.ACCEPTS): TAKEN_BY_DIALECT,
        (QUEUE, H.ACCEPTS): TAKEN_BY_DIALECT,
        (LEFT, H.ACCEPTS): TAKEN_BY_DIALECT,
        (OPERATOR, H.WRITES_BACK): (OPERATOR, (OPERATOR_KEPT, ARM, OPERATOR_SHOWN, WROTE)),
    },
}

PAIRS = [(state, happening) for state in State for happening in Happening]
POSSIBLE = [(state, happening) for state, rows in LIFE.items() for happening in rows]
CHANGED = [(variant, pair) for variant, rows in OTHERWISE.items() for pair in rows]
VISITORS_WORDS = (H.WRITES, H.WRITES_UNSERVED)
CALLS_OF_THE_BOT = (H.SAYS, H.ASKS_RATING, H.GIVES_CONTACTS, H.INVITES, H.INVITES_NOBODY)


# the table, and what replaces rows of it


def outcome(row: Row) -> Outcome:
    """Tell where a row leads and what it does."""
    return step({(NEW, H.SILENT): row}, NEW, H.SILENT, MOMENT)


@pytest.mark.parametrize(("state", "happening"), POSSIBLE)
def test_a_row_leads_where_the_sources_say(state: State, happening: Happening) -> None:
    """What may happen in a state has these consequences, in this order."""
    assert LIFE[state][happening] == step(TABLE, state, happening, MOMENT)


@pytest.mark.parametrize(("state", "happening"), [pair for pair in PAIRS if pair not in POSSIBLE])
def test_anything_else_is_impossible(state: State, happening: Happening) -> None:
    """What has no row says what cannot happen, and where the dialogue stands."""
    with pytest.raises(Impossible, match=f"not possible while the dialogue is {state}: {happening}"):
        step(TABLE, state, happening, MOMENT)


@pytest.mark.parametrize(("variant", "pair"), CHANGED)
def test_a_variant_replaces_its_rows(variant: Variant, pair: Key) -> None:
    """Under a variant what may happen has these consequences, in this order."""
    assert OTHERWISE[variant][pair] == step(varied(TABLE, [variant]), *pair, MOMENT)


@pytest.mark.parametrize("variant", Variant)
def test_a_variant_replaces_nothing_else(variant: Variant) -> None:
    """Every other row stands as it stood, and nothing else becomes possible."""
    table = varied(TABLE, [variant])

    assert set(OTHERWISE[variant]) == set(VARIANTS[variant])
    assert {key: row for key, row in TABLE.items() if key not in OTHERWISE[variant]} == {
        key: row for key, row in table.items() if key not in OTHERWISE[variant]
    }


@pytest.mark.parametrize("variant", Variant)
def test_every_row_of_a_variant_is_another(variant: Variant) -> None:
    """A variant replaces no row by one that does the same."""
    assert [] == [key for key, row in VARIANTS[variant].items() if key in TABLE and outcome(row) == outcome(TABLE[key])]


@pytest.mark.parametrize(("one", "other"), list(combinations(Variant, 2)))
def test_no_two_variants_replace_one_row(one: Variant, other: Variant) -> None:
    """Variants do not disturb one another, so that their order is of no account."""
    assert set() == set(VARIANTS[one]) & set(VARIANTS[other])


def test_all_of_the_table_is_accounted_for() -> None:
    """The rows above are all there are, and every variant has some."""
    assert set(TABLE) == set(POSSIBLE)
    assert set(Variant) == set(OTHERWISE) == set(VARIANTS)


def test_every_state_can_be_reached() -> None:
    """From a new dialogue, what can happen leads to every state, so every row counts."""
    reached = {NEW}
    for _ in State:
        reached |= {row.to for (state, _), row in TABLE.items() if state in reached}

    assert set(State) == reached


def test_every_happening_is_possible_somewhere() -> None:
    """No happening is idle: each has a row in the table, or in a variant."""
    assert set(Happening) == {happening for _, happening in varied(TABLE, Variant)}


def test_the_table_cannot_be_changed() -> None:
    """A lie is another table; this one stays as it is."""
    with pytest.raises(TypeError):
        TABLE[NEW, H.ACCEPTS] = Row(OPERATOR)  # type: ignore[index] # it is read-only


def test_a_table_is_varied_in_a_copy() -> None:
    """To vary a table leaves the table as it is, and without variants gives the same."""
    before = dict(TABLE)

    assert TABLE == varied(TABLE, [])
    assert TABLE != varied(TABLE, Variant)
    assert before == TABLE


def test_a_lying_table_is_obeyed() -> None:
    """Another table leads elsewhere."""
    lie = dict(TABLE) | {(FINISHED, H.SAYS): Row(BOT)}

    assert (BOT, ()) == step(lie, FINISHED, H.SAYS, MOMENT)


def test_a_variant_leaves_a_lie_alone() -> None:
    """Where a variant replaces no row of it, a lying table lies on."""
    lie = varied(dict(TABLE) | {(FINISHED, H.SAYS): Row(BOT)}, Variant)

    assert (BOT, ()) == step(lie, FINISHED, H.SAYS, MOMENT)


def test_every_state_has_an_owner() -> None:
    """A dialogue always has exactly one owner, and a new or left one is the bot's."""
    assert {
        NEW: Owner.BOT,
        BOT: Owner.BOT,
        QUEUE: Owner.QUEUE,
        OPERATOR: Owner.OPERATOR,
        LEFT: Owner.BOT,
        FINISHED: Owner.CLOSED,
    } == OWNERS


# every step there is, under every reading


@dataclasses.dataclass(frozen=True, slots=True)
class Stride:
    """One step: under which variants, where it began, what happened, where it led, what was done."""

    variants: frozenset[Variant]
    start: State
    happening: Happening
    end: State
    effects: tuple[Effect, ...]

    def told(self, wire: str) -> list[str]:
        """List the events that went out on a wire."""
        return [effect.event for effect in self.effects if isinstance(effect, Tell) and effect.wire == wire]

    def seen(self, *authors: Author) -> list[str]:
        """List what of these authors appeared on the screen."""
        return [effect.text for effect in self.effects if isinstance(effect, Show) and effect.author in authors]

    def kept(self, *authors: Author) -> list[str]:
        """List what of these authors joined the record."""
        return [effect.text for effect in self.effects if isinstance(effect, Keep) and effect.author in authors]


@cache
def strides() -> tuple[Stride, ...]:
    """Take every step that is possible under every set of variants."""
    subsets = [frozenset(some) for most in range(len(Variant) + 1) for some in combinations(Variant, most)]
    tables = {variants: varied(TABLE, sorted(variants)) for variants in subsets}
    return tuple(
        Stride(variants, *pair, *step(table, *pair, MOMENT)) for variants, table in tables.items() for pair in table
    )


PEOPLE = (Author.BOT, Author.OPERATOR)


def test_the_bot_hears_only_a_visitor_who_writes() -> None:
    """CLIENT_MESSAGE goes to the bot, alone, when the visitor writes on a channel that it serves, and else never."""
    telling = [stride for stride in strides() if "CLIENT_MESSAGE" in stride.told("bot")]

    assert {H.WRITES} == {stride.happening for stride in telling}
    assert [] == [stride for stride in telling if stride.told("bot") != ["CLIENT_MESSAGE"]]


def test_a_finished_chat_shows_nothing_of_the_bot() -> None:
    """Between the end of a chat and its next beginning every call of the bot is refused, and does nothing else."""
    calls = [stride for stride in strides() if stride.start is FINISHED and stride.happening in CALLS_OF_THE_BOT]

    assert {(FINISHED, (REFUSED,))} == {(stride.end, stride.effects) for stride in calls}


def test_only_the_visitor_or_an_operator_ends_the_end() -> None:
    """A finished chat goes on with the visitor's words or an operator's reopening, and by nothing else."""
    assert {*VISITORS_WORDS, H.REOPENS} == {
        stride.happening for stride in strides() if stride.start is FINISHED and stride.end is not FINISHED
    }


def test_nothing_comes_of_an_operators_leaving() -> None:
    """When an operator leaves, the last one or not, nobody is told and nothing is shown."""
    assert {()} == {stride.effects for stride in strides() if stride.happening in {H.LEAVES, H.LEAVES_LAST}}


def test_passing_a_chat_on_tells_no_wire() -> None:
    """«Никаких событий от сервиса Jivo не поступает»: neither the bot nor a webhook hears of it."""
    passings = [stride for stride in strides() if stride.happening is H.PASSES]

    assert {OPERATOR} == {stride.end for stride in passings}
    assert [] == [stride for stride in passings if stride.told("bot") or stride.told("webhook")]


@pytest.mark.parametrize("variants", [(), tuple(Variant)], ids=["no variant", "every variant"])
def test_what_a_channel_cannot_show_is_not_shown(variants: tuple[Variant, ...]) -> None:
    """Nothing hidden of the bot or an operator is on the screen, and everything else that is done is the same."""
    table = varied(TABLE, variants)
    for pair, moment in product(table, (MOMENT, MOMENT._replace(choices=(), form=Form.TEXT))):
        end, effects = step(table, *pair, moment)
        unseen = tuple(one for one in effects if not isinstance(one, Show) or one.author not in PEOPLE)

        assert (end, unseen) == step(table, *pair, moment._replace(hidden=True))


def test_words_that_are_taken_are_kept_once() -> None:
    """The words of the visitor, the bot and an operator join the record once, unless they are refused."""
    authors = {
        H.WRITES: Author.VISITOR,
        H.WRITES_UNSERVED: Author.VISITOR,
        H.SAYS: Author.BOT,
        H.WRITES_BACK: Author.OPERATOR,
    }
    for stride in strides():
        author = None if REFUSED in stride.effects else authors.get(stride.happening)
        kept = [effect for effect in stride.effects if isinstance(effect, Keep)]

        assert ([Keep(author, MOMENT.text)] if author else []) == kept


def test_operators_words_are_the_bots_business_only_by_dialect() -> None:
    """Without the dialects nothing that happens inside an operator's chat is told to the bot, but for a rating."""
    inside = [stride for stride in strides() if stride.start is OPERATOR and stride.happening is not H.RATES]
    told = [stride for stride in inside if stride.told("bot")]

    assert {("AGENT_MESSAGE", H.WRITES_BACK, True)} == {
        (*stride.told("bot"), stride.happening, V.DIALECTS in stride.variants) for stride in told
    }


def test_the_first_acceptance_is_told_to_the_bot_once() -> None:
    """An operator who takes a chat over is told as CHAT_CLOSED, or by dialect as AGENT_JOINED, never as both."""
    for stride in strides():
        if stride.happening is H.ACCEPTS:
            first = "AGENT_JOINED" if V.DIALECTS in stride.variants else "CHAT_CLOSED"

            assert ([] if stride.start is OPERATOR else [first]) == stride.told("bot")
            assert ["chat_accepted"] == stride.told("webhook")


def test_the_end_of_a_chat_is_told_to_webhooks() -> None:
    """Whenever a chat finishes, and only then, chat_finished is told, unless another chat begins in its place."""
    for stride in strides():
        ends = stride.end is FINISHED and stride.start is not FINISHED and stride.happening is not H.BEGINS_ANEW

        assert ends == ("chat_finished" in stride.told("webhook"))


def test_a_change_of_the_card_is_told_by_where_the_chat_stands() -> None:
    """Contacts that change are chat_updated while an operator has the chat, and client_updated at any other time."""
    for stride in strides():
        if stride.happening is H.CARD_CHANGES:
            expected = "chat_updated" if stride.start is OPERATOR else "client_updated"

            assert ([expected], [], stride.start) == (stride.told("webhook"), stride.told("bot"), stride.end)


def test_only_calls_of_the_bot_are_refused() -> None:
    """A refusal answers a call of the bot, leaves the dialogue where it was, and does nothing else."""
    refusals = [stride for stride in strides() if REFUSED in stride.effects]

    assert set(CALLS_OF_THE_BOT) == {stride.happening for stride in refusals}
    assert [] == [stride for stride in refusals if (stride.end, stride.effects) != (stride.start, (REFUSED,))]


def test_what_is_shown_of_people_is_kept() -> None:
    """No words of the bot or an operator appear on the screen without joining the record; a form is no words."""
    unkept = [stride for stride in strides() if stride.seen(*PEOPLE) and not stride.kept(*PEOPLE)]

    assert {H.ASKS_RATING} == {stride.happening for stride in unkept}


def test_the_visitors_words_are_not_shown_back() -> None:
    """What the visitor does puts nothing on the visitor's own screen."""
    deeds = {*VISITORS_WORDS, H.RATES, H.LEAVES_MESSAGE, H.FINDS_NOBODY, H.BEGINS_ANEW}

    assert [] == [stride for stride in strides() if stride.happening in deeds and stride.seen(*Author)]


def test_the_visitor_reads_who_joined_and_of_nobody_else() -> None:
    """Jivo's own line names the operator who joined; it comes with an acceptance, a passing, a told reopening."""
    for stride in strides():
        joins = (
            stride.happening is H.ACCEPTS
            or (stride.happening is H.PASSES and V.PASSING_UNSEEN not in stride.variants)
            or (stride.happening is H.REOPENS and V.REOPENING_TOLD in stride.variants)
        )

        assert (["Оператор Анна присоединился к чату"] if joins else []) == stride.seen(Author.SYSTEM)


def test_a_queue_is_offered_to_operators() -> None:
    """Whoever comes into the queue is offered to the operators, but for a failure with nobody online to offer to."""
    for stride in strides():
        enters = stride.end is QUEUE and stride.start is not QUEUE

        assert (enters and stride.happening is not H.UNANSWERED_NOBODY) == (OFFER in stride.effects)


# lives, under every reading


@st.composite
def lives(draw: st.DrawFn) -> list[Stride]:
    """Draw a reading, and a life under it from the beginning: at each turn something that is possible there."""
    variants = frozenset(draw(st.sets(st.sampled_from(Variant))))
    table = varied(TABLE, sorted(variants))
    state, life = NEW, []
    for _ in range(draw(st.integers(1, 15))):
        happening = draw(st.sampled_from([one for one in Happening if (state, one) in table]))
        end, effects = step(table, state, happening, MOMENT)
        life.append(Stride(variants, state, happening, end, effects))
        state = end
    return life


walking = settings(deadline=None, derandomize=True, max_examples=40)


@given(lives())
@walking
def test_the_idle_time_runs_while_somebody_answers(life: list[Stride]) -> None:
    """The timer runs whenever the bot or an operator has the dialogue, or had it last, and at no other time."""
    armed = False
    for stride in life:
        if stride.happening is H.IDLE:
            assert armed
            armed = False
        for effect in stride.effects:
            armed = effect == ARM or (armed and effect != DISARM)

        assert armed == (stride.end in {BOT, OPERATOR, LEFT})


def test_the_bots_silence_counts_from_the_visitors_words() -> None:
    """Silence is counted only where it counts: from words that go to the bot until the bot says something."""
    ticks = {
        (stride.happening, effect) for stride in strides() for effect in stride.effects if effect in {COUNT, COUNT_OFF}
    }
    counting = [stride for stride in strides() if V.SILENCE_COUNTS in stride.variants and stride.end is BOT]

    assert {(H.WRITES, COUNT), (H.SAYS, COUNT_OFF)} == ticks
    assert [] == [one for one in counting if (one.happening is H.WRITES) != (COUNT in one.effects)]
    assert [] == [one for one in counting if (one.happening is H.SAYS) != (COUNT_OFF in one.effects)]
    assert [] == [
        one for one in strides() if V.SILENCE_COUNTS not in one.variants and {COUNT, COUNT_OFF} & set(one.effects)
    ]


@given(st.sampled_from(POSSIBLE), st.text(), st.text())
@walking
def test_words_pass_unchanged(pair: Key, text: str, name: str) -> None:
    """Whatever the words and the names are, they are kept and shown as they are."""
    _, effects = step(TABLE, *pair, Moment(text=text, operator=name))
    said = {effect.text for effect in effects if isinstance(effect, Keep | Show) and effect.author != Author.SYSTEM}
    system = {effect.text for effect in effects if isinstance(effect, Show) and effect.author == Author.SYSTEM}

    assert said <= {text}
    assert system <= {f"Оператор {name} присоединился к чату"}
