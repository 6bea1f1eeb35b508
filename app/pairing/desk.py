"""The organiser's pairing rounds: set up, pair, look, have checked, publish."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.queries import names_of
from app.accounts.sessions import asker
from app.core.access import Role, allow, principal
from app.core.audit import note_search
from app.core.changes import changes_of, told
from app.core.clock import now
from app.core.db import db, transact
from app.core.finding import get_or_404, read_id_or_none
from app.core.paging import page_of, read_key
from app.core.problems import Problem
from app.core.searching import sealed_word, typed_word
from app.organisations.queries import units
from app.pairing import arranging, members, queries, rounds, showing
from app.pairing.accepting.work import counts_of
from app.pairing.drafts import draft_of
from app.pairing.forms import ProgrammeRoundForm, RoundForm, SettingsForm
from app.pairing.jobs import have_paired, is_for_the_worker
from app.pairing.models import PairingRound
from app.pairing.pairing_up import work_out, write
from app.pairing.problems import NobodyToPair
from app.pairing.settings import Settings, read_settings
from app.pairing.words import STATES, WAYS
from app.pairing.youths import Shape
from app.people.whose import whose_of
from app.programmes.models import Programme
from app.programmes.queries import programmes_run_by

bp = Blueprint("pairing_desk", __name__, url_prefix="/desk/pairing")


@bp.get("")
@allow(Role.STAFF)
def index() -> ResponseReturnValue:
    """The rounds of the hosts one works for, the latest first."""
    found = queries.rounds_in_view(principal(), read_key(request.args.get("after")))
    page, following = page_of(found, queries.PAGE, lambda one: (one.created_at, one.id))
    return render_template("pairing/rounds.html", rounds=page, following=following)


@bp.route("/new", methods=["GET", "POST"])
@allow(Role.STAFF)
def create() -> ResponseReturnValue:
    """Set a round up, alone or for a programme."""
    in_view = principal().units_in_view(Role.STAFF)
    hosts = sorted(units(principal().units(Role.STAFF)), key=lambda host: host.id not in in_view)
    programmes = list(
        db.session.scalars(programmes_run_by(principal()).order_by(Programme.id.desc()).limit(100)).unique()
    )
    form = RoundForm()
    form.offer(hosts, programmes)
    if form.validate_on_submit():
        programme = next((one for one in programmes if one.id == form.programme_id.data), None)
        host_id = programme.host_id if programme else form.host_id.data
        made = transact(rounds.set_up, host_id, form.words(programme), Settings(), by=principal().actor, at=now())
        flash(_("Now put in who takes part."), "pine")
        return redirect(url_for("pairing_people.index", round_id=made.id), 303)
    return render_template("pairing/new.html", form=form, hosts=hosts), form.status


@bp.route("/programmes/<int:programme_id>/new", methods=["GET", "POST"])
@allow(Role.STAFF)
def create_for_programme(programme_id: int) -> ResponseReturnValue:
    """Set a round of a programme up, with everybody in it whose place is confirmed."""
    programme = get_or_404(programmes_run_by(principal()), programme_id)
    form = ProgrammeRoundForm(data=_round_values(programme))
    form.offer(programme)
    if programme.sides and form.validate_on_submit():
        made = transact(
            members.set_up_with_people, programme.host_id, form.words(programme), by=principal().actor, at=now()
        )
        flash(_("Everybody whose place is confirmed is in. Now pair them."), "pine")
        return redirect(url_for(".show", round_id=made.id), 303)
    return render_template("pairing/new_for_programme.html", form=form, programme=programme), form.status


@bp.route("/<int:round_id>", methods=["GET", "POST"])
@allow(Role.STAFF)
def show(round_id: int) -> ResponseReturnValue:
    """The pairs with why, and who is left, or those of somebody who is looked for; the form pairs all that is not
    locked, or shows what that would change."""
    one, name = the_round(round_id), typed_word(request.args.get("q"))[:60]
    if name and request.method == "GET":
        return _found(one, name)
    form = SettingsForm.of(read_settings(one.settings))
    if form.validate_on_submit():
        try:
            return _paired(one, form)
        except Problem as problem:
            form.refuse(problem)
    return _page(one, form)


@bp.post("/<int:round_id>/check")
@allow(Role.STAFF)
def check(round_id: int) -> ResponseReturnValue:
    """Say as a second person that the pairs are right."""
    return _done(round_id, rounds.check, _("Checked. It can be published now."))


@bp.post("/<int:round_id>/publication")
@allow(Role.STAFF)
def publish(round_id: int) -> ResponseReturnValue:
    """Publish a round that was checked."""
    return _done(round_id, rounds.publish, _("Published. The pairs stand."))


@bp.post("/<int:round_id>/locks")
@allow(Role.STAFF)
def lock_all(round_id: int) -> ResponseReturnValue:
    """Lock every pair."""
    return _done(round_id, arranging.lock_all, _("All pairs are locked: whoever comes now moves nobody."))


@bp.post("/<int:round_id>/unlocking")
@allow(Role.STAFF)
def unlock_all(round_id: int) -> ResponseReturnValue:
    """Unlock every pair."""
    return _done(round_id, arranging.unlock_all, _("All pairs are unlocked."))


def the_round(round_id: int) -> PairingRound:
    """Return a round of a host that one works for."""
    return get_or_404(queries.rounds_run_by(principal()), round_id)


def _round_values(programme: Programme) -> dict[str, Any]:
    shape = Shape.ONE_TO_ONE if len(programme.sides) > 1 else Shape.POOL
    first = programme.sides[0].id if programme.sides else 0
    second = programme.sides[1].id if len(programme.sides) > 1 else 0
    return {"title": programme.title[:60], "shape": shape.value, "first_id": first, "second_id": second}


def _paired(one: PairingRound, form: SettingsForm) -> ResponseReturnValue:
    settings = form.settings()
    draft = draft_of(one).with_settings(settings)
    if is_for_the_worker(draft):
        if len(draft.youths) < 2:
            raise NobodyToPair
        job_id = transact(have_paired, one.id, settings, asker=asker(), at=now())
        return redirect(url_for("jobs.show", job_id=job_id), 303)
    worked = work_out(draft)
    if "preview" in request.form:
        return _page(one, form, showing.preview_of(one, worked))
    transact(write, worked, settings, by=principal().actor, at=now())
    flash(showing.summary(worked), "pine")
    return redirect(url_for(".show", round_id=one.id), 303)


def _found(one: PairingRound, name: str) -> str:
    pairs, left = showing.page_of_pairs(one, _after("after"), name), showing.page_of_left(one, _after("left"), name)
    note_search("pairing_pairs", one.id, whose_of(showing.people_in(pairs, left), "name"))
    return render_template("pairing/found.html", one=one, name=name, word=sealed_word(name), pairs=pairs, left=left)


def _page(one: PairingRound, form: SettingsForm, preview: showing.Preview | None = None) -> ResponseReturnValue:
    changes = changes_of(rounds.RECORD, [one.id], most=10)
    page: dict[str, Any] = {
        "one": one,
        "form": form,
        "preview": preview,
        "standing": queries.standing_of(one),
        "pairs": showing.page_of_pairs(one, _after("after")),
        "left": showing.page_of_left(one, _after("left")),
        "bonds": queries.bonds_in(one),
        "may_check": one.changed_by_id != principal().actor,
        "changes": [(change, told(change, rounds.VOCABULARY)) for change in changes],
        "acceptance": counts_of(one),
        "accepting_words": (STATES, WAYS),
        "names": names_of([*(change.by_id for change in changes), one.checked_by_id, one.published_by_id]),
    }
    return render_template("pairing/round.html", **page), form.status


def _after(name: str) -> int:
    return read_id_or_none(request.args.get(name)) or 0


def _done(round_id: int, operation: Any, words: str) -> ResponseReturnValue:
    the_round(round_id)
    try:
        transact(operation, round_id, by=principal().actor, at=now())
    except Problem as problem:
        flash(problem.message, "bad")
    else:
        flash(words, "pine")
    return redirect(url_for(".show", round_id=round_id), 303)
