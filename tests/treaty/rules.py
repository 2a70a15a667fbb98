"""The part of JSON Schema in which the treaty is written; what lies outside of it is refused, not overlooked."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

Schema = dict[str, Any]

ANNOTATIONS = frozenset({"$schema", "$id", "title", "description", "x-call", "x-means", "x-versions"})
LENGTHS = frozenset({"minLength", "maxLength"})
BOUNDS = frozenset({"minimum", "maximum"})
COUNTS = frozenset({"minItems", "maxItems"})
SIZES = frozenset({"minProperties", "maxProperties"})
CONDITIONS = frozenset({"allOf", "if", "then"})
BESIDE_TYPE: dict[str, frozenset[str]] = {
    "null": frozenset(),
    "boolean": frozenset(),
    "integer": BOUNDS,
    "number": BOUNDS,
    "string": frozenset({"pattern"}) | LENGTHS,
    "array": frozenset({"items"}) | COUNTS,
    "object": frozenset({"properties", "required", "additionalProperties"}) | SIZES | CONDITIONS,
}


def types(schema: Schema) -> list[str]:
    """List the types that a schema allows."""
    named: str | list[str] = schema["type"]
    return [named] if isinstance(named, str) else named


def words(schema: Schema) -> list[Any]:
    """List the values of a ``const`` or an ``enum``, as a rule words; none, where a schema has neither."""
    return [schema["const"]] if "const" in schema else schema.get("enum", [])


def check(schema: Schema, place: str = "/") -> None:
    """Check that nothing in a schema lies outside of what is known here.

    Raises:
        NotImplementedError: something does; the error says where in the schema, and what.
    """
    rules = schema.keys() - ANNOTATIONS
    if rules & {"const", "enum"}:
        _expect(len(rules) == 1, place, f"{sorted(rules)} side by side")
        plain = all(isinstance(word, str | bool | int) for word in words(schema))
        _expect(plain, place, "a constant that is no string, truth or whole number")
        return
    _expect("type" in rules, place, "neither type nor const nor enum")
    _expect(set(types(schema)) <= BESIDE_TYPE.keys(), place, f"type {types(schema)}")
    unknown = rules.difference({"type"}, *(BESIDE_TYPE[name] for name in types(schema)))
    _expect(not unknown, place, f"{sorted(unknown)} beside type {types(schema)}")
    _expect(not ("properties" in rules and rules & SIZES), place, "a number of keys beside properties")
    _expect(not (rules & COUNTS and "items" not in rules), place, "a number of items that are not described")
    _expect(not ("pattern" in rules and rules & LENGTHS), place, "a length beside a pattern")
    if "items" in rules:
        check(schema["items"], f"{place}*/")
    if "additionalProperties" in rules:
        _expect(not rules & {"properties", "required", *SIZES, *CONDITIONS}, place, "values of any key beside others")
        _expect(isinstance(schema["additionalProperties"], dict), place, "values of any key without a rule")
        check(schema["additionalProperties"], f"{place}*/")
    for kind in kinds(schema, place):
        for key, part in (schema.get("properties", {}) | kind["properties"]).items():
            check(part, f"{place}{key}/")


def kinds(schema: Schema, place: str = "/") -> Iterator[Schema]:
    """Resolve the conditions of an object: give ``required`` and ``properties`` of each kind of object that there is.

    A kind is a choice of words for the keys about which conditions ask, such as ``type``.

    Raises:
        NotImplementedError: a condition lies outside of what is known here.
    """
    described, conditions = schema.get("properties", {}), _conditions(schema, place)
    asked = dict.fromkeys(key for condition, _ in conditions for key in condition["properties"])
    for choice in product(*(words(described[key]) for key in asked)):
        chosen = dict(zip(asked, choice, strict=True))
        required, properties = list(schema.get("required", ())), dict(described)
        for condition, then in conditions:
            if all(chosen[key] in words(part) for key, part in condition["properties"].items()):
                more = then.get("properties", {})
                _expect(not more.keys() & properties.keys(), place, "a key described twice")
                required, properties = required + then.get("required", []), properties | more
        _expect(set(required) <= properties.keys(), place, "a required key that is not described")
        yield {
            "required": list(dict.fromkeys(required)),
            "properties": properties | {key: {"const": word} for key, word in chosen.items()},
        }


def _conditions(schema: Schema, place: str) -> list[tuple[Schema, Schema]]:
    parts = [*schema.get("allOf", ()), {name: schema[name] for name in ("if", "then") if name in schema}]
    pairs = [(part["if"], part["then"]) for part in parts if part.keys() == {"if", "then"}]
    _expect(len(pairs) == len([part for part in parts if part]), place, "a part that is no if with its then")
    enums = {key for key in schema.get("required", ()) if words(schema.get("properties", {}).get(key, {}))}
    for condition, then in pairs:
        _expect(condition.keys() == {"required", "properties"}, place, "a condition of other rules")
        _expect(set(condition["required"]) == condition["properties"].keys(), place, "a condition that absence meets")
        _expect(enums >= condition["properties"].keys(), place, "a condition on what is no required enum")
        for key, part in condition["properties"].items():
            check(part, f"{place}{key}/")
            _expect(bool(words(part)), place, "a condition of other rules")
        _expect(then.keys() <= {"required", "properties"}, place, "a consequence of other rules")
    return pairs


def _expect(fine: bool, place: str, what: str) -> None:  # noqa: FBT001 - reads like an assertion
    if not fine:
        raise NotImplementedError(f"the generator does not know this at {place}: {what}")
