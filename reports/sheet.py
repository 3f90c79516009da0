"""Drawn forms: text laid out in blocks, the part that every copy shares written into the file only once.

A sheet is fast because a block is plain numbers and strings, and because all runs that are not the copy's own go
into one form XObject, which the next copy with the same words at the same places uses again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from reportlab.pdfgen.canvas import Canvas

from reports import fonts
from reports.canvas import PaperCanvas
from reports.frame import PageFrame
from reports.qr import qr_path


class Run(NamedTuple):
    """A line of cleaned text in one face."""

    x: float
    y: float
    """In a block: down from its top. On a page: up from its bottom."""
    face: str
    size: float
    text: str
    is_own: bool
    """Differs from copy to copy."""


class Rule(NamedTuple):
    """A thin horizontal line; `y` as in `Run`."""

    x: float
    y: float
    length: float


class Code(NamedTuple):
    """A square QR code; `y` is its lower edge, as in `Run`."""

    x: float
    y: float
    side: float
    text: str


@dataclass(slots=True)
class Block:
    """Lines that stand together on one page."""

    height: float
    runs: list[Run] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    codes: list[Code] = field(default_factory=list)
    keeps_next: bool = False
    """The next block stands on the same page, for instance the signature below the closing words."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a copy, everything at its place."""

    runs: Sequence[Run]
    rules: Sequence[Rule]
    codes: Sequence[Code]


class Column:
    """Builds blocks from top to bottom at one text size, between the margins of a frame."""

    def __init__(self, frame: PageFrame, size: float, leading: float = 1.28) -> None:
        self.blocks: list[Block] = []
        self.left = frame.left
        self.room = frame.room
        self.size = size
        self.leading = size * leading

    @property
    def height(self) -> float:
        return sum(block.height for block in self.blocks)

    def gap(self, lines: float, *, keeps_next: bool = False) -> None:
        """Empty room of so many lines; left out at the top of a page."""
        self.blocks.append(Block(self.leading * lines, keeps_next=keeps_next))

    def centred(self, text: str, *, face: str = fonts.REGULAR, larger: float = 0, underlined: bool = False,
                is_own: bool = False) -> None:  # fmt: skip
        """Lines in the middle of the page; underlined as a title is."""
        size = self.size + larger
        block = Block(0, keeps_next=True)
        for line in fonts.balanced(text, face, size, self.room):
            block.height += self.leading + larger
            wide = fonts.width(line, face, size)
            x = self.left + (self.room - wide) / 2
            block.runs.append(Run(x, block.height - 3, face, size, line, is_own))
            if underlined:
                block.rules.append(Rule(x, block.height - 0.6, wide))
        self.blocks.append(block)

    def paragraph(self, text: str, *, indent: float = 0, smaller: float = 0, is_own: bool = False,
                  keeps_next: bool = False, face: str = fonts.REGULAR) -> None:  # fmt: skip
        """Lines as wide as the room."""
        size, leading = self.size - smaller, self.leading * (1 - smaller / self.size)
        block = Block(0, keeps_next=keeps_next)
        for line in fonts.wrap(text, face, size, self.room - indent):
            block.height += leading
            block.runs.append(Run(self.left + indent, block.height - 3, face, size, line, is_own))
        self.blocks.append(block)

    def row(self, label: str, value: str, *, face: str = fonts.REGULAR, is_own: bool = False) -> None:
        """Label, colon and value in columns that line up down the page; what is too wide wraps below itself."""
        size, leading = self.size, self.leading
        label_room = size * 11.5
        block = Block(0)
        down = 0.0
        for line in fonts.wrap(label, fonts.REGULAR, size, label_room) if label else ():
            down += leading
            block.runs.append(Run(self.left + size, down - 3, fonts.REGULAR, size, line, False))
        colon_x = self.left + size + label_room
        if label:
            block.runs.append(Run(colon_x, leading - 3, fonts.REGULAR, size, ":", False))
        value_x = colon_x + size * 0.8
        for line in fonts.wrap(value, face, size, self.left + self.room - value_x):
            block.height += leading
            block.runs.append(Run(value_x, block.height - 3, face, size, line, is_own))
        block.height = max(block.height, down)
        self.blocks.append(block)

    def numbered(self, texts: Sequence[str], *, smaller: float = 0, keeps_together: bool = False) -> None:
        """A list with numbers, each entry as many lines as it needs."""
        size, leading = self.size - smaller, self.leading * (1 - smaller / self.size)
        indent = fonts.width("00. ", fonts.REGULAR, size)
        for number, text in enumerate(texts, 1):
            block = Block(0, [Run(self.left, leading - 3, fonts.REGULAR, size, f"{number}.", False)])
            block.keeps_next = keeps_together and number < len(texts)
            for line in fonts.wrap(text, fonts.REGULAR, size, self.room - indent):
                block.height += leading
                block.runs.append(Run(self.left + indent, block.height - 3, fonts.REGULAR, size, line, False))
            self.blocks.append(block)


def pages(blocks: Sequence[Block], first_top: float, next_top: float, bottom: float) -> tuple[Page, ...]:
    """Places blocks on as many pages as they need, never parting a block from the one it keeps with it."""
    placed: list[Page] = []
    runs: list[Run] = []
    rules: list[Rule] = []
    codes: list[Code] = []
    y = top = first_top
    for index, block in enumerate(blocks):
        if y - _height_together(blocks, index) < bottom and y < top:
            placed.append(Page(runs, rules, codes))
            runs, rules, codes = [], [], []
            y = top = next_top
        if y == top and not (block.runs or block.codes) and placed:
            continue
        runs += [Run(x, y - down, face, size, text, own) for x, down, face, size, text, own in block.runs]
        rules += [Rule(x, y - down, length) for x, down, length in block.rules]
        codes += [Code(x, y - down, side, text) for x, down, side, text in block.codes]
        y -= block.height
    return (*placed, Page(runs, rules, codes))


class SheetWriter:
    """Draws pages on a canvas, sharing what they have in common."""

    def __init__(self, canvas: PaperCanvas) -> None:
        self._canvas = canvas
        self._forms: dict[object, str] = {}

    def draw(self, page: Page, background: object, draw_background: Callable[[Canvas], None]) -> None:
        """Draws and finishes one page. `background` is the hashable name of what `draw_background` draws."""
        shared = tuple([run for run in page.runs if not run.is_own])
        key = (background, shared, tuple(page.rules))
        name = self._forms.get(key)
        if name is None:
            name = self._forms[key] = self._make_form(shared, page.rules, draw_background)
        canvas = self._canvas
        canvas.doForm(name)
        canvas.draw_lines([run[:5] for run in page.runs if run.is_own])
        for code in page.codes:
            canvas.addLiteral(qr_path(code.text, code.x, code.y, code.side))
        canvas.showPage()

    def _make_form(
        self, runs: Sequence[Run], rules: Sequence[Rule], draw_background: Callable[[Canvas], None]
    ) -> str:
        name = f"sheet{len(self._forms)}"
        canvas = self._canvas
        canvas.beginForm(name)
        draw_background(canvas)
        canvas.setLineWidth(0.8)
        for rule in rules:
            canvas.line(rule.x, rule.y, rule.x + rule.length, rule.y)
        canvas.draw_lines(run[:5] for run in runs)
        canvas.endForm()
        return name


def _height_together(blocks: Sequence[Block], index: int) -> float:
    height = blocks[index].height
    while blocks[index].keeps_next and index + 1 < len(blocks):
        index += 1
        height += blocks[index].height
    return height
