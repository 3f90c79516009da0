"""The enrollment letter (Surat Keterangan Pendaftaran): one page that a worker takes home, or thousands in one file.

It says "telah didaftarkan". Only an enrolment with a card number (KPJ) and a first payment makes a participant, so
only then, and only while its months last, does the letter say "peserta aktif".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache, partial
from io import BytesIO
from itertools import chain
from typing import BinaryIO

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from models.language import N_, translate_count
from models.language import translate as _
from models.papers.enrollment_letter import EnrollmentLetter
from models.papers.letterhead import Signatory
from models.people.worker import Segment
from models.schemes.scheme import Programme
from models.values import formats, rupiah
from models.values.months import Period
from reports import fonts
from reports.canvas import PaperCanvas
from reports.fonts import clean
from reports.frame import (
    HAND_FILLED,
    PageFrame,
    PageSize,
    draw_foot,
    draw_letterhead,
    draw_sample_mark,
    letterhead_height,
    signature_lines,
)
from reports.sheet import Block, Code, Column, Page, Run, SheetWriter, pages

TITLE = N_("STATEMENT OF ENROLLMENT")
_SIZES = (11.0, 10.5, 10.0, 9.5, 9.0)
"""Tried in this order until the letter fits on one page."""
_SEVERAL_PAGES_SIZE = 10.5
_CODE_SIDE = 27 * mm


def enrollment_letter(letter: EnrollmentLetter, page: PageSize = PageSize.A4) -> bytes:
    """One letter as a PDF file."""
    out = BytesIO()
    enrollment_letters([letter], out, page=page)
    return out.getvalue()


def enrollment_letters(
    letters: Iterable[EnrollmentLetter],
    out: BinaryIO,
    progress: Callable[[int], None] | None = None,
    page: PageSize = PageSize.A4,
) -> int:
    """Writes the letters one after the other into one PDF file and returns its number of pages.

    Each letter is asked for, written and forgotten, so `letters` may be a generator over any number of them.
    `progress` is called with the count of letters after each one and may raise to cancel. Raises ValueError when
    there is no letter at all: a PDF file without a page is none.
    """
    waiting = iter(letters)
    first = next(waiting, None)
    if first is None:
        raise ValueError("no letter to print")
    frame = PageFrame(page)
    form = _Form(frame)
    canvas = PaperCanvas(out, frame.points, _(TITLE), first.letterhead.office, first.dated_on)
    writer = SheetWriter(canvas)
    page_count = 0
    for count, letter in enumerate(chain([first], waiting), 1):
        sheets = form.pages(letter)
        for number, sheet in enumerate(sheets, 1):
            numbers = (number, len(sheets))
            background = (letter.letterhead, letter.is_sample, numbers)
            writer.draw(sheet, background, partial(_draw_background, letter, frame, numbers))
        page_count += len(sheets)
        if progress is not None:
            progress(count)
    canvas.save()
    return page_count


class _Form:
    """The letter laid out on a page; sections that a batch's letters have in common are laid out once."""

    def __init__(self, frame: PageFrame) -> None:
        self._frame = frame
        self._own = partial(_laid_out, frame)
        self._shared = lru_cache(maxsize=64)(self._own)

    def pages(self, letter: EnrollmentLetter) -> tuple[Page, ...]:
        """One page, at the largest size of text that fits; several, easy to read, if not even the smallest does."""
        frame = self._frame
        first_top = frame.edge_top - letterhead_height(letter.letterhead, frame)
        for size in _SIZES:
            blocks = self._blocks(letter, size)
            if sum([block.height for block in blocks]) <= first_top - frame.bottom:
                break
        else:
            blocks = self._blocks(letter, _SEVERAL_PAGES_SIZE)
        return pages(blocks, first_top, frame.edge_top - 10, frame.bottom)

    def _blocks(self, letter: EnrollmentLetter, size: float) -> list[Block]:
        own, shared = self._own, self._shared
        cover = (letter.scheme, letter.segment, letter.programmes, letter.period, letter.payer)
        money = (letter.contribution, letter.monthly, letter.period.month_count)
        signed = (letter.letterhead.place, letter.signatory, letter.dated_on)
        return [
            *shared(size, _title),
            *own(size, _number, letter.number),
            *shared(size, _signer, letter.signatory),
            *own(size, _worker, letter),
            *own(size, _statement, letter),
            *shared(size, _cover, *cover),
            *shared(size, _money, *money),
            *(own(size, _confirmation, letter) if letter.is_confirmed else shared(size, _condition)),
            *(shared(size, _legal_basis, letter.legal_basis) if letter.legal_basis else ()),
            *shared(size, _signature, *signed),
            Block(0, codes=[Code(self._frame.left, 0, _CODE_SIDE, _code_text(letter))], keeps_next=bool(letter.cc)),
            *(shared(size, _copies, letter.cc) if letter.cc else ()),
        ]


