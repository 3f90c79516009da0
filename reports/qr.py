"""QR codes as PDF drawing operations, made fast: rows are put together from pieces that are written only once."""

from __future__ import annotations

import re
from functools import lru_cache

import zxingcpp

QUIET = 2
"""Modules of white around the code; the paper around it gives the rest of the four that readers want."""
_PIECE = 10
"""Modules in a piece of a row: some thousand different pieces, so that nearly every row is only looked up."""
_STEP = 0.98
"""Rows are this far apart when each is 1 high."""
_NEXT_ROW = f"f 1 0 0 1 0 -{_STEP} cm"
_DARK = re.compile(rb"\x00+")


def qr_path(text: str, x: float, y: float, side: float) -> str:
    """PDF drawing operations for a square of `side` points at the bottom left corner `x`, `y` (error level M).

    A run of dark modules is one rectangle (two where a piece ends). Rows overlap by a hair, so that no viewer shows
    light between them.
    """
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    picture = code.to_image(scale=1, add_quiet_zones=False)
    count: int = picture.shape[0]
    modules = memoryview(picture).tobytes()  # type: ignore[arg-type]
    scale = side / (count + 2 * QUIET)
    top = y + (count + QUIET - 1) * scale
    parts = [f"q {scale:.4f} 0 0 {scale / _STEP:.4f} {x + QUIET * scale:.3f} {top:.3f} cm"]
    for row in range(0, count * count, count):
        for column in range(0, count, _PIECE):
            start = row + column
            parts.append(_rectangles(modules[start : min(start + _PIECE, row + count)], column))
        parts.append(_NEXT_ROW)
    parts.append("Q")
    return "\n".join(parts)


@lru_cache(maxsize=16_384)
def _rectangles(piece: bytes, column: int) -> str:
    return " ".join(f"{column + run.start()} 0 {run.end() - run.start()} 1 re" for run in _DARK.finditer(piece))
