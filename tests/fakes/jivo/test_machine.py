"""Tests: a Jivo dialogue's life."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.jivo.machine import OWNERS, TABLE, Happening, Impossible, Moment, Row, State, step
from fakes.kit.effects import Arm, Author, Disarm, Effect, Keep, Offer, Owner, Refuse, Show, Tell

NEW, BOT, QUEUE, OPERATOR, LEFT, FINISHED = State
H = Happening

MOMENT = Moment(text="Привет", operator="Анна")
KEEP = {author: Keep(author, "Привет") for author in Author}
SHOW = {author: Show(author, "Привет") for author in Author}
JOINED = Show(Author.SYSTEM, "Анна присоединился к чату")
ARM, DISARM, OFFER = Arm("idle"), Disarm("idle"), Offer()
REFUSED = Refuse(400, "invalid_request", "chat is closed")
MESSAGE, CLOSED, NOBODY = Tell("bot", "CLIENT_MESSAGE"), Tell("bot", "CHAT_CLOSED"), Tell("bot", "AGENT_UNAVAILABLE")
ACCEPTED, ENDED = Tell("webhook", "chat_accepted"), Tell("webhook", "chat_finished")
VISITOR = Author.VISITOR

TO_BOT = (BOT, (KEEP[VISITOR], ARM, MESSAGE))
TO_QUEUE = (QUEUE, (KEEP[VISITOR], DISARM, OFFER))
TAKEN = (OPERATOR, (ARM, JOINED, CLOSED, ACCEPTED))

# What may happen in each state, and what comes of it; what is not here is impossible.
LIFE: dict[State, dict[Happening, tuple[State, tuple[Effect, ...]]]] = {
    NEW: {
        H.WRITES: TO_BOT,
        H.WRITES_UNSERVED: TO_QUEUE,
        H.SAYS: (NEW, (REFUSED,)),
        H.INVITES: (NEW, (REFUSED,)),
        H.INVITES_NOBODY: (NEW, (REFUSED,)),
    },
    BOT: {
        H.WRITES: TO_BOT,
        H.WRITES_UNSERVED: TO_QUEUE,
        H.SAYS: (BOT, (KEEP[Author.BOT], ARM, SHOW[Author.BOT])),
        H.INVITES: (QUEUE, (DISARM, OFFER)),
        H.INVITES_NOBODY: (BOT, (NOBODY,)),
        H.UNANSWERED: (QUEUE, (DISARM, OFFER)),
        H.ACCEPTS: TAKEN,
        H.IDLE: (FINISHED, (CLOSED, ENDED)),
    },
    QUEUE: {
        H.WRITES: (QUEUE, (KEEP[VISITOR],)),
        H.WRITES_UNSERVED: (QUEUE, (KEEP[VISITOR],)),
        H.SAYS: (QUEUE, (KEEP[Author.BOT], SHOW[Author.BOT])),
        H.INVITES: (QUEUE, ()),
        H.INVITES_NOBODY: (QUEUE, ()),
        H.UNANSWERED: (QUEUE, ()),
        H.ACCEPTS: TAKEN,
    },
    OPERATOR: {
        H.WRITES: (OPERATOR, (KEEP[VISITOR], ARM)),
        H.WRITES_UNSERVED: (OPERATOR, (KEEP[VISITOR], ARM)),
        H.SAYS: (OPERATOR, (KEEP[Author.BOT], SHOW[Author.BOT])),
        H.INVITES: (OPERATOR, ()),
        H.INVITES_NOBODY: (OPERATOR, ()),
        H.UNANSWERED: (OPERATOR, ()),
        H.ACCEPTS: (OPERATOR, (ARM, JOINED, ACCEPTED)),
        H.WRITES_BACK: (OPERATOR, (KEEP[Author.OPERATOR], ARM, SHOW[Author.OPERATOR])),
        H.LEAVES: (OPERATOR, ()),
        H.LEAVES_LAST: (LEFT, ()),
        H.FINISHES: (FINISHED, (DISARM, ENDED)),
        H.IDLE: (FINISHED, (ENDED,)),
    },
    LEFT: {
        H.WRITES: TO_BOT,
        H.WRITES_UNSERVED: TO_QUEUE,
        H.SAYS: (LEFT, (KEEP[Author.BOT], SHOW[Author.BOT])),
        H.INVITES: (QUEUE, (DISARM, OFFER)),
        H.INVITES_NOBODY: (LEFT, (NOBODY,)),
        H.UNANSWERED: (LEFT, ()),
        H.ACCEPTS: TAKEN,
        H.IDLE: (FINISHED, (ENDED,)),
    },
    FINISHED: {
        H.WRITES: TO_BOT,
        H.WRITES_UNSERVED: TO_QUEUE,
        H.SAYS: (FINISHED, (REFUSED,)),
        H.INVITES: (FINISHED, (REFUSED,)),
        H.INVITES_NOBODY: (FINISHED, (REFUSED,)),
        H.UNANSWERED: (FINISHED, ()),
    },
}
PAIRS = [(state, happening) for state in State for happening in Happening]
POSSIBLE = [(state, happening) for state, rows in LIFE.items() for happening in rows]
VISITORS_WORDS = (H.WRITES, H.WRITES_UNSERVED)


@dataclasses.dataclass(frozen=True, slots=True)
class Stride:
    """One step of a walk: where it began, what happened, where it led, what was done."""

    start: State
    happening: Happening
    end: State
    effects: tuple[Effect, ...]


@st.composite
def walks(draw: st.DrawFn) -> list[Stride]:
    """Draw a dialogue's life from its beginning: at each turn something that is possible there."""
    state, walk = NEW, []
    for _ in range(draw(st.integers(1, 15))):
        happening = draw(st.sampled_from(list(LIFE[state])))
        end, effects = step(TABLE, state, happening, MOMENT)
        walk.append(Stride(state, happening, end, effects))
        state = end
    return walk


