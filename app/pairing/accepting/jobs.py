"""What becomes of published pairs by itself: by class they stand once nobody has objected, and who has not answered is
asked once more."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.core.clock import now
from app.core.db import db
from app.core.job_words import Telling, tell
from app.core.jobs import job
from app.core.schedules import schedule
from app.core.working import Work
from app.pairing.accepting.answering import lock_pair, weigh
from app.pairing.accepting.reminding import due_to_remind, remind
from app.pairing.models import Pair, PairingRound
from app.pairing.states import PairState, Way

STAND = "pairing.stand"
REMIND = "pairing.remind"
_MOST = 1000  # at a time


def stand(pair_id: int, *, at: datetime) -> None:
    """Let a pair by class stand to which nobody has objected in time."""
    weigh(lock_pair(pair_id), at=at)


def due_to_stand(at: datetime) -> Sequence[int]:
    """Return the pairs by class whose days to object are over."""
    due = (Pair.state == PairState.PROPOSED, Pair.answer_by <= at, PairingRound.way == Way.CLASS)
    found = select(Pair.id).join(PairingRound, PairingRound.id == Pair.round_id).where(*due)
    return db.session.scalars(found.order_by(Pair.answer_by, Pair.id).limit(_MOST)).all()


@job(STAND)
def let_stand(work: Work) -> None:
    """Let those pairs stand."""
    for pair_id in due_to_stand(now()):
        work.write(stand, pair_id, at=now())


@job(REMIND)
def remind_families(work: Work) -> None:
    """Remind those families."""
    for round_id in due_to_remind(now()):
        work.write(remind, round_id, at=now(), is_due_only=True)


schedule(STAND, every=timedelta(minutes=10))
tell(STAND, Telling(_l("Pairs by class to which nobody objected")))
schedule(REMIND, daily_at=time(17, 30))
tell(REMIND, Telling(_l("Reminders to answer about a pair")))
