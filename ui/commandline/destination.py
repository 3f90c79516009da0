"""Where a PDF goes: a file that may be written there, and never over something that is no PDF."""

from __future__ import annotations

from pathlib import Path

from models.language import N_
from models.problems import StorageFailure


def pdf_destination(out: Path, data: Path) -> Path:
    """The file behind the name, links followed. Raises StorageFailure for a folder, a device, or a file that holds
    something else than a PDF, above all the register itself; must be asked before the register is opened."""
    if out.is_dir():
        raise StorageFailure("folder", N_("{file} is a folder. Choose a file."), file=str(out))
    if out.exists() and not out.is_file():
        raise StorageFailure("device", N_("{file} is a device, not a file. Choose a file."), file=str(out))
    if out.exists() and (_is_same(out, data) or not _may_be_replaced(out)):
        raise StorageFailure(
            "no_pdf",
            N_("{file} holds something else than a PDF, so it was left as it is. Choose another file."),
            file=str(out),
        )
    return out.resolve()


def _is_same(out: Path, data: Path) -> bool:
    return data.exists() and out.samefile(data)


def _may_be_replaced(file: Path) -> bool:
    """A PDF, or an empty file."""
    with file.open("rb") as stream:
        start = stream.read(5)
    return start in (b"", b"%PDF-")
