"""Tests: harness.catalogue."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from harness import data
from harness.agenda.catalogue import Catalogue, flaws, load
from harness.errors import MisuseError
from harness.model import CAPABILITIES, Behaviour, Level, Scenario, Source, Who

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

ENTRY: dict[str, Any] = {
    "id": "JIVO-BOT-1",
    "who": "vendor",
    "level": "must",
    "evidence": "seed",
    "says": "The bot comes first.",
    "source": {"ref": "notes/jivo: (intro)", "sentence": "… вначале будут отправляться боту."},
}


def written(folder: Path, text: str) -> Path:
    """Write a catalogue as text."""
    path = folder / "behaviours.yaml"
    path.write_text(text, "utf-8")
    return path


def entries(folder: Path, *found: Any) -> Path:
    """Write a catalogue of one group."""
    return written(folder, yaml.safe_dump({"jivo": {"bot": list(found)}}, allow_unicode=True))


def trouble(path: Path) -> MisuseError:
    """Load what cannot be loaded."""
    with pytest.raises(MisuseError) as caught:
        load(path)
    return caught.value


# the real one


@pytest.fixture(scope="module")
def real() -> Catalogue:
    """Load the catalogue that is shipped."""
    return load(data.features() / "behaviours.yaml")


def test_the_shipped_catalogue_is_whole(real: Catalogue) -> None:
    """There are 173 behaviours, and none may be lost: the catalogue only grows."""
    assert 173 <= len(real.behaviours)


@pytest.mark.parametrize(
    "name",
    [
        "JIVO-BOT-1",
        "JIVO-BOT-3",
        "JIVO-BOT-4",
        "JIVO-OPERATOR-1",
        "JIVO-OPERATOR-3",
        "JIVO-OPERATOR-5",
        "JIVO-CLOSED-1",
        "JIVO-CLOSED-3",
    ],
)
def test_what_was_done_stays_done(real: Catalogue, name: str) -> None:
    """A behaviour that was once proven is not given up."""
    assert real.behaviours[name].done is True


# reading


def test_an_entry_becomes_a_behaviour(tmp_path: Path) -> None:
    """All that an entry says arrives, with vendor and group."""
    expected = Behaviour(
        id="JIVO-BOT-1",
        vendor="jivo",
        group="bot",
        who=Who.VENDOR,
        level=Level.MUST,
        evidence="seed",
        says="The bot comes first.",
        source=Source("notes/jivo: (intro)", "… вначале будут отправляться боту."),
        done=True,
    )

    assert {"JIVO-BOT-1": expected} == load(entries(tmp_path, ENTRY | {"done": True})).behaviours


def test_an_entry_is_not_done_by_itself(tmp_path: Path) -> None:
    """Only an entry that says so is done."""
    assert load(entries(tmp_path, ENTRY)).behaviours["JIVO-BOT-1"].done is False


def test_behaviours_keep_the_order_of_the_file(tmp_path: Path) -> None:
    """Groups and entries come as they stand, not sorted."""
    tree = {
        "livetex": {"z": [ENTRY | {"id": "LTX-2"}], "a": [ENTRY | {"id": "LTX-1"}]},
        "jivo": {"bot": [ENTRY | {"id": "JIVO-2"}, ENTRY | {"id": "JIVO-1"}]},
    }
    path = written(tmp_path, yaml.safe_dump(tree, sort_keys=False))

    assert ["LTX-2", "LTX-1", "JIVO-2", "JIVO-1"] == list(load(path).behaviours)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("jivo: [\n", "behaviours.yaml, line 2 is not YAML: "),
        ("jivo:\n\t- a", "behaviours.yaml, line 2 is not YAML: "),
        ("jivo: {bot: [*nowhere]}", "behaviours.yaml, line 1 is not YAML: "),
        ("jivo: {bot: []}\nlivetex: {}\njivo: {}", "behaviours.yaml, line 3 is not YAML: the key jivo stands twice."),
        ("jivo:\n  bot: []\n  bot: []", "behaviours.yaml, line 3 is not YAML: the key bot stands twice."),
        ("jivo: !!python/none {}", "behaviours.yaml, line 1 is not YAML: "),
        ("a: \x07", "behaviours.yaml is not YAML: "),
        ("", "behaviours.yaml is no catalogue."),
        ("- jivo", "behaviours.yaml is no catalogue."),
        ("jivo", "behaviours.yaml is no catalogue."),
        ("jivo:", "behaviours.yaml: jivo must map groups to lists of behaviours."),
        ("jivo: [a]", "behaviours.yaml: jivo must map groups to lists of behaviours."),
        ("jivo: {bot: }", "behaviours.yaml: jivo must map groups to lists of behaviours."),
        ("jivo: {bot: {id: a}}", "behaviours.yaml: jivo must map groups to lists of behaviours."),
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, text: str, problem: str) -> None:
    """What is no catalogue is refused with the file's name, the place where it is known, and a remedy."""
    error = trouble(written(tmp_path, text))

    assert error.problem.startswith(problem)
    assert error.remedy


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    """What is not UTF-8 is refused with the file's name and a remedy."""
    path = tmp_path / "behaviours.yaml"
    path.write_bytes(b"jivo: \xff\xff")
    error = trouble(path)

    assert error.problem.startswith("behaviours.yaml is not YAML: ")
    assert error.remedy


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """A catalogue that is not there is refused with its whole path and a remedy."""
    error = trouble(tmp_path / "behaviours.yaml")

    assert str(tmp_path / "behaviours.yaml") in error.problem
    assert error.remedy


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"who": "nobody"}, "'nobody' is not a valid Who"),
        ({"who": ["vendor"]}, "['vendor'] is not a valid Who"),
        ({"level": "shall"}, "'shall' is not a valid Level"),
        ({"evidence": "hearsay"}, "evidence must be one of seed, documented, observed, assumed"),
        ({"evidence": ["seed"]}, "evidence must be one of seed, documented, observed, assumed"),
        ({"says": None}, "says must be a text"),
        ({"says": " "}, "says must be a text"),
        ({"says": ["a"]}, "says must be a text"),
        ({"source": "notes"}, "ref must be a text"),
        ({"source": None}, "ref must be a text"),
        ({"source": {"ref": "notes"}}, "sentence must be a text"),
        ({"source": {"sentence": "Да."}}, "ref must be a text"),
        ({"source": {"ref": "notes", "sentence": 5}}, "sentence must be a text"),
        ({"done": "yes"}, "done must be true or absent"),
        ({"done": 1}, "done must be true or absent"),
        ({"mood": "good"}, "missing [], unknown ['mood']"),
        ({"mood": "good", 5: "five"}, "missing [], unknown ['5', 'mood']"),
    ],
    ids=str,
)
def test_a_wrong_entry_is_named(tmp_path: Path, wrong: dict[Any, Any], reason: str) -> None:
    """An entry that breaks the form is refused with file, id, vendor, group, reason and a remedy."""
    error = trouble(entries(tmp_path, ENTRY | wrong))

    assert f"behaviours.yaml: the entry JIVO-BOT-1 of jivo, bot is wrong: {reason}." == error.problem
    assert error.remedy


