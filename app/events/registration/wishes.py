"""What somebody asks for, and all that it leans on, in one statement: when sign-up opens, everybody comes at once."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import String, bindparam, case, cast, func, literal, select, text, true

from app.core.db import db, table_of
from app.events.models import IS_OPEN, Event, Registration, SignUpRules, Slot, SlotForm, WayIn
from app.people.consents.models import ConsentInForce
from app.people.consents.scopes import PROGRAMME
from app.people.models import ActsFor, Enrolment, Person
from app.people.problems import NotYourPerson
from app.programmes.models import IS_OPEN as IS_OPEN_APPLICATION
from app.programmes.models import TAKING as CHOSEN
from app.programmes.models import Application, Programme, Reach
from app.programmes.spans import Span


@dataclass(frozen=True)
class SignUp:
    """What somebody asks for: a slot, with how many grown-ups who need no code of their own, by which invitation, and
    who comes together."""

    slot_id: int
    person_ids: tuple[int, ...] = ()
    companions: int = 0
    invitation: str | None = None


class Covered(NamedTuple):
    """The programme in which an event happens and for which the person was chosen: how far it goes, and what a guardian
    has agreed to for it."""

    starts_on: date
    ends_on: date
    nights_away: bool
    reach: Reach
    consent_id: int
    consent_scope: str
    consent_proven: bool

    @property
    def span(self) -> Span:
        """How far it goes."""
        return Span(self.starts_on, self.ends_on, self.nights_away, self.reach is not Reach.LOCAL)


class Wish(NamedTuple):
    """All that a sign-up leans on: the slot and its event, the person, the school, the place there is already, what a
    guardian has agreed to; and what the person is told."""

    form: SlotForm
    min_age: int
    max_age: int
    ends_at: datetime
    opens_at: datetime
    closes_at: datetime
    taken: int
    capacity: int
    reserved: int
    waiting: int
    way_in: WayIn
    has_waiting_list: bool
    counts_groups: bool
    largest_party: int
    most_companions: int
    leads_id: int | None
    published_at: datetime | None
    cancelled_at: datetime | None
    born_on: date
    fourteen_on: date
    opens_later_until: datetime | None
    school_id: int | None
    class_name: str | None
    existing_id: int | None
    slot_id: int
    slot_title: str
    starts_at: datetime
    slot_place: str
    event_id: int
    event_title: str
    event_place: str
    contact: str
    host_id: int
    leaves_county: bool
    asks_guardians: bool
    boards: bool | None
    consent_id: int | None
    consent_scope: str | None
    consent_proven: bool | None
    consent_term: str | None
    person_id: int
    programme: Covered | None

    @property
    def free(self) -> int:
        """How many places are left."""
        return self.capacity - self.taken - self.reserved

    @property
    def is_full_with_a_line(self) -> bool:
        """Whether nothing was left a moment ago, for nobody's school, and one can wait."""
        counts_now = self.way_in in (WayIn.OPEN, WayIn.INVITATION)
        return counts_now and self.has_waiting_list and not self.reserved and self.taken >= self.capacity

    @property
    def leads(self) -> bool:
        """Whether it leads a series."""
        return self.leads_id == self.slot_id

    @property
    def follows(self) -> bool:
        """Whether it is a date of a series that another slot leads."""
        return self.leads_id is not None and not self.leads

    @property
    def is_published(self) -> bool:
        """Whether anyone can see the event."""
        return self.published_at is not None

    @property
    def is_cancelled(self) -> bool:
        """Whether the event will not take place."""
        return self.cancelled_at is not None


