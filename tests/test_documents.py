"""README and ARCHITECTURE tell the truth about what is in the tree."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = ("README.md", "ARCHITECTURE.md", "CHANGELOG.md", "resources/licences/NOTICES.md")


def test_architecture_has_a_line_for_every_folder_of_code_and_for_no_other() -> None:
    named = set(re.findall(r"^\| `([\w./]+)/` \|", (ROOT / "ARCHITECTURE.md").read_text("utf-8"), re.MULTILINE))
    code = {
        path.parent.relative_to(ROOT).as_posix()
        for layer in ("models", "reports", "ui")
        for path in (ROOT / layer).rglob("*.py")
    }
    assert sorted(named) == sorted(code | {"resources", "tests", ".ci"})


@pytest.mark.parametrize("page", PAGES)
def test_every_linked_file_is_there(page: str) -> None:
    links = re.findall(r"\]\(([^)#:]+)[^):]*\)", (ROOT / page).read_text("utf-8"))
    assert [link for link in links if not (ROOT / page).parent.joinpath(link).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_make_command_that_is_named_exists(page: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"(?:`|^    )make ([a-z]+)", (ROOT / page).read_text("utf-8"), re.MULTILINE))
    assert sorted(named - targets) == []
