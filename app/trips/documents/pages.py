"""The page on which a family, or a grown-up of the trip, fills a travel document in: what was saved is never shown."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import Select

from app.core.access import Role, allow, principal
from app.core.clock import local_day, now
from app.core.db import db, transact
from app.core.finding import get_or_404
from app.people.models import Person
from app.programmes.applications.queries import applications_of
from app.programmes.models import Application, ApplicationState, Programme
from app.trips.documents import operations
from app.trips.documents.filling import Around, empty_form, filling_page, saved
from app.trips.documents.operations import Holder
from app.trips.documents.problems import GuardianFillsIn
from app.trips.documents.queries import adults_on_trip, fills_in_for
from app.trips.models import TripAdult

bp = Blueprint("travel_documents", __name__)


@bp.route("/applications/<int:application_id>/travel-document", methods=["GET", "POST"])
@allow(Role.SIGNED_IN)
def fill_in(application_id: int) -> ResponseReturnValue:
    """Fill in the document of a child, or the own one from 18 on."""
    one = get_or_404(_taking_part(), application_id)
    whose, may = Holder(one.programme_id, one.person_id), _fills_in(one.person)
    form = empty_form(one.person.name, one.person)
    around = Around(
        url_for(".fill_in", application_id=application_id),
        url_for(".remove", application_id=application_id),
        url_for("applications.show", application_id=application_id),
    )
    if form.is_submitted() and not may:
        form.refuse(GuardianFillsIn())
    elif form.validate_on_submit() and saved(form, whose, by=principal().actor):
        return redirect(around.here, 303)
    return filling_page(form, whose, one.side.programme, around, name=one.person.name, may=may)


@bp.post("/applications/<int:application_id>/travel-document/removal")
@allow(Role.SIGNED_IN)
def remove(application_id: int) -> ResponseReturnValue:
    """Delete it."""
    one = get_or_404(_taking_part(), application_id)
    if _fills_in(one.person):
        transact(operations.take_out, Holder(one.programme_id, one.person_id))
        flash(_("Deleted."), "pine")
    return redirect(url_for(".fill_in", application_id=application_id), 303)


@bp.route("/trip-adults/<int:adult_id>/travel-document", methods=["GET", "POST"])
@allow(Role.SIGNED_IN)
def fill_in_own(adult_id: int) -> ResponseReturnValue:
    """Fill in one's own document as a grown-up of a trip."""
    adult = get_or_404(adults_on_trip(principal().actor), adult_id)
    whose, form = Holder(adult.programme_id, adult_id=adult_id), empty_form(adult.name)
    around = Around(
        url_for(".fill_in_own", adult_id=adult_id), url_for(".remove_own", adult_id=adult_id), url_for("pages.mine")
    )
    if form.validate_on_submit() and saved(form, whose, by=principal().actor):
        return redirect(around.here, 303)
    programme = db.session.get_one(Programme, adult.programme_id)
    return filling_page(form, whose, programme, around, name=adult.name)


@bp.post("/trip-adults/<int:adult_id>/travel-document/removal")
@allow(Role.SIGNED_IN)
def remove_own(adult_id: int) -> ResponseReturnValue:
    """Delete one's own."""
    adult: TripAdult = get_or_404(adults_on_trip(principal().actor), adult_id)
    transact(operations.take_out, Holder(adult.programme_id, adult_id=adult_id))
    flash(_("Deleted."), "pine")
    return redirect(url_for(".fill_in_own", adult_id=adult_id), 303)


def _taking_part() -> Select[Application]:
    own = applications_of(principal().actor)
    return own.where(Application.state == ApplicationState.CONFIRMED)


def _fills_in(person: Person) -> bool:
    return fills_in_for(principal().actor, person, local_day(now()))
