"""Writing down what a guardian answered, and what holds of it from then on."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.core.codes import new_code
from app.core.db import db
from app.people.consents.models import (
    Answer,
    Consent,
    ConsentInForce,
    ConsentSigner,
    Guardian,
    Notice,
    Purpose,
    Strength,
)
from app.people.consents.problems import CarerCannotConsent, GuardianObjects
from app.people.consents.scopes import PROGRAMME, past_scope
from app.people.models import Person
from app.people.queries import about_any_of, kept_record, records_of

Answers = Mapping[Purpose, Answer]


@dataclass(frozen=True)
class Proof:
    """What an answer is proven by: how, through whom and when, and who typed a paper in."""

    strength: Strength = Strength.UNVERIFIED
    by: int | None = None
    at: datetime | None = None
    entered_by: int | None = None


@dataclass(frozen=True)
class Sheet:
    """One form about one child and scope: who signed it, in which browser, what was answered, and to which words.
    ``drawn`` is the signature by hand, sealed."""

    person_id: int
    scope: str
    guardian: Guardian
    answers: Answers
    notice: Notice
    proof: Proof = Proof()
    browser_hash: str = ""
    drawn: bytes | None = None

    @property
    def says_yes(self) -> bool:
        """Whether the child takes part."""
        return self.answers.get(Purpose.TAKING_PART) is Answer.YES


def record(sheet: Sheet, *, at: datetime) -> str:
    """Write a sheet down; returns its name. Raises `CarerCannotConsent` for a yes of somebody who may not say it."""
    if sheet.says_yes and not sheet.guardian.may_consent:
        raise CarerCannotConsent
    name = new_code()
    for purpose, answer in sheet.answers.items():
        db.session.add(_evidence(sheet, name, purpose, answer, at))
    signed = sheet.guardian.contact.name if sheet.guardian.contact else ""
    drawn = sheet.drawn if sheet.says_yes else None
    db.session.add(ConsentSigner(sheet=name, name=signed, browser_hash=sheet.browser_hash, drawn=drawn))
    db.session.flush()
    return name


def put_in_force(sheet: Sheet, name: str, *, at: datetime) -> ConsentInForce:
    """Let a yes hold from now on. An answer that was proven once stays proven when a purpose is changed; a purpose that
    is agreed to later has the proof of that later answer, and does not hold while another guardian's last word is no.

    Raises `GuardianObjects` while that is so of taking part.
    """
    objected = _objected(sheet)
    if Purpose.TAKING_PART in objected:
        raise GuardianObjects
    known = in_force(sheet.person_id, sheet.scope)
    is_proven = sheet.proof.strength is not Strength.UNVERIFIED
    answers = {purpose: Answer.NO if purpose in objected else said for purpose, said in sheet.answers.items()}
    agreed = _agreed(answers, known.agreed if known else {}, is_proven=is_proven)
    if known is None:
        known = ConsentInForce(person_id=sheet.person_id, scope=sheet.scope, since=at)
        db.session.add(known)
    if is_proven or not known.is_proven:
        known.strength, known.is_proven = sheet.proof.strength, is_proven
    known.agreed, known.sheet = agreed, name
    db.session.flush()
    return known


def in_force(person_id: int, scope: str) -> ConsentInForce | None:
    """Return what holds for a person within a scope, locked."""
    theirs = (ConsentInForce.person_id == person_id, ConsentInForce.scope == scope)
    return db.session.scalar(select(ConsentInForce).where(*theirs).with_for_update())


def hold_still(consent_id: int) -> None:
    """Let nobody who says no to something that a consent covers do so until this transaction ends."""
    theirs = ConsentInForce.id == consent_id
    db.session.execute(select(ConsentInForce.id).where(theirs).with_for_update(read=True, key_share=True))


def say_no_alone(person_id: int) -> None:
    """Wait for whoever leans on a programme's consent at this moment, and let others see the no that follows."""
    theirs = (ConsentInForce.person_id == person_id, ConsentInForce.scope.startswith(PROGRAMME))
    db.session.execute(select(ConsentInForce.id).where(*theirs).order_by(ConsentInForce.id).with_for_update())