walking = settings(deadline=None, derandomize=True, max_examples=40)


@pytest.mark.parametrize(("state", "happening"), POSSIBLE)
def test_a_row_leads_where_the_notes_say(state: State, happening: Happening) -> None:
    """What may happen in a state has these consequences, in this order."""
    assert LIFE[state][happening] == step(TABLE, state, happening, MOMENT)


@pytest.mark.parametrize(("state", "happening"), [pair for pair in PAIRS if pair not in POSSIBLE])
def test_anything_else_is_impossible(state: State, happening: Happening) -> None:
    """What has no row says what cannot happen, and where the dialogue stands."""
    with pytest.raises(Impossible, match=f"{state}: {happening}"):
        step(TABLE, state, happening, MOMENT)


def test_every_row_can_be_reached() -> None:
    """From a new dialogue, what can happen leads to every state, so every row counts."""
    reached = {NEW}
    for _ in State:
        reached |= {row.to for (state, _), row in TABLE.items() if state in reached}

    assert set(State) == reached
    assert set(POSSIBLE) == set(TABLE)


def test_the_table_cannot_be_changed() -> None:
    """A lie is another table; this one stays as it is."""
    with pytest.raises(TypeError):
        TABLE[NEW, H.ACCEPTS] = Row(OPERATOR)  # type: ignore[index] # it is read-only


def test_a_lying_table_is_obeyed() -> None:
    """Another table leads elsewhere."""
    lie = dict(TABLE) | {(FINISHED, H.SAYS): Row(BOT)}

    assert (BOT, ()) == step(lie, FINISHED, H.SAYS, MOMENT)


@given(st.sampled_from(POSSIBLE), st.text(), st.text())
@walking
def test_words_pass_unchanged(pair: tuple[State, Happening], text: str, name: str) -> None:
    """Whatever the words are, they are kept and shown as they are."""
    _, effects = step(TABLE, *pair, Moment(text=text, operator=name))
    said = {effect.text for effect in effects if isinstance(effect, Keep | Show) and effect.author != Author.SYSTEM}

    assert said <= {text}
    assert all(
        f"{name} присоединился к чату" == effect.text
        for effect in effects
        if isinstance(effect, Show) and effect.author == Author.SYSTEM
    )


