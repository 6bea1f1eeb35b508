"""Pairing rounds of somebody who was entered twice: in one round the kept record's place stays."""

from sqlalchemy import Table, select
from sqlalchemy.orm import aliased

from app.care.merging.rules import Merging, move_all_but_doubles
from app.core.db import db
from app.pairing.accepting.answering import take_out
from app.pairing.accepting.queries import is_shown
from app.pairing.models import PairingMember


def merge_pairs(table: Table, merging: Merging) -> None:
    """Take the other record out of pairs that families see, where the kept one is in the same round; its partner is for
    the organiser to find another for. All other places move."""
    kept = aliased(PairingMember)
    twice = select(PairingMember.id).join(PairingMember.pair).join(kept, kept.round_id == PairingMember.round_id)
    theirs = (PairingMember.person_id == merging.other_id, kept.person_id == merging.kept_id)
    for member_id in db.session.scalars(twice.where(*theirs, is_shown()).order_by(PairingMember.id)).all():
        take_out(member_id, at=merging.at)
    move_all_but_doubles("round_id")(table, merging)