def _laid_out(frame: PageFrame, size: float, section: Callable[..., None], *facts: object) -> tuple[Block, ...]:
    column = Column(frame, size)
    section(column, *facts)
    return tuple(column.blocks)


def _title(column: Column) -> None:
    column.gap(1.0)
    column.centred(_(TITLE), face=fonts.BOLD, larger=2, underlined=True)


def _number(column: Column, number: str) -> None:
    column.centred(clean(_("Number: {number}").format(number=number.strip() or HAND_FILLED)), is_own=True)


def _signer(column: Column, signatory: Signatory) -> None:
    column.gap(0.8)
    column.paragraph(_("The undersigned:"), keeps_next=True)
    column.row(_("Name"), clean(signatory.name) or HAND_FILLED)
    column.row(_("Position"), clean(signatory.title) or HAND_FILLED)
    column.gap(0.4)
    column.paragraph(_("states that:"), keeps_next=True)


def _worker(column: Column, letter: EnrollmentLetter) -> None:
    born = f"{letter.birth_place}, {formats.date_long(letter.born_on)}".removeprefix(", ")
    address = [
        letter.address,
        _("Nagari {name}").format(name=letter.nagari) if letter.nagari else "",
        _("Kecamatan {name}").format(name=letter.kecamatan) if letter.kecamatan else "",
    ]
    column.row(_("Full name"), clean(letter.full_name), face=fonts.BOLD, is_own=True)
    column.row(_("NIK"), clean(letter.nik), is_own=True)
    column.row(_("Place and date of birth"), clean(born), is_own=True)
    column.row(_("Sex"), _(letter.sex.label), is_own=True)
    column.row(_("Occupation"), clean(letter.occupation) or formats.NOTHING, is_own=True)
    column.row(_("Address"), clean(", ".join(part for part in address if part)) or formats.NOTHING, is_own=True)


def _statement(column: Column, letter: EnrollmentLetter) -> None:
    """The one sentence that must never promise more than BPJS has confirmed."""
    if letter.is_confirmed and letter.is_over:
        text = _(
            "was a participant of the labour social security programme of BPJS Ketenagakerjaan for a protection period "
            "that has ended, as follows:"
        )
    elif letter.is_active:
        text = _(
            "is an active participant of the labour social security programme of BPJS Ketenagakerjaan, as follows:"
        )
    elif letter.registered_on is None:
        text = _("has been registered in the labour social security programme of BPJS Ketenagakerjaan, as follows:")
    else:
        text = _(
            "has been registered on {date} in the labour social security programme of BPJS Ketenagakerjaan, "
            "as follows:"
        ).format(date=formats.date_long(letter.registered_on))
    column.gap(0.4)
    column.paragraph(text, keeps_next=True, is_own=True)


def _cover(
    column: Column, scheme: str, segment: Segment, programmes: tuple[Programme, ...], period: Period, payer: str
) -> None:
    months = period.month_count
    months_text = translate_count("{count} month", "{count} months", months).format(count=formats.number(months))
    column.row(_("Scheme"), clean(scheme), is_own=True)
    column.row(_("Membership segment"), _(segment.label), is_own=True)
    column.row(_("Programmes"), "; ".join(_(programme.label) for programme in programmes), is_own=True)
    column.row(_("Protection period"), clean(f"{formats.period_text(period)} ({months_text})"), is_own=True)
    column.row(_("Paid by"), clean(payer), is_own=True)


