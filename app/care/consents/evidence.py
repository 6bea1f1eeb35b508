"""What guardians answered about a child and what it joins, sheet by sheet, to be shown and printed as a record."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import undefer

from app.accounts.queries import names_of
from app.core.db import db
from app.people.consents.drawn import path_of
from app.people.consents.models import (
    Answer,
    Consent,
    ConsentSigner,
    Guardian,
    GuardianRelation,
    Notice,
    Purpose,
    Strength,
)
from app.people.queries import records_of


@dataclass(frozen=True)
class SignedSheet:
    """One form: who signed it and when, what was answered, how it is proven and by whom, and which letter was shown.

    ``name`` is "" once it was erased; ``drawn`` is the path of a signature by hand.
    """

    name: str
    relation: GuardianRelation | None
    at: datetime
    answers: Mapping[Purpose, Answer]
    strength: Strength
    proven_by: str
    proven_at: datetime | None
    letter: int
    drawn: str | None


def sheets_about(person_id: int, scopes: Collection[str]) -> list[SignedSheet]:
    """Return what was signed about any of these scopes, the latest first."""
    theirs = (Consent.person_id.in_(records_of(person_id)), Consent.scope.in_(scopes))
    rows = db.session.scalars(select(Consent).where(*theirs).order_by(Consent.id.desc())).all()
    sheets = [list(same) for _name, same in groupby(rows, key=lambda one: one.sheet)]
    signers = _signers([same[0].sheet for same in sheets])
    relations, letters = _relations(rows), _letters(rows)
    people = names_of(one.by_id for one in rows)
    return [_sheet(same, signers.get(same[0].sheet), relations, letters, people) for same in sheets]


def _sheet(
    rows: Sequence[Consent],
    signer: ConsentSigner | None,
    relations: Mapping[int, GuardianRelation],
    letters: Mapping[int, int],
    people: Mapping[int | None, str],
) -> SignedSheet:
    one = rows[0]
    is_proven = one.proven_at is not None and one.by_id is not None
    return SignedSheet(
        name=signer.name if signer else "",
        relation=relations.get(one.guardian_id or 0),
        at=one.at,
        answers={row.purpose: row.answer for row in reversed(rows)},
        strength=one.strength,
        proven_by=people.get(one.by_id, "") if is_proven else "",
        proven_at=one.proven_at,
        letter=letters[one.notice_id],
        drawn=path_of(signer.drawn) if signer else None,
    )


def _signers(sheets: Sequence[str]) -> dict[str, ConsentSigner]:
    found = select(ConsentSigner).where(ConsentSigner.sheet.in_(sheets)).options(undefer(ConsentSigner.drawn))
    return {one.sheet: one for one in db.session.scalars(found)}


def _relations(rows: Sequence[Consent]) -> dict[int, GuardianRelation]:
    wanted = {one.guardian_id for one in rows}
    found = db.session.execute(select(Guardian.id, Guardian.relation).where(Guardian.id.in_(wanted)))
    return {row.id: row.relation for row in found}


def _letters(rows: Sequence[Consent]) -> dict[int, int]:
    wanted = {one.notice_id for one in rows}
    found = db.session.execute(select(Notice.id, Notice.version).where(Notice.id.in_(wanted)))
    return {row.id: row.version for row in found}
