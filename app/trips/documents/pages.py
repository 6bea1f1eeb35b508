"""The page on which a family, or a grown-up of the trip, fills a travel document in: what was saved is never shown.

A guardian's private page (`app.care.consents.travel_documents`) is made of the same.
"""

from dataclasses import dataclass

from flask import Blueprint, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import Select

from app.core.access import Role, allow, principal
from app.core.clock import local_day, now
from app.core.db import db, transact
from app.core.finding import get_or_404
from app.core.problems import Problem
from app.people.models import Person
from app.programmes.applications.queries import applications_of
from app.programmes.models import Application, ApplicationState, Programme
from app.trips.documents import operations
from app.trips.documents.forms import TravelDocumentForm
from app.trips.documents.keeping import KEPT_FOR
from app.trips.documents.operations import Holder
from app.trips.documents.problems import GuardianFillsIn
from app.trips.documents.queries import adults_on_trip, filled_in_at, fills_in_for, readers_of
from app.trips.documents.words import what_for
from app.trips.models import TripAdult

bp = Blueprint("travel_documents", __name__)


@dataclass(frozen=True)
class Around:
    """The addresses around a page: where it sends its form, where it deletes, where it came from."""

    here: str
    removal: str
    back: str
    hidden: tuple[tuple[str, int], ...] = ()  # what its forms carry besides


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


def empty_form(name: str, person: Person | None = None) -> TravelDocumentForm:
    """Return a form that knows what is known anyway, and nothing of what was saved before."""
    known: dict[str, object] = {"name": name}
    if person:
        known |= {"born_on": person.born_on, "gender": person.gender.value if person.gender else None}
    return TravelDocumentForm(data=known)


def saved(form: TravelDocumentForm, whose: Holder, *, by: int | None) -> bool:
    """Keep what was typed; return whether that was possible, else the form says why not."""
    try:
        transact(operations.fill_in, whose, form.words(), is_sure=bool(form.is_sure.data), by=by, at=now())
    except Problem as problem:
        form.refuse(problem)
        return False
    flash(_("Saved, and sealed. The number is on no page, not even on this one."), "pine")
    return True


def filling_page(
    form: TravelDocumentForm, whose: Holder, programme: Programme, around: Around, *, name: str, may: bool = True
) -> ResponseReturnValue:
    """Return the page: whether a document is there, and the form; ``may`` is whether this reader fills it in."""
    is_open = programme.needs_documents and not programme.is_cancelled and local_day(now()) <= programme.ends_on
    page = {
        "programme": programme,
        "name": name,
        "around": around,
        "may": may,
        "is_open": is_open,
        "filled_at": filled_in_at(whose),
        "what_for": what_for(programme),
        "readers": [one.user.name for one in readers_of(programme.id)],
        "gone_on": programme.ends_on + KEPT_FOR,
    }
    response = make_response(render_template("trips/document.html", form=form, **page), form.status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _taking_part() -> Select[Application]:
    own = applications_of(principal().actor)
    return own.where(Application.state == ApplicationState.CONFIRMED)


def _fills_in(person: Person) -> bool:
    return fills_in_for(principal().actor, person, local_day(now()))
