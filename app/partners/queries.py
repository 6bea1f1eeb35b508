"""What a partner's link shows: its people, and how far their parents' papers are."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from app.care.consents.models import PaperAnswer
from app.core.access import Principal, Role
from app.core.db import db
from app.people.consents.models import ConsentInForce, Guardian
from app.people.consents.scopes import programme_of, programme_scope
from app.people.models import Person
from app.programmes.applications.consenting import is_minor
from app.programmes.models import OPEN, Application, ApplicationSource, Programme, Side

MOST = 1000  # people of a side on one page
_UNDECIDED = (PaperAnswer.confirmed_at.is_(None), PaperAnswer.dropped_at.is_(None))


@dataclass(frozen=True)
class ChildPapers:
    """A minor of a side: who is named as parent, what was last written down of a paper, and whether it counts."""

    application: Application
    parent: Guardian | None
    paper: PaperAnswer | None
    is_proven: bool

    @property
    def signer(self) -> str:
        """The parent's name from the list, by whom the paper may be written down with others; "" if none is known."""
        return self.parent.contact.name if self.parent and self.parent.contact else ""

    @property
    def waits(self) -> bool:
        """Whether what was written down waits for a second person."""
        return self.paper is not None and self.paper.confirmed_at is None and self.paper.dropped_at is None

    @property
    def is_missing(self) -> bool:
        """Whether nothing counts, and nothing waits to."""
        return not self.is_proven and not self.waits


def people_sent(side_id: int) -> Select[Application]:
    """Return whom a partner has sent for a side, by name; nobody who came another way."""
    sent = (Application.side_id == side_id, Application.source == ApplicationSource.HOST, Person.name != "")
    found = select(Application).join(Application.person).where(*sent)
    whole = joinedload(Application.side).joinedload(Side.programme)
    return found.options(joinedload(Application.person), whole).order_by(Person.name_pinyin, Application.id)


def minors_of(side: Side) -> list[ChildPapers]:
    """Return the minors whom a partner has sent and who have or may get a place, with their parents' papers."""
    found = db.session.scalars(people_sent(side.id).where(Application.state.in_(OPEN)).limit(MOST)).all()
    minors = [one for one in found if is_minor(one)]
    ids, scope = [one.person_id for one in minors], programme_scope(side.programme_id)
    parents, papers, proven = _parents(ids), _papers(ids, scope), _proven(ids, scope)
    return [
        ChildPapers(one, parents.get(one.person_id), papers.get(one.person_id), one.person_id in proven)
        for one in minors
    ]


def vouched_visible_to(principal: Principal) -> Select[PaperAnswer]:
    """Return the papers that partners have written down, for programmes of the hosts somebody works for."""
    return _vouched(select(Programme.id).where(Programme.host_id.in_(principal.units(Role.STAFF))))


def waiting_of(principal: Principal, side: Side) -> Sequence[PaperAnswer]:
    """Return those of a side that nobody has compared yet, the first one written down first."""
    ids = people_sent(side.id).with_only_columns(Application.person_id).order_by(None)
    scope = programme_scope(side.programme_id)
    found = vouched_visible_to(principal).where(*_UNDECIDED, PaperAnswer.scope == scope, PaperAnswer.person_id.in_(ids))
    return db.session.scalars(found.order_by(PaperAnswer.id).limit(MOST)).all()


def side_of(paper: PaperAnswer) -> int | None:
    """Return the side of whoever a partner's paper is about."""
    theirs = (Application.person_id == paper.person_id, Application.programme_id == programme_of(paper.scope))
    return db.session.scalar(select(Application.side_id).where(*theirs).order_by(Application.id.desc()).limit(1))


def _vouched(programmes: Select[int]) -> Select[PaperAnswer]:
    scopes = [programme_scope(number) for number in db.session.scalars(programmes)]
    found = select(PaperAnswer).where(PaperAnswer.scope.in_(scopes), PaperAnswer.registration_id.is_(None))
    return found.options(joinedload(PaperAnswer.person), joinedload(PaperAnswer.guardian))


def _parents(person_ids: Sequence[int]) -> dict[int, Guardian]:
    """Return the guardian of each who was named last."""
    known = select(Guardian).where(Guardian.person_id.in_(person_ids), Guardian.removed_at.is_(None))
    return {one.person_id: one for one in db.session.scalars(known.order_by(Guardian.id))}


def _papers(person_ids: Sequence[int], scope: str) -> dict[int, PaperAnswer]:
    known = select(PaperAnswer).where(PaperAnswer.person_id.in_(person_ids), PaperAnswer.scope == scope)
    found = known.options(joinedload(PaperAnswer.guardian)).order_by(PaperAnswer.id)
    return {one.person_id: one for one in db.session.scalars(found)}


def _proven(person_ids: Sequence[int], scope: str) -> set[int]:
    known = (ConsentInForce.person_id.in_(person_ids), ConsentInForce.scope == scope, ConsentInForce.is_proven)
    return set(db.session.scalars(select(ConsentInForce.person_id).where(*known)))
