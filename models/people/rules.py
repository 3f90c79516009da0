"""What keeps a worker from being registered, and what needs a reason: pure rules, all of them asked every time.

An error must be repaired. A warning says that something is unlikely; the worker may be saved with a reason, which is
kept under the warning's code.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, fields
from datetime import date
from operator import attrgetter

from models.language import N_
from models.people.email import parse_email
from models.people.family_card import parse_family_card
from models.people.kpj import parse_kpj
from models.people.masking import PROTECTED, is_masked
from models.people.names import fold, read_name
from models.people.nik import Nik, parse_nik
from models.people.phone import parse_phone
from models.people.worker import Sex, Worker
from models.problems import Level, Problem
from models.values.dates import age_on
from models.values.formats import Written, date_short, month_long
from models.values.months import Month, Period
from models.values.rupiah import format_rupiah

OLDEST = 100
"""Years; a birth date before that is taken for a slip."""
LOWEST_USUAL_INCOME = 10_000
"""Rupiah a month; less is taken for an amount whose thousands were left out (850 for 850.000)."""
HIGHEST_USUAL_INCOME = 100_000_000
"""Rupiah a month; more is taken for a slip of the zeros."""
HIGHEST_INCOME = 1_000_000_000_000
"""Rupiah a month; nobody earns more, whatever the reason given."""

REGISTRATION: frozenset[str] = frozenset({
    "nik", "name", "birth_place", "born_on", "sex", "mother_name", "address", "jorong", "nagari", "occupation",
    "work_place", "income",
})  # fmt: skip
"""Fields without which a worker cannot be enrolled."""
POTENTIAL: frozenset[str] = frozenset({"nik", "name", "born_on", "sex", "nagari"})
"""Fields without which a worker cannot even stand on the list of those to be reached."""

_MISSING = {
    "nik": N_("The NIK is still empty. Type the 16 digits from the KTP."),
    "name": N_("The name is still empty. Write it as on the KTP."),
    "birth_place": N_("The birth place is still empty. Copy it from the KTP."),
    "born_on": N_("The birth date is still empty. Copy it from the KTP."),
    "sex": N_("The sex is still empty. Type L for a man, P for a woman."),
    "mother_name": N_("The mother's name is still empty; BPJS asks for it. It stands on the family card."),
    "address": N_("The address is still empty. Copy street and RT/RW from the KTP."),
    "jorong": N_("The jorong is still empty. Ask the worker or the nagari office."),
    "nagari": N_("The nagari is still empty. Type its code or the beginning of its name."),
    "occupation": N_("The occupation is still empty. Type its code or the beginning of its name."),
    "work_place": N_("The place of work is still empty. Name the garden, the mill, the office or the nagari."),
    "income": N_("The income is still empty; the contribution is looked up from it. Ask for rupiah a month."),
}
_ASKED = attrgetter(*_MISSING)


@dataclass(frozen=True, slots=True)
class AgeRules:
    """The ages within which an office enrols, in completed years on the first day of the first covered month."""

    min_age: int = 18
    """Younger workers are refused."""
    max_age: int = 65
    """Workers of this age and older are refused."""
    warn_under: int = 18
    """Workers under this age need a reason; it bites where an office sets `min_age` lower, as some do with 17."""

    def reaches_max_in(self, born_on: date, period: Period) -> Month | None:
        """The month of the period in which the worker becomes too old to be enrolled again: for information only."""
        birthday = Month.of(born_on) + 12 * self.max_age
        return birthday if birthday in period else None


def problems_of(
    worker: Worker,
    today: date,
    ages: AgeRules,
    is_known_region: Callable[[str], bool],
    home_regency: str,
    *,
    usual_regencies: Collection[str] = (),
    first_month: Month | None = None,
    required: Collection[str] = REGISTRATION,
) -> tuple[Problem, ...]:
    """Everything wrong with a worker, in the order of the entry form; never raises, whatever the fields hold.

    `is_known_region` tells whether a kecamatan ``13.12.03`` or nagari code exists; `home_regency` is the office's,
    `usual_regencies` those in which a local NIK may begin as well (an older regency that this one was split from).
    With `first_month` the worker is about to be enrolled and the age limits are errors; without it they are
    warnings, so that the record of one who has grown too old can still be corrected.
    """
    nik, nik_problems = parse_nik(worker.nik, today, worker.born_on)
    usual = {home_regency, *usual_regencies}
    found = [
        *problems_of_masks(worker),
        *_missing(worker, required),
        *_garbled(worker),
        *nik_problems,
        *(_nik_against_form(nik, worker) if nik else ()),
        *(_nik_region(nik, is_known_region, home_regency, usual) if nik else ()),
        *_family_card(worker, nik, today, is_known_region, home_regency, usual),
        *_names(worker),
        *_birth(worker, today, ages, first_month),
        *_place(worker, is_known_region, home_regency),
        *_reachable(worker),
        *_work(worker),
        *_heir(worker, today),
    ]
    return tuple(sorted(found, key=lambda problem: _ORDER.get(problem.field, len(_ORDER))))


def problems_when_enrolling(
    worker: Worker,
    today: date,
    ages: AgeRules,
    is_known_region: Callable[[str], bool],
    home_regency: str,
    usual_regencies: Collection[str],
    first_month: Month,
) -> tuple[Problem, ...]:
    """What keeps a registered worker from being enrolled: what is still missing, an age, a NIK that is in doubt.

    The rest of `problems_of` was asked when the record was saved, and nothing changes a record but a save.
    """
    nik, nik_problems = parse_nik(worker.nik, today, worker.born_on)
    found = [*_missing(worker, REGISTRATION), *nik_problems, *_birth(worker, today, ages, first_month)]
    if nik:
        found += _nik_against_form(nik, worker)
        found += _nik_region(nik, is_known_region, home_regency, {home_regency, *usual_regencies})
        if worker.family_card == nik.digits:
            found += _family_card(worker, nik, today, is_known_region, home_regency, usual_regencies)
    return tuple(found)


_ORDER = {
    field: place
    for place, field in enumerate((
        "nik", "family_card", "name", "birth_place", "born_on", "sex", "marital_status", "mother_name",
        "address", "jorong", "nagari", "postcode", "phone", "email",
        "occupation", "work_place", "income", "segment", "source_list", "source_decile", "proof_kind", "proof_number",
        "perisai_agent", "heir_name", "heir_relation", "heir_nik", "kpj", "notes",
    ))
}  # fmt: skip


def problems_of_masks(worker: Worker) -> tuple[Problem, ...]:
    """A value of which only the mask is known would replace the true one."""
    message = N_("This is only the masked form of the value. Type the whole value from the card.")
    return tuple(Problem(name, "masked", message) for name in PROTECTED if is_masked(getattr(worker, name)))


def problem_of_missing(field: str) -> Problem:
    """The problem of a field of `REGISTRATION` that is empty."""
    return Problem(field, f"{field}_missing", _MISSING[field])


def _missing(worker: Worker, required: Collection[str]) -> Iterator[Problem]:
    for field, value in zip(_MISSING, _ASKED(worker), strict=True):
        if (value is None or (value.__class__ is str and not value.strip(" .-"))) and field in required:
            yield problem_of_missing(field)


def _garbled(worker: Worker) -> Iterator[Problem]:
    """Half of a character, as pasting from a broken text leaves it: no file can hold it."""
    for field in fields(worker):
        value = getattr(worker, field.name)
        if isinstance(value, str) and any("\ud800" <= c <= "\udfff" for c in value):
            message = N_("There is a broken character in this field. Delete the text and type it again.")
            yield Problem(field.name, "text_garbled", message)


def _nik_against_form(nik: Nik, worker: Worker) -> Iterator[Problem]:
    if worker.born_on is not None and nik.born_on != worker.born_on:
        if (nik.born_on.day, nik.born_on.month, nik.born_on.year) == (
            worker.born_on.month,
            worker.born_on.day,
            worker.born_on.year,
        ):
            message = N_(
                "The NIK says born {nik_date}, the form {form_date}: day and month seem swapped. "
                "Correct the wrong one, or say why both are right."
            )
        else:
            message = N_(
                "The NIK says born {nik_date}, the form {form_date}. Compare with the KTP; the NIK column may hold "
                "the family card number. If both stand so on the KTP, say so."
            )
        params = {"nik_date": Written(nik.born_on, date_short), "form_date": Written(worker.born_on, date_short)}
        yield Problem("nik", "nik_birth_date_differs", message, params, Level.WARNING)
    if worker.sex is not None and nik.sex != worker.sex:
        if nik.sex is Sex.FEMALE:
            message = N_("The NIK is a woman's (day {day}, over 40), the form says man. Correct the sex, or say why.")
        else:
            message = N_("The NIK is a man's (day {day}), the form says woman. Correct the sex, or say why.")
        yield Problem("nik", "nik_sex_differs", message, {"day": nik.digits[6:8]}, Level.WARNING)


def _nik_region(
    nik: Nik, is_known_region: Callable[[str], bool], home: str, usual: Collection[str]
) -> Iterator[Problem]:
    """An unknown kecamatan in an older regency is no surprise: kecamatan were renumbered when it was split."""
    if not is_known_region(nik.kecamatan):
        if nik.regency == home or nik.regency not in usual:
            message = N_("No kecamatan has the code {code} with which this NIK begins. Compare with the KTP.")
            yield Problem("nik", "nik_region_unknown", message, {"code": nik.kecamatan}, Level.WARNING)
    elif nik.regency not in usual:
        message = N_(
            "This NIK was first issued elsewhere ({code}). Check that the worker lives here now, "
            "and say since when or why."
        )
        yield Problem("nik", "nik_region_foreign", message, {"code": nik.kecamatan}, Level.WARNING)


def _family_card(
    worker: Worker,
    nik: Nik | None,
    today: date,
    is_known_region: Callable[[str], bool],
    home: str,
    usual: Collection[str],
) -> Iterator[Problem]:
    card, problems = parse_family_card(worker.family_card, today)
    if card is None:
        yield from problems
        return
    if nik is not None and card.digits == nik.digits:
        message = N_(
            "Family card number and NIK are the same. One of them is in the wrong field: compare with both cards."
        )
        yield Problem("family_card", "family_card_is_nik", message)
        return
    if nik is not None and card.digits[6:12] == nik.digits[6:12]:
        message = N_(
            "The family card number carries the birth date of the worker, as only a NIK does. "
            "Compare with the family card; its own number stands at the top."
        )
        yield Problem("family_card", "family_card_like_nik", message, level=Level.WARNING)
    else:
        yield from problems
    regency = card.kecamatan[:5]
    if not is_known_region(card.kecamatan) and (regency == home or regency not in usual):
        message = N_("No kecamatan has the code {code} with which this number begins. Compare with the family card.")
        yield Problem("family_card", "family_card_region_unknown", message, {"code": card.kecamatan}, Level.WARNING)


def _names(worker: Worker) -> Iterator[Problem]:
    name = read_name(worker.name)
    yield from name.problems
    if name.title_before or name.title_after:
        titles = " ".join(filter(None, (name.title_before, name.title_after)))
        message = N_(
            "The name holds a title ({titles}). Move it to the title field, or say that the KTP has it in the name."
        )
        yield Problem("name", "name_title", message, {"titles": titles}, Level.WARNING)
    yield from read_name(worker.mother_name, field="mother_name", living=False).problems
    if fold(worker.name) and fold(worker.name) == fold(worker.mother_name):
        message = N_(
            "The mother's name is the worker's own. Copy it from the family card, or say that both share it."
        )
        yield Problem("mother_name", "mother_name_is_own", message, level=Level.WARNING)
    if any(c.isdigit() for c in worker.birth_place):
        message = N_("The birth place holds digits. It is a place such as Simpang Empat; the date has its own field.")
        yield Problem("birth_place", "birth_place_digits", message)


def _birth(worker: Worker, today: date, ages: AgeRules, first_month: Month | None) -> Iterator[Problem]:
    born_on = worker.born_on
    if born_on is None:
        return
    if born_on > today:
        message = N_("The birth date {date} has not come yet. Compare day and year with the KTP.")
        yield Problem("born_on", "born_on_future", message, {"date": Written(born_on, date_short)})
        return
    if age_on(born_on, today) > OLDEST:
        message = N_("Born {date} means {age} years old. Compare the year with the KTP.")
        params = {"date": Written(born_on, date_short), "age": age_on(born_on, today)}
        yield Problem("born_on", "born_on_too_early", message, params)
        return
    yield from _age(born_on, today, ages, first_month)


def _age(born_on: date, today: date, ages: AgeRules, first_month: Month | None) -> Iterator[Problem]:
    level = Level.ERROR if first_month else Level.WARNING
    age = age_on(born_on, first_month.first_day if first_month else today)
    params: dict[str, object] = {"age": age, "min": ages.min_age, "max": ages.max_age}
    if first_month:
        params["month"] = Written(first_month, month_long)
    if age < ages.min_age:
        if first_month:
            message = N_(
                "{age} years old when {month} begins; workers are enrolled from {min}. "
                "Check the birth date, or choose a later first month."
            )
        else:
            message = N_(
                "{age} years old; workers are enrolled from {min}. Check the birth date, or say why to keep it."
            )
        yield Problem("born_on", "age_too_young", message, params, level)
    elif age < ages.warn_under:
        message = N_("Only {age} years old. Check the birth date, and say why this worker may be enrolled so young.")
        yield Problem("born_on", "age_young", message, params, Level.WARNING)
    elif age >= ages.max_age:
        if first_month:
            message = N_(
                "{age} years old when {month} begins; from {max} on nobody can be enrolled. Check the birth date, "
                "or leave the scheme empty to keep this worker without an enrolment."
            )
        else:
            message = N_(
                "{age} years old; from {max} on nobody can be enrolled. Check the birth date, or say why to keep it."
            )
        yield Problem("born_on", "age_too_old", message, params, level)


def _place(worker: Worker, is_known_region: Callable[[str], bool], home: str) -> Iterator[Problem]:
    if worker.nagari.strip():
        if worker.nagari.count(".") != 3 or not is_known_region(worker.nagari):
            message = N_("There is no nagari with the code {code}. Type the beginning of its name and choose it.")
            yield Problem("nagari", "nagari_unknown", message, {"code": worker.nagari})
        elif not worker.nagari.startswith(f"{home}."):
            message = N_("This nagari lies outside the regency. Choose the one where the worker lives, or say why.")
            yield Problem("nagari", "nagari_foreign", message, level=Level.WARNING)
    postcode = worker.postcode.strip()
    if postcode and not (len(postcode) == 5 and postcode.isascii() and postcode.isdigit() and postcode[0] != "0"):
        message = N_("A postcode has five digits and does not begin with 0. Correct it or leave it empty.")
        yield Problem("postcode", "postcode_form", message)


def _reachable(worker: Worker) -> Iterator[Problem]:
    yield from parse_phone(worker.phone)[1]
    yield from parse_email(worker.email)[1]


def _work(worker: Worker) -> Iterator[Problem]:
    if worker.income is not None:
        amount = {"amount": Written(worker.income, format_rupiah)}
        if worker.income < 0:
            yield Problem("income", "income_negative", N_("An income cannot be below zero. Write rupiah a month."))
        elif worker.income == 0:
            message = N_(
                "An income of zero puts the worker in the lowest bracket. Ask once more, or say why there is none."
            )
            yield Problem("income", "income_zero", message, level=Level.WARNING)
        elif worker.income < LOWEST_USUAL_INCOME:
            message = N_("{amount} a month is very little. Write all zeros, as in 850.000, or say why it is right.")
            yield Problem("income", "income_low", message, amount, Level.WARNING)
        elif worker.income > HIGHEST_INCOME:
            message = N_("{amount} a month is more than anybody earns. Count the zeros once more.")
            yield Problem("income", "income_range", message, amount)
        elif worker.income > HIGHEST_USUAL_INCOME:
            message = N_("{amount} a month is unusual. Count the zeros once more, or say why it is right.")
            yield Problem("income", "income_high", message, amount, Level.WARNING)
    if worker.source_decile is not None and not 1 <= worker.source_decile <= 10:
        message = N_("A welfare decile lies between 1 and 10, not {decile}. Correct it or leave it empty.")
        yield Problem("source_decile", "source_decile_range", message, {"decile": worker.source_decile})
    yield from parse_kpj(worker.kpj)[1]


def _heir(worker: Worker, today: date) -> Iterator[Problem]:
    yield from read_name(worker.heir_name, field="heir_name").problems
    heir, problems = parse_nik(worker.heir_nik, today, field="heir_nik")
    yield from problems
    if heir is not None and heir.digits == worker.nik:
        message = N_("The heir's NIK is the worker's own. Copy it from the heir's KTP or leave it empty.")
        yield Problem("heir_nik", "heir_nik_is_own", message)
