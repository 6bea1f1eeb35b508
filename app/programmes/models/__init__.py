"""Programmes, their sides, and what they lean on."""

from app.programmes.models.agreement import Agreement, Measure, Promise
from app.programmes.models.application import (
    OPEN,
    TAKING,
    UNANSWERED,
    Application,
    ApplicationSource,
    ApplicationState,
    Reason,
)
from app.programmes.models.document import SEALED_FOR, Document
from app.programmes.models.programme import Direction, Entry, ItineraryItem, Programme, Reach
from app.programmes.models.side import Quota, Side

__all__ = [
    "OPEN",
    "SEALED_FOR",
    "TAKING",
    "UNANSWERED",
    "Agreement",
    "Application",
    "ApplicationSource",
    "ApplicationState",
    "Direction",
    "Document",
    "Entry",
    "ItineraryItem",
    "Measure",
    "Programme",
    "Promise",
    "Quota",
    "Reach",
    "Reason",
    "Side",
]
