"""Tests: what an operator reads of a chat and its card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fakes.jivo.answers import answering
from tests.fakes.jivo.record import operator_did

if TYPE_CHECKING:
    from tests.fakes.jivo.conftest import Jivo


def read(jivo: Jivo) -> list[tuple[str, str, str]]:
    """List what was read, as place, whose words or which label, and the words."""
    return [(fact["place"], fact.get("author") or fact["label"], fact["text"]) for fact in jivo.facts("read")]


def test_an_operator_reads_the_chat(jivo: Jivo) -> None:
    """Everything that was said is read, in order, with who said it, caused by the look."""
    visitor = jivo.visitor("Привет")
    jivo.call(jivo.message(visitor, "Здравствуйте"))
    operator = jivo.operator(visitor)
    jivo.control.operator_writes(operator, visitor, "Я Ольга")
    jivo.control.operator_reads(operator, visitor)
    cause = jivo.witness.acts[-1]["seq"]

    assert [("chat", "visitor", "Привет"), ("chat", "bot", "Здравствуйте"), ("chat", "operator", "Я Ольга")] == read(
        jivo
    )
    assert operator_did(jivo, "reads", operator, visitor) == jivo.act()
    assert all(jivo.where(visitor) | {"cause": cause} == subset(fact, jivo, visitor) for fact in jivo.facts("read"))


def subset(fact: dict[str, Any], jivo: Jivo, visitor: str) -> dict[str, Any]:
    """Give of a fact where it belongs and what caused it."""
    return {key: fact[key] for key in (*jivo.where(visitor), "cause")}


def test_an_operator_reads_what_the_screen_does_not_show(jivo: Jivo) -> None:
    """Words that the visitor's channel cannot show are in the record all the same."""
    jivo.control.adds_channel("avito")
    jivo.control.switches_bot("avito", on=True)
    visitor = jivo.visitor(channel="avito")
    jivo.call(jivo.message(visitor, message={"type": "BUTTONS", "title": "Выберите", "buttons": [{"text": "Да"}]}))
    jivo.control.operator_reads(jivo.control.operator_comes_online("Ольга"), visitor)

    assert [] == jivo.shown()
    assert ("chat", "bot", "Выберите") == read(jivo)[-1]


def test_an_operator_reads_the_card(jivo: Jivo) -> None:
    """Contacts, what the bridge answered, who is responsible and the attributes are read, each under its label."""
    answer = (
        '{"result":"ok","contact_info":{"name":"Анна","phone":"+70000000001","email":"anna@shop.test",'
        '"description":"VIP"},"custom_data":[{"title":"Тариф","content":"Золото"},'
        '{"key":"Город","content":"Тверь","link":"https://crm.test/2"}],'
        '"crm_link":"https://crm.test/1","enable_assign":true,"page":{"url":"https://shop.test/cart"}}'
    )
    visitor = jivo.control.visitor_arrives()
    jivo.guest.answers = [answering(text=answer)]
    jivo.control.visitor_writes(visitor, "Привет")
    operator = jivo.operator(visitor)
    jivo.control.operator_becomes_responsible(operator, visitor)
    jivo.control.operator_sets_attribute(operator, visitor, "Скидка", 5)
    jivo.control.operator_reads(operator, visitor)

    assert [
        ("card", "name", "Анна"),
        ("card", "phone", "+70000000001"),
        ("card", "email", "anna@shop.test"),
        ("card", "description", "VIP"),
        ("card", "crm link", "https://crm.test/1"),
        ("card", "page", "https://shop.test/cart"),
        ("card", "assign button", "Привязать"),
        ("card", "responsible", "Ольга"),
        ("card", "attribute Скидка", "5"),
        ("card", "custom data", "Тариф: Золото"),
        ("card", "custom data", "Город: Тверь: https://crm.test/2"),
    ] == read(jivo)[1:]


def test_an_empty_card_has_nothing_to_read(jivo: Jivo) -> None:
    """Of a stranger who said nothing an operator reads nothing."""
    visitor = jivo.control.visitor_arrives()
    operator = jivo.control.operator_comes_online("Ольга")
    jivo.control.operator_reads(operator, visitor)

    assert [] == read(jivo)
    assert operator_did(jivo, "reads", operator, visitor) == jivo.act()
