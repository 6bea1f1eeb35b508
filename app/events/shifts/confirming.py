"""Staff confirms what a registrant can do."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import SelectField

from app.core.access import Role, allow, principal
from app.core.audit import note_look
from app.core.clock import local_day, now
from app.core.db import transact
from app.core.fields import choice
from app.core.finding import get_or_404, read_id_or_none
from app.core.forms import required
from app.events.queries import registrations_run_by
from app.events.shifts import skills
from app.events.shifts.shift_forms import ConfirmForm
from app.people.whose import whose

bp = Blueprint("confirming", __name__, url_prefix="/desk")


class ConfirmOneForm(ConfirmForm):
    """Which skill, until when."""

    skill_id = SelectField(coerce=read_id_or_none, validators=[required()])

    def __init__(self, known: list[Any]) -> None:
        super().__init__()
        self.skill_id.label.text = _("Skill or training")
        self.skill_id.choices = [choice(str(one.id), one.name) for one in known]


@bp.route("/registrations/<int:registration_id>/skills", methods=["GET", "POST"])
@allow(Role.STAFF)
def one(registration_id: int) -> ResponseReturnValue:
    """What the host has confirmed of somebody, and what else it may."""
    registration = get_or_404(registrations_run_by(principal()), registration_id)
    host_id, person_id = registration.slot.event.host_id, registration.person_id
    known = skills.skills_to_choose([host_id])
    form = ConfirmOneForm(known)
    if form.validate_on_submit():
        chosen, until = form.skill_id.data, form.expires_on.data
        transact(skills.confirm_skill, chosen, [person_id], until, by=principal().actor, at=now())
        flash(_("Confirmed."), "pine")
        return redirect(url_for(".one", registration_id=registration_id), 303)
    note_look("skills", registration_id, whose(registration.person))
    held = skills.skills_of(person_id, [host_id])
    page = {"registration": registration, "known": known, "held": held, "today": local_day(now())}
    return render_template("events/person_skills.html", form=form, **page), form.status
