"""The school prints slips for a class."""

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.accounts.sessions import asker
from app.certificates.press import RenderingUnavailable
from app.core.access import Role, allow, principal
from app.core.audit import note_access, note_look
from app.core.clock import now
from app.core.db import db, transact
from app.core.finding import read_id_or_none
from app.people.namesakes import told_apart
from app.people.whose import whose_of
from app.schooldesk import class_queries
from app.schooldesk.claims import jobs, slips
from app.schooldesk.claims.printing import AT_ONCE, on_paper, open_slips
from app.schooldesk.claims.sheet import draw_slips
from app.schooldesk.classes import own_class

bp = Blueprint("claim_desk", __name__, url_prefix="/school/classes/<int:class_id>")


@bp.get("/slips")
@allow(Role.SCHOOL)
def show(class_id: int) -> ResponseReturnValue:
    """Who has been taken over, who has a slip, who has none."""
    one = own_class(class_id)
    pupils = db.session.scalars(class_queries.pupils_of(one)).all()
    made = {slip.person_id: slip for slip in open_slips(one)}
    note_look("class", class_id, whose_of(pupil.person for pupil in pupils))
    page = {
        "one": one,
        "pupils": pupils,
        "slips": made,
        "is_much": len(made) > AT_ONCE,
        "apart": told_apart(pupil.person for pupil in pupils),
        "taken_over": class_queries.taken_over(pupil.person_id for pupil in pupils),
    }
    return render_template("schooldesk/slips.html", **page)


@bp.post("/slips")
@allow(Role.SCHOOL)
def make(class_id: int) -> ResponseReturnValue:
    """Make slips for those who are ticked; what was printed for them before is void."""
    one = own_class(class_id)
    wanted = {number for number in map(read_id_or_none, request.form.getlist("person")) if number}
    if not wanted:
        flash(_("Please tick at least one pupil."), "bad")
        return redirect(url_for(".show", class_id=one.id), 303)
    count = transact(slips.make_slips, class_id, wanted, by=principal().actor, at=now())
    flash(ngettext("%(num)d slip is ready to print.", "%(num)d slips are ready to print.", count), "pine")
    return redirect(url_for(".show", class_id=one.id), 303)


@bp.get("/slips.pdf")
@allow(Role.SCHOOL)
def sheet(class_id: int) -> ResponseReturnValue:
    """The slips that count, ten on a page; more than a class has are drawn in the background."""
    one = own_class(class_id)
    found = open_slips(one)
    if not found:
        abort(404)
    if len(found) > AT_ONCE:
        return redirect(url_for(".show", class_id=one.id), 303)
    try:
        pdf = draw_slips(*on_paper(one, found))
    except RenderingUnavailable:
        abort(503)
    printed, by = whose_of(slip.person for slip in found), principal().actor
    transact(note_access, "download", "claim_slips", class_id, people=printed, purpose="check", by=by, at=now())
    return Response(pdf, content_type="application/pdf", headers={"Cache-Control": "no-store"})


@bp.post("/slips/sheets")
@allow(Role.SCHOOL)
def print_many(class_id: int) -> ResponseReturnValue:
    """Have the slips that count drawn in the background."""
    one = own_class(class_id)
    job_id = transact(jobs.ask_for_sheets, one.id, asker=asker(), at=now())
    if job_id is None:
        flash(_("There is no slip any more that counts."), "bad")
        return redirect(url_for(".show", class_id=class_id), 303)
    return redirect(url_for("jobs.show", job_id=job_id), 303)
