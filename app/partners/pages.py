"""The pages that a partner's link opens: its people and how far they are, its list in, whether they come."""

from collections import Counter
from collections.abc import Mapping, Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.access import Role, public
from app.core.audit import asks_as, note_look
from app.core.clock import local_day, now
from app.core.codes import read_code
from app.core.db import db, transact
from app.core.finding import get_or_404, read_id_or_none
from app.core.problems import Problem
from app.partners import answering, entering, links, queries
from app.partners.columns import read_columns
from app.partners.forms import GuestListForm, WithdrawalForm, sent_lines
from app.partners.lines import Line, read_lines
from app.partners.models import PartnerLink
from app.partners.problems import LinesOpen, PartnerLinkOver
from app.people.whose import whose_of
from app.programmes.models import Application
from app.programmes.words import REASON_WORDS, STATE_WORDS

bp = Blueprint("partner_pages", __name__, url_prefix="/D/<partner_code>")
UNSEEN = {"Cache-Control": "no-store"}
LOOKED = "partner_link"


@bp.get("")
@public
def index(partner_code: str) -> ResponseReturnValue:
    """The people of the side, and what became of each."""
    link = the_link(partner_code)
    people = db.session.scalars(queries.people_sent(link.side_id).limit(queries.MOST)).all()
    note_look(LOOKED, link.id, whose_of(one.person for one in people), by=link.made_by_id)
    states = Counter(one.state for one in people)
    page = {
        "link": link,
        "code": partner_code,
        "people": people,
        "counts": [(STATE_WORDS[state], states[state]) for state in STATE_WORDS if states[state]],
        "states": STATE_WORDS,
        "reasons": REASON_WORDS,
        "is_open": link.side.is_open(now()) and not link.side.programme.is_cancelled,
        "papers_missing": sum(one.is_missing for one in queries.minors_of(link.side)),
    }
    return render_template("partners/people.html", **page), UNSEEN


@bp.route("/list", methods=["GET", "POST"])
@public
def enter(partner_code: str) -> ResponseReturnValue:
    """Hand a list in; what it says is shown before anything is saved."""
    link, form = the_link(partner_code), GuestListForm()
    if "name" in request.form:
        return _look_again(link, partner_code)
    if form.validate_on_submit():
        read = read_columns(form.rows)
        if read.lines:
            return _preview(link, partner_code, read.lines, left_out=read.left_out)
        form.lines.errors = [_("There is a head, but nobody below it.")]
    page = {"link": link, "code": partner_code}
    return render_template("partners/list.html", form=form, **page), form.status, UNSEEN


@bp.post("/answers")
@public
def say_yes(partner_code: str) -> ResponseReturnValue:
    """Say of all who are ticked that they come."""
    link = the_link(partner_code)
    ticked = [number for number in map(read_id_or_none, request.form.getlist("ids")) if number]
    try:
        done = transact(answering.say_yes, link.id, ticked, at=now())
    except Problem as problem:
        flash(problem.message, "bad")
    else:
        flash(ngettext("Noted: %(num)d person comes.", "Noted: %(num)d people come.", len(done)), "pine")
    return redirect(url_for(".index", partner_code=partner_code), 303)


@bp.route("/people/<int:sent_id>/withdrawal", methods=["GET", "POST"])
@public
def take_back(partner_code: str, sent_id: int) -> ResponseReturnValue:
    """Say that somebody does not come, and why."""
    link = the_link(partner_code)
    one, form = the_person(link, sent_id), WithdrawalForm()
    if form.validate_on_submit():
        try:
            transact(answering.take_back, link.id, sent_id, form.words.data, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("Taken back. The next of the reserve list moves up."), "pine")
            return redirect(url_for(".index", partner_code=partner_code), 303)
    page = {"link": link, "code": partner_code, "application": one}
    return render_template("partners/withdrawal.html", form=form, **page), form.status, UNSEEN


@bp.app_errorhandler(PartnerLinkOver)
def _over(problem: PartnerLinkOver) -> ResponseReturnValue:
    return render_template("partners/over.html", words=problem.message), 404


def the_link(partner_code: str) -> PartnerLink:
    """Return the open link of an address; whatever is read by it, a partner reads.

    Raises `PartnerLinkOver`, which is a page of its own.
    """
    asks_as(Role.PARTNER)
    return links.link_called(read_code(partner_code) or "", at=now())


def the_person(link: PartnerLink, application_id: int) -> Application:
    """Return somebody whom the partner of a link has sent."""
    return get_or_404(queries.people_sent(link.side_id), application_id)


def _look_again(link: PartnerLink, code: str) -> ResponseReturnValue:
    """Read the lines as they come back from the preview; save them if that was pressed and nothing is open."""
    typed, choices = sent_lines(request.form.to_dict(flat=False))
    if "save" not in request.form:
        return _preview(link, code, typed, choices)
    lines = read_lines(typed, link.side.programme, local_day(now()), choices)
    try:
        entered = _taken_in(link, lines)
    except PartnerLinkOver:
        raise
    except Problem as problem:
        flash(problem.message, "bad")
        return _preview(link, code, typed, choices)
    flash(ngettext("%(num)d person entered.", "%(num)d people entered.", entered.new), "pine")
    return redirect(url_for(".index", partner_code=code), 303)


def _taken_in(link: PartnerLink, lines: Sequence[Line]) -> entering.Entered:
    if any(line.faults for line in lines):
        raise LinesOpen
    guests = [line.guest for line in lines if line.guest]
    return transact(entering.enter_list, link.id, guests, at=now())


def _preview(
    link: PartnerLink,
    code: str,
    typed: Sequence[Mapping[str, str]],
    choices: Sequence[str] = (),
    left_out: Sequence[str] = (),
) -> ResponseReturnValue:
    lines = read_lines(typed, link.side.programme, local_day(now()), choices)
    here = entering.known_on(link.side)
    known = {line.number for line in lines if line.guest and (line.guest.name, line.guest.born_on) in here}
    faults = sum(bool(line.faults) for line in lines)
    page = {
        "link": link,
        "code": code,
        "lines": lines,
        "known": known,
        "faults": faults,
        "new": sum(line.guest is not None for line in lines) - len(known),
        "left_out": left_out,
    }
    return render_template("partners/preview.html", **page), 422 if faults else 200, UNSEEN
