"""Strange names, poor locales, full disks, closed pipes, and people who press Ctrl+C."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.ui.commandline.running import ROOT, command, environment, left_in, run

MONTH = ("--month", "2026-03")
posix = pytest.mark.skipif(os.name == "nt", reason="speaks of signals, devices and limits of POSIX")

NAMES = ("data kantor 2026", "100% #1?", "it's Pasaman—Ñandú 数", "-dash {nama} %(prog)s a&b;c")
LOCALES = {
    "C": {"LC_ALL": "C"},
    "C without UTF-8": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "Latin 1": {"LC_ALL": "en_US.ISO-8859-1", "PYTHONUTF8": "0"},
}


@pytest.mark.parametrize("name", NAMES)
def test_any_name_is_the_name_of_its_own_file(name: str, made: Path, tmp_path: Path) -> None:
    folder = tmp_path / name
    folder.mkdir()
    data, out = folder / f"{name}.db", folder / f"{name}.pdf"
    copied = run("restore", made, f"--to={data}")
    assert (copied.code, copied.complained) == (0, "")
    assert str(data) in copied.said
    for arguments in (
        ("check", f"--data={data}"),
        ("report", "coverage", f"--data={data}", *MONTH, f"--out={out}"),
        ("letters", f"--data={data}", "--scheme=WALI", f"--out={folder / 'surat.pdf'}"),
        ("backup", f"--data={data}", f"--to={folder / 'simpan'}"),
    ):
        ended = run(*arguments)
        assert (ended.code, ended.complained) == (0, ""), arguments
    assert left_in(folder) == {data.name, out.name, "surat.pdf", "simpan"}
    refused = run("demo", f"--data={data}")
    assert str(data) in refused.complained


@posix
@pytest.mark.parametrize("locale", LOCALES)
def test_words_and_names_are_utf_8_on_any_locale(locale: str, made: Path, tmp_path: Path) -> None:
    data = tmp_path / "data é 数.db"
    ended = run("restore", made, "--to", data, env=LOCALES[locale])
    assert (ended.code, ended.complained) == (0, "")
    assert f"{data} dipulihkan dari" in ended.said
    out = tmp_path / "ringkasan é.pdf"
    ended = run("report", "coverage", "--data", data, *MONTH, "--out", out, env=LOCALES[locale])
    assert (ended.code, ended.complained) == (0, "")
    assert f"{out}: 3" in ended.said
    assert out.exists()
    ended = run("backup", "--data", data, "--to", tmp_path / "simpan", "--json", env=LOCALES[locale])
    assert (ended.code, ended.complained) == (0, "")
    assert "data é 数" in ended.said


@posix
def test_a_reader_that_went_away_changes_nothing(made: Path) -> None:
    with subprocess.Popen(
        command("check", "--data", made), stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        complained = process.stderr.read()
        assert (process.wait(50), complained) == (0, b"")


@posix
@pytest.mark.parametrize("form", [(), ("--json",)])
def test_a_scheduler_that_gives_no_output_at_all_gets_the_exit_code(
    made: Path, tmp_path: Path, form: tuple[str, ...]
) -> None:
    """As with pythonw on Windows, where Python has no standard output."""
    for arguments, code in ((("--data", made), 0), (("--data", tmp_path / "tidak ada.db"), 3), ((), 2)):
        shell = ["sh", "-c", 'exec "$@" >&- 2>&-', "sh", *command("check", *arguments, *form)]
        assert subprocess.run(shell, env=environment(), timeout=50, check=False).returncode == code


@posix
@pytest.mark.parametrize("form", [(), ("--json",)])
def test_an_outcome_that_cannot_be_written_is_no_success(made: Path, form: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            command("check", "--data", made, *form),
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment(),
            timeout=50,
            check=False,
        )
    assert done.returncode == 3
    assert "Sistem menolak keluaran standar" in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1


def limited(*arguments: object, largest: int) -> subprocess.CompletedProcess[bytes]:
    """Runs a command that cannot write any file larger than so many bytes, as on a disk that is nearly full."""
    script = (
        "import resource, sys, main; "
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({largest}, {largest})); sys.exit(main.main(sys.argv[1:]))"
    )
    return subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)],
        capture_output=True,
        cwd=ROOT,
        env=environment(PYTHONDONTWRITEBYTECODE="1"),
        timeout=50,
        check=False,
    )


@posix
def test_a_disk_that_fills_up_leaves_no_half_made_sample(tmp_path: Path) -> None:
    done = limited("demo", "--data", tmp_path / "contoh.db", "--workers", 5_000, largest=2_000_000)
    assert (done.returncode, done.stdout) == (3, b"")
    assert done.stderr.decode().startswith("Diska ")
    assert list(tmp_path.iterdir()) == []


@posix
def test_a_disk_that_fills_up_uses_no_letter_number(data: Path, tmp_path: Path) -> None:
    before = data.read_bytes()
    done = limited("letters", "--data", data, "--scheme", "SAWIT", "--out", tmp_path / "a.pdf", largest=100_000)
    assert (done.returncode, done.stdout) == (3, b"")
    assert "penuh" in done.stderr.decode()
    assert left_in(tmp_path) == {"contoh.db"}
    assert data.read_bytes() == before


@contextmanager
def heard_by_children(number: signal.Signals) -> Iterator[None]:
    """A shell that runs the tests in the background makes them, and all that they start, deaf to Ctrl+C."""
    before = signal.signal(number, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(number, before)


@posix
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_command_that_is_stopped_takes_its_half_made_file_away(
    number: signal.Signals, code: int, tmp_path: Path
) -> None:
    import pty

    ours, theirs = pty.openpty()
    demo = command("demo", "--data", tmp_path / "contoh.db", "--workers", 200_000)
    with (
        heard_by_children(number),
        subprocess.Popen(demo, stdout=subprocess.PIPE, stderr=theirs, env=environment()) as process,
    ):
        os.close(theirs)
        shown = b""
        while b"2.000 dari 200.000 pekerja" not in shown:
            shown += os.read(ours, 1_000)
        assert (tmp_path / ".contoh.db.new").exists()
        process.send_signal(number)
        assert process.stdout is not None
        assert process.stdout.read() == b""
        assert process.wait(50) == code
    rest = os.read(ours, 10_000).decode()
    os.close(ours)
    assert "Traceback" not in rest
    assert "Dihentikan. Tidak ada yang setengah jadi." in rest
    assert list(tmp_path.iterdir()) == []


def test_a_fault_of_the_program_has_its_own_code_and_tells_nothing_personal() -> None:
    script = (
        "import sys, main\n"
        "from ui.commandline import commands\n"
        "def check(options, output, now): raise KeyError('1312034107850001 Siti Aminah')\n"
        "commands.check = check\n"
        "sys.exit(main.main(['check', '--data', 'a.db']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, cwd=ROOT, env=environment(), timeout=50, check=False
    )
    complained = done.stderr.decode()
    assert (done.returncode, done.stdout) == (70, b"")
    assert "Ini kesalahan program" in complained
    assert "KeyError" in complained
    assert "program.py" in complained
    assert "Siti" not in complained
    assert "1312" not in complained
