"""The information sheet: what a membership costs and what it pays, each with its source; no promise is made."""

from __future__ import annotations

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from models.language import N_
from models.language import translate as _
from models.papers.information_sheet import InformationSheet
from models.values import formats, rupiah
from reports.frame import PageFrame, PageSize
from reports.story import Cover, story_paper
from reports.styles import BODY, HEADING, SMALL, SUBTITLE, TITLE, paragraph, table

NAME = N_("Information on labour social security (Jamsostek)")


def information_sheet(sheet: InformationSheet, page: PageSize = PageSize.A4) -> bytes:
    """The sheet as a PDF file."""
    frame = PageFrame(page, left=20 * mm, right=18 * mm, bottom=16 * mm)
    source = _("{office}. Register as of {date}.").format(
        office=sheet.letterhead.office, date=formats.date_long(sheet.as_of)
    )
    if sheet.printed is not None:
        source = f"{sheet.printed.line(sheet.rows)}. {source}"
    cover = Cover(
        title=_(NAME), letterhead=sheet.letterhead, source=source, dated_on=sheet.as_of, is_sample=sheet.is_sample
    )
    return story_paper(cover, _story(sheet, frame.room), frame)


def _story(sheet: InformationSheet, room: float) -> list[Flowable]:
    month = formats.month_long(sheet.month)
    story: list[Flowable] = [
        paragraph(_(NAME), TITLE),
        paragraph(_("Contributions of {month}").format(month=month), SUBTITLE),
        paragraph(_("What it costs"), HEADING),
        table(
            (_("Membership"), _("Rupiah a month"), _("Made up of"), _("Source")),
            [
                (
                    line.who,
                    rupiah.format_rupiah(line.amount),
                    " + ".join(f"{name} {formats.number(amount)}" for name, amount in line.parts),
                    line.source,
                )
                for line in sheet.contributions
            ],
            (room * 0.30, room * 0.16, room * 0.24, room * 0.30),
            notes=2,
        ),
        Spacer(1, 8),
        paragraph(_("What it pays, as the sources say"), HEADING),
        table(
            (_("Programme"), _("Benefit"), _("Source")),
            [(one.programme, one.words, one.source) for one in sheet.benefits],
            (room * 0.12, room * 0.55, room * 0.33),
            words=3,
        ),
        Spacer(1, 8),
        paragraph(
            _(
                "This sheet informs and promises nothing. Who is entitled to what is decided by BPJS Ketenagakerjaan "
                "by the rules in force on the day of the event. Membership begins with the number and the first "
                "payment."
            ),
            BODY,
        ),
        paragraph(
            _("Sources and dates stand beside each line; ask the office for newer ones before you rely on them."),
            SMALL,
        ),
    ]
    return story