@pytest.mark.parametrize("key", sorted(set(ENTRY) - {"id"}))
def test_an_entry_that_lacks_something_is_named(tmp_path: Path, key: str) -> None:
    """The error says which key is missing of which entry."""
    error = trouble(entries(tmp_path, {name: value for name, value in ENTRY.items() if name != key}))

    assert (
        f"behaviours.yaml: the entry JIVO-BOT-1 of jivo, bot is wrong: missing ['{key}'], unknown []." == error.problem
    )
    assert error.remedy


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ("JIVO-BOT-1", "it must map keys to values"),
        (None, "it must map keys to values"),
        ({name: value for name, value in ENTRY.items() if name != "id"}, "missing ['id'], unknown []"),
    ],
    ids=["text", "nothing", "no id"],
)
def test_an_entry_without_id_is_named_by_its_place(tmp_path: Path, entry: Any, reason: str) -> None:
    """Where there is no id to name, the error still names file, vendor and group."""
    error = trouble(entries(tmp_path, entry))

    assert f"behaviours.yaml: the entry ? of jivo, bot is wrong: {reason}." == error.problem
    assert error.remedy


def test_an_id_must_be_a_text(tmp_path: Path) -> None:
    """A number is no id."""
    error = trouble(entries(tmp_path, ENTRY | {"id": 5}))

    assert "behaviours.yaml: the entry 5 of jivo, bot is wrong: id must be a text." == error.problem


