"""The organiser's list of the grown-ups of a trip: who they are, their record checks, whether there are enough."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, allow, principal
from app.core.clock import now
from app.core.db import transact
from app.core.finding import get_or_404
from app.core.problems import Problem
from app.programmes.models import Programme
from app.trips.adults import operations
from app.trips.adults.checks import CheckState, check_state, unchecked
from app.trips.adults.forms import AdultForm, NamedAdultForm, NewAdultForm, RatioForm, adult_values
from app.trips.adults.queries import accounts_to_choose
from app.trips.adults.ratio import looks_after, ratio_of, ratio_of_trip
from app.trips.models import TripAdult
from app.trips.queries import adults_run_by, groups_of, youths_per_adult
from app.trips.roster import roster_of
from app.trips.settling import settle_ratio
from app.trips.tasks.desk import the_programme
from app.trips.words import GENDER_WORDS, ROLE_WORDS

bp = Blueprint("trip_adults", __name__, url_prefix="/desk")


@bp.route("/programmes/<int:programme_id>/trip/adults", methods=["GET", "POST"])
@allow(Role.STAFF)
def index(programme_id: int) -> ResponseReturnValue:
    """Everybody who looks after others; the form settles for how many young people there is to be one."""
    programme = the_programme(programme_id)
    form = RatioForm(data={"youths_per_adult": youths_per_adult(programme_id)})
    if form.validate_on_submit():
        transact(settle_ratio, programme_id, form.youths_per_adult.data, by=principal().actor, at=now())
        flash(_("Saved."), "pine")
        return _back(programme_id)
    return _list(programme, form), form.status


@bp.route("/programmes/<int:programme_id>/trip/adults/new", methods=["GET", "POST"])
@allow(Role.STAFF)
def add(programme_id: int) -> ResponseReturnValue:
    """Put somebody on the list: an account of a side's staff, or by name."""
    programme, form = the_programme(programme_id), NewAdultForm()
    form.offer(programme.sides)
    form.offer_accounts(accounts_to_choose(programme))
    if form.validate_on_submit():
        try:
            made = transact(operations.add_adult, programme_id, form.words(), by=principal().actor, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            _say_saved(made, programme)
            return _back(programme_id)
    return render_template("trips/adult.html", form=form, programme=programme, adult=None), form.status


@bp.route("/trip-adults/<int:adult_id>/edit", methods=["GET", "POST"])
@allow(Role.STAFF)
def edit(adult_id: int) -> ResponseReturnValue:
    """Change what is known of somebody, and enter the record check."""
    adult = _adult(adult_id)
    programme = the_programme(adult.programme_id)
    values = adult_values(adult)
    form = AdultForm(data=values) if adult.user_id else NamedAdultForm(data=values)
    form.offer(programme.sides)
    if form.validate_on_submit():
        try:
            changed = transact(operations.edit_adult, adult_id, form.words(), by=principal().actor, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            _say_saved(changed, programme)
            return _back(programme.id)
    return render_template("trips/adult.html", form=form, programme=programme, adult=adult), form.status


@bp.post("/trip-adults/<int:adult_id>/deletion")
@allow(Role.STAFF)
def remove(adult_id: int) -> ResponseReturnValue:
    """Take somebody off the list."""
    programme_id = _adult(adult_id).programme_id
    transact(operations.remove_adult, adult_id, by=principal().actor, at=now())
    flash(_("Removed."), "pine")
    return _back(programme_id)


def _list(programme: Programme, form: RatioForm) -> str:
    roster, each = roster_of(programme), youths_per_adult(programme.id)
    groups = groups_of(programme.id)
    adults = [one.adult for one in (*roster.adults, *roster.departed) if one.adult]
    page: dict[str, Any] = {
        "programme": programme,
        "adults": adults,
        "states": {one.id: check_state(one, programme.starts_on) for one in adults},
        "departed": {one.adult.id for one in roster.departed if one.adult},
        "unchecked": unchecked([one.adult for one in roster.adults if one.adult], programme.starts_on),
        "counting": {one.adult.id for one in roster.adults if one.adult and looks_after(one)},
        "ratio": ratio_of_trip(roster, each),
        "group_ratios": [
            (group, ratio_of([one for one in roster.everybody if one.group_id == group.id], each)) for group in groups
        ],
        "group_names": {group.id: group.name for group in groups},
        "roles": ROLE_WORDS,
        "genders": GENDER_WORDS,
    }
    return render_template("trips/adults.html", form=form, **page)


def _say_saved(adult: TripAdult, programme: Programme) -> None:
    state = check_state(adult, programme.starts_on)
    if state is CheckState.MISSING:
        flash(_("Saved. No record check of %(name)s is entered yet: please see to it.", name=adult.name), "gold")
    elif state is CheckState.OLD:
        flash(_("Saved. The record check of %(name)s is a year old by then.", name=adult.name), "gold")
    else:
        flash(_("Saved."), "pine")


def _back(programme_id: int) -> ResponseReturnValue:
    return redirect(url_for("trip_adults.index", programme_id=programme_id), 303)


def _adult(adult_id: int) -> TripAdult:
    return get_or_404(adults_run_by(principal()), adult_id)
