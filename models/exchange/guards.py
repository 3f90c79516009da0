"""What is asked of a file before it is opened: what it is, and whether opening it could do harm."""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from models.exchange.refusals import refused, remark
from models.exchange.table import FileKind
from models.problems import Problem, StorageFailure

MOST_BYTES = 100_000_000
"""Of a file; a list of 100,000 people with 20 columns takes 12 million."""
MOST_UNPACKED = 300_000_000
"""Bytes of all parts of a workbook together; that list takes 80 million."""
_MOST_RATIO, _RATIO_FROM = 100, 10_000_000
"""A part that unpacks to more than so many bytes may be at most so many times smaller packed; honest ones are 14."""
_MOST_PARTS = 1_000
UNPACKING = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError)
"""What reading a damaged archive may raise."""
_OWNER_FILES = ("~$", ".~lock.")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = (
    (b"%PDF", "list_is_pdf"),
    (b"{\\rtf", "list_is_writing"),
    (b"\x89PNG", "list_is_picture"),
    (b"\xff\xd8\xff", "list_is_picture"),
    (b"GIF8", "list_is_picture"),
    (b"SQLite format 3\x00", "list_is_database"),
    (b"Rar!", "list_is_archive"),
    (b"7z\xbc\xaf", "list_is_archive"),
    (b"\x1f\x8b", "list_is_archive"),
    (b"MZ", "list_is_program"),
    (b"\x7fELF", "list_is_program"),
    (b"age-encryption.org", "list_is_copy"),
)
"""How files begin that are chosen by mistake."""
_PAGE = re.compile(rb"<(?:html|!doctype html|table|meta|head|style|div|body)\b")
_BOOK_BEGINS, _FILE_PASS = b"\x09\x08\x10\x00\x00\x06\x05\x00", 0x2F
_TOO_OLD = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")
"""How workbooks of Excel 2 to 4 begin."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that may be read, as the bytes it had at one moment."""

    content: bytes
    kind: FileKind
    parts: tuple[str, ...] = ()
    """Names of what is packed in a workbook."""
    remarks: tuple[Problem, ...] = ()


