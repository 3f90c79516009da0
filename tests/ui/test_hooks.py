"""Parts that are imported only when they are needed."""

from __future__ import annotations

from pathlib import Path

import pytest

from ui import hooks
from ui.places import PAGES, Place


def test_what_is_there_is_found_and_what_is_not_is_none() -> None:
    assert hooks.find("ui.places:Place") is Place
    assert hooks.find("ui.places_of_tomorrow:Place") is None
    assert hooks.find("ui.tomorrow.page:Page") is None


def test_a_broken_part_is_a_bug_and_not_a_missing_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "broken_part").mkdir()
    (tmp_path / "broken_part" / "page.py").write_text("import no_such_module_at_all\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModuleNotFoundError):
        hooks.find("broken_part.page:Page")


@pytest.mark.parametrize("place", Place)
def test_every_place_has_its_page(place: Place) -> None:
    assert hooks.find(PAGES[place]) is not None
