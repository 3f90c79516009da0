"""Which column holds which field, guessed from headings and cells, with why and how sure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from rapidfuzz import fuzz, process

from models.exchange.assigning import best_assignment
from models.exchange.context import CheckContext
from models.exchange.fields import MEANS_NOTHING, field_named, fields_for, keys_of, known_headings
from models.exchange.kinds import shipped_mappings
from models.exchange.mapping import ColumnMapping, Purpose
from models.exchange.patterns import Patterns, look_at
from models.exchange.table import ListTable
from models.language import N_, translate
from models.people.names import fold
from models.problems import Level, Problem
from models.values.formats import Written


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """What one column seems to hold."""

    column: int
    heading: str
    field: str
    """Name of the field; empty where the column seems to mean nothing to the register."""
    score: float
    """How sure, 0 to 1; below `SURE` a person should look."""
    why: Problem
    """One sentence (its level says nothing): the heading, the cells, a remembered kind of list."""

    @property
    def is_sure(self) -> bool:
        """Whether nobody needs to look at it."""
        return self.score >= SURE


SURE = 0.7
_CONTRADICTED = 0.2
"""Share of fitting cells under which a column cannot be what its heading says."""
_NOTHING = 0.25
"""Score that a field has to beat: less is as good as no idea."""
_MISSPELT = 86.0


@dataclass(frozen=True, slots=True)
class Guess:
    """What the columns of a table seem to hold."""

    columns: tuple[ColumnGuess, ...]
    """One for each column of the table."""
    mapping: ColumnMapping
    """The same as a mapping, with the translations of the remembered kind of list that fitted."""
    remembered: ColumnMapping | None = None
    """The known kind of list whose headings fitted."""
    problems: tuple[Problem, ...] = field(default=())
    """Columns whose cells contradict their heading, as swapped or shifted ones do; no column with a NIK."""


def guess(
    table: ListTable,
    known: Sequence[ColumnMapping] = (),
    *,
    purpose: Purpose = Purpose.WORKERS,
    context: CheckContext | None = None,
) -> Guess:
    """Guesses every column, best overall and each field once; a known mapping whose headings fit goes first.

    With `context` names of nagari, kecamatan and occupations are recognised as well.
    """
    keys = keys_of(table.headings)
    patterns = look_at(table, context)
    remembered = _remembered(keys, known, purpose)
    fixed: dict[int, ColumnGuess] = {}
    problems: list[Problem] = []
    if remembered is not None:
        fixed, problems = _of_remembered(table, keys, patterns, remembered)
    columns = _assigned(table, patterns, fixed, purpose)
    problems = list({problem.text: problem for problem in (*problems, *_contradictions(columns, patterns))}.values())
    meant = {guessed.field for guessed in columns}
    if "nik" not in meant and (purpose is Purpose.WORKERS or "name" not in meant):
        message = N_("No column looks like a NIK. Say which one it is; without a NIK nobody can be registered.")
        problems.append(Problem("nik", "column_absent", message))
    mapping = ColumnMapping(
        name="" if remembered is None else remembered.name,
        id=None if remembered is None else remembered.id,
        purpose=purpose,
        columns={key: guessed.field for key, guessed in zip(keys, columns, strict=True)},
        translations={} if remembered is None else remembered.translations,
        constants={} if remembered is None else remembered.constants,
    )
    return Guess(tuple(columns), mapping, remembered, tuple(problems))


def _remembered(keys: Sequence[str], known: Sequence[ColumnMapping], purpose: Purpose) -> ColumnMapping | None:
    """The office's own kinds before those that the program brings along."""
    for some in (known, shipped_mappings()):
        fits = [(mapping.fit(keys), mapping) for mapping in some if mapping.purpose is purpose]
        best = max(fits, key=lambda pair: pair[0], default=(0.0, None))
        if best[0] > 0:
            return best[1]
    return None


def _of_remembered(
    table: ListTable, keys: Sequence[str], patterns: Sequence[Patterns], remembered: ColumnMapping
) -> tuple[dict[int, ColumnGuess], list[Problem]]:
    """What a known kind of list says, but for columns whose cells say otherwise."""
    fixed: dict[int, ColumnGuess] = {}
    problems: list[Problem] = []
    for column, key in enumerate(keys):
        if key not in remembered.columns:
            continue
        name, heading = remembered.columns[key], table.headings[column]
        if name and _is_contradicted(name, patterns[column]):
            problems.append(_contradiction(heading, name, patterns[column]))
            continue
        message = N_("The kind of list “{name}” says so.")
        fixed[column] = ColumnGuess(column, heading, name, 0.95, _why(message, name=remembered.name))
    return fixed, problems


