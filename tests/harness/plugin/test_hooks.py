"""The pytest plugin and the run around it: what is collected, by whom it is played, and what it costs strangers."""

from __future__ import annotations

import gc
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
import yaml
from pytest_bdd.scenario import scenario_wrapper_template_registry
from pytest_bdd.steps import step_function_context_registry

from fakes.jivo import VENDOR as JIVO
from harness import data, vendors
from harness.errors import MisuseError
from harness.plugin.lookup import ASKED_ANEW, FIND, GET, PLACE, remembered
from harness.plugin.performance import Performance
from harness.run import Order, conduct
from tests.harness.test_bad_bridges import WAKES, verdicts
from tests.miniatures.lie import FakeLie, LyingJivo, LyingVendors

if TYPE_CHECKING:
    from collections.abc import Iterator

FEATURE = """
Feature: For every vendor
  @JIVO-BOT-1
  Scenario: A new visitor meets the bot wherever he comes from
    When a visitor writes "Привет"
    Then the bot is told "Привет"
"""


def performance() -> Performance:
    """Prepare to play everything."""
    return Performance(selectors=(), bridge=None, seed=0, parts=None, worker="test")


def test_a_feature_of_every_vendor_runs_once_per_vendor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The number of scenarios is the pickles times the vendors, and each runs in its vendor's world."""
    features = tmp_path / "features"
    shutil.copytree(data.features(), features, ignore=shutil.ignore_patterns("livetex"))
    (features / "every_vendor" / "all.feature").write_text(FEATURE, "utf-8")
    catalogue = yaml.safe_load((features / "behaviours.yaml").read_text("utf-8"))
    del catalogue["livetex"]
    for behaviour in (entry for group in catalogue["every-vendor"].values() for entry in group):
        behaviour.pop("done", None)  # some have scenarios of LiveTex's alone
    (features / "behaviours.yaml").write_text(yaml.safe_dump(catalogue, allow_unicode=True), "utf-8")
    monkeypatch.setattr(data, "features", lambda: features)
    monkeypatch.setattr(vendors, "names", lambda: ("jivo", "second"))
    monkeypatch.setattr(vendors, "centres", lambda: ("jivo", "second"))
    honest = FakeLie("honest", "JIVO-BOT-1", "tells no lie")
    both = LyingVendors({"jivo": JIVO, "second": LyingJivo(honest, name="second")})
    order = Order(tmp_path / "out", ("every_vendor/all.feature",), bridge="probe")
    result = conduct(order, lambda _: None, plugins=[both])

    assert () == result.failures
    assert [("jivo", "passed"), ("second", "passed")] == [
        (row["vendor"], row["verdict"]) for row in result.report["scenarios"]
    ]
    assert ["jivo", "second"] == [row["vendor"] for row in result.report["behaviours"]]


def test_what_a_bridge_does_not_offer_is_skipped_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A scenario that needs a capability which the bridge does not name is skipped; the time is granted."""
    shutil.copytree(data.features(), tmp_path / "features")
    feature = tmp_path / "features" / "jivo" / "operators.feature"
    feature.write_text(feature.read_text("utf-8").replace("@JIVO-OPERATOR-1\n", "@JIVO-OPERATOR-1 @capability.media\n"))
    monkeypatch.setattr(data, "features", lambda: tmp_path / "features")
    result = conduct(
        Order(tmp_path / "out", ("JIVO-OPERATOR-1", "JIVO-OPERATOR-5"), bridge="reference"), lambda _: None
    )

    assert {"JIVO-OPERATOR-1": "skipped", "JIVO-OPERATOR-5": "passed"} == {
        row["id"]: row["verdict"] for row in result.report["behaviours"]
    }
    assert "the bridge does not offer: media" == result.report["behaviours"][0]["reason"]


def test_a_scenario_that_pytest_did_not_collect_stops_the_run() -> None:
    """What the features plan must be what pytest collects."""
    playing = performance()
    places = list(playing.places)
    missing = f"{places[0][0]}: {places[0][1]}"
    playing.check_collection(places)
    with pytest.raises(
        MisuseError, match=rf"^pytest collected other scenarios than the features hold: {re.escape(missing)}"
    ):
        playing.check_collection(places[1:])
    with pytest.raises(MisuseError, match="one scenario twice"):
        playing.check_collection([*places, places[0]])


class Collected:
    """A pytest plugin that notes what was collected before anything was left out."""

    def __init__(self) -> None:
        """Start with nothing."""
        self.features: list[str] = []

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Note the feature of each."""
        templates = [
            scenario_wrapper_template_registry[item.obj] for item in items if isinstance(item, pytest.Function)
        ]
        self.features = sorted({template.feature.rel_filename for template in templates})


def test_only_features_of_which_something_is_wanted_are_collected(tmp_path: Path) -> None:
    """To collect the whole suite for one behaviour would cost more than to judge it."""
    collected = Collected()
    conduct(Order(tmp_path, ("JIVO-BOT-4", "JIVO-CLOSED-1"), pages=False), lambda _: None, plugins=[collected])

    assert {"bot.feature", "closing.feature"} == {Path(name).name for name in collected.features}


def test_a_lost_worker_leaves_its_scenario_unknown_and_the_others_judged(tmp_path: Path) -> None:
    """A bridge that takes its process down costs one scenario its verdict."""
    bridge = "python:tests.harness.bad_bridges:vanishing"
    result = conduct(Order(tmp_path, ("JIVO-OPERATOR", "JIVO-BOT"), bridge, workers=2), lambda _: None)
    seen = verdicts(result)
    [row] = [row for row in result.report["scenarios"] if row["id"] == WAKES]

    assert "unknown" == seen.pop(WAKES)
    assert "it never ended: the process that played it was lost" == row["reason"]
    assert {"passed"} == set(seen.values())
    assert 3 == result.status


