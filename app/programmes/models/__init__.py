"""Programmes, their sides, and what they lean on."""

from app.programmes.models.agreement import Agreement, Measure, Promise
from app.programmes.models.application import (
    IS_OPEN,
    OPEN,
    TAKING,
    UNANSWERED,
    Application,
    ApplicationSource,
    ApplicationState,
    Reason,
)
from app.programmes.models.choices import MOST_CHOICES, ChoiceProgramme, ChoiceRound, RankedChoice
from app.programmes.models.document import SEALED_FOR, Document
from app.programmes.models.programme import Direction, Entry, ItineraryItem, Programme, Reach
from app.programmes.models.reading import Criterion, ReaderScore, Reading
from app.programmes.models.side import Quota, Side

__all__ = [
    "IS_OPEN",
    "MOST_CHOICES",
    "OPEN",
    "SEALED_FOR",
    "TAKING",
    "UNANSWERED",
    "Agreement",
    "Application",
    "ApplicationSource",
    "ApplicationState",
    "ChoiceProgramme",
    "ChoiceRound",
    "Criterion",
    "Direction",
    "Document",
    "Entry",
    "ItineraryItem",
    "Measure",
    "Programme",
    "Promise",
    "Quota",
    "RankedChoice",
    "Reach",
    "ReaderScore",
    "Reading",
    "Reason",
    "Side",
]
