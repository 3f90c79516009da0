"""The set-up behind `make run` and `make test`: it sees what is missing and says what to do about it."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[2] / ".ci" / "prepare.py"


@pytest.fixture
def prepare() -> ModuleType:
    spec = importlib.util.spec_from_file_location("prepare", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is the whole PATH; what `command` puts there can be run."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    (folder / "env").symlink_to("/usr/bin/env")
    return folder


def command(folder: Path, name: str, script: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)


def as_user(uid: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: uid)


def test_a_library_that_no_system_has_is_missing(prepare: ModuleType) -> None:
    needs = {"libnone9": (prepare.loads, "libnone.so.9"), "libc6": (prepare.loads, "libc.so.6")}
    assert prepare.missing(needs) == ["libnone9"]


def test_a_command_outside_the_path_is_missing(prepare: ModuleType, commands: Path) -> None:
    command(commands, "here", "true")
    assert prepare.missing({"a": (prepare.runs, "here"), "b": (prepare.runs, "gone")}) == ["b"]


def test_root_installs_what_is_missing(
    prepare: ModuleType, commands: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command(commands, "apt-get", f'echo "$DEBIAN_FRONTEND $*" >> {tmp_path}/apt.log')
    as_user(0, monkeypatch)
    prepare.install_system(["libgl1", "xvfb"])
    update, install = (tmp_path / "apt.log").read_text().splitlines()
    assert update.startswith("noninteractive update")
    assert install.startswith("noninteractive install --yes --no-install-recommends libgl1 xvfb")


def test_a_sudo_that_asks_no_password_is_used(
    prepare: ModuleType, commands: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command(commands, "apt-get", f'echo "$*" >> {tmp_path}/apt.log')
    command(commands, "sudo", 'shift\nexec "$@"')
    command(commands, "true", "")
    as_user(1000, monkeypatch)
    prepare.install_system(["libgl1"])
    assert "install --yes --no-install-recommends libgl1" in (tmp_path / "apt.log").read_text()


def test_a_user_without_rights_reads_the_exact_command(
    prepare: ModuleType, commands: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command(commands, "apt-get", "exit 99")
    command(commands, "sudo", "exit 1")
    as_user(1000, monkeypatch)
    with pytest.raises(prepare.NotReady) as raised:
        prepare.install_system(["libgl1", "libegl1"])
    assert "    sudo apt-get install --yes --no-install-recommends libgl1 libegl1\n" in str(raised.value)


def test_a_system_without_apt_reads_what_it_lacks(prepare: ModuleType, commands: Path) -> None:
    with pytest.raises(prepare.NotReady, match="lacks what Debian calls libgl1, libegl1"):
        prepare.install_system(["libgl1", "libegl1"])


def test_an_apt_that_fails_is_told(prepare: ModuleType, commands: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command(commands, "apt-get", "exit 100")
    as_user(0, monkeypatch)
    with pytest.raises(prepare.NotReady, match="apt-get could not do it"):
        prepare.install_system(["libgl1"])


def test_a_changed_pin_and_a_half_installed_package_are_absent(
    prepare: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packages = tmp_path / "lib" / "python3.11" / "site-packages"
    for folder in ("RapidFuzz-3.14.6", "zxing_cpp-3.1.1", "click-8.5.1", "half-1.0"):
        (packages / f"{folder}.dist-info").mkdir(parents=True)
        if folder != "half-1.0":
            (packages / f"{folder}.dist-info" / "RECORD").touch()
    lock = tmp_path / "requirements.txt"
    pins = (
        "rapidfuzz==3.14.6 \\",
        "zxing-cpp==3.1.1 \\",
        "click==9.0 \\",
        "half==1.0 \\",
        "w==1 ; os_name == 'nt' \\",
    )
    lock.write_text("\n".join(pins))
    monkeypatch.setattr(prepare, "VENV", tmp_path)
    assert prepare.absent([lock]) == {"click==9.0", "half==1.0"}


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a display")
def test_no_display_is_said_in_a_sentence(prepare: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(prepare.NotReady, match="there is no display to open the window on"):
        prepare.find_screen()
    monkeypatch.setenv("DISPLAY", ":987")
    with pytest.raises(prepare.NotReady, match="the display :987 does not answer"):
        prepare.find_screen()
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    prepare.find_screen()
