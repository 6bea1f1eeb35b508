"""The page behind a class's link: a parent answers, without an account, and whoever it was reads the same thanks."""

from collections.abc import Iterable
from datetime import datetime

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from app.accounts import sessions, tries
from app.accounts.problems import TriedTooOften
from app.core.access import public
from app.core.clock import now
from app.core.codes import fingerprint
from app.core.crypto import keyed_hash
from app.core.db import transact
from app.events.models import Event
from app.people.consents.notices import default_texts, latest, text_of
from app.people.models import SchoolClass
from app.schooldesk.class_events.codes import address_of, class_and_event, is_host
from app.schooldesk.class_events.reply_forms import ReplyForm
from app.schooldesk.class_events.replying import hear, slots_to_agree_to
from app.schooldesk.class_events.words import slot_words

bp = Blueprint("class_links", __name__)


@bp.route("/K/<int:class_id>/<int:event_id>/<code>", methods=["GET", "POST"])
@public
def open_link(class_id: int, event_id: int, code: str) -> ResponseReturnValue:
    """Lead staff of the host to the door's page; show a parent what is asked, or thank for the answer."""
    one, event = class_and_event(class_id, event_id, code)
    if is_host(event):
        return redirect(url_for("class_codes.door", **address_of(class_id, event_id)), 303)
    address = url_for(".open_link", **address_of(class_id, event_id))
    if "thanks" in request.args:
        return render_template("schooldesk/class_thanks.html", one=one, event=event, address=address)
    form, slots = ReplyForm(), slots_to_agree_to(event, now())
    form.offer(event, slots)
    is_over = event.is_cancelled or all(slot.ends_at <= now() for slot in event.slots)
    if not is_over and form.validate_on_submit() and _heard(one, event, form):
        return redirect(f"{address}?thanks=y", 303)
    page = {"one": one, "event": event, "is_over": is_over, "slots": slots, "slot_words": slot_words}
    letter = _letter(event.host_id)
    page_text = render_template("schooldesk/class_link.html", form=form, address=address, letter=letter, **page)
    return page_text, form.status, {"Cache-Control": "no-store"}


def _heard(one: SchoolClass, event: Event, form: ReplyForm) -> bool:
    """Take an answer in, unless there were too many."""
    browser, at = sessions.this_browser(), now()
    try:
        _count(one, (browser, f"{event.id}:{form.child.data}"), at)
    except TriedTooOften as problem:
        form.refuse(problem)
        return False
    transact(hear, one.id, event.id, form.heard(fingerprint(browser)), at=at)
    return True


def _count(one: SchoolClass, by: Iterable[str], at: datetime) -> None:
    """Count every answer, right or wrong, by the browser and by the child's name. Raises `TriedTooOften`."""
    for whose in by:
        transact(tries.count_try, f"class_link:{one.id}:{keyed_hash('tries', whose)}", at=at)


def _letter(host_id: int) -> str:
    language = str(get_locale())
    notice = latest(host_id)
    zh, en = default_texts(host_id)
    return text_of(notice, language) if notice else en if language.startswith("en") else zh