def _money(column: Column, total: int, monthly: int | None, months: int) -> None:
    """The whole sum in figures and words and, where every month costs the same, how it comes about."""
    text = f"{rupiah.format_rupiah(total)} ({rupiah.spell_rupiah(total)})"
    column.row(_("Contribution"), text, is_own=True)
    if monthly is not None and months > 1:
        each = _("{months} months at {amount} a month").format(months=months, amount=rupiah.format_rupiah(monthly))
        column.row("", each, is_own=True)


def _confirmation(column: Column, letter: EnrollmentLetter) -> None:
    column.row(_("Participant number (KPJ)"), clean(letter.kpj), face=fonts.BOLD, is_own=True)
    if letter.paid_on is not None:
        column.row(_("First payment on"), formats.date_long(letter.paid_on), is_own=True)


def _condition(column: Column) -> None:
    column.gap(0.4)
    column.paragraph(
        _(
            "This letter states the enrollment. The protection takes effect once BPJS Ketenagakerjaan has issued "
            "the participant number (KPJ) and the first contribution has been paid."
        )
    )


def _legal_basis(column: Column, lines: tuple[str, ...]) -> None:
    column.gap(0.4)
    column.paragraph(_("Legal basis:"), keeps_next=True)
    column.numbered([clean(line) for line in lines])


def _signature(column: Column, place: str, signatory: Signatory, day: date) -> None:
    """Closing words, then the signature on the right, with room on the left for the QR code and what it holds."""
    column.gap(0.4)
    column.paragraph(_("This statement is made to be used as needed."), keeps_next=True)
    size, leading = column.size, column.leading
    room = column.room * 0.52
    middle = column.left + column.room - room / 2
    block = Block(leading * 0.8, keeps_next=True)
    for line in signature_lines(place, signatory, day):
        face = fonts.BOLD if line.is_bold else fonts.REGULAR
        block.height += line.gap
        for text in fonts.balanced(line.text, face, size, room):
            block.height += leading
            x = middle - fonts.width(text, face, size) / 2
            block.runs.append(Run(x, block.height - 3, face, size, text, False))
    block.height = max(block.height, _CODE_SIDE + leading * 0.8)
    caption = _("Holds the number, name, last 4 digits of the NIK, date, office and enrollment id of this letter.")
    lines = fonts.wrap(caption, fonts.REGULAR, 6.5, column.room - room - _CODE_SIDE - 4 * mm)
    for index, text in enumerate(reversed(lines)):
        x = column.left + _CODE_SIDE + 1 * mm
        block.runs.append(Run(x, block.height - 5 - 8 * index, fonts.REGULAR, 6.5, text, False))
    column.blocks.append(block)


def _copies(column: Column, lines: tuple[str, ...]) -> None:
    column.gap(0.6, keeps_next=True)
    column.paragraph(_("Copies to:"), smaller=1.5, keeps_next=True)
    column.numbered([clean(line) for line in lines], smaller=1.5, keeps_together=True)


def _code_text(letter: EnrollmentLetter) -> str:
    """What a phone reads from the letter; enough to find the enrolment, not enough to copy an identity."""
    number = letter.number.strip() or "-"
    name, office = letter.full_name[:100], letter.letterhead.office[:100]
    return f"{number}\n{name}\nNIK ...{letter.nik[-4:]}\n{letter.dated_on.isoformat()}\n{office}\n{letter.uid}"


def _draw_background(letter: EnrollmentLetter, frame: PageFrame, numbers: tuple[int, int], canvas: Canvas) -> None:
    if letter.is_sample:
        draw_sample_mark(canvas, frame)
    if numbers[0] == 1:
        draw_letterhead(canvas, letter.letterhead, frame)
    if numbers[1] > 1:
        draw_foot(canvas, frame, letter.letterhead.office, *numbers)
