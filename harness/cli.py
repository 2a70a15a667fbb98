"""The command line: ``deskcheck``."""

from __future__ import annotations

import datetime as dt  # noqa: TID251 - names the folder of a run, nothing more
import importlib
import sys
import tempfile
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from harness.errors import DeskcheckError, MisuseError
from harness.model import Temper

if TYPE_CHECKING:
    from collections.abc import Callable

WRONG_USAGE = 2
UNKNOWN = 3
KINDS = 'reference, python:module:factory, exec:"command", url:http://127.0.0.1:9000, a profile file, or probe'
LARGEST_SEED = 2**63 - 1


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="deskcheck")
def main() -> None:
    """Judge bridges between bot platforms and chat-centres against faithful fakes of the vendors."""


@main.command()
@click.argument("selectors", nargs=-1, metavar="[SELECTOR]...")
@click.option("--bridge", metavar="BRIDGE", help=f"What is under test: {KINDS}.")
@click.option(
    "--temper", type=click.Choice(["simulated", "wall"]), help="How worlds run; default: as the bridge allows."
)
@click.option("--seed", type=click.IntRange(0, LARGEST_SEED), help="The seed of all chance; drawn if not given.")
@click.option(
    "--faults",
    type=click.IntRange(0, LARGEST_SEED),
    metavar="SEED",
    help="Draw faults from this seed, and let only the oracles judge.",
)
@click.option("-n", "--workers", type=click.IntRange(0, 64), default=0, help="Processes to use besides this one.")
@click.option("--out", type=click.Path(path_type=Path), help="The folder to write; default: a new one in reports/.")
def run(  # noqa: PLR0913, PLR0917 - what can be ordered
    selectors: tuple[str, ...],
    bridge: str | None,
    temper: str | None,
    seed: int | None,
    faults: int | None,
    workers: int,
    out: Path | None,
) -> None:
    """Judge a bridge, or, without --bridge, the reference bridge and the fakes.

    A SELECTOR is a behaviour's id (JIVO-BOT-1), the beginning of some (JIVO-BOT), a vendor (jivo), or a feature file
    (jivo/bot.feature). The exit status is 0 if all conforms, 1 if not, 2 for wrong usage, 3 if it remains unknown.
    """
    harness_run = importlib.import_module("harness.run")
    chance = importlib.import_module("harness.simulation.chance")
    seed = chance.any_seed() if seed is None else seed
    click.echo(f"seed {seed}")
    if "" not in sys.path:  # python: targets lie where the user stands
        sys.path.append("")  # last, lest a stranger's module of the name "fakes" be taken for ours
    folder = out or Path("reports") / f"{dt.datetime.now():%Y%m%d-%H%M%S}-{_called(bridge)}"  # noqa: DTZ005 - people's own
    order = harness_run.Order(folder, selectors, bridge, seed, faults, workers, temper and Temper(temper))
    tty = sys.stdout.isatty()
    result = _told(harness_run.conduct, order, lambda text: click.echo(text, nl=False), tty=tty)
    summary = importlib.import_module("harness.report.summary")
    click.echo("")
    click.echo(summary.summarise(result.report, result.failures))
    click.echo(f"report  {folder}/")
    raise SystemExit(result.status)


@main.command()
@click.option("--rounds", type=click.IntRange(1, 100), default=5, help="How many pairs to measure (default 5).")
def bench(rounds: int) -> None:
    """Measure how fast Deskcheck is, against the floor of what it stands on."""
    scenario = importlib.import_module("harness.bench.scenario")
    with tempfile.TemporaryDirectory() as folder:
        row = _told(scenario.row, Path(folder), rounds)
    click.echo("\n".join(row.lines()))


@main.command()
@click.option("--bridge", metavar="BRIDGE", default="reference", help=f"What is tried: {KINDS}.")
@click.option(
    "--temper", type=click.Choice(["simulated", "wall"]), help="How worlds run; default: as the bridge allows."
)
def smoke(bridge: str, temper: str | None) -> None:
    """Try each wire between a bridge and the world alone; of a broken one, say what to look at.

    The exit status is 0 if all hold of the chat-centres that it offers, 1 if one is broken, 2 for wrong usage.
    """
    targets = importlib.import_module("harness.targets")
    wires = importlib.import_module("harness.smoke")
    if "" not in sys.path:
        sys.path.append("")
    target = _told(targets.target, bridge, temper and Temper(temper))
    tried = broken = False
    for vendor, found in wires.smoke(target, seed=1):
        click.echo(vendor if found else f"{vendor} (not offered)")
        tried = tried or bool(found)
        for wire in found:
            sign = {True: "✓", False: "✗", None: "–"}[wire.held]
            click.echo(f"  {sign} {wire.name}" + (" (not tried)" if wire.held is None else ""))
            if wire.words:
                click.echo(textwrap.fill(wire.words, 80, initial_indent=" " * 6, subsequent_indent=" " * 6))
            broken = broken or wire.held is not True
    raise SystemExit(int(broken or not tried))


@main.command()
@click.argument("path", type=click.Path(path_type=Path), default=Path("deskcheck.toml"))
def init(path: Path) -> None:
    """Write a commented profile file for your bridge, to PATH (deskcheck.toml)."""
    _told(importlib.import_module("harness.targets.commented").write, path)
    click.echo(f"{path} is written. Edit it, then: deskcheck smoke --bridge {path}")


def _called(bridge: str | None) -> str:
    """Name a run's folder after what is judged."""
    return Path((bridge or "all").split(":")[0]).stem


def _told(work: Callable[..., Any], *words: object, **more: object) -> Any:
    """Do something; tell a trouble of ours in one sentence, with its exit status."""
    try:
        return work(*words, **more)
    except MisuseError as error:
        click.echo(f"deskcheck: {error}", err=True)
        raise SystemExit(WRONG_USAGE) from None
    except DeskcheckError as error:
        click.echo(f"deskcheck: {error}", err=True)
        raise SystemExit(UNKNOWN) from None
