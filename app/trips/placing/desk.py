"""The organiser's pages of groups, buses and rooms: set up, share out, move, take back."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.access import Role, allow, principal
from app.core.clock import now
from app.core.db import transact
from app.core.finding import get_or_404
from app.core.problems import Problem
from app.programmes.models import Programme
from app.trips.adults.checks import unchecked
from app.trips.models import TripPart, TripPlace
from app.trips.placing import gender, moving, places
from app.trips.placing.forms import FORMS, NEW_FORMS, MoveForm, NewForm, place_values
from app.trips.placing.showing import Page, page_of
from app.trips.queries import place_run_by, places_of
from app.trips.roster import adults_of
from app.trips.tasks.desk import the_programme
from app.trips.words import GENDER_WORDS, PART_WORDS, ROLE_WORDS

bp = Blueprint("trip_places", __name__, url_prefix="/desk/programmes/<int:programme_id>/trip")
_PART = "<any(groups,buses,rooms):part>"


@bp.route(f"/{_PART}", methods=["GET", "POST"])
@allow(Role.STAFF)
def show(programme_id: int, part: str) -> ResponseReturnValue:
    """Everybody by group, bus or room; the form moves those who are ticked, or lets two change places."""
    programme, of = the_programme(programme_id), TripPart(part)
    form = _move_form(programme, of)
    if "swap" in request.form:
        form.target.validators = []
    if form.validate_on_submit():
        try:
            moved = _moved(programme, of, form)
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(ngettext("%(num)d person moved.", "%(num)d people moved.", moved), "pine")
            _warn(programme, set(request.form.getlist("who")))
            return _back(programme_id, of)
    return _page(programme, page_of(programme, of), NEW_FORMS[of](formdata=None), form), form.status


@bp.post(f"/{_PART}/new")
@allow(Role.STAFF)
def add(programme_id: int, part: str) -> ResponseReturnValue:
    """Add groups, a bus, or rooms."""
    programme, of = the_programme(programme_id), TripPart(part)
    form = NEW_FORMS[of]()
    if form.validate_on_submit():
        words = form.all_words({one.name for one in places_of(of, programme_id)})
        try:
            transact(places.add_places, programme_id, of, words, by=principal().actor, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("Added. “Share out” puts everybody in."), "pine")
            return _back(programme_id, of)
    return _page(programme, page_of(programme, of), form, _move_form(programme, of)), form.status


@bp.post(f"/{_PART}/<any(filling,anew,return):how>")
@allow(Role.STAFF)
def share_out(programme_id: int, part: str, how: str) -> ResponseReturnValue:
    """Share out who is in none, or everybody anew, or take the last step back."""
    the_programme(programme_id)
    of, ways = TripPart(part), {"filling": moving.fill, "anew": moving.fill_anew, "return": moving.take_back}
    try:
        number = transact(ways[how], programme_id, of, by=principal().actor, at=now())
    except Problem as problem:
        flash(problem.message, "bad")
        return _back(programme_id, of)
    if how == "return":
        flash(ngettext("Taken back: %(num)d person.", "Taken back: %(num)d people.", number), "pine")
    else:
        flash(ngettext("Shared out: %(num)d person.", "Shared out: %(num)d people.", number), "pine")
    return _back(programme_id, of)


@bp.route(f"/{_PART}/<int:place_id>/edit", methods=["GET", "POST"])
@allow(Role.STAFF)
def edit(programme_id: int, part: str, place_id: int) -> ResponseReturnValue:
    """Change what a group, bus or room is called, its size, and for whom it is."""
    programme, of = the_programme(programme_id), TripPart(part)
    place = _place(of, programme_id, place_id)
    form = FORMS[of](data=place_values(place))
    if form.validate_on_submit():
        try:
            transact(places.edit_place, of, place_id, form.words(), by=principal().actor, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("Saved."), "pine")
            return _back(programme_id, of)
    return render_template("trips/place.html", form=form, programme=programme, part=of, place=place), form.status


@bp.post(f"/{_PART}/<int:place_id>/deletion")
@allow(Role.STAFF)
def remove(programme_id: int, part: str, place_id: int) -> ResponseReturnValue:
    """Take a group, bus or room away."""
    the_programme(programme_id)
    _place(TripPart(part), programme_id, place_id)
    transact(places.remove_place, TripPart(part), place_id, by=principal().actor, at=now())
    flash(_("Removed. Whoever was in it is in none now."), "pine")
    return _back(programme_id, TripPart(part))


@bp.post(f"/{_PART}/left")
@allow(Role.STAFF)
def clear_left(programme_id: int, part: str) -> ResponseReturnValue:
    """Take off the lists whoever does not take part any more."""
    the_programme(programme_id)
    transact(moving.clear_left, programme_id, by=principal().actor, at=now())
    flash(_("Taken off the lists."), "pine")
    return _back(programme_id, TripPart(part))


@bp.post("/rooms/genders")
@allow(Role.STAFF)
def say_gender(programme_id: int) -> ResponseReturnValue:
    """Say by which rooms somebody goes whose gender nobody has entered."""
    the_programme(programme_id)
    said = {name: typed for name, typed in request.form.items() if typed in set(GENDER_WORDS)}
    transact(gender.say_genders, programme_id, said, by=principal().actor, at=now())
    flash(_("Saved."), "pine")
    return _back(programme_id, TripPart.ROOMS)


def _moved(programme: Programme, part: TripPart, form: MoveForm) -> int:
    ticked = _ticked(programme, part)
    if "swap" in request.form:
        return transact(moving.swap, programme.id, part, ticked, by=principal().actor, at=now())
    return transact(moving.put, programme.id, part, ticked, form.target_id, by=principal().actor, at=now())


def _warn(programme: Programme, ticked: set[str]) -> None:
    """Say whose record is still to be looked up of the grown-ups who were put somewhere."""
    meant = [one for one in adults_of(programme.id) if f"a{one.id}" in ticked]
    if names := "、".join(one.name for one in unchecked(meant, programme.starts_on)):
        flash(_("No valid record check of %(names)s is entered: please see to it.", names=names), "gold")


def _ticked(programme: Programme, part: TripPart) -> list[str]:
    """Return who is ticked, one by one or with the whole group as it stands in one place."""
    bunches = set(request.form.getlist("bunch"))
    ticked = set(request.form.getlist("who"))
    if bunches:
        page = page_of(programme, part)
        for place_id, bunch in page.all_bunches():
            if f"{place_id or 0}-{bunch.group_id or 0}" in bunches:
                ticked |= {one.who for one in bunch.people}
    return sorted(ticked)


def _move_form(programme: Programme, part: TripPart) -> MoveForm:
    form = MoveForm()
    form.offer([(one.id, one.name) for one in places_of(part, programme.id)])
    return form


def _page(programme: Programme, page: Page, adding: NewForm, form: MoveForm) -> str:
    shown: dict[str, Any] = {
        "programme": programme,
        "page": page,
        "adding": adding,
        "form": form,
        "ticked": set(request.form.getlist("who")),
        "bunches": set(request.form.getlist("bunch")),
        "can_take_back": moving.last_step(programme.id, page.part) is not None,
        "parts": PART_WORDS,
        "roles": ROLE_WORDS,
        "genders": GENDER_WORDS,
    }
    return render_template("trips/places.html", **shown)


def _place(part: TripPart, programme_id: int, place_id: int) -> TripPlace:
    return get_or_404(place_run_by(principal(), part, programme_id), place_id)


def _back(programme_id: int, part: TripPart) -> ResponseReturnValue:
    return redirect(url_for("trip_places.show", programme_id=programme_id, part=part), 303)
