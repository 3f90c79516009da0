"""When the program itself is wrong: a line in the log, and a window with text to copy, without anything personal."""

from __future__ import annotations

import faulthandler
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import TextIO

_TELLS_OF_CODE = (AttributeError, ImportError, NameError, TypeError)
"""Their messages name parts of the program; those of others may quote what a person typed and are left out."""


def watch(folder: Path) -> None:
    """From now on every unexpected exception is logged in `folder` and shown; a fatal fault leaves its trace there."""
    folder.mkdir(parents=True, exist_ok=True)
    faulthandler.enable(_Faults.open(folder / "faults.log"))
    sys.excepthook = lambda kind, trouble, trace: _take(folder, kind, trouble, trace)
    threading.excepthook = lambda given: _take(
        folder, given.exc_type, given.exc_value or given.exc_type(), given.exc_traceback
    )


def stop_watching() -> None:
    """Gives the file of fatal faults back."""
    faulthandler.disable()
    _Faults.close()


def report(kind: type[BaseException], trouble: BaseException, trace: TracebackType | None) -> str:
    """What happened where, with versions: no values, no texts, no file names outside the program."""
    import platform
    import traceback

    lines = [
        f"Cakupan, Python {platform.python_version()}, Qt {_qt_version()}, {platform.system()} {platform.release()}",
        f"{kind.__name__}: {trouble}" if kind in _TELLS_OF_CODE else kind.__name__,
    ]
    for frame in traceback.extract_tb(trace):
        lines.append(f"  {_inside(frame.filename)}:{frame.lineno} {frame.name}")
    cause = trouble.__cause__ or trouble.__context__
    if cause is not None:
        lines.append(f"  after {type(cause).__name__}")
    return "\n".join(lines)


class _Faults:
    """The file that faulthandler writes to; it must stay open as long as it does."""

    file: TextIO | None = None

    @classmethod
    def open(cls, path: Path) -> TextIO:
        cls.close()
        cls.file = path.open("a", encoding="utf-8")
        return cls.file

    @classmethod
    def close(cls) -> None:
        if cls.file is not None:
            cls.file.close()
            cls.file = None


def _take(folder: Path, kind: type[BaseException], trouble: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, trouble, trace)
        return
    from models.problems import StorageFailure  # not needed before the window is painted

    text = report(kind, trouble, trace)
    _log(folder, text)
    if isinstance(
        trouble, StorageFailure
    ):  # no mistake of the program: the file or the disk, and it has its sentence
        if threading.current_thread() is threading.main_thread():
            from ui.crash_dialog import show_failure

            show_failure(trouble.text)
    elif threading.current_thread() is threading.main_thread():
        from ui.crash_dialog import show_crash

        show_crash(text, folder / "cakupan.log")


def _log(folder: Path, text: str) -> None:
    import logging
    from logging.handlers import RotatingFileHandler

    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(folder / "cakupan.log", maxBytes=300_000, backupCount=3, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    handler.emit(logging.LogRecord("cakupan", logging.ERROR, "", 0, text, (), None))
    handler.close()
    print(text, file=sys.stderr)


def _inside(filename: str) -> str:
    """The path from the program's folder on, only the name of files elsewhere."""
    root = Path(__file__).parent.parent
    path = Path(filename)
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name


def _qt_version() -> str:
    from PySide6.QtCore import qVersion

    return qVersion()
