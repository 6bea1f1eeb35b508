"""The record of what guardians answered about one place, on the page and on paper: for the host, and the own school."""

from collections.abc import Collection

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Select, select

from app.care.consents.evidence import sheets_about
from app.care.consents.queries import registrations_to_call
from app.core.access import Role, allow, principal
from app.core.audit import note_look
from app.core.clock import now
from app.core.finding import get_or_404
from app.events.models import Registration
from app.events.registration.scopes import scopes_of
from app.people.consents.scopes import programme_scope
from app.people.consents.words import PURPOSES, RELATIONS, STRENGTHS
from app.people.models import Person
from app.people.whose import whose
from app.programmes.applications.queries import applications_of_schools, applications_run_by
from app.programmes.models import Application

bp = Blueprint("consent_records", __name__)
_DESKS = (Role.STAFF, Role.SCHOOL)


@bp.get("/registrations/<int:held_id>/guardian/record")
@allow(*_DESKS)
def of_place(held_id: int) -> ResponseReturnValue:
    """What was answered about one place in an event."""
    one = get_or_404(registrations_to_call(principal()), held_id)
    note_look("consent_record", one.id, whose(one.person))
    back = url_for("guardian_calls.call", held_id=one.id)
    return _record(one.person, scopes_of(one.slot), one.slot.event.title, _class_of(one), back)


@bp.get("/applications/<int:application_id>/guardian/record")
@allow(*_DESKS)
def of_application(application_id: int) -> ResponseReturnValue:
    """What was answered about one place in a programme."""
    one = get_or_404(_visible(), application_id)
    programme = one.side.programme
    note_look("consent_record", one.id, whose(one.person))
    is_host = programme.host_id in principal().units(Role.STAFF)
    back = url_for("application_desk.show", application_id=one.id) if is_host else url_for("nominations.index")
    return _record(one.person, {programme_scope(programme.id)}, programme.title, _class_of(one), back)


def _visible() -> Select[Application]:
    run = applications_run_by(principal()).with_only_columns(Application.id)
    own = applications_of_schools(principal()).with_only_columns(Application.id)
    return select(Application).where(Application.id.in_(run) | Application.id.in_(own))


def _class_of(one: Registration | Application) -> str:
    return f"{one.school.name if one.school else ''} {one.class_name}".strip()


def _record(person: Person, scopes: Collection[str], title: str, class_name: str, back: str) -> ResponseReturnValue:
    page = {
        "person": person,
        "title": title,
        "class_name": class_name,
        "sheets": sheets_about(person.id, scopes),
        "words": (PURPOSES, RELATIONS, STRENGTHS),
        "at": now(),
        "back": back,
    }
    return render_template("care/consent_record.html", **page), {"Cache-Control": "no-store"}
