"""The parts of a programme on its organiser's desk: sides and quotas, itinerary, papers."""

from collections.abc import Mapping
from urllib.parse import quote

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, allow, principal
from app.core.audit import Whose, note_access
from app.core.clock import end_of_day, now
from app.core.db import transact
from app.core.finding import get_or_404
from app.core.problems import Problem
from app.core.typed import read_day
from app.organisations.models import OrganisationKind
from app.organisations.queries import schools
from app.programmes import documents, itinerary, queries, sides
from app.programmes.models import Document, Programme, Side
from app.programmes.part_forms import ItemForm, PublicDocumentForm, SideForm, side_values

bp = Blueprint("programme_parts", __name__, url_prefix="/desk")
_SIDES = (OrganisationKind.HOST, OrganisationKind.PARTNER, OrganisationKind.SCHOOL)
_MOST = 1000


@bp.route("/programmes/<int:programme_id>/sides/new", methods=["GET", "POST"])
@allow(Role.STAFF)
def add_side(programme_id: int) -> ResponseReturnValue:
    """Let a district or school take part."""
    programme, at = _programme(programme_id), now().replace(second=0, microsecond=0)
    window = {"opens_at": at, "closes_at": max(end_of_day(programme.starts_on), at.replace(hour=23))}
    form = SideForm(queries.units_to_choose(*_SIDES), data=window)
    if form.validate_on_submit():
        try:
            side = transact(sides.add_side, programme_id, form.words(), by=principal().actor, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("Saved. Share the places out among the schools, if schools recommend."), "pine")
            return redirect(url_for(".share_out", side_id=side.id), 303)
    return render_template("programmes/side.html", form=form, programme=programme, side=None), form.status


@bp.route("/sides/<int:side_id>/edit", methods=["GET", "POST"])
@allow(Role.STAFF)
def edit_side(side_id: int) -> ResponseReturnValue:
    """Change who takes part, with how many, and until when."""
    side = _side(side_id)
    form = SideForm(queries.units_to_choose(*_SIDES), data=side_values(side))
    if form.validate_on_submit():
        try:
            transact(sides.edit_side, side_id, form.words(), by=principal().actor, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("Saved."), "pine")
            return _back(side.programme_id)
    return render_template("programmes/side.html", form=form, programme=side.programme, side=side), form.status


@bp.post("/sides/<int:side_id>/deletion")
@allow(Role.STAFF)
def remove_side(side_id: int) -> ResponseReturnValue:
    """Take a side away that nobody applied on."""
    programme_id = _side(side_id).programme_id
    try:
        transact(sides.remove_side, side_id, by=principal().actor, at=now())
    except Problem as problem:
        flash(problem.message, "bad")
    else:
        flash(_("Removed."), "pine")
    return _back(programme_id)


@bp.route("/sides/<int:side_id>/quotas", methods=["GET", "POST"])
@allow(Role.STAFF)
def share_out(side_id: int) -> ResponseReturnValue:
    """Say how many pupils each school may recommend."""
    side, problem, typed = _side(side_id), "", dict[int, str]()
    if request.method == "POST":
        typed = {one.id: request.form.get(f"places_{one.id}", "").strip() for one in schools()}
        try:
            transact(sides.set_quotas, side_id, _numbers(typed), by=principal().actor, at=now())
        except ValueError:
            problem = _("Please type whole numbers, or leave a field empty.")
        except Problem as refused:
            problem = refused.message
        else:
            flash(_("Saved. The schools see it on their page."), "pine")
            return _back(side.programme_id)
    page = {"side": side, "schools": schools(), "typed": typed or _shown(side), "used": sides.recommended(side_id)}
    return render_template("programmes/quotas.html", problem=problem, **page), 422 if problem else 200


