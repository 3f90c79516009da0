"""The list of a restore (Daftar Perubahan): what it loses, brings back, or saved from a damaged file."""

from __future__ import annotations

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from models.language import N_
from models.language import translate as _
from models.papers.change_list import ChangeList, ChangeSection
from models.values import formats
from reports.frame import PageFrame, PageSize
from reports.story import Cover, story_paper
from reports.styles import BODY, HEADING, TITLE, paragraph, table

NAME = N_("List of changes for a restore")
HEADS = (N_("When"), N_("Who"), N_("What"), N_("Name"), N_("NIK"), N_("Fields"))
"""English message ids of the columns, on the screen and on paper."""
_PARTS = (0.12, 0.13, 0.23, 0.2, 0.14, 0.18)
_ROWS_OF_A_TABLE = 30
"""A long table takes the longer the longer it is, so it is cut into short ones."""


def change_list(listed: ChangeList, page: PageSize = PageSize.A4) -> bytes:
    """The list as a PDF file, lying pages; the foot of each says who made it, when, and how many rows it has."""
    frame = PageFrame(page, is_landscape=True, left=15 * mm, right=15 * mm, bottom=16 * mm)
    foot = _("Printed by {who} on {day} at {time}; {rows} rows. NIK and other protected values are masked.")
    cover = Cover(
        title=_(NAME),
        letterhead=listed.letterhead,
        source=foot.format(
            who=listed.printed_by,
            day=formats.date_long(listed.printed_at.date()),
            time=f"{listed.printed_at:%H.%M}",
            rows=formats.number(listed.row_count),
        ),
        dated_on=listed.printed_at.date(),
        is_sample=listed.is_sample,
    )
    story: list[Flowable] = [paragraph(_(NAME).upper(), TITLE), Spacer(1, 4)]
    story += [paragraph(sentence, BODY) for sentence in listed.about]
    for section in listed.sections:
        story += _section(section, frame.room)
    return story_paper(cover, story, frame)


def _section(section: ChangeSection, room: float) -> list[Flowable]:
    parts: list[Flowable] = [paragraph(section.title, HEADING), paragraph(section.sentence, BODY), Spacer(1, 4)]
    widths = [room * part for part in _PARTS]
    head = tuple(_(word) for word in HEADS)
    for first in range(0, len(section.rows), _ROWS_OF_A_TABLE):
        rows = [row.cells for row in section.rows[first : first + _ROWS_OF_A_TABLE]]
        parts += [table(head, rows, widths, words=len(head)), Spacer(1, 4)]
    return parts
