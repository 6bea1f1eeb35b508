"""What guardians agreed to for a person who was entered twice: a no wins, a proof is kept, evidence stays."""

from collections.abc import Collection

from sqlalchemy import delete, select, update

from app.care.merging.problems import GuardiansDisagree
from app.care.merging.rules import Merging
from app.core.db import db
from app.events.models import Registration
from app.people.consents.models import Answer, Consent, ConsentInForce, Guardian, Purpose
from app.programmes.models import Application


def check_guardians(people: Collection[int]) -> None:
    """Raise `GuardiansDisagree` when a guardian's last word about one record is no, and for the other a yes holds."""
    agreed = select(ConsentInForce.person_id, ConsentInForce.scope).where(ConsentInForce.person_id.in_(people))
    yes = {(row.person_id, row.scope) for row in db.session.execute(agreed)}
    no = _objections(people)
    if any(scope == objected and person_id != objecting for person_id, scope in yes for objecting, objected in no):
        raise GuardiansDisagree


def merge_consents(merging: Merging) -> None:
    """Let what is in force be the kept record's, with the places that lean on it; of two about the same, the proven one
    stays, and only the purposes that both agreed to."""
    for kept, other in _both_in_force(merging):
        stays, goes = (other, kept) if other.is_proven and not kept.is_proven else (kept, other)
        stays.agreed = {
            name: proven or goes.agreed[name] for name, proven in stays.agreed.items() if name in goes.agreed
        }
        db.session.flush()
        leaning = {
            "person_id": stays.person_id,
            "consent_id": stays.id,
            "consent_scope": stays.scope,
            "consent_proven": stays.is_proven,
        }
        db.session.execute(update(Registration).where(Registration.consent_id == goes.id).values(leaning))
        db.session.execute(update(Application).where(Application.consent_id == goes.id).values(leaning))
        db.session.execute(delete(ConsentInForce).where(ConsentInForce.id == goes.id))
    theirs = ConsentInForce.person_id == merging.other_id
    db.session.execute(update(ConsentInForce).where(theirs).values(person_id=merging.kept_id))


def _objections(people: Collection[int]) -> set[tuple[int, str]]:
    said = (
        select(Guardian.person_id, Consent.scope, Consent.guardian_id, Consent.answer)
        .join(Guardian, Guardian.id == Consent.guardian_id)
        .where(Guardian.person_id.in_(people), Consent.purpose == Purpose.TAKING_PART)
        .where(Guardian.removed_at.is_(None))
        .order_by(Consent.id)
    )
    last = {(row.person_id, row.scope, row.guardian_id): row.answer for row in db.session.execute(said)}
    return {(person_id, scope) for (person_id, scope, _by), answer in last.items() if answer is not Answer.YES}


def _both_in_force(merging: Merging) -> list[tuple[ConsentInForce, ConsentInForce]]:
    people = (merging.kept_id, merging.other_id)
    found = db.session.scalars(select(ConsentInForce).where(ConsentInForce.person_id.in_(people)).with_for_update())
    by_scope: dict[str, dict[int, ConsentInForce]] = {}
    for one in found:
        by_scope.setdefault(one.scope, {})[one.person_id] = one
    return [(both[people[0]], both[people[1]]) for both in by_scope.values() if len(both) == 2]
