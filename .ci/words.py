"""Brings the catalogue up to the code: new sentences are added empty, forgotten ones removed, the rest is compiled.

    .venv/bin/python .ci/words.py

Babel's own commands would write dates and a plural rule that Indonesian does not have; here the catalogue changes
only where its words do. The words of Qt's own buttons (qt_id.ts) are compiled with it.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "resources" / "locale" / "id" / "LC_MESSAGES" / "cakupan.po"
QT_WORDS = ROOT / "resources" / "locale" / "qt_id.ts"
KEYWORDS = {"_": None, "N_": None, "translate": None, "translate_count": (1, 2)}


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


def sentences() -> set[str | tuple[str, str]]:
    """Every message id in the code, a plural one as a pair."""
    return {
        message if isinstance(message, str) else (message[0], message[1])
        for place in ("models", "reports", "ui")
        for _, _, message, _, _ in extract_from_dir(ROOT / place, keywords=KEYWORDS)
    }


def compile_qt_words(target: Path) -> None:
    """Qt reads only the compiled form."""
    release = Path(sys.executable).with_name("pyside6-lrelease")
    subprocess.run([release, "-silent", QT_WORDS, "-qm", target], check=True)


if __name__ == "__main__":
    main()