def test_an_id_stands_once(tmp_path: Path) -> None:
    """Two entries of one id are refused, also when all else differs."""
    error = trouble(entries(tmp_path, ENTRY, ENTRY | {"says": "Another."}))

    assert "behaviours.yaml: JIVO-BOT-1 stands twice." == error.problem
    assert error.remedy


# picking

NAMES = ("JIVO-BOT-1", "JIVO-BOT-10", "JIVO-BOTTLE-1", "JIVO-BOT-2", "LTX-BOT-1")


def behaviour(name: str, who: Who = Who.BRIDGE, *, done: bool = False) -> Behaviour:
    """Make a behaviour of that id."""
    return Behaviour(name, "jivo", "bot", who, Level.MUST, "seed", "It works.", Source("notes", "Да."), done)


def catalogue(*behaviours: Behaviour) -> Catalogue:
    """Make a catalogue of those."""
    return Catalogue({each.id: each for each in behaviours})


def scenario(*tags: str, name: str = "Hello", feature: str = "jivo/bot.feature", line: int = 3) -> Scenario:
    """Make a scenario with those tags."""
    vendor = feature.split("/", maxsplit=1)[0]
    return Scenario(f"{feature}: {name}", feature, name, (), vendor, tags, ("Given rain",), line)


ALL = catalogue(*map(behaviour, NAMES))
SCENARIOS = [
    scenario("JIVO-BOT-1", name="1"),
    scenario("JIVO-BOT-10", name="10"),
    scenario("JIVO-BOTTLE-1", "JIVO-BOT-2", name="2", feature="jivo/bottle.feature"),
    scenario("LTX-BOT-1", name="L", feature="livetex/bot.feature"),
]


def picked(*selectors: str) -> list[str]:
    """List the names of the scenarios that the selectors mean."""
    means = ALL.picked(selectors, SCENARIOS)
    return [each.name for each in SCENARIOS if means(each)]


@pytest.mark.parametrize(
    ("selectors", "expected"),
    [
        ((), ["1", "10", "2", "L"]),
        (("JIVO-BOT-1",), ["1"]),
        (("JIVO-BOT-10",), ["10"]),
        (("JIVO-BOT-2",), ["2"]),
        (("JIVO-BOT",), ["1", "10", "2"]),
        (("JIVO-BOT-",), ["1", "10", "2"]),
        (("JIVO-BOTTLE",), ["2"]),
        (("JIVO",), ["1", "10", "2"]),
        (("LTX-",), ["L"]),
        (("jivo",), ["1", "10", "2"]),
        (("livetex",), ["L"]),
        (("jivo/bot.feature",), ["1", "10"]),
        (("features/jivo/bot.feature",), ["1", "10"]),
        (("livetex", "JIVO-BOT-1"), ["1", "L"]),
    ],
    ids=str,
)
def test_selectors_mean(selectors: tuple[str, ...], expected: list[str]) -> None:
    """A selector is an id, else the beginning of ids up to a dash, else a vendor, else a feature; none is all."""
    assert expected == picked(*selectors)


def test_an_id_goes_before_ids_that_begin_with_it() -> None:
    """Where one behaviour's id is the beginning of others', the id alone is meant."""
    both = catalogue(behaviour("JIVO-BOT"), behaviour("JIVO-BOT-1"))
    means = both.picked(["JIVO-BOT"], [])

    assert [True, False] == [means(scenario(name)) for name in ("JIVO-BOT", "JIVO-BOT-1")]


@pytest.mark.parametrize(
    "selector", ["", "-", "JIVO-BO", "JIVO-BOT-11", "jivo-bot-1", "jiv", "bot.feature", "jivo/", "*"]
)
def test_a_selector_that_means_nothing_is_refused(selector: str) -> None:
    """Half a part of an id, another case, half a path: nothing of that is guessed, and the error helps."""
    with pytest.raises(MisuseError) as caught:
        picked("jivo", selector)

    assert f"Nothing is called {selector!r}: no behaviour, vendor or feature." == caught.value.problem
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("selector", "hint"),
    [
        ("JIVO-BOT-l", "JIVO-BOT-1"),
        ("jivo/bots.feature", "jivo/bot.feature"),
        ("qqq", "Give an id such as JIVO-BOT-1, JIVO-BOT, or jivo."),
    ],
)
def test_a_slip_is_met_with_a_hint(selector: str, hint: str) -> None:
    """What is nearly an id or a feature is named; else the error shows what a selector looks like."""
    with pytest.raises(MisuseError) as caught:
        picked(selector)

    assert hint in caught.value.remedy


