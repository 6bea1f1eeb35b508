"""Home, 我的, the passes, and the start page after a sign-in."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import languages
from app.core.access import Role, allow, principal, public
from app.core.clock import local_day, now
from app.core.links import safe_next
from app.core.paging import page_of, read_key
from app.events.countdown import countdown
from app.events.leave.absence_queries import absences_of_family
from app.events.levels import Level
from app.events.models import RegistrationState
from app.events.queries import PAGE, registrations_of, upcoming
from app.events.questions.answers import unanswered
from app.events.search import When, read_wanted
from app.pages import queries
from app.pairing.accepting.queries import pairs_of_family
from app.pairing.words import FAMILY_STATES
from app.people.queries import acted_for_by
from app.programmes.applications.queries import applications_ahead
from app.programmes.kinds import ProgrammeKind
from app.programmes.words import STATE_WORDS
from app.trips.leading import trips_ahead

bp = Blueprint("pages", __name__)


@bp.get("/")
@public
def home() -> ResponseReturnValue:
    """What is on."""
    at = now()
    wanted = read_wanted(request.args)
    events = upcoming(wanted, at, read_key(request.args.get("after")))
    page, following = page_of(events, PAGE, lambda event: (event.starts_at, event.id))
    choices = {"kinds": ProgrammeKind, "times": When, "levels": Level}
    return render_template("pages/home.html", events=page, following=following, at=at, wanted=wanted, **choices)


@bp.get("/start")
@allow(Role.SIGNED_IN)
def start() -> ResponseReturnValue:
    """Where one worked last."""
    work = {
        Role.STAFF: "event_desk.index",
        Role.SCHOOL: "schooldesk.registrations",
        Role.ADMINISTRATOR: "organisations.index",
        Role.AUDITOR: "auditing.index",
    }
    return redirect(url_for(work.get(principal().desk.role, ".mine")))


@bp.get("/mine")
@allow(Role.SIGNED_IN)
def mine() -> ResponseReturnValue:
    """One's own registrations and those of one's children: the next on top."""
    at, own = now(), registrations_of(principal().actor)
    ahead, later = queries.next_of_each(queries.to_come(own, at))
    missed, leave = absences_of_family(principal().actor, at)
    before = read_key(request.args.get("before"))
    past, following = page_of(queries.over(own, at, before), queries.OLDER, lambda one: (one.slot.starts_at, one.id))
    page = {
        "next_one": next((one for one in ahead if one.is_active and not one.slot.event.is_cancelled), None),
        "offered": queries.offered_to(ahead),
        "ahead": ahead,
        "later": later,
        "leave": leave,
        "missed": missed,
        "applications": applications_ahead(principal().actor, local_day(at)),
        "application_words": STATE_WORDS,
        "journeys": trips_ahead(principal().actor, local_day(at)),
        "pairs": pairs_of_family(principal().actor),
        "pair_words": FAMILY_STATES,
        "unanswered": unanswered([one.id for one in ahead], at=at),
        "past": past,
        "following": following,
        "known": acted_for_by(principal().actor),
        "soon": lambda slot: countdown(slot.starts_at, slot.ends_at, at),
    }
    return render_template("pages/mine.html", **page)


@bp.get("/mine/codes")
@allow(Role.SIGNED_IN)
def codes() -> ResponseReturnValue:
    """The passes for what is to come."""
    ahead, _later = queries.next_of_each(queries.to_come(registrations_of(principal().actor), now()))
    placed = [one for one in ahead if one.is_active]
    useful_first = sorted(placed, key=lambda one: (one.slot.event.is_cancelled, one.state is RegistrationState.HELD))
    return render_template("pages/codes.html", registrations=useful_first)


@bp.get("/language/<language>")
@public
def choose_language(language: str) -> ResponseReturnValue:
    """Switch between Chinese and English and come back: a link, for it changes nothing but this browser's cookie."""
    languages.choose(language)
    return redirect(safe_next(request.args.get("next")) or url_for(".home"), 303)
