"""A unit's rules of signing up: of minors, of the way between two shifts, of events that were missed."""

from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.core.changes import Vocabulary, note_edit
from app.core.db import db
from app.events.models import SignUpRules

RECORD = "rules"  # of a unit, in the change log
YOUNGEST_VOLUNTEER = 10  # 教思政〔2015〕1号 3; a unit may ask for more, never for less

VOCABULARY = Vocabulary(
    happened={},
    fields={
        "latest_hour": _l("Minors volunteer until"),
        "hours_a_day": _l("Hours a day for minors"),
        "travel_minutes": _l("Minutes from one place to another"),
        "youngest_volunteer": _l("Youngest volunteers"),
        "missed_until_later": _l("Missed without a word, until one signs up later"),
        "later_hours": _l("Hours later"),
        "missed_within_days": _l("Within so many days"),
        "asks_guardians": _l("Guardians are asked from 14 to 17, too"),
    },
)


@dataclass(frozen=True)
class Rules:
    """What `app.events.models.SignUpRules` describes."""

    latest_hour: int = 21
    hours_a_day: int = 4
    travel_minutes: int = 30
    youngest_volunteer: int = YOUNGEST_VOLUNTEER
    missed_until_later: int = 2
    later_hours: int = 24
    missed_within_days: int = 90
    asks_guardians: bool = True


def rules_of(organisation_id: int) -> Rules:
    """Return a unit's rules; one that never said anything has those that come with the program."""
    return read_rules(_row(organisation_id))


def change_rules(organisation_id: int, rules: Rules, *, by: int, at: datetime) -> None:
    """Let other rules hold for whoever signs up from now on; places that were given stay."""
    row = _row(organisation_id) or SignUpRules(organisation_id=organisation_id)
    before = asdict(read_rules(row if row.id else None))
    note_edit(RECORD, organisation_id, before, asdict(rules), by=by, at=at)
    for name, value in asdict(rules).items():
        setattr(row, name, value)
    db.session.add(row)
    db.session.flush()


def read_rules(row: Any) -> Rules:
    """Return the rules in a row that has their columns, those of the program if it has none."""
    values = {field.name: getattr(row, field.name) for field in fields(Rules)} if row is not None else {}
    return Rules(**{name: value for name, value in values.items() if value is not None})


def _row(organisation_id: int) -> SignUpRules | None:
    return db.session.scalar(select(SignUpRules).where(SignUpRules.organisation_id == organisation_id))
