"""One person who applied twice for the same programme: the better application stays."""

from sqlalchemy import select

from app.care.merging.rules import Merging
from app.core.changes import note_change
from app.core.db import db
from app.programmes.applications import places
from app.programmes.models import OPEN, Application, ApplicationState

_BEST_FIRST = (
    ApplicationState.CONFIRMED,
    ApplicationState.HELD,
    ApplicationState.ACCEPTED,
    ApplicationState.RESERVE,
    ApplicationState.APPLIED,
)


def end_double_applications(merging: Merging) -> None:
    """End the lesser of two applications for one programme; the next of the reserve moves up."""
    for goes in _doubles(merging):
        had_place = places.end(goes, ApplicationState.CANCELLED, by=merging.by, at=merging.at)
        note_change(places.RECORD, goes.id, "was_double", by=merging.by, at=merging.at)
        if had_place:
            places.fill(goes.side, at=merging.at)
    db.session.flush()


def weigh_applications(merging: Merging) -> None:
    """Say anew what held applications are worth: a guardian may have agreed for the other record."""
    held = (Application.person_id == merging.kept_id, Application.state == ApplicationState.HELD)
    for one in db.session.scalars(select(Application).where(*held).execution_options(populate_existing=True)).all():
        places.weigh(one, at=merging.at)


def _doubles(merging: Merging) -> list[Application]:
    """Return the applications that have to go, all sides locked first."""
    open_ones = select(Application).where(
        Application.person_id.in_([merging.kept_id, merging.other_id]), Application.state.in_(OPEN)
    )
    side_ids = set(db.session.scalars(open_ones.with_only_columns(Application.side_id)))
    for side_id in sorted(side_ids):
        places.lock_side(side_id)
    by_programme: dict[int, list[Application]] = {}
    for one in places.all_locked(db.session.scalars(open_ones.with_only_columns(Application.id)).all()):
        by_programme.setdefault(one.programme_id, []).append(one)
    both = [two for two in by_programme.values() if len(two) == 2]
    return [max(two, key=lambda one: (_BEST_FIRST.index(one.state), one.person_id != merging.kept_id)) for two in both]
