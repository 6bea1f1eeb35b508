"""A host's list of skills, and whom its staff has confirmed one."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import Select, select

from app.accounts.queries import names_of
from app.core.access import Role, allow, principal
from app.core.changes import changes_of, told
from app.core.clock import local_day, now
from app.core.db import transact
from app.core.finding import get_or_404, read_id_or_none
from app.core.problems import Problem
from app.events.models import PersonSkill, Skill
from app.events.rules_desk import own_host
from app.events.shifts import skills
from app.events.shifts.shift_forms import SkillForm

bp = Blueprint("skills_desk", __name__, url_prefix="/desk")
PAGE = 50


@bp.route("/skills", methods=["GET", "POST"])
@allow(Role.STAFF)
def index() -> ResponseReturnValue:
    """The list; the form below adds one."""
    host, form = own_host(), SkillForm()
    if form.validate_on_submit():
        try:
            made = transact(
                skills.add_skill, host.id, form.name.data, form.meaning.data, by=principal().actor, at=now()
            )
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("Saved. Shifts can ask for it now."), "pine")
            return redirect(url_for(".show", skill_id=made.id), 303)
    known = skills.skills_on_list(host.id)
    return render_template("events/skills.html", host=host, form=form, skills=known), form.status


@bp.route("/skills/<int:skill_id>", methods=["GET", "POST"])
@allow(Role.STAFF)
def show(skill_id: int) -> ResponseReturnValue:
    """One of them: what it is called, who has it, where it is taught."""
    skill = _skill(skill_id)
    form = SkillForm(obj=skill)
    if form.validate_on_submit():
        try:
            transact(skills.edit_skill, skill_id, form.name.data, form.meaning.data, by=principal().actor, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("Saved."), "pine")
            return redirect(url_for(".show", skill_id=skill_id), 303)
    have = skills.holders(skill_id, read_id_or_none(request.args.get("after")) or 0, PAGE + 1)
    changes = changes_of(skills.RECORD, [skill_id])
    page = {
        "skill": skill,
        "holders": have[:PAGE],
        "following": have[PAGE - 1].id if len(have) > PAGE else None,
        "trainings": skills.trainings(skill_id, now(), most=5),
        "today": local_day(now()),
        "changes": [(change, told(change, skills.VOCABULARY)) for change in changes],
        "names": names_of([*(one.confirmed_by_id for one in have), *(change.by_id for change in changes)]),
    }
    return render_template("events/skill.html", form=form, **page), form.status


@bp.post("/skills/<int:skill_id>/retirement")
@allow(Role.STAFF)
def retire(skill_id: int) -> ResponseReturnValue:
    """Take it off the list."""
    _skill(skill_id)
    try:
        transact(skills.retire_skill, skill_id, by=principal().actor, at=now())
    except Problem as problem:
        flash(problem.message, "bad")
    else:
        flash(_("Taken off the list. Who has it keeps it; you can put it back at any time."), "gold")
    return redirect(url_for(".show", skill_id=skill_id), 303)


@bp.post("/skills/<int:skill_id>/restoration")
@allow(Role.STAFF)
def restore(skill_id: int) -> ResponseReturnValue:
    """Put it back on the list."""
    _skill(skill_id)
    try:
        transact(skills.restore_skill, skill_id, by=principal().actor, at=now())
    except Problem as problem:
        flash(problem.message, "bad")
    else:
        flash(_("It is on the list again."), "pine")
    return redirect(url_for(".show", skill_id=skill_id), 303)


@bp.post("/held-skills/<int:person_skill_id>/end")
@allow(Role.STAFF)
def end(person_skill_id: int) -> ResponseReturnValue:
    """Take a confirmation back."""
    held = get_or_404(held_skills_run_by(), person_skill_id)
    transact(skills.end_skill, person_skill_id, by=principal().actor, at=now())
    flash(_("Taken back. Shifts that ask for it are closed to this person from now on."), "gold")
    return redirect(url_for(".show", skill_id=held.skill_id), 303)


def skills_run_by() -> Select[Skill]:
    """Return the skills of the hosts one works for."""
    return select(Skill).where(Skill.organisation_id.in_(principal().units(Role.STAFF)))


def held_skills_run_by() -> Select[PersonSkill]:
    """Return what these hosts have confirmed."""
    own = Skill.organisation_id.in_(principal().units(Role.STAFF))
    return select(PersonSkill).join(PersonSkill.skill).where(own)


def _skill(skill_id: int) -> Skill:
    return get_or_404(skills_run_by(), skill_id)
