"""What one consent covers: a programme, a stand-alone event, or a host's daytime local shifts and weekly classes of one
term.

A scope is a word such as ``programme:4``, ``event:12`` or ``term:3:2026-autumn``; only what is written here makes and
reads them.
"""

from datetime import date

_SPRING = range(2, 8)  # from February on; the other half of the school year begins in August
PAST = "past"
PROGRAMME = "programme:"


def event_scope(event_id: int) -> str:
    """Return the scope of one event."""
    return f"event:{event_id}"


def programme_scope(programme_id: int) -> str:
    """Return the scope of one programme."""
    return f"{PROGRAMME}{programme_id}"


def term_scope(host_id: int, term: str) -> str:
    """Return the scope of a host's daytime local shifts and weekly classes in a term."""
    return f"term:{host_id}:{term}"


def pairing_scope(round_id: int) -> str:
    """Return the scope of somebody's pair in one pairing round: it is asked about, and no consent is given for it."""
    return f"pairing:{round_id}"


def past_scope(consent_id: int) -> str:
    """Return the scope of what was over already when a consent ended: it covers nothing to come."""
    return f"{PAST}:{consent_id}"


def term_of(day: date) -> str:
    """Return the term a day is in: ``2026-spring`` from February to July, ``2026-autumn`` from August to January."""
    if day.month in _SPRING:
        return f"{day.year}-spring"
    return f"{day.year if day.month > 1 else day.year - 1}-autumn"


def event_of(scope: str) -> int | None:
    """Return the event that a scope is about, None if it is of something else."""
    return _number_of("event", scope)


def programme_of(scope: str) -> int | None:
    """Return the programme that a scope is about, None if it is of something else."""
    return _number_of("programme", scope)


def pairing_round_of(scope: str) -> int | None:
    """Return the pairing round that a scope is about, None if it is of something else."""
    return _number_of("pairing", scope)


def host_and_term(scope: str) -> tuple[int, str] | None:
    """Return host and term of a scope, None if it is of something else."""
    kind, _, rest = scope.partition(":")
    host, _, term = rest.partition(":")
    return (int(host), term) if kind == "term" else None


def _number_of(wanted: str, scope: str) -> int | None:
    kind, _, number = scope.partition(":")
    return int(number) if kind == wanted else None
