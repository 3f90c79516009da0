"""What is wrong with a row because of other rows: a person twice, a family card number as NIK, a family apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rapidfuzz import fuzz

from models.exchange.checked import Finding
from models.exchange.list_stops import is_cut_suspected
from models.exchange.list_values import ListValues
from models.exchange.mapping import Purpose
from models.exchange.values import Stored
from models.language import N_
from models.people.names import fold
from models.problems import Level, Problem

_SAME_MOTHER = 85.0
_BY_CARD = frozenset({
    "nik_birth_date_differs", "nik_sex_differs", "nik_twice", "nik_ends_in_zero", "nik_date", "nik_serial",
    "nik_region_foreign", "nik_region_unknown", "family_card_region_unknown", "family_card_like_nik", "person_twice",
})  # fmt: skip
"""What follows from a family card number that stands in the place of the NIK, and needs no word of its own."""

Related = dict[int, list[Finding]]


def relations(values: ListValues, places: Sequence[int] | None = None) -> Related:
    """What is wrong with rows because of other rows; with `places` only those are held against each other."""
    found: Related = defaultdict(list)
    at = range(len(values)) if places is None else places
    niks = _column(values, "nik", places)
    groups = list(_groups(at, niks))
    if niks:
        for place in _cards_as_nik(values, at, niks, groups, places):
            found[place].append(_card_as_nik(values, place))
    if values.mapping.purpose is Purpose.WORKERS:
        _same_nik(values, groups, found)
        _same_person(values, at, places, found)
        _families_apart(values, at, places, found)
    if is_cut_suspected(values):
        _ends_in_zero(values, at, niks, found)
    return found


def related_places(values: ListValues, places: Iterable[int], was: Iterable[Mapping[str, Stored]] = ()) -> set[int]:
    """The places that share a NIK, a family card or name and birth date with some rows, or did so before (`was`)."""
    shared: dict[str, set[Stored]] = defaultdict(set)
    for row in (*({name: column[place] for name, column in values.values.items()} for place in places), *was):
        shared["number"] |= {row.get("nik"), row.get("family_card")}
        shared["born_on"].add(row.get("born_on"))
    result = set(places)
    for name, kind in (("nik", "number"), ("family_card", "number"), ("born_on", "born_on")):
        wanted = shared[kind] - {None, ""}
        if wanted and (column := values.values.get(name)):
            result.update([place for place, value in enumerate(column) if value in wanted])
    return result


def settled(own: Sequence[Finding], related: Sequence[Finding]) -> list[Finding]:
    """The findings of a row without those that only follow from another one."""
    findings = [*own, *related]
    codes = {finding.problem.code for finding in findings}
    if codes & {"heading_row", "row_shifted"}:
        return [*own]
    if codes & {"born_on_future", "born_on_too_early"}:
        findings = [finding for finding in findings if finding.problem.code != "nik_birth_date_differs"]
    is_card = "nik_is_family_card" in codes or any(
        finding.problem.code == "family_card_is_nik" and finding.problem.field == "nik" for finding in own
    )
    if is_card:
        findings = [finding for finding in findings if finding.problem.code not in _BY_CARD]
        if "nik_is_family_card" in codes and "family_card_is_nik" in codes:
            findings = [finding for finding in findings if finding.problem.code != "nik_is_family_card"]
    return sorted(findings, key=lambda one: (-1 if one.column is None else one.column, one.problem.code))


def _column(values: ListValues, name: str, places: Sequence[int] | None) -> Sequence[Stored]:
    column = values.values.get(name)
    if column is None:
        return ()
    return column if places is None else [column[place] for place in places]


# The same number


def _cards_as_nik(
    values: ListValues,
    at: Sequence[int],
    niks: Sequence[Stored],
    groups: Sequence[list[int]],
    places: Sequence[int] | None,
) -> list[int]:
    """Places whose NIK is a family card number: of another row, of the register, or of several people at once."""
    wrong: set[int] = set()
    cards = set(_column(values, "family_card", places))
    if cards and (shared := cards.intersection(niks) - {""}):
        wrong.update(
            place for place, nik in zip(at, niks, strict=True) if nik in shared and not is_own_date(values, place)
        )
    asked = {
        str(values.values["nik"][place]): place
        for place in (values.doubtful if places is None else places)
        if values.values["nik"][place] and has_other_date(values, place)
    }
    if asked:
        known = set(values.context.family_cards(list(asked)))
        if known:
            wrong.update(
                place for place, nik in zip(at, niks, strict=True) if nik in known and has_other_date(values, place)
            )
    for group in groups:
        names = {fold(str(column[place])) for place in group if (column := values.values.get("name"))}
        if len(names) > 1 and all(has_other_date(values, place) for place in group):
            wrong.update(group)
    return sorted(wrong)


def is_own_date(values: ListValues, place: int) -> bool:
    """Whether the NIK carries the birth date of the row."""
    return _dates(values, place) == (True, True)


def has_other_date(values: ListValues, place: int) -> bool:
    """Whether the NIK carries another date than the birth date of the row, which is known."""
    return _dates(values, place) == (True, False)


def _dates(values: ListValues, place: int) -> tuple[bool, bool]:
    born_on = str(values.values["born_on"][place] or "") if "born_on" in values.values else ""
    nik = str(values.values["nik"][place] or "")
    if not born_on or not nik:
        return False, False
    day = f"{int(nik[6:8]) % 40:02d}" if nik[6:8] != "40" else "40"
    return True, (day, nik[8:10], nik[10:12]) == (born_on[8:], born_on[5:7], born_on[2:4])


def _card_as_nik(values: ListValues, place: int) -> Finding:
    message = N_(
        "The NIK of this row is a family card number: its digits carry another date than the birth date, and it "
        "belongs to a family. Type the NIK from the KTP."
    )
    return Finding(place, values.columns.get("nik"), Problem("nik", "nik_is_family_card", message))


def _same_nik(values: ListValues, groups: Sequence[list[int]], found: Related) -> None:
    names = values.values.get("name")
    for group in groups:
        rest = [place for place in group if place not in found]
        if len(rest) < 2:
            continue
        for place in rest:
            other = rest[0] if place != rest[0] else rest[1]
            message = N_(
                "Row {row} has the same NIK ({name}). Leave one of the two rows out, or correct the NIK from the KTP."
            )
            params = {"row": values.table.rows[other], "name": str(names[other]) if names else ""}
            found[place].append(
                Finding(place, values.columns.get("nik"), Problem("nik", "nik_twice", message, params))
            )


def _groups(at: Sequence[int], keys: Sequence[Stored]) -> Iterator[list[int]]:
    """Places with the same key, where there are several; empty keys are nobody's."""
    unmet = set(keys)
    if len(unmet) == len(keys):
        return
    again = {key for key in keys if key not in unmet or unmet.remove(key)}  # type: ignore[func-returns-value]
    groups: dict[Stored, list[int]] = {key: [] for key in again if key}
    if groups:
        for place, key in zip(at, keys, strict=True):
            if key in groups:
                groups[key].append(place)
    yield from groups.values()