# flaws


def flawed(scenarios: Iterable[Scenario], *behaviours: Behaviour) -> list[str]:
    """List the flaws of scenarios against a catalogue of those behaviours."""
    return flaws(catalogue(*behaviours), list(scenarios))


def test_what_fits_has_no_flaw() -> None:
    """Scenarios that prove what they may, with capabilities that exist, are in order."""
    found = flawed(
        [
            scenario("A-1", "A-2", *(f"capability.{name}" for name in CAPABILITIES), name="one"),
            replace(scenario("A-1", name="two", line=9), id="two [a]", row=("a",)),
            replace(scenario("A-1", name="two", line=9), id="two [b]", row=("b",)),
        ],
        behaviour("A-1", done=True),
        behaviour("A-2"),
        behaviour("A-3"),
    )

    assert [] == found


def test_done_without_a_scenario_is_a_flaw() -> None:
    """What the catalogue declares done must have a scenario."""
    assert ["A-1 is declared done and has no scenario."] == flawed([], behaviour("A-1", done=True))


@pytest.mark.parametrize("tag", ["A-2", "capability.flight", "wip", "a-1"])
def test_a_tag_that_names_no_behaviour_is_a_flaw(tag: str) -> None:
    """Every tag is a behaviour or a capability of the list."""
    assert [f"jivo/bot.feature: Hello: the tag @{tag} names no behaviour."] == flawed(
        [scenario("A-1", tag)], behaviour("A-1")
    )


def test_judging_bridge_and_vendor_at_once_is_a_flaw() -> None:
    """A scenario judges one or the other, since they run against different guests."""
    assert ["jivo/bot.feature: Hello: it proves behaviours of bridge and vendor at once; split it."] == flawed(
        [scenario("A-1", "A-2")], behaviour("A-1"), behaviour("A-2", Who.VENDOR)
    )


@pytest.mark.parametrize("tags", [(), ("capability.reset",)], ids=["none", "a capability"])
def test_proving_nothing_is_a_flaw(tags: tuple[str, ...]) -> None:
    """A scenario without a behaviour is of no use."""
    assert ["jivo/bot.feature: Hello: it proves nothing; tag it with a behaviour."] == flawed([scenario(*tags)])


def test_one_name_in_two_features_is_a_flaw() -> None:
    """Scenarios of one vendor have names of their own, whatever their features."""
    scenarios = [scenario("A-1"), scenario("A-1", feature="jivo/closing.feature")]

    assert ["jivo/closing.feature: Hello: another feature has a scenario of that name."] == flawed(
        scenarios, behaviour("A-1")
    )


def test_one_name_for_two_vendors_is_no_flaw() -> None:
    """A feature of every vendor has its scenarios once per vendor."""
    once = scenario("A-1", feature="every_vendor/bot.feature")

    assert [] == flawed([replace(once, vendor="jivo"), replace(once, vendor="livetex")], behaviour("A-1"))


def test_one_name_in_features_of_two_vendors_is_no_flaw() -> None:
    """Each vendor's features are a house of their own."""
    scenarios = [scenario("A-1"), scenario("A-1", feature="livetex/bot.feature")]

    assert [] == flawed(scenarios, behaviour("A-1"))


def test_one_name_twice_in_a_feature_is_a_flaw() -> None:
    """Of two scenarios of one name in a feature one would be lost."""
    assert ["jivo/bot.feature: Hello: its feature has it twice."] == flawed(
        [scenario("A-1", line=3), scenario("A-1", line=9)], behaviour("A-1")
    )


def test_one_name_for_two_outlines_is_a_flaw() -> None:
    """Of two outlines of one name in a feature one would be lost, also when their rows differ."""
    scenarios = [
        replace(scenario("A-1", line=line), id=f"jivo/bot.feature: Hello [{value}]", row=(value,))
        for line, value in ((3, "a"), (9, "b"))
    ]

    assert ["jivo/bot.feature: Hello [b]: its feature has it twice."] == flawed(scenarios, behaviour("A-1"))


def test_an_example_row_that_stands_twice_is_a_flaw() -> None:
    """Rows of one outline differ, or they could not be told apart."""
    row = replace(scenario("A-1"), id="jivo/bot.feature: Hello [a]", row=("a",))

    assert ["jivo/bot.feature: Hello [a]: its feature has it twice."] == flawed([row, row], behaviour("A-1"))
