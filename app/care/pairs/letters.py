"""The open letters of a child, read on its guardian's private page: only where it is proven whose page it is."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.care.consents.models import GuardianAsk
from app.care.consents.private_page import address, open_page_of, over
from app.care.consents.problems import NotOpened
from app.care.pairs.asked import reader_of_letters
from app.core.access import public
from app.core.clock import now
from app.core.finding import read_id_or_none
from app.pairing.letters import queries
from app.pairing.letters.readers import aftercare_of
from app.pairing.letters.showing import first_name, shown_letters
from app.pairing.letters.words import STATES
from app.pairing.letters.writing import teacher_of

bp = Blueprint("guardian_letters", __name__, url_prefix="/G/<guardian_page>/pair/letters")


@bp.get("")
@public
def index(guardian_page: str) -> ResponseReturnValue:
    """What the child wrote and received, the latest first; a draft is the child's alone."""
    page = open_page_of(guardian_page)
    if page is None:
        return over()
    ask = next((one for one in page.asks if one.id == request.args.get("ask", 0, int)), None)
    member = reader_of_letters(ask, at=now()) if ask else None
    if ask is None or member is None or member.pair is None:
        return _not_here(guardian_page, ask)
    letters, following = queries.letters_of_child(member, read_id_or_none(request.args.get("after")))
    shown = {
        "code": guardian_page,
        "ask": ask,
        "child": first_name(member.person),
        "letters": shown_letters(letters, [member.person_id]),
        "states": STATES,
        "teacher": teacher_of(member),
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