def _assigned(
    table: ListTable, patterns: Sequence[Patterns], fixed: Mapping[int, ColumnGuess], purpose: Purpose
) -> list[ColumnGuess]:
    """Every column with the field that makes the whole fit best."""
    taken = {guessed.field for guessed in fixed.values()}
    names = [each.name for each in fields_for(purpose) if each.name not in taken]
    open_columns = [column for column in range(len(table.headings)) if column not in fixed]
    headings = {column: _of_heading(table.headings[column]) for column in open_columns}
    scores = [
        [_score(name, headings[column].get(name, 0.0), patterns[column]) for name in names]
        + [0.9 * headings[column].get(MEANS_NOTHING, 0.0) or _NOTHING] * len(open_columns)
        for column in open_columns
    ]
    chosen = best_assignment(scores) if open_columns else []
    found = dict(fixed)
    for column, row, index in zip(open_columns, scores, chosen, strict=True):
        is_field = index < len(names) and row[index] > _NOTHING
        name = names[index] if is_field else ""
        score = row[index] if is_field else 1 - max(row[: len(names)], default=0.0)
        of_heading = headings[column].get(name or MEANS_NOTHING, 0.0)
        why = _reason(table.headings[column], name, of_heading, patterns[column])
        found[column] = ColumnGuess(column, table.headings[column], name, round(min(score, 1.0), 3), why)
    return [found[column] for column in range(len(table.headings))]


def _score(name: str, heading: float, patterns: Patterns) -> float:
    """How well a field fits a column; what the cells say weighs the more the plainer their pattern is."""
    share, weight, alone = _fit(name, patterns)
    if patterns.is_empty:
        return 0.8 * heading
    if not heading:
        return 0.65 * alone * share
    score = (1 - weight) * heading + weight * share
    return score * 0.3 if weight >= _PLAIN and share < _CONTRADICTED else score


_PLAIN = 0.4
"""Weight from which the cells alone can contradict a heading."""
_Test = Callable[[Patterns], float]


def _fit(name: str, patterns: Patterns) -> tuple[float, float, float]:
    """Share of the cells that fit, how much that weighs beside the heading, and without any heading."""
    test, weight, alone = _FITS.get(name, (_is_text, 0.15, 0.0))
    return (0.0 if patterns.is_empty else test(patterns)), weight, alone


def _is_text(patterns: Patterns) -> float:
    return patterns.share("text")


def _is_nik(patterns: Patterns) -> float:
    """16 digits; the birth date beside them or the days of women tell them from a family card's."""
    share = patterns.share("sixteen")
    if patterns.share("other_agrees"):
        return share * 0.1
    if patterns.share("agrees") > 0.5 or patterns.share("women") > 0.05:
        return share
    return share * (0.6 if patterns.share("repeated") < 0.3 else 0.3)


def _is_card(patterns: Patterns) -> float:
    share = patterns.share("sixteen")
    if patterns.share("agrees") > 0.5 or (patterns.share("women") > 0.05 and not patterns.share("other_agrees")):
        return share * 0.1
    return share * (1.0 if patterns.share("repeated") > 0.1 or patterns.share("other_agrees") else 0.7)


def _of(pattern: str) -> _Test:
    return lambda patterns: patterns.share(pattern)


