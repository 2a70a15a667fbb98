"""Bundles from the command line: what was packed is verified, and whatever is wrong with one is told."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from harness import archive, versions
from harness.cli import main
from harness.paperwork import bundle
from harness.run import Order, conduct
from tests.harness.schemas import properties_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SOME = ("JIVO-BOT-4", "JIVO-CLOSED-1")
LIAR = "python:tests.miniatures.bridges:acts_twice"
SCHEMA = json.loads(bundle.SCHEMA.read_text("utf-8"))


def deskcheck(*arguments: object) -> Result:
    """Call it."""
    return CliRunner().invoke(main, [str(each) for each in arguments])


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Judge a little; the folder is not to be changed."""
    out = tmp_path_factory.mktemp("run") / "mine"
    conduct(Order(out, SOME, seed=5), lambda _: None)
    return out


@pytest.fixture
def packed(run: Path, tmp_path: Path) -> Callable[..., Path]:
    """Bundle that run after something was done to its parts, which are mapped from names to bytes."""

    def pack(change: Callable[[dict[str, Any]], None] = lambda _: None, *, fresh: bool = True) -> Path:
        parts: dict[str, Any] = {path.name: path.read_bytes() for path in run.iterdir()}
        head = json.loads(parts["journal.jsonl"].partition(b"\n")[0])
        parts["manifest.json"] = {"format": 1, "run": {key: head[key] for key in head if key != "kind"}}
        if not fresh:
            parts["manifest.json"]["files"] = hashes(parts)
        change(parts)
        manifest = parts.get("manifest.json")
        if isinstance(manifest, dict):
            manifest.setdefault("files", hashes(parts))
            parts["manifest.json"] = json.dumps(manifest).encode()
        archive.pack(parts, tmp_path / "b.zip")
        return tmp_path / "b.zip"

    return pack


def hashes(parts: dict[str, Any]) -> dict[str, str]:
    """Give the hash of each part but the manifest."""
    return {name: hashlib.sha256(part).hexdigest() for name, part in parts.items() if isinstance(part, bytes)}


def edit_run(**changes: Any) -> Callable[[dict[str, Any]], None]:
    """Let another run's line stand in journal, manifest and report, all hashes right."""

    def edit(parts: dict[str, Any]) -> None:
        head, _, rest = parts["journal.jsonl"].partition(b"\n")
        parts["journal.jsonl"] = json.dumps(json.loads(head) | changes, ensure_ascii=False).encode() + b"\n" + rest
        parts["manifest.json"]["run"] |= changes
        reseal(parts)

    return edit


def reseal(parts: dict[str, Any]) -> None:
    """Let the report know the hash of the journal."""
    report = json.loads(parts["report.json"])
    report["run"]["journal_sha256"] = hashlib.sha256(parts["journal.jsonl"]).hexdigest()
    parts["report.json"] = json.dumps(report).encode()


def test_a_bundle_is_repeated(run: Path, tmp_path: Path) -> None:
    """Its hashes hold, and the run comes to the same journal again."""
    made = deskcheck("bundle", run, "--out", tmp_path / "b.zip")
    result = deskcheck("verify", tmp_path / "b.zip")
    lines = (run / "journal.jsonl").read_bytes().count(b"\n")

    assert (0, f"{tmp_path}/b.zip\n") == (made.exit_code, made.output)
    assert 0 == result.exit_code
    assert [
        "8 files are what the manifest says",
        f"run again: the same {lines} lines, byte for byte",
    ] == result.output.splitlines()


def test_a_bundle_is_a_function_of_the_folder(run: Path, tmp_path: Path) -> None:
    """Made twice, from two places, it is the same to the byte; it lies beside the folder if nobody says where."""
    shutil.copytree(run, tmp_path / "copy")
    deskcheck("bundle", tmp_path / "copy")
    deskcheck("bundle", run, "--out", tmp_path / "b.zip")

    assert (tmp_path / "b.zip").read_bytes() == (tmp_path / "copy.zip").read_bytes()


def test_a_manifest_keeps_to_its_schema(run: Path, tmp_path: Path) -> None:
    """It says seed, versions, lock and target, and the hash of every file."""
    deskcheck("bundle", run, "--out", tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as opened:
        manifest = json.loads(opened.read("manifest.json"))
        names = set(opened.namelist())
    about = manifest["run"]

    assert [] == [error.message for error in Draft202012Validator(SCHEMA).iter_errors(manifest)]
    assert (5, versions.lock(), "reference") == (about["seed"], about["lock"], about["bridge"]["target"])
    assert names == {"manifest.json", *manifest["files"]}
    assert [] == [name for name, part in properties_of(SCHEMA) if "description" not in part]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda parts: parts.update({"report.html": b"other"}), "report.html is not what the manifest says"),
        (lambda parts: parts.update({"extra.txt": b"x"}), "extra.txt is not in the manifest"),
        (lambda parts: parts.pop("junit.xml"), "junit.xml is in the manifest, but not in the bundle"),
        (lambda parts: parts.update({"journal.jsonl": b"{}"}), "journal.jsonl is not what the manifest says"),
    ],
    ids=["changed", "added", "removed", "journal"],
)
def test_damage_is_named(packed: Callable[..., Path], change: Callable[[dict[str, Any]], None], words: str) -> None:
    """The file is named, and nothing is run."""
    result = deskcheck("verify", packed(change, fresh=False))

    assert 1 == result.exit_code
    assert [words] == [line[: len(words)] for line in result.output.splitlines()]


