"""Help and complaints about the arguments, in Indonesian, and without a window or a database behind them."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from models import VERSION
from tests.ui.commandline.running import ROOT, command, environment, run
from ui.commandline.outcome import Exit

COMMANDS = ("demo", "report", "letters", "backup", "restore", "check")
OF_ARGPARSE = re.compile(
    r"usage:|options:|positional|show this help|the following arguments|unrecognized|invalid choice|expected|error:"
)


def test_help_names_every_command_and_every_exit_code() -> None:
    ended = run("--help")
    assert (ended.code, ended.complained) == (0, "")
    for name in COMMANDS:
        assert re.search(rf"^    {name}\s+\w", ended.said, re.MULTILINE)
        assert f"main.py {name}" in ended.said
    for code in Exit:
        assert re.search(rf"^ +{int(code)}  \w", ended.said, re.MULTILINE)
    assert "Cara pakai:" in ended.said
    assert not OF_ARGPARSE.search(ended.said)


@pytest.mark.parametrize("name", [*COMMANDS, "report coverage"])
def test_every_command_explains_itself_in_indonesian(name: str) -> None:
    ended = run(*name.split(), "--help")
    assert (ended.code, ended.complained) == (0, "")
    assert f"Cara pakai: main.py {name}" in ended.said
    assert "mencetak bantuan ini" in ended.said
    assert not OF_ARGPARSE.search(ended.said)


def test_help_can_be_read_in_english() -> None:
    for arguments in (("--language", "en", "--help"), ("--help", "--language=en")):
        said = run(*arguments).said
        assert "Exit codes:" in said
        assert "make a backup and read it back" in said
    assert "the following arguments are required: --data, --to" in run("backup", "--language", "en").complained


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ("chek", "pilihan 'chek' tidak ada"),
        ("report", "argumen berikut wajib ada: LAPORAN"),
        ("report kartu", "pilihan 'kartu' tidak ada"),
        ("letters --data a.db", "argumen berikut wajib ada: --scheme, --out"),
        ("check", "argumen berikut wajib ada: --data"),
        ("check --data", "argumen --data: memerlukan satu nilai"),
        ("check --data=", "argumen --data: namanya kosong"),
        ("check --data a.db --cepat", "argumen tidak dikenal: --cepat"),
        ("check --dat a.db", "wajib ada: --data"),
        ("check --data a.db --quiet=ya", "argumen --quiet: tidak menerima nilai 'ya'"),
        ("check --data a.db --language de", "pilihan 'de' tidak ada"),
        ("report coverage --data a.db --out a.pdf --month 03-2026", "03-2026 bukan bulan"),
        ("report coverage --data a.db --out a.pdf --month 2026-13", "2026-13 bukan bulan"),
        ("demo --data a.db --workers 20.000", "20.000 bukan bilangan bulat dari 1 sampai 1000000"),
        ("demo --data a.db --workers 0", "0 bukan bilangan bulat"),
        ("demo --data a.db --workers 1000001", "1000001 bukan bilangan bulat"),
        ("demo --data a.db --seed -1", "-1 bukan bilangan bulat"),
        ("demo --data a.db --month 2019-01", "Contoh untuk 2019-01 tidak tersedia"),
        ("demo --data a.db --month 2999-01", "Contoh untuk 2999-01 tidak tersedia"),
    ],
)
def test_a_command_that_is_written_wrongly_says_how_and_does_nothing(
    arguments: str, sentence: str, tmp_path: Path
) -> None:
    ended = run(*arguments.split(), cwd=tmp_path)
    assert (ended.code, ended.said) == (2, "")
    assert sentence in ended.complained
    assert not OF_ARGPARSE.search(ended.complained)
    assert list(tmp_path.iterdir()) == []


def test_the_version_is_that_of_the_project() -> None:
    ended = run("--version")
    assert (ended.code, ended.said) == (0, f"{VERSION}\n")
    with (ROOT / "pyproject.toml").open("rb") as stream:
        assert tomllib.load(stream)["project"]["version"] == VERSION


def modules_after(*arguments: object) -> set[str]:
    """What Python has imported when a command has ended."""
    script = "import sys, main; main.main(sys.argv[1:]); sys.stderr.write(' '.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)],
        capture_output=True,
        cwd=ROOT,
        env=environment(),
        timeout=50,
        check=False,
    )
    return set(done.stderr.decode().splitlines()[-1].split(" "))


def test_no_command_knows_qt(made: Path, tmp_path: Path) -> None:
    (tmp_path / "cadangan").mkdir()
    data = tmp_path / "baru.db"
    for arguments in (
        ("demo", "--data", data, "--workers", 50),
        ("report", "coverage", "--data", data, "--month", "2026-03", "--out", tmp_path / "a.pdf"),
        ("letters", "--data", data, "--scheme", "WALI", "--out", tmp_path / "b.pdf"),
        ("backup", "--data", made, "--to", tmp_path / "cadangan"),
        ("restore", made, "--to", tmp_path / "pulih.db"),
        ("check", "--data", data),
    ):
        modules = modules_after(*arguments)
        assert "models.storage.driver" in modules, arguments
        assert not {name for name in modules if name.startswith(("PySide6", "shiboken6"))}, arguments
    assert {"a.pdf", "b.pdf", "pulih.db"} <= {path.name for path in tmp_path.iterdir()}


def test_help_reads_neither_the_database_nor_the_printing_library() -> None:
    modules = modules_after("report", "coverage", "--help")
    assert not modules & {"sqlcipher3", "sqlite_utils", "reportlab", "models.register"}


def test_the_window_starts_without_the_command_line() -> None:
    for script in ("import sys, main", "import sys, main, ui.start"):
        done = subprocess.run(
            [sys.executable, "-c", f"{script}; print(' '.join(sys.modules))"],
            capture_output=True,
            cwd=ROOT,
            timeout=50,
            check=True,
        )
        modules = set(done.stdout.decode().split())
        assert not {name for name in modules if name.startswith("ui.commandline")}
        assert "ui.start" in modules or "argparse" not in modules  # PySide6 reads it for itself


def test_help_for_a_reader_that_went_away_is_no_error() -> None:
    with subprocess.Popen(
        command("--help"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        complained = process.stderr.read()
        assert (process.wait(50), complained) == (0, b"")
