"""Standard output and standard error as a scheduler needs them: UTF-8 on any locale, no trouble with a closed pipe."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Mapping
from typing import TextIO

from models.language import translate as _


class Output:
    """Where sentences go; `is_quiet` leaves out all but errors, `is_json` turns outcomes into one JSON object."""

    def __init__(self) -> None:
        self.is_quiet = False
        self.is_json = False
        self._progress = ""
        for name in ("stdout", "stderr"):
            if getattr(sys, name) is None:  # a scheduler's pythonw on Windows, or closed by whoever started us
                nowhere = os.open(os.devnull, os.O_WRONLY)
                setattr(sys, name, os.fdopen(nowhere, "w", encoding="utf-8", closefd=False))
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(encoding="utf-8", errors="replace")

    def say(self, *lines: str) -> None:
        """Lines for standard output. Raises OSError when it cannot be written (not when nobody reads any more)."""
        if not self.is_quiet:
            self._clear_progress()
            _write(sys.stdout, "".join(f"{readable(line)}\n" for line in lines))

    def tell(self, facts: Mapping[str, object]) -> None:
        """One JSON object for standard output, also when quiet."""
        self._clear_progress()
        _write(sys.stdout, readable(json.dumps(facts, ensure_ascii=False, default=str)) + "\n")

    def complain(self, *lines: str) -> None:
        """Lines for standard error; nothing can be done when even that fails."""
        self._clear_progress()
        try:
            _write(sys.stderr, "".join(f"{readable(line)}\n" for line in lines))
        except OSError:
            _let_go(sys.stderr)

    def progress(self, sentence: str) -> None:
        """How far a long command is, on one line of a terminal that a person looks at; nowhere else."""
        if not self.is_quiet and not self.is_json and sys.stderr.isatty():
            _write(sys.stderr, f"\r{sentence.ljust(len(self._progress))}")
            self._progress = sentence

    def finish(self) -> None:
        """Writes what is still buffered, here and not while Python shuts down, where nobody could catch it."""
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except OSError:
                _let_go(stream)

    def _clear_progress(self) -> None:
        if self._progress:
            _write(sys.stderr, f"\r{' ' * len(self._progress)}\r")
            self._progress = ""


def readable(text: str) -> str:
    """A file name that Python could not read in the locale of the system as the UTF-8 that it mostly is."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _write(stream: TextIO, text: str) -> None:
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        _let_go(stream)
    except OSError as error:
        _let_go(stream)
        raise OSError(error.errno, error.strerror, _("standard output")) from error


def _let_go(stream: TextIO) -> None:
    """What is still to be written goes nowhere, so that closing the stream raises nothing."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
