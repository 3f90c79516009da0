"""The words of argparse itself in the language of the program."""

from __future__ import annotations

import gettext
import os

from models import language
from models.language import N_

OF_ARGPARSE = (
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("expected one argument"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("ignored explicit argument %r"),
)
"""Those of its sentences that a command of ours can meet; the catalogue must know them word by word."""


def speak(arguments: list[str]) -> None:
    """Speaks the language that the arguments ask for with ``--language``, Indonesian otherwise; an unknown one is for
    the parser to refuse."""
    code = "id"
    for at, argument in enumerate(arguments):
        if argument == "--language":
            code = (arguments[at + 1 :] or [code])[0]
        elif argument.startswith("--language="):
            code = argument.removeprefix("--language=")
    code = code if code in language.LANGUAGES else "id"
    language.use(code)
    os.environ["LANGUAGE"] = code  # what gettext looks at first, whatever the locale
    gettext.bindtextdomain(language.DOMAIN, str(language.CATALOGUES))
    gettext.textdomain(language.DOMAIN)
