"""From the arguments to the exit code: every way in which a command can end, each with its words."""

from __future__ import annotations

import signal
import sys
import traceback
from argparse import Namespace
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import NoReturn

from models import VERSION
from models.language import translate as _
from models.problems import Rejected, StorageFailure
from ui.commandline.arguments import parser
from ui.commandline.commands import WrongUsage, printable
from ui.commandline.outcome import Exit, Outcome
from ui.commandline.output import Output
from ui.commandline.words import speak

_ROOT = Path(__file__).parents[2]


class Ended(BaseException):
    """The system ends the command; what was half written is taken away on the way out, as after Ctrl+C."""


def run(arguments: Sequence[str]) -> int:
    """Carries a command out and returns its exit code; never raises."""
    for name in ("SIGTERM", "SIGBREAK"):  # the second is Ctrl+Break, and known to Windows only
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _end)
    output = Output()
    speak(list(arguments))
    try:
        options = parser(VERSION).parse_args(arguments)
        output.is_quiet, output.is_json = options.quiet, options.json
        return _carried_out(options, output)
    except SystemExit as ending:
        return int(ending.code or 0)
    except (KeyboardInterrupt, Ended) as stopped:
        output.complain(_("Stopped. Nothing was half done."))
        return Exit.ENDED if isinstance(stopped, Ended) else Exit.INTERRUPTED
    finally:
        output.finish()


def _carried_out(options: Namespace, output: Output) -> int:
    """Runs the command and says how it ended."""
    try:
        outcome: Outcome = options.command(options, output, datetime.now())
        _say(outcome, output)
    except StorageFailure as failure:
        return _refused(failure.code, failure.text, output)
    except WrongUsage as wrong:
        return _refused("usage", str(wrong), output, Exit.USAGE)
    except Rejected as rejected:
        return _refused(rejected.problems[0].code, rejected.text, output)
    except OSError as error:
        file = error.filename if error.filename is not None else options.data if "data" in options else ""
        sentence = _("The system refuses {file}: {reason}. Check name, folder and disk.")
        return _refused("system", sentence.format(file=file, reason=error.strerror or error), output)
    except Exception as error:  # noqa: BLE001  the crash hook of the command line
        return _fault(error, output)
    return outcome.exit


def _say(outcome: Outcome, output: Output) -> None:
    if output.is_json:
        facts = {name: printable(value) for name, value in outcome.facts.items()}
        output.tell({"exit": int(outcome.exit), "text": outcome.sentence, **facts})
    elif outcome.exit is Exit.DONE:
        output.say(outcome.sentence)
    elif outcome.exit is Exit.FINDINGS:
        output.is_quiet = False  # findings are no success that could be left out
        output.say(outcome.sentence, *outcome.lines)
    else:
        output.complain(outcome.sentence)


def _refused(code: str, sentence: str, output: Output, ending: Exit = Exit.REFUSED) -> int:
    """The sentence on standard error; with ``--json`` the same as an object on standard output."""
    output.complain(sentence)
    if output.is_json:
        with suppress(OSError):  # standard output may be what refused
            output.tell({"exit": int(ending), "error": code, "text": sentence})
    return ending


def _fault(error: Exception, output: Output) -> int:
    """Where in the program it happened; no values, for they may be a person's."""
    places = [
        f"  {Path(frame.filename).relative_to(_ROOT)}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).is_relative_to(_ROOT)
    ]
    output.complain(
        _("This is a fault of the program, not yours. Please report these lines; they hold nothing personal."),
        f"{type(error).__name__} (Cakupan {VERSION}, Python {sys.version.split()[0]}, {sys.platform})",
        *places,
    )
    return Exit.FAULT


def _end(number: int, frame: FrameType | None) -> NoReturn:
    raise Ended
