"""Who carries a command out on a register that knows its users."""

from __future__ import annotations

import os
import platform
import sys
from getpass import getpass
from typing import TYPE_CHECKING

from models.language import N_
from models.language import translate as _
from models.problems import Problem, Rejected

if TYPE_CHECKING:
    from models.offices.users import Right
    from models.register import Register

VARIABLE = "CAKUPAN_PASSWORD"
"""Environment variable with the password: an argument could be read by everybody who lists the running programs."""


def log_in(register: Register, name: str, right: Right) -> None:
    """Lets the user `name` in where the register asks for one, by the password of `VARIABLE` or typed at a terminal.

    Raises Rejected where name or password is missing or wrong, or the role lacks the right.
    """
    if register.users.must_log_in:
        if not name:
            message = N_(
                "This register has users, so the command needs one: --user NAME, and the password in the environment "
                "variable {variable} or typed at a terminal."
            )
            raise Rejected([Problem("user", "user_missing", message, {"variable": VARIABLE})])
        register.users.log_in(name, _password(name), platform.node())
    register.require(right)


def _password(name: str) -> str:
    given = os.environ.get(VARIABLE, "")
    if not given and sys.stdin is not None and sys.stdin.isatty():
        try:
            given = getpass(_("Password of {name}: ").format(name=name))
        except EOFError:
            given = ""
    if not given:
        message = N_(
            "The password of {name} is missing. Set the environment variable {variable}, or run the command at a "
            "terminal and type it there."
        )
        raise Rejected([Problem("user", "password_missing", message, {"name": name, "variable": VARIABLE})])
    return given
