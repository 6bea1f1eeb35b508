"""The open letters of a child, read on its guardian's private page: only where it is proven whose page it is."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.care.consents.models import GuardianAsk
from app.care.consents.private_page import address, open_page_of, over
from app.care.consents.problems import NotOpened
from app.care.pairs.asked import pair_to_read
from app.core.access import public
from app.core.clock import now
from app.core.finding import read_id, read_id_or_none
from app.pairing.letters import queries
from app.pairing.letters.readers import aftercare_of
from app.pairing.letters.showing import first_name, shown_letters
from app.pairing.letters.words import AFTERWARDS, STATES
from app.pairing.letters.writing import teacher_of

bp = Blueprint("guardian_letters", __name__, url_prefix="/G/<guardian_page>/pair/letters")


@bp.get("")
@public
def index(guardian_page: str) -> ResponseReturnValue:
    """What the child wrote and received, the latest first; a draft is the child's alone. Of a pair that is over its
    number says so."""
    page = open_page_of(guardian_page)
    if page is None:
        return over()
    ask = next((one for one in page.asks if one.id == request.args.get("ask", 0, read_id)), None)
    ended_id = read_id_or_none(request.args.get("pair"))
    read = pair_to_read(ask, ended_id, at=now()) if ask else None
    if ask is None or read is None:
        return _not_here(guardian_page, ask)
    member, after = read.member, read_id_or_none(request.args.get("after"))
    letters, following = queries.letters_of_child(member.person_id, read.pair.id, after)
    shown = {
        "code": guardian_page,
        "ask": ask,
        "ended": read if read.ended_on else None,
        "child": first_name(member.person),
        "letters": shown_letters(letters, [member.person_id]),
        "states": AFTERWARDS if read.ended_on else STATES,
        "teacher": "" if read.ended_on else teacher_of(member),
        "contact": aftercare_of(member.round_id).protection,
        "following": following,
        "after": "after" in request.args,
    }
    return render_template("care/guardian_letters.html", **shown), {"Cache-Control": "no-store"}


def _not_here(code: str, ask: GuardianAsk | None) -> ResponseReturnValue:
    if ask is None or ask.opened_at:
        return redirect(url_for("guardian_pairs.show", guardian_page=code), 303)
    flash(NotOpened().message, "gold")
    return redirect(address(code), 303)
