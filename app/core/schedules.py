"""Work that comes round by itself: each turn is one job with a name of its own, so that it is made once however many
workers there are."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from app.core.clock import SHANGHAI, local
from app.core.jobs import KINDS

_DAY = timedelta(days=1)
_LATEST = timedelta(hours=12)  # a daily turn that was slept through is made up for until then


@dataclass(frozen=True)
class Schedule:
    """A kind of work that comes round: every so often, or each day at a time in Shanghai."""

    kind: str
    every: timedelta = _DAY
    daily_at: time | None = None

    def turn(self, at: datetime) -> datetime:
        """Return the beginning, in UTC, of the turn that a moment belongs to."""
        if self.daily_at is None:
            seconds = int(self.every.total_seconds())
            return datetime.fromtimestamp(at.timestamp() // seconds * seconds, UTC)
        today = datetime.combine(local(at).date(), self.daily_at, SHANGHAI)
        return (today if today <= at else today - _DAY).astimezone(UTC)


_schedules: dict[str, Schedule] = {}


def schedule(kind: str, *, every: timedelta = _DAY, daily_at: time | None = None) -> None:
    """Let a kind of work come round by itself."""
    if kind not in KINDS:
        raise LookupError(f"nothing does {kind}")
    _schedules[kind] = Schedule(kind, every, daily_at)


def forget() -> None:
    """Let nothing come round in this process."""
    _schedules.clear()


def turns(at: datetime) -> Iterator[tuple[str, str]]:
    """Return what is on now: a kind of work, and the name of this turn of it."""
    for one in _schedules.values():
        turn = one.turn(at)
        if at - turn < min(one.every, _LATEST):
            yield one.kind, f"{one.kind}@{turn:%Y-%m-%dT%H:%MZ}"
