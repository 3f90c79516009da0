"""The seven places of the window and the page that stands in each."""

from __future__ import annotations

from enum import StrEnum

from models.language import N_


class Place(StrEnum):
    """In the order of the rail and of Ctrl+1 to Ctrl+7."""

    ENTRY = "entry"
    WORKERS = "workers"
    SCHEMES = "schemes"
    COVERAGE = "coverage"
    PAPERS = "papers"
    EXCHANGE = "exchange"
    SETTINGS = "settings"

    @property
    def label(self) -> str:
        """English message id."""
        return {
            "entry": N_("Entry"),
            "workers": N_("Workers"),
            "schemes": N_("Schemes & Funds"),
            "coverage": N_("Coverage"),
            "papers": N_("Letters & Reports"),
            "exchange": N_("Data"),
            "settings": N_("Settings"),
        }[self.value]

    @property
    def icon(self) -> str:
        return "data" if self is Place.EXCHANGE else self.value

    @property
    def key(self) -> str:
        """The shortcut that leads here."""
        return f"Ctrl+{list(Place).index(self) + 1}"


PAGES: dict[Place, str] = {
    Place.ENTRY: "ui.people.entry_page:EntryPage",
    Place.WORKERS: "ui.people.workers_page:WorkersPage",
    Place.SCHEMES: "ui.schemes.page:SchemesPage",
    Place.COVERAGE: "ui.coverage.page:CoveragePage",
    Place.PAPERS: "ui.papers.page:PapersPage",
    Place.EXCHANGE: "ui.exchange.page:ExchangePage",
    Place.SETTINGS: "ui.offices.page:SettingsPage",
}
"""``module:Class``, imported on the first visit, so that the window is painted before anything heavy is read."""
