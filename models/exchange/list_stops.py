"""What keeps a whole list out, and what somebody should know of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from models.exchange.checked import Finding
from models.exchange.fees import problem_of_sums
from models.exchange.fields import field_named
from models.exchange.list_values import ListValues
from models.exchange.mapping import Purpose
from models.exchange.mistakes import OF_COLUMNS
from models.language import N_, translate
from models.problems import Problem
from models.values.formats import Written

MOST_ZEROS = 0.15
"""Share of NIK that end in 0 from which a spreadsheet is suspected; by nature it is a tenth."""
_LEAST_ZEROS = 3
MOST_MISFITS = 0.2
"""Share of rows that may be wrong in one column before the column itself is taken for wrong."""
_LEAST_MISFITS = 3
_CARD = 16
"""Digits of a NIK or a family card number."""


def is_cut_suspected(values: ListValues) -> bool:
    """Whether too many NIK end in 0."""
    share, count = _zeros(values)
    return share > MOST_ZEROS and count >= _LEAST_ZEROS


def stops_of(values: ListValues, findings: Iterable[Finding]) -> tuple[Problem, ...]:
    """What keeps the whole list out."""
    return tuple(_stops(values, findings))


def doubts_of(values: ListValues, absent: Iterable[str]) -> tuple[Problem, ...]:
    """What somebody should know of the list, without keeping it out."""
    doubts = []
    for name in sorted(set(absent) - {"nik"}, key=list(_ORDER).index):
        message = N_(
            "No column holds {field}. People who are registered already keep what is known; nobody new can be "
            "registered without it. Say which column it is, or what holds for all."
        )
        if name in ("sex", "born_on"):
            message = N_(
                "No column holds {field}. Say which column it is, or that it shall be taken from the NIK; nobody new "
                "can be registered without it."
            )
        doubts.append(Problem(name, "column_absent", message, {"field": Written(field_named(name).label, translate)}))
    sums = problem_of_sums(values)
    return tuple([*doubts, sums] if sums is not None else doubts)


_ORDER = (
    "nik", "name", "birth_place", "born_on", "sex", "mother_name", "address", "jorong", "nagari", "occupation",
    "work_place", "income",
)  # fmt: skip


def _zeros(values: ListValues) -> tuple[float, int]:
    """Share and number of the NIK that end in 0."""
    known = "".join(values.values.get("nik", []))  # type: ignore[arg-type]
    if not known:
        return 0.0, 0
    count = known[_CARD - 1 :: _CARD].count("0")
    return count * _CARD / len(known), count


def _stops(values: ListValues, findings: Iterable[Finding]) -> Iterator[Problem]:
    count = len(values)
    if not count:
        yield Problem(
            "list", "no_people", N_("There are no people in this list. Choose another sheet or another row.")
        )
        return
    is_named = values.mapping.purpose is not Purpose.WORKERS and "name" in values.columns
    if "nik" not in values.columns and not is_named:
        message = N_("No column holds the NIK. Say which one it is; without a NIK nobody can be registered.")
        yield Problem("nik", "column_absent", message)
        return
    share, zeros = _zeros(values)
    if share > 0.5 and zeros >= _LEAST_ZEROS:
        message = N_(
            "{count} NIK of this list end in 0: a spreadsheet has cut off the last digit of the whole column. Ask the "
            "sender for a list whose NIK column is text."
        )
        yield Problem("nik", "nik_column_cut", message, {"count": zeros})
    wrong: dict[int, set[int]] = defaultdict(set)
    for finding in findings:
        if finding.column is not None and finding.problem.code in OF_COLUMNS:
            wrong[finding.column].add(finding.place)
    for column, places in sorted(wrong.items()):
        if len(places) < _LEAST_MISFITS or len(places) <= MOST_MISFITS * count:
            continue
        message = N_(
            "{count} of {all} rows are wrong in the column {heading}. It seems to hold something else than {field}: "
            "check which column is which, or answer what its words mean."
        )
        name = values.fields[column]
        params = {
            "count": len(places),
            "all": count,
            "heading": values.table.headings[column] or f"#{column + 1}",
            "field": Written(field_named(name).label, translate),
        }
        yield Problem(name, "column_misfits", message, params)
