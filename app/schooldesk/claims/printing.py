"""What the slips of a class say, and the sheets of it: a class at once, more than that in the background."""

from collections.abc import Sequence

from flask_babel import force_locale

from app.core.clock import local_day, now
from app.core.db import db
from app.core.languages import CHINESE
from app.core.links import public_url, scannable
from app.organisations.models import Organisation
from app.people.models import Relation, SchoolClass
from app.people.namesakes import told_apart
from app.schooldesk import class_queries
from app.schooldesk.claims import slips
from app.schooldesk.claims.sheet import SheetFacts, SlipFacts
from app.schooldesk.models import ClaimSlip

AT_ONCE = 60  # a class; eighteen milliseconds each, nearly all of it the setting of the text


def open_slips(one: SchoolClass) -> list[ClaimSlip]:
    """Return the slips of a class that still count, by name."""
    return list(db.session.scalars(slips.open_slips(one, now())))


def on_paper(one: SchoolClass, found: Sequence[ClaimSlip]) -> tuple[SheetFacts, list[SlipFacts]]:
    """Return what the sheets of some slips of a class say; there has to be one."""
    school = db.session.get_one(Organisation, one.school_id)
    ends_at = min(slip.ends_at for slip in found)
    with force_locale(CHINESE):
        apart = told_apart(pupil.person for pupil in db.session.scalars(class_queries.pupils_of(one)))
    facts = SheetFacts(school.name, public_url("claims.enter"), local_day(ends_at))
    return facts, [_facts(slip, one, apart.get(slip.person_id, "")) for slip in found]


def _facts(slip: ClaimSlip, one: SchoolClass, apart: str) -> SlipFacts:
    code = slips.code_of(slip)
    is_child = slips.relation_of(slip.person, now()) is Relation.CHILD
    return SlipFacts(slip.person.name, apart, one.name, code, scannable("claims.take", code=code), is_child)
