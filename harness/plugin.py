"""The pytest plugin: gives every collected scenario of ours its world, and its verdict a place in the journal.

It imports nothing heavy until a feature is collected, since pytest loads it for every project that has Deskcheck
installed.
"""

from __future__ import annotations

import gc
import importlib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from harness.cast import Cast
    from harness.expectations import Expectations
    from harness.performance import Stage
    from harness.vendors import Vendor
    from harness.world import World

STAGE: pytest.StashKey[Stage] = pytest.StashKey()
FEW_WORLDS = 20_000  # objects
CATALOGUE_ID = re.compile(r"^ +- id: (\S+)$", re.MULTILINE)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer our options, all of them ``--deskcheck-…``."""
    group = parser.getgroup("deskcheck", "conformance of bridges to chat-centres")
    group.addoption(
        "--deskcheck-bridge", default=None, help="what is under test: reference, python:module:factory, probe"
    )
    group.addoption("--deskcheck-temper", default=None, help="how worlds run: simulated, or wall (real sockets)")
    group.addoption("--deskcheck-seed", default=0, type=int, help="the seed of all chance (default 0)")
    group.addoption("--deskcheck-faults", default=None, type=int, help="draw faults from this seed; only oracles judge")
    group.addoption("--deskcheck-select", default=[], action="append", help="judge only these behaviours")
    group.addoption("--deskcheck-parts", default=None, help="a folder for the workers' parts of the journal")


def pytest_configure(config: pytest.Config) -> None:
    """Register the tags, so that --strict-markers knows them."""
    data = importlib.import_module("harness.data")
    catalogue = data.features() / "behaviours.yaml"
    if catalogue.is_file():
        for behaviour in CATALOGUE_ID.findall(catalogue.read_text("utf-8")):
            config.addinivalue_line("markers", f"{behaviour}: a behaviour of the catalogue")
    for capability in importlib.import_module("harness.model").CAPABILITIES:
        config.addinivalue_line("markers", f"capability.{capability}: needs a bridge that offers it")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run the features of every vendor once per vendor."""
    template = _template(metafunc.function)
    if template is not None and "every_vendor" in Path(template.feature.filename).parts:
        metafunc.fixturenames.append("vendor_name")
        metafunc.parametrize("vendor_name", importlib.import_module("harness.vendors").centres())


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Draw up the agenda once a feature of ours was collected; keep what was picked."""
    ours = [(item, place) for item in items if (place := _place(item)) is not None]
    if not ours:
        return
    performance = importlib.import_module("harness.performance").Performance(
        selectors=config.getoption("--deskcheck-select"),
        bridge=config.getoption("--deskcheck-bridge"),
        temper=config.getoption("--deskcheck-temper"),
        seed=config.getoption("--deskcheck-seed"),
        parts=config.getoption("--deskcheck-parts"),
        faults=config.getoption("--deskcheck-faults"),
        worker=getattr(config, "workerinput", {}).get("workerid", "main"),
    )
    config.add_cleanup(performance.close)
    for module in performance.vocabulary():
        if not config.pluginmanager.is_registered(module):
            config.pluginmanager.register(module)
    performance.check_collection([place for _, place in ours])
    left_out = []
    for item, place in ours:
        index = performance.places[place]
        if index in performance.agenda.wanted:
            item.stash[STAGE] = performance.stage(index)
        else:
            left_out.append(item)
    if left_out:
        gone = set(map(id, left_out))
        items[:] = [item for item in items if id(item) not in gone]
        config.hook.pytest_deselected(items=left_out)


@pytest.hookimpl(wrapper=True)
def pytest_runtestloop(session: pytest.Session) -> Generator[None, object, object]:
    """Spare the garbage collector what stays anyway: the suite, once collected, is as large as a hundred worlds.

    What a world leaves behind is looked for every few worlds. A run inside a run, as a test makes it, leaves all that
    to the outer one: to look through all of its heap takes longer than most inner runs.
    """
    if gc.get_freeze_count() or not any(STAGE in item.stash for item in session.items):
        return (yield)
    gc.collect()
    gc.freeze()
    thresholds = gc.get_threshold()
    gc.set_threshold(FEW_WORLDS, *thresholds[1:])
    try:
        return (yield)
    finally:
        gc.set_threshold(*thresholds)
        gc.unfreeze()


@pytest.fixture(scope="session")
def vendors() -> dict[str, Vendor]:
    """Give the vendors by name; override it to put a lying one in a vendor's place."""
    module = importlib.import_module("harness.vendors")
    return {name: module.front_door(name) for name in module.names()}


