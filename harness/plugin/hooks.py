"""The pytest plugin: gives every collected scenario of ours its world, and its verdict a place in the journal.

It gives as much to a stranger's own scenarios and tests that are marked with a vendor (``deskcheck_jivo``), and a fake
by itself to whoever asks for ``jivo``, ``livetex`` or ``telegram`` (docs/pytest.md). It imports nothing heavy until it
is needed, since pytest loads it for every project that has Deskcheck installed.
"""

from __future__ import annotations

import gc
import importlib
import inspect
import re
from pathlib import Path
from types import NoneType
from typing import TYPE_CHECKING, Any

import pytest

from harness.errors import DeskcheckError, MisuseError, UnmetError

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping

    from harness.cast import Cast
    from harness.expectations import Expectations
    from harness.plugin.outpost import Outpost
    from harness.plugin.performance import Performance, Stage
    from harness.plugin.tour import Tour
    from harness.vendors import Vendor
    from harness.world.world import World

STAGE: pytest.StashKey[Stage] = pytest.StashKey()
PERFORMANCE: pytest.StashKey[Performance] = pytest.StashKey()
TOUR: pytest.StashKey[Tour] = pytest.StashKey()
MARK = "deskcheck_"  # before the name of the vendor in whose world a stranger's test is played
EVERY_VENDOR = "every_vendor"  # the folder of the features that are about each
FEW_WORLDS = 20_000  # objects
COLLECTING: list[pytest.Config] = []  # of the sessions that are collecting, the innermost last
CATALOGUE_ID = re.compile(r"^ +- id: (\S+)$", re.MULTILINE)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer our options, all of them ``--deskcheck-…``."""
    group = parser.getgroup("deskcheck", "conformance of bridges to chat-centres")
    group.addoption("--deskcheck-bridge", default=None, help="what is under test, as in deskcheck run --bridge")
    parser.addini("deskcheck_bridge", "what is under test, where --deskcheck-bridge does not say it")
    group.addoption("--deskcheck-temper", default=None, help="how worlds run: simulated, or wall (real sockets)")
    group.addoption("--deskcheck-seed", default=0, type=int, help="the seed of all chance (default 0)")
    group.addoption("--deskcheck-faults", default=None, type=int, help="draw faults from this seed; only oracles judge")
    group.addoption("--deskcheck-select", default=[], action="append", help="judge only these behaviours")
    group.addoption("--deskcheck-parts", default=None, help="a folder for the workers' parts of the journal")


def pytest_configure(config: pytest.Config) -> None:
    """Register the tags, so that --strict-markers knows them."""
    features = importlib.import_module("harness.data").features()
    catalogue = features / "behaviours.yaml"
    for home in sorted(path.name for path in features.glob("*") if path.is_dir() and path.name != EVERY_VENDOR):
        config.addinivalue_line("markers", f"{MARK}{home}: play it in the world of {home}, around deskcheck_bridge")
    if catalogue.is_file():
        for behaviour in CATALOGUE_ID.findall(catalogue.read_text("utf-8")):
            config.addinivalue_line("markers", f"{behaviour}: a behaviour of the catalogue")
    for capability in importlib.import_module("harness.model").CAPABILITIES:
        config.addinivalue_line("markers", f"capability.{capability}: needs a bridge that offers it")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run the features of every vendor once per vendor, and a stranger's test once per vendor that it names."""
    template = _template(metafunc.function)
    homes = _homes(metafunc.definition)
    if len(homes) > 1:
        metafunc.fixturenames.append("vendor_name")
        metafunc.parametrize("vendor_name", homes)
    elif template is not None and not homes and EVERY_VENDOR in Path(template.feature.filename).parts:
        metafunc.fixturenames.append("vendor_name")
        metafunc.parametrize("vendor_name", importlib.import_module("harness.vendors").centres())


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """Remember whose session it is while it collects."""
    COLLECTING.append(session.config)
    try:
        return (yield)
    finally:
        COLLECTING.pop()


def wanted_features() -> list[Path]:
    """List the features of which the session that is collecting wants a scenario; all, if it cannot be told."""
    folder: Path = importlib.import_module("harness.data").features()
    try:
        wanted = _performance(COLLECTING[-1]).wanted_features if COLLECTING else None
    except MisuseError:  # it is told once all is collected
        wanted = None
    return [folder] if wanted is None else [folder / feature for feature in wanted]


