"""What a delivery says, read just before it goes out; or why it must not go out any more."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.core.crypto import keyed_hash
from app.core.db import db
from app.core.languages import CHINESE
from app.messages import proofs
from app.messages.channels.carrier import Letter
from app.messages.models import Contact, Delivery, Message, MessageKind
from app.messages.troubles import Trouble
from app.messages.wording import link_of, worded

Worth = Callable[[Message, datetime], bool]
_WORTH: dict[MessageKind, Worth] = {}


def only_while(*kinds: MessageKind) -> Callable[[Worth], Worth]:
    """Register what says whether messages of some kinds still hold: hours may lie between telling and sending."""

    def register(holds: Worth) -> Worth:
        _WORTH.update(dict.fromkeys(kinds, holds))
        return holds

    return register


def letter_of(delivery_id: int, at: datetime) -> Letter | Trouble:
    """Return the letter of a delivery: the words of its message, or a code. An address that was changed, removed or
    switched off meanwhile gets none, and nobody gets what does not hold any more."""
    found = select(Delivery).where(Delivery.id == delivery_id)
    delivery = db.session.scalars(found.options(joinedload(Delivery.message), joinedload(Delivery.user))).one()
    contact = contact_of(delivery)
    if contact is None or (delivery.message and not contact.is_on):
        return Trouble.SWITCHED_OFF
    if delivery.message and not _holds(delivery.message, at):
        return Trouble.OUT_OF_DATE
    if delivery.message:
        return _of_message(delivery, delivery.message)
    return _of_proof(delivery, contact, at)


def contact_of(delivery: Delivery) -> Contact | None:
    """Return the address a delivery goes to, while its owner still has it."""
    own = (Contact.user_id == delivery.user_id) & (Contact.channel == delivery.channel)
    return db.session.scalar(select(Contact).where(own, Contact.address == delivery.address))


def _holds(message: Message, at: datetime) -> bool:
    holds = _WORTH.get(message.kind)
    return holds is None or holds(message, at)


def _of_message(delivery: Delivery, message: Message) -> Letter:
    language = delivery.user.language or CHINESE
    words = worded(message, language)
    return Letter(
        key=_key(delivery),
        address=delivery.address,
        name=delivery.user.name,
        kind=message.kind,
        language=language,
        subject=words.subject,
        body=words.body,
        link=link_of(message),
    )


def _of_proof(delivery: Delivery, contact: Contact, at: datetime) -> Letter | Trouble:
    code = proofs.code_of(delivery)
    if contact.code_ends_at is None or at >= contact.code_ends_at or not proofs.is_right(contact, code):
        return Trouble.TOO_LATE
    language = delivery.user.language or CHINESE
    subject, body = proofs.words_of(code, language)
    return Letter(
        key=_key(delivery),
        address=delivery.address,
        name=delivery.user.name,
        kind=proofs.PROOF,
        language=language,
        subject=subject,
        body=body,
        code=code,
        minutes=proofs.MINUTES,
    )


def _key(delivery: Delivery) -> str:
    return f"delivery-{delivery.id}-{keyed_hash('delivery', str(delivery.id))[:16]}"
