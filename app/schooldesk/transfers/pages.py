"""The school's page of pupils who come from, and go to, other schools."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select
from wtforms import SelectField

from app.core.access import Role, allow, principal
from app.core.clock import now
from app.core.db import db, transact
from app.core.fields import DayField, choice
from app.core.finding import get_or_404
from app.core.forms import Form, required
from app.core.problems import Problem
from app.organisations.models import Organisation
from app.organisations.queries import schools
from app.people import classes
from app.people.forms import NameField, born
from app.people.models import SchoolClass
from app.schooldesk.models import Transfer
from app.schooldesk.routes import the_school
from app.schooldesk.transfers import operations

bp = Blueprint("transfers", __name__, url_prefix="/school/transfers")
_SHOWN = 50


class TransferForm(Form):
    """Whom a school asks for."""

    name = NameField(_l("Name"), render_kw={"autocomplete": "off"})
    born_on = DayField(_l("Date of birth"), [required(), born], render_kw={"autocomplete": "off"})
    from_school = SelectField(_l("School until now"), [required()])
    class_name = SelectField(_l("Class with us"), [required()])

    can_ask = False

    def offer(self, others: Sequence[Organisation], own: Sequence[SchoolClass]) -> None:
        """Let the school choose where from, and into which class; nothing is chosen beforehand."""
        nothing = choice("", _("Please choose"))
        self.can_ask = bool(others and own)
        self.from_school.choices = [nothing, *(choice(str(one.id), one.name) for one in others)]
        self.class_name.choices = [nothing, *(choice(one.name, one.name) for one in own)]

    def newcomer(self) -> operations.Newcomer:
        """Return what was typed."""
        return operations.Newcomer(self.name.data, self.born_on.data, int(self.from_school.data), self.class_name.data)


@bp.route("", methods=["GET", "POST"])
@allow(Role.SCHOOL)
def index() -> ResponseReturnValue:
    """What other schools ask of this one, and what it has asked for; the form asks for a pupil."""
    school, form = the_school(), TransferForm()
    form.offer([one for one in schools() if one.id != school.id], classes.classes_in_order(school.id))
    if form.validate_on_submit():
        try:
            transact(operations.ask, form.newcomer(), school.id, by=principal().actor, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("Asked. As soon as the other school confirms, the pupil is in your class."), "pine")
            return redirect(url_for(".index", school=school.id), 303)
    own = frozenset({school.id})
    page = {
        "school": school,
        "form": form,
        "coming": db.session.scalars(operations.asked_by(own).limit(_SHOWN)).all(),
        "leaving": db.session.scalars(operations.asked_of(own).limit(_SHOWN)).all(),
    }
    return render_template("schooldesk/transfers.html", **page), form.status


@bp.post("/<int:transfer_id>/confirmation")
@allow(Role.SCHOOL)
def confirm(transfer_id: int) -> ResponseReturnValue:
    """The old school lets the pupil go."""
    words = _("Done. The pupil belongs to the other school now; what was signed up for with you stays in your list.")
    return _answer(operations.asked_of, operations.confirm, transfer_id, words)


@bp.post("/<int:transfer_id>/refusal")
@allow(Role.SCHOOL)
def refuse(transfer_id: int) -> ResponseReturnValue:
    """The pupil stays."""
    return _answer(operations.asked_of, operations.refuse, transfer_id, _("The pupil stays with you."))


@bp.post("/<int:transfer_id>/withdrawal")
@allow(Role.SCHOOL)
def withdraw(transfer_id: int) -> ResponseReturnValue:
    """The new school does not ask any more."""
    return _answer(operations.asked_by, operations.withdraw, transfer_id, _("The request is withdrawn."))


def _answer(
    visible: Callable[[frozenset[int]], Select[Transfer]],
    operation: Callable[..., Any],
    transfer_id: int,
    words: str,
) -> ResponseReturnValue:
    asked = get_or_404(visible(principal().units(Role.SCHOOL)), transfer_id)
    school_id = asked.from_school_id if visible is operations.asked_of else asked.to_school_id
    try:
        transact(operation, transfer_id, by=principal().actor, at=now())
    except Problem as problem:
        flash(problem.message, "bad")
    else:
        flash(words, "pine")
    return redirect(url_for(".index", school=school_id), 303)
