"""The lists of a restore in words: on the screen, on paper, as plain text, and for the command line. Knows no Qt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from models.language import N_, translate_count
from models.language import translate as _
from models.papers.change_list import ChangeList, ChangeRow, ChangeSection
from models.people.masking import mask_number
from models.problems import Level
from models.storage.comparing import ChangeLine, Changes, Comparison, Relation
from models.storage.salvaged import Newer, Salvaged
from models.values.formats import NOTHING, number
from ui.exchange.words import moment_words

if TYPE_CHECKING:
    from models.storage.contents import Contents
    from models.storage.keys import Key

_WHAT: Mapping[tuple[str, str], str] = {
    ("worker", "add"): N_("Worker registered"),
    ("worker", "correct"): N_("Worker corrected"),
    ("worker", "withdraw"): N_("Worker taken back"),
    ("worker", "return"): N_("Worker put back"),
    ("worker", "anonymise"): N_("Personal data erased"),
    ("worker", "merge"): N_("Worker merged with another record"),
    ("worker", "take_apart"): N_("Two merged workers taken apart"),
    ("enrolment", "merge"): N_("Enrolment taken over at a merging: {scheme}"),
    ("enrolment", "take_apart"): N_("Enrolment given back: {scheme}"),
    ("worker", "missing"): N_("Worker missing in the open register"),
    ("worker", "otherwise"): N_("Worker is otherwise in the open register"),
    ("enrolment", "add"): N_("Enrolled: {scheme}"),
    ("enrolment", "confirm"): N_("Enrolment confirmed: {scheme}"),
    ("enrolment", "cancel"): N_("Enrolment cancelled: {scheme}"),
    ("enrolment", "missing"): N_("Enrolment missing in the open register"),
    ("enrolment", "otherwise"): N_("Enrolment is otherwise in the open register"),
}
_KINDS: Mapping[str, str] = {
    "worker": N_("Worker changed"),
    "enrolment": N_("Enrolment changed: {scheme}"),
    "paper": N_("Letter issued: its number is taken"),
    "settings": N_("Settings changed"),
    "reference": N_("Schemes or rates changed"),
    "region": N_("Regions changed"),
    "user": N_("User changed"),
    "correction_request": N_("Correction proposed or decided"),
    "eligible_workers": N_("Number of eligible workers changed"),
    "bpjs_count": N_("BPJS count changed"),
    "target": N_("Target changed"),
    "not_same": N_("Decided that two are not the same, or asked again"),
    "worker_merge": N_("Two records merged or taken apart"),
    "list_import": N_("List taken in or back"),
    "verification": N_("Answer of another authority kept or taken back"),
    "sent_list": N_("List sent to others"),
    "column_mapping": N_("Kind of list changed"),
    "column_layout": N_("Columns of a list for others changed"),
    "legal_basis": N_("Legal basis changed"),
    "fund": N_("Fund changed"),
    "receipt": N_("Money received in a fund"),
    "payment": N_("Payment of a fund"),
    "waiting": N_("Waiting list changed"),
    "roster": N_("Workers of a company or group changed"),
    "promise": N_("Promise of a company changed"),
    "agent": N_("Perisai agent changed"),
    "outreach": N_("Event of a Perisai agent changed"),
}
_RELATIONS: Mapping[Relation, str] = {
    Relation.SAME: N_("The backup and the open register hold the same."),
    Relation.BEGINNING: N_("The backup is an earlier state of the open register."),
    Relation.AHEAD: N_("The backup is a later state than the open register: it has everything and more."),
    Relation.BRANCH: N_(
        "The backup went another way: a restore came between it and the open register, so each has what the other "
        "lacks."
    ),
    Relation.FOREIGN: N_(
        "This is a backup of ANOTHER register: nothing that was ever saved in it stands in the open one. Restore it "
        "only if the open register is to be given up."
    ),
}


def relation_words(relation: Relation) -> str:
    """How the backup lies to the open register."""
    return _(_RELATIONS[relation])


def what_words(line: ChangeLine) -> str:
    """``Pekerja didaftarkan``"""
    words = _WHAT.get((line.kind, line.action)) or _KINDS.get(line.kind, line.kind)
    return _(words).format(scheme=line.scheme or NOTHING).removesuffix(f": {NOTHING}")


def count_words(changes: Changes) -> str:
    """``2 simpanan: 1 pekerja baru, 1 pekerja diubah``; empty where there is nothing."""
    if not changes.total:
        return ""
    parts = ", ".join(_parts(changes.counts))
    if not changes.saves:
        return parts
    saves = translate_count("{count} save", "{count} saves", changes.saves).format(count=number(changes.saves))
    return _("{saves}: {parts}").format(saves=saves, parts=parts)


def lost_section(found: Comparison) -> ChangeSection:
    """What a restore would cost."""
    words = count_words(found.lost)
    if words:
        sentence = _("{counts} would no longer be in the register. The newest first; all of it stays in a copy.")
    else:
        sentence = _("Nothing: everything that was saved until now is in the backup.")
    return ChangeSection(_("Would be lost"), sentence.format(counts=words), tuple(map(row_of, found.lost.lines)))


def regained_section(found: Comparison) -> ChangeSection:
    """What a restore would bring back."""
    words = count_words(found.regained)
    if words:
        sentence = _("{counts}: the backup has them, the open register has not or has them otherwise.")
    else:
        sentence = _("Nothing: the backup has no record that the open register lacks or has otherwise.")
    return ChangeSection(
        _("Would come back"), sentence.format(counts=words), tuple(map(row_of, found.regained.lines))
    )


def salvaged_sections(found: Salvaged) -> tuple[ChangeSection, ...]:
    """What the damaged file gave back, what it did not, and what has to be done by hand; only what there is."""
    sections = [
        ChangeSection(
            _("Got back from the damaged file"),
            _("After the restore they wait as drafts: look at each and save it."),
            tuple(map(_salvaged_row, found.newer)),
        )
    ]
    if found.lost:
        sentence = _(
            "{count} records were changed since the backup, but what was saved cannot be read any more. Look for their "
            "papers and enter them again."
        )
        sections.append(ChangeSection(
            _("Not to be got back"), sentence.format(count=number(len(found.lost))), tuple(map(row_of, found.lost))
        ))  # fmt: skip
    if found.others:
        sentence = _("{count} other changes since the backup have to be made again by hand.")
        sections.append(ChangeSection(
            _("To be done by hand"), sentence.format(count=number(len(found.others))), tuple(map(row_of, found.others))
        ))  # fmt: skip
    return tuple(sections)


def salvage_words(found: Salvaged) -> str:
    """In one sentence what the damaged file gave."""
    if not sum(found.read.values()):
        return _(
            "Nothing can be read of the damaged file any more, so the restored register is as old as the backup."
        )
    if not (found.newer or found.drafts or found.lost or found.others):
        return _("The damaged file holds nothing that is newer than the backup.")
    words = _(
        "{count} records newer than the backup were got back from the damaged file, {certain} of them certain, and "
        "{drafts} half-typed forms; {lost} cannot be read any more."
    )
    return words.format(
        count=number(len(found.newer)),
        certain=number(found.certain),
        drafts=number(len(found.drafts)),
        lost=number(len(found.lost)),
    )


def loss_words(found: Comparison) -> str:
    """What restoring would cost."""
    if found.present is None:
        return _("The register as it lies there is copied first, damaged or not, so nothing is thrown away.")
    if found.relation is Relation.FOREIGN or found.lost.saves:
        sentence = translate_count(
            "{count} save of the open register is not in this backup and would no longer be seen. A copy of the "
            "open register is made first, so nothing is thrown away.",
            "{count} saves of the open register are not in this backup and would no longer be seen. A copy of the "
            "open register is made first, so nothing is thrown away.",
            found.lost.saves,
        )
        return sentence.format(count=number(found.lost.saves))
    return _(
        "The backup holds everything that was saved until now. A copy of the open register is made first all the same."
    )


def cost_words(found: Comparison, key: Key | None, present_key: Key | None) -> str:
    """What restoring would cost, and which passphrase is asked for afterwards."""
    sentences = [loss_words(found)]
    if present_key is not None and key is None:
        sentences.append(
            _("This backup has no passphrase: afterwards the register can be read by anybody until you add one.")
        )
    elif present_key is not None and key != present_key:
        sentences.append(_("Afterwards the register opens with the passphrase of that time."))
    return " ".join(sentences)


def weight_of(found: Comparison) -> Level | str:
    """How much that weighs."""
    return Level.WARNING if found.lost.saves or found.relation is Relation.FOREIGN else ""


def row_of(line: ChangeLine) -> ChangeRow:
    """A record with its NIK masked."""
    fields = ", ".join(_(_FIELDS[name]) for name in line.fields if name in _FIELDS)
    return ChangeRow(
        moment_words(line.at), line.user or NOTHING, what_words(line), line.name or NOTHING,
        mask_number(line.nik) if line.nik else NOTHING, fields,
    )  # fmt: skip


def text_of_list(listed: ChangeList, heads: Iterable[str]) -> str:
    """The list as plain text, columns parted by tabs, so that a spreadsheet takes it as well."""
    lines = [*listed.about, ""]
    for section in listed.sections:
        lines += [section.title, section.sentence, ""]
        if section.rows:
            lines.append("\t".join(heads))
            lines += ["\t".join(" ".join(cell.split()) for cell in row.cells) for row in section.rows]
            lines.append("")
    lines.append(
        _("Made by {who}, {when}; {rows} rows. NIK masked.").format(
            who=listed.printed_by, when=moment_words(listed.printed_at), rows=number(listed.row_count)
        )
    )
    return "\n".join(lines) + "\n"


def about_words(backup: Contents, file: str) -> tuple[str, ...]:
    """Which backup, and which file it is held against."""
    return (
        _("Backup: {file}, last saved {moment}.").format(
            file=backup.path.name, moment=moment_words(backup.last_change)
        ),
        _("Register: {file}.").format(file=file),
    )


# Details


def _parts(counts: Mapping[tuple[str, str], int]) -> list[str]:
    new = {kind: sum(counts.get((kind, how), 0) for how in ("add", "missing")) for kind in ("worker", "enrolment")}
    of = {kind: sum(count for (k, _how), count in counts.items() if k == kind) for kind in new}
    others = sum(counts.values()) - sum(of.values())
    changed = {kind: of[kind] - new[kind] for kind in new}
    parts = (
        (new["worker"], translate_count("{count} new worker", "{count} new workers", new["worker"])),
        (changed["worker"], translate_count("{count} worker changed", "{count} workers changed", changed["worker"])),
        (new["enrolment"], translate_count("{count} new enrolment", "{count} new enrolments", new["enrolment"])),
        (
            changed["enrolment"],
            translate_count("{count} enrolment changed", "{count} enrolments changed", changed["enrolment"]),
        ),
        (others, translate_count("{count} other change", "{count} other changes", others)),
    )
    return [words.format(count=number(count)) for count, words in parts if count]


def _salvaged_row(one: Newer) -> ChangeRow:
    row = row_of(one.line)
    if one.is_certain:
        return row
    unsure = _("not certain: compare with the paper")
    return ChangeRow(
        row.when, row.who, row.what, row.name, row.nik, f"{row.fields}; {unsure}" if row.fields else unsure
    )


_FIELDS: Mapping[str, str] = {
    "nik": N_("NIK"),
    "family_card": N_("KK number"),
    "name": N_("Full name"),
    "title_before": N_("Title in front"),
    "title_after": N_("Title behind"),
    "birth_place": N_("Birth place"),
    "born_on": N_("Birth date"),
    "sex": N_("Sex"),
    "marital_status": N_("Marital status"),
    "mother_name": N_("Mother's name"),
    "address": N_("Address (street, RT/RW)"),
    "jorong": N_("Jorong"),
    "nagari": N_("Nagari"),
    "postcode": N_("Postcode"),
    "phone": N_("Phone"),
    "email": N_("E-mail"),
    "occupation": N_("Occupation"),
    "work_place": N_("Work place"),
    "income": N_("Income a month (Rp)"),
    "segment": N_("Membership segment"),
    "source_list": N_("Source list"),
    "source_decile": N_("Welfare decile"),
    "proof_kind": N_("Kind of proof"),
    "proof_number": N_("Number of the proof"),
    "perisai_agent": N_("Perisai agent"),
    "heir_name": N_("Heir's name"),
    "heir_relation": N_("Heir's relation"),
    "heir_nik": N_("Heir's NIK"),
    "kpj": N_("KPJ number"),
    "notes": N_("Notes"),
    "reasons": N_("Reasons for warnings"),
    "living": N_("Status"),
    "state": N_("Status"),
    "state_reason": N_("Reason"),
    "paid_on": N_("First payment on"),
    "scheme": N_("Scheme"),
    "first_month": N_("First month"),
    "last_month": N_("Last month"),
    "base": N_("Contribution base"),
    "contribution": N_("Contribution"),
    "payer_name": N_("Paid by"),
    "payer_number": N_("Payer's number (NIP, NPP)"),
    "payer_office": N_("Payer's office"),
    "registered_on": N_("Registered on"),
}
"""English message ids, the same as in the forms, which need a screen."""
