"""Telling a group of an event something: choose who, write, read over, send, take back; and what was told before."""

from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.announcements import meant, operations, queries
from app.announcements.chat import chat_text
from app.announcements.forms import AnnouncementForm
from app.announcements.group import Group, Presence, Standing, read_group, words_of
from app.announcements.operations import Words
from app.announcements.problems import HasLeft, NobodyMeant
from app.announcements.starts import Start, started
from app.core.access import Role, allow, principal
from app.core.clock import now
from app.core.db import transact
from app.core.finding import get_or_404, read_id
from app.core.links import public_url
from app.core.problems import Problem
from app.events.models import Event
from app.events.queries import events_run_by
from app.events.search import as_word
from app.messages.models import Announcement

bp = Blueprint("announcements", __name__, url_prefix="/desk")
_NOT_TYPED = {"csrf_token", "preview", "back", "start", "count"}


@bp.get("/events/<int:event_id>/announcements")
@allow(Role.STAFF)
def index(event_id: int) -> ResponseReturnValue:
    """What was told to whom, and how many of them have seen it."""
    event = _event(event_id)
    found, following = queries.page_of_event(event_id, request.args.get("before", type=read_id))
    page = {
        "event": event,
        "announcements": found,
        "following": following,
        "tallies": queries.tallies(found),
        "meant": {one.id: words_of(read_group(one.group), one.group) for one in found},
    }
    return render_template("announcements/index.html", **page)


@bp.route("/events/<int:event_id>/announcements/new", methods=["GET", "POST"])
@allow(Role.STAFF)
def compose(event_id: int) -> ResponseReturnValue:
    """Choose who is meant and write; read it over, then send it off."""
    event, form, group = _event(event_id), AnnouncementForm(), read_group(request.form.to_dict(flat=False))
    if request.method == "GET":
        form, group = _begun(event_id)
    elif start := as_word(Start, request.form.get("start")):
        form = AnnouncementForm(None, data=vars(started(start, event, form.words())))
    elif not {"back", "count"} & set(request.form) and form.validate_on_submit():
        if "preview" not in request.form:
            if sent := _sent_off(event_id, form, group):
                return redirect(url_for(".show", announcement_id=sent.id), 303)
        elif meant.meant_by(event_id, group, now()).people:
            return _preview(event, form.words(), group)
        else:
            form.refuse(NobodyMeant())
    page = {
        "event": event,
        "form": form,
        "group": group,
        "schools": meant.schools_to_choose(event_id),
        "urgent": meant.urgent_ones(event_id),
        "choices": {"standings": Standing, "presences": Presence, "starts": Start},
        **_counted(event_id, group),
    }
    return render_template("announcements/compose.html", **page), form.status


@bp.get("/events/<int:event_id>/announcements/count")
@allow(Role.STAFF)
def count(event_id: int) -> ResponseReturnValue:
    """Who is meant and how many, in words, for a page that counts while one chooses."""
    _event(event_id)
    counted = _counted(event_id, read_group(request.args.to_dict(flat=False)))
    return jsonify(who=_("%(who)s:", who=counted["who"]), people=counted["meant"].words, names=counted["meant"].names)


@bp.get("/announcements/<int:announcement_id>")
@allow(Role.STAFF)
def show(announcement_id: int) -> ResponseReturnValue:
    """One announcement: to be taken back, on its way, or how many have seen it."""
    row, at = _announcement(announcement_id), now()
    event = _event(row.event_id)
    page = {
        "announcement": row,
        "event": event,
        "meant": words_of(read_group(row.group), row.group),
        "tally": queries.tallies([row])[row.id],
        "seconds": max(0, round((row.leaves_at - at).total_seconds())),
        "chat_text": _chat_text(Words(row.subject, row.body, row.is_urgent), event),
    }
    return render_template("announcements/show.html", **page)


@bp.post("/announcements/<int:announcement_id>/withdrawal")
@allow(Role.STAFF)
def undo(announcement_id: int) -> ResponseReturnValue:
    """Take an announcement back; its words are there again, to be mended."""
    row = _announcement(announcement_id)
    try:
        transact(operations.undo, announcement_id, by=principal().actor, at=now())
    except HasLeft as problem:
        flash(problem.message, "bad")
        return redirect(url_for(".show", announcement_id=announcement_id), 303)
    flash(_("Taken back: nobody got it. Here it is again, to be put right."), "pine")
    return redirect(url_for(".compose", event_id=row.event_id, again=announcement_id), 303)


def _begun(event_id: int) -> tuple[AnnouncementForm, Group]:
    """Return what one starts with: what was taken back, or nothing, for the group in the address."""
    again = request.args.get("again", type=read_id)
    if again:
        row = _announcement(again)
        if row.event_id == event_id:
            return AnnouncementForm(data=_typed(row)), read_group(row.group)
    return AnnouncementForm(), read_group(request.args.to_dict(flat=False))


def _typed(row: Announcement) -> dict[str, Any]:
    return {"subject": row.subject, "body": row.body, "is_urgent": row.is_urgent}


def _sent_off(event_id: int, form: AnnouncementForm, group: Group) -> Announcement | None:
    try:
        return transact(operations.send_off, event_id, group, form.words(), by=principal().actor, at=now())
    except Problem as problem:
        form.refuse(problem)
        return None


def _preview(event: Event, words: Words, group: Group) -> ResponseReturnValue:
    typed = [(name, text) for name, text in request.form.items(multi=True) if name not in _NOT_TYPED]
    page = {"event": event, "words": words, "typed": typed, "at": now()}
    return render_template("announcements/preview.html", **page, **_counted(event.id, group))


def _counted(event_id: int, group: Group) -> dict[str, Any]:
    who = words_of(group, meant.names_in(event_id, group))
    return {"who": who, "meant": meant.meant_by(event_id, group, now())}


def _chat_text(words: Words, event: Event) -> str:
    return chat_text(words, event, public_url("events.show", event_id=event.id))


def _announcement(announcement_id: int) -> Announcement:
    return get_or_404(queries.announcements_run_by(principal()), announcement_id)


def _event(event_id: int) -> Event:
    return get_or_404(events_run_by(principal()), event_id)
