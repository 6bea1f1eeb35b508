"""Events, their slots, and people's places in them."""

from app.events.models.absence import Absence, AbsenceKind
from app.events.models.desk import BulkAct, BulkActItem, BulkVerb, ListPrint, RegistrationComment
from app.events.models.event import DRAFT, Event
from app.events.models.former_code import FormerCode
from app.events.models.lottery import LotteryDraw
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
from app.events.models.rules import SignUpRules
from app.events.models.series import SlotBatch
from app.events.models.skill import PersonSkill, Skill
from app.events.models.slot import IS_SHIFT, Allotment, AllottedSchool, InvitationLink, Slot, SlotForm, WayIn
from app.events.models.swap import ShiftSwap

__all__ = [
    "DRAFT",
    "IS_OPEN",
    "IS_SHIFT",
    "OPEN",
    "OVER",
    "PENDING",
    "PLACED",
    "TAKING",
    "Absence",
    "AbsenceKind",
    "Allotment",
    "AllottedSchool",
    "BulkAct",
    "BulkActItem",
    "BulkVerb",
    "Event",
    "FormerCode",
    "InvitationLink",
    "ListPrint",
    "LotteryDraw",
    "Offer",
    "OfferAnswer",
    "Party",
    "PersonSkill",
    "Registration",
    "RegistrationComment",
    "RegistrationState",
    "ShiftSwap",
    "SignUpRules",
    "Skill",
    "Slot",
    "SlotBatch",
    "SlotForm",
    "Source",
    "WayIn",
]
