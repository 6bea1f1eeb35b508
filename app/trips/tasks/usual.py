"""The things that nearly every trip needs, and how long before the first day each is due."""

from app.trips.models import TaskKind

USUAL = {
    TaskKind.PLAN: 45,
    TaskKind.EMERGENCY_PLAN: 30,
    TaskKind.FILING: 20,  # most counties ask for 15 days; a paper that comes back needs some more
    TaskKind.TRANSPORT: 14,
    TaskKind.INSURANCE: 7,
    TaskKind.DUTIES: 3,
}
