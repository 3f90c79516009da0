"""A letter of reminder: one page that a supervisor signs, with the figures and as many names as it has room for."""

from __future__ import annotations

from reportlab.lib.enums import TA_JUSTIFY, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer, Table

from models.language import N_
from models.language import translate as _
from models.papers.obligation_reminder import (
    ObligationReminder,
    Reminded,
    addressee,
    facts,
    opening,
    people_words,
    request,
    subject,
)
from models.values import formats
from reports import fonts
from reports.frame import PageFrame, PageSize, letterhead_height, signature_lines
from reports.story import Cover, story_paper
from reports.styles import BODY, LINE, SHADE, SIGNATURE, SIGNATURE_NAME, SMALL, paragraph

NAME = N_("Letter of reminder")
_TEXT = ParagraphStyle("letter", BODY, fontSize=10.5, leading=14)
_RUNNING = ParagraphStyle("letter running", _TEXT, alignment=TA_JUSTIFY)
_DAY = ParagraphStyle("letter day", _TEXT, alignment=TA_RIGHT)
_FACT = ParagraphStyle("letter figure", _TEXT, fontName=fonts.BOLD)
_SIZE, _HEIGHT, _PADDING = 8.5, 12.0, 4
_AROUND = 6 * mm
"""Around the names and their title, with something to spare."""
_HEAD_ROOM = 6
"""As `story_paper` leaves below the letterhead."""


def obligation_reminder(letter: ObligationReminder, page: PageSize = PageSize.A4) -> bytes:
    """The letter as a PDF file of one page; its foot says who printed it and when."""
    frame = PageFrame(page)
    before, after, rows = _laid_out(letter, frame)
    shown = _fitting(letter, rows)
    cover = Cover(
        title=f"{_(NAME)} {addressee(letter)}",
        letterhead=letter.letterhead,
        source=letter.printed.line(shown),
        dated_on=letter.dated_on,
        is_sample=letter.is_sample,
    )
    return story_paper(cover, [*before, *_names(letter, frame, shown, rows), *after], frame)


def names_shown(letter: ObligationReminder, page: PageSize = PageSize.A4) -> int:
    """How many names the page has room for."""
    return _fitting(letter, _laid_out(letter, PageFrame(page))[2])


