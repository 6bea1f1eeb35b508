"""Sending: each delivery is marked ``sending`` before the other side is spoken to, in one transaction with what came of
the one before. Whoever finds one marked so cannot know what happened, and leaves it to a person.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import sleep

import structlog
from sqlalchemy import select, update

from app.core.clock import now
from app.core.db import db
from app.core.jobs import Job
from app.core.working import Interrupted, Work, wait_before
from app.messages.channels.carrier import Away, Carrier, Letter, Line, Refused, Undelivered, Unknown
from app.messages.channels.switchboard import away_until, carrier_of, leave_alone
from app.messages.letters import letter_of
from app.messages.models import Channel, Delivery, DeliveryState
from app.messages.outcomes import Outcome, count_in_vain, failed, note, note_and_begin, take_up
from app.messages.quiet import leaves_at
from app.messages.troubles import Trouble, trouble_kept, trouble_of

_AWAY_FOR = timedelta(seconds=30)  # nobody else in this process waits in vain meanwhile
_PATIENCE = 12  # what is not urgent waits that many times longer between its attempts: 1, 4, 16 minutes, an hour
log = structlog.stdlib.get_logger("tongxing.channels")


@dataclass
class Round:
    """One attempt at some deliveries: what is left, what is not written down yet, and whether the channel is away."""

    work: Work
    channel: Channel
    is_urgent: bool
    left: list[int]
    outcomes: list[Outcome] = field(default_factory=list)
    has_sent: bool = False
    away: Undelivered | None = None

    @property
    def earliest(self) -> datetime:
        """When its letters may leave: now, after the quiet hours, or once the channel may be tried again."""
        at = now()
        return max(away_until(self.channel) or at, at if self.is_urgent else leaves_at(at))


def send_off(work: Work) -> None:
    """Send the deliveries of a job. What could not be sent yet stays the job's own, until its next round."""
    left = work.write(take_up, work.id, work.payload["deliveries"])
    channel = Channel(work.payload["channel"])
    one = Round(work, channel, work.payload["is_urgent"], left)
    carrier = carrier_of(channel)
    if carrier is None:
        one.outcomes = [failed(each, Trouble.SWITCHED_OFF) for each in left]
    elif left and one.earliest <= now():
        _go(one, carrier)
    again_at = work.write(conclude, one)
    if again_at:
        raise Interrupted  # given back as if it had not been taken up: attempts are counted by delivery


def conclude(one: Round) -> datetime | None:
    """Write down what is not written down yet, and with the job why something is left; returns when that is tried
    again, None when nothing is left."""
    note(one.outcomes)
    db.session.flush()
    own = select(Delivery).where(Delivery.id.in_(one.left), Delivery.job_id == one.work.id)
    waiting = list(db.session.scalars(own.where(Delivery.state == DeliveryState.WAITING).with_for_update()))
    if one.away and not one.has_sent:
        waiting = count_in_vain(waiting, one.away, {outcome.delivery_id for outcome in one.outcomes})
    mine = update(Job).where(Job.id == one.work.id)
    if not waiting:
        db.session.execute(mine.values(error=""))
        return None
    again_at = max(one.earliest, now() + _wait(min(delivery.attempts for delivery in waiting), one.is_urgent))
    why = next(filter(None, map(trouble_of, waiting)), "")
    db.session.execute(mine.values(run_at=again_at, error=why))
    return again_at


def _go(one: Round, carrier: Carrier) -> None:
    """Send one after the other, until the channel breaks or the quiet hours begin."""
    try:
        with carrier.line() as line:
            for number, delivery_id in enumerate(one.left):
                _step(one, number)
                if one.away or one.earliest > now():
                    return
                _send(one, line, delivery_id)
                sleep(carrier.pause)
    except Away as away:
        _mark_away(one, away)


def _step(one: Round, number: int) -> None:
    try:
        one.work.pass_by(number, len(one.left))
    except Interrupted:
        one.work.write(note, one.outcomes)
        raise


def _send(one: Round, line: Line, delivery_id: int) -> None:
    letter = _letter(delivery_id)
    if isinstance(letter, Trouble):
        one.outcomes.append(failed(delivery_id, letter))
        return
    is_begun = one.work.write(note_and_begin, one.outcomes, delivery_id, one.work.id)
    one.outcomes = [_spoken(one, line, letter, delivery_id)] if is_begun else []


def _letter(delivery_id: int) -> Letter | Trouble:
    try:
        return letter_of(delivery_id, now())
    except Exception as error:  # one message that cannot be written holds up no other
        log.error("delivery", delivery=delivery_id, exc_info=error)
        return Trouble.OURS


def _spoken(one: Round, line: Line, letter: Letter, delivery_id: int) -> Outcome:
    """Speak to the other side, once."""
    try:
        provider_id = line.send(letter)
    except Undelivered as error:
        if isinstance(error, Away | Unknown):
            _mark_away(one, error)
        return Outcome(delivery_id, _state_after(error), trouble_kept(error.trouble, error.detail))
    except Exception as error:  # a mistake of ours, perhaps after it went out
        log.error("delivery", delivery=delivery_id, exc_info=error)
        return Outcome(delivery_id, DeliveryState.PARKED, trouble_kept(Trouble.OURS, type(error).__name__))
    one.has_sent = True
    return Outcome(delivery_id, DeliveryState.SENT, provider_id=provider_id)


def _state_after(error: Undelivered) -> DeliveryState:
    if isinstance(error, Refused):
        return DeliveryState.FAILED
    return DeliveryState.PARKED if isinstance(error, Unknown) else DeliveryState.WAITING


def _mark_away(one: Round, error: Undelivered) -> None:
    one.away = error
    if not one.has_sent:
        leave_alone(one.channel, now() + _AWAY_FOR)
    log.warning("channel", channel=one.channel, trouble=error.trouble, detail=error.detail)


def _wait(attempts: int, is_urgent: bool) -> timedelta:
    if not attempts:
        return timedelta()
    return wait_before(attempts) if is_urgent else min(wait_before(attempts) * _PATIENCE, timedelta(hours=1))
