"""The forms that go home on paper: of one place, of all that wait at an event, of a school's pupils."""

from collections.abc import Sequence

from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue

from app.care.consents.paper_queries import forms_of
from app.care.consents.paper_sheet import MOST, draw_forms
from app.care.consents.queries import ToCall, calls_of, calls_of_school, registrations_to_call
from app.certificates.press import RenderingUnavailable
from app.core.access import Role, allow, principal
from app.core.audit import note_access
from app.core.clock import now
from app.core.db import transact
from app.core.finding import get_or_404
from app.events.models import Registration
from app.events.queries import events_run_by
from app.people.whose import whose_of

bp = Blueprint("paper_prints", __name__)


@bp.get("/registrations/<int:held_id>/guardian/paper.pdf")
@allow(Role.STAFF, Role.SCHOOL)
def one(held_id: int) -> ResponseReturnValue:
    """The form of one place."""
    return _printed([get_or_404(registrations_to_call(principal()), held_id)])


@bp.get("/desk/events/<int:event_id>/guardians/papers.pdf")
@allow(Role.STAFF)
def event(event_id: int) -> ResponseReturnValue:
    """The forms of all places of an event that wait for a guardian, or of one class of them."""
    get_or_404(events_run_by(principal()), event_id)
    return _printed(_wanted(calls_of(event_id)))


@bp.get("/school/guardians/papers.pdf")
@allow(Role.SCHOOL)
def school() -> ResponseReturnValue:
    """The same of the own pupils."""
    school_id = min(principal().units_in_view(Role.SCHOOL), default=None) or abort(404)
    return _printed(_wanted(calls_of_school(school_id)))


def _wanted(calls: Sequence[ToCall]) -> list[Registration]:
    class_name = request.args.get("class")
    found = [one.registration for one in calls]
    return [one for one in found if class_name in (None, one.class_name)][:MOST]


def _printed(places: Sequence[Registration]) -> ResponseReturnValue:
    if not places:
        abort(404)
    people = whose_of(place.person for place in places)
    number = places[0].id if len(places) == 1 else None
    try:
        pdf = draw_forms(forms_of(places))
    except RenderingUnavailable:
        abort(503)
    note = ("print", "consent_forms", number)
    transact(note_access, *note, people=people, purpose="print", by=principal().actor, at=now())
    return Response(pdf, content_type="application/pdf", headers={"Cache-Control": "no-store"})
