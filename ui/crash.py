"""When the program itself is wrong: a line in the log, and a window with text to copy, without anything personal."""

from __future__ import annotations

import faulthandler
import re
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TextIO

_TELLS_OF_CODE = re.compile(
    r"(?:'[\w.]+' object|type object '[\w.]+'|module '[\w.]+') has no attribute '[^\W\d]\w*'"
    r"|'[\w.]+' object is not \w+"
    r"|name '[^\W\d]\w*' is not defined"
    r"|cannot access local variable '[^\W\d]\w*'.*"
    r"|No module named '[\w.]+'"
    r"|cannot import name '\w+' from '[\w.]+'"
    r"|[\w.<>]+\(\) (?:got an unexpected keyword argument|missing|takes)[\w ,':]*"
    r"|unsupported operand type\(s\) for [^:]{1,6}: '[\w.]+' and '[\w.]+'"
)
"""What Python itself says of the names in a program. All other messages may quote what a person typed."""
_DIGITS = re.compile(r"\d{5}")
_BEFORE_A_VALUE = re.compile(r"(?<!:):(?!:)|[\"'\u2018\u201c/\\\d<\[=]")
"""Where a message of Qt stops being its own words."""


def watch(folder: Path) -> None:
    """From now on every unexpected exception is logged in `folder` and shown; a fatal fault leaves its trace there."""
    folder.mkdir(parents=True, exist_ok=True)
    faulthandler.enable(_Faults.open(folder / "faults.log"))
    sys.unraisablehook = lambda given: _note(folder, given.exc_type, given.exc_value, given.exc_traceback)
    _Faults.qt_said = _hear_qt()
    sys.excepthook = lambda kind, trouble, trace: _take(folder, kind, trouble, trace)
    threading.excepthook = lambda given: _take(
        folder, given.exc_type, given.exc_value or given.exc_type(), given.exc_traceback
    )


def stop_watching() -> None:
    """Gives the file of fatal faults back."""
    from PySide6.QtCore import qInstallMessageHandler

    faulthandler.disable()
    _Faults.close()
    sys.unraisablehook = sys.__unraisablehook__
    qInstallMessageHandler(_Faults.qt_said)


def report(kind: type[BaseException], trouble: BaseException, trace: TracebackType | None) -> str:
    """What happened where, with versions: no values, no texts, no file names outside the program."""
    import platform
    import traceback

    lines = [
        f"Cakupan, Python {platform.python_version()}, Qt {_qt_version()}, {platform.system()} {platform.release()}",
        f"{kind.__name__}: {said}" if (said := _own_words(trouble)) else kind.__name__,
    ]
    for frame in traceback.extract_tb(trace):
        lines.append(f"  {_inside(frame.filename)}:{frame.lineno} {frame.name}")
    cause = trouble.__cause__ or trouble.__context__
    if cause is not None:
        lines.append(f"  after {type(cause).__name__}")
    return "\n".join(lines)


def words_of_qt(category: str, message: str) -> str:
    """What Qt complains of, up to the first value that it quotes."""
    return f"Qt {category}: {_BEFORE_A_VALUE.split(message, maxsplit=1)[0].strip()}"


class _Faults:
    """The file that faulthandler writes to; it must stay open as long as it does."""

    file: TextIO | None = None
    qt_said: Callable[..., None] | None = None
    """Who heard Qt's messages before."""

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
    from models.problems import Rejected, StorageFailure  # not needed before the window is painted

    text = report(kind, trouble, trace)
    _log(folder, text)
    if isinstance(trouble, StorageFailure | Rejected):  # no mistake of the program, and it has its sentence
        if threading.current_thread() is threading.main_thread():
            from ui.crash_dialog import show_failure

            show_failure(trouble.text)
    elif threading.current_thread() is threading.main_thread():
        from ui.crash_dialog import show_crash

        show_crash(text, folder / "cakupan.log")


def _own_words(trouble: BaseException) -> str:
    """The message, where it is Python's own about the program."""
    said = str(trouble) if isinstance(trouble, AttributeError | ImportError | NameError | TypeError) else ""
    said = said.partition(" (")[0] if isinstance(trouble, ImportError) else said  # the folder behind it
    return said if _TELLS_OF_CODE.fullmatch(said) and not _DIGITS.search(said) else ""


def _note(
    folder: Path, kind: type[BaseException], trouble: BaseException | None, trace: TracebackType | None
) -> None:
    """What Python could raise to nobody, for instance while an object goes: logged, without the object."""
    _log(folder, report(kind, trouble or kind(), trace))


def _hear_qt() -> Callable[..., None] | None:
    """Qt's messages come through here; its own printing would quote whatever it pleases."""
    from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

    def hear(_kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        print(words_of_qt(context.category or "", message), file=sys.stderr)

    return qInstallMessageHandler(hear)


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
