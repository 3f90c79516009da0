"""What keeps a scheme from being taken as a supervisor entered it, in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from models.language import N_
from models.people.worker import Segment
from models.problems import Problem
from models.schemes.rules import MOST_MONTHS
from models.schemes.scheme import Programme, Scheme

ASKABLE = ("payer_name", "payer_number", "payer_office")
"""Further fields that an entry form can ask for."""
_CODE = re.compile(r"[A-Z][A-Z0-9-]{1,11}")
_ALLOWED = {
    Segment.PU: frozenset(Programme),
    Segment.BPU: frozenset({Programme.JKK, Programme.JKM, Programme.JHT}),
    Segment.JAKON: frozenset({Programme.JKK, Programme.JKM}),
    Segment.PMI: frozenset({Programme.JKK, Programme.JKM, Programme.JHT}),
}
"""PP 44/2015, PP 46/2015, PP 45/2015: pension and job loss are for wage earners."""


def problems_of_scheme(
    scheme: Scheme, others: Iterable[Scheme], old: Scheme | None, is_used: bool
) -> tuple[Problem, ...]:
    """Everything wrong with a scheme; `old` as it was, `is_used` whether somebody is enrolled in it."""
    return tuple(_of(scheme, tuple(others), old, is_used))


def _of(scheme: Scheme, others: tuple[Scheme, ...], old: Scheme | None, is_used: bool) -> Iterator[Problem]:
    if not _CODE.fullmatch(scheme.code):
        message = N_("The code has 2 to 12 capital letters and digits, for instance NELAYAN.")
        yield Problem("code", "scheme_code", message)
    if any(other.code == scheme.code and other.id != scheme.id for other in others):
        message = N_("There is a scheme with the code {code} already. Choose another code.")
        yield Problem("code", "same_code", message, {"code": scheme.code})
    if not scheme.name.strip():
        yield Problem("name", "name_missing", N_("The scheme has no name yet. Write it as it is to be printed."))
    yield from _of_programmes(scheme)
    if scheme.payer_kind.pays_public_money and not scheme.is_public_money:
        message = N_(
            "What the government budget or a nagari pays is public money, to which no relief applies. Choose Yes."
        )
        yield Problem("is_public_money", "public_payer", message)
    if not 1 <= scheme.usual_months <= MOST_MONTHS:
        message = N_("The usual number of months lies between 1 and {most}.")
        yield Problem("usual_months", "usual_months", message, {"most": MOST_MONTHS})
    if scheme.segment is Segment.PU and (scheme.wage_base is None or scheme.wage_base <= 0):
        message = N_("Contributions of wage earners are shares of a wage: enter the wage base in rupiah a month.")
        yield Problem("wage_base", "wage_base_missing", message)
    if scheme.segment is Segment.PU and scheme.risk_class not in range(1, 6):
        message = N_("Work accident insurance of wage earners needs the risk class, 1 to 5.")
        yield Problem("risk_class", "risk_class", message)
    for field in ("min_age", "max_age"):
        age = getattr(scheme, field)
        if age is not None and not 10 <= age <= 100:
            yield Problem(field, "age_range", N_("An age limit lies between 10 and 100 years."))
    if scheme.min_age is not None and scheme.max_age is not None and scheme.min_age >= scheme.max_age:
        yield Problem("max_age", "ages_backwards", N_("The upper age limit must be above the lower one."))
    if old is not None and is_used and (old.segment, set(old.programmes)) != (scheme.segment, set(scheme.programmes)):
        message = N_(
            "Workers are enrolled in this scheme already, so its segment and programmes stay. "
            "Close it and make another scheme."
        )
        yield Problem("programmes", "scheme_used", message)


def _of_programmes(scheme: Scheme) -> Iterator[Problem]:
    programmes = set(scheme.programmes)
    if not {Programme.JKK, Programme.JKM} <= programmes:
        message = N_("Work accident (JKK) and death (JKM) belong to every membership. Choose both.")
        yield Problem("programmes", "programmes_missing", message)
    wrong = [programme.value for programme in scheme.programmes if programme not in _ALLOWED[scheme.segment]]
    if wrong:
        message = N_("{programmes} is not for this segment ({segment}). Take it out.")
        about = {"programmes": ", ".join(wrong), "segment": scheme.segment.value}
        yield Problem("programmes", "programmes_of_segment", message, about)
