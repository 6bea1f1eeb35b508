"""Signed forms at the desk: print, type in with a photo, and let a second person compare."""

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.accounts.queries import names_of
from app.care.consents import proving
from app.care.consents.models import PaperAnswer
from app.care.consents.paper_forms import PaperForm, RejectionForm, paper_form
from app.care.consents.paper_photos import photo_of, sealed_photo
from app.care.consents.paper_queries import papers_of, papers_visible_to, papers_waiting, sent_back_to
from app.care.consents.proving import SentPaper
from app.care.consents.purposes import extras_of
from app.care.consents.queries import registrations_to_call
from app.core.access import Role, allow, principal
from app.core.audit import note_look
from app.core.clock import now
from app.core.db import transact
from app.core.finding import get_or_404, read_id, read_id_or_none
from app.core.problems import Problem
from app.events.models import Registration
from app.events.registration.scopes import scope_of
from app.people.consents import guardians
from app.people.consents.guardians import GuardianWords
from app.people.consents.words import PURPOSES, RELATIONS
from app.people.whose import whose

bp = Blueprint("paper_desk", __name__)
_DESKS = (Role.STAFF, Role.SCHOOL)


@bp.get("/papers")
@allow(*_DESKS)
def index() -> ResponseReturnValue:
    """What was typed in and waits for a second person; by the number on a form one finds its child."""
    if number := request.args.get("number", type=read_id_or_none):
        get_or_404(registrations_to_call(principal()), number)
        return redirect(url_for(".enter", held_id=number), 303)
    after = request.args.get("after", type=read_id)
    papers, following = papers_waiting(principal(), after)
    page = {
        "papers": papers,
        "sent_back": sent_back_to(principal()),
        "names": names_of(one.entered_by_id for one in papers),
        "me": principal().actor,
        "words": (PURPOSES, RELATIONS),
        "following": url_for(".index", after=following) if following else None,
        "previous": url_for(".index") if after else None,
    }
    return render_template("care/papers.html", **page), {"Cache-Control": "no-store"}


@bp.route("/registrations/<int:held_id>/guardian/paper", methods=["GET", "POST"])
@allow(*_DESKS)
def enter(held_id: int) -> ResponseReturnValue:
    """Type a signed form in, with its photo."""
    registration = get_or_404(registrations_to_call(principal()), held_id)
    form = paper_form(extras_of([registration.slot]))
    if form.validate_on_submit() and _entered(registration, form):
        flash(_("Typed in. Somebody else has to compare it with the photo now."), "pine")
        return redirect(url_for(".index"), 303)
    page = {"registration": registration, "extras": extras_of([registration.slot]), "before": papers_of(registration)}
    return render_template("care/paper.html", form=form, **page), form.status


@bp.post("/papers/confirmation")
@allow(*_DESKS)
def confirm() -> ResponseReturnValue:
    """Say of all that are ticked that they say what was typed; each counts by itself."""
    wanted = {number for number in map(read_id_or_none, request.form.getlist("paper")) if number}
    found = [get_or_404(papers_visible_to(principal()), number) for number in sorted(wanted)]
    done = sum(_confirmed(one) for one in found)
    if done:
        flash(ngettext("%(num)d answer counts now.", "%(num)d answers count now.", done), "pine")
    elif not found:
        flash(_("Please tick at least one paper."), "bad")
    return redirect(url_for(".index"), 303)


@bp.route("/papers/<int:paper_id>/rejection", methods=["GET", "POST"])
@allow(*_DESKS)
def reject(paper_id: int) -> ResponseReturnValue:
    """Say what is not right; it counts for nothing then."""
    paper = get_or_404(papers_visible_to(principal()), paper_id)
    form = RejectionForm()
    if form.validate_on_submit():
        try:
            transact(proving.reject_paper, paper_id, form.why.data, by=principal().actor, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("Rejected. Whoever typed it in sees why and can type it in anew."), "pine")
            return redirect(url_for(".index"), 303)
    return render_template("care/paper_rejection.html", form=form, paper=paper), form.status


@bp.get("/papers/<int:paper_id>/photo")
@allow(*_DESKS)
def photo(paper_id: int) -> ResponseReturnValue:
    """The photo of a signed form; who looked at it is written down."""
    paper = get_or_404(papers_visible_to(principal()), paper_id)
    content = photo_of(paper)
    if content is None:
        abort(404)
    note_look("paper", paper_id, whose(paper.person))
    return Response(content, content_type=paper.photo_type, headers={"Cache-Control": "no-store"})


def _entered(registration: Registration, form: PaperForm) -> bool:
    new = form.photo.change.new
    if new is None:
        return False
    sent = SentPaper(registration.id, sealed_photo(new))
    try:
        transact(_enter, registration.person_id, scope_of(registration.slot), form, sent, principal().actor)
    except Problem as problem:
        form.refuse(problem)
        return False
    return True


def _enter(person_id: int, scope: str, form: PaperForm, sent: SentPaper, by: int) -> PaperAnswer:
    words = GuardianWords(form.name.data, form.guardian_relation)
    guardian = guardians.typed(person_id, words, by=by, at=now())
    return proving.enter_paper(person_id, scope, guardian.id, form.spoken(), sent, by=by, at=now())


def _confirmed(paper: PaperAnswer) -> bool:
    try:
        transact(proving.confirm_paper, paper.id, by=principal().actor, at=now())
    except Problem as problem:
        flash(_("%(name)s: %(why)s", name=paper.person.name, why=problem.message), "bad")
        return False
    return True
