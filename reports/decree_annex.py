"""The annex of a decree (Lampiran SK): lying pages, every name with its whole NIK; names out for a replacement."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer, Table

from models.language import N_, translate_count
from models.language import translate as _
from models.papers.decree_annex import AnnexRow, DecreeAnnex
from models.values import formats
from models.values.rupiah import format_rupiah, spell_rupiah
from reports import fonts
from reports.frame import PageFrame, PageSize, signature_lines
from reports.story import Cover, story_paper
from reports.styles import BODY, HEADING, LINE, SHADE, SIGNATURE, SIGNATURE_NAME, SUBTITLE, TITLE, paragraph

NAME = N_("Annex of a decree")
_SIZE, _HEIGHT = 8.5, 13.0
_PADDING = 4
_IN = (
    (N_("No."), 0.04), (N_("NIK"), 0.115), (N_("Name"), 0.18), (N_("Born"), 0.075), (N_("Nagari"), 0.13),
    (N_("Kecamatan"), 0.11), (N_("Occupation"), 0.14), (N_("Months"), 0.13), (N_("Contribution"), 0.08),
)  # fmt: skip
_OUT = (
    (N_("No."), 0.04), (N_("NIK"), 0.115), (N_("Name"), 0.2), (N_("Nagari"), 0.155), (N_("Kecamatan"), 0.13),
    (N_("Rejected because"), 0.17), (N_("Replaced by"), 0.19),
)  # fmt: skip


def decree_annex(annex: DecreeAnnex, page: PageSize = PageSize.F4) -> bytes:
    """The annex as a PDF file; the head of the columns repeats, the foot says who printed it, when, how many rows."""
    frame = PageFrame(page, is_landscape=True, left=15 * mm, right=15 * mm, bottom=16 * mm)
    foot = _("Printed by {who} on {day} at {time}; {rows} rows. Holds whole NIK: it goes with the decree alone.")
    cover = Cover(
        title=f"{_(NAME)} {annex.number}".strip(),
        letterhead=annex.letterhead,
        source=foot.format(
            who=annex.printed_by,
            day=formats.date_long(annex.printed_at.date()),
            time=f"{annex.printed_at:%H.%M}",
            rows=formats.number(annex.row_count),
        ),
        dated_on=annex.printed_at.date(),
        is_sample=annex.is_sample,
    )
    return story_paper(cover, _story(annex, frame), frame)


def _story(annex: DecreeAnnex, frame: PageFrame) -> list[Flowable]:
    named = _("Annex of {kind} number {number} of {day}").format(
        kind=_(annex.kind), number=annex.number or "-", day=formats.date_long(annex.dated_on)
    )
    story: list[Flowable] = [paragraph(named.upper(), TITLE), paragraph(annex.title, SUBTITLE)]
    if annex.replaces:
        story.append(paragraph(_("It replaces {decree}.").format(decree=annex.replaces), BODY))
    story.append(paragraph(sum_words(annex), BODY))
    if annex.names_out:
        story.append(paragraph(_("A. Names that come in"), HEADING))
    story += [Spacer(1, 4), _table(_IN, [_cells_in(at, row) for at, row in enumerate(annex.names_in, 1)], frame, 1)]
    if annex.names_out:
        story.append(paragraph(_("B. Names that go out"), HEADING))
        rows = [_cells_out(at, row) for at, row in enumerate(annex.names_out, 1)]
        story += [Spacer(1, 4), _table(_OUT, rows, frame, 0)]
    return [*story, _signature(annex, frame)]


def sum_words(annex: DecreeAnnex) -> str:
    """How many come in and go out, and what it costs, in figures and words."""
    words = translate_count("{count} person comes in", "{count} people come in", len(annex.names_in)).format(
        count=formats.number(len(annex.names_in))
    )
    if annex.names_out:
        out = translate_count("{count} goes out", "{count} go out", len(annex.names_out)).format(
            count=formats.number(len(annex.names_out))
        )
        words = f"{words}, {out}"
    cost = _("Contributions of all months together: {amount} ({spelled}).").format(
        amount=format_rupiah(annex.contribution), spelled=spell_rupiah(annex.contribution)
    )
    return f"{words}. {cost}"


def _cells_in(at: int, row: AnnexRow) -> tuple[str, ...]:
    born = formats.date_short(row.born_on) if row.born_on else formats.NOTHING
    months = f"{formats.month_short(row.period.first)} - {formats.month_short(row.period.last)}"
    amount = format_rupiah(row.contribution)
    return formats.number(at), row.nik, row.name, born, row.nagari, row.kecamatan, row.occupation, months, amount


def _cells_out(at: int, row: AnnexRow) -> tuple[str, ...]:
    return formats.number(at), row.nik, row.name, row.nagari, row.kecamatan, row.reason, row.replaced_by


def _table(
    columns: Sequence[tuple[str, float]], rows: Sequence[tuple[str, ...]], frame: PageFrame, figures: int
) -> Table:
    """Lines of one height, so that thousands are laid out quickly; the last `figures` columns are figures."""
    fonts.register()
    widths = [frame.room * part for _word, part in columns]
    cells = [[_(word) for word, _part in columns]]
    for row in rows:
        cells.append(
            [
                fonts.shortened(fonts.clean(text), fonts.REGULAR, _SIZE, width - 2 * _PADDING)
                for text, width in zip(row, widths, strict=True)
            ]
        )
    style = [
        ("FONT", (0, 0), (-1, 0), fonts.BOLD, _SIZE),
        ("FONT", (0, 1), (-1, -1), fonts.REGULAR, _SIZE),
        ("BACKGROUND", (0, 0), (-1, 0), SHADE),
        ("LINEABOVE", (0, 0), (-1, 0), 0.8, LINE),
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("TOPPADDING", (0, 0), (-1, -1), 1),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
        ("LEFTPADDING", (0, 0), (-1, -1), _PADDING),
        ("RIGHTPADDING", (0, 0), (-1, -1), _PADDING),
        ("ALIGN", (0, 1), (0, -1), "RIGHT"),
    ]
    if figures:
        style.append(("ALIGN", (-figures, 0), (-1, -1), "RIGHT"))
    return Table(cells, colWidths=widths, rowHeights=[_HEIGHT] * len(cells), style=style, repeatRows=1)


def _signature(annex: DecreeAnnex, frame: PageFrame) -> Flowable:
    parts: list[Flowable] = [Spacer(1, 8 * mm)]
    for line in signature_lines(annex.letterhead.place, annex.signatory, annex.dated_on):
        if line.gap:
            parts.append(Spacer(1, line.gap))
        parts.append(paragraph(line.text, SIGNATURE_NAME if line.is_bold else SIGNATURE))
    block = Table([["", parts]], colWidths=[frame.room * 0.62, frame.room * 0.38])
    return KeepTogether([block])
