"""Tests: who answers to which credential."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.kit.tenants import Tenants


def test_a_tenant_is_found_by_its_credential() -> None:
    """Each credential leads to its own tenant, and an unknown one to nobody."""
    tenants: Tenants[list[str]] = Tenants()
    first, second = ["same"], ["same"]
    tenants.admit(("prov", "a"), first)
    tenants.admit(("prov", "b"), second)

    assert tenants.find(("prov", "a")) is first
    assert tenants.find(("prov", "b")) is second
    assert tenants.find(("prov", "c")) is None


def test_a_tenant_may_answer_to_several_credentials() -> None:
    """Two credentials of one tenant lead to it, each by itself."""
    tenants: Tenants[str] = Tenants()
    tenants.admit("a", "tenant")
    tenants.admit("b", "tenant")
    tenants.dismiss("a", "tenant")

    assert (None, "tenant") == (tenants.find("a"), tenants.find("b"))


def test_of_two_who_answer_to_one_credential_neither_is_found() -> None:
    """Two bots with the same token cannot be told apart, and neither works (protocol/jivo 1.1); others still do."""
    tenants: Tenants[str] = Tenants()
    tenants.admit("key", "first")
    tenants.admit("other", "first")
    tenants.admit("key", "second")

    assert (None, "first") == (tenants.find("key"), tenants.find("other"))


def test_admitted_twice_a_tenant_is_in_its_own_way() -> None:
    """Who is admitted twice under a credential answers to it as two do, until dismissed once."""
    tenants: Tenants[str] = Tenants()
    tenants.admit("key", "tenant")
    tenants.admit("key", "tenant")
    while_twice = tenants.find("key")
    tenants.dismiss("key", "tenant")

    assert (None, "tenant") == (while_twice, tenants.find("key"))


def test_whoever_stays_is_found_again() -> None:
    """Of two who answered to one credential, the one who was not dismissed is found, whichever came first."""
    tenants: Tenants[str] = Tenants()
    for key, leaves in (("a", "first"), ("b", "second")):
        tenants.admit(key, "first")
        tenants.admit(key, "second")
        tenants.dismiss(key, leaves)

    assert ("second", "first") == (tenants.find("a"), tenants.find("b"))


def test_a_dismissed_credential_is_free() -> None:
    """Once dismissed, a credential leads to nobody, and then to another tenant."""
    tenants: Tenants[str] = Tenants()
    tenants.admit("key", "first")
    tenants.dismiss("key", "first")
    between = tenants.find("key")
    tenants.admit("key", "second")

    assert (None, "second") == (between, tenants.find("key"))


def test_nobody_can_be_dismissed() -> None:
    """To dismiss from a credential that nobody has, or that is another's, is harmless."""
    tenants: Tenants[str] = Tenants()
    tenants.admit("key", "tenant")
    tenants.dismiss("nobody's", "tenant")
    tenants.dismiss("key", "stranger")

    assert (None, "tenant") == (tenants.find("nobody's"), tenants.find("key"))


COMINGS = st.lists(st.tuples(st.booleans(), st.sampled_from("ab"), st.sampled_from(["first", "second"])), max_size=12)


@given(COMINGS)
@settings(deadline=None, derandomize=True)
def test_who_is_found_is_who_alone_stays(comings: list[tuple[bool, str, str]]) -> None:
    """Whatever the order of coming and going, a credential leads to whoever alone answers to it, and else to nobody."""
    tenants: Tenants[str] = Tenants()
    staying: dict[str, list[str]] = {"a": [], "b": []}
    for comes, key, who in comings:
        if comes:
            tenants.admit(key, who)
            staying[key].append(who)
        else:
            tenants.dismiss(key, who)
            if who in staying[key]:
                staying[key].remove(who)

    expected = {key: who[0] if len(who) == 1 else None for key, who in staying.items()}
    assert expected == {key: tenants.find(key) for key in "ab"}
