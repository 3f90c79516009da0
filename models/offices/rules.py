"""What the settings of an office must be for papers and limits to work."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

from models.language import N_
from models.offices.office import OfficeSettings
from models.offices.region import Region
from models.papers.numbers import problem_of_pattern
from models.people.nip import parse_nip
from models.problems import Problem

YOUNGEST, OLDEST = 14, 100
"""Ages between which an office may set its own limits: nobody younger than 14 may be registered at all."""
SHORTEST_KEPT, LONGEST_KEPT = 1, 30
"""Years between which an office sets how long records are kept."""
PAGE_SIZES = ("A4", "F4")
LONGEST_LOCK = 120
"""Minutes without a key after which a window with people's data is locked at the latest, where it is at all."""
LONGEST_WITHOUT_BACKUP = 24
"""Hours after which a backup is made by itself at the latest, where one is made by itself while the file is open."""
MOST_KEPT = 99
"""Days, weeks or months of which a backup is kept at most."""
_OFFICE_CODE = re.compile(r"[A-Z][A-Z0-9]{1,7}")


def problems_of_settings(
    settings: OfficeSettings, is_regency: Callable[[str], bool], today: date
) -> tuple[Problem, ...]:
    """Everything wrong with the settings, in the order of the form; `is_regency` knows the codes of Indonesia."""
    return tuple(_problems(settings, is_regency, today))


def first_settings(regency: Region) -> OfficeSettings:
    """The settings with which the office of a regency begins; those of Pasaman Barat are the usual ones."""
    usual = OfficeSettings()
    if regency.code == usual.regency:
        return usual
    return OfficeSettings(
        regency=regency.code,
        usual_nik_regencies=(regency.code,),
        government=f"PEMERINTAH {regency.name.upper()}",
        place="",
    )


def parse_regency_codes(text: str, *, field: str) -> tuple[tuple[str, ...] | None, tuple[Problem, ...]]:
    """Reads codes of kabupaten and kota, separated by commas or spaces, with or without their dot: ``13.12, 1308``."""
    words = [word for word in re.split(r"[,;\s]+", text.strip()) if word]
    codes = []
    for word in words:
        bare = word.replace(".", "")
        if not (len(bare) == 4 and bare.isascii() and bare.isdigit()):
            message = N_("{word} is not the code of a kabupaten or kota. Type codes like {example}.")
            return None, (Problem(field, "regency_code", message, {"word": word, "example": "13.12, 13.08"}),)
        codes.append(f"{bare[:2]}.{bare[2:]}")
    return tuple(dict.fromkeys(codes)) or None, ()


def _problems(settings: OfficeSettings, is_regency: Callable[[str], bool], today: date) -> Iterator[Problem]:
    if not _OFFICE_CODE.fullmatch(settings.office_code):
        yield Problem(
            "office_code",
            "office_code_form",
            N_("The office code is 2 to 8 capital letters and digits and begins with a letter, for instance K01."),
        )
    for name, message in (
        ("government", N_("The papers need the name of the government above the office's name.")),
        ("office_name", N_("The papers need the name of the office.")),
        ("signatory_title", N_("The papers need the office title of who signs them, for instance KEPALA DINAS.")),
    ):
        if not getattr(settings, name).strip():
            yield Problem(name, f"{name}_missing", message)
    if not is_regency(settings.regency):
        yield Problem(
            "regency",
            "regency_unknown",
            N_("There is no kabupaten or kota with the code {code}. Choose one of the list."),
            {"code": settings.regency or "–"},
        )
    for code in settings.usual_nik_regencies:
        if not is_regency(code):
            yield Problem(
                "usual_nik_regencies",
                "usual_regency_unknown",
                N_("There is no kabupaten or kota with the code {code}. Correct or remove it."),
                {"code": code},
            )
    yield from parse_nip(settings.signatory_nip, today, field="signatory_nip")[1]
    pattern = problem_of_pattern(settings.letter_number)
    if pattern is not None:
        yield pattern
    elif "{unit}" in settings.letter_number and not settings.letter_unit.strip():
        yield Problem(
            "letter_unit",
            "letter_unit_missing",
            N_("The letter number has the blank {blank}, so the unit is needed. Fill it, or take the blank out."),
            {"blank": "{unit}"},
        )
    if settings.page_size not in PAGE_SIZES:
        yield Problem("page_size", "page_size_unknown", N_("The papers are A4 or F4. Choose one of the two."))
    yield from _ages(settings)
    if not SHORTEST_KEPT <= settings.retention_years <= LONGEST_KEPT:
        yield Problem(
            "retention_years",
            "retention_years_range",
            N_("Records are kept {least} to {most} years, not {years}."),
            {"least": SHORTEST_KEPT, "most": LONGEST_KEPT, "years": settings.retention_years},
        )
    if not 0 <= settings.lock_minutes <= LONGEST_LOCK:
        yield Problem(
            "lock_minutes",
            "lock_minutes_range",
            N_("The window locks itself after 1 to {most} minutes; 0 means never."),
            {"most": LONGEST_LOCK},
        )
    yield from _backups(settings)


def _backups(settings: OfficeSettings) -> Iterator[Problem]:
    if not 0 <= settings.backup_hours <= LONGEST_WITHOUT_BACKUP:
        yield Problem(
            "backup_hours",
            "backup_hours_range",
            N_("A backup is made by itself every 1 to {most} hours; 0 means only on closing."),
            {"most": LONGEST_WITHOUT_BACKUP},
        )
    for name, message in (
        ("keep_daily", N_("Backups of 1 to {most} days are kept.")),
        ("keep_weekly", N_("Backups of 1 to {most} weeks are kept.")),
        ("keep_monthly", N_("Backups of 1 to {most} months are kept.")),
    ):
        if not 1 <= getattr(settings, name) <= MOST_KEPT:
            yield Problem(name, f"{name}_range", message, {"most": MOST_KEPT})


def _ages(settings: OfficeSettings) -> Iterator[Problem]:
    for name in ("min_age", "max_age"):
        age = getattr(settings, name)
        if not YOUNGEST <= age <= OLDEST:
            yield Problem(
                name,
                f"{name}_range",
                N_("An age limit lies between {least} and {most} years, not at {age}."),
                {"least": YOUNGEST, "most": OLDEST, "age": age},
            )
            return
    if settings.min_age >= settings.max_age:
        yield Problem(
            "max_age",
            "ages_crossed",
            N_("The upper age ({oldest}) must lie above the lower one ({youngest}), or nobody could be registered."),
            {"oldest": settings.max_age, "youngest": settings.min_age},
        )
