"""The page behind a class's link: a parent answers, without an account, and whoever it was reads the same thanks."""

from collections.abc import Iterable
from datetime import datetime

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from app.accounts import sessions, tries
from app.accounts.problems import TriedTooOften
from app.core.clock import now
from app.core.codes import fingerprint
from app.core.crypto import keyed_hash
from app.core.db import transact
from app.events.models import Event
from app.people.consents.notices import default_texts, latest, text_of
from app.people.models import SchoolClass
from app.schooldesk.class_events.reply_forms import ReplyForm
from app.schooldesk.class_events.replying import hear, slots_to_agree_to
from app.schooldesk.class_events.words import slot_words


def reply_page(one: SchoolClass, event: Event, address: str) -> ResponseReturnValue:
    """Show what is asked, or thank for the answer."""
    at = now()
    form, slots = ReplyForm(), slots_to_agree_to(event, at)
    form.offer(event, slots)
    is_over = event.is_cancelled or all(slot.ends_at <= at for slot in event.slots)
    if not is_over and form.validate_on_submit():
        browser = sessions.this_browser()
        try:
            _count(one, (browser, f"{event.id}:{form.child.data}"), at)
        except TriedTooOften as problem:
            form.refuse(problem)
        else:
            transact(hear, one.id, event.id, form.heard(fingerprint(browser)), at=at)
            return redirect(f"{address}?thanks=y", 303)
    page = {
        "one": one,
        "event": event,
        "is_over": is_over,
        "letter": _letter(event.host_id),
        "slots": slots,
        "slot_words": slot_words,
    }
    template = "schooldesk/class_thanks.html" if "thanks" in request.args else "schooldesk/class_link.html"
    return render_template(template, form=form, address=address, **page), form.status, {"Cache-Control": "no-store"}


def _count(one: SchoolClass, by: Iterable[str], at: datetime) -> None:
    """Count every answer, right or wrong, by the browser and by the child's name. Raises `TriedTooOften`."""
    for whose in by:
        transact(tries.count_try, f"class_link:{one.id}:{keyed_hash('tries', whose)}", at=at)


def _letter(host_id: int) -> str:
    language = str(get_locale())
    notice = latest(host_id)
    zh, en = default_texts(host_id)
    return text_of(notice, language) if notice else en if language.startswith("en") else zh
