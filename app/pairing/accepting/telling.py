"""Telling families of a pair. No message names the other side: it may go out by mail, and lie about on a table."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from app.core.clock import local_day
from app.core.db import db
from app.messages.letters import only_while
from app.messages.models import Message, MessageKind
from app.messages.sending import News, Reader, tell_all
from app.pairing.models import Pair, PairingMember, PairingRound
from app.pairing.states import PairState, Way

_TO_ANSWER = {Way.PERSON: MessageKind.PAIR_PROPOSED, Way.CLASS: MessageKind.PAIR_TOLD}


def tell_shown(
    one: PairingRound, members: Iterable[tuple[int, int]], until: datetime, *, at: datetime, occasion: str = ""
) -> None:
    """Tell families that there is a pair to be answered, or to object to; ``members`` are person and pair. Once for
    each occasion: when a pair is shown, and when somebody has come into it."""
    readers = [
        Reader(person_id, facts={"pair": pair_id}, once=f"pair:{pair_id}:{person_id}{occasion}")
        for person_id, pair_id in sorted(members)
    ]
    tell_all(News(_TO_ANSWER[one.way], one.host_id, _facts(one, until)), readers, at=at)


def tell_again(one: PairingRound, members: Iterable[tuple[int, int]], until: datetime | None, *, at: datetime) -> int:
    """Ask families once more, person and pair, at most once a day; ``until`` is None once the last day is over.
    Returns how many were told."""
    day = local_day(at).isoformat()
    readers = [
        Reader(person_id, facts={"pair": pair_id}, once=f"pair-again:{pair_id}:{person_id}:{day}")
        for person_id, pair_id in sorted(members)
    ]
    return tell_all(News(MessageKind.PAIR_REMINDER, one.host_id, _facts(one, until)), readers, at=at)


def tell_formed(pair: Pair, *, at: datetime) -> None:
    """Tell both families that their pair has come about."""
    _tell(pair, MessageKind.PAIR_FORMED, pair.members, at=at)


def tell_rearranged(pair: Pair, members: Iterable[PairingMember], *, at: datetime) -> None:
    """Tell families that the teacher arranges anew: never who wanted that, or why."""
    _tell(pair, MessageKind.PAIR_REARRANGED, members, at=at)


@only_while(MessageKind.PAIR_PROPOSED, MessageKind.PAIR_TOLD, MessageKind.PAIR_REMINDER)
def is_to_answer(message: Message, _at: datetime) -> bool:
    """Return whether a pair still waits for its families."""
    return _state_of(message) is PairState.PROPOSED


@only_while(MessageKind.PAIR_FORMED)
def is_formed(message: Message, _at: datetime) -> bool:
    """Return whether a pair is what a message says."""
    return _state_of(message) is PairState.FORMED


def _state_of(message: Message) -> PairState | None:
    pair = db.session.get(Pair, message.facts["pair"])
    return pair.state if pair else None


def _tell(pair: Pair, kind: MessageKind, members: Iterable[PairingMember], *, at: datetime) -> None:
    readers = [Reader(one.person_id, facts={"pair": pair.id}) for one in members]
    tell_all(News(kind, pair.round.host_id, _facts(pair.round, None)), readers, at=at)


def _facts(one: PairingRound, until: datetime | None) -> dict[str, Any]:
    facts = {"event": one.title, "contact": one.programme.contact if one.programme else one.host.contact}
    return facts | ({"until": until.isoformat()} if until else {})
