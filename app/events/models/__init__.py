"""Events, their slots, and people's places in them."""

from app.events.models.event import DRAFT, Event
from app.events.models.registration import (
    IS_OPEN,
    OPEN,
    OVER,
    PENDING,
    PLACED,
    TAKING,
    Offer,
    OfferAnswer,
    Party,
    Registration,
    RegistrationState,
    Source,
)
from app.events.models.slot import Allotment, AllottedSchool, InvitationLink, Slot, SlotForm, WayIn

__all__ = [
    "DRAFT",
    "IS_OPEN",
    "OPEN",
    "OVER",
    "PENDING",
    "PLACED",
    "TAKING",
    "Allotment",
    "AllottedSchool",
    "Event",
    "InvitationLink",
    "Offer",
    "OfferAnswer",
    "Party",
    "Registration",
    "RegistrationState",
    "Slot",
    "SlotForm",
    "Source",
    "WayIn",
]
