"""Papers of running text and tables: the shared page frame around a list of flowables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, NextPageTemplate, PageTemplate

from models.papers.letterhead import Letterhead
from reports.canvas import PROGRAM, NumberedCanvas
from reports.frame import PageFrame, draw_foot, draw_letterhead, draw_sample_mark, letterhead_height


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """What a paper says around its content."""

    title: str
    """Of the file, as a viewer's title bar shows it."""
    letterhead: Letterhead
    source: str
    """At the foot of each page: which data, of which day."""
    dated_on: date
    note: str = ""
    """A further small line below the foot."""
    is_sample: bool = False


def story_paper(cover: Cover, story: Sequence[Flowable], frame: PageFrame) -> bytes:
    """The flowables on as many pages as they need: letterhead on the first, numbered foot on all."""
    out = BytesIO()
    head_room = letterhead_height(cover.letterhead, frame) + 6
    named = {"title": cover.title, "subject": cover.title, "author": cover.letterhead.office, "creator": PROGRAM}
    document = BaseDocTemplate(out, pagesize=frame.points, producer=PROGRAM, **named)
    document.addPageTemplates(
        [
            PageTemplate("first", [_body(frame, head_room)], onPage=partial(_draw_page, cover, frame, True)),
            PageTemplate("next", [_body(frame, 4)], onPage=partial(_draw_page, cover, frame, False)),
        ]
    )
    document.build([NextPageTemplate("next"), *story], canvasmaker=partial(_canvas, cover, frame))
    return out.getvalue()


def _body(frame: PageFrame, head_room: float) -> Frame:
    height = frame.edge_top - head_room - frame.bottom
    return Frame(
        frame.left, frame.bottom, frame.room, height, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0
    )


def _draw_page(cover: Cover, frame: PageFrame, is_first: bool, canvas: Canvas, _document: BaseDocTemplate) -> None:
    if cover.is_sample:
        draw_sample_mark(canvas, frame)
    if is_first:
        draw_letterhead(canvas, cover.letterhead, frame)


def _canvas(cover: Cover, frame: PageFrame, out: BytesIO, **_choices: object) -> NumberedCanvas:
    def foot(canvas: Canvas, number: int, total: int) -> None:
        draw_foot(canvas, frame, cover.source, number, total, cover.note)

    return NumberedCanvas(out, frame.points, cover.title, cover.letterhead.office, cover.dated_on, foot)
