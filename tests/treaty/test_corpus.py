"""The treaty's files, of every vendor: schemas are schemas, and samples are what they say they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import jsonschema
import jsonschema_rs
import pytest

from fakes.kit import contract
from harness import data
from tests.treaty.corpus import ENDS, MESSAGES, VENDORS, load, properties, too_new

if TYPE_CHECKING:
    from collections.abc import Iterator

EVIDENCE = re.compile(r"\[(documented|observed|assumed|seed): [^\[\]]+\]$")
ANSWERED = [(vendor, message) for vendor, message in MESSAGES if (vendor, f"{message}_answer") in MESSAGES]
VERSION = re.compile(r"\d+\.\d+")


def places(errors: Iterator[Any], attribute: str) -> list[str]:
    """Tell where the errors are, as JSON pointers."""
    return sorted("".join(f"/{part}" for part in getattr(error, attribute)) for error in errors)


def faults(vendor: str, message: str, body: Any) -> tuple[list[str], list[str]]:
    """Tell where the authority and where the fast one find fault."""
    source = load(vendor, message, ".schema.json")
    slow, fast = jsonschema.Draft202012Validator(source), jsonschema_rs.Draft202012Validator(source)
    return places(slow.iter_errors(body), "absolute_path"), places(fast.iter_errors(body), "instance_path")


# files


@pytest.mark.parametrize("vendor", VENDORS)
def test_a_message_has_three_files(vendor: str) -> None:
    """Each message has its schema, samples that keep to it and samples that break it, and no other file is there."""
    files = {path.name for path in (data.payloads() / vendor).iterdir()}

    assert {f"{message}{end}" for owner, message in MESSAGES if owner == vendor for end in ENDS} == files


@pytest.mark.parametrize(("vendor", "message"), MESSAGES)
def test_a_schema_is_one_and_knows_its_name(vendor: str, message: str) -> None:
    """A schema keeps to JSON Schema 2020-12, and is named for its vendor and its file."""
    source = load(vendor, message, ".schema.json")
    jsonschema.Draft202012Validator.check_schema(source)

    assert ("https://json-schema.org/draft/2020-12/schema", f"urn:deskcheck:{vendor}:{message}", message) == (
        source["$schema"],
        source["$id"],
        source["title"],
    )


@pytest.mark.parametrize(("vendor", "message"), MESSAGES)
def test_everything_described_has_its_evidence(vendor: str, message: str) -> None:
    """Every property, and the message itself, has a description that ends with its evidence and source."""
    source = load(vendor, message, ".schema.json")
    described = [(message, source), *properties(source)]

    assert [] == [name for name, part in described if not EVIDENCE.search(part.get("description", ""))]


@pytest.mark.parametrize(("vendor", "message"), MESSAGES)
def test_a_schema_says_where_its_message_goes(vendor: str, message: str) -> None:
    """A call names a surface, a side that exists and one word for what it is about; a method goes with a path."""
    call = load(vendor, message, ".schema.json")["x-call"]

    assert {"surface", "from", "about"} <= call.keys() <= {"surface", "from", "about", "method", "path", "tells"}
    assert call["from"] in {"vendor", "bridge"}
    assert [] == [key for key in ("surface", "about") if not re.fullmatch(r"[a-z]+(-[a-z]+)*", call[key])]
    assert ("method" in call) == ("path" in call)


@pytest.mark.parametrize(("vendor", "call_name"), ANSWERED)
def test_an_answer_is_named_for_its_call(vendor: str, call_name: str) -> None:
    """What is named for a call is an answer, on the call's surface and from its other side."""
    call, answer = (load(vendor, name, ".schema.json")["x-call"] for name in (call_name, f"{call_name}_answer"))

    assert {"surface": call["surface"], "about": "answer"} == {key: answer[key] for key in ("surface", "about")}
    assert {"vendor", "bridge"} == {call["from"], answer["from"]}


# samples


@pytest.mark.parametrize(("vendor", "message"), MESSAGES)
def test_samples_have_names_of_their_own(vendor: str, message: str) -> None:
    """Samples of both kinds are there, are told in words, and no two of a file have one name."""
    for end, words in ((".json", "says"), (".invalid.json", "reason")):
        samples = load(vendor, message, end)
        names = [sample["name"] for sample in samples]

        assert samples
        assert sorted(set(names)) == sorted(names)
        assert [] == [sample["name"] for sample in samples if not sample[words].endswith(".")]
        assert [] == [name for name in names if not re.fullmatch(r"[a-z0-9]+([.-][a-z0-9]+)*", name)]


@pytest.mark.parametrize(("vendor", "message"), MESSAGES)
def test_samples_keep_to_their_schema(vendor: str, message: str) -> None:
    """Both validators find a sample without fault, and so does the fakes' own check."""
    samples = load(vendor, message, ".json")
    found = {sample["name"]: faults(vendor, message, sample["payload"]) for sample in samples}

    assert dict.fromkeys(found, ([], [])) == found
    assert [] == [one["name"] for one in samples if contract.schema(vendor, message).violations(one["payload"])]


@pytest.mark.parametrize(("vendor", "message"), MESSAGES)
def test_invalid_samples_break_it_where_they_say(vendor: str, message: str) -> None:
    """Both validators find an invalid sample's fault at its path, and agree on every other one."""
    samples = load(vendor, message, ".invalid.json")
    found = {sample["name"]: faults(vendor, message, sample["payload"]) for sample in samples}

    assert [] == [sample["name"] for sample in samples if sample["path"] not in found[sample["name"]][0]]
    assert [] == [name for name, (slow, fast) in found.items() if slow != fast]


@pytest.mark.parametrize(("vendor", "message"), MESSAGES)
def test_a_sample_of_a_version_has_nothing_newer(vendor: str, message: str) -> None:
    """A message as an older version has it holds no key that only newer ones have, and is itself not newer."""
    source = load(vendor, message, ".schema.json")
    old = [sample for sample in load(vendor, message, ".json") if "version" in sample]
    newer = {sample["name"]: list(too_new(source, sample["payload"], sample["version"])) for sample in old}

    assert [] == [sample["name"] for sample in old if not VERSION.fullmatch(sample["version"])]
    assert {} == {name: keys for name, keys in newer.items() if keys}
    assert [] == [one["name"] for one in old if one["version"] not in source.get("x-versions", [one["version"]])]


@pytest.mark.parametrize(("vendor", "message"), MESSAGES)
def test_versions_are_listed_in_order(vendor: str, message: str) -> None:
    """What exists only in some versions names at least one, each once, the oldest first."""
    source = load(vendor, message, ".schema.json")
    lists = [part["x-versions"] for _, part in [(message, source), *properties(source)] if "x-versions" in part]

    assert [] == [versions for versions in lists if not versions or sorted(set(versions)) != versions]
    assert [] == [version for versions in lists for version in versions if not VERSION.fullmatch(version)]
