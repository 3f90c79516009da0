"""Why a list cannot be opened, and what is remarked on one that can: each in a sentence of its own."""

from __future__ import annotations

from pathlib import Path

from models.language import N_
from models.problems import Level, Problem, StorageFailure

_REFUSED = {
    "list_missing": N_(
        "{file} is not there any more: it was moved, renamed or deleted, or its stick was pulled out. "
        "Nothing was taken in. Choose the file again."
    ),
    "list_is_folder": N_("{file} is a folder. Open it and choose the file of the list inside."),
    "list_no_file": N_("{file} is no file that can be read. Choose the file of the list."),
    "list_owner_file": N_(
        "{file} only marks that a list is open in another program. Choose the list itself; its name is the same "
        "without the signs in front."
    ),
    "list_empty": N_(
        "{file} is empty, so it was perhaps not copied to its end. Nothing was taken in. Copy it once more from where "
        "it came, or ask its sender for it."
    ),
    "list_locked": N_(
        "{file} cannot be opened: another program has it open, or you may not read it. Close it in Excel, "
        "then try again. If that does not help, copy the file to a folder of your own and choose the copy."
    ),
    "list_disk": N_(
        "The disk gave no answer while {file} was being read. Nothing was taken in. Check the cable or the stick, copy "
        "the file to this computer and try again."
    ),
    "list_too_large": N_(
        "{file} is larger ({megabytes} MB) than a list can be here (up to {most} MB). Nothing was taken in. "
        "Remove pictures and sheets that are not needed, or divide the list, and save it anew."
    ),
    "list_unpacks": N_(
        "{file} would take {megabytes} MB once unpacked; up to {most} MB are read. Nothing was taken in. "
        "Remove sheets and pictures that are not needed, or divide the list, and save it anew."
    ),
    "list_bomb": N_(
        "{file} was not opened: it is packed so tightly that it would fill this computer's memory, as no honest list "
        "is. Do not open it in Excel either. Ask its sender for a new file."
    ),
    "list_parts": N_(
        "{file} was not opened: it consists of {count} parts, and no list has so many. Save only the sheet with the "
        "people as a new file."
    ),
    "list_untrue": N_(
        "{file} was not opened: it says it is smaller than it is, as files do that are made to harm. "
        "Do not open it in Excel either. Ask its sender for a new file."
    ),
    "list_damaged": N_(
        "{file} is damaged: parts of it are missing, perhaps because it was not copied or downloaded to its end. "
        "Nothing was taken in. Fetch it once more, or let Excel repair it and save it anew."
    ),
    "list_password": N_(
        "{file} is locked with a password, so it cannot be read. Open it in Excel with its password, "
        "remove the password (File, Info, Protect Workbook), save it, and choose it again."
    ),
    "list_is_pdf": N_("{file} is a PDF document, not a list. Ask for the Excel file that it was made from."),
    "list_is_picture": N_("{file} is a picture, not a list. Ask for the Excel file of the list."),
    "list_is_writing": N_(
        "{file} is a text document, not a list. Copy its table into Excel, save it as .xlsx, and choose that file."
    ),
    "list_is_slides": N_("{file} is a presentation, not a list. Ask for the Excel file of the list."),
    "list_is_archive": N_("{file} is a packed archive. Unpack it, and choose the list inside."),
    "list_is_database": N_(
        "{file} is a database, not a list. A register or a backup of Cakupan is opened under Data, not here."
    ),
    "list_is_copy": N_("{file} is a locked copy of a register, not a list. Open it under Data, Restore."),
    "list_is_program": N_(
        "{file} is a program, not a list, whatever its name says. Do not open it; tell whoever sent it to you."
    ),
    "list_is_other": N_(
        "{file} is not a list that can be read: it is neither xlsx, xls, ods nor csv. Open it in the program it came "
        "from, save it as .xlsx, and choose that file."
    ),
    "list_too_old": N_(
        "{file} comes from a very old Excel. Open it in Excel or LibreOffice, save it as .xlsx, and choose that file."
    ),
    "list_is_xml": N_(
        "{file} is an “XML Spreadsheet 2003”. Open it in Excel, save it as .xlsx, and choose that file."
    ),
    "list_no_sheet": N_("{file} has no sheet with cells in it. Choose another file, or ask its sender."),
    "list_sheet_gone": N_("{file} has no sheet “{sheet}” any more. Choose the file again."),
    "list_changed": N_("{file} was changed since it was opened. Nothing was taken in. Choose it again."),
    "list_memory": N_(
        "{file} would take more memory than is safe: cells far away from the list are filled or formatted. Nothing was "
        "taken in. Copy only the rows of the list into a new sheet, save that as .xlsx, and choose it."
    ),
    "list_ended": N_(
        "The reading of {file} broke off, so nothing was taken in. The file is probably damaged. "
        "Open it in Excel, save it anew as .xlsx, and choose that file."
    ),
    "list_hangs": N_(
        "The reading of {file} gave no answer for {minutes} minutes and was stopped. Nothing was taken in. "
        "Open it in Excel, copy only the rows of the list into a new sheet, and save that as .xlsx."
    ),
}
_REMARKS = {
    "list_has_macros": N_("The file contains macros. They were not run; only what stands in the cells was read."),
    "list_has_links": N_(
        "Some cells take their values from other files. What they showed when the file was last saved was read."
    ),
    "list_is_open": N_(
        "The list seems to be open in another program. What was not saved there is not in what was read."
    ),
    "list_is_page": N_(
        "The file is called a workbook but is a web page, as some programs export it. Its table was read as text."
    ),
    "list_is_text": N_("The file is called a workbook but holds text in columns. It was read as such."),
    "list_no_result": N_(
        "{count} formulas have no result stored with them, so their cells are read as empty (the first is {cell}). "
        "Open the file in Excel, save it, and choose it again."
    ),
    "list_errors": N_(
        "{count} cells show an error instead of a value (the first is {cell}: {error}). Mend the formula in Excel, or "
        "type the value here."
    ),
    "list_hidden": N_("The file also has hidden sheets: {sheets}. They are read only if you choose them."),
    "list_from_1904": N_(
        "The file counts days from 1904, as an old Mac does. Look at the dates: those that are kept as bare numbers "
        "would be four years too early."
    ),
    "list_open_quote": N_(
        "A quotation mark is opened in row {row} and not closed, so quotation marks were read as common signs."
    ),
}


def refused(code: str, path: Path, **params: object) -> StorageFailure:
    """Why the file at `path` is no list that can be read."""
    return StorageFailure(code, _REFUSED[code], file=path.name or str(path), **params)


def remark(code: str, **params: object) -> Problem:
    """What should be known of a file that was read."""
    return Problem("file", code, _REMARKS[code], params, Level.WARNING)
