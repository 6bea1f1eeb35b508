"""What the law gives everybody over the own data, and parents over a child's: take it along, have it erased."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import Select, select

from app.accounts.sessions import asker
from app.care.erasing import requests
from app.care.rights import jobs
from app.core.access import Role, allow, principal
from app.core.clock import local_day, now
from app.core.db import transact
from app.core.filters import full_day
from app.core.finding import get_or_404
from app.people.models import ActsFor, Person, Relation

bp = Blueprint("rights", __name__, url_prefix="/mine/persons/<int:person_id>/data")


@bp.get("")
@allow(Role.SIGNED_IN)
def show(person_id: int) -> ResponseReturnValue:
    """What can be done with somebody's data, and how a request stands."""
    person = _person(person_id)
    page = {"person": person, "request_made": requests.latest_request(person_id)}
    return render_template("care/person_data.html", within=requests.DECIDED_WITHIN.days, **page)


@bp.post("/export")
@allow(Role.SIGNED_IN)
def export(person_id: int) -> ResponseReturnValue:
    """Everything that is kept, as one file, made in the background."""
    _person(person_id)
    job_id = transact(jobs.ask_for_export, person_id, asker=asker(), at=now())
    return redirect(url_for("jobs.show", job_id=job_id), 303)


@bp.post("/erasure")
@allow(Role.SIGNED_IN)
def ask_to_erase(person_id: int) -> ResponseReturnValue:
    """Ask to have everything erased."""
    _person(person_id)
    asked = transact(requests.ask, person_id, by=principal().actor, at=now())
    flash(_("We have got your request and decide by %(day)s.", day=full_day(local_day(asked.due_at))), "pine")
    return redirect(url_for(".show", person_id=person_id), 303)


@bp.post("/erasure/withdrawal")
@allow(Role.SIGNED_IN)
def take_back(person_id: int) -> ResponseReturnValue:
    """Take that back, as long as nobody has decided."""
    _person(person_id)
    was_open = transact(requests.take_back, person_id)
    if was_open:
        flash(_("The request is taken back."), "pine")
    else:
        flash(_("There is no open request."), "gold")
    return redirect(url_for(".show", person_id=person_id), 303)


def _person(person_id: int) -> Person:
    return get_or_404(persons_answered_for_by(principal().actor), person_id)


def persons_answered_for_by(user_id: int) -> Select[Person]:
    """Return oneself and one's children: of a friend who only comes along, one decides nothing."""
    own = ActsFor.relation.in_((Relation.ONESELF, Relation.CHILD))
    return select(Person).where(Person.id.in_(select(ActsFor.person_id).where(ActsFor.user_id == user_id, own)))