_FITS: Mapping[str, tuple[_Test, float, float]] = {
    "number": (_of("row_number"), 0.3, 0.8),
    "nik": (_is_nik, 0.5, 1.0),
    "family_card": (_is_card, 0.5, 0.9),
    "heir_nik": (_of("sixteen"), 0.5, 0.0),
    "name": (_of("person"), 0.4, 0.75),
    "mother_name": (_of("person"), 0.4, 0.6),
    "heir_name": (_of("person"), 0.3, 0.0),
    "payer_name": (_of("person"), 0.3, 0.0),
    "born_on": (_of("date"), 0.5, 0.9),
    "paid_on": (_of("date"), 0.5, 0.3),
    "birth": (_of("place_and_date"), 0.5, 0.9),
    "birth_place": (lambda patterns: patterns.share("text") * (1 - patterns.share("place_and_date")), 0.4, 0.0),
    "sex": (_of("sex"), 0.5, 0.95),
    "marital_status": (_of("marital_status"), 0.4, 0.8),
    "segment": (_of("segment"), 0.4, 0.7),
    "nagari": (_of("nagari"), 0.3, 0.85),
    "kecamatan": (_of("kecamatan"), 0.3, 0.85),
    "rt_rw": (_of("rt_rw"), 0.4, 0.8),
    "rt": (_of("small"), 0.2, 0.0),
    "rw": (_of("small"), 0.2, 0.0),
    "address": (_is_text, 0.15, 0.45),
    "postcode": (_of("postcode"), 0.4, 0.7),
    "phone": (_of("phone"), 0.5, 0.95),
    "email": (_of("email"), 0.5, 1.0),
    "occupation": (_of("occupation"), 0.25, 0.8),
    "income": (_of("money"), 0.4, 0.5),
    "fee": (_of("money"), 0.4, 0.0),
    "total": (_of("money"), 0.4, 0.0),
    "amount": (_of("money"), 0.4, 0.5),
    "month_count": (_of("small"), 0.4, 0.0),
    "age": (_of("small"), 0.4, 0.0),
    "source_decile": (_of("decile"), 0.4, 0.0),
    "kpj": (_of("kpj"), 0.4, 0.85),
    "payer_number": (_of("nip"), 0.5, 0.95),
    "other_membership": (_of("other_membership"), 0.3, 0.0),
    "active": (_of("active"), 0.3, 0.6),
    "outcome": (lambda patterns: max(patterns.share("bpjs_outcome"), patterns.share("nik_outcome")), 0.3, 0.6),
}
"""Field -> how its cells are told, how much that weighs beside a heading, and how much where no heading helps."""


@cache
def _of_heading(heading: str) -> Mapping[str, float]:
    """How far a heading names each field, 0 to 1."""
    key, known = fold(heading), known_headings()
    if not key:
        return {}
    if key in known:
        return dict.fromkeys(known[key], 1.0)
    found: dict[str, float] = {}
    for phrase, names in known.items():
        if f" {phrase} " in f" {key} ":
            score = 0.65 + 0.3 * len(phrase) / len(key)
            found |= {name: max(score, found.get(name, 0.0)) for name in names}
    last = fold(heading.rsplit(" / ", 1)[-1])
    if last in known and last != key:
        found |= {name: max(0.95, found.get(name, 0.0)) for name in known[last]}
    near = process.extractOne(key, known.keys(), scorer=fuzz.ratio, score_cutoff=_MISSPELT)
    if near is not None:
        found |= {name: max(0.85, found.get(name, 0.0)) for name in known[near[0]]}
    return found


def _is_contradicted(name: str, patterns: Patterns) -> bool:
    share, weight, _alone = _fit(name, patterns)
    return not patterns.is_empty and weight >= _PLAIN and share < _CONTRADICTED


def _contradictions(columns: Sequence[ColumnGuess], patterns: Sequence[Patterns]) -> list[Problem]:
    """Headings that name one field over cells that cannot be it."""
    found = []
    for guessed in columns:
        said = _of_heading(guessed.heading)
        name = max(said, key=lambda each: said[each], default="")
        if not name or name in (MEANS_NOTHING, guessed.field) or said[name] < 1:
            continue
        if _is_contradicted(name, patterns[guessed.column]):
            found.append(_contradiction(guessed.heading, name, patterns[guessed.column]))
    return found


def _contradiction(heading: str, name: str, patterns: Patterns) -> Problem:
    message = N_(
        "The heading {heading} promises {field}, and the cells are something else ({example}). The columns may be "
        "swapped: look at the first rows before you go on."
    )
    params = {
        "heading": heading,
        "field": Written(field_named(name).label, translate),
        "example": patterns.texts[0][:30] if patterns.texts else "",
    }
    return Problem(name, "column_contradicts", message, params, Level.WARNING)


def _reason(heading: str, name: str, of_heading: float, patterns: Patterns) -> Problem:
    share = _fit(name, patterns)[0] if name else 0.0
    percent = round(share * 100)
    if not name:
        if of_heading:
            return _why(N_("The heading {heading} says so: the register keeps nothing of it."), heading=heading)
        return _why(N_("Neither its heading nor its cells look like anything that the register keeps."))
    if not of_heading:
        return _why(N_("{percent} % of its cells look like it; the heading does not tell."), percent=percent)
    if patterns.is_empty:
        return _why(N_("The heading {heading} says so; the column is empty."), heading=heading)
    if _FITS.get(name, (_is_text, 0.15, 0.0))[1] < _PLAIN:
        return _why(N_("The heading {heading} says so."), heading=heading)
    message = N_("The heading {heading} says so, and {percent} % of the cells look like it.")
    return _why(message, heading=heading, percent=percent)


def _why(message: str, **params: object) -> Problem:
    return Problem("column", "guessed", message, params, Level.WARNING)
