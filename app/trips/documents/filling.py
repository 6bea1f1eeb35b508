"""What the pages have in common on which a travel document is filled in: a family's, a grown-up's, a guardian's."""

from dataclasses import dataclass

from flask import flash, make_response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.clock import local_day, now
from app.core.db import transact
from app.core.problems import Problem
from app.people.models import Person
from app.programmes.models import Programme
from app.trips.documents import operations
from app.trips.documents.forms import TravelDocumentForm
from app.trips.documents.keeping import KEPT_FOR
from app.trips.documents.operations import Holder
from app.trips.documents.queries import filled_in_at, readers_of
from app.trips.documents.words import what_for


@dataclass(frozen=True)
class Around:
    """The addresses around a page: where it sends its form, where it deletes, where it came from."""

    here: str
    removal: str
    back: str
    hidden: tuple[tuple[str, int], ...] = ()  # what its forms carry besides


def empty_form(name: str, person: Person | None = None) -> TravelDocumentForm:
    """Return a form that knows what is known anyway, and nothing of what was saved before."""
    known = {"name": name}
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
