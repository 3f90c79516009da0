"""The import rule of ARCHITECTURE.md, read from the imports themselves: main -> ui -> reports -> models."""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parent.parent
LAYERS = ("models", "reports", "ui", "main")
"""From the ground up; a module imports its own layer and those below."""
HOMES = {
    "PySide6": "ui",
    "shiboken6": "ui",
    "reportlab": "reports",
    "sqlite3": "models.storage",
    "sqlcipher3": "models.storage",
    "sqlite_utils": "models.storage",
    "python_calamine": "models.exchange",
    "xlsxwriter": "models.exchange",
}
"""Each of these libraries is known in one place of the tree only."""
NEVER = {"PySide6": "ui.commandline", "shiboken6": "ui.commandline"}
"""And not here: a scheduled run has no screen and waits for no Qt."""
TOP = {
    "main.py", "ui", "models", "reports", "tests", "resources", "requirements.txt",
    "README.md", "ARCHITECTURE.md", "CHANGELOG.md", "LICENSE", "Makefile", "pyproject.toml", ".ci",
}  # fmt: skip
LEFT_BY_TOOLS = {"__pycache__", "build", "dist"}


class Import(NamedTuple):
    """One import: who, where, what."""

    module: str
    line: int
    target: str


def name_of(path: Path, root: Path) -> str:
    """``models/people/worker.py`` is ``models.people.worker``."""
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def sources(root: Path) -> dict[str, Path]:
    """Every module of the program (not of its tests) by name."""
    files = [root / "main.py"] if (root / "main.py").exists() else []
    for layer in LAYERS[:-1]:
        files += sorted((root / layer).rglob("*.py"))
    return {name_of(path, root): path for path in files}


def imports_of(module: str, path: Path, known: set[str]) -> Iterator[Import]:
    """All imports of a module, those inside functions and under TYPE_CHECKING included."""
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text("utf-8"), str(path))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(module, node.lineno, alias.name)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            for alias in node.names:
                whole = f"{base}.{alias.name}"
                yield Import(module, node.lineno, whole if whole in known else base)
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = ast.unparse(node.func)
            if called in {"import_module", "importlib.import_module", "__import__"}:
                yield Import(module, node.lineno, str(node.args[0].value))


def is_in(module: str, place: str) -> bool:
    return module == place or module.startswith(place + ".")


def broken_rules(root: Path) -> list[str]:
    """A sentence for each import that points the wrong way."""
    known = sources(root)
    found = []
    for module, path in known.items():
        for _, line, target in imports_of(module, path, set(known)):
            here, top = f"{path.relative_to(root).as_posix()}:{line}", target.split(".")[0]
            layer = module.split(".")[0]
            if top in LAYERS and LAYERS.index(top) > LAYERS.index(layer):
                found.append(f"{here}: {layer} imports {target}, which stands above it")
            if top == "tests":
                found.append(f"{here}: the program imports {target}")
            if top in HOMES and not is_in(module, HOMES[top]):
                found.append(f"{here}: {target} belongs into {HOMES[top]} alone")
            if top in NEVER and is_in(module, NEVER[top]):
                found.append(f"{here}: {target} has no place in {NEVER[top]}")
    return found


def cycles(root: Path) -> list[str]:
    """Each group of modules that import one another in a circle."""
    known = sources(root)
    edges = {
        module: {i.target for i in imports_of(module, path, set(known)) if i.target in known and i.target != module}
        for module, path in known.items()
    }
    reachable = {module: _reached_from(module, edges) for module in edges}
    groups = {frozenset({module, *(o for o in reachable[module] if module in reachable[o])}) for module in edges}
    return sorted(" <-> ".join(sorted(group)) for group in groups if len(group) > 1)


def _reached_from(start: str, edges: dict[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = list(edges[start])
    while waiting:
        module = waiting.pop()
        if module not in seen:
            seen.add(module)
            waiting += edges[module]
    return seen


def strangers(root: Path) -> list[str]:
    """What lies at the top of the tree and is not meant to."""
    return sorted(
        entry.name
        for entry in root.iterdir()
        if entry.name not in TOP | LEFT_BY_TOOLS and not entry.name.startswith(".")
    )


def test_imports_point_from_main_to_ui_to_reports_to_models() -> None:
    assert broken_rules(ROOT) == []


def test_no_modules_import_one_another_in_a_circle() -> None:
    assert cycles(ROOT) == []


def test_the_top_of_the_tree_holds_only_what_belongs_there() -> None:
    assert strangers(ROOT) == []


def plant(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text), "utf-8")
    return root


@pytest.mark.parametrize(
    ("file", "line", "sentence"),
    [
        ("models/people/worker.py", "from ui.window import Window", "models imports ui.window"),
        ("models/people/worker.py", "import reports.letter", "models imports reports.letter"),
        ("reports/letter.py", "from ui import window", "reports imports ui"),
        ("ui/window.py", "import main", "ui imports main"),
        ("ui/window.py", "import sqlite3", "belongs into models.storage alone"),
        ("models/people/worker.py", "def f():\n    import sqlite_utils", "belongs into models.storage alone"),
        ("models/people/worker.py", "import importlib\nimportlib.import_module('reportlab')", "belongs into reports"),
        ("ui/workers/page.py", "from reportlab.lib import colors", "belongs into reports alone"),
        ("reports/letter.py", "from PySide6.QtCore import Qt", "belongs into ui alone"),
        ("ui/commandline/run.py", "from PySide6 import QtCore", "has no place in ui.commandline"),
        ("models/people/worker.py", "from ...ui import window", "models imports ui"),
        ("reports/letter.py", "from tests.factories import make_worker", "the program imports tests"),
    ],
)
def test_an_import_that_points_the_wrong_way_is_found(tmp_path: Path, file: str, line: str, sentence: str) -> None:
    root = plant(tmp_path, {file: line, "models/__init__.py": "", "ui/__init__.py": ""})
    (found,) = broken_rules(root)
    assert sentence in found
    assert found.startswith(file)


def test_imports_downwards_are_allowed(tmp_path: Path) -> None:
    files = {
        "main.py": "from ui.window import Window",
        "ui/window.py": "from PySide6 import QtCore\nfrom reports.letter import letter\nfrom models import people",
        "reports/letter.py": "import reportlab\nfrom models import people",
        "models/people.py": "from models.storage import file",
        "models/storage/file.py": "import sqlite_utils, sqlcipher3",
    }
    assert broken_rules(plant(tmp_path, files)) == []
    assert cycles(tmp_path) == []


def test_a_circle_is_found_even_when_an_import_hides_in_a_function(tmp_path: Path) -> None:
    files = {
        "models/a.py": "from models import b",
        "models/b.py": "def late():\n    from models.c import something",
        "models/c.py": "import models.a",
        "models/d.py": "import models.a",
        "models/__init__.py": "",
    }
    assert cycles(plant(tmp_path, files)) == ["models.a <-> models.b <-> models.c"]


def test_a_stranger_at_the_top_is_found(tmp_path: Path) -> None:
    plant(tmp_path, {"main.py": "", "helpers/text.py": "", "notes.txt": "", ".gitignore": ""})
    assert strangers(tmp_path) == ["helpers", "notes.txt"]
