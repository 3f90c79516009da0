"""What the coverage page says: each number with where it comes from."""

from __future__ import annotations

from collections.abc import Sequence

from models.coverage.point import Count, CoveragePoint, SchemeCoverage, Target
from models.language import translate as _
from models.values.formats import NOTHING, date_long, decimal, month_long, month_short, number, percent
from models.values.months import Month
from models.values.rupiah import format_rupiah
from ui.table import Row

ESTIMATE_MARK = "*"


def people_line(point: CoveragePoint) -> str:
    """``53.622 dari 160.000 potensi pekerja``"""
    covered = number(point.covered)
    if point.eligible is None or point.share is None:
        return _("{covered} people covered; eligible workers not yet entered").format(covered=covered)
    return _("{covered} of {eligible} eligible workers").format(
        covered=covered, eligible=number(point.eligible.number) + mark(point.eligible)
    )


def reckoning(point: CoveragePoint) -> str:
    """The formula with the real numbers, and what they are."""
    if point.eligible is None or point.share is None:
        return ""
    shown = {
        "active": number(point.active),
        "eligible": number(point.eligible.number),
        "share": percent(point.share),
        "month": month_long(point.month),
    }
    if point.bpjs is None:
        text = _("{active} : {eligible} = {share}  (workers of this register in {month} : eligible workers)")
        return text.format(**shown)
    text = _(
        "({bpjs} + {active} − {counted}) : {eligible} = {share}  "
        "(counted by BPJS + this register in {month} − this register in {then} : eligible workers)"
    )
    then = month_long(Month.of(point.bpjs.counted_on))
    return text.format(bpjs=number(point.bpjs.number), counted=number(point.active_at_count), then=then, **shown)


def origins(point: CoveragePoint) -> tuple[str, ...]:
    """One line for each published number: what, how many, when, who."""
    lines = []
    if point.eligible is not None:
        lines.append(_("Eligible workers: {origin}").format(origin=origin(point.eligible)))
    if point.bpjs is not None:
        counted = _("{count} people, {origin}").format(count=number(point.bpjs.number), origin=origin(point.bpjs))
        lines.append(_("BPJS count: {origin}").format(origin=counted))
    else:
        lines.append(_("BPJS count: none entered, so only this register's workers are counted"))
    return tuple(lines)


def origin(count: Count) -> str:
    """Day and source of a published number."""
    return f"{date_long(count.counted_on)}, {count.source}"


def confirmed_line(point: CoveragePoint) -> str:
    """How many of the register's workers BPJS has confirmed."""
    return _("Of {active} in this register, {confirmed} are confirmed (KPJ and first payment)").format(
        active=number(point.active), confirmed=number(point.confirmed)
    )


def target_line(point: CoveragePoint, target: Target) -> str:
    """``51,40 % paling lambat 31 Desember 2025: kurang 17,89 poin persen, 28.618 orang``"""
    text = _("{share} by {date} (passed)") if target.due_on < point.month.first_day else _("{share} by {date}")
    goal = text.format(share=percent(target.share), date=date_long(target.due_on))
    gap, people = point.gap_to(target), point.people_to(target)
    if gap is None or people is None:
        return goal
    if not people:
        return _("{goal}: reached").format(goal=goal)
    return _("{goal}: {points} percentage points or {people} people are missing").format(
        goal=goal, points=decimal(gap * 100, 2), people=number(people)
    )


def ahead_line(now: CoveragePoint, then: CoveragePoint) -> str:
    """What a later month is like if nobody is enrolled any more."""
    lost = now.covered - then.covered
    text = _("{month}: {share}, {count} fewer") if lost > 0 else _("{month}: {share}, {count} more")
    if not lost:
        text = _("{month}: {share}, as many")
    share = percent(then.share) if then.share is not None else number(then.covered)
    return text.format(month=month_short(then.month), share=share, count=number(abs(lost)))


def point_row(
    name: str, point: CoveragePoint, target: Target | None, *, key: str | None, is_sum: bool = False
) -> Row:
    """Name, eligible, covered, coverage, still needed, of the register, confirmed."""
    eligible = point.eligible
    needed = point.people_to(target) if target is not None and point.share is not None else None
    is_estimate = eligible is not None and eligible.is_estimate
    estimate = _("estimated by share of inhabitants") if is_estimate else ""
    return Row(
        (
            name,
            number(eligible.number) + mark(eligible) if eligible is not None else NOTHING,
            number(point.covered),
            percent(point.share) + (ESTIMATE_MARK if is_estimate and point.share is not None else ""),
            NOTHING if needed is None else number(needed),
            number(point.active),
            number(point.confirmed),
        ),
        key,
        is_sum,
        (origin(eligible) if eligible is not None else "", estimate, "", estimate),
    )


def scheme_row(scheme: SchemeCoverage) -> Row:
    """Code, name, segment, workers, confirmed, rupiah of the month."""
    return Row(
        (
            scheme.code,
            scheme.name,
            str(scheme.segment),
            number(scheme.active),
            number(scheme.confirmed),
            format_rupiah(scheme.contribution),
        )
    )


def scheme_sum(schemes: Sequence[SchemeCoverage]) -> Row:
    """Only what may be added up: a worker in two schemes stands in both."""
    total = sum(scheme.contribution for scheme in schemes)
    return Row(("", _("Contribution of all schemes"), "", "", "", format_rupiah(total)), is_sum=True)


def notes(whole: CoveragePoint, parts: Sequence[CoveragePoint]) -> tuple[str, ...]:
    """What must be known to read the parts of an area rightly; only what applies."""
    found = []
    if any(part.eligible is not None and part.eligible.is_estimate for part in parts):
        found.append(_("{mark} estimated by the share of inhabitants, not published").format(mark=ESTIMATE_MARK))
    if whole.bpjs is not None and any(part.bpjs is None for part in parts):
        found.append(
            _(
                "Where BPJS published no count of its own, only this register's workers are shown; "
                "so the parts do not add up to the whole."
            )
        )
    return tuple(found)


def mark(count: Count) -> str:
    """A star behind an estimate."""
    return ESTIMATE_MARK if count.is_estimate else ""
