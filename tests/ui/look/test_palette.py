"""Whether everything can be told apart."""

from __future__ import annotations

import pytest

from ui.look.palette import BORDER_PAIRS, CONTRAST, DARK, LIGHT, TEXT_PAIRS, Palette, contrast

PALETTES = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}


def test_black_on_white_is_the_greatest_contrast() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#8a93a1", "#8a93a1") == 1


@pytest.mark.parametrize("name", PALETTES)
@pytest.mark.parametrize("pair", TEXT_PAIRS, ids="-on-".join)
def test_every_text_can_be_read(name: str, pair: tuple[str, str]) -> None:
    assert ratio(PALETTES[name], pair) >= 4.5


@pytest.mark.parametrize("name", PALETTES)
@pytest.mark.parametrize("pair", BORDER_PAIRS, ids="-on-".join)
def test_every_frame_can_be_seen(name: str, pair: tuple[str, str]) -> None:
    assert ratio(PALETTES[name], pair) >= 3


@pytest.mark.parametrize("pair", TEXT_PAIRS, ids="-on-".join)
def test_high_contrast_is_higher(pair: tuple[str, str]) -> None:
    assert ratio(CONTRAST, pair) >= 7


def ratio(palette: Palette, pair: tuple[str, str]) -> float:
    front, back = (getattr(palette, role) for role in pair)
    return contrast(front, back)