_SLOT, _EVENT, _PERSON = (table_of(model) for model in (Slot, Event, Person))
_ACTS_FOR, _ENROLMENT, _PLACE = (table_of(model) for model in (ActsFor, Enrolment, Registration))
_RULES, _CONSENT = table_of(SignUpRules), table_of(ConsentInForce)
_PROGRAMME, _APPLICATION, _WIDER = table_of(Programme), table_of(Application), table_of(ConsentInForce).alias("wider")
_SCOPE = case(  # what `app.people.consents.scopes` says
    (_SLOT.c.consent_term.is_(None), literal("event:") + cast(_EVENT.c.id, String)),
    else_=literal("term:") + cast(_EVENT.c.host_id, String) + ":" + _SLOT.c.consent_term,
)
_WISH = (  # built once, of plain columns
    select(
        *(_SLOT.c[name] for name in ("form", "min_age", "max_age", "ends_at", "opens_at", "closes_at")),
        *(_SLOT.c[name] for name in ("taken", "capacity", "reserved", "waiting", "way_in", "has_waiting_list")),
        *(_SLOT.c[name] for name in ("counts_groups", "largest_party", "most_companions", "leads_id")),
        _EVENT.c.published_at,
        _EVENT.c.cancelled_at,
        _PERSON.c.born_on,
        _PERSON.c.fourteen_on,
        _PERSON.c.opens_later_until,
        _ENROLMENT.c.school_id,
        _ENROLMENT.c.class_name,
        _PLACE.c.id,
        *(_SLOT.c[name] for name in ("id", "title", "starts_at", "place")),
        *(_EVENT.c[name] for name in ("id", "title", "place", "contact", "host_id", "leaves_county")),
        func.coalesce(_RULES.c.asks_guardians, true()),
        _ENROLMENT.c.boards,
        *(_CONSENT.c[name] for name in ("id", "scope", "is_proven")),
        _SLOT.c.consent_term,
        _PERSON.c.id,
        *(_PROGRAMME.c[name] for name in ("starts_on", "ends_on", "nights_away", "reach")),
        *(_WIDER.c[name] for name in ("id", "scope", "is_proven")),
    )
    .join_from(_SLOT, _EVENT, _EVENT.c.id == _SLOT.c.event_id)
    .join(_PERSON, _PERSON.c.id == bindparam("person_id"))
    .join(_ACTS_FOR, (_ACTS_FOR.c.person_id == _PERSON.c.id) & (_ACTS_FOR.c.user_id == bindparam("by")))
    .outerjoin(_ENROLMENT, (_ENROLMENT.c.person_id == _PERSON.c.id) & _ENROLMENT.c.ended_at.is_(None))
    .outerjoin(
        _PLACE,
        (_PLACE.c.slot_id == _SLOT.c.id) & (_PLACE.c.person_id == _PERSON.c.id) & text(f"registrations.{IS_OPEN}"),
    )
    .outerjoin(_RULES, _RULES.c.organisation_id == _EVENT.c.host_id)
    .outerjoin(_CONSENT, (_CONSENT.c.person_id == _PERSON.c.id) & (_CONSENT.c.scope == _SCOPE))
    .outerjoin(
        _APPLICATION,
        (_APPLICATION.c.programme_id == _EVENT.c.programme_id)
        & (_APPLICATION.c.person_id == _PERSON.c.id)
        & text(f"applications.{IS_OPEN_APPLICATION}")
        & _APPLICATION.c.state.in_(CHOSEN),
    )
    .outerjoin(_PROGRAMME, (_PROGRAMME.c.id == _APPLICATION.c.programme_id) & _PROGRAMME.c.cancelled_at.is_(None))
    .outerjoin(
        _WIDER,
        (_WIDER.c.person_id == _PERSON.c.id)
        & (_WIDER.c.scope == literal(PROGRAMME) + cast(_PROGRAMME.c.id, String))
        & (_PROGRAMME.c.widened_at.is_(None) | (_WIDER.c.since > _PROGRAMME.c.widened_at)),
    )
    .where(_SLOT.c.id == bindparam("slot_id"))
)
_OWN = len(Wish._fields) - 1  # columns; the programme's follow


def read_wish(person_id: int, slot_id: int, *, by: int) -> Wish:
    """Return what an account's wish to sign somebody up leans on. Raises `NotYourPerson`."""
    db.session.flush()  # a newcomer was entered a moment ago
    asked = {"person_id": person_id, "slot_id": slot_id, "by": by}
    row = db.session.connection().execute(_WISH, asked).one_or_none()
    if row is None:
        db.session.get_one(Slot, slot_id)  # one that was deleted meanwhile is no matter of persons
        raise NotYourPerson
    wider = Covered._make(row[_OWN:])
    return Wish._make([*row[:_OWN], wider if wider.consent_id is not None else None])
