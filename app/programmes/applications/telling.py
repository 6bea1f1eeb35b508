"""Telling families what became of an application."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.core.db import db
from app.messages.letters import only_while
from app.messages.models import Message, MessageKind
from app.messages.sending import News, Reader, tell, tell_all
from app.programmes.models import OPEN, UNANSWERED, Application, ApplicationState, Programme
from app.programmes.words import REASON_WORDS

_KIND_OF_STATE = {
    ApplicationState.APPLIED: MessageKind.APPLICATION_IN,
    ApplicationState.RESERVE: MessageKind.RESERVED,
    ApplicationState.ACCEPTED: MessageKind.CHOSEN,
    ApplicationState.HELD: MessageKind.CHOSEN_HELD,
    ApplicationState.CONFIRMED: MessageKind.TAKES_PART,
    ApplicationState.REFUSED: MessageKind.NOT_CHOSEN,
    ApplicationState.LAPSED: MessageKind.PLACE_GONE,
    ApplicationState.CANCELLED: MessageKind.PLACE_GONE,
}


def tell_state(one: Application, *, at: datetime) -> None:
    """Tell whoever an application is about what became of it; who said no oneself need not be told."""
    kind = _KIND_OF_STATE.get(one.state)
    if kind is None:
        return
    facts = {**_facts(one.side.programme), "application": one.id, "reason": _reason(one)}
    if one.confirm_by:
        facts["until"] = one.confirm_by.isoformat()
    tell(News(kind, one.side.programme.host_id, facts), Reader(one.person_id), at=at)


def tell_called_off(programme: Programme, reason: str, *, at: datetime) -> None:
    """Tell everybody who has a place or may still get one that a programme does not take place."""
    theirs = select(Application).where(Application.programme_id == programme.id, Application.state.in_(OPEN))
    readers = [Reader(one.person_id, facts={"application": one.id}) for one in db.session.scalars(theirs)]
    facts = {**_facts(programme), "reason": reason}
    tell_all(News(MessageKind.PROGRAMME_OFF, programme.host_id, facts, is_urgent=True), readers, at=at)


@only_while(MessageKind.CHOSEN, MessageKind.CHOSEN_HELD)
def is_to_answer(message: Message, at: datetime) -> bool:
    """Return whether a place still waits for an answer."""
    one = db.session.get(Application, message.facts["application"])
    return one is not None and one.state in UNANSWERED and one.confirm_by is not None and at < one.confirm_by


@only_while(MessageKind.RESERVED)
def is_in_reserve(message: Message, _at: datetime) -> bool:
    """Return whether somebody still stands in reserve."""
    one = db.session.get(Application, message.facts["application"])
    return one is not None and one.state is ApplicationState.RESERVE


@only_while(MessageKind.TAKES_PART)
def takes_part(message: Message, _at: datetime) -> bool:
    """Return whether somebody still takes part."""
    one = db.session.get(Application, message.facts["application"])
    return one is not None and one.state is ApplicationState.CONFIRMED


def _facts(programme: Programme) -> dict[str, Any]:
    return {
        "event": programme.title,
        "contact": programme.contact,
        "place": programme.place,
        "first_day": programme.starts_on.isoformat(),
        "last_day": programme.ends_on.isoformat(),
    }


def _reason(one: Application) -> str:
    listed = [str(REASON_WORDS[one.reason])] if one.reason else []
    return "；".join([*listed, *([one.reason_words] if one.reason_words else [])])