def pytest_collection_modifyitems(session: pytest.Session, config: pytest.Config, items: list[pytest.Item]) -> None:
    """Draw up the agenda once a feature of ours was collected; keep what was picked."""
    if any(_homes(item) and _template(getattr(item, "obj", None)) is not None for item in items):
        with importlib.import_module("harness.plugin.tour").giving_way(session):
            _register(config, importlib.import_module("harness.steps").vocabulary())
    ours = [(item, place) for item in items if (place := _place(item)) is not None]
    if not ours:
        return
    performance = _performance(config)
    _register(config, performance.vocabulary())
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


@pytest.fixture(scope="session")
def deskcheck_bridge(pytestconfig: pytest.Config) -> str | None:
    """Name the bridge that a stranger's tests are about, as ``deskcheck run --bridge`` does; override it at will."""
    return _bridge(pytestconfig)


@pytest.fixture(scope="session")
def deskcheck_knobs() -> Mapping[str, Mapping[str, Any]]:
    """Say how ``jivo``, ``livetex`` and ``telegram`` differ, by name; override it: ``{"jivo": {"idle": 60.0}}``."""
    return {}


@pytest.fixture
def jivo(pytestconfig: pytest.Config, deskcheck_knobs: Mapping[str, Mapping[str, Any]]) -> Iterator[Outpost]:
    """Give a Jivo of this test's own, on a real socket."""
    yield from _outpost("jivo", pytestconfig, deskcheck_knobs)


@pytest.fixture
def livetex(pytestconfig: pytest.Config, deskcheck_knobs: Mapping[str, Mapping[str, Any]]) -> Iterator[Outpost]:
    """Give a LiveTex of this test's own, on a real socket."""
    yield from _outpost("livetex", pytestconfig, deskcheck_knobs)


@pytest.fixture
def telegram(pytestconfig: pytest.Config, deskcheck_knobs: Mapping[str, Mapping[str, Any]]) -> Iterator[Outpost]:
    """Give a Telegram of this test's own, on a real socket."""
    yield from _outpost("telegram", pytestconfig, deskcheck_knobs)


def _outpost(name: str, config: pytest.Config, knobs: Mapping[str, Mapping[str, Any]]) -> Iterator[Outpost]:
    vendor = importlib.import_module("harness.vendors").front_door(name)
    outpost = importlib.import_module("harness.plugin.outpost").Outpost(vendor, config.getoption("--deskcheck-seed"))
    with outpost:
        if name in knobs:
            outpost.control.turns(**knobs[name])
        yield outpost


@pytest.fixture
def world(request: pytest.FixtureRequest, vendors: dict[str, Vendor]) -> Iterator[World]:
    """Give the universe of a scenario, or of a marked test, open."""
    stage = _stage(request)
    world = stage.build(vendors)
    try:
        try:
            stage.open()
        except DeskcheckError as error:
            if _template(request.function) is None:  # no step fails: the world of a plain test is made before it
                _pronounce(*stage.judge(error))
            raise
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


@pytest.hookimpl(optionalhook=True)
def pytest_bdd_before_scenario(request: pytest.FixtureRequest) -> None:
    """Build the world before the first step."""
    if STAGE in request.node.stash or _homes(request.node):
        request.getfixturevalue("world")


@pytest.hookimpl(optionalhook=True)
def pytest_bdd_before_step(request: pytest.FixtureRequest, step: Any) -> None:
    """Write down which sentence comes now."""
    if STAGE in request.node.stash:
        request.node.stash[STAGE].step(f"{step.keyword.strip()} {step.name}")


