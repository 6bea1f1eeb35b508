"""Home, 我的, the passes, and the start page after a sign-in."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import languages
from app.core.access import Role, allow, principal, public
from app.core.clock import now
from app.core.links import safe_next
from app.core.paging import page_of, read_key
from app.events.models import RegistrationState
from app.events.queries import PAGE, registrations_of, upcoming
from app.pages.queries import registrations_by_time
from app.people.queries import acted_for_by

bp = Blueprint("pages", __name__)


@bp.get("/")
@public
def home() -> ResponseReturnValue:
    """What is on."""
    at = now()
    events = upcoming(at, read_key(request.args.get("after")))
    page, following = page_of(events, PAGE, lambda event: (event.starts_at, event.id))
    return render_template("pages/home.html", events=page, following=following, at=at)


@bp.get("/start")
@allow(Role.SIGNED_IN)
def start() -> ResponseReturnValue:
    """Where one's work is."""
    asker = principal()
    if asker.has(Role.STAFF):
        return redirect(url_for("event_desk.index"))
    if asker.has(Role.SCHOOL):
        return redirect(url_for("schooldesk.registrations"))
    if asker.has(Role.ADMINISTRATOR):
        return redirect(url_for("organisations.index"))
    return redirect(url_for(".mine"))


@bp.get("/mine")
@allow(Role.SIGNED_IN)
def mine() -> ResponseReturnValue:
    """One's own registrations and those of one's children: the next on top."""
    to_come, over = registrations_by_time(registrations_of(principal().actor), now())
    known = acted_for_by(principal().actor)
    return render_template("pages/mine.html", to_come=to_come, over=over, known=known)


@bp.get("/mine/codes")
@allow(Role.SIGNED_IN)
def codes() -> ResponseReturnValue:
    """The passes for what is to come."""
    to_come, _over = registrations_by_time(registrations_of(principal().actor), now())
    confirmed_first = sorted(to_come, key=lambda one: one.state is RegistrationState.HELD)
    return render_template("pages/codes.html", registrations=confirmed_first)


@bp.get("/language/<language>")
@public
def choose_language(language: str) -> ResponseReturnValue:
    """Switch between Chinese and English and come back: a link, for it changes nothing but this browser's cookie."""
    languages.choose(language)
    return redirect(safe_next(request.args.get("next")) or url_for(".home"), 303)
