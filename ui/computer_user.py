"""Who works at this computer, as the computer knows it."""

from __future__ import annotations


def computer_user() -> str:
    """Whom the audit rows name: the user of the system for whom the program runs; ``?`` where it names nobody."""
    from getpass import getuser

    try:
        return getuser()
    except (ImportError, KeyError, OSError):  # in this order: Windows; a container, until Python 3.12; from 3.13 on
        return "?"