@pytest.hookimpl(optionalhook=True)
def pytest_bdd_before_step_call(request: pytest.FixtureRequest, step: Any, step_func: Any) -> None:
    """Refuse a step that pytest-bdd would call a success without running it."""
    never_runs = inspect.iscoroutinefunction(step_func) or inspect.isasyncgenfunction(step_func)
    if never_runs and STAGE in request.node.stash:
        raise MisuseError(f"The step {step.name!r} is a coroutine, and would pass without running.", "Write it plain.")


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    """Judge a scenario when its last step is done or one broke, before anything is taken down."""
    strange = bool(_homes(pyfuncitem))
    if STAGE not in pyfuncitem.stash and not strange:
        return (yield)
    error: BaseException | None = None
    result: object = True
    try:
        result = yield
    except (Exception, pytest.fail.Exception, pytest.skip.Exception) as raised:
        if STAGE not in pyfuncitem.stash or (strange and isinstance(raised, pytest.skip.Exception)):
            raise  # no world was made, or the test itself does not want to be judged
        error = raised
    if STAGE not in pyfuncitem.stash:
        return result
    stage = pyfuncitem.stash[STAGE]
    theirs = strange and not (isinstance(error, DeskcheckError | NoneType) or stage.judged_by_oracles_only)
    came = f"{type(error).__name__}: {error}".partition("\n")[0]
    verdict, words = stage.judge(UnmetError("what the test itself says", came) if theirs else error)
    pyfuncitem.user_properties += [("scenario", stage.scenario.id), ("vendor", stage.scenario.vendor)]
    pyfuncitem.user_properties += [("verdict", str(verdict))]
    pyfuncitem.user_properties += [("behaviour", behaviour) for behaviour in stage.scenario.behaviours]
    if theirs and error is not None:
        pyfuncitem.add_report_section("call", "deskcheck", words)
        raise error
    _pronounce(verdict, words)
    return result


def _pronounce(verdict: str, words: str) -> None:
    """Let pytest have a verdict."""
    if verdict in {"failed", "unknown"}:
        pytest.fail(words, pytrace=False)
    if verdict == "skipped":
        pytest.skip(words)


def _bridge(config: pytest.Config) -> str | None:
    """Tell what is under test, if anybody says so."""
    return config.getoption("--deskcheck-bridge") or config.getini("deskcheck_bridge") or None


def _register(config: pytest.Config, modules: Iterator[object]) -> None:
    """Let the steps of these modules be found."""
    for module in modules:
        if not config.pluginmanager.is_registered(module):
            config.pluginmanager.register(module)


def _performance(config: pytest.Config) -> Performance:
    """Give the performance of this process; it is prepared when it is first needed."""
    if PERFORMANCE not in config.stash:
        config.stash[PERFORMANCE] = importlib.import_module("harness.plugin.performance").Performance(
            selectors=config.getoption("--deskcheck-select"),
            bridge=_bridge(config),
            temper=config.getoption("--deskcheck-temper"),
            seed=config.getoption("--deskcheck-seed"),
            parts=config.getoption("--deskcheck-parts"),
            faults=config.getoption("--deskcheck-faults"),
            worker=getattr(config, "workerinput", {}).get("workerid", "main"),
        )
        config.add_cleanup(config.stash[PERFORMANCE].close)
    return config.stash[PERFORMANCE]


def _homes(node: pytest.Item) -> list[str]:
    """List the vendors in whose worlds a stranger's test is to be played, by its marks."""
    return sorted({mark.name.removeprefix(MARK) for mark in node.iter_markers() if mark.name.startswith(MARK)})


def _stage(request: pytest.FixtureRequest) -> Stage:
    """Give a test's stage; a stranger's is made now, since only now is known which bridge it is about."""
    item, config = request.node, request.config
    if STAGE not in item.stash:
        homes = _homes(item)
        home = item.callspec.params["vendor_name"] if len(homes) > 1 else next(iter(homes), "")
        if not home:
            pytest.fail(f"No vendor: mark the test, as with @pytest.mark.{MARK}jivo.", pytrace=False)
        if TOUR not in config.stash:
            config.stash[TOUR] = importlib.import_module("harness.plugin.tour").Tour(
                seed=config.getoption("--deskcheck-seed"),
                temper=config.getoption("--deskcheck-temper"),
                faults=config.getoption("--deskcheck-faults"),
            )
            config.add_cleanup(config.stash[TOUR].close)
        bridge = request.getfixturevalue("deskcheck_bridge")
        try:
            item.stash[STAGE] = config.stash[TOUR].stage(item, _template(item.obj), home, bridge)
        except MisuseError as error:
            pytest.fail(str(error), pytrace=False)
    stage: Stage = item.stash[STAGE]
    return stage


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