def other_word(parts: dict[str, Any]) -> None:
    """Let somebody have said something else in the journal, with all hashes right."""
    parts["journal.jsonl"] = parts["journal.jsonl"].replace("Здравствуйте".encode(), "До свидания!".encode(), 1)
    reseal(parts)


def other_verdict(parts: dict[str, Any]) -> None:
    """Let the report say something else than its journal, with all hashes right."""
    parts["report.json"] = parts["report.json"].replace(b'"passed"', b'"warned"', 1)


def cut_short(parts: dict[str, Any]) -> None:
    """Leave the last scenario out, with all hashes right."""
    parts["journal.jsonl"] = parts["journal.jsonl"][: parts["journal.jsonl"].rindex(b'{"kind":"scenario"')]
    reseal(parts)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (other_word, ": it was «…"),
        (cut_short, ': it was not there, and is «{"kind":"scenario"'),
        (other_verdict, "report.json, which is not what its journal comes to"),
    ],
    ids=["journal", "end", "report"],
)
def test_a_forgery_is_found(packed: Callable[..., Path], change: Callable[[dict[str, Any]], None], words: str) -> None:
    """Who forges the manifest too is found out by running again; the first line that differs is named."""
    path = packed(change)
    result = deskcheck("verify", path)
    told = result.output.splitlines()

    assert 1 == result.exit_code
    assert told[1].startswith("run again, and it differs: ")
    assert words in told[1]


def test_the_first_line_that_differs_is_named(packed: Callable[..., Path], run: Path) -> None:
    """By its number in the file, with what stood there and what stands there now."""
    result = deskcheck("verify", packed(other_word))
    lines = (run / "journal.jsonl").read_text("utf-8").splitlines()
    number = next(at for at, line in enumerate(lines, 1) if "Здравствуйте" in line)

    assert f"journal.jsonl, line {number}: it was «…" in result.output
    assert "До свидания!" in result.output
    assert "Здравствуйте" in result.output


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"deskcheck": "0.0.1"}, f"Deskcheck 0.0.1 wrote it, and this is {versions.own()}"),
        ({"lock": "f" * 64}, "other versions are installed here"),
        ({"temper": "wall"}, "it ran on the wall's time"),
        ({"bridge": {"name": "x", "target": LIAR}}, f"its bridge is not ours; if you trust it, say --bridge {LIAR}"),
        ({"bridge": {"name": "x", "target": "python:os:abort"}}, "say --bridge python:os:abort"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else None,
)
def test_what_cannot_be_repeated_here_is_said(packed: Callable[..., Path], changes: dict[str, Any], words: str) -> None:
    """Then only the hashes are checked, and the exit status is 3; nobody else's code is run."""
    result = deskcheck("verify", packed(edit_run(**changes)))
    held, obstacle = result.output.splitlines()

    assert (3, "8 files are what the manifest says") == (result.exit_code, held)
    assert obstacle.startswith("not run again: ")
    assert words in obstacle


def test_a_strangers_bridge_is_run_if_the_user_names_it(tmp_path: Path) -> None:
    """Also one that fails: the same failure is the same journal."""
    conduct(Order(tmp_path / "run", ("JIVO-BOT-4",), LIAR, 3), lambda _: None)
    deskcheck("bundle", tmp_path / "run")

    assert 0 == deskcheck("verify", tmp_path / "run.zip", "--bridge", LIAR).exit_code
    assert 3 == deskcheck("verify", tmp_path / "run.zip", "--bridge", "reference").exit_code


