"""Which key a file needs, and why one does not fit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from models.language import N_
from models.problems import StorageFailure
from models.storage.driver import connect
from models.storage.failures import failures_named
from models.storage.keys import Key, derive, is_encrypted, opens_some_page, salt_of


@contextmanager
def fitting_key(path: Path, key: Key | None) -> Iterator[Key | None]:
    """The key to open a file with: none for one that is not encrypted. The file must not be open in this process.

    What fails inside is told apart: ``wrong_passphrase`` where no page of the file has the seal of this key,
    ``damaged`` where some have it.
    """
    with failures_named(path):
        encrypted = path.is_file() and is_encrypted(path)
    if encrypted and key is None:
        raise StorageFailure(
            "encrypted",
            N_("{file} is protected by the office's passphrase (or it is no Cakupan file). Type the passphrase."),
            file=path.name,
        )
    is_new = not path.is_file() or not path.stat().st_size
    try:
        yield key if encrypted or is_new else None
    except StorageFailure as failure:
        if key is None or not encrypted or failure.code != "not_a_database":
            raise
        with failures_named(path):
            fits = opens_some_page(path, key)
        if fits:
            message = N_(
                "The file {file} is damaged. Nothing was changed. Restore the newest backup (Data, Restore)."
            )
            raise StorageFailure("damaged", message, file=path.name) from failure
        raise wrong_passphrase(path) from failure


def key_of(path: Path, passphrase: str) -> Key:
    """The key that a passphrase means for a file, not yet tried; takes about 90 ms."""
    with failures_named(path):
        return derive(passphrase, salt_of(path))


def require_fitting(path: Path, key: Key) -> None:
    """Raises StorageFailure in words where the key does not open the file, which nobody may have open here."""
    with fitting_key(path, key) as fitting, failures_named(path):
        connection = connect(path, key=fitting, read_only=True)
        try:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        finally:
            connection.close()


def wrong_passphrase(path: Path) -> StorageFailure:
    """What is said where a passphrase does not belong to a file."""
    message = N_(
        "This is not the passphrase of {file}. Mind capitals and spaces and try again; the recovery sheet opens it "
        "without the passphrase. Nothing was changed."
    )
    return StorageFailure("wrong_passphrase", message, file=path.name)
