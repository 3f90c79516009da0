"""Where the program keeps its own files for this person on this computer.

They are the folders that each system keeps for such files, as Qt names them.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QStandardPaths

_NAME = "Cakupan"


def preferences_folder() -> Path:
    """For what a person likes; not carried to other computers."""
    return _place(QStandardPaths.StandardLocation.GenericConfigLocation)


def register_folder() -> Path:
    """Where the register lies unless somebody chose another place."""
    return _place(QStandardPaths.StandardLocation.GenericDataLocation)


def log_folder() -> Path:
    """For the log of mistakes of the program itself."""
    return _place(QStandardPaths.StandardLocation.GenericStateLocation) / (
        "Logs" if sys.platform == "win32" else "log"
    )


def _place(location: QStandardPaths.StandardLocation) -> Path:
    return Path(QStandardPaths.writableLocation(location)) / _NAME