@bp.route("/programmes/<int:programme_id>/itinerary", methods=["GET", "POST"])
@allow(Role.STAFF)
def plan(programme_id: int) -> ResponseReturnValue:
    """The itinerary, day by day, and what is written into it."""
    programme = _programme(programme_id)
    on = read_day(request.args.get("on", "")) or programme.starts_on
    form = ItemForm(queries.units_to_choose(OrganisationKind.BASE), data={"on": on})
    if form.validate_on_submit():
        try:
            transact(itinerary.add_item, programme_id, form.item())
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("Saved."), "pine")
            return redirect(url_for(".plan", programme_id=programme_id, on=form.on.data), 303)
    return render_template("programmes/itinerary.html", programme=programme, form=form), form.status


@bp.post("/itinerary/<int:item_id>/deletion")
@allow(Role.STAFF)
def remove_item(item_id: int) -> ResponseReturnValue:
    """Take something out of the itinerary."""
    item = get_or_404(queries.items_run_by(principal()), item_id)
    programme_id = item.programme_id
    transact(itinerary.remove_item, item_id)
    flash(_("Removed."), "pine")
    return redirect(url_for(".plan", programme_id=programme_id), 303)


@bp.route("/programmes/<int:programme_id>/documents", methods=["GET", "POST"])
@allow(Role.STAFF)
def papers(programme_id: int) -> ResponseReturnValue:
    """The papers of a programme: plan, filing, insurance, notices."""
    programme, form = _programme(programme_id), PublicDocumentForm()
    if form.validate_on_submit():
        file, is_public = form.kept(), form.is_public.data
        transact(documents.add_to_programme, programme_id, file, is_public=is_public, by=principal().actor, at=now())
        flash(_("Saved."), "pine")
        return redirect(url_for(".papers", programme_id=programme_id), 303)
    page = {"programme": programme, "documents": queries.documents_of(programme_id=programme_id)}
    return render_template("programmes/papers.html", form=form, **page), form.status


@bp.get("/documents/<int:document_id>")
@allow(Role.STAFF)
def paper(document_id: int) -> ResponseReturnValue:
    """One paper, to read. Of a programme, what is not public may be about people: who took it is written down."""
    document = get_or_404(queries.documents_run_by(principal()), document_id)
    answer = sent(document)
    if document.programme_id is not None and not document.is_public:
        nobody_known, by = Whose(0), principal().actor
        transact(note_access, "file", "document", document_id, people=nobody_known, purpose="", by=by, at=now())
    return answer


@bp.post("/documents/<int:document_id>/deletion")
@allow(Role.STAFF)
def remove_paper(document_id: int) -> ResponseReturnValue:
    """Delete a paper."""
    document = get_or_404(queries.documents_run_by(principal()), document_id)
    programme_id, agreement_id = document.programme_id, document.agreement_id
    transact(documents.remove, document_id, by=principal().actor, at=now())
    flash(_("Deleted."), "pine")
    if programme_id:
        return redirect(url_for(".papers", programme_id=programme_id), 303)
    return redirect(url_for("agreement_desk.show", agreement_id=agreement_id), 303)


def sent(document: Document) -> Response:
    """Return a paper as a file to keep."""
    content = documents.content_of(document)
    if content is None:
        abort(404)
    named = f"attachment; filename=\"document\"; filename*=UTF-8''{quote(document.name)}"
    headers = {"Content-Disposition": named, "Cache-Control": "no-store"}
    return Response(content, content_type=document.media_type, headers=headers)


def _numbers(typed: Mapping[int, str]) -> dict[int, int]:
    """Return the places by school; raises ValueError for what is no number of places."""
    numbers = {school_id: int(text) for school_id, text in typed.items() if text}
    if any(not 0 <= number <= _MOST for number in numbers.values()):
        raise ValueError
    return {school_id: number for school_id, number in numbers.items() if number}


def _shown(side: Side) -> dict[int, str]:
    return {one.school_id: str(one.places) for one in side.quotas}


def _back(programme_id: int) -> ResponseReturnValue:
    return redirect(url_for("programme_pages.show", programme_id=programme_id), 303)


def _programme(programme_id: int) -> Programme:
    return get_or_404(queries.programmes_run_by(principal()), programme_id)


def _side(side_id: int) -> Side:
    return get_or_404(queries.sides_run_by(principal()), side_id)
