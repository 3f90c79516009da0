"""Copies of a backup for carrying, in the age format: locked with a passphrase of their own, opened by any age program.

age -d -o cakupan.db cakupan-20261122-090000-30p-15k.db.age
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from models.language import N_
from models.offices.passphrases import problem_of_passphrase, tidy_passphrase
from models.problems import Rejected, StorageFailure
from models.storage.apart import Stopped, Tell, run_apart
from models.storage.failures import failures_named
from models.storage.inspecting import altered, damaged
from models.storage.manifest import Manifest
from models.storage.proven_copy import forget
from models.storage.snapshot import flush, free_name, put_in_place

ENDING = ".age"
MOST = 400_000_000
"""Bytes: the library locks a file as a whole, which takes about three times its size in memory."""
_HEADER = b"age-encryption.org/v1\n"
_TOO_MUCH_WORK = "xcessive work"
_NOT_UNLOCKED = "Decryption failed"
"""What pyrage says where no passphrase fits; of damage further on it says something else."""


def is_carried(path: Path) -> bool:
    """Whether a file is a locked copy, by its first line. Raises StorageFailure."""
    with failures_named(path), path.open("rb") as stream:
        return stream.read(len(_HEADER)) == _HEADER


def carry(backup: Manifest, folder: Path, passphrase: str, tell: Tell | None = None) -> Path:
    """Locks a verified backup as ``NAME.db.age`` in a folder, opens it again and compares, before it gets its name.

    A backup that is encrypted already stays so inside. Raises Rejected for a weak passphrase and StorageFailure, also
    ``too_large``; nothing is left then.
    """
    problem = problem_of_passphrase(passphrase)
    if problem is not None:
        raise Rejected([problem])
    _require_size(backup.contents.path, backup.size)
    with failures_named(folder):
        folder.mkdir(parents=True, exist_ok=True)
        final = free_name(folder / f"{backup.file}{ENDING}")
        part = final.with_name(final.name + ".part")
        try:
            _apart(_lock, backup.contents.path, part, tidy_passphrase(passphrase), backup.sha256, tell=tell)
            put_in_place(part, final)
        finally:
            part.unlink(missing_ok=True)
    return final


def open_carried(carried: Path, target: Path, passphrase: str, tell: Tell | None = None) -> Path:
    """Unlocks a copy into a new file `target` and returns it; raises StorageFailure.

    The codes: ``missing``, ``not_carried``, ``too_large``, ``wrong_passphrase``, ``damaged_copy``. A file that stands
    at `target` is replaced.
    """
    if not carried.is_file():
        raise StorageFailure(
            "missing", N_("There is no file {file}. Check the name and the folder."), file=str(carried)
        )
    if not is_carried(carried):
        message = N_("{file} is no locked copy of a backup (age). Choose another file.")
        raise StorageFailure("not_carried", message, file=carried.name)
    _require_size(carried, carried.stat().st_size)
    part = target.with_name(target.name + ".part")
    with failures_named(target):
        try:
            _apart(_unlock, carried, part, tidy_passphrase(passphrase), tell=tell)
            put_in_place(part, target)
        finally:
            part.unlink(missing_ok=True)
    return target


def name_inside(carried: Path) -> str:
    """The name that the backup had before it was locked."""
    return carried.name.removesuffix(ENDING)


def _apart(work: object, source: Path, *arguments: object, tell: Tell | None) -> None:
    try:
        run_apart(work, source, *arguments, tell=tell)  # type: ignore[arg-type]
    except Stopped as error:
        message = N_("The copy of {file} was stopped before it was whole, so it was thrown away. Try again.")
        raise StorageFailure("copy_stopped", message, file=source.name) from error


def _lock(tell: Tell, source: Path, part: Path, passphrase: str, sha256: str) -> None:
    """In a process of its own, which gives the memory back."""
    from pyrage import passphrase as age

    tell("seal")
    content = source.read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise altered(source)
    part.write_bytes(age.encrypt(content, passphrase))
    del content
    flush(part)
    tell("open")
    if hashlib.sha256(_unlocked(part, passphrase)).hexdigest() != sha256:
        raise damaged(source)


def _unlock(tell: Tell, carried: Path, part: Path, passphrase: str) -> None:
    tell("open")
    part.write_bytes(_unlocked(carried, passphrase))
    flush(part)


def _unlocked(carried: Path, passphrase: str) -> bytes:
    """What the disk gives back, opened."""
    from pyrage import DecryptError
    from pyrage import passphrase as age

    with carried.open("rb") as stream:
        forget(stream.fileno(), 0, 0)
        locked = stream.read()
    try:
        return bytes(age.decrypt(locked, passphrase))
    except DecryptError as error:
        if _TOO_MUCH_WORK in str(error):
            message = N_(
                "{file} was locked on a much faster computer, and this one is too busy or too slow to open it. Close "
                "other programs and try again, or open it with the program age: age -d."
            )
            raise StorageFailure("too_slow", message, file=carried.name) from error
        if str(error) != _NOT_UNLOCKED:
            raise damaged(carried) from error
        message = N_(
            "This is not the passphrase of {file} (or the first lines of the file are damaged). Mind capitals and "
            "spaces and try again. Nothing was changed."
        )
        raise StorageFailure("wrong_passphrase", message, file=carried.name) from error


def _require_size(path: Path, size: int) -> None:
    if size > MOST:
        message = N_(
            "{file} is too large for a locked copy ({size} MB; at most {most} MB). Protect the register with a "
            "passphrase instead (Settings): its backups can then be carried as they are."
        )
        raise StorageFailure("too_large", message, file=path.name, size=size // 1_000_000, most=MOST // 1_000_000)


@contextmanager
def unlocked(carried: Path, passphrase: str, folder: Path, tell: Tell | None = None) -> Iterator[Path]:
    """A locked copy opened in a folder of its own inside `folder`, under the name that it had before; gone afterwards.

    Raises StorageFailure as `open_carried` does.
    """
    with failures_named(folder):
        folder.mkdir(parents=True, exist_ok=True)
        own = Path(tempfile.mkdtemp(prefix=".salinan-", dir=folder))
    try:
        yield open_carried(carried, own / name_inside(carried), passphrase, tell)
    finally:
        shutil.rmtree(own, ignore_errors=True)
