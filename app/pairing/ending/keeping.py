"""How long it stays how two families reach each other: as long as their pair, and thirty days after its end."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select

from app.core.db import db
from app.pairing.accepting.models import PairContact
from app.pairing.models import Pair, PairingMember

KEPT_FOR = timedelta(days=30)  # nobody sees it any more; an end that was a mistake is taken back within these
_AT_ONCE = 500  # rows; those who wait for a page want to write in between


def drop_old_contacts(*, at: datetime) -> int:
    """Delete some of the ways to be reached that were shared in pairs that have ended; returns how many."""
    ended = select(PairContact.id).join(PairContact.member).join(PairingMember.pair)
    old = ended.where(Pair.ended_at <= at - KEPT_FOR).order_by(PairContact.id).limit(_AT_ONCE)
    ids = list(db.session.scalars(old))
    if ids:
        db.session.execute(delete(PairContact).where(PairContact.id.in_(ids)))
    return len(ids)
