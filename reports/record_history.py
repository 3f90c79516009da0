"""The story of one record (Riwayat Data): who changed what, when, from where; protected values masked."""

from __future__ import annotations

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from models.language import N_
from models.language import translate as _
from models.papers.record_history import RecordHistory
from models.values import formats
from reports.frame import PageFrame, PageSize
from reports.story import Cover, story_paper
from reports.styles import BODY, SUBTITLE, TITLE, paragraph, table

NAME = N_("History of a record")
_PARTS = (0.1, 0.13, 0.17, 0.12, 0.14, 0.14, 0.13, 0.07)


def record_history(history: RecordHistory, page: PageSize = PageSize.A4) -> bytes:
    """The story as a PDF file, lying pages; the foot of each says who printed it, when, and how many rows it has."""
    frame = PageFrame(page, is_landscape=True, left=15 * mm, right=15 * mm, bottom=16 * mm)
    foot = _("Printed by {who} on {day} at {time}; {rows} rows. NIK and other protected values are masked.")
    cover = Cover(
        title=_(NAME),
        letterhead=history.letterhead,
        source=foot.format(
            who=history.printed_by,
            day=formats.date_long(history.printed_at.date()),
            time=f"{history.printed_at:%H.%M}",
            rows=formats.number(len(history.rows)),
        ),
        dated_on=history.printed_at.date(),
        is_sample=history.is_sample,
    )
    return story_paper(cover, _story(history, frame.room), frame)


def _story(history: RecordHistory, room: float) -> list[Flowable]:
    story: list[Flowable] = [
        paragraph(_(NAME).upper(), TITLE),
        paragraph(_("{name}, NIK {nik}").format(name=history.name, nik=history.nik), SUBTITLE),
    ]
    if history.narrowed_to:
        story.append(paragraph(_("Only: {what}").format(what=history.narrowed_to), BODY))
    head = (
        _("When"), _("Who"), _("What happened"), _("Field"), _("Old value"), _("New value"), _("From where"),
        _("Save no."),
    )  # fmt: skip
    rows = [(row.when, row.who, row.what, row.field, row.old, row.new, row.origin, row.save) for row in history.rows]
    if not rows:
        return [*story, paragraph(_("Nothing of this kind happened to the record."), BODY)]
    return [*story, Spacer(1, 4), table(head, rows, [room * part for part in _PARTS], words=len(head))]
