"""The parents' papers on the partner's pages: written down, printed as a summary, stamped and sent; and the pairs."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.access import public
from app.core.audit import note_access, note_look
from app.core.clock import now
from app.core.db import transact
from app.core.finding import read_id_or_none
from app.core.lists import as_file
from app.core.problems import Problem
from app.partners import answering, pairs, queries
from app.partners.answering import Signed
from app.partners.forms import PairsForm, SheetForm, parent_form
from app.partners.models import PartnerLink
from app.partners.pages import LOOKED, UNSEEN, the_link, the_person
from app.partners.problems import PartnerLinkOver
from app.people.consents.guardians import GuardianWords
from app.people.consents.models import GuardianRelation
from app.people.consents.words import PURPOSES, RELATIONS
from app.people.whose import whose_of

bp = Blueprint("partner_papers", __name__, url_prefix="/D/<partner_code>")


@bp.route("/papers", methods=["GET", "POST"])
@public
def index(partner_code: str) -> ResponseReturnValue:
    """Whose papers are here and whose are missing; those ticked say yes to everything."""
    link = the_link(partner_code)
    if request.method == "POST":
        ticked = [number for number in map(read_id_or_none, request.form.getlist("ids")) if number]
        return _written_down(link, partner_code, ticked)
    return _page(link, partner_code, SheetForm(formdata=None))


@bp.route("/papers/<int:sent_id>", methods=["GET", "POST"])
@public
def one(partner_code: str, sent_id: int) -> ResponseReturnValue:
    """Write one paper down, purpose by purpose."""
    link = the_link(partner_code)
    application, form = the_person(link, sent_id), parent_form(link.side.programme.purposes)()
    if form.validate_on_submit():
        words = GuardianWords(form.name.data, GuardianRelation(form.relation.data))
        try:
            transact(answering.write_paper_down, link.id, sent_id, Signed(words, form.spoken()), at=now())
        except PartnerLinkOver:
            raise
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("Written down. It counts once the host has compared it with the stamped summary."), "pine")
            return redirect(url_for(".index", partner_code=partner_code), 303)
    page = {"link": link, "code": partner_code, "application": application}
    return render_template("partners/paper.html", form=form, **page), form.status, UNSEEN


@bp.get("/papers/sheet")
@public
def sheet(partner_code: str) -> ResponseReturnValue:
    """The summary of what was written down, to be printed, signed and stamped."""
    link = the_link(partner_code)
    children = [one for one in queries.minors_of(link.side) if one.paper and (one.waits or one.is_proven)]
    note_look(LOOKED, link.id, whose_of(one.application.person for one in children), by=link.made_by_id)
    page = {"link": link, "code": partner_code, "children": children, "purposes": PURPOSES, "relations": RELATIONS}
    return render_template("partners/sheet.html", at=now(), **page), UNSEEN


@bp.post("/papers/sheet")
@public
def send_sheet(partner_code: str) -> ResponseReturnValue:
    """Take the stamped summary in."""
    link, form = the_link(partner_code), SheetForm()
    if not form.validate_on_submit():
        return _page(link, partner_code, form)
    transact(answering.send_sheet, link.id, form.kept(), at=now())
    flash(_("Thank you. The host compares it now; then the answers count."), "pine")
    return redirect(url_for(".index", partner_code=partner_code), 303)


@bp.route("/pairs", methods=["GET", "POST"])
@public
def show_pairs(partner_code: str) -> ResponseReturnValue:
    """The side's published pairs; the form takes them away as a file."""
    link, form = the_link(partner_code), PairsForm()
    found = pairs.pairs_of(link)
    whose = whose_of(one.own.person for one in found)
    if found and form.validate_on_submit():
        purpose, by = str(form.purpose.data), link.made_by_id
        transact(note_access, "download", LOOKED, link.id, people=whose, purpose=purpose, by=by, at=now())
        return as_file(form, link.side.programme.title, str(_("Pairs")), pairs.table(found))
    note_look("partner_pairs", link.id, whose, by=link.made_by_id)
    page = {"link": link, "code": partner_code, "pairs": found}
    return render_template("partners/pairs.html", form=form, **page), form.status, UNSEEN


def _written_down(link: PartnerLink, code: str, ticked: Sequence[int]) -> ResponseReturnValue:
    try:
        done = transact(answering.write_papers_down, link.id, ticked, at=now())
    except PartnerLinkOver:
        raise
    except Problem as problem:
        flash(problem.message, "bad")
    else:
        flash(ngettext("%(num)d paper written down.", "%(num)d papers written down.", len(done)), "pine")
    return redirect(url_for(".index", partner_code=code), 303)


def _page(link: PartnerLink, code: str, form: SheetForm) -> ResponseReturnValue:
    children = queries.minors_of(link.side)
    note_look(LOOKED, link.id, whose_of(one.application.person for one in children), by=link.made_by_id)
    page = {"link": link, "code": code, "children": children, "purposes": PURPOSES}
    return render_template("partners/papers.html", form=form, **page), form.status, UNSEEN
