"""What somebody was told and did not get, and an address that is not proven yet."""

from app.core.clock import now
from app.core.db import db
from app.messages.models import Channel, Contact, Delivery, DeliveryState
from app.messages.troubles import Trouble, trouble_kept
from tests.factories import Factory

NUMBER = "13987654321"


def delivery(
    make: Factory,
    message_id: int,
    user_id: int,
    state: DeliveryState = DeliveryState.PARKED,
    trouble: Trouble = Trouble.UNKNOWN,
    address: str = NUMBER,
) -> int:
    """Let a message be stuck on its way to a number; return the delivery's id."""

    def add() -> int:
        row = Delivery(message_id=message_id, user_id=user_id, channel=Channel.SMS, address=address, made_at=now())
        row.state, row.attempts, row.error = state, 1, trouble_kept(trouble, "InternalError.Timeout: 137…")
        db.session.add(row)
        db.session.flush()
        return row.id

    return make.do(add)


def unproven(make: Factory, user_id: int) -> None:
    """Let an account wait for the code that proves a number."""
    make.do(lambda: db.session.add(Contact(user_id=user_id, channel=Channel.SMS, address=NUMBER)))
