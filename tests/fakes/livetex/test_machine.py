"""Tests: a dialogue's life as the table has it."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.kit.effects import Author, Keep, Offer, Owner, Tell
from fakes.livetex.machine import (
    ACTIVE,
    CHOICE_IN_FORCE,
    OWNERS,
    TABLE,
    VARIANTS,
    Happening,
    Impossible,
    Moment,
    State,
    Variant,
    step,
    varied,
)

OPERATORS_ALONE = {
    Happening.OPENS,
    Happening.WRITES_BACK,
    Happening.SENDS_FILE,
    Happening.PASSES,
    Happening.PASSES_TO_GROUP,
    Happening.CLOSES,
    Happening.SENDS_TO_OPEN,
}


@pytest.mark.parametrize(
    ("state", "to"),
    [
        (State.NEW, State.KEPT),
        (State.KEPT, State.KEPT),
        (State.CHOSEN, State.WAITING),
        (State.WAITING, State.WAITING),
        (State.OPERATOR, State.OPERATOR),
        (State.CLOSED, State.KEPT),
    ],
)
def test_a_message_is_never_refused(state: State, to: State) -> None:
    """Wherever a dialogue stands, what is sent is kept in the history."""
    after, effects = step(TABLE, state, Happening.SENDS, Moment("х"))

    assert to is after
    assert Keep(Author.VISITOR, "х") in effects


@pytest.mark.parametrize(
    ("state", "to"),
    [
        (State.NEW, State.CHOSEN),
        (State.KEPT, State.WAITING),
        (State.CHOSEN, State.CHOSEN),
        (State.WAITING, State.WAITING),
        (State.OPERATOR, State.WAITING),
        (State.CLOSED, State.CHOSEN),
    ],
)
def test_a_group_can_be_chosen_at_any_time(state: State, to: State) -> None:
    """Wherever a dialogue stands, a group can be chosen, and the history has that."""
    after, effects = step(TABLE, state, Happening.CHOOSES, Moment())

    assert to is after
    assert Tell("history", "DestinationSelected") in effects


@pytest.mark.parametrize("state", State)
def test_the_same_group_again_moves_nothing(state: State) -> None:
    """Where a choice is in force, the same one changes no state and tells nothing; elsewhere it is none."""
    if state in CHOICE_IN_FORCE:
        assert (state, ()) == step(TABLE, state, Happening.CHOOSES_AGAIN, Moment())
    else:
        assert (state, Happening.CHOOSES_AGAIN) not in TABLE


@pytest.mark.parametrize(("state", "happening"), list(product(State, sorted(OPERATORS_ALONE))))
def test_an_operator_acts_in_his_dialogue_alone(state: State, happening: Happening) -> None:
    """What needs an operator who has the dialogue cannot happen in any other state."""
    assert ((state, happening) in TABLE) is (state is State.OPERATOR)


def test_what_the_table_does_not_have_is_impossible() -> None:
    """A happening without a row says where the dialogue stands."""
    with pytest.raises(Impossible, match="while the dialogue is kept: the operator closes the dialogue"):
        step(TABLE, State.KEPT, Happening.CLOSES, Moment())


@pytest.mark.parametrize("happening", [Happening.IS_ASSIGNED, Happening.PASSES])
def test_assignment_and_transfer_do_nothing(happening: Happening) -> None:
    """Neither tells the webhook anything."""
    state = State.WAITING if happening is Happening.IS_ASSIGNED else State.OPERATOR

    assert (State.OPERATOR, ()) == step(TABLE, state, happening, Moment())


def test_only_a_kept_message_asks_for_a_group() -> None:
    """SelectDestination goes with the first message of a dialogue that has no group, and with nothing else."""
    asking = {key for key in TABLE if Tell("webhook", "SelectDestination") in step(TABLE, *key, Moment())[1]}

    assert {(State.NEW, Happening.SENDS), (State.CLOSED, Happening.SENDS)} == asking


def test_operators_get_a_dialogue_with_a_group() -> None:
    """Whatever leads to a group whose operators wait offers the dialogue."""
    offering = {key for key in TABLE if Offer() in step(TABLE, *key, Moment())[1]}

    assert {
        (State.KEPT, Happening.CHOOSES),
        (State.CHOSEN, Happening.SENDS),
        (State.WAITING, Happening.CHOOSES),
        (State.OPERATOR, Happening.CHOOSES),
        (State.OPERATOR, Happening.PASSES_TO_GROUP),
    } == offering


def test_every_happening_can_happen() -> None:
    """No word of the machine is idle, and every state can be reached and has an owner."""
    assert set(Happening) == {happening for _, happening in TABLE}
    assert set(State) - {State.NEW} == {row.to for row in TABLE.values()}
    assert set(State) == set(OWNERS)
    assert {State.NEW, State.KEPT} == {state for state, owner in OWNERS.items() if owner is Owner.BOT}
    assert ACTIVE < CHOICE_IN_FORCE


@pytest.mark.parametrize("variant", Variant)
def test_a_variant_replaces_rows_that_there_are(variant: Variant) -> None:
    """A variant is another reading of what the table has, and changes nothing else."""
    table = varied(TABLE, [variant])
    different = {key for key in table if table[key] != TABLE.get(key)}

    assert different == set(VARIANTS[variant])
    assert different <= set(TABLE)


@given(st.lists(st.sampled_from(Happening), max_size=30), st.sets(st.sampled_from(Variant)))
def test_what_is_kept_is_given_on_before_anybody_has_it(happenings: list[Happening], variants: set[Variant]) -> None:
    """Whatever happens, no dialogue gets from a kept one to an operator without being offered in between."""
    table = varied(TABLE, variants)
    state, offered = State.NEW, False
    for happening in happenings:
        if (state, happening) not in table:
            continue
        state, effects = step(table, state, happening, Moment())
        offered = state is not State.KEPT and (offered or Offer() in effects)

        assert offered or state is not State.OPERATOR
