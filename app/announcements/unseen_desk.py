"""The host's page of who has not seen what is urgent."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.announcements.following_up import note_not_told, note_told, open_phones
from app.announcements.notices import Scope, urgent_messages_of_hosts
from app.announcements.unseen_page import unseen_page
from app.core.access import Role, allow, principal
from app.core.clock import now
from app.core.db import transact
from app.core.finding import get_or_404
from app.core.links import safe_next
from app.events.models import Event
from app.events.queries import events_run_by
from app.messages.models import Message

bp = Blueprint("unseen", __name__, url_prefix="/desk")


@dataclass(frozen=True)
class Paths:
    """The addresses behind the page, which hosts and schools have each of their own."""

    blueprint: str
    event_id: int
    school_id: int | None = None

    def show(self, **asked: Any) -> str:
        """Return the page with a choice."""
        return url_for(f"{self.blueprint}.show", event_id=self.event_id, school=self.school_id, **asked)

    def phones(self) -> str:
        """Return where the numbers are asked for."""
        return url_for(f"{self.blueprint}.show_phones", event_id=self.event_id, school=self.school_id)

    def told(self, message_id: int) -> str:
        """Return where 已通知 is said."""
        return url_for(f"{self.blueprint}.tell", message_id=message_id, school=self.school_id)

    def untold(self, message_id: int) -> str:
        """Return where that is taken back."""
        return url_for(f"{self.blueprint}.untell", message_id=message_id, school=self.school_id)


@bp.get("/events/<int:event_id>/unseen")
@allow(Role.STAFF)
def show(event_id: int) -> ResponseReturnValue:
    """Who does not know yet what was told urgently, by class, and whom to call."""
    event = _event(event_id)
    page = unseen_page(Scope(event_id), request.args, by=principal().actor, at=now())
    return not_kept(
        render_template("announcements/unseen.html", event=event, page=page, paths=Paths(bp.name, event_id))
    )


@bp.post("/events/<int:event_id>/unseen/phones")
@allow(Role.STAFF)
def show_phones(event_id: int) -> ResponseReturnValue:
    """Show the numbers; who asked is written down."""
    _event(event_id)
    transact(open_phones, Scope(event_id), by=principal().actor, at=now())
    return redirect(way_back(url_for(".show", event_id=event_id)), 303)


@bp.post("/messages/<int:message_id>/told")
@allow(Role.STAFF)
def tell(message_id: int) -> ResponseReturnValue:
    """已通知: somebody reached the person in another way."""
    row = _message(message_id)
    transact(note_told, message_id, by=principal().actor, at=now())
    flash(_("Noted. Was it a slip? Take it back under “Everybody”."), "pine")
    return redirect(way_back(url_for(".show", event_id=row.event_id)), 303)


@bp.post("/messages/<int:message_id>/told/end")
@allow(Role.STAFF)
def untell(message_id: int) -> ResponseReturnValue:
    """Take that back."""
    row = _message(message_id)
    transact(note_not_told, message_id)
    return redirect(way_back(url_for(".show", event_id=row.event_id)), 303)


def way_back(page: str) -> str:
    """Return the page with the same choice as before, if the form says which."""
    return safe_next(request.form.get("back")) or page


def not_kept(page: str) -> Response:
    """Return a page that no browser keeps: it may hold phone numbers."""
    answer = make_response(page)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _event(event_id: int) -> Event:
    return get_or_404(events_run_by(principal()), event_id)


def _message(message_id: int) -> Message:
    return get_or_404(urgent_messages_of_hosts(principal().units(Role.STAFF)), message_id)
