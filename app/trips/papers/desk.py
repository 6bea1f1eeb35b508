"""The lists of a trip on its organiser's desk: each by one click, as things are now, and what changed since."""

from urllib.parse import quote

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.certificates.press import RenderingUnavailable
from app.core.access import Role, allow, principal
from app.core.clock import now
from app.core.db import transact
from app.core.finding import get_or_404
from app.core.lists import ask_for_proof
from app.programmes.models import Programme
from app.programmes.queries import programmes_run_by
from app.trips.documents.queries import filled_in, readers_of
from app.trips.papers import printing
from app.trips.papers.facts import TripFacts
from app.trips.papers.forms import ContactsForm, NumbersForm
from app.trips.papers.handing_out import PDF, TYPES, WITH_PHONES, XLSX, Wanted, handed_out, name_of
from app.trips.papers.making import changes_since, make_paper
from app.trips.papers.models import PaperKind
from app.trips.papers.numbers import has_numbers
from app.trips.papers.words import PAPER_HINTS, PAPER_WORDS, contacts_in_words

bp = Blueprint("trip_papers", __name__, url_prefix="/desk/programmes/<int:programme_id>/trip")
_SHEET = f"<any({','.join(PaperKind)}):sheet>"


@bp.get("/lists")
@allow(Role.STAFF)
def index(programme_id: int) -> ResponseReturnValue:
    """All lists, whether they are still as they were printed, and the documents that are missing."""
    return _page(_programme(programme_id), NumbersForm(formdata=None))


@bp.post(f"/lists/{_SHEET}")
@allow(Role.STAFF)
def make(programme_id: int, sheet: str) -> ResponseReturnValue:
    """Make a list as things are now; one with phone numbers needs a second factor."""
    programme, kind = _programme(programme_id), PaperKind(sheet)
    if kind in WITH_PHONES and not principal().has_proof(now()):
        return ask_for_proof(url_for(".index", programme_id=programme_id))
    is_pdf = kind is PaperKind.BADGES or request.form.get("file_format") == PDF
    return _file(Wanted(kind, PDF if is_pdf else XLSX, "trip"), TripFacts(programme))


@bp.post(f"/lists/{_SHEET}/numbers")
@allow(Role.STAFF)
def make_with_numbers(programme_id: int, sheet: str) -> ResponseReturnValue:
    """Make a list with the numbers of documents: for two named people, who say what for, with a second factor."""
    programme, kind, form = _programme(programme_id), PaperKind(sheet), NumbersForm()
    if principal().actor not in {one.user_id for one in readers_of(programme_id)} or not has_numbers(kind, programme):
        flash(_("Only the people who are named for it take numbers out, where the programme needs them."), "bad")
        return redirect(url_for(".index", programme_id=programme_id), 303)
    if not principal().has_proof(now()):
        return ask_for_proof(url_for(".index", programme_id=programme_id))
    if not form.validate_on_submit():
        return _page(programme, form, kind)
    file_format = PDF if request.form.get("file_format") == PDF else XLSX
    return _file(Wanted(kind, file_format, form.purpose.data, has_numbers=True), TripFacts(programme))


@bp.route("/emergency", methods=["GET", "POST"])
@allow(Role.STAFF)
def contacts(programme_id: int) -> ResponseReturnValue:
    """What stands on the emergency card besides people."""
    programme, known = _programme(programme_id), printing.contacts_of(programme_id)
    form = ContactsForm(obj=known)
    if form.validate_on_submit():
        transact(printing.write_contacts, programme_id, form.contacts(), by=principal().actor, at=now())
        flash(_("Saved. Leaders see it as soon as they open their card once more."), "pine")
        return redirect(url_for(".index", programme_id=programme_id), 303)
    return render_template("trips/emergency.html", programme=programme, form=form), form.status


def _page(programme: Programme, form: NumbersForm, typed_for: PaperKind | None = None) -> ResponseReturnValue:
    facts, contacts = TripFacts(programme), printing.contacts_of(programme.id)
    last = printing.last_prints(programme.id)
    papers = [
        (kind, last.get(kind), changes_since(last.get(kind), make_paper(kind, facts, contacts))) for kind in PaperKind
    ]
    readers = readers_of(programme.id)
    page = {
        "programme": programme,
        "facts": facts,
        "papers": papers,
        "prints": printing.prints_of(programme.id),
        "words": PAPER_WORDS,
        "hints": PAPER_HINTS,
        "has_numbers": has_numbers,
        "contacts": contacts_in_words(contacts) if contacts else [],
        "filled": filled_in(programme) if programme.needs_documents else None,
        "readers": readers,
        "is_reader": principal().actor in {one.user_id for one in readers},
        "manages": programme.host_id in principal().units(Role.MANAGER),
        "typed_for": typed_for,
    }
    return render_template("trips/lists.html", form=form, **page), form.status


def _file(wanted: Wanted, facts: TripFacts) -> Response:
    """Return the answer that a browser saves under a Chinese name; old ones, which cannot, get a plain one."""
    at = now()
    try:
        body = handed_out(wanted, facts, by=principal().actor, at=at)
    except RenderingUnavailable:
        abort(503)
    plain, full = f"list.{wanted.file_format}", quote(name_of(wanted, facts, at))
    headers = {"Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{full}"}
    headers |= {"Cache-Control": "no-store"}
    return Response(body, content_type=TYPES[wanted.file_format], headers=headers)


def _programme(programme_id: int) -> Programme:
    return get_or_404(programmes_run_by(principal()), programme_id)
