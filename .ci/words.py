"""Brings the catalogue up to the code: new sentences are added empty, forgotten ones removed, the rest is compiled.

    .venv/bin/python .ci/words.py

Babel's own commands would write dates and a plural rule that Indonesian does not have; here the catalogue changes
only where its words do. The words of Qt's own buttons (qt_id.ts) are compiled with it.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "resources" / "locale" / "id" / "LC_MESSAGES" / "cakupan.po"
QT_WORDS = ROOT / "resources" / "locale" / "qt_id.ts"
SPEAKERS = {"_": 1, "N_": 1, "translate": 1, "translate_count": 2}
"""What marks a sentence, and how many of its arguments are sentences."""


class Words(Catalog):
    """A catalogue whose header holds only what never changes, and the one plural form that Indonesian has."""

    num_plurals = 1
    plural_expr = "0"
    mime_headers = (
        ("Project-Id-Version", "Cakupan"),
        ("Language", "id"),
        ("Plural-Forms", "nplurals=1; plural=0;"),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Transfer-Encoding", "8bit"),
    )


def main() -> None:
    """Rewrites the .po and the .mo and names the sentences that still wait for their Indonesian."""
    with CATALOGUE.open("rb") as file:
        old = read_po(file, locale="id")
    words = Words(locale="id", header_comment="# English sentences of the code and their Indonesian.", fuzzy=False)
    for sentence in sentences():
        words.add(sentence, old[sentence].string if sentence in old else "")
    with CATALOGUE.open("wb") as file:
        write_po(file, words, width=118, sort_output=True)
    with CATALOGUE.with_suffix(".mo").open("wb") as file:
        write_mo(file, words)
    compile_qt_words(QT_WORDS.with_suffix(".qm"))
    for message in sorted(words):
        if not message.string:
            print("no Indonesian yet:", message.id)


def sentences() -> set[str | tuple[str, ...]]:
    """Every message id in the code, a plural one as a pair."""
    return {
        arguments[0] if len(arguments) == 1 else arguments
        for _, tree in modules()
        for arguments in map(written_in, calls_in(tree))
        if arguments and all(arguments)
    }


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Every module that may speak, with its path."""
    folders = [ROOT / place for place in ("models", "reports", "ui")]
    for file in [ROOT / "main.py", *(file for folder in folders for file in sorted(folder.rglob("*.py")))]:
        yield file.relative_to(ROOT).as_posix(), ast.parse(file.read_text("utf-8"))


def calls_in(tree: ast.Module) -> Iterator[list[ast.expr]]:
    """What each call that marks sentences is given as sentences; inside f-strings too, where Babel does not look."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func).removeprefix("language.")
            if name in SPEAKERS:
                yield node.args[: SPEAKERS[name]]


def written_in(arguments: list[ast.expr]) -> tuple[str, ...]:
    """The literal sentences of one call; empty for what is known only while the program runs."""
    return tuple(str(argument.value) if isinstance(argument, ast.Constant) else "" for argument in arguments)


def compile_qt_words(target: Path) -> None:
    """Qt reads only the compiled form."""
    release = Path(sys.executable).with_name("pyside6-lrelease")
    subprocess.run([release, "-silent", QT_WORDS, "-qm", target], check=True)


if __name__ == "__main__":
    main()
