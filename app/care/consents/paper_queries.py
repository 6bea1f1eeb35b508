"""Signed forms: those that wait for a second person, and what is printed on new ones."""

from collections.abc import Iterable, Sequence

from flask_babel import force_locale
from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import aliased, joinedload

from app.care.consents.answering import host_of
from app.care.consents.models import PaperAnswer
from app.care.consents.paper_sheet import FormFacts
from app.care.consents.purposes import extras_of
from app.care.consents.queries import registrations_to_call
from app.core.access import Principal
from app.core.db import db
from app.core.languages import CHINESE
from app.core.links import public_url
from app.events.models import Registration, Slot
from app.events.registration.scopes import scope_of
from app.people.consents.models import Purpose
from app.people.consents.notices import default_texts, latest
from app.people.consents.words import PURPOSES
from app.people.namesakes import told_apart

PAGE = 20  # papers on one page, each with its photo
_UNDECIDED = (PaperAnswer.confirmed_at.is_(None), PaperAnswer.dropped_at.is_(None))


def papers_visible_to(principal: Principal) -> Select[PaperAnswer]:
    """Return the papers of the places whose guardians somebody may call."""
    theirs = registrations_to_call(principal).with_only_columns(Registration.id).order_by(None)
    return select(PaperAnswer).where(PaperAnswer.registration_id.in_(theirs))


def papers_waiting(principal: Principal, after: int | None) -> tuple[Sequence[PaperAnswer], int | None]:
    """Return a page of those that nobody has compared yet, the first one typed in first, and the next page's key."""
    found = papers_visible_to(principal).where(*_UNDECIDED, PaperAnswer.id > (after or 0)).order_by(PaperAnswer.id)
    place = joinedload(PaperAnswer.registration)
    found = found.options(place.joinedload(Registration.slot).joinedload(Slot.event), joinedload(PaperAnswer.person))
    papers = db.session.scalars(found.limit(PAGE + 1)).all()
    return papers[:PAGE], papers[PAGE - 1].id if len(papers) > PAGE else None


def count_waiting(principal: Principal) -> int:
    """Return how many wait."""
    waiting = papers_visible_to(principal).where(*_UNDECIDED).with_only_columns(func.count(PaperAnswer.id))
    return db.session.scalar(waiting) or 0


def sent_back_to(principal: Principal) -> Sequence[PaperAnswer]:
    """Return what somebody typed in, a second person rejected, and nobody has typed in anew, the latest first."""
    newer = aliased(PaperAnswer)
    again = exists().where(newer.registration_id == PaperAnswer.registration_id, newer.id > PaperAnswer.id)
    mine = papers_visible_to(principal).where(
        PaperAnswer.entered_by_id == principal.actor,
        PaperAnswer.dropped_at.is_not(None),
        PaperAnswer.dropped_by_id != principal.actor,
        ~again,
    )
    found = mine.options(joinedload(PaperAnswer.person)).order_by(PaperAnswer.id.desc()).limit(PAGE)
    return db.session.scalars(found).all()


def papers_of(registration: Registration) -> Sequence[PaperAnswer]:
    """Return what was typed in for a place, the latest first."""
    theirs = select(PaperAnswer).where(PaperAnswer.registration_id == registration.id)
    return db.session.scalars(theirs.order_by(PaperAnswer.id.desc()).limit(5)).all()


def forms_of(registrations: Sequence[Registration]) -> list[FormFacts]:
    """Return what the forms say about each child and what it is asked for; in Chinese, as all papers are."""
    with force_locale(CHINESE):
        apart = told_apart(one.person for one in registrations)
    return [_facts(one, apart.get(one.person_id, "")) for one in registrations]


def _facts(registration: Registration, apart: str) -> FormFacts:
    event, host = registration.slot.event, host_of(scope_of(registration.slot))
    notice = latest(host)
    return FormFacts(
        number=registration.id,
        name=registration.person.name,
        apart=apart,
        school=registration.school.name if registration.school else "",
        class_name=registration.class_name,
        event=event.title,
        host=event.host.name,
        contact=event.contact,
        starts_at=registration.slot.starts_at,
        ends_at=registration.slot.ends_at,
        place=registration.slot.place or event.place,
        purposes=_in_chinese(extras_of([registration.slot])),
        address=public_url("paper_desk.enter", held_id=registration.id),
        letter=notice.text_zh if notice else default_texts(host)[0],
    )


def _in_chinese(purposes: Iterable[Purpose]) -> tuple[str, ...]:
    with force_locale(CHINESE):
        return tuple(str(PURPOSES[one]) for one in purposes)
