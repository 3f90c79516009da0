"""The catalogue: nothing that a person reads is without its Indonesian, and nothing in it is forgotten."""

from __future__ import annotations

import ast
import importlib.util
import string
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
CATALOGUE = ROOT / "resources" / "locale" / "id" / "LC_MESSAGES" / "cakupan.po"


def load_words() -> ModuleType:
    """The program behind `make words`."""
    spec = importlib.util.spec_from_file_location("words", ROOT / ".ci" / "words.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


words = load_words()


def sentences_in(tree: ast.Module) -> set[str]:
    """The message ids written in a module."""
    return {text for arguments in words.calls_in(tree) for text in words.written_in(arguments) if text}


def unreadable_in(tree: ast.Module) -> list[str]:
    """Sentences that no catalogue can hold, because they are put together while the program runs."""
    return [
        f"{argument.lineno}: {ast.unparse(argument)}"
        for arguments in words.calls_in(tree)
        for argument in arguments
        if _is_made_up(argument)
    ]


def _is_made_up(argument: ast.expr) -> bool:
    match argument:
        case ast.JoinedStr():
            return True
        case ast.BinOp(left, _, right) | ast.IfExp(_, left, right):
            return any(isinstance(part, ast.Constant) or _is_made_up(part) for part in (left, right))
        case ast.Call(ast.Attribute(ast.Constant() | ast.JoinedStr())):  # _("...".format(...))
            return True
    return False


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="id")


def entries(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def ids(message: Message) -> tuple[str, ...]:
    return tuple(message.id) if isinstance(message.id, (tuple, list)) else (message.id,)


def translations(message: Message) -> tuple[str, ...]:
    return tuple(message.string) if isinstance(message.string, (tuple, list)) else (message.string or "",)


def blanks(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def test_every_sentence_of_the_code_has_its_indonesian(catalogue: Catalog) -> None:
    translated = {text for message in entries(catalogue) if all(translations(message)) for text in ids(message)}
    waiting = {f"{name}: {text}" for name, tree in words.modules() for text in sentences_in(tree) - translated}
    assert sorted(waiting) == []


def test_no_sentence_is_put_together_before_it_is_translated() -> None:
    assert [f"{name}:{found}" for name, tree in words.modules() for found in unreadable_in(tree)] == []


def test_the_catalogue_holds_no_forgotten_sentence(catalogue: Catalog) -> None:
    used = {text for _, tree in words.modules() for text in sentences_in(tree)}
    assert sorted({text for message in entries(catalogue) for text in ids(message)} - used) == []


def test_both_languages_have_the_same_blanks(catalogue: Catalog) -> None:
    uneven = [
        f"{text} -> {translation}"
        for message in entries(catalogue)
        for text in ids(message)[-1:]
        for translation in translations(message)
        if translation and blanks(text) != blanks(translation)
    ]
    assert uneven == []


def test_no_entry_waits_to_be_looked_at_again(catalogue: Catalog) -> None:
    assert [message.id for message in entries(catalogue) if message.fuzzy] == []


def test_the_compiled_catalogue_is_the_written_one(catalogue: Catalog) -> None:
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = read_mo(file)
    written = {ids(message): translations(message) for message in entries(catalogue) if all(translations(message))}
    assert {ids(message): translations(message) for message in entries(compiled)} == written


def test_the_compiled_words_of_qt_are_the_written_ones(tmp_path: Path) -> None:
    written = ROOT / "resources" / "locale" / "qt_id.ts"
    release = Path(sys.executable).with_name("pyside6-lrelease")
    subprocess.run([release, "-silent", written, "-qm", tmp_path / "qt_id.qm"], check=True)
    assert (tmp_path / "qt_id.qm").read_bytes() == written.with_suffix(".qm").read_bytes()
    assert "unfinished" not in written.read_text("utf-8")


def test_indonesian_has_one_plural_form(catalogue: Catalog) -> None:
    assert "nplurals=1; plural=0;" in CATALOGUE.read_text("utf-8")
    assert (catalogue.num_plurals, catalogue.plural_expr) == (1, "0")


@pytest.mark.parametrize(
    "line",
    [
        '_(f"{count} workers")',
        '_("saved " + name)',
        '_("one" if count == 1 else "many")',
        '_("{count} workers".format(count=count))',
        'translate_count("one", f"{count}", count)',
        'language.translate(f"{count} workers")',
    ],
)
def test_a_sentence_put_together_too_early_is_found(line: str) -> None:
    assert len(unreadable_in(ast.parse(line))) == 1


def test_sentences_are_found_where_they_are_marked() -> None:
    tree = ast.parse(
        '_("a"), N_("b" "c"), language.translate("d"), translate_count("e", "f", 2)\n'
        '_(name), _(""), canvas.translate(1 + 2, 3)\n'
        """f"<b>{_('g')}</b>" """
    )
    assert sentences_in(tree) == {"a", "bc", "d", "e", "f", "g"}
    assert unreadable_in(tree) == []