def test_the_plugin_is_light() -> None:
    """Whoever has Deskcheck installed pays for it only when a feature is collected."""
    heavy = ("aiohttp", "faker", "harness.world.world", "jsonschema_rs", "pytest_bdd", "yaml")
    code = f"import sys, harness.plugin.hooks; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - ours

    assert "[]" == done.stdout.strip()


def test_a_strangers_tests_are_left_alone(tmp_path: Path) -> None:
    """Beside tests that are none of ours the plugin does nothing, with strict markers and errors for warnings too."""
    (tmp_path / "test_theirs.py").write_text("def test_theirs():\n    assert True\n")
    command = [sys.executable, "-m", "pytest", "-q", "--strict-markers", "-W", "error", "-p", "no:faker"]
    done = subprocess.run(  # noqa: S603 - ours
        [*command, "-p", "no:cacheprovider"], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert "1 passed" in done.stdout


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["alone", "two workers"])
def test_the_same_features_run_as_plain_pytest(workers: tuple[str, ...]) -> None:
    """In the repository pytest itself plays every scenario, alone or with workers, and all pass."""
    scenarios = len(performance().places)
    command = [sys.executable, "-m", "pytest", "-q", "tests/conformance/test_features.py", *workers]
    done = subprocess.run(command, cwd=data.ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - ours

    assert f"{scenarios} passed" in done.stdout


def test_what_is_remembered_is_what_pytest_bdd_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    """For every sentence of the suite the quick way finds what the usual one does, also again, and never two steps."""
    playing = performance()
    list(playing.vocabulary())
    module = sys.modules[PLACE]
    fixtures = {str(number): SimpleNamespace(func=func) for number, func in enumerate(step_function_context_registry)}
    monkeypatch.setattr(module, "get_fixture_names", lambda **_: list(fixtures))
    monkeypatch.setattr(module, "getfixturedefs", lambda _, name, __: [fixtures[name]])
    texts = {text.partition(" ")[2] for scenario in playing.agenda.planned for text in scenario.steps}
    steps = [SimpleNamespace(type=kind, name=text) for kind in ("given", "when", "then") for text in sorted(texts)]
    usual = [list(getattr(module, FIND)(step, None, None)) for step in steps]
    request = SimpleNamespace(_fixturemanager=None, node=None)
    found = [step for step, fixtures in zip(steps, usual, strict=True) if fixtures]
    meant = [step_function_context_registry[fixtures[0].func] for fixtures in usual if fixtures]
    with remembered():
        quick = [[list(getattr(module, FIND)(step, None, None)) for step in steps] for _ in range(2)]
        given = [[getattr(module, GET)(request, step) for step in found] for _ in range(2)]

    assert {0, 1} == {len(fixtures) for fixtures in usual}
    assert [usual, usual] == quick
    assert [meant, meant] == given


def test_where_there_is_no_one_definition_pytest_bdd_itself_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sentence that nobody defined, or several did, goes the usual way."""
    module = sys.modules[PLACE]
    context = SimpleNamespace(type=None, parser=SimpleNamespace(name="twice", is_matching="twice".__eq__))
    fixtures = {name: SimpleNamespace(func=name) for name in ("a", "b")}
    monkeypatch.setattr(module, "step_function_context_registry", dict.fromkeys("ab", context))
    monkeypatch.setattr(module, "get_fixture_names", lambda **_: list(fixtures))
    monkeypatch.setattr(module, "getfixturedefs", lambda _, name, __: [fixtures[name]])
    monkeypatch.setattr(module, GET, lambda _, step: f"asked for {step.name}")
    request = SimpleNamespace(_fixturemanager=None, node=None)
    with remembered():
        answers = [getattr(module, GET)(request, SimpleNamespace(type="given", name=name)) for name in ("twice", "no")]

    assert ["asked for twice", "asked for no"] == answers


def test_what_is_remembered_is_given_back() -> None:
    """The functions of pytest-bdd that a run replaces are there, are replaced, and are put back."""
    module = sys.modules[PLACE]
    names = (FIND, GET, *ASKED_ANEW)
    before = [getattr(module, name) for name in names]
    with remembered():
        during = [getattr(module, name) for name in names]

    assert not set(map(id, during)) & set(map(id, before))
    assert before == [getattr(module, name) for name in names]


@pytest.fixture
def unfrozen() -> Iterator[None]:
    """Let nothing be frozen, though whoever runs these tests may have frozen it; afterwards it is again."""
    before = gc.get_freeze_count()
    gc.unfreeze()
    yield
    gc.unfreeze()
    if before:
        gc.freeze()


@pytest.mark.usefixtures("unfrozen")
def test_the_collector_is_spared_the_suite_and_gets_it_back(tmp_path: Path) -> None:
    """While scenarios are played the collected suite is frozen, and afterwards nothing of it is."""
    frozen: list[int] = []

    class Watching:
        def pytest_runtest_setup(self) -> None:
            frozen.append(gc.get_freeze_count())

    conduct(Order(tmp_path, ("JIVO-BOT-1",)), lambda _: None, plugins=[Watching()])

    assert frozen
    assert min(frozen) > 10_000
    assert 0 == gc.get_freeze_count()


@pytest.mark.usefixtures("unfrozen")
def test_a_run_inside_a_run_leaves_the_collector_to_the_outer_one(tmp_path: Path) -> None:
    """What somebody has frozen before stays so, during the run and after it."""
    gc.freeze()
    before = gc.get_freeze_count()
    conduct(Order(tmp_path, ("JIVO-BOT-1",)), lambda _: None)

    assert 0.9 * before < gc.get_freeze_count() <= before  # what is let go meanwhile is frozen no more
