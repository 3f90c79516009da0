"""E-mail addresses, checked for their form only."""

from __future__ import annotations

import re

from models.language import N_
from models.problems import Problem
from models.values.parsed import Parsed

_ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)


def parse_email(text: str, *, field: str = "email") -> Parsed[str]:
    """Reads an address; the part after the @ comes back in small letters."""
    address = text.strip().removeprefix("mailto:")
    if address in ("", "-"):
        return None, ()
    name, _, place = address.rpartition("@")
    if len(address) > 254 or not _ADDRESS.fullmatch(address) or ".." in name or name[0] == "." or name[-1] == ".":
        message = N_("This is no e-mail address. It needs a name, an @ and a place, for instance nama@contoh.go.id.")
        return None, (Problem(field, "email_form", message),)
    return f"{name}@{place.lower()}", ()
