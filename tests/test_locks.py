"""The locks: what pyproject.toml asks for, in one exact version, checked by hash, with its licence named."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
LOCKS = ("requirements.txt", "tests/requirements.txt")


def pins(lock: str) -> dict[str, str]:
    """Package -> version."""
    found = re.findall(r"^([\w.-]+)==([\w.]+)", (ROOT / lock).read_text("utf-8"), re.MULTILINE)
    return {canonicalize_name(name): version for name, version in found}


def asked_for() -> list[tuple[str, str]]:
    """Each direct dependency with the lock that answers it."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wishes = (settings["project"]["dependencies"], settings["dependency-groups"]["test"])
    return [(lock, wish) for lock, group in zip(LOCKS, wishes, strict=True) for wish in group]


@pytest.mark.parametrize(("lock", "wish"), asked_for(), ids=lambda value: value)
def test_a_direct_dependency_is_locked_in_its_range(lock: str, wish: str) -> None:
    requirement = Requirement(wish)
    assert requirement.specifier.contains(pins(lock)[canonicalize_name(requirement.name)])


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_a_hash_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    assert len(re.findall(r"==.* \\\n    --hash=sha256:[0-9a-f]{64}", text)) == len(pins(lock))
    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text


def test_both_locks_agree() -> None:
    program, tests = (pins(lock) for lock in LOCKS)
    assert {name: tests[name] for name in program.keys() & tests} == {
        name: program[name] for name in program.keys() & tests
    }


def test_every_library_is_named_with_its_licence() -> None:
    notices = re.sub(r"[_.]", "-", (ROOT / "resources" / "licences" / "NOTICES.md").read_text("utf-8").lower())
    assert [name for name in pins("requirements.txt") if name not in notices] == []
