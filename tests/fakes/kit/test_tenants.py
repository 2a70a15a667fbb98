"""Tests: who answers to which credential."""

from __future__ import annotations

import pytest

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


def test_a_credential_belongs_to_one_tenant() -> None:
    """A credential that another tenant has is refused, even to an equal one, and stays where it is."""
    tenants: Tenants[list[str]] = Tenants()
    first = ["same"]
    tenants.admit("key", first)

    with pytest.raises(KeyError, match="another tenant"):
        tenants.admit("key", ["same"])
    assert tenants.find("key") is first


def test_a_tenant_may_be_admitted_again() -> None:
    """To admit the same tenant under the same credential changes nothing."""
    tenants: Tenants[list[str]] = Tenants()
    first = ["same"]
    tenants.admit("key", first)
    tenants.admit("key", first)

    assert [first] == list(tenants)


def test_a_dismissed_credential_leads_to_nobody() -> None:
    """Once dismissed, a credential is free for another tenant; the tenant's others stay."""
    tenants: Tenants[list[str]] = Tenants()
    first, second = ["first"], ["second"]
    tenants.admit("old", first)
    tenants.admit("other", first)
    tenants.dismiss("old")
    before = tenants.find("old")
    tenants.admit("old", second)

    assert before is None
    assert tenants.find("old") is second
    assert tenants.find("other") is first


def test_nobody_can_be_dismissed() -> None:
    """To dismiss a credential that nobody has is harmless."""
    tenants: Tenants[str] = Tenants()
    tenants.dismiss("key")

    assert [] == list(tenants)


def test_each_tenant_comes_once_in_the_order_of_coming() -> None:
    """A tenant with two credentials is one; equal tenants are two."""
    tenants: Tenants[list[str]] = Tenants()
    first, second = ["same"], ["same"]
    tenants.admit("b", second)
    tenants.admit("a", first)
    tenants.admit("c", second)

    assert [id(second), id(first)] == [id(tenant) for tenant in tenants]
