"""Entry codes that people still carry though two records of theirs became one."""

from collections.abc import Collection

from sqlalchemy import select

from app.core.db import db
from app.events.models import FormerCode


def where_former_codes_lead(codes: Collection[str]) -> dict[str, int]:
    """Return for codes that were somebody's which registration they lead to now."""
    found = select(FormerCode.code, FormerCode.registration_id).where(FormerCode.code.in_(codes))
    return {row.code: row.registration_id for row in db.session.execute(found)}