# The same person


def _same_person(values: ListValues, at: Sequence[int], places: Sequence[int] | None, found: Related) -> None:
    names, days = values.values.get("name"), values.values.get("born_on")
    if names is None or days is None:
        return
    folded = values.folded.get("name") if places is None else None
    if folded is None:
        folded = [fold(str(names[place] or "")).replace(" ", "") for place in at]
    born = days if places is None else [days[place] for place in at]
    keys: list[Stored]
    if None in born or "" in folded:
        keys = [f"{day}{name}" if day and name else None for day, name in zip(born, folded, strict=True)]
    else:
        keys = list(map(str.__add__, born, folded))  # type: ignore[arg-type]
    for group in _groups(at, keys):
        for place in group:
            other = next((one for one in group if one != place and _may_be_one(values, place, one)), None)
            if other is None:
                continue
            message = N_(
                "Row {row} has the same name and birth date under another NIK. If it is the same person, leave one of "
                "the two rows out; otherwise say why they are two."
            )
            problem = Problem("name", "person_twice", message, {"row": values.table.rows[other]}, Level.WARNING)
            found[place].append(Finding(place, values.columns.get("name"), problem))


def _may_be_one(values: ListValues, one: int, other: int) -> bool:
    """Another NIK, and a mother who may be the same."""
    niks, mothers = values.values.get("nik"), values.values.get("mother_name")
    if niks is not None and niks[one] == niks[other] and niks[one]:
        return False
    if mothers is None:
        return True
    first, second = fold(str(mothers[one] or "")), fold(str(mothers[other] or ""))
    return not first or not second or fuzz.ratio(first, second) >= _SAME_MOTHER


def _families_apart(values: ListValues, at: Sequence[int], places: Sequence[int] | None, found: Related) -> None:
    """One family lives in one nagari."""
    cards, homes = _column(values, "family_card", places), _column(values, "nagari", places)
    if not cards or not homes:
        return
    last_home = dict(zip(cards, homes, strict=True))
    several = {card for card, home in zip(cards, homes, strict=True) if last_home[card] != home} - {None, ""}
    if not several:
        return
    if kecamatan := _column(values, "kecamatan", places):
        homes = [
            home if not around or str(home).startswith(str(around)) else ""
            for home, around in zip(homes, kecamatan, strict=True)
        ]
    groups: dict[Stored, list[tuple[int, Stored]]] = defaultdict(list)
    for place, card, home in zip(at, cards, homes, strict=True):
        if card in several and home:
            groups[card].append((place, home))
    nagari = values.context.nagari
    for group in groups.values():
        (usual, most), *others = Counter(home for _place, home in group).most_common()
        if not others:
            continue
        is_tie = others[0][1] == most
        for place, home in group:
            if home == usual and not is_tie:
                continue
            other = next(far for far, elsewhere in group if elsewhere != home)
            message = N_(
                "Row {row} has the same family card and lives in {nagari}. One of the two has the wrong card number or "
                "nagari; correct it, or say why."
            )
            home_of_other = values.values["nagari"][other]
            params = {"row": values.table.rows[other], "nagari": nagari.get(str(home_of_other), str(home_of_other))}
            problem = Problem("family_card", "family_apart", message, params, Level.WARNING)
            found[place].append(Finding(place, values.columns.get("family_card"), problem))


def _ends_in_zero(values: ListValues, at: Sequence[int], niks: Sequence[Stored], found: Related) -> None:
    cells = values.table.columns[values.columns["nik"]]
    for place, nik in zip(at, niks, strict=True):
        if nik and str(nik)[-1] == "0" and isinstance(cells[place], str):
            message = N_(
                "Many NIK of this list end in 0, as those do whose last digit a spreadsheet cut off. Compare the last "
                "digit with the KTP; if it is 0, say so."
            )
            problem = Problem("nik", "nik_ends_in_zero", message, level=Level.WARNING)
            found[place].append(Finding(place, values.columns.get("nik"), problem))
