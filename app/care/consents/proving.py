"""What makes an answer count: the form teacher's call, or a paper that a second person has compared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select

from app.care.consents.answering import Said, answer
from app.care.consents.models import PaperAnswer
from app.care.consents.paper_photos import SealedPhoto
from app.care.consents.problems import CallInFuture, NothingAnswered, PaperOver, SamePerson
from app.core.db import db
from app.people.consents.guardians import guardians_of
from app.people.consents.models import Answer, Consent, Guardian, Purpose, Strength
from app.people.consents.problems import CarerCannotConsent
from app.people.consents.recording import Proof
from app.people.queries import records_of

Spoken = Mapping[Purpose, bool]


@dataclass(frozen=True)
class SentPaper:
    """A signed form as it came: for which place, and its photo."""

    registration_id: int | None = None
    photo: SealedPhoto | None = None


NO_PAPER = SentPaper()


def confirm_by_call(
    person_id: int,
    scope: str,
    guardian_id: int,
    called_at: datetime,
    spoken: Spoken | None = None,
    *,
    by: int,
    at: datetime,
) -> None:
    """Write down that somebody called a guardian, when, and what was said; without words of its own the call confirms
    what the guardian had answered before. Teachers call; they never consent.

    Raises `CallInFuture`, `NothingAnswered`, and what `answer` raises.
    """
    if called_at > at:
        raise CallInFuture
    guardian = _guardian_of(person_id, guardian_id)
    said = spoken if spoken is not None else last_yes(person_id, scope, guardian_id)
    if said is None:
        raise NothingAnswered
    answer(Said(person_id, scope, said), guardian, Proof(Strength.CALLED, by, called_at), at=at)


def enter_paper(
    person_id: int,
    scope: str,
    guardian_id: int,
    spoken: Spoken,
    sent: SentPaper = NO_PAPER,
    *,
    by: int,
    at: datetime,
) -> PaperAnswer:
    """Type a signed form in; it counts once somebody else has compared it. A no counts at once.

    What was typed in before for the same place and not compared yet is replaced by it. Raises `CarerCannotConsent`.
    """
    for known in _waiting(person_id, scope):
        _drop(known, str(_("Typed in anew")), by=by, at=at)
    guardian = _guardian_of(person_id, guardian_id)
    if spoken.get(Purpose.TAKING_PART) and not guardian.may_consent:
        raise CarerCannotConsent
    if not spoken.get(Purpose.TAKING_PART):
        answer(Said(person_id, scope, spoken), guardian, Proof(by=by), at=at)
    answers = {str(purpose): Answer.YES if yes else Answer.NO for purpose, yes in spoken.items()}
    paper = PaperAnswer(
        person_id=person_id,
        scope=scope,
        guardian_id=guardian_id,
        registration_id=sent.registration_id,
        photo=sent.photo.sealed if sent.photo else None,
        photo_type=sent.photo.media_type if sent.photo else "",
        answers=answers,
        entered_at=at,
        entered_by_id=by,
    )
    db.session.add(paper)
    db.session.flush()
    return paper


def confirm_paper(paper_id: int, *, by: int, at: datetime) -> PaperAnswer:
    """Say as a second person that a paper says what was typed; a second time changes nothing. Raises `SamePerson`, and
    what `answer` raises."""
    paper = db.session.get_one(PaperAnswer, paper_id, with_for_update=True, populate_existing=True)
    if paper.confirmed_at is not None or paper.dropped_at is not None:
        return paper
    if paper.entered_by_id == by:
        raise SamePerson
    spoken = {Purpose(name): said == Answer.YES for name, said in paper.answers.items()}
    proof = Proof(Strength.PAPER, by, at, entered_by=paper.entered_by_id)
    answer(Said(paper.person_id, paper.scope, spoken), paper.guardian, proof, at=at)
    paper.confirmed_at, paper.confirmed_by_id = at, by
    return paper


def reject_paper(paper_id: int, why: str, *, by: int, at: datetime) -> PaperAnswer:
    """Say that a paper does not say what was typed: it counts for nothing, and whoever typed it in reads why.

    Whoever typed it in may take it back so. A no that counted at once stays: the guardian can say otherwise. Raises
    `PaperOver` once it was confirmed or rejected.
    """
    paper = db.session.get_one(PaperAnswer, paper_id, with_for_update=True, populate_existing=True)
    if paper.confirmed_at is not None or paper.dropped_at is not None:
        raise PaperOver
    _drop(paper, why, by=by, at=at)
    return paper


def last_yes(person_id: int, scope: str, guardian_id: int) -> Spoken | None:
    """Return what a guardian answered last, if that was a yes to taking part."""
    theirs = (Consent.person_id.in_(records_of(person_id)), Consent.scope == scope, Consent.guardian_id == guardian_id)
    last = db.session.scalar(select(Consent.sheet).where(*theirs).order_by(Consent.id.desc()).limit(1))
    rows = db.session.execute(select(Consent.purpose, Consent.answer).where(Consent.sheet == last)).all()
    said = {Purpose(purpose): answered == Answer.YES for purpose, answered in rows}
    return said if said.get(Purpose.TAKING_PART) else None


def _drop(paper: PaperAnswer, why: str, *, by: int, at: datetime) -> None:
    paper.dropped_at, paper.dropped_by_id, paper.dropped_why = at, by, why
    paper.photo, paper.photo_type = None, ""


def _waiting(person_id: int, scope: str) -> Sequence[PaperAnswer]:
    theirs = (PaperAnswer.person_id == person_id, PaperAnswer.scope == scope)
    undecided = (PaperAnswer.confirmed_at.is_(None), PaperAnswer.dropped_at.is_(None))
    return db.session.scalars(select(PaperAnswer).where(*theirs, *undecided).with_for_update()).all()


def _guardian_of(person_id: int, guardian_id: int) -> Guardian:
    """Return one of a minor's guardians. Raises `LookupError` for somebody else's."""
    return {one.id: one for one in guardians_of(person_id)}[guardian_id]
