"""The organiser's pages of a published round: by which way pairs come about, who has answered, what is to be done."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.access import Role, allow, principal
from app.core.audit import note_search
from app.core.clock import now
from app.core.db import db, transact
from app.core.finding import get_or_404, read_id_or_none
from app.core.links import public_url
from app.core.problems import Problem
from app.core.searching import sealed_word, typed_word
from app.pairing import queries, rounds
from app.pairing.accepting import rearranging, work
from app.pairing.accepting.forms import WayForm
from app.pairing.accepting.publishing import show_waiting
from app.pairing.accepting.reminding import remind
from app.pairing.desk import the_round
from app.pairing.models import Pair, PairingRound
from app.pairing.states import PairState
from app.pairing.words import MISSING, STATES, WAYS
from app.people.whose import whose_of

bp = Blueprint("pairing_acceptance", __name__, url_prefix="/desk/pairing")


@bp.get("/<int:round_id>/acceptance")
@allow(Role.STAFF)
def index(round_id: int) -> ResponseReturnValue:
    """How far the pairs of a round are, and what waits for the organiser; or those of somebody who is looked for."""
    one, at = the_round(round_id), now()
    state, name, after = _wanted()
    waiting, following = _waiting(one, state, name, after) if one.published_at else ([], None)
    lacking, count = work.without_consent(one, at=at)
    page: dict[str, Any] = {
        "one": one,
        "wanted": state,
        "name": name,
        "word": sealed_word(name),
        "counts": work.counts_of(one, name),
        "waiting": waiting,
        "following": following,
        "after": after,
        "lacking": lacking,
        "lacking_count": count,
        "unseen": work.unseen_of(one),
        "words": (STATES, WAYS, MISSING),
        "chat_text": _chat_text(one),
    }
    return render_template("pairing/acceptance.html", **page)


@bp.route("/<int:round_id>/way", methods=["GET", "POST"])
@allow(Role.STAFF)
def choose_way(round_id: int) -> ResponseReturnValue:
    """By which way pairs come about once they are published, and until when families answer."""
    one = the_round(round_id)
    form = WayForm.of(one)
    if form.validate_on_submit():
        try:
            transact(rounds.choose_way, round_id, *form.chosen(), by=principal().actor, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("Noted. It holds when the round is published."), "pine")
            return redirect(url_for("pairing_desk.show", round_id=round_id, _anchor="publishing"), 303)
    return render_template("pairing/way.html", one=one, form=form), form.status


@bp.post("/<int:round_id>/reminders")
@allow(Role.STAFF)
def remind_all(round_id: int) -> ResponseReturnValue:
    """Ask everybody once more who has not answered; once a day."""
    the_round(round_id)
    told = transact(remind, round_id, at=now())
    words = ngettext("%(num)d person was reminded.", "%(num)d people were reminded.", told)
    flash(words if told else _("Everybody has answered, or was reminded today already."), "pine" if told else "gold")
    return redirect(url_for(".index", round_id=round_id), 303)


@bp.post("/<int:round_id>/showing")
@allow(Role.STAFF)
def show_rest(round_id: int) -> ResponseReturnValue:
    """Let families see the pairs that they do not see yet and may."""
    the_round(round_id)
    shown = transact(_show_rest, round_id)
    words = ngettext("%(num)d pair is shown to its families.", "%(num)d pairs are shown to their families.", shown)
    flash(
        words if shown else _("None of them may be seen yet: a guardian has to agree first."),
        "pine" if shown else "gold",
    )
    return redirect(url_for(".index", round_id=round_id), 303)


@bp.post("/pairs/<int:pair_id>/stay")
@allow(Role.STAFF)
def keep(pair_id: int) -> ResponseReturnValue:
    """Let a pair stay after all."""
    return _done(pair_id, rearranging.keep, _("It stays. Whoever wanted another is asked once more."))


@bp.post("/pairs/<int:pair_id>/dissolution")
@allow(Role.STAFF)
def end(pair_id: int) -> ResponseReturnValue:
    """End a pair."""
    return _done(pair_id, rearranging.end_pair, _("Ended. Both are free for another partner."))


def _show_rest(round_id: int) -> int:
    one = db.session.get_one(PairingRound, round_id, with_for_update={"of": PairingRound}, populate_existing=True)
    return show_waiting(one, at=now()) if one.published_at else 0


def _done(pair_id: int, operation: Callable[..., Pair], words: str) -> ResponseReturnValue:
    pair = get_or_404(queries.pairs_run_by(principal()), pair_id)
    round_id, state = pair.round_id, pair.state
    try:
        transact(operation, pair_id, by=principal().actor, at=now())
    except Problem as problem:
        flash(problem.message, "bad")
    else:
        flash(words, "pine")
    return redirect(url_for(".index", round_id=round_id, state=state.value), 303)


def _wanted() -> tuple[PairState | None, str, int]:
    """Return what is asked for: pairs of a state, of somebody who is called so, after a number."""
    state, after = request.args.get("state", ""), read_id_or_none(request.args.get("after"))
    return PairState(state) if state in set(PairState) else None, typed_word(request.args.get("q"))[:60], after or 0


def _waiting(
    one: PairingRound, state: PairState | None, name: str, after: int
) -> tuple[Sequence[work.Waiting], int | None]:
    """Return the page of pairs that is asked for, and the number after which the next one starts."""
    found = work.page_of(one, state, after, name, at=now())
    page = found[: work.PAGE]
    if name:
        people = [person for waiting in page for person in waiting.people]
        note_search("pairing_pairs", one.id, whose_of(people, "name state" if state else "name"))
    return page, page[-1].pair.number if len(found) > work.PAGE else None


def _chat_text(one: PairingRound) -> str:
    lines = [
        _("“%(title)s”: the pairs are arranged. Please look at yours together with your child.", title=one.title),
        public_url("pages.mine"),
        _("No account? The teacher sends you a link of your own."),
    ]
    return "\n".join(str(line) for line in lines)
