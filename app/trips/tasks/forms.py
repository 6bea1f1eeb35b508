"""Something to see to: what, until when, by whom, with which paper."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, validators

from app.accounts.models import User
from app.core.fields import LineField, TextField, choice
from app.core.forms import Form, at_most, required
from app.programmes.forms import PlanDayField, number_or_none
from app.programmes.models import SEALED_FOR, Document
from app.questions.fields import AnswerFileField
from app.trips.models import TripTask
from app.trips.tasks.operations import TaskWords

_NOBODY = "0"


class NewPaperField(AnswerFileField):
    """A PDF or a photo that becomes one of the programme's papers."""

    sealed_for = SEALED_FOR


class TaskForm(Form):
    """One of the usual things: when it is due, who sees to it."""

    due_on = PlanDayField(_l("Due on"), [required()], render_kw={"placeholder": "20270612"})
    responsible_id = SelectField(_l("Who sees to it"), coerce=number_or_none, choices=[])
    note = TextField(_l("Note"), [validators.Optional(), at_most(500)], rows=2)
    document_id = SelectField(_l("Paper, from the programme's documents"), coerce=number_or_none, choices=[])
    file = NewPaperField(_l("Or a new one, PDF or photo"))

    def offer(self, staff: Sequence[User], documents: Sequence[Document]) -> None:
        """Say who may be responsible, and which papers there are."""
        self.responsible_id.choices = [
            choice(_NOBODY, _("nobody yet")),
            *(choice(str(one.id), one.name) for one in staff),
        ]
        self.document_id.choices = [
            choice(_NOBODY, _("no paper")),
            *(choice(str(one.id), one.name) for one in documents),
        ]

    def words(self) -> TaskWords:
        """Return what was typed."""
        title = self["title"].data if "title" in self else ""
        return TaskWords(
            title=title,
            due_on=self.due_on.data,
            responsible_id=self.responsible_id.data,
            note=self.note.data,
            document_id=self.document_id.data,
            file=self.file.sent,
        )


class OwnTaskForm(TaskForm):
    """Something of the unit's own."""

    title = LineField(_l("What is to be done"), [required(), at_most(80)])


def task_values(task: TripTask) -> dict[str, Any]:
    """Return something to see to as the form's starting values."""
    same = {name: getattr(task, name) for name in ("title", "note", "responsible_id", "document_id")}
    return same | {"due_on": task.due_on}
