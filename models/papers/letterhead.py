"""Who issues a paper and who signs it."""

from __future__ import annotations

from dataclasses import dataclass

from models.offices.office import OfficeSettings


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The head of an office's letters."""

    government: str
    """First line, for instance PEMERINTAH KABUPATEN PASAMAN BARAT."""
    office: str
    """Second line, bold."""
    address: str
    contact: str = ""
    """Phone, e-mail, postcode in one line."""
    place: str = ""
    """Where letters are dated, for instance Simpang Empat."""
    logo: bytes | None = None
    """PNG or JPEG of the coat of arms."""


@dataclass(frozen=True, slots=True)
class Signatory:
    """The person under whose name a paper goes out."""

    title: str
    """Office title above the signature, for instance KEPALA DINAS; may start with a.n., Plt. or Plh."""
    name: str = ""
    rank: str = ""
    nip: str = ""
    """18 digits, or empty for hand-filling."""


def letterhead_of(settings: OfficeSettings) -> Letterhead:
    """The head of the office's letters."""
    return Letterhead(settings.government, settings.office_name, settings.address, settings.contact, settings.place)


def signatory_of(settings: OfficeSettings) -> Signatory:
    """Who signs the office's papers."""
    return Signatory(
        settings.signatory_title, settings.signatory_name, settings.signatory_rank, settings.signatory_nip
    )
