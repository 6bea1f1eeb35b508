"""After a training: who was there has the skill now."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy import select
from wtforms import SelectMultipleField

from app.checkin.queries import arrivals
from app.core.access import Role, allow, principal
from app.core.clock import now
from app.core.db import db, transact
from app.core.fields import choice
from app.core.finding import get_or_404, read_id_or_none
from app.core.forms import required
from app.events.models import PLACED, PersonSkill, Registration, Slot
from app.events.queries import slots_run_by, with_event
from app.events.shifts import skills
from app.events.shifts.shift_forms import ConfirmForm

bp = Blueprint("training", __name__, url_prefix="/desk/slots/<int:slot_id>/training")


class TrainingForm(ConfirmForm):
    """Who learnt it, and until when it counts."""

    people = SelectMultipleField(
        _l("Who has learnt it?"), [required(_l("Please choose somebody."))], coerce=read_id_or_none
    )


@bp.route("", methods=["GET", "POST"])
@allow(Role.STAFF)
def show(slot_id: int) -> ResponseReturnValue:
    """Those who were there; whoever has it already is not asked about again."""
    slot = get_or_404(slots_run_by(principal()), slot_id)
    skill = slot.teaches_skill or abort(404)
    came = _who_came(slot)
    have = _who_has(skill.id, came)
    open_ = [one for one in came if one.person_id not in have]
    form = TrainingForm()
    form.people.choices = [choice(str(one.person_id), one.person.name) for one in open_]
    if form.validate_on_submit():
        chosen, until = form.people.data or [], form.expires_on.data
        new = transact(skills.confirm_skill, skill.id, chosen, until, by=principal().actor, at=now())
        flash(ngettext("Confirmed for %(num)d person.", "Confirmed for %(num)d people.", len(new)), "pine")
        return redirect(url_for(".show", slot_id=slot_id), 303)
    page: dict[str, Any] = {"slot": slot, "skill": skill, "open": open_}
    page["done"] = [one for one in came if one.person_id in have]
    return render_template("pages/training.html", form=form, **page), form.status


def _who_came(slot: Slot) -> list[Registration]:
    there = (Registration.slot_id == slot.id, Registration.state.in_(PLACED))
    found = db.session.scalars(with_event(select(Registration)).where(*there)).all()
    came = arrivals([one.id for one in found])
    return sorted((one for one in found if one.id in came), key=lambda one: (one.person.name_pinyin, one.id))


def _who_has(skill_id: int, came: list[Registration]) -> set[int]:
    theirs = PersonSkill.person_id.in_([one.person_id for one in came])
    own = select(PersonSkill.person_id).where(PersonSkill.skill_id == skill_id, PersonSkill.ended_at.is_(None), theirs)
    return set(db.session.scalars(own))
