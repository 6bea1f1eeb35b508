"""Where an account gets its messages besides the inbox; a code proves an address before anything else is sent there."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import select

from app.accounts import tries
from app.core.crypto import keyed_hash
from app.core.db import db, transact
from app.messages import proofs
from app.messages.delivering import post
from app.messages.models import Channel, Contact, Delivery, DeliveryState
from app.messages.problems import CodeJustSent, CodesUsedUp, WrongContactCode
from app.messages.troubles import Trouble

RESEND_AFTER = timedelta(minutes=1)
_A_DAY = timedelta(days=1)
_CODES_A_DAY = 10


def offer_address(user_id: int, channel: Channel, address: str, *, at: datetime) -> Contact:
    """Take an address in place of the one before, and send a code there; nothing else is sent until it is typed.

    One that is proven already stays as it is. Raises `CodeJustSent` and `CodesUsedUp`.
    """
    contact = _own(user_id, channel)
    if contact is None:
        contact = Contact(user_id=user_id, channel=channel, address=address)
        db.session.add(contact)
    elif contact.address == address and contact.proven_at:
        return contact
    _send_code(contact, address, at)
    return contact


def send_code_again(user_id: int, channel: Channel, *, at: datetime) -> None:
    """Send another code; the one before counts no more. Raises like `offer_address`."""
    contact = _own(user_id, channel)
    if contact and not contact.proven_at:
        _send_code(contact, contact.address, at)


def prove_address(user_id: int, channel: Channel, typed: str, *, at: datetime) -> None:
    """Switch an address on with the code that was sent there, checked after it was counted.

    Raises `WrongContactCode`, and `TriedTooOften` after ten wrong ones.
    """
    with tries.counted(f"contact:{user_id}:{channel}", at=at):
        transact(_prove, user_id, channel, typed, at)


def switch_on(user_id: int, channel: Channel) -> None:
    """Let messages go to a proven address again."""
    contact = _own(user_id, channel)
    if contact and contact.proven_at:
        contact.is_on = True


def switch_off(user_id: int, channel: Channel) -> None:
    """Let no more messages go to an address; what is on its way stops too."""
    contact = _own(user_id, channel)
    if contact:
        contact.is_on = False


def remove_address(user_id: int, channel: Channel) -> None:
    """Forget an address; forgetting one that is gone is no mistake."""
    contact = _own(user_id, channel)
    if contact:
        db.session.delete(contact)


def contacts_of(user_id: int) -> dict[Channel, Contact]:
    """Return an account's addresses by channel."""
    found = db.session.scalars(select(Contact).where(Contact.user_id == user_id))
    return {contact.channel: contact for contact in found}


def last_troubles(contacts: Sequence[Contact]) -> dict[Channel, Delivery]:
    """Return, by channel, what was sent last to an address if it did not arrive."""
    found = {}
    for contact in contacts:
        own = select(Delivery).where(Delivery.user_id == contact.user_id, Delivery.channel == contact.channel)
        last = db.session.scalar(own.where(Delivery.address == contact.address).order_by(Delivery.id.desc()).limit(1))
        if last and last.error and not last.error.startswith(Trouble.OUT_OF_DATE):
            found[contact.channel] = last
    return found


def _own(user_id: int, channel: Channel) -> Contact | None:
    own = select(Contact).where(Contact.user_id == user_id, Contact.channel == channel)
    return db.session.scalar(own.with_for_update())


def _send_code(contact: Contact, address: str, at: datetime) -> None:
    _refuse_too_many(contact.user_id, contact.channel, at)
    whose = f"code-to:{keyed_hash('code to', address.lower())}"  # whoever asks: it is one person's phone
    tries.count_try(whose, CodesUsedUp, at=at, closed_for=_A_DAY)
    delivery = Delivery(user_id=contact.user_id, channel=contact.channel, address=address, made_at=at)
    delivery.state, delivery.attempts = DeliveryState.WAITING, 0
    db.session.add(delivery)
    db.session.flush()
    contact.address, contact.proven_at, contact.is_on = address, None, False
    contact.code_hash = proofs.hash_of(contact, proofs.code_of(delivery))
    contact.code_ends_at = at + proofs.LASTS
    post(contact.channel, [delivery.id], is_urgent=True, at=at)


def _refuse_too_many(user_id: int, channel: Channel, at: datetime) -> None:
    codes = select(Delivery.made_at).where(Delivery.user_id == user_id, Delivery.message_id.is_(None))
    lately = codes.where(Delivery.channel == channel, Delivery.made_at > at - _A_DAY).order_by(Delivery.id.desc())
    sent = list(db.session.scalars(lately.limit(_CODES_A_DAY)))
    if sent and (wait := sent[0] + RESEND_AFTER - at) > timedelta():
        raise CodeJustSent(seconds=ceil(wait.total_seconds()))
    if len(sent) >= _CODES_A_DAY:
        raise CodesUsedUp


def _prove(user_id: int, channel: Channel, typed: str, at: datetime) -> None:
    contact = _own(user_id, channel)
    if contact is None or contact.code_ends_at is None or at >= contact.code_ends_at:
        raise WrongContactCode
    if not proofs.is_right(contact, typed):
        raise WrongContactCode
    contact.proven_at, contact.is_on = at, True
    contact.code_hash, contact.code_ends_at = "", None
