"""The recovery sheet: the key of the register on one page, to be read and typed by a person under pressure."""

from __future__ import annotations

from functools import partial
from io import BytesIO

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from models.language import N_
from models.language import translate as _
from models.offices.recovery import grouped
from models.papers.recovery_sheet import RecoverySheet
from models.values import formats
from reports import fonts
from reports.canvas import PaperCanvas
from reports.fonts import clean
from reports.frame import HAND_FILLED, PageFrame, PageSize, draw_letterhead, draw_sample_mark, letterhead_height
from reports.sheet import Block, Code, Column, Page, Rule, Run, SheetWriter, pages

TITLE = N_("RECOVERY SHEET OF THE REGISTER")
_SIZES = (10.5, 10.0, 9.5, 9.0)
"""Tried in this order until all stands on one page."""
_CODE = 21
"""Size of the code's letters."""
_QR_SIDE = 38 * mm


def recovery_sheet(sheet: RecoverySheet, page: PageSize = PageSize.A4) -> bytes:
    """The sheet as a PDF file of one page."""
    frame = PageFrame(page)
    out = BytesIO()
    canvas = PaperCanvas(out, frame.points, _(TITLE), sheet.letterhead.office, sheet.made_on)
    SheetWriter(canvas).draw(_laid_out(sheet, frame), sheet.letterhead, partial(_draw_background, sheet, frame))
    canvas.save()
    return out.getvalue()


def _laid_out(sheet: RecoverySheet, frame: PageFrame) -> Page:
    top = frame.edge_top - letterhead_height(sheet.letterhead, frame)
    for size in _SIZES:
        column = Column(frame, size)
        _write(column, sheet)
        if column.height <= top - frame.bottom:
            break
    return pages(column.blocks, top, top, 0)[0]


def _write(column: Column, sheet: RecoverySheet) -> None:
    column.gap(0.8)
    column.centred(_(TITLE), face=fonts.BOLD, larger=2.5, underlined=True)
    column.gap(0.6)
    column.paragraph(
        _(
            "This sheet opens the office's register when the passphrase was forgotten, or when nobody who knows it is "
            "there. Without passphrase and without this sheet nobody can read the register, not even its makers. "
            "Whoever holds this sheet and the file can read every record."
        )
    )
    column.gap(0.4)
    column.row(_("Office"), clean(sheet.letterhead.office), face=fonts.BOLD)
    column.row(_("File"), clean(sheet.file), face=fonts.BOLD)
    column.row(_("Number of this sheet"), sheet.number, face=fonts.BOLD)
    column.row(_("Made on"), formats.date_long(sheet.made_on))
    column.row(_("Made by"), clean(sheet.made_by) or HAND_FILLED)
    column.gap(0.6)
    _heading(column, _("Recovery code"))
    _code(column, sheet)
    column.paragraph(
        _("There is no letter O, I, L or U in it: what looks like one is the number 0 or 1."), smaller=1.5
    )
    column.gap(0.6)
    _heading(column, _("Where to keep it"))
    column.paragraph(
        _(
            "In the safe or the locked cupboard of the office, in a closed envelope that is signed across the seal; "
            "never beside the computer, in a bag with it, on a stick, as a photo, or in a message. A second sheet may "
            "lie at another place of the government."
        )
    )
    column.gap(0.6)
    _heading(column, _("How to use it"))
    column.numbered([
        _("Start Cakupan. Where it asks for the passphrase, choose \"Use the recovery sheet\"."),
        _("Type the four lines as they stand above. Blanks and capitals do not matter; a line with a slip is named."),
        _("The register opens. Choose a new passphrase at once, as the program proposes."),
        _("Print the new sheet and put it into the envelope. This one opens the register no longer."),
        _("This sheet still opens the backups from its time. Keep it as long as they are kept, then tear it up."),
    ])  # fmt: skip
    column.gap(0.8)
    column.row(_("Tested on"), HAND_FILLED)
    column.gap(0.3)
    column.row(_("Kept by, at"), HAND_FILLED)


def _heading(column: Column, text: str) -> None:
    column.paragraph(text, face=fonts.BOLD, keeps_next=True)


def _code(column: Column, sheet: RecoverySheet) -> None:
    """Four numbered lines whose groups stand below one another, and the same for a scanner on the right."""
    leading = _CODE * 1.62
    groups = [grouped(line).split() for line in sheet.lines]
    step = max(fonts.width(group, fonts.BOLD, _CODE) for line in groups for group in line) + _CODE * 0.62
    height = max(leading * len(groups), _QR_SIDE) + 6
    block = Block(height)
    down = (height - leading * len(groups)) / 2
    for number, line in enumerate(groups, 1):
        down += leading
        base = down - leading * 0.28
        block.runs.append(Run(column.left, base, fonts.REGULAR, column.size, str(number), False))
        for at, group in enumerate(line):
            x = column.left + _CODE + at * step
            block.runs.append(Run(x, base, fonts.BOLD, _CODE, group, True))
        if number < len(groups):
            block.rules.append(Rule(column.left, down + 1, _CODE + 4 * step - _CODE * 0.4))
    x = column.left + column.room - _QR_SIDE
    block.codes.append(Code(x, (height + _QR_SIDE) / 2, _QR_SIDE, "\n".join(sheet.lines)))
    column.blocks.append(block)


def _draw_background(sheet: RecoverySheet, frame: PageFrame, canvas: Canvas) -> None:
    if sheet.is_sample:
        draw_sample_mark(canvas, frame)
    draw_letterhead(canvas, sheet.letterhead, frame)
