"""Entering what was agreed, and seeing to it before it ends."""

from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import Select, select

from app.core.changes import note_change, note_edit
from app.core.db import db
from app.messages.models import MessageKind
from app.messages.sending import News, Reader, tell_all
from app.organisations.models import Membership, MembershipRole
from app.people.models import ActsFor, Relation
from app.programmes.kinds import ProgrammeKind
from app.programmes.models import Agreement, Measure, Promise
from app.programmes.problems import PartnerMissing, SamePartner

RECORD = "agreement"
REMINDED_BEFORE = timedelta(days=60)  # time enough for two offices to agree anew


@dataclass(frozen=True)
class PromiseWords:
    """What is promised for each year: in words, and as a number where it can be counted."""

    words: str
    measure: Measure = Measure.WORDS
    per_year: int | None = None
    kind: ProgrammeKind | None = None


@dataclass(frozen=True)
class AgreementWords:
    """With whom, from when until when, and what is promised."""

    title: str
    partner_id: int | None
    partner_name: str
    starts_on: date
    ends_on: date
    remarks: str = ""
    promises: tuple[PromiseWords, ...] = field(default_factory=tuple)


def create_agreement(host_id: int, words: AgreementWords, *, by: int, at: datetime) -> Agreement:
    """Enter an agreement. Raises `PartnerMissing`, `SamePartner`."""
    _check(host_id, words)
    made = Agreement(host_id=host_id, created_at=at, created_by_id=by, **_plain(words))
    made.promises = [Promise(**asdict(one)) for one in words.promises]
    db.session.add(made)
    db.session.flush()
    note_change(RECORD, made.id, "created", by=by, at=at)
    return made


def edit_agreement(agreement_id: int, words: AgreementWords, *, by: int, at: datetime) -> Agreement:
    """Change an agreement; with another end one is reminded anew. Raises what `create_agreement` raises."""
    agreement = _locked(agreement_id)
    _check(agreement.host_id, words)
    before = {name: getattr(agreement, name) for name in _plain(words)} | {"promises": _said(words_of(agreement))}
    note_edit(RECORD, agreement_id, before, _plain(words) | {"promises": _said(words)}, by=by, at=at)
    if words.ends_on != agreement.ends_on:
        agreement.reminded_at = agreement.settled_at = None
    for name, value in _plain(words).items():
        setattr(agreement, name, value)
    if words.promises != words_of(agreement).promises:
        agreement.promises = [Promise(**asdict(one)) for one in words.promises]
    return agreement


def settle(agreement_id: int, *, by: int, at: datetime) -> Agreement:
    """Say that its end has been seen to: renewed, or left to end. A second time keeps the first moment."""
    agreement = _locked(agreement_id)
    if agreement.settled_at is None:
        agreement.settled_at = at
        note_change(RECORD, agreement_id, "settled", by=by, at=at)
    return agreement


def remind(agreement_id: int, *, at: datetime) -> int:
    """Tell the managers of the unit, once, that an agreement ends soon; returns how many have an inbox."""
    agreement = _locked(agreement_id)
    if agreement.reminded_at or agreement.settled_at:
        return 0
    agreement.reminded_at = at
    facts = {
        "event": agreement.title,
        "agreement": agreement.id,
        "first_day": agreement.starts_on.isoformat(),
        "last_day": agreement.ends_on.isoformat(),
    }
    readers = [
        Reader(person_id, once=f"agreement-ends-{agreement.id}-{agreement.ends_on}-{person_id}")
        for person_id in db.session.scalars(_managers(agreement.host_id))
    ]
    return tell_all(News(MessageKind.AGREEMENT_ENDS, agreement.host_id, facts), readers, at=at)


def words_of(agreement: Agreement) -> AgreementWords:
    """Return an agreement's words as they are."""
    promises = tuple(PromiseWords(one.words, one.measure, one.per_year, one.kind) for one in agreement.promises)
    names = (name for name in AgreementWords.__dataclass_fields__ if name != "promises")
    return AgreementWords(**{name: getattr(agreement, name) for name in names}, promises=promises)


def _managers(host_id: int) -> Select[int]:
    current = (Membership.organisation_id == host_id, Membership.role == MembershipRole.MANAGER)
    users = select(Membership.user_id).where(*current, Membership.ended_at.is_(None))
    own = select(ActsFor.person_id).where(ActsFor.relation == Relation.ONESELF, ActsFor.user_id.in_(users))
    return own.order_by(ActsFor.person_id)


def _check(host_id: int, words: AgreementWords) -> None:
    if not words.partner_id and not words.partner_name:
        raise PartnerMissing
    if words.partner_id == host_id:
        raise SamePartner


def _plain(words: AgreementWords) -> dict[str, object]:
    return {name: value for name, value in asdict(words).items() if name != "promises"}


def _said(words: AgreementWords) -> str:
    return "；".join(one.words for one in words.promises)


def _locked(agreement_id: int) -> Agreement:
    return db.session.get_one(Agreement, agreement_id, with_for_update={"of": Agreement}, populate_existing=True)