def past_of(consent: ConsentInForce) -> ConsentInForce:
    """Return the row on which what is over leans once a consent ends: it covers nothing to come. Made once, for what
    happened inside a programme leans on it as well as the programme's own places."""
    scope = past_scope(consent.id)
    theirs = (ConsentInForce.person_id == consent.person_id, ConsentInForce.scope == scope)
    past = db.session.scalar(select(ConsentInForce).where(*theirs))
    if past is None:
        told = ("person_id", "strength", "is_proven", "agreed", "sheet", "since")
        past = ConsentInForce(scope=scope, **{name: getattr(consent, name) for name in told})
        db.session.add(past)
        db.session.flush()
    return past


def objections(person_id: int, scope: str, purpose: Purpose = Purpose.TAKING_PART) -> set[int | None]:
    """Return the guardians whose last word about a purpose is no."""
    said = _last_words(person_id, scope)
    return {who for (who, about), answer in said.items() if about == purpose and answer is not Answer.YES}


def objected_to(scope: str, person_ids: Collection[int]) -> set[int]:
    """Return which of these people a guardian said no for, and has not proven a yes since: whoever has the link could
    have typed that one."""
    theirs = (about_any_of(person_ids), Consent.scope == scope, Consent.purpose == Purpose.TAKING_PART)
    counts = (Consent.answer != Answer.YES) | (Consent.strength != Strength.UNVERIFIED)
    words = select(kept_record(), Consent.guardian_id, Consent.answer).join(Person, Person.id == Consent.person_id)
    of_guardians = words.join(Guardian, Guardian.id == Consent.guardian_id).where(Guardian.removed_at.is_(None))
    found = db.session.execute(of_guardians.where(*theirs, counts).order_by(Consent.id))
    last = {(person_id, who): answer for person_id, who, answer in found}
    return {person_id for (person_id, _who), answer in last.items() if answer is not Answer.YES}


def _objected(sheet: Sheet) -> set[Purpose]:
    """Return what another guardian than the one who signed has said no to."""
    said = _last_words(sheet.person_id, sheet.scope).items()
    return {about for (who, about), answer in said if who != sheet.guardian.id and answer is not Answer.YES}


def _last_words(person_id: int, scope: str) -> dict[tuple[int | None, Purpose], Answer]:
    theirs = (Consent.person_id.in_(records_of(person_id)), Consent.scope == scope, Guardian.removed_at.is_(None))
    words = select(Consent.guardian_id, Consent.purpose, Consent.answer).where(*theirs).order_by(Consent.id)
    found = db.session.execute(words.join(Guardian, Guardian.id == Consent.guardian_id))
    return {(who, Purpose(about)): Answer(answer) for who, about, answer in found}


def _agreed(answers: Answers, before: Mapping[str, bool], *, is_proven: bool) -> dict[str, bool]:
    kept = {name: proven for name, proven in before.items() if name not in answers}
    new = {
        str(purpose): is_proven or before.get(purpose, False)
        for purpose, answer in answers.items()
        if answer is Answer.YES
    }
    return kept | new


def _evidence(sheet: Sheet, name: str, purpose: Purpose, answer: Answer, at: datetime) -> Consent:
    return Consent(
        person_id=sheet.person_id,
        scope=sheet.scope,
        purpose=purpose,
        answer=answer,
        strength=sheet.proof.strength,
        sheet=name,
        guardian_id=sheet.guardian.id,
        notice_id=sheet.notice.id,
        notice_hash=sheet.notice.text_hash,
        at=at,
        by_id=sheet.proof.by,
        entered_by_id=sheet.proof.entered_by,
        proven_at=sheet.proof.at,
    )
