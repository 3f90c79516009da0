"""The coverage summary (Ringkasan Cakupan Kepesertaan): how far the district is, how the number came about.

Every figure stands with its date and source. What nobody has entered yet is said in words; no percentage is made up.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer, Table

from models.coverage.point import Count, CoveragePoint, SchemeCoverage, Target
from models.language import N_
from models.language import translate as _
from models.papers.coverage_summary import CoverageSummary
from models.values import formats, rupiah
from models.values.months import Month
from reports import fonts
from reports.charts import ESTIMATE_MARK, PAPER, coverage_bars
from reports.frame import PageFrame, PageSize, signature_lines
from reports.story import Cover, story_paper
from reports.styles import (
    BODY,
    FIGURE,
    FIGURE_WORDS,
    HEADING,
    LINE,
    SIGNATURE,
    SIGNATURE_NAME,
    SMALL,
    SUBTITLE,
    TITLE,
    paragraph,
    table,
)

_CHART_ROWS = 36
"""Areas in one drawing; more would not fit on a page."""
NAME = N_("Summary of membership coverage of labour social security")


def coverage_summary(summary: CoverageSummary, page: PageSize = PageSize.A4) -> bytes:
    """The summary as a PDF file; two A4 pages for a district of eleven kecamatan."""
    frame = PageFrame(page, left=20 * mm, right=18 * mm, bottom=16 * mm)
    source = _("{office}. Register as of {date}.").format(
        office=summary.letterhead.office, date=formats.date_long(summary.as_of)
    )
    if summary.printed is not None:
        source = f"{summary.printed.line(summary.rows)}. {source}"
    cover = Cover(
        title=_(NAME),
        letterhead=summary.letterhead,
        source=source,
        dated_on=summary.as_of,
        note=_trail_note(summary),
        is_sample=summary.is_sample,
    )
    return story_paper(cover, _story(summary, frame.room), frame)


def _trail_note(summary: CoverageSummary) -> str:
    """Why the code stands there, in one sentence that fits the foot."""
    if not summary.trail:
        return ""
    note = _(
        "Trail code {code}. Keep this paper: with the code it can be checked that nothing was erased from the audit "
        "trail."
    )
    return note.format(code=summary.trail)


def _story(summary: CoverageSummary, room: float) -> list[Flowable]:
    target = summary.targets[0] if summary.targets else None
    return [
        paragraph(_(NAME).upper(), TITLE),
        paragraph(
            _("{area}, {month}, register as of {date}").format(
                area=summary.district.area_name,
                month=formats.month_long(summary.month),
                date=formats.date_long(summary.as_of),
            ),
            SUBTITLE,
        ),
        _headline(summary.district, target, room),
        paragraph(_("How the number came about"), HEADING),
        *_reckoning(summary.district, room),
        paragraph(_("Target and gap"), HEADING),
        _targets(summary.district, summary.targets, room),
        *_chart(summary, target, room),
        *_kecamatan_table(summary, target, room),
        *_segment_table(summary.segments, room),
        *_scheme_table(summary, room),
        KeepTogether([*_notes(summary), _signature(summary, room)]),
    ]


def _headline(district: CoveragePoint, target: Target | None, room: float) -> Table:
    """The four figures that the Bupati asks for."""
    eligible = district.eligible
    covered = formats.number(district.covered)
    if district.share is None or eligible is None:
        people = _("{covered} people covered; eligible workers not yet entered").format(covered=covered)
    else:
        people = _("{covered} of {eligible} eligible workers").format(
            covered=covered, eligible=formats.number(eligible.number)
        )
    by = _("by {date}").format(date=formats.date_long(target.due_on)) if target else _("not yet entered")
    cells = [
        (formats.percent(district.share), _("Coverage"), people),
        (formats.percent(target.share if target else None), _("Target"), by),
        (_points(_gap(district, target)), _("Gap"), _("percentage points to the target")),
        (_people_left(district, target), _("Still needed"), _("people to the target")),
    ]
    rows = [
        [paragraph(label, FIGURE_WORDS) for _figure, label, _words in cells],
        [paragraph(figure, FIGURE) for figure, _label, _words in cells],
        [paragraph(words, FIGURE_WORDS) for _figure, _label, words in cells],
    ]
    style = [
        ("BOX", (0, 0), (-1, -1), 0.8, LINE),
        ("LINEAFTER", (0, 0), (-2, -1), 0.4, LINE),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
    ]
    return Table(rows, colWidths=[room / 4] * 4, style=style)


def _reckoning(district: CoveragePoint, room: float) -> list[Flowable]:
    """(B + A(t) - A(d)) / E, line by line with its own numbers, then as one sentence."""
    bpjs, eligible, month = district.bpjs, district.eligible, formats.month_long(district.month)
    rows: list[tuple[str, str, str]] = []
    if bpjs is None:
        what = _("Workers of the register enrolled for {month}").format(month=month)
        rows.append((what, formats.number(district.active), _("this register")))
    else:
        counted = formats.month_long(Month.of(bpjs.counted_on))
        rows += [
            (_("Active participants counted by BPJS"), formats.number(bpjs.number), _origin(bpjs)),
            (
                _("plus: workers of the register enrolled for {month}").format(month=month),
                formats.number(district.active),
                _("this register"),
            ),
            (
                _("less: those of the register enrolled for {month}, whom BPJS already counts").format(month=counted),
                formats.number(district.active_at_count),
                _("this register"),
            ),
        ]
    rows.append((_("Workers covered"), formats.number(district.covered), ""))
    if eligible is not None:
        rows.append((_("Eligible workers"), formats.number(eligible.number) + _star(eligible), _origin(eligible)))
    head = (_("Item"), _("People"), _("As of, source"))
    widths = (room * 0.5, room * 0.14, room * 0.36)
    return [table(head, rows, widths, notes=1), Spacer(1, 3), paragraph(_reckoning_sentence(district), BODY)]


def _reckoning_sentence(district: CoveragePoint) -> str:
    bpjs, eligible = district.bpjs, district.eligible
    if eligible is None or district.share is None:
        return _(
            "The coverage cannot be computed yet: nobody has entered the number of eligible workers with its date "
            "and source. Enter it on the coverage page and print again."
        )
    numbers = {
        "active": formats.number(district.active),
        "eligible": formats.number(eligible.number),
        "share": formats.percent(district.share),
    }
    if bpjs is None:
        text = _(
            "Coverage = {active} / {eligible} = {share}. No count of BPJS has been entered yet, so that only the "
            "workers of this register are counted."
        )
        return text.format(**numbers)
    text = _("Coverage = ({bpjs} + {active} − {counted}) / {eligible} = {share}.")
    counted = formats.number(district.active_at_count)
    return text.format(bpjs=formats.number(bpjs.number), counted=counted, **numbers)


def _targets(district: CoveragePoint, targets: Sequence[Target], room: float) -> Flowable:
    if not targets:
        return paragraph(_("No target has been entered yet, so that no gap can be shown."), BODY)
    rows = [
        (
            target.source,
            formats.date_long(target.due_on),
            formats.percent(target.share),
            _points(_gap(district, target)),
            _people_left(district, target),
        )
        for target in targets
    ]
    head = (
        _("Source of the target"),
        _("Deadline"),
        _("Target"),
        _("Gap (percentage points)"),
        _("People still needed"),
    )
    return table(head, rows, [room * part for part in (0.38, 0.19, 0.12, 0.17, 0.14)], words=2)


def _chart(summary: CoverageSummary, target: Target | None, room: float) -> list[Flowable]:
    areas = summary.kecamatan
    if not areas:
        return []
    heading = paragraph(_("Coverage by kecamatan"), HEADING)
    if all(point.share is None for point in areas):
        words = _("There is nothing to draw yet: no kecamatan has a number of eligible workers.")
        return [heading, paragraph(words, BODY)]
    parts = [areas[start : start + _CHART_ROWS] for start in range(0, len(areas), _CHART_ROWS)]
    drawings = [coverage_bars(part, target, PAPER, room, scaled_like=areas) for part in parts]
    return [KeepTogether([heading, drawings[0]]), *drawings[1:]]


def _kecamatan_table(summary: CoverageSummary, target: Target | None, room: float) -> list[Flowable]:
    if not summary.kecamatan:
        return []
    district = summary.district
    rows = [(point.area_name, *_point_cells(point), _people_left(point, target)) for point in summary.kecamatan]
    rows.append((district.area_name, *_point_cells(district), _people_left(district, target)))
    head = (_("Kecamatan"), *_point_heads(summary.month), _("Still needed"))
    widths = [room * part for part in (0.25, 0.11, 0.14, 0.13, 0.13, 0.12, 0.12)]
    return [paragraph(_("Figures by kecamatan"), HEADING), table(head, rows, widths, has_total=True)]


def _segment_table(segments: Sequence[CoveragePoint], room: float) -> list[Flowable]:
    if not segments:
        return []
    rows = [
        (_(point.segment.label) if point.segment else _("All segments"), *_point_cells(point)) for point in segments
    ]
    head = (_("Segment"), *_point_heads(segments[0].month))
    widths = [room * part for part in (0.37, 0.11, 0.14, 0.13, 0.13, 0.12)]
    return [KeepTogether([paragraph(_("Figures by segment"), HEADING), table(head, rows, widths)])]


def _point_heads(month: Month) -> tuple[str, ...]:
    registered = _("Register {month}").format(month=formats.month_short(month))
    return (_("BPJS"), registered, _("Covered"), _("Eligible"), _("Coverage"))


def _point_cells(point: CoveragePoint) -> tuple[str, ...]:
    return (
        formats.number(point.bpjs.number) if point.bpjs else formats.NOTHING,
        formats.number(point.active),
        formats.number(point.covered),
        formats.number(point.eligible.number) + _star(point.eligible) if point.eligible else formats.NOTHING,
        formats.percent(point.share),
    )


def _scheme_table(summary: CoverageSummary, room: float) -> list[Flowable]:
    if not summary.schemes:
        return []
    rows = [_scheme_cells(scheme) for scheme in summary.schemes]
    total = sum(scheme.contribution for scheme in summary.schemes)
    rows.append((_("Contribution of all schemes"), "", "", "", rupiah.format_rupiah(total)))
    amount = _("Contribution {month}").format(month=formats.month_short(summary.month))
    head = (_("Scheme"), _("Segment"), _("Workers"), _("With KPJ"), amount)
    widths = [room * part for part in (0.42, 0.12, 0.12, 0.12, 0.22)]
    heading = paragraph(_("Figures by scheme"), HEADING)
    return [KeepTogether([heading, table(head, rows, widths, words=2, has_total=True)])]


def _scheme_cells(scheme: SchemeCoverage) -> tuple[str, ...]:
    return (
        scheme.name,
        scheme.segment.value,
        formats.number(scheme.active),
        formats.number(scheme.confirmed),
        rupiah.format_rupiah(scheme.contribution),
    )


def _notes(summary: CoverageSummary) -> list[Flowable]:
    """What a reader must know to use the figures rightly; only what applies."""
    district = summary.district
    notes: list[str] = []
    unconfirmed = district.active - district.confirmed
    if unconfirmed > 0:
        notes.append(
            _(
                "The workers of the register include {count} people without a KPJ: registered, but not yet confirmed "
                "by BPJS."
            ).format(count=formats.number(unconfirmed))
        )
    if district.bpjs and district.bpjs.number + district.active < district.active_at_count:
        notes.append(
            _("The reckoning falls below zero and is shown as 0. Check the count of BPJS and the day it was counted.")
        )
    estimates = [
        p for p in (district, *summary.kecamatan, *summary.segments) if p.eligible and p.eligible.is_estimate
    ]
    if estimates:
        sources = dict.fromkeys(point.eligible.source for point in estimates if point.eligible)
        notes.append(
            _("{mark} Estimated by the program, not published: {source}.").format(
                mark=ESTIMATE_MARK, source="; ".join(sources)
            )
        )
    parts = sum(point.covered for point in summary.kecamatan)
    if summary.kecamatan and parts != district.covered:
        notes.append(
            _(
                "The kecamatan add up to {parts} covered workers, the district has {whole}: not every count is "
                "available by kecamatan, and not every worker's nagari is known."
            ).format(parts=formats.number(parts), whole=formats.number(district.covered))
        )
    if len(summary.schemes) > 1:
        notes.append(_("A worker who is enrolled in two schemes is counted in both, but only once in the coverage."))
    if not notes:
        return []
    return [paragraph(_("Notes"), HEADING), *[paragraph(note, SMALL) for note in notes]]


def _signature(summary: CoverageSummary, room: float) -> Flowable:
    cells: list[Flowable] = []
    for line in signature_lines(summary.letterhead.place, summary.signatory, summary.as_of):
        if line.gap:
            cells.append(Spacer(1, line.gap))
        style = SIGNATURE_NAME if line.is_bold else SIGNATURE
        lines = fonts.balanced(line.text, style.fontName, style.fontSize, room * 0.5 - 12)
        cells += [paragraph(text, style) for text in lines]
    return Table([["", cells]], colWidths=[room * 0.5, room * 0.5], style=[("TOPPADDING", (0, 0), (-1, -1), 8)])


def _gap(point: CoveragePoint, target: Target | None) -> Fraction | None:
    """Share that is missing to the target, zero when it is reached."""
    if target is None or point.share is None:
        return None
    return max(Fraction(0), target.share - point.share)


def _points(gap: Fraction | None) -> str:
    return formats.NOTHING if gap is None else formats.decimal(gap * 100, 2)


def _people_left(point: CoveragePoint, target: Target | None) -> str:
    people = point.people_to(target) if target else None
    return formats.NOTHING if people is None or point.share is None else formats.number(people)


def _star(count: Count) -> str:
    return f" {ESTIMATE_MARK}" if count.is_estimate else ""


def _origin(count: Count) -> str:
    return f"{formats.date_long(count.counted_on)}, {count.source}"
