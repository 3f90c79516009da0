"""How running text and tables look on papers; the one place where text becomes a paragraph."""

from __future__ import annotations

from collections.abc import Container, Sequence
from html import escape
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, Table

from reports import fonts

BODY = ParagraphStyle("body", fontName=fonts.REGULAR, fontSize=9.5, leading=12.5)
SMALL = ParagraphStyle("small", BODY, fontSize=8, leading=10.5, textColor=HexColor("#444444"))
TITLE = ParagraphStyle("title", BODY, fontName=fonts.BOLD, fontSize=12.5, leading=15.5, alignment=TA_CENTER)
SUBTITLE = ParagraphStyle("subtitle", BODY, fontSize=10, leading=13, alignment=TA_CENTER, spaceAfter=5)
HEADING = ParagraphStyle(
    "heading", BODY, fontName=fonts.BOLD, fontSize=10, leading=13, spaceBefore=6, spaceAfter=2.5, keepWithNext=1
)
SIGNATURE = ParagraphStyle("signature", BODY, fontSize=10, leading=12.8, alignment=TA_CENTER)
SIGNATURE_NAME = ParagraphStyle("signature name", SIGNATURE, fontName=fonts.BOLD)
FIGURE = ParagraphStyle("figure", BODY, fontName=fonts.BOLD, fontSize=17, leading=21, alignment=TA_CENTER)
FIGURE_WORDS = ParagraphStyle("figure words", SMALL, alignment=TA_CENTER)
CELL = ParagraphStyle("cell", BODY, fontSize=8.5, leading=10.5)
CELL_RIGHT = ParagraphStyle("cell right", CELL, alignment=TA_RIGHT)
CELL_BOLD = ParagraphStyle("cell bold", CELL, fontName=fonts.BOLD)
CELL_BOLD_RIGHT = ParagraphStyle("cell bold right", CELL_BOLD, alignment=TA_RIGHT)
CELL_HEAD = ParagraphStyle("cell head", CELL_BOLD, alignment=TA_CENTER)

LINE = HexColor("#9aa3ab")
SHADE = HexColor("#e8edf1")


def paragraph(text: str, style: ParagraphStyle = BODY) -> Paragraph:
    """The text as it is: cleaned for the font, with no sign read as markup."""
    fonts.register()
    return Paragraph(escape(fonts.clean(text), quote=False), style)


def table(
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    *,
    words: int = 1,
    notes: int = 0,
    has_total: bool = False,
    sums: Container[int] = (),
) -> Table:
    """A ruled table; the first `words` and last `notes` columns are words, the others figures; the head repeats.

    `sums` are places of rows that stand out like a total.
    """
    cells = [[paragraph(text, CELL_HEAD) for text in head]]
    for index, row in enumerate(rows):
        is_total = (has_total and index == len(rows) - 1) or index in sums
        left, right = (CELL_BOLD, CELL_BOLD_RIGHT) if is_total else (CELL, CELL_RIGHT)
        figures = range(words, len(row) - notes)
        cells.append([paragraph(text, right if column in figures else left) for column, text in enumerate(row)])
    commands: list[tuple[Any, ...]] = [
        ("BACKGROUND", (0, 0), (-1, 0), SHADE),
        ("LINEABOVE", (0, 0), (-1, 0), 0.8, LINE),
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE),
        ("LINEBELOW", (0, -1), (-1, -1), 0.8, LINE),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("TOPPADDING", (0, 0), (-1, -1), 1.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
        ("LEFTPADDING", (0, 0), (-1, -1), 4),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
    ]
    if has_total:
        commands.append(("LINEABOVE", (0, -1), (-1, -1), 0.8, LINE))
    return Table(cells, colWidths=list(widths), style=commands, repeatRows=1)
