"""What volunteers look at: where people are needed now (现在缺人), and how to get a skill."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from app.core.access import public
from app.core.clock import now
from app.core.finding import get_or_404
from app.events.levels import Level
from app.events.models import Skill
from app.events.search import When, read_wanted
from app.events.shifts import need, skills
from app.organisations.queries import units
from app.programmes.kinds import ProgrammeKind

bp = Blueprint("shifts", __name__)


@bp.get("/shifts")
@public
def index() -> ResponseReturnValue:
    """The open shifts, the one that needs people most first; see `app.events.shifts.need`."""
    at, wanted = now(), read_wanted(request.args)
    after = need.read_need_key(request.args.get("after"))
    shifts, following = need.page_of_shifts(need.shifts_in_need(wanted, at, after), at, after)
    choices = {"kinds": ProgrammeKind, "times": When, "levels": Level}
    return render_template("events/shifts.html", shifts=shifts, following=following, wanted=wanted, at=at, **choices)


@bp.get("/skills/<int:skill_id>")
@public
def skill(skill_id: int) -> ResponseReturnValue:
    """What a skill is that a host's shifts ask for, and where it is taught next."""
    found = get_or_404(select(Skill), skill_id)
    (host,) = units(frozenset({found.organisation_id}))
    trainings = skills.trainings(skill_id, now(), most=10)
    return render_template("events/skill_public.html", skill=found, host=host, trainings=trainings)
