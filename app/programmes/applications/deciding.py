"""The host decides on several people at once, and says why not."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select

from app.core.db import db
from app.programmes.applications import places
from app.programmes.models import TAKING, Application, ApplicationState, Reason
from app.programmes.planning import locked
from app.programmes.problems import NobodyChosen, ProgrammeCancelled, TooFewPlaces, WithoutReason


class Verdict(StrEnum):
    """What is decided on everybody who was ticked."""

    ACCEPT = "accept"
    RESERVE = "reserve"
    REFUSE = "refuse"
    REOPEN = "reopen"
    CANCEL = "cancel"


@dataclass(frozen=True)
class Decision:
    """A verdict, and why: a reason of the list where somebody is refused, words as one likes."""

    verdict: Verdict
    reason: Reason | None = None
    words: str = ""

    @property
    def lacks_reason(self) -> bool:
        """Whether the family would not be told why."""
        if self.verdict is Verdict.CANCEL:
            return not self.words
        return self.verdict is Verdict.REFUSE and self.reason is None


def decide(
    programme_id: int, application_ids: Collection[int], decision: Decision, *, by: int, at: datetime
) -> list[Application]:
    """Decide on some applications in the order of their numbers; returns whom it changed anything for.

    All or nothing: with fewer places than people nobody is accepted. A second time changes nothing.
    Raises `NobodyChosen`, `TooFewPlaces`, `WithoutReason`, `ProgrammeCancelled`.
    """
    if locked(programme_id).is_cancelled:
        raise ProgrammeCancelled
    if decision.lacks_reason:
        raise WithoutReason
    chosen = _locked_of(programme_id, application_ids)
    if not chosen:
        raise NobodyChosen
    if decision.verdict is Verdict.ACCEPT:
        _check_places(chosen)
    had_place = Counter(one.side for one in chosen if one.state in TAKING)
    was = {one.id: one.state for one in chosen}
    for one in chosen:
        _carry_out(one, decision, by=by, at=at)
    if decision.verdict is Verdict.CANCEL:
        for side in sorted(had_place, key=lambda side: side.id):
            places.fill(side, had_place[side], at=at)
    return [one for one in chosen if one.state is not was[one.id]]


def _carry_out(one: Application, decision: Decision, *, by: int, at: datetime) -> None:
    match decision.verdict:
        case Verdict.ACCEPT:
            places.accept(one, by=by, at=at)
        case Verdict.RESERVE:
            places.put_in_reserve(one, by=by, at=at)
        case Verdict.REFUSE:
            places.refuse(one, decision.reason or Reason.OTHER, decision.words, by=by, at=at)
        case Verdict.REOPEN:
            places.reopen(one, by=by, at=at)
        case Verdict.CANCEL:
            places.end(one, ApplicationState.CANCELLED, by=by, at=at, words=decision.words)


def _locked_of(programme_id: int, application_ids: Collection[int]) -> list[Application]:
    wanted = (Application.programme_id == programme_id, Application.id.in_(set(application_ids)))
    side_ids = db.session.scalars(select(Application.side_id).where(*wanted).distinct())
    for side_id in sorted(side_ids):
        places.lock_side(side_id)
    return places.all_locked(db.session.scalars(select(Application.id).where(*wanted)).all())


def _check_places(chosen: Collection[Application]) -> None:
    to_come = [one for one in chosen if one.state in (ApplicationState.APPLIED, ApplicationState.RESERVE)]
    for side, wanted in Counter(one.side for one in to_come).items():
        if wanted > side.free:
            raise TooFewPlaces(side=side.title, free=side.free, wanted=wanted)
