"""Phone numbers: typed as 0812..., 62812..., +62 812... or 812..., kept as E.164, printed 0812-6677-8899."""

from __future__ import annotations

import re

from models.language import N_
from models.problems import Problem
from models.values.parsed import Parsed

_SEPARATORS = re.compile(r"[\s.()\-\u00a0\u2010-\u2015\u200b-\u200f\u202a-\u202e\u202f\u2060\ufeff'\u2019]+")
_NUMBER = re.compile(r"\+?[0-9]+")
_SEVERAL = re.compile(r"[0-9][\s.\-]*[/,;&][\s.\-]*\+?[0-9]")
_MOBILE = re.compile(r"\+628[0-9]{8,11}")
_SHORTEST, _LONGEST = 10, 13
"""Digits of a mobile number written with its 0."""


def parse_phone(text: str, *, field: str = "phone") -> Parsed[str]:
    """Reads a number of Indonesia, or of another country when it starts with +; gives ``+6281266778899``."""
    if _SEVERAL.search(text):
        message = N_(
            "There are two numbers here. Keep the one that reaches the worker and write the other in the notes."
        )
        return None, (Problem(field, "phone_several", message),)
    bare = _SEPARATORS.sub("", text)
    if not bare:
        return None, ()
    if not _NUMBER.fullmatch(bare):
        message = N_("A phone number holds only digits. Write it for instance as 0812-6677-8899.")
        return None, (Problem(field, "phone_characters", message),)
    number = _with_country(bare)
    if number.startswith("+628"):
        return _mobile(number, field)
    return _other(number, field)


def format_phone(number: str) -> str:
    """``+6281266778899`` -> ``0812-6677-8899``, a landline ``(0753) 65123``; anything else comes back as it is."""
    if _MOBILE.fullmatch(number):
        local = "0" + number[3:]
        cut = 4 + min(4, -(-(len(local) - 4) // 2))
        return f"{local[:4]}-{local[4:cut]}-{local[cut:]}"
    return (_landline_or_abroad(number) or (number, number))[1]


def _with_country(bare: str) -> str:
    """The number with + and country; 62... and 8... are Indonesia's even where the + or the 0 was left out."""
    if bare.startswith("00"):
        bare = "+" + bare[2:]
    if bare.startswith("62"):
        bare = "+" + bare
    elif bare.startswith("8"):
        bare = "+62" + bare
    elif bare.startswith("0"):
        bare = "+62" + bare[1:]
    if bare.startswith("+620"):
        bare = "+62" + bare[4:]
    return bare


def _mobile(number: str, field: str) -> Parsed[str]:
    digits = len(number) - 2
    if _MOBILE.fullmatch(number):
        return number, ()
    params = {"count": digits, "least": _SHORTEST, "most": _LONGEST}
    if digits < _SHORTEST:
        message = N_(
            "Only {count} digits; a mobile number has {least} to {most}. Ask the worker for the missing ones."
        )
    else:
        message = N_("{count} digits; a mobile number has {least} to {most}. Ask the worker which are too many.")
    return None, (Problem(field, "phone_length", message, params),)


def _other(number: str, field: str) -> Parsed[str]:
    if not number.startswith("+"):
        message = N_("The number must start with 0, with the area code of a landline: for instance 0753-65123.")
        return None, (Problem(field, "phone_area", message),)
    found = _landline_or_abroad(number)
    if found is None:
        message = N_("There is no such phone number. Count its digits and ask the worker to say it again.")
        return None, (Problem(field, "phone_impossible", message),)
    return found[0], ()


def _landline_or_abroad(number: str) -> tuple[str, str] | None:
    """As kept and as printed; None when no such number is possible (in Indonesia: in no area)."""
    if not number.startswith("+") or number.startswith("+628"):
        return None
    import phonenumbers  # 40 ms, and most numbers are mobile

    style = phonenumbers.PhoneNumberFormat
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return None
    is_home = parsed.country_code == 62
    if not (phonenumbers.is_valid_number(parsed) if is_home else phonenumbers.is_possible_number(parsed)):
        return None
    printed = phonenumbers.format_number(parsed, style.NATIONAL if is_home else style.INTERNATIONAL)
    return phonenumbers.format_number(parsed, style.E164), printed
