"""The school prints slips for a class."""

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from app.certificates.press import RenderingUnavailable
from app.core.access import Role, allow, principal
from app.core.audit import note_access, note_look
from app.core.clock import local_day, now
from app.core.db import db, transact
from app.core.finding import read_id_or_none
from app.core.languages import CHINESE
from app.core.links import public_url, scannable
from app.organisations.models import Organisation
from app.people.models import Relation, SchoolClass
from app.people.namesakes import told_apart
from app.people.whose import whose_of
from app.schooldesk import class_queries
from app.schooldesk.claims import slips
from app.schooldesk.claims.sheet import SheetFacts, SlipFacts, draw_slips
from app.schooldesk.classes import own_class
from app.schooldesk.models import ClaimSlip

bp = Blueprint("claim_desk", __name__, url_prefix="/school/classes/<int:class_id>")


@bp.get("/slips")
@allow(Role.SCHOOL)
def show(class_id: int) -> ResponseReturnValue:
    """Who has been taken over, who has a slip, who has none."""
    one = own_class(class_id)
    pupils = db.session.scalars(class_queries.pupils_of(one)).all()
    made = {slip.person_id: slip for slip in _open_slips(one)}
    note_look("class", class_id, whose_of(pupil.person for pupil in pupils))
    page = {
        "one": one,
        "pupils": pupils,
        "slips": made,
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
    """The slips that count, ten on a page."""
    one = own_class(class_id)
    found = _open_slips(one)
    if not found:
        abort(404)
    school = db.session.get_one(Organisation, one.school_id)
    ends_at = min(slip.ends_at for slip in found)
    facts = SheetFacts(school.name, public_url("claims.enter"), local_day(ends_at))
    with force_locale(CHINESE):
        apart = told_apart(pupil.person for pupil in db.session.scalars(class_queries.pupils_of(one)))
    drawn = [_facts(slip, one, apart.get(slip.person_id, "")) for slip in found]
    try:
        pdf = draw_slips(facts, drawn)
    except RenderingUnavailable:
        abort(503)
    printed, by = whose_of(slip.person for slip in found), principal().actor
    transact(note_access, "download", "claim_slips", class_id, people=printed, purpose="check", by=by, at=now())
    return Response(pdf, content_type="application/pdf", headers={"Cache-Control": "no-store"})


def _open_slips(one: SchoolClass) -> list[ClaimSlip]:
    return list(db.session.scalars(slips.open_slips(one, now())))


def _facts(slip: ClaimSlip, one: SchoolClass, apart: str) -> SlipFacts:
    code = slips.code_of(slip)
    is_child = slips.relation_of(slip.person, now()) is Relation.CHILD
    return SlipFacts(slip.person.name, apart, one.name, code, scannable("claims.take", code=code), is_child)