def _laid_out(letter: ObligationReminder, frame: PageFrame) -> tuple[list[Flowable], list[Flowable], int]:
    """What stands before and after the names, and how many lines of names fit between them."""
    before, after = [*_head(letter, frame), *_body(letter, frame)], _close(letter, frame)
    room = frame.edge_top - letterhead_height(letter.letterhead, frame) - _HEAD_ROOM - frame.bottom
    left = room - sum(_height(one, frame.room) for one in (*before, *after)) - _AROUND
    return before, after, max(int((left - _height(_title(letter, 0), frame.room)) // _HEIGHT) - 1, 0)


def _has_payer(letter: ObligationReminder) -> bool:
    return any(one.payer for one in letter.people)


def _fitting(letter: ObligationReminder, rows: int) -> int:
    """Names on so many lines: two on a line where nothing but the name and NIK stands with them."""
    return min(len(letter.people), rows if _has_payer(letter) else 2 * rows)


def _head(letter: ObligationReminder, frame: PageFrame) -> list[Flowable]:
    """Day, number, subject, and who is written to."""
    place = letter.letterhead.place
    day = formats.date_long(letter.dated_on)
    return [
        Spacer(1, 4 * mm),
        paragraph(f"{place}, {day}" if place else day, _DAY),
        _pairs([(_("Number"), letter.number or "." * 30), (_("Subject"), subject(letter))], frame, 0.12),
        Spacer(1, 5 * mm),
        paragraph(_("To"), _TEXT),
        paragraph(addressee(letter), _FACT),
        paragraph(_("at your office"), _TEXT),
        Spacer(1, 5 * mm),
    ]


def _body(letter: ObligationReminder, frame: PageFrame) -> list[Flowable]:
    """The figures and what is asked for."""
    return [
        paragraph(_("Dear Sir or Madam,"), _TEXT),
        Spacer(1, 2 * mm),
        paragraph(opening(letter), _RUNNING),
        Spacer(1, 2 * mm),
        _pairs(list(facts(letter)), frame, 0.32, indent=6 * mm),
        Spacer(1, 2 * mm),
        paragraph(request(letter), _RUNNING),
    ]


def _close(letter: ObligationReminder, frame: PageFrame) -> list[Flowable]:
    parts: list[Flowable] = []
    for line in signature_lines("", letter.signatory, letter.dated_on)[1:]:  # the day stands above
        if line.gap:
            parts.append(Spacer(1, line.gap))
        parts.append(paragraph(line.text, SIGNATURE_NAME if line.is_bold else SIGNATURE))
    block = Table([["", parts]], colWidths=[frame.room * 0.5, frame.room * 0.5])
    return [Spacer(1, 2 * mm), paragraph(_("We thank you for your attention and help."), _RUNNING),
            Spacer(1, 7 * mm), block]  # fmt: skip


def _pairs(rows: list[tuple[str, str]], frame: PageFrame, part: float, indent: float = 0) -> Table:
    """Word, colon and what belongs to it, in columns."""
    cells = [[paragraph(word, _TEXT), paragraph(":", _TEXT), paragraph(value, _TEXT)] for word, value in rows]
    words, colon = frame.room * part, 4 * mm
    made = Table(cells, colWidths=[words, colon, frame.room - indent - words - colon], style=[
        ("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 2),
        ("TOPPADDING", (0, 0), (-1, -1), 0.5), ("BOTTOMPADDING", (0, 0), (-1, -1), 0.5),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ])  # fmt: skip
    made.hAlign = "RIGHT" if indent else "LEFT"
    return made


def _title(letter: ObligationReminder, shown: int) -> Flowable:
    return paragraph(people_words(letter, shown), SMALL)


def _names(letter: ObligationReminder, frame: PageFrame, shown: int, rows: int) -> list[Flowable]:
    """In one column, or in two where that is too long."""
    if not shown:
        return []
    people, has_payer = letter.people[:shown], _has_payer(letter)
    heads = [_("No."), _("Name"), _("NIK"), _("Nagari"), *([_("Registered by")] if has_payer else [])]
    if shown <= rows:
        parts = (0.06, 0.3, 0.2, 0.2, 0.24) if has_payer else (0.06, 0.44, 0.24, 0.26)
        names: Flowable = _table(heads, parts, people, 1, frame.room)
    else:
        middle, gap, narrow = (shown + 1) // 2, 4 * mm, (0.1, 0.56, 0.34)
        half = (frame.room - gap) / 2
        both = (
            _table(heads[:3], narrow, people[:middle], 1, half),
            _table(heads[:3], narrow, people[middle:], middle + 1, half),
        )
        names = Table([[both[0], "", both[1]]], colWidths=[half, gap, half], style=[
            ("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 0), ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ])  # fmt: skip
    return [Spacer(1, 3 * mm), _title(letter, shown), Spacer(1, 1 * mm), names]


def _table(
    heads: list[str], parts: tuple[float, ...], people: tuple[Reminded, ...], first: int, room: float
) -> Table:
    """Lines of one height; what is too long for its column is shortened."""
    fonts.register()
    widths = [room * part for part in parts]
    cells = [heads]
    for number, one in enumerate(people, first):
        texts = (formats.number(number), one.name, one.nik, one.nagari, one.payer)[: len(parts)]
        cells.append([
            fonts.shortened(fonts.clean(text), fonts.REGULAR, _SIZE, width - 2 * _PADDING)
            for text, width in zip(texts, widths, strict=True)
        ])  # fmt: skip
    return Table(cells, colWidths=widths, rowHeights=[_HEIGHT] * len(cells), style=[
        ("FONT", (0, 0), (-1, 0), fonts.BOLD, _SIZE), ("FONT", (0, 1), (-1, -1), fonts.REGULAR, _SIZE),
        ("BACKGROUND", (0, 0), (-1, 0), SHADE), ("LINEABOVE", (0, 0), (-1, 0), 0.8, LINE),
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE), ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("TOPPADDING", (0, 0), (-1, -1), 0.5), ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
        ("LEFTPADDING", (0, 0), (-1, -1), _PADDING), ("RIGHTPADDING", (0, 0), (-1, -1), _PADDING),
        ("ALIGN", (0, 1), (0, -1), "RIGHT"),
    ])  # fmt: skip


def _height(one: Flowable, room: float) -> float:
    """With the room above and below that its style asks for."""
    height: float = one.wrap(room, 10_000)[1]
    return height + float(one.getSpaceBefore()) + float(one.getSpaceAfter())