@pytest.fixture
def world(request: pytest.FixtureRequest, vendors: dict[str, Vendor]) -> Iterator[World]:
    """Give the scenario's universe, open."""
    stage = request.node.stash[STAGE]
    world = stage.build(vendors)
    try:
        stage.open()
        yield world
    finally:
        world.close()


@pytest.fixture
def people(world: World) -> Cast:
    """Give what people do in that universe."""
    cast: Cast = importlib.import_module("harness.cast").Cast(world)
    return cast


@pytest.fixture
def expect(request: pytest.FixtureRequest, world: World, people: Cast) -> Expectations:
    """Give what may be expected of it; where only oracles judge, it may be otherwise."""
    module = importlib.import_module("harness.expectations")
    expectations: Expectations = module.Expectations(world, people)
    return module.Unjudged(expectations) if request.node.stash[STAGE].judged_by_oracles_only else expectations


def pytest_bdd_before_scenario(request: pytest.FixtureRequest) -> None:
    """Build the world before the first step."""
    if STAGE in request.node.stash:
        request.getfixturevalue("world")


def pytest_bdd_before_step(request: pytest.FixtureRequest, step: Any) -> None:
    """Write down which sentence comes now."""
    if STAGE in request.node.stash:
        request.node.stash[STAGE].step(f"{step.keyword.strip()} {step.name}")


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    """Judge a scenario when its last step is done or one broke, before anything is taken down."""
    if STAGE not in pyfuncitem.stash:
        return (yield)
    stage = pyfuncitem.stash[STAGE]
    error: BaseException | None = None
    try:
        result = yield
    except (Exception, pytest.fail.Exception, pytest.skip.Exception) as raised:  # noqa: BLE001 - it is judged
        error = raised
    verdict, words = stage.judge(error)
    pyfuncitem.user_properties += [("scenario", stage.scenario.id), ("vendor", stage.scenario.vendor)]
    pyfuncitem.user_properties += [("verdict", str(verdict))]
    pyfuncitem.user_properties += [("behaviour", behaviour) for behaviour in stage.scenario.behaviours]
    if verdict in ("failed", "unknown"):
        pytest.fail(words, pytrace=False)
    if verdict == "skipped":
        pytest.skip(words)
    return result if error is None else True


def _template(function: object) -> Any:
    """Find the Gherkin scenario behind a test function, if it has one; pytest-bdd is loaded then, and only then."""
    module = importlib.import_module("sys").modules.get("pytest_bdd.scenario")
    registry = getattr(module, "scenario_wrapper_template_registry", None)
    try:
        return None if registry is None else registry.get(function)
    except TypeError:  # what cannot be referred to weakly is no test of pytest-bdd
        return None


def _place(item: pytest.Item) -> tuple[str, str, tuple[str, ...], str] | None:
    """Tell feature, name, row and vendor of a test, if it is a scenario out of our features."""
    template = _template(getattr(item, "obj", None))
    if template is None:
        return None
    folder = importlib.import_module("harness.data").features()
    path = Path(template.feature.filename).resolve()
    if not path.is_relative_to(folder):
        return None
    feature = path.relative_to(folder).as_posix()
    params = item.callspec.params if hasattr(item, "callspec") else {}
    row = tuple(params.get("_pytest_bdd_example", {}).values())
    return feature, template.name, row, params.get("vendor_name", feature.split("/", maxsplit=1)[0])