def refuse_what_is_no_file(path: Path) -> int:
    """Size of the file; raises StorageFailure for what cannot be a list before a byte of it is read."""
    try:
        found = path.stat()
    except FileNotFoundError as error:
        raise refused("list_missing", path) from error
    except OSError as error:
        raise unreadable(error, path) from error
    if stat.S_ISDIR(found.st_mode):
        raise refused("list_is_folder", path)
    if not stat.S_ISREG(found.st_mode):
        raise refused("list_no_file", path)
    if path.name.startswith(_OWNER_FILES):
        raise refused("list_owner_file", path)
    if found.st_size == 0:
        raise refused("list_empty", path)
    if found.st_size > MOST_BYTES:
        raise refused("list_too_large", path, megabytes=found.st_size // 1_000_000, most=MOST_BYTES // 1_000_000)
    return found.st_size


def is_text(path: Path) -> bool:
    """Whether the file begins neither like a packed nor like an old workbook. Raises StorageFailure."""
    try:
        with path.open("rb") as stream:
            return not stream.read(8).startswith((b"PK", _OLE))
    except FileNotFoundError as error:
        raise refused("list_missing", path) from error
    except OSError as error:
        raise unreadable(error, path) from error


def read_bytes(path: Path) -> bytes:
    """All bytes of the file, read once: what is checked is what is read, whatever happens to the file meanwhile."""
    refuse_what_is_no_file(path)
    try:
        with path.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise refused("list_missing", path) from error
    except OSError as error:
        raise unreadable(error, path) from error
    if len(content) > MOST_BYTES:
        raise refused("list_too_large", path, megabytes=MOST_BYTES // 1_000_000, most=MOST_BYTES // 1_000_000)
    if not content:
        raise refused("list_empty", path)
    return content


def unreadable(error: OSError, path: Path) -> StorageFailure:
    """The sentence for a file that the system does not give."""
    if isinstance(error, PermissionError) or getattr(error, "winerror", None) in (5, 32, 33):
        return refused("list_locked", path)
    return refused("list_disk", path)


def examine(content: bytes, path: Path) -> Opened:
    """What kind of list it is, by its bytes and never by its name; raises StorageFailure for what may not be opened."""
    remarks = list(_open_elsewhere(path))
    if content.startswith(b"PK\x03\x04"):
        kind, parts = _packed(content, path)
        remarks += _told_of_parts(parts)
        return Opened(content, kind, parts, tuple(remarks))
    if content.startswith(b"PK"):
        raise refused("list_damaged", path)
    if content.startswith(_OLE):
        _refuse_ole(content, path)
        if b"_\x00V\x00B\x00A\x00_\x00P\x00R\x00O\x00J\x00E\x00C\x00T\x00" in content:
            remarks.append(remark("list_has_macros"))
        return Opened(content, FileKind.XLS, (), tuple(remarks))
    for beginning, code in _OTHERS:
        if content.startswith(beginning):
            raise refused(code, path)
    if content.startswith(_TOO_OLD):
        raise refused("list_too_old", path)
    return _text(content, path, remarks)


def _packed(content: bytes, path: Path) -> tuple[FileKind, tuple[str, ...]]:
    """By the directory at the end of the archive, without unpacking anything."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except UNPACKING as error:
        raise refused("list_damaged", path) from error
    names = tuple(part.filename.replace("\\", "/") for part in parts)
    if any(part.flag_bits & 1 for part in parts):
        raise refused("list_password", path)
    bombs = (p for p in parts if p.file_size > _RATIO_FROM and p.file_size > _MOST_RATIO * max(1, p.compress_size))
    if any(bombs):
        raise refused("list_bomb", path)
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MOST_UNPACKED:
        raise refused("list_unpacks", path, megabytes=unpacked // 1_000_000, most=MOST_UNPACKED // 1_000_000)
    if len(parts) > _MOST_PARTS:
        raise refused("list_parts", path, count=len(parts))
    return _kind_of(names, content, path), names


def _kind_of(names: tuple[str, ...], content: bytes, path: Path) -> FileKind:
    lower = {name.lower() for name in names}
    if {"xl/workbook.xml", "xl/workbook.bin"} & lower:
        return FileKind.XLSX
    if b"opendocument.text" in content[:200] or "word/document.xml" in lower:
        raise refused("list_is_writing", path)
    if b"opendocument.presentation" in content[:200] or any(name.startswith("ppt/") for name in lower):
        raise refused("list_is_slides", path)
    if "content.xml" in lower:
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
        except UNPACKING as error:
            raise refused("list_damaged", path) from error
        if b"encryption-data" in manifest:
            raise refused("list_password", path)
        return FileKind.ODS
    raise refused("list_is_archive", path)


def _refuse_ole(content: bytes, path: Path) -> None:
    """Of the container that old Office files share: who locked it, or that it is no workbook."""

    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") in content

    if has("EncryptedPackage") or has("EncryptionInfo"):
        raise refused("list_password", path)
    if _has_file_password(content):
        raise refused("list_password", path)
    if has("Workbook") or has("Book"):
        return
    if has("WordDocument"):
        raise refused("list_is_writing", path)
    if has("PowerPoint Document"):
        raise refused("list_is_slides", path)
    raise refused("list_damaged", path)


def _has_file_password(content: bytes) -> bool:
    """The record FilePass stands right after the one with which an old workbook begins, or one further."""
    place = content.find(_BOOK_BEGINS)
    for _ in range(3):
        if not 0 <= place < len(content) - 4:
            return False
        kind, length = struct.unpack_from("<HH", content, place)
        if kind == _FILE_PASS:
            return True
        place += 4 + length
    return False


def _text(content: bytes, path: Path, remarks: list[Problem]) -> Opened:
    """A file without a mark of its own: a web page, or text in columns."""
    beginning = content[:4_000]
    if beginning.startswith((b"\xff\xfe", b"\xfe\xff")):
        beginning = beginning.decode("utf-16", "replace").encode()
    elif b"\x00" in beginning:
        raise refused("list_is_other", path)
    start = beginning.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"urn:schemas-microsoft-com:office:spreadsheet" in start:
        raise refused("list_is_xml", path)
    is_named_so = path.suffix.lower() in (".xls", ".xlsx", ".xlsm", ".ods")
    if _PAGE.match(start) or (start.startswith((b"<?xml", b"<xml")) and re.search(rb"<table|<html", start)):
        if is_named_so:
            remarks.append(remark("list_is_page"))
        return Opened(content, FileKind.HTML, (), tuple(remarks))
    if start.startswith(b"<?xml"):
        raise refused("list_is_other", path)
    if is_named_so:
        remarks.append(remark("list_is_text"))
    return Opened(content, FileKind.CSV, (), tuple(remarks))


def _open_elsewhere(path: Path) -> tuple[Problem, ...]:
    """Excel and LibreOffice leave a file beside a list that is open in them."""
    beside = (path.with_name(f"~${path.name}"), path.with_name(f"~${path.name[2:]}"))
    if any(file.exists() for file in (*beside, path.with_name(f".~lock.{path.name}#"))):
        return (remark("list_is_open"),)
    return ()


def _told_of_parts(parts: tuple[str, ...]) -> tuple[Problem, ...]:
    told = []
    lower = [name.lower() for name in parts]
    if any(name.endswith("vbaproject.bin") or name.startswith("basic/") for name in lower):
        told.append(remark("list_has_macros"))
    if any(name.startswith("xl/externallinks/") for name in lower):
        told.append(remark("list_has_links"))
    return tuple(told)