def test_a_run_under_drawn_faults_is_repeated(tmp_path: Path) -> None:
    """The faults are drawn from their seed again."""
    conduct(Order(tmp_path / "run", ("JIVO-BOT-4",), seed=5, faults=3), lambda _: None)
    deskcheck("bundle", tmp_path / "run")
    result = deskcheck("verify", tmp_path / "run.zip")

    assert (0, True) == (result.exit_code, "byte for byte" in result.output), result.output


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda parts: parts.pop("manifest.json"), "b.zip has no manifest.json."),
        (lambda parts: parts.update({"manifest.json": b"{"}), "manifest.json, line 1: Expecting property name"),
        (lambda parts: parts.update({"manifest.json": b"{}"}), "manifest.json, $: 'run' is a required property."),
        (lambda parts: parts["manifest.json"].update(format=2), "manifest.json has format 2, and this Deskcheck knows"),
        (
            lambda parts: parts["manifest.json"].update(files={}),
            "manifest.json, $.files: 'journal.jsonl' is a required",
        ),
        (lambda parts: parts.update({"../up": b"x"}), "b.zip holds '../up', which is no plain file name."),
    ],
    ids=["none", "broken", "empty", "newer", "no files", "up"],
)
def test_what_is_no_bundle_is_refused(
    packed: Callable[..., Path], change: Callable[[dict[str, Any]], None], words: str
) -> None:
    """In one sentence, with exit status 2."""
    result = deskcheck("verify", packed(change))

    assert 2 == result.exit_code
    assert result.output.startswith(f"deskcheck: {words}")
    assert 1 == len(result.output.splitlines())


def test_a_folder_without_a_run_is_not_bundled(run: Path, tmp_path: Path) -> None:
    """What is missing, or does not belong together, is named."""
    copy = tmp_path / "copy"
    shutil.copytree(run, copy)
    (copy / "report.json").unlink()
    missing = deskcheck("bundle", copy)
    shutil.copy(run / "report.json", copy)
    (copy / "journal.jsonl").write_bytes((run / "journal.jsonl").read_bytes().replace(b'"seed":5', b'"seed":6'))
    foreign = deskcheck("bundle", copy)
    (copy / "journal.jsonl").write_bytes((run / "journal.jsonl").read_bytes()[:-9])
    broken = deskcheck("bundle", copy)

    assert (2, 2, 2) == (missing.exit_code, foreign.exit_code, broken.exit_code)
    assert "holds no report.json. Give a folder that a run left." in missing.output
    assert "report.json is not the report of journal.jsonl." in foreign.output
    assert "this is no line of a journal." in broken.output


@pytest.fixture(scope="module")
def profiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Judge a bridge that has a profile file, and never starts; the folder is not to be changed."""
    folder = tmp_path_factory.mktemp("profiled")
    (folder / "theirs.toml").write_text('start = { command = ["false"] }  # наш мост\n', "utf-8")
    conduct(Order(folder / "run", ("JIVO-BOT-4",), str(folder / "theirs.toml")), lambda _: None)
    return folder


def test_a_profile_goes_along(profiled: Path, tmp_path: Path) -> None:
    """As it stood when the run began, whatever its name is."""
    made = deskcheck("bundle", profiled / "run", "--out", tmp_path / "b.zip")
    result = deskcheck("verify", tmp_path / "b.zip")

    assert 0 == made.exit_code, made.output
    with zipfile.ZipFile(tmp_path / "b.zip") as packed:
        assert (profiled / "theirs.toml").read_bytes() == packed.read("profile.toml")
    assert "9 files are what the manifest says" in result.output


def test_another_profile_is_found(profiled: Path, tmp_path: Path) -> None:
    """Both before it is bundled, and in a bundle whose manifest was forged too."""
    copy = tmp_path / "copy"
    shutil.copytree(profiled / "run", copy)
    deskcheck("bundle", copy)
    with zipfile.ZipFile(tmp_path / "copy.zip") as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    parts["profile.toml"] += b"# and more"
    manifest = json.loads(parts.pop("manifest.json"))
    forged = {"manifest.json": json.dumps(manifest | {"files": hashes(parts)}).encode()}
    archive.pack(forged | parts, tmp_path / "forged.zip")
    (copy / "profile.toml").write_bytes(parts["profile.toml"])
    other = deskcheck("bundle", copy)
    (copy / "profile.toml").unlink()
    gone = deskcheck("bundle", copy)
    found = deskcheck("verify", tmp_path / "forged.zip")

    assert (2, 2, 1) == (other.exit_code, gone.exit_code, found.exit_code)
    assert "profile.toml is not that of the run, or is gone." in other.output
    assert other.output == gone.output
    assert "profile.toml is not the profile of journal.jsonl" in found.output


def test_what_lies_about_is_not_bundled(run: Path, tmp_path: Path) -> None:
    """A file of that name in the folder of a run that had none is somebody else's."""
    copy = tmp_path / "copy"
    shutil.copytree(run, copy)
    (copy / "profile.toml").write_text("name = 'another'", "utf-8")
    deskcheck("bundle", copy)

    with zipfile.ZipFile(tmp_path / "copy.zip") as packed:
        assert "profile.toml" not in packed.namelist()


def test_a_bundle_needs_its_ending(run: Path, tmp_path: Path) -> None:
    """By which other commands know it."""
    result = deskcheck("bundle", run, "--out", tmp_path / "b.tar")

    assert (2, f"deskcheck: {tmp_path}/b.tar is no name for a bundle. Let it end with .zip.\n") == (
        result.exit_code,
        result.output,
    )
