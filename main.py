"""Cakupan: registers a district's workers for labour social security, without a network.

Without a command the window opens; with one (demo, report, letters, backup, restore, check) it runs and ends.
"""

from __future__ import annotations

import gc
import os
import sys


def wants_window(arguments: list[str]) -> bool:
    """Whether nothing but ``--data FILE`` is asked for."""
    rest = iter(arguments)
    for argument in rest:
        if argument == "--data":
            next(rest, None)
        elif not argument.startswith("--data="):
            return False
    return True


def main(arguments: list[str]) -> int:
    """Exit code."""
    os.umask(0o077)  # registers, backups and papers are for the person who makes them, not for every account
    if wants_window(arguments):
        gc.disable()  # nothing made before the window is painted is garbage; `run` turns it on again
        from ui.start import run
    else:
        from ui.commandline import run
    return run(arguments)


if __name__ == "__main__":
    if getattr(sys, "frozen", False):  # a packed program starts itself again to copy a file
        from multiprocessing import freeze_support

        freeze_support()
    sys.exit(main(sys.argv[1:]))
