"""Pairing many: a matter of seconds, and of more memory than a web process should have."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.clock import now
from app.core.db import db
from app.core.job_words import Telling, tell
from app.core.jobs import Asker, Urgency, enqueue, job
from app.core.problems import Problem
from app.core.working import GiveUp, Work
from app.pairing.drafts import Draft, draft_of
from app.pairing.models import PairingRound
from app.pairing.pairing_up import work_out, write
from app.pairing.rounds import open_round
from app.pairing.settings import Settings, read_settings
from app.pairing.youths import Shape

PAIR = "pairing.pair"
_STEPS = 3
_AT_ONCE = {Shape.ONE_TO_ONE: 1200, Shape.ONE_TO_MANY: 600, Shape.POOL: 300, Shape.GROUPS: 300}  # people
_CHANGED = "The round was changed while it was being paired."


def is_for_the_worker(draft: Draft) -> bool:
    """Return whether a round is too large to be paired while somebody waits for a page."""
    return len(draft.youths) > _AT_ONCE[draft.plan.shape]


def have_paired(round_id: int, settings: Settings, *, asker: Asker, at: datetime) -> int:
    """Have a round paired in the background; returns the job. Raises `RoundPublished`."""
    one = open_round(round_id, by=asker.user_id, at=at)
    one.settings = settings.written()
    payload = {"round_id": round_id, "title": one.title, "version": one.version}
    one.job_id = enqueue(PAIR, payload, at=at, urgency=Urgency.NOW, asker=asker)
    return one.job_id


@job(PAIR, is_long=True, attempts=2)
def pair_round(work: Work) -> None:
    """Pair a round, if it still is what it was when somebody asked."""
    one = db.session.get_one(PairingRound, work.payload["round_id"])
    draft, settings = draft_of(one), read_settings(one.settings)
    if draft.version != work.payload["version"]:
        raise GiveUp(_CHANGED)
    work.step(1, _STEPS)
    try:
        worked = work_out(draft)
        work.step(2, _STEPS)
        work.finish(write, worked, settings, by=work.user_id or one.changed_by_id, at=now())
    except Problem as problem:
        raise GiveUp(_CHANGED) from problem


def _about(payload: Mapping[str, Any]) -> str:
    return str(payload["title"])


tell(
    PAIR,
    Telling(
        _l("Pairing"),
        about=_about,
        page=("pairing_desk.show", ("round_id",)),
        errors={_CHANGED: _l("The round was changed while it was being paired. Please pair once more.")},
    ),
)
