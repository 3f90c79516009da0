"""Perisai agents: whom they brought in a month, the events that were held, and entering both."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QLabel, QTabWidget, QVBoxLayout, QWidget

from models.language import N_, translate_count
from models.language import translate as _
from models.obligations.records import Agent, AgentMonth, Outreach
from models.obligations.rules import MOST_PEOPLE
from models.people.nik import parse_nik
from models.problems import Level, Problem, Rejected, StorageFailure
from models.values.formats import month_long, number
from models.values.months import Month
from models.values.parsed import Parsed
from ui.areas import choices_of_areas
from ui.fields.choice import Choice, ChoiceField
from ui.fields.dates import DateField
from ui.fields.field import ParsedField, TextField
from ui.fields.form import FormGrid
from ui.fields.numbers import CountField, PhoneField
from ui.look.spacing import MEDIUM, PAGE, SMALL
from ui.obligations.board import FORM_WIDTH
from ui.obligations.words import agent_columns, agent_row
from ui.page import button
from ui.session import Session
from ui.table import FigureTable

if TYPE_CHECKING:
    from models.register import Register

YEARS_AHEAD = 20


class AgentsPanel(QWidget):
    """Enter on an agent opens it in the form; Ctrl+S enters the agent or the event."""

    def __init__(self, session: Session, taken_letters: str = "", parent: QWidget | None = None) -> None:
        """`taken_letters` are Alt letters in use above."""
        super().__init__(parent)
        self._session, self._taken = session, taken_letters
        self._month = Month.of(session.today())
        self._agents: dict[str, Agent] = {}
        self._edited: Agent | None = None
        self._build()

    @property
    def _register(self) -> Register:
        return self._session.opened_register

    def show_month(self, month: Month) -> None:
        """What the agents did in another month."""
        self._month = month
        self.read()

    def read(self) -> None:
        """In the background, like the board."""
        self._agents = {agent.code: agent for agent in self._register.agents.all()}
        choices = tuple(Choice(agent.id, agent.name, agent.code) for agent in self._agents.values())
        self.event_form["agent"].set_choices(choices)  # type: ignore[attr-defined]
        areas = tuple(area for area in choices_of_areas(self._register) if str(area.value).count(".") == 3)
        self.event_form["nagari"].set_choices(areas)  # type: ignore[attr-defined]
        self._session.background.run(self, partial(_month_of, self._register, self._month), done=self._show)

    def save(self) -> None:
        """Enters what stands in the form in front."""
        if self.forms.currentWidget() is self.form:
            self._save_agent()
        else:
            self._save_event()

    # Building

    def _build(self) -> None:
        today = self._session.today
        self.summary = QLabel()
        self.summary.setWordWrap(True)
        self.table = FigureTable(_("Perisai agents"), agent_columns())
        self.table.chosen.connect(self._edit)
        self.form = form = FormGrid()
        form.add(TextField("code", _("Code"), required=True), 4)
        form.add(TextField("name", _("Name"), required=True), 8)
        form.add(ParsedField("nik", "NIK", self._read_nik), 12)
        form.add(PhoneField("phone", _("Phone")), 12)
        form.add(ParsedField("areas", _("Nagari, separated by commas"), self._read_areas, self._write_areas), 12)
        form.add(DateField("active_from", _("Active from"), today=today, required=True), 6)
        form.add(DateField("active_until", _("Active until"), today=today, years_ahead=YEARS_AHEAD), 6)
        form.add(TextField("notes", _("Notes")), 12)
        form.set_buttons(
            button(_("New"), self._begin, icon="add"),
            button(_("Save (Ctrl+S)"), self.save, icon="save", primary=True),
            taken_letters=self._taken,
        )
        self.event_form = event = FormGrid()
        event.add(ChoiceField("agent", _("Agent (empty: the office)"), ()), 12)
        event.add(DateField("held_on", _("Held on"), today=today, required=True), 6)
        event.add(CountField("attendance", _("Attendance"), most=MOST_PEOPLE, required=True), 6)
        event.add(ChoiceField("nagari", _("Nagari"), (), required=True), 12)
        event.add(TextField("topic", _("Topic"), required=True), 12)
        event.add(TextField("notes", _("Notes")), 12)
        event.set_buttons(
            button(_("Enter the event (Ctrl+S)"), self.save, icon="save", primary=True), taken_letters=self._taken
        )
        self.forms = QTabWidget()
        self.forms.setDocumentMode(True)
        self.forms.setAccessibleName(_("Forms"))
        self.forms.addTab(form, _("Agent"))
        self.forms.addTab(event, _("Event"))
        self.forms.setFixedWidth(FORM_WIDTH)
        left = QVBoxLayout()
        left.setSpacing(SMALL)
        left.addWidget(self.summary)
        left.addWidget(self.table, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, MEDIUM, 0, MEDIUM)
        row.setSpacing(PAGE)
        row.addLayout(left, 1)
        row.addWidget(self.forms)

    # What happens

    def _save_agent(self) -> None:
        values = self._values(self.form)
        if values is None:
            return
        missing = values["active_from"] is None
        if missing:
            self._refuse(self.form, (Problem("active_from", "day_missing", _DAY),))
            return
        before = self._edited
        agent = Agent(
            id=before.id if before else None,
            revision=before.revision if before else 0,
            code=values["code"] or "",
            name=values["name"] or "",
            nik=values["nik"] or "",
            phone=values["phone"] or "",
            areas=values["areas"] or (),
            active_from=values["active_from"],
            active_until=values["active_until"],
            notes=values["notes"] or "",
        )
        try:
            self._register.agents.save(agent)
        except Rejected as rejected:
            self._refuse(self.form, rejected.problems)
            return
        except StorageFailure as failure:
            self.form.say(failure.text, Level.ERROR)
            return
        self._begin()
        self.form.say(_("Saved: {name}.").format(name=agent.name), "good")
        self.read()

    def _save_event(self) -> None:
        values = self._values(self.event_form)
        if values is None:
            return
        if values["held_on"] is None:
            self._refuse(self.event_form, (Problem("held_on", "day_missing", _DAY),))
            return
        event = Outreach(
            agent=values["agent"],
            held_on=values["held_on"],
            nagari=values["nagari"] or "",
            topic=values["topic"] or "",
            attendance=-1 if values["attendance"] is None else values["attendance"],
            notes=values["notes"] or "",
        )
        try:
            self._register.agents.hold(event)
        except Rejected as rejected:
            self._refuse(self.event_form, rejected.problems)
            return
        except StorageFailure as failure:
            self.event_form.say(failure.text, Level.ERROR)
            return
        for name in ("attendance", "topic", "notes"):
            self.event_form[name].set_value(None)
        self.event_form.say(_("Entered: {figure}").format(figure=event.topic), "good")
        self.read()

    def _values(self, form: FormGrid) -> dict[str, Any] | None:
        form.tidy()
        problems = form.reading_problems()
        form.show_problems(problems, everywhere=True)
        if problems:
            form.go_to_first_problem()
            return None
        return form.values()

    def _refuse(self, form: FormGrid, problems: tuple[Problem, ...]) -> None:
        form.show_problems(problems, everywhere=True)
        if not form.go_to_first_problem():
            form.say(" ".join(problem.text for problem in problems), Level.ERROR)

    def _begin(self) -> None:
        """An empty form for another agent."""
        self._edited = None
        self.form.clear(keep_pinned=False)
        self.form.go_to("code")

    def _edit(self, code: object) -> None:
        agent = self._agents.get(str(code))
        self.forms.setCurrentWidget(self.form)
        self._begin()
        if agent is None:
            self.form["code"].set_value(str(code))
            self.form.go_to("name")
            return
        self._edited = agent
        for name in ("code", "name", "nik", "phone", "areas", "active_from", "active_until", "notes"):
            value = getattr(agent, name)
            self.form[name].set_value(value or None)

    def _show(self, rows: tuple[AgentMonth, ...]) -> None:
        self.table.set_rows([self._row(row) for row in rows])
        if not rows:
            words = _("No Perisai agent has been entered yet. Enter code, name and areas from the agent's card.")
            self.summary.setText(words)
            return
        workers, events = sum(row.workers for row in rows), sum(row.events for row in rows)
        words = translate_count(
            "{month}: {workers} worker brought, {events} events.",
            "{month}: {workers} workers brought, {events} events.",
            workers,
        )
        self.summary.setText(
            words.format(month=month_long(self._month), workers=number(workers), events=number(events))
        )

    def _row(self, row: AgentMonth) -> Any:
        agent = self._agents.get(row.agent)
        return agent_row(row, agent, self._write_areas(agent.areas) if agent else "", self._month)

    def _read_nik(self, text: str, *, field: str) -> Parsed[str]:
        if not text.strip():
            return None, ()
        nik, problems = parse_nik(text, self._session.today())
        return (nik.digits if nik else None), tuple(problems)

    def _read_areas(self, text: str, *, field: str) -> Parsed[tuple[str, ...]]:
        """Codes or names of nagari; a name that fits several is refused."""
        codes = []
        for word in (part.strip() for part in text.split(",")):
            if not word:
                continue
            if word.count(".") == 3 and self._register.regions.is_known(word):
                codes.append(word)
                continue
            found = self._register.regions.nagari_named(word)
            if not found:
                message = N_("There is no nagari {codes} (any more). Choose the agent's areas from the list.")
                return None, (Problem(field, "area_unknown", message, {"codes": word}),)
            exact = [region for region in found if word.casefold() in (region.name.casefold(), region.code)]
            if len(exact) != 1 and len(found) != 1:
                message = N_("“{word}” is no nagari, or fits several. Write its whole name or its code.")
                return None, (Problem(field, "area_unclear", message, {"word": word}),)
            codes.append((exact or list(found))[0].code)
        return (tuple(dict.fromkeys(codes)) or None), ()

    def _write_areas(self, codes: tuple[str, ...]) -> str:
        return ", ".join(self._register.regions.name(code) for code in codes)


_DAY = N_("The day is empty. Enter it, for instance 31/12/2025.")


def _month_of(register: Register, month: Month) -> tuple[AgentMonth, ...]:
    with register.twin(read_only=True) as twin:
        return twin.agents.month(month)
