"""The command line: ``deskcheck``."""

from __future__ import annotations

import datetime as dt  # noqa: TID251 - names the folder of a run, nothing more
import importlib
import json
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
@click.option("--against", metavar="RUN", help="An earlier run, with which summary.md compares this one.")
def run(  # noqa: PLR0913, PLR0917 - an option each
    selectors: tuple[str, ...],
    bridge: str | None,
    temper: str | None,
    seed: int | None,
    faults: int | None,
    workers: int,
    out: Path | None,
    against: str | None,
) -> None:
    """Judge a bridge, or, without --bridge, the reference bridge and the fakes.

    A SELECTOR is a behaviour's id (JIVO-BOT-1), the beginning of some (JIVO-BOT), a vendor (jivo), or a feature file
    (jivo/bot.feature). The exit status is 0 if all conforms, 1 if not, 2 for wrong usage, 3 if it remains unknown.
    """
    harness_run = importlib.import_module("harness.run")
    chance = importlib.import_module("harness.simulation.chance")
    seed = chance.any_seed() if seed is None else seed
    click.echo(f"seed {seed}")
    _stand_here()
    folder = out or Path("reports") / f"{dt.datetime.now():%Y%m%d-%H%M%S}-{_called(bridge)}"  # noqa: DTZ005 - people's own
    order = harness_run.Order(
        folder, selectors, bridge, seed, faults, workers, temper and Temper(temper), against=against
    )
    tty = sys.stdout.isatty()
    result = _told(harness_run.conduct, order, lambda text: click.echo(text, nl=False), tty=tty)
    summary = importlib.import_module("harness.report.summary")
    click.echo("")
    click.echo(summary.summarise(result.report, result.failures))
    click.echo(f"report  {folder}/")
    raise SystemExit(result.status)


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen; beyond loopback with a token.")
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=7700,
    show_default=True,
    help="The control API's port; the vendors have the next ones. 0 takes any that are free.",
)
@click.option("--state", type=click.Path(dir_okay=False, path_type=Path), help="Keep the tenants in this file.")
@click.option("--token", envvar="DESKCHECK_TOKEN", default="", help="What the control API asks for [DESKCHECK_TOKEN].")
@click.option("--allow-host", "allowed", multiple=True, metavar="HOST", help="Let webhooks go to this host, too.")
@click.option("--json", "form", flag_value="as_json", help="Say addresses and settings as one JSON object.")
@click.option("--env", "form", flag_value="as_env", help="Say them as lines for a shell.")
def serve(**words: Any) -> None:
    """Serve the fakes and the control API on real sockets, until Ctrl-C or SIGTERM.

    There is a tenant at once, with an account at every vendor; the control API, whose address and documentation are
    told first, makes people act, time pass, and more tenants.
    """
    form = words.pop("form") or "as_text"
    service = importlib.import_module("harness.serve.service")
    greeting = importlib.import_module("harness.serve.greeting")

    def say(told: dict[str, Any]) -> None:
        click.echo(getattr(greeting, form)(told))
        sys.stdout.flush()

    _told(service.serve, service.Wish(**words), say)


@main.command()
@click.option("--rounds", type=click.IntRange(1, 100), default=5, help="How many pairs to measure (default 5).")
@click.option(
    "--dialogues",
    type=click.IntRange(1_000, 1_000_000),
    default=10_000,
    help="How many are open at once where there are many (default 10,000).",
)
def bench(rounds: int, dialogues: int) -> None:
    """Measure how fast Deskcheck is, against the floor of what it stands on."""
    scenario = importlib.import_module("harness.bench.scenario")
    served = importlib.import_module("harness.bench.served")
    crowd = importlib.import_module("harness.bench.crowd")
    with tempfile.TemporaryDirectory() as folder:
        rows = [_told(scenario.row, Path(folder), rounds), *_told(served.rows, rounds)]
    rows += _told(crowd.rows, rounds, dialogues)
    click.echo("\n".join(line for row in rows for line in row.lines()))


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
    _stand_here()
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


@main.command()
@click.argument("runs", nargs=-1, required=True, metavar="RUN...")
@click.option("--out", type=click.Path(path_type=Path), help="The folder to write; default: that of the only run.")
@click.option("--against", metavar="RUN", help="An earlier run, with which summary.md compares the only run.")
def report(runs: tuple[str, ...], out: Path | None, against: str | None) -> None:
    """Make a run's report anew from its journal, or lay several runs side by side: a matrix.

    A RUN is a folder that a run left, its report.json, or a bundle.
    """
    click.echo(_told(importlib.import_module("harness.paperwork.reports").report, runs, out, against))


@main.command()
@click.argument("before", metavar="RUN")
@click.argument("after", metavar="RUN")
@click.option("--json", "as_json", is_flag=True, help="Tell it to a program.")
def diff(before: str, after: str, as_json: bool) -> None:  # noqa: FBT001 - click's way
    """Say what became better or worse from one run to another.

    The exit status is 1 if anything became worse, else 0; 2 for wrong usage.
    """
    difference = _told(importlib.import_module("harness.paperwork.reports").difference, before, after)
    words = importlib.import_module("harness.report.diff").lines(difference)
    click.echo(json.dumps(difference, indent=2) if as_json else "\n".join(words))
    raise SystemExit(int(difference["verdict"] == "worse"))


@main.command()
@click.argument("run", type=click.Path(path_type=Path), metavar="RUN")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE.zip", help="The file; default: RUN.zip.")
def bundle(run: Path, out: Path | None) -> None:
    """Pack what a run left into one file that can be sent, kept and verified."""
    click.echo(_told(importlib.import_module("harness.paperwork.reports").pack, run, out))


@main.command()
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE.zip")
@click.option("--bridge", metavar="BRIDGE", help="The bundle's bridge, if you trust it: it will be run.")
def verify(file: Path, bridge: str | None) -> None:
    """Check a bundle's hashes, run its run again, and compare the journals byte for byte.

    The exit status is 0 if it is repeated, 1 if it differs or is damaged, 2 for what is no bundle, 3 if only the hashes
    could be checked: another version wrote it, or its bridge is not ours and not named here.
    """
    _stand_here()
    verification = _told(importlib.import_module("harness.paperwork.verification").verify, file, bridge)
    click.echo("\n".join(verification.words))
    raise SystemExit(verification.status)


def _stand_here() -> None:
    """Let python: targets lie where the user stands."""
    if "" not in sys.path:
        sys.path.append("")  # last, lest a stranger's module of the name "fakes" be taken for ours


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
