"""One class and one event on a page: who answered, whom to call, what to send to the chat group, signing up."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select

from app.core.access import Role, allow, principal
from app.core.audit import note_look
from app.core.clock import now
from app.core.db import transact
from app.core.finding import get_or_404, read_id_or_none
from app.core.links import public_url
from app.core.problems import Problem
from app.events.models import Event
from app.people.models import SchoolClass
from app.people.whose import whose_of
from app.schooldesk.class_events import calling, reminding, settling
from app.schooldesk.class_events.answers import Row, counts_of, events_of_class, events_open_to_classes, rows_of
from app.schooldesk.class_events.codes import address_of
from app.schooldesk.class_events.forms import ClassSignUpForm
from app.schooldesk.class_events.replying import waiting_replies
from app.schooldesk.class_events.signing_up import sign_class_up
from app.schooldesk.class_events.words import chat_text
from app.schooldesk.classes import own_class
from app.schooldesk.models import MOST_REMINDERS

bp = Blueprint("class_events", __name__, url_prefix="/school/classes/<int:class_id>/events")


@bp.get("")
@allow(Role.SCHOOL)
def index(class_id: int) -> ResponseReturnValue:
    """The events in which the class has places, and those it can be signed up for."""
    one, at = own_class(class_id), now()
    there = events_of_class(one, at)
    more = [coming for coming in events_open_to_classes(at) if coming not in there]
    return render_template("schooldesk/class_events.html", one=one, there=there, more=more)


@bp.route("/<int:event_id>", methods=["GET", "POST"])
@allow(Role.SCHOOL)
def show(class_id: int, event_id: int) -> ResponseReturnValue:
    """Who answered what; the form below signs pupils up."""
    one, event, form = own_class(class_id), _event(event_id), ClassSignUpForm()
    form.offer(event.slots, now())
    if form.validate_on_submit():
        try:
            made = transact(sign_class_up, form.asked(one.id), by=principal().actor, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            words = ngettext("%(num)d pupil is signed up.", "%(num)d pupils are signed up.", len(made))
            flash(words if made else _("All of them are signed up already."), "pine")
            return _back(one, event)
    return _page(one, event, form)


@bp.post("/<int:event_id>/phones")
@allow(Role.SCHOOL)
def show_phones(class_id: int, event_id: int) -> ResponseReturnValue:
    """Show the numbers of who has not answered; who asked is written down."""
    one, event = own_class(class_id), _event(event_id)
    rows = rows_of(one, event)
    transact(reminding.open_phones, one.id, event.id, rows, by=principal().actor, at=now())
    return _back(one, event)


@bp.post("/<int:event_id>/calls")
@allow(Role.SCHOOL)
def note_call(class_id: int, event_id: int) -> ResponseReturnValue:
    """已电话确认: what a parent on the roster said on the phone."""
    one, event = own_class(class_id), _event(event_id)
    said = request.form.get("said", "").split("-")
    guardian_id = read_id_or_none(said[-1]) or 0
    row = _row_of(guardian_id, one, event)
    try:
        transact(
            calling.note_call,
            row.pupil.person_id,
            guardian_id,
            event.id,
            takes_part=said[0] == "yes",
            by=principal().actor,
            at=now(),
        )
    except Problem as problem:
        flash(problem.message, "bad")
    else:
        flash(_("Noted: %(name)s. Was it a slip? Note the other answer.", name=row.pupil.person.name), "pine")
    return _back(one, event)


@bp.post("/<int:event_id>/reminder")
@allow(Role.SCHOOL)
def remind(class_id: int, event_id: int) -> ResponseReturnValue:
    """Remind the silent ones, twice at most."""
    one, event = own_class(class_id), _event(event_id)
    number = request.form.get("number", type=int) or MOST_REMINDERS + 1
    try:
        count = transact(reminding.remind, one.id, event.id, number, by=principal().actor, at=now())
    except Problem as problem:
        flash(problem.message, "bad")
    else:
        words = ngettext(
            "%(num)d family has not answered. Now copy the text below into the chat group.",
            "%(num)d families have not answered. Now copy the text below into the chat group.",
            count,
        )
        flash(words, "pine")
    return _back(one, event)


@bp.post("/<int:event_id>/replies")
@allow(Role.SCHOOL)
def settle(class_id: int, event_id: int) -> ResponseReturnValue:
    """Say whose an answer was that came by the class's link, or that it was nobody's of the class."""
    one, event = own_class(class_id), _event(event_id)
    reply_id = read_id_or_none(request.form.get("reply", "")) or 0
    if reply_id not in {reply.id for reply in waiting_replies(one.id, event.id)}:
        return _back(one, event)
    pupil_id = read_id_or_none(request.form.get("pupil", "")) or 0
    try:
        if "drop" in request.form:
            transact(settling.drop, reply_id, by=principal().actor, at=now())
        else:
            transact(settling.settle, reply_id, pupil_id, by=principal().actor, at=now())
    except Problem as problem:
        flash(problem.message, "bad")
    else:
        flash(_("Noted."), "pine")
    return _back(one, event)


def _page(one: SchoolClass, event: Event, form: ClassSignUpForm) -> ResponseReturnValue:
    rows, by = rows_of(one, event), principal().actor
    note_look("class_replies", one.id, whose_of(row.pupil.person for row in rows))
    page = {
        "one": one,
        "event": event,
        "form": form,
        "rows": rows,
        "waiting": waiting_replies(one.id, event.id),
        "counts": counts_of(rows),
        "reminders": reminding.reminders_of(one.id, event.id),
        "most_reminders": MOST_REMINDERS,
        "has_phones": reminding.phones_are_open(one.id, event.id, by=by, at=now()),
        "chat_text": chat_text(one, event, public_url("class_links.open_link", **address_of(one.id, event.id))),
    }
    page_text = render_template("schooldesk/class_event.html", **page)
    return page_text, form.status, {"Cache-Control": "no-store"}


def _row_of(guardian_id: int, one: SchoolClass, event: Event) -> Row:
    """Return the pupil of a guardian whom the school's roster names."""
    rows = (row for row in rows_of(one, event) if guardian_id in {guardian.id for guardian in row.guardians})
    return next(rows, None) or abort(404)


def _event(event_id: int) -> Event:
    """Return an event that everybody may see."""
    return get_or_404(select(Event).where(Event.published_at.is_not(None)), event_id)


def _back(one: SchoolClass, event: Event) -> ResponseReturnValue:
    return redirect(url_for(".show", class_id=one.id, event_id=event.id), 303)
