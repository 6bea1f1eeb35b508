"""The school's page of its own pupils who have not answered about their pair, and reminding them."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import Select

from app.core.access import Role, allow, principal
from app.core.clock import now
from app.core.db import transact
from app.core.filters import moment
from app.core.finding import get_or_404, read_id
from app.core.links import public_url
from app.pairing.accepting.reminding import remind_pupils
from app.pairing.accepting.unanswered import page_of_unanswered
from app.pairing.journal.groups import key_of, of_group, own_groups, own_members, rounds_of_schools
from app.pairing.journal.operations import Group
from app.pairing.models import PairingMember, PairingRound
from app.pairing.words import MISSING

bp = Blueprint("school_acceptance", __name__, url_prefix="/school/pairing/<int:shared_round_id>")


@bp.get("/unanswered")
@allow(Role.SCHOOL)
def index(shared_round_id: int) -> ResponseReturnValue:
    """Who has not answered, of all our classes or of one."""
    one, after, at = _round(shared_round_id), request.args.get("after", 0, type=read_id), now()
    groups = {key_of(group): group for group in own_groups(one, principal())}
    key = request.args.get("class", "")
    chosen = groups.get(key)
    found, following = page_of_unanswered(one, _pupils(chosen), after, at=at)
    page = {
        "one": one,
        "groups": groups,
        "wanted": key if chosen else None,
        "found": found,
        "following": following,
        "after": after,
        "missing": MISSING,
        "at": at,
        "chat_text": _chat_text(one, {waiting.pair.answer_by for waiting in found}, at),
    }
    return render_template("pairing/school_unanswered.html", **page)


@bp.post("/reminders")
@allow(Role.SCHOOL)
def remind(shared_round_id: int) -> ResponseReturnValue:
    """Ask those once more who are shown, of all our classes or of one; once a day."""
    one, key = _round(shared_round_id), request.form.get("class", "")
    chosen = next((group for group in own_groups(one, principal()) if key_of(group) == key), None)
    told = transact(remind_pupils, one.id, _pupils(chosen), at=now())
    words = ngettext("%(num)d person was reminded.", "%(num)d people were reminded.", told)
    flash(words if told else _("Everybody has answered, or was reminded today already."), "pine" if told else "gold")
    back: dict[str, Any] = {"shared_round_id": shared_round_id, "class": key if chosen else None}
    return redirect(url_for(".index", **back), 303)


def _pupils(chosen: Group | None) -> Select[PairingMember]:
    pupils = own_members(principal())
    return pupils.where(of_group(chosen)) if chosen else pupils


def _round(round_id: int) -> PairingRound:
    return get_or_404(rounds_of_schools(principal()), round_id)


def _chat_text(one: PairingRound, ends: Collection[datetime | None], at: datetime) -> str:
    """Return what goes into the parents' group: nobody is named there, nor is it said how many have not answered."""
    until = next(iter(ends)) if len(ends) == 1 else None
    lines = [
        _("“%(title)s”: some families have not answered about their pair yet.", title=one.title),
        _("Please look at it together with your child, and say yes or ask for another partner."),
        _("Please answer until: %(moment)s", moment=moment(until)) if until and until > at else "",
        public_url("pages.mine"),
        _("No account? The teacher sends you a link of your own."),
    ]
    return "\n".join(filter(None, lines))
