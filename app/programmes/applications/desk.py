"""The organiser's list of applications: who applied on which side, and the decision on many at once."""

from collections import Counter
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from app.accounts.queries import names_of
from app.core.access import Role, allow, principal
from app.core.audit import note_look, note_search
from app.core.changes import changes_of, told
from app.core.clock import now
from app.core.db import transact
from app.core.finding import get_or_404, read_id_or_none
from app.core.problems import Problem
from app.people.whose import whose_of
from app.programmes import queries as programme_queries
from app.programmes.applications import places, queries
from app.programmes.applications.deciding import decide
from app.programmes.applications.forms import DecisionForm
from app.programmes.applications.queries import read_applications_wanted
from app.programmes.models import Programme
from app.programmes.words import APPLICATION, REASON_WORDS, SOURCE_WORDS, STATE_WORDS
from app.questions.queries import answers_of, plain_questions, set_with_questions, sheet_of
from app.questions.words import answer_words

bp = Blueprint("application_desk", __name__, url_prefix="/desk")


@bp.route("/programmes/<int:programme_id>/applications", methods=["GET", "POST"])
@allow(Role.STAFF)
def index(programme_id: int) -> ResponseReturnValue:
    """The list, by side, state and name; what is decided there is decided on everybody who is ticked."""
    programme, form = _programme(programme_id), DecisionForm()
    ticked = [number for number in map(read_id_or_none, request.form.getlist("ids")) if number]
    if form.validate_on_submit():
        try:
            changed = transact(decide, programme_id, ticked, form.decision(), by=principal().actor, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(ngettext("Done for %(num)d person.", "Done for %(num)d people.", len(changed)), "pine")
            where: dict[str, Any] = {"programme_id": programme_id, **read_applications_wanted(request.args).in_address}
            return redirect(url_for(".index", after=read_id_or_none(request.args.get("after")), **where), 303)
    return _list(programme, form, ticked), form.status


@bp.get("/applications/<int:application_id>")
@allow(Role.STAFF)
def show(application_id: int) -> ResponseReturnValue:
    """One application: who, why, what was answered, what happened."""
    one = get_or_404(queries.applications_run_by(principal()), application_id)
    its = set_with_questions(one.side.programme.question_set_id)
    given = answers_of(sheet_of(one.person_id, one.side.programme.question_set_id))
    answers = [
        (asked, answer_words(asked, given[asked.id].text)) for asked in plain_questions(its) if asked.id in given
    ]
    note_look("application", application_id, whose_of([one.person]))
    page = {"application": one, "answers": answers, "states": STATE_WORDS, "sources": SOURCE_WORDS}
    changes = [(change, told(change, APPLICATION)) for change in changes_of(places.RECORD, [application_id])]
    page |= {"changes": changes, "names": names_of(change.by_id for change, _said in changes)}
    return render_template("programmes/application_desk.html", reasons=REASON_WORDS, **page)


def _list(programme: Programme, form: DecisionForm, ticked: list[int]) -> str:
    wanted = read_applications_wanted(request.args)
    found, following = queries.page_of_applications(programme.id, wanted, read_id_or_none(request.args.get("after")))
    if wanted.name:
        narrowed = " ".join(["name", *wanted.without("q")])
        note_search("programme_applications", programme.id, whose_of((one.person for one in found), narrowed))
    counts = queries.counts_of(programme.id, wanted.name)
    in_view = [counts.get(wanted.side_id, Counter())] if wanted.side_id else counts.values()
    page = {
        "programme": programme,
        "applications": found,
        "following": following,
        "wanted": wanted,
        "states_here": queries.states_in(in_view, wanted.state),
        "ticked": ticked,
        "states": STATE_WORDS,
        "sources": SOURCE_WORDS,
        "reasons": REASON_WORDS,
    }
    return render_template("programmes/applications.html", form=form, **page)


def _programme(programme_id: int) -> Programme:
    return get_or_404(programme_queries.programmes_run_by(principal()), programme_id)
