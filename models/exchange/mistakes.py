"""The fifteen mistakes that lists of workers contain, and by which findings each of them shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from models.language import N_

NAMES: Mapping[int, str] = {
    1: N_("NIK became a number"),
    2: N_("NIK cut by a spreadsheet"),
    3: N_("NIK mistyped"),
    4: N_("Family card number as NIK"),
    5: N_("NIK disagrees with birth date or sex"),
    6: N_("Zero lost"),
    7: N_("Date unreadable"),
    8: N_("Wrong century"),
    9: N_("Same person twice"),
    10: N_("Member already"),
    11: N_("Too young or too old"),
    12: N_("Name with something else in it"),
    13: N_("Columns swapped or shifted"),
    14: N_("Nagari unknown or elsewhere"),
    15: N_("Amounts that do not fit"),
}
"""Number -> what it is, as an English message id."""

_CODES: Mapping[int, str] = {
    1: "nik_scientific family_card_scientific heir_nik_scientific",
    2: "nik_cut nik_number nik_ends_in_zero nik_column_cut nik_serial family_card_cut family_card_number",
    3: "nik_length nik_letters nik_other_digits nik_characters nik_date masked family_card_length "
    "family_card_letters family_card_other_digits family_card_characters heir_nik_length",
    4: "nik_is_family_card family_card_is_nik family_card_like_nik family_card_date heir_nik_is_own",
    5: "nik_birth_date_differs nik_sex_differs",
    6: "phone_area phone_length nagari_code_spoilt rt_rw_spoilt postcode_form kpj_length payer_number_cut "
    "payer_number_scientific",
    7: "date_unreadable date_impossible date_default date_year_only",
    8: "born_on_future born_on_too_early date_year",
    9: "nik_twice person_twice nik_registered looks_registered",
    10: "member_elsewhere other_membership second_subsidy same_scheme wage_earner",
    11: "age_too_young age_young age_too_old scheme_too_young scheme_too_old",
    12: "name_digits name_alias name_characters name_comma name_title name_short name_long name_empty",
    13: "row_shifted column_misfits column_contradicts columns_swapped birth_place_digits mother_name_is_own "
    "phone_is_nik",
    14: "nagari_unknown nagari_elsewhere nagari_ambiguous nagari_alias nagari_foreign kecamatan_unknown",
    15: "rupiah_unreadable rupiah_unclear rupiah_cents rupiah_negative rupiah_too_large fee_differs total_differs "
    "sum_differs income_low income_high income_zero income_range income_negative",
}
MISTAKES: Mapping[str, int] = {code: number for number, codes in _CODES.items() for code in codes.split()}
"""Code of a finding -> number of the mistake, 1 to 15; codes of no such mistake are not in it."""


def _set(codes: str) -> frozenset[str]:
    return frozenset(codes.split())


MISFITS = _set(
    "nik_length nik_letters nik_other_digits nik_characters family_card_length family_card_letters "
    "family_card_other_digits family_card_characters phone_characters phone_is_nik phone_area phone_length "
    "date_unreadable date_impossible date_year sex_unknown marital_status_unknown segment_unknown "
    "occupation_unknown nagari_unknown kecamatan_unknown birth_place_digits name_digits name_characters "
    "mother_name_is_own rupiah_unreadable email_form postcode_form kpj_characters kpj_length count_unreadable "
    "outcome_unknown active_unknown other_membership_unknown name_short nip_length nip_characters"
)
"""Codes of cells that are not what their column is said to hold."""

OF_COLUMNS = MISFITS | _set(
    "nik_scientific nik_cut family_card_scientific nik_birth_date_differs nik_sex_differs nik_is_family_card "
    "family_card_is_nik nik_date date_default cell_error"
)
"""Codes that many rows share only where the whole column is wrong."""

NOTES: Mapping[str, str] = {
    "phone_zero": N_("{count} phone numbers had lost their 0; it was put back."),
    "titles_apart": N_("{count} titles were taken out of the names."),
    "serial": N_("{count} dates stood there as a spreadsheet counts days; they were turned into dates."),
    "month_first": N_("{count} dates were written month first; day and month were exchanged."),
    "nagari_alias": N_("{count} old or other names of nagari were understood, for the kecamatan agrees."),
    "kecamatan_spelling": N_("{count} kecamatan were misspelt, and understood."),
    "turns_too_old": N_("{count} people reach the age limit before the last month ends."),
    "payer_shared": N_("{count} civil servants stand beside several people; each of them counts once."),
}
"""What was put right without a question, as an English message id with ``{count}``."""


def by_mistake(counts: Mapping[str, int]) -> Counter[int]:
    """Findings by mistake (0: others), from their counts by code."""
    found: Counter[int] = Counter()
    for code, count in counts.items():
        found[MISTAKES.get(code, 0)] += count
    return found
