"""Opening the file: the one way in, for the window, the command line and the background."""

from __future__ import annotations

import contextlib
import sys
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from models.language import N_, translate
from models.offices.users import Right, User
from models.problems import Problem, Rejected, StorageFailure
from models.storage.audit import Change
from models.storage.backup import describe
from models.storage.backup_names import BACKUP_FOLDER as BACKUP_FOLDER
from models.storage.backup_names import backup_folder
from models.storage.driver import Connection, Database, Error, Migrations, connect, roll_back_leftover
from models.storage.failures import failure_of, failures_named
from models.storage.form import is_empty, require_ours
from models.storage.inspecting import contents_of
from models.storage.keys import Key
from models.storage.manifest import Why
from models.storage.migrations import APPLICATION_ID, MIGRATIONS
from models.storage.snapshot import free_name, snapshot

_SPILLED = -16_000
"""Kilobytes of the cache while what does not fit goes to the disk; twice as much writes a long list no quicker."""


class OpenFile:
    """An open file with its one connection, used by the thread that opened it."""

    def __init__(
        self,
        path: Path,
        connection: Connection,
        *,
        user: str,
        clock: Callable[[], datetime],
        is_read_only: bool,
        key: Key | None = None,
    ) -> None:
        self.path = path
        self.connection = connection
        self.db = Database(connection, execute_plugins=False)
        self.person: User | None = None
        """Who works with the file; nobody yet while a password is asked for."""
        self.clock = clock
        self.is_read_only = is_read_only
        self.key = key
        self._computer_user = user
        self._depth = 0
        self._needs_connection = False

    @property
    def user(self) -> str:
        """Who is written into the audit rows."""
        return self._computer_user if self.person is None else self.person.name

    def require(self, right: Right | None) -> None:
        """Raises Rejected where nobody is logged in, or a person whose role does not include `right`."""
        if self.person is None:
            message = N_("Nobody is logged in, so nothing was changed. Log in, then try again.")
            raise Rejected([Problem("right", "not_logged_in", message)])
        if right is not None and not self.person.may(right):
            message = N_(
                "Your role ({role}) does not include {right}, so nothing was changed. Ask a colleague who may, or an "
                "administrator for another role."
            )
            labels = {"role": translate(self.person.role.label), "right": translate(right.label)}
            raise Rejected([Problem("right", "no_right", message, labels)])

    def rows(self, sql: str, parameters: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        """All rows at once: an unfinished cursor would keep other programs from saving."""
        with self._failures_named():
            return self.connection.execute(sql, parameters).fetchall()

    def row(self, sql: str, parameters: tuple[object, ...] = ()) -> tuple[Any, ...] | None:
        """The first row, or None."""
        found = self.rows(sql, parameters)
        return found[0] if found else None

    def ids(self, sql: str, parameters: tuple[object, ...] = ()) -> array[int]:
        """The column ``id`` of an ordered query, 8 bytes a row.

        SQLite gathers them in one step, for a thread that fetched them row by row would wait at each row until
        the screen's thread makes room: with somebody scrolling, a million rows would take minutes.
        """
        found = self.row(f"SELECT group_concat(printf('%08x', id), ''), max(id) FROM ({sql})", parameters)
        if found is None or not found[0]:
            return array("q")
        if found[1] >= 1 << 32:  # not in the lifetime of an office, but then a row would need more digits
            return array("q", (row[0] for row in self.rows(sql, parameters)))
        short = array("I", bytes.fromhex(found[0]))
        if sys.byteorder == "little":
            short.byteswap()
        return array("q", short)

    def keep_few_pages(self) -> None:
        """For a connection that is asked once: what it read is not worth much memory afterwards."""
        with failures_named(self.path):
            self.connection.execute("PRAGMA cache_size=-4000").fetchall()

    @contextmanager
    def change(self, right: Right | None = None, *, origin: str = "", before_login: bool = False) -> Iterator[Change]:
        """One transaction with its audit rows: all of it is on the disk when the block ends, or none of it.

        Raises Rejected for a person who lacks the right. `origin` says where the values come from when nobody typed
        them; `before_login` is for what is kept of logging in itself.
        """
        if not before_login:
            self.require(right)
        if self.is_read_only:
            raise StorageFailure(
                "read_only",
                N_("The file {file} is open for reading only. Nothing was saved."),
                file=self.path.name,
            )
        with self._failures_named():
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield Change(self.connection, self.user, self.clock(), origin)
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    @contextmanager
    def spilling(self) -> Iterator[None]:
        """For a long change: what does not fit into the cache goes to the disk before the end, so that memory stays
        flat. From then on whoever else reads the file waits. Around `change`, not within it."""
        before = self.row("PRAGMA cache_size")
        with self._failures_named():
            for setting in ("cache_spill=ON", f"cache_size={_SPILLED}"):
                self.connection.execute(f"PRAGMA {setting}").fetchall()
        try:
            yield
        finally:
            with contextlib.suppress(Error):
                for setting in ("cache_spill=OFF", f"cache_size={before[0] if before else _SPILLED}"):
                    self.connection.execute(f"PRAGMA {setting}").fetchall()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Several queries that see the file at one moment."""
        with self._failures_named():
            self.connection.execute("BEGIN")
            try:
                yield
            finally:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")

    @contextmanager
    def _failures_named(self) -> Iterator[None]:
        """As `failures_named`. After a page that could not be read SQLCipher takes all that follow for damaged, so an
        encrypted file gets another connection before it is asked again."""
        if self._needs_connection and not self._depth:
            with failures_named(self.path):
                self.connection.close()
                self.connection = connect(self.path, key=self.key, read_only=self.is_read_only)
                self.db = Database(self.connection, execute_plugins=False)
                self._needs_connection = False
        self._depth += 1
        try:
            with failures_named(self.path):
                yield
        except StorageFailure as failure:
            self._needs_connection |= self.key is not None and failure.code in ("disk_error", "damaged")
            raise
        finally:
            self._depth -= 1

    def close(self) -> None:
        """Closes the connection; must be called by the thread that opened it. The empty journal goes with it."""
        if not self.is_read_only:
            with contextlib.suppress(Error):
                self.connection.execute("PRAGMA journal_mode=DELETE").fetchall()
        self.connection.close()


def open_file(
    path: Path,
    *,
    user: str,
    clock: Callable[[], datetime],
    read_only: bool = False,
    must_exist: bool = False,
    key: Key | None = None,
    migrations: Migrations = MIGRATIONS,
) -> OpenFile:
    """Opens the file, creating or migrating it first when needed (after a copy into the folder ``cadangan``).

    A file that may only be read is opened for reading. Raises StorageFailure in words: no such file, not a database,
    another program's database, a newer schema, locked, damaged.
    """
    if path.is_dir():
        raise StorageFailure("folder", N_("{file} is a folder. Choose a file."), file=path.name)
    if must_exist and not path.exists():
        raise StorageFailure("missing", N_("There is no file {file}. Check the name and the folder."), file=str(path))
    with failures_named(path):
        if read_only:
            roll_back_leftover(path, key)
        connection, is_read_only = _connect(path, read_only, key, migrations)
        try:
            _prepare(path, connection, clock(), key, migrations, is_read_only)
        except BaseException:
            connection.close()
            raise
    return OpenFile(path, connection, user=user, clock=clock, is_read_only=is_read_only, key=key)


def _connect(path: Path, read_only: bool, key: Key | None, migrations: Migrations) -> tuple[Connection, bool]:
    """A connection to a file that is ours or still empty, and whether it can only read."""

    def accept(connection: Connection) -> None:
        if not is_empty(connection):
            require_ours(path, connection, migrations)

    if read_only:
        return connect(path, key=key, read_only=True, accept=accept), True
    try:
        connection = connect(path, key=key, accept=accept)
        try:
            _try_to_write(connection)
        except BaseException:
            connection.close()
            raise
    except Error as error:
        failure = failure_of(error, path)
        if path.exists() and failure is not None and failure.code in ("read_only", "cannot_open"):
            return connect(path, key=key, read_only=True, accept=accept), True
        raise
    return connection, False


def _try_to_write(connection: Connection) -> None:
    """Begins a write and takes it back: a file that may only be read, or a folder without room for a journal, fails."""
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute(f"PRAGMA user_version={version}")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _prepare(
    path: Path,
    connection: Connection,
    now: datetime,
    key: Key | None,
    migrations: Migrations,
    is_read_only: bool,
) -> None:
    """Brings the file to the present form."""
    db = Database(connection, execute_plugins=False)
    applied = migrations.applied(db)
    if not migrations.pending(db):
        return
    if is_read_only:
        raise StorageFailure(
            "old_read_only",
            N_(
                "The file {file} has an older form and can only be read here. Copy it to a folder where you may write, "
                "then open it there."
            ),
            file=path.name,
        )
    if applied:
        _copy_before_migration(path, now, key, len(applied))
    bring_to_present_form(connection, migrations)


def bring_to_present_form(connection: Connection, migrations: Migrations = MIGRATIONS) -> None:
    """Carries out the steps that a file still lacks, all or none; whoever calls keeps a copy. Raises driver errors."""
    db = Database(connection, execute_plugins=False)
    steps = len(migrations.applied(db)) + len(migrations.pending(db))
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        migrations.apply(db)
        connection.execute(f"PRAGMA user_version={steps}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _copy_before_migration(path: Path, now: datetime, key: Key | None, form: int) -> Path:
    """A whole copy of the file as it was, with its manifest beside it."""
    folder = backup_folder(path)
    folder.mkdir(exist_ok=True)
    copy = free_name(folder / f"{path.stem}-{now:%Y%m%d-%H%M%S}-sebelum-bentuk-{form + 1}.db")
    copied = snapshot(path, copy, key)
    describe(copy, contents_of(copy, key), copied, now, Why.MIGRATION, key)
    return copy
