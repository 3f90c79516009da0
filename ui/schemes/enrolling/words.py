"""What a preview says: how many, what it costs and how the sum comes about, why some are left out."""

from __future__ import annotations

from models.language import N_, translate_count
from models.language import translate as _
from models.register import Register
from models.schemes.continuity import WAITING_MONTHS
from models.schemes.enrolling import EnrolmentPreview
from models.schemes.enrolment import EnrolmentPlan
from models.values.formats import number, period_text
from models.values.months import Period
from models.values.rupiah import format_rupiah

_REASONS = {
    "age_too_old": N_("too old in the first month"),
    "age_too_young": N_("too young in the first month"),
    "scheme_too_old": N_("too old for the scheme"),
    "scheme_too_young": N_("too young for the scheme"),
    "second_subsidy": N_("paid for already in these months"),
    "same_scheme": N_("in this scheme already in these months"),
    "wage_earner": N_("wage earner of an employer"),
    "other_work": N_("another kind of work, without a reason"),
    "other_membership": N_("member through another scheme, without a reason"),
    "source_list_missing": N_("on no source list"),
    "withdrawn": N_("record was taken back"),
    "no_rate": N_("no rate for these months"),
}
_GROUPS = {"nik": N_("NIK in doubt"), "born_on": N_("birth date in doubt")}


def asked_words(register: Register, plan: EnrolmentPlan) -> str:
    """What a list is enrolled for, in one line: scheme, months, fund, who pays."""
    scheme = register.schemes.get(plan.scheme)
    fund = None if plan.fund is None else register.funds.get(plan.fund)
    parts = [
        f"{scheme.code} {scheme.name}",
        _("{count} months: {period}").format(
            count=number(plan.month_count), period=period_text(Period.starting(plan.first, plan.month_count))
        ),
        "" if fund is None else _("Fund: {name}").format(name=fund.name),
        " ".join(part for part in (plan.payer_name, plan.payer_number, plan.payer_office) if part),
    ]
    return " · ".join(part for part in parts if part)


def summary_words(preview: EnrolmentPreview) -> str:
    """``7.700 of 7.723 workers can be enrolled for Desember 2026 - Februari 2027.``"""
    words = translate_count(
        "{able} of {count} worker can be enrolled for {period}.",
        "{able} of {count} workers can be enrolled for {period}.",
        preview.asked,
    ).format(able=number(len(preview.able)), count=number(preview.asked), period=period_text(preview.period))
    if preview.fund_problem is None or not preview.fits:
        return words
    fits = _("The fund pays for the first {fits} of the list; Ctrl+S enrols these.").format(fits=number(preview.fits))
    return f"{words} {fits}"


def cost_words(preview: EnrolmentPreview, sources: str, *, changes: bool) -> str:
    """The sum, and the heads, months and contributions that it is made of; where the contribution `changes` inside the
    months, heads and the price of all months. `sources` say where the contribution stands."""
    if not preview.able:
        return ""
    months = preview.period.month_count
    text = _("{heads} workers x {months} months x {amount}")
    parts = " + ".join(
        f"{number(heads)} x {format_rupiah(price)}"
        if changes or price % months
        else text.format(heads=number(heads), months=number(months), amount=format_rupiah(price // months))
        for price, heads in preview.prices[:4]
    )
    more = " + …" if len(preview.prices) > 4 else ""
    whole = _("{cost} = {parts} for all months") if changes else "{cost} = {parts}"
    words = whole.format(cost=format_rupiah(preview.cost), parts=parts + more)
    return f"{words} ({sources})" if sources else words


def waiting_words(count: int) -> str:
    """How many stay inside the first months of a BPU membership: an estimate; empty for nobody."""
    words = _(
        "{count} of them stay inside the first {months} months, in which a death pays only Rp10 million (estimate)."
    )
    return words.format(count=number(count), months=WAITING_MONTHS) if count else ""


def turning_words(count: int, age: int) -> str:
    """How many reach the age limit inside the months; empty for nobody."""
    words = translate_count(
        "{count} of them turns {age} inside these months; it is the last enrolment.",
        "{count} of them turn {age} inside these months; it is their last enrolment.",
        count,
    )
    return words.format(count=number(count), age=age) if count else ""


def reason_words(preview: EnrolmentPreview) -> tuple[str, ...]:
    """Why some are left out, counted: one line."""
    if not preview.refused:
        return ()
    counts: dict[str, int] = {}
    for refusal in preview.refused:
        problem = refusal.problems[0]
        if problem.code in _REASONS:
            words = _(_REASONS[problem.code])
        elif problem.code.endswith("_missing"):
            words = _("something is missing in the record")
        else:
            words = _(_GROUPS.get(problem.field, N_("another problem of the record")))
        counts[words] = counts.get(words, 0) + 1
    told = ", ".join(f"{words} {number(count)}" for words, count in sorted(counts.items(), key=lambda one: -one[1]))
    return (_("Left out: {reasons}.").format(reasons=told),)
