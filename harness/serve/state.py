"""Where the tenants' entries are kept with ``--state``: in one SQLite file, written before anything is answered.

It is in WAL mode and syncs at checkpoints: what was written survives the end of the process, however it ends, though
not that of the machine.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from harness.errors import MisuseError
from harness.serve.entry import Entry, Plan
from harness.serve.shelf import no_snapshot

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

SCHEMA = """
create table about (deskcheck text not null, lock text not null);
create table logs (
    id integer primary key, tenant text not null, snapshot text, seed integer not null, born real not null,
    instant real not null, since real not null, frozen integer not null, generation integer not null,
    unique (tenant, snapshot)
);
create unique index living on logs (tenant) where snapshot is null;
create table entries (
    log integer not null references logs (id) on delete cascade, number integer not null,
    at real not null, kind text not null, words text not null, body blob not null,
    primary key (log, number)
) without rowid;
"""
PLAN = "tenant, seed, born, instant, since, frozen, generation"


class State:
    """Keeps tenants in a file, of which one process at a time makes use."""

    def __init__(self, path: Path, version: str, lock: str) -> None:
        """Open or make the file.

        ``version`` and ``lock`` name what runs, since only that replays a log to the same end.

        Raises:
            MisuseError: the file is something else, in use, or was written by other versions.
        """
        self._path = path
        self._logs: dict[str, tuple[int, int]] = {}  # by tenant: the log's id, and the number of its next entry
        try:
            self._database = sqlite3.connect(path, isolation_level=None, timeout=0.0)
            self._open(version, lock)
        except sqlite3.Error as error:
            remedy = "Give another file with --state, or end the process that uses this one."
            raise MisuseError(f"{path} cannot be used ({error}).", remedy) from error

    def _open(self, version: str, lock: str) -> None:
        database = self._database
        database.execute("pragma locking_mode=exclusive")
        database.execute("pragma journal_mode=wal")
        database.execute("pragma synchronous=normal")
        database.execute("pragma foreign_keys=on")
        with self._together():
            if not database.execute("select count(*) from sqlite_master").fetchone()[0]:
                for statement in filter(str.strip, SCHEMA.split(";")):
                    database.execute(statement)
                database.execute("insert into about values (?, ?)", (version, lock))
        self._path.chmod(0o600)  # keys and tokens are in it
        written = database.execute("select deskcheck, lock from about").fetchone()
        if tuple(written) != (version, lock):
            raise MisuseError(
                f"{self._path} was written by Deskcheck {written[0]} with other versions of what it requires.",
                "Give another file with --state, or install those versions.",
            )
        for log, tenant in database.execute("select id, tenant from logs where snapshot is null"):
            last = database.execute("select max(number) from entries where log = ?", (log,)).fetchone()[0]
            self._logs[tenant] = (log, 1 + (last or 0))

    @contextmanager
    def _together(self) -> Iterator[None]:
        self._database.execute("begin immediate")
        try:
            yield
        except BaseException:
            self._database.execute("rollback")
            raise
        self._database.execute("commit")

    def plans(self) -> list[Plan]:
        """List the tenants that are kept."""
        rows = self._database.execute(f"select {PLAN} from logs where snapshot is null order by id")  # noqa: S608 - our words
        return [_plan(row) for row in rows]

    def found(self, plan: Plan) -> None:
        """Keep a tenant to whom nothing has happened yet, in place of one of that name."""
        with self._together():
            self._database.execute("delete from logs where tenant = ? and snapshot is null", (plan.name,))
            self._logs[plan.name] = (self._make(plan, None), 1)

    def _make(self, plan: Plan, snapshot: str | None) -> int:
        values = (plan.name, plan.seed, plan.born, plan.instant, plan.since, plan.frozen, plan.generation, snapshot)
        made = self._database.execute(f"insert into logs ({PLAN}, snapshot) values (?, ?, ?, ?, ?, ?, ?, ?)", values)  # noqa: S608 - our words
        return int(made.lastrowid or 0)

    def change(self, plan: Plan) -> None:
        """Keep another plan for a tenant."""
        values = (plan.instant, plan.since, plan.frozen, plan.generation, self._logs[plan.name][0])
        self._database.execute(
            "update logs set instant = ?, since = ?, frozen = ?, generation = ? where id = ?", values
        )

    def forget(self, tenant: str) -> None:
        """Keep nothing of a tenant, its snapshots included."""
        self._database.execute("delete from logs where tenant = ?", (tenant,))
        del self._logs[tenant]

    def append(self, tenant: str, entry: Entry) -> None:
        """Keep what reached a tenant."""
        log, number = self._logs[tenant]
        row = (log, number, entry.at, entry.kind, entry.written(), entry.body)
        self._database.execute("insert into entries values (?, ?, ?, ?, ?, ?)", row)
        self._logs[tenant] = (log, number + 1)

    def entries(self, tenant: str) -> Iterable[Entry]:
        """Give what reached a tenant, in order."""
        wanted = "select at, kind, words, body from entries where log = ? order by number"
        for row in self._database.execute(wanted, (self._logs[tenant][0],)).fetchall():
            yield Entry.read(*row)

    def snapshots(self, tenant: str) -> list[str]:
        """List a tenant's snapshots by name, in the order of their making."""
        wanted = "select snapshot from logs where tenant = ? and snapshot is not null order by id"
        return [row[0] for row in self._database.execute(wanted, (tenant,))]

    def copy(self, tenant: str, snapshot: str, plan: Plan) -> None:
        """Keep a copy of a tenant as it is under that plan, in place of one of that name."""
        with self._together():
            self._database.execute("delete from logs where tenant = ? and snapshot = ?", (tenant, snapshot))
            self._fill(self._make(plan, snapshot), self._logs[tenant][0])

    def _fill(self, log: int, other: int) -> None:
        self._database.execute(
            "insert into entries select ?, number, at, kind, words, body from entries where log = ?", (log, other)
        )

    def bring_back(self, tenant: str, snapshot: str) -> Plan:
        """Let a tenant's entries be those of a snapshot; answers the plan."""
        log = self._snapshot(tenant, snapshot)
        plan = _plan(self._database.execute(f"select {PLAN} from logs where id = ?", (log,)).fetchone())  # noqa: S608 - our words
        with self._together():
            self._database.execute("delete from logs where tenant = ? and snapshot is null", (tenant,))
            living = self._make(plan, None)
            self._fill(living, log)
        last = self._database.execute("select max(number) from entries where log = ?", (living,)).fetchone()[0]
        self._logs[tenant] = (living, 1 + (last or 0))
        return plan

    def drop(self, tenant: str, snapshot: str) -> None:
        """Keep a snapshot no more."""
        self._database.execute("delete from logs where id = ?", (self._snapshot(tenant, snapshot),))

    def _snapshot(self, tenant: str, snapshot: str) -> int:
        wanted = "select id from logs where tenant = ? and snapshot = ?"
        row = self._database.execute(wanted, (tenant, snapshot)).fetchone()
        if row is None:
            raise no_snapshot(tenant, snapshot, self.snapshots(tenant))
        return int(row[0])

    def close(self) -> None:
        """Close the file; nothing is left beside it."""
        self._database.close()


def _plan(row: tuple[str, int, float, float, float, int, int]) -> Plan:
    name, seed, born, instant, since, frozen, generation = row
    return Plan(name, seed, born, instant, since, bool(frozen), generation)
