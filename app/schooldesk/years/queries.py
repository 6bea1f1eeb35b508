"""The years that schools have closed."""

from collections.abc import Iterable

from sqlalchemy import Select, select

from app.schooldesk.models import RollOver


def roll_overs_of(school_ids: Iterable[int]) -> Select[RollOver]:
    """Return the years that some schools have closed."""
    return select(RollOver).where(RollOver.school_id.in_(list(school_ids)))