@given(walks())
@walking
def test_the_bot_hears_only_a_visitor_who_writes(walk: list[Stride]) -> None:
    """CLIENT_MESSAGE goes to the bot when the visitor writes, and at no other time."""
    told = [stride.happening for stride in walk if MESSAGE in stride.effects]

    assert set(told) <= {H.WRITES}


@given(walks())
@walking
def test_a_finished_chat_shows_nothing_until_the_visitor_writes(walk: list[Stride]) -> None:
    """Between the end of a chat and the visitor's next words nobody's words appear, and the bot's are refused."""
    for stride in walk:
        if stride.start is FINISHED and stride.happening not in VISITORS_WORDS:
            assert stride.end is FINISHED
            assert stride.effects in {(), (REFUSED,)}


@given(walks())
@walking
def test_nothing_comes_of_an_operators_leaving(walk: list[Stride]) -> None:
    """When an operator leaves, the last one or not, nobody is told and nothing is shown."""
    assert all(() == stride.effects for stride in walk if stride.happening in {H.LEAVES, H.LEAVES_LAST})


@given(walks())
@walking
def test_an_operators_chat_tells_the_bot_nothing(walk: list[Stride]) -> None:
    """Whatever happens while an operator has the dialogue, the bot is not told."""
    effects = [effect for stride in walk if stride.start is OPERATOR for effect in stride.effects]

    assert [] == [effect for effect in effects if isinstance(effect, Tell) and effect.wire == "bot"]


@given(walks())
@walking
def test_an_operators_chat_is_not_the_bots(walk: list[Stride]) -> None:
    """While an operator has the dialogue the owner is the operator, and nobody owns a finished one."""
    for stride in walk:
        assert (stride.end is OPERATOR) == (OWNERS[stride.end] is Owner.OPERATOR)
        assert (stride.end is FINISHED) == (OWNERS[stride.end] is Owner.CLOSED)
        assert (stride.end is QUEUE) == (OWNERS[stride.end] is Owner.QUEUE)


@given(walks())
@walking
def test_the_idle_time_runs_while_somebody_answers(walk: list[Stride]) -> None:
    """The timer runs whenever the bot or an operator has the dialogue, or had it last, and at no other time."""
    armed = False
    for stride in walk:
        if stride.happening is H.IDLE:
            assert armed
            armed = False
        for effect in stride.effects:
            armed = isinstance(effect, Arm) or (armed and not isinstance(effect, Disarm))

        assert armed == (stride.end in {BOT, OPERATOR, LEFT})


@given(walks())
@walking
def test_the_visitors_words_are_always_kept(walk: list[Stride]) -> None:
    """In every state the visitor may write, and the words join the record exactly once."""
    for stride in walk:
        kept = [effect for effect in stride.effects if isinstance(effect, Keep) and effect.author is VISITOR]

        assert ([KEEP[VISITOR]] if stride.happening in VISITORS_WORDS else []) == kept


@given(walks())
@walking
def test_what_is_shown_of_people_is_kept(walk: list[Stride]) -> None:
    """No words of the bot or an operator appear on the screen without joining the record."""
    for stride in walk:
        shown = [(effect.author, effect.text) for effect in stride.effects if isinstance(effect, Show)]
        kept = [(effect.author, effect.text) for effect in stride.effects if isinstance(effect, Keep)]

        assert {words for words in shown if words[0] is not Author.SYSTEM} <= set(kept)


@given(walks())
@walking
def test_a_refusal_changes_nothing(walk: list[Stride]) -> None:
    """A refused call leaves the dialogue where it was, and does nothing else."""
    for stride in walk:
        if REFUSED in stride.effects:
            assert (stride.start, (REFUSED,)) == (stride.end, stride.effects)


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
