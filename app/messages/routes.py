"""The inbox."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup, escape

from app.core.access import Role, allow, principal
from app.core.clock import now
from app.core.db import transact
from app.core.finding import get_or_404, read_id_or_none
from app.core.languages import current_language
from app.messages import operations, queries
from app.messages.models import Message
from app.messages.wording import link_of, onwards, worded
from app.people.queries import acted_for_by

bp = Blueprint("messages", __name__)
_PHONE = r"(?<![0-9A-Za-z/-])(?:0\d{2,3}[- ]?\d{3,4}[- ]?\d{4}|1[3-9]\d{9})(?![0-9A-Za-z-])"
_GO_ON = {
    "events.show_code": _l("See the entry code"),
    "events.show": _l("See the event"),
    "certificates.mine": _l("See the certificates"),
    "applications.show": _l("See the application"),
    "agreement_desk.show": _l("See the agreement"),
    "pairs.show": _l("See the pair"),
    "travel_documents.fill_in": _l("Enter the travel document"),
    "trip_desk.show": _l("See the preparations"),
    "letter_teacher.index": _l("See the letters"),
    "letter_teacher.worry": _l("See the letter"),
    "silence_desk.index": _l("See the silent pairs"),
    "school_journal.show": _l("See the journal"),
    "pair_letters.index": _l("See the letters"),
    "persons.edit": _l("See the data"),
}


@bp.app_context_processor
def tell_templates() -> dict[str, Callable[[], int]]:
    """Let every page ask how many messages wait; it is counted once, and only for whoever is signed in."""
    return {"unread_messages": unread_messages}


def unread_messages() -> int:
    """Return how many messages the account that asks has not read."""
    if "unread_messages" not in g:
        user_id = principal().user_id
        g.unread_messages = queries.how_many_unread(user_id) if user_id else 0
    return int(g.unread_messages)


@bp.app_template_filter("with_links")
def with_links(text: str, named: Mapping[str, str] | None = None) -> Markup:
    """Write a text for a page: everything escaped, and links made of phone numbers and of addresses of ours, never of
    anybody else's. ``named`` are the words for an address that people need not read."""
    linked = re.compile(f"(?P<ours>{re.escape(str(current_app.config['PUBLIC_URL']))}/[\\w/.?=&-]*)|{_PHONE}")
    parts, rest = [], 0
    for found in linked.finditer(text):
        parts += [escape(text[rest : found.start()]), _link(found, named or {})]
        rest = found.end()
    return Markup("").join([*parts, escape(text[rest:])])


@bp.get("/messages")
@allow(Role.SIGNED_IN)
def index() -> ResponseReturnValue:
    """What one was told, or one's children, the newest first."""
    only_unread, before = request.args.get("view") == "unread", read_id_or_none(request.args.get("before"))
    persons = [acting.person_id for acting in acted_for_by(principal().actor)]
    found, following = queries.inbox(principal().actor, persons, only_unread=only_unread, before=before)
    new = queries.new_to(principal().actor, found)
    page = {
        "messages": [(one, worded(one, current_language()), names) for one, names in queries.together(found, new)],
        "new": new,
        "only_unread": only_unread,
        "following": following,
        "is_first": before is None,
        "has_several": len(persons) > 1,
    }
    return render_template("messages/inbox.html", **page)


@bp.get("/messages/<int:message_id>")
@allow(Role.SIGNED_IN)
def show(message_id: int) -> ResponseReturnValue:
    """One message. To open it is to have read it, as everybody expects: the only thing this view writes, and once."""
    message = _own(message_id)
    if queries.new_to(principal().actor, [message]) and _is_looked_at():
        _note_read(message)
        message = _own(message_id)
    target = onwards(message)
    page: dict[str, Any] = {
        "message": message,
        "words": worded(message, current_language()),
        "next_page": url_for(target[0], **target[1]) if target else None,
        "link": link_of(message),
        "next_words": _GO_ON[target[0]] if target else "",
        "names": queries.names_told(message, principal().actor),
        "has_several": len(acted_for_by(principal().actor)) > 1,
    }
    return render_template("messages/message.html", **page)


@bp.post("/messages/reading")
@allow(Role.SIGNED_IN)
def read_all() -> ResponseReturnValue:
    """Everything is read."""
    transact(operations.read_all, principal().actor, at=now())
    flash(_("All messages are marked as read."), "pine")
    return redirect(url_for(".index"), 303)


def _is_looked_at() -> bool:
    """Return whether a person opens the page, and no browser that only fetches ahead (W3C, Sec-Purpose)."""
    asked_ahead = " ".join(request.headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Moz")).lower()
    return request.method == "GET" and not ("prefetch" in asked_ahead or "preview" in asked_ahead)


def _link(found: re.Match[str], named: Mapping[str, str]) -> Markup:
    if found["ours"]:
        return Markup('<a href="{}">{}</a>').format(found[0], named.get(found[0], found[0]))
    return Markup('<a class="whole" href="tel:{}">{}</a>').format(re.sub(r"\D", "", found[0]), found[0])


def _note_read(message: Message) -> None:
    if message.announcement_id is None:
        transact(operations.read_message, message.id, principal().actor, at=now())
    else:
        transact(operations.read_announcement, message.announcement_id, principal().actor, at=now())


def _own(message_id: int) -> Message:
    return get_or_404(queries.messages_for(principal().actor), message_id)
