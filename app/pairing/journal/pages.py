"""What a family notes of its own pair: a call, a meeting; by a grown-up, and without words.

Words would be letters that nobody hands on, and a child need not keep books.
"""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import Select, or_, select

from app.core.access import Role, allow, principal
from app.core.clock import local_day, now
from app.core.db import db, transact
from app.core.finding import get_or_404
from app.core.problems import Problem
from app.pairing.accepting import queries as pairs
from app.pairing.accepting.pages import the_pair
from app.pairing.journal import operations, queries
from app.pairing.journal.forms import OwnEntryForm
from app.pairing.models import PairingMember
from app.people.ages import ADULT_FROM, age_on
from app.people.models import ActsFor, Relation

bp = Blueprint("pair_journal", __name__)


@bp.post("/pairs/<int:own_pair_id>/meetings")
@allow(Role.SIGNED_IN)
def note(own_pair_id: int) -> ResponseReturnValue:
    """Note that the two talked or met."""
    pair, form = the_pair(own_pair_id), OwnEntryForm()
    member = noting_member(pair.id)
    if member is None:
        flash(_("A grown-up of the family notes this, or your teacher."), "gold")
    elif not form.validate_on_submit():
        flash(next(iter(form.errors.values()))[0], "bad")
    else:
        try:
            transact(operations.note_own, member.id, form.said(), by=principal().actor, at=now())
        except Problem as problem:
            flash(problem.message, "bad")
        else:
            flash(_("Noted. Nice that you are in touch!"), "pine")
    return redirect(url_for("pairs.show", own_pair_id=own_pair_id), 303)


@bp.post("/pairs/journal/<int:family_entry_id>/undoing")
@allow(Role.SIGNED_IN)
def take_back(family_entry_id: int) -> ResponseReturnValue:
    """Let what one noted oneself count no more."""
    entry = get_or_404(queries.entries_noted_by_family(principal().actor), family_entry_id)
    transact(operations.take_back, family_entry_id, by=principal().actor, at=now())
    flash(_("Taken back."), "gold")
    return redirect(url_for("pairs.show", own_pair_id=entry.pair_id), 303)


def noting_member(pair_id: int) -> PairingMember | None:
    """Return for whom of a pair whoever asks may note: as a parent, or as a grown-up for oneself."""
    return db.session.scalar(_for_whom(pair_id).limit(1))


def _for_whom(pair_id: int) -> Select[PairingMember]:
    user_id = principal().actor
    as_parent = select(ActsFor.id).where(
        ActsFor.user_id == user_id, ActsFor.person_id == PairingMember.person_id, ActsFor.relation == Relation.CHILD
    )
    own = db.session.scalars(pairs.members_of(user_id, pair_id)).all()
    adults = [one.id for one in own if age_on(one.person.born_on, local_day(now())) >= ADULT_FROM]
    return pairs.members_of(user_id, pair_id).where(or_(as_parent.exists(), PairingMember.id.in_(adults)))
