"""The command line: ``deskcheck``."""

from __future__ import annotations

import datetime as dt  # noqa: TID251 - names the folder of a run, nothing more
import importlib
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from harness.errors import DeskcheckError, MisuseError

if TYPE_CHECKING:
    from collections.abc import Callable

WRONG_USAGE = 2
UNKNOWN = 3
LARGEST_SEED = 2**63 - 1


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="deskcheck")
def main() -> None:
    """Judge bridges between bot platforms and chat-centres against faithful fakes of the vendors."""


@main.command()
@click.argument("selectors", nargs=-1, metavar="[SELECTOR]...")
@click.option("--bridge", metavar="BRIDGE", help="What is under test: reference, python:module:factory, or probe.")
@click.option("--seed", type=click.IntRange(0, LARGEST_SEED), help="The seed of all chance; drawn if not given.")
@click.option("-n", "--workers", type=click.IntRange(0, 64), default=0, help="Processes to use besides this one.")
@click.option("--out", type=click.Path(path_type=Path), help="The folder to write; default: a new one in reports/.")
def run(selectors: tuple[str, ...], bridge: str | None, seed: int | None, workers: int, out: Path | None) -> None:
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
    folder = out or Path("reports") / f"{dt.datetime.now():%Y%m%d-%H%M%S}-{(bridge or 'all').split(':')[0]}"  # noqa: DTZ005 - people's own
    order = harness_run.Order(folder, selectors, bridge, seed, workers)
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
def bench(rounds: int) -> None:
    """Measure how fast Deskcheck is, against the floor of what it stands on."""
    scenario = importlib.import_module("harness.bench.scenario")
    served = importlib.import_module("harness.bench.served")
    with tempfile.TemporaryDirectory() as folder:
        rows = [_told(scenario.row, Path(folder), rounds), *_told(served.rows, rounds)]
    click.echo("\n".join(line for row in rows for line in row.lines()))


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
