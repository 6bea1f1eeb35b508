"""The organiser's page of a partner's side: the links to it, and the parents' papers that the partner has written
down."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.care.consents import proving
from app.care.consents.models import PaperAnswer
from app.care.consents.paper_forms import RejectionForm
from app.core.access import Role, allow, principal
from app.core.audit import note_look
from app.core.clock import now
from app.core.db import db, transact
from app.core.filters import moment
from app.core.finding import get_or_404, read_id_or_none
from app.core.links import public_url, scannable
from app.core.problems import Problem
from app.core.qr import qr_png
from app.organisations.queries import members_of
from app.partners import answering, links, queries
from app.partners.forms import LinkForm
from app.partners.models import PartnerLink
from app.people.consents.words import PURPOSES, RELATIONS
from app.people.whose import whose_of
from app.programmes.models import Side
from app.programmes.queries import sides_run_by

bp = Blueprint("partner_desk", __name__, url_prefix="/desk")


@bp.route("/sides/<int:side_id>/links", methods=["GET", "POST"])
@allow(Role.STAFF)
def index(side_id: int) -> ResponseReturnValue:
    """The links to a side; the form makes another."""
    side = _side(side_id)
    form = LinkForm(data={"label": side.contact, "ends_on": side.programme.ends_on})
    if form.validate_on_submit():
        asked = (side_id, form.label.data, form.ends_on.data)
        try:
            transact(links.make_link, *asked, by=principal().actor, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("The link is made. Copy the words, or show the code."), "pine")
            return redirect(url_for(".index", side_id=side_id), 303)
    shown = [(link, _words(link)) for link in db.session.scalars(links.links_of(side_id))]
    page = {
        "side": side,
        "links": shown,
        "at": now(),
        "staff": {one.user_id for one in db.session.scalars(members_of(side.programme.host_id))},
        "waiting": len(queries.waiting_of(principal(), side)),
    }
    return render_template("partners/links.html", form=form, **page), form.status, {"Cache-Control": "no-store"}


@bp.get("/partner-links/<int:partner_link_id>/code.png")
@allow(Role.STAFF)
def code_image(partner_link_id: int) -> ResponseReturnValue:
    """A link as a code, to be scanned from paper or put into a chat."""
    link = _link(partner_link_id)
    picture = qr_png(scannable("partner_pages.index", partner_code=links.code_of(link)))
    return picture, {"Content-Type": "image/png", "Cache-Control": "no-store"}


@bp.post("/partner-links/<int:partner_link_id>/closing")
@allow(Role.STAFF)
def close(partner_link_id: int) -> ResponseReturnValue:
    """Let a link open nothing any more."""
    side_id = _link(partner_link_id).side_id
    transact(links.close_link, partner_link_id, by=principal().actor, at=now())
    flash(_("The link is closed. What was entered by it stays."), "pine")
    return redirect(url_for(".index", side_id=side_id), 303)


@bp.route("/sides/<int:side_id>/papers", methods=["GET", "POST"])
@allow(Role.STAFF)
def papers(side_id: int) -> ResponseReturnValue:
    """What the partner has written down of parents' papers, to be compared with its stamped summary."""
    side = _side(side_id)
    waiting = queries.waiting_of(principal(), side)
    if request.method == "POST":
        wanted = {read_id_or_none(number) for number in request.form.getlist("paper")}
        return _compared(side_id, [one for one in waiting if one.id in wanted])
    note_look("partner_papers", side_id, whose_of(one.person for one in waiting))
    sent = [link.sheet for link in db.session.scalars(links.links_of(side_id)) if link.sheet]
    page = {"side": side, "waiting": waiting, "sheets": sent, "purposes": PURPOSES, "relations": RELATIONS}
    return render_template("partners/compare.html", me=principal().actor, **page), {"Cache-Control": "no-store"}


@bp.route("/partner-papers/<int:vouched_id>/rejection", methods=["GET", "POST"])
@allow(Role.STAFF)
def reject(vouched_id: int) -> ResponseReturnValue:
    """Say what is not right; it counts for nothing then, and the partner reads why."""
    paper, form = get_or_404(queries.vouched_visible_to(principal()), vouched_id), RejectionForm()
    side_id = queries.side_of(paper)
    if form.validate_on_submit():
        try:
            transact(proving.reject_paper, vouched_id, form.why.data, by=principal().actor, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("Rejected. The partner reads why, and can write it down anew."), "pine")
            return redirect(url_for(".papers", side_id=side_id), 303)
    return render_template("partners/rejection.html", form=form, paper=paper, side_id=side_id), form.status


def _compared(side_id: int, papers: list[PaperAnswer]) -> ResponseReturnValue:
    done = sum(_confirmed(side_id, one) for one in papers)
    if done:
        flash(ngettext("%(num)d answer counts now.", "%(num)d answers count now.", done), "pine")
    elif not papers:
        flash(_("Please tick at least one paper."), "bad")
    return redirect(url_for(".papers", side_id=side_id), 303)


def _confirmed(side_id: int, paper: PaperAnswer) -> bool:
    name = paper.person.name
    try:
        transact(answering.confirm_paper, side_id, paper.id, by=principal().actor, at=now())
    except Problem as problem:
        flash(_("%(name)s: %(why)s", name=name, why=problem.message), "bad")
        return False
    return True


def _words(link: PartnerLink) -> str:
    side, address = link.side, public_url("partner_pages.index", partner_code=links.code_of(link))
    asked = _(
        "“%(programme)s”: please enter the people of %(side)s on this page. No account is needed.",
        programme=side.programme.title,
        side=side.title,
    )
    until = _("List until %(day)s · the page works until %(end)s", day=moment(side.closes_at), end=moment(link.ends_at))
    return f"{asked}\n{until}\n{address}\n" + str(_("Please pass it on only to whoever looks after these people."))


def _link(link_id: int) -> PartnerLink:
    return get_or_404(links.links_run_by(principal()), link_id)


def _side(side_id: int) -> Side:
    return get_or_404(sides_run_by(principal()), side_id)
