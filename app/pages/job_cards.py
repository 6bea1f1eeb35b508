"""A job as it is shown to whoever asked for it, everything ready to be read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.accounts.sessions import began_here
from app.core.access import principal
from app.core.job_words import Telling, error_of, left_words, state_of, telling_of
from app.core.jobs import Job, JobState, time_left
from app.core.problems import Problem
from app.core.results import KEPT_FOR, result_path

_QUARTERS = 4  # a screen reader hears of so many steps, not of each


class OnAnotherDevice(Problem):
    """A result is for the device on which somebody asked for it: the next one may be anybody's."""

    code = "on_another_device"
    words = _l("Please download this on the device where you asked for it, or have it made again here.")
    status = 404


class ResultGone(Problem):
    """A file with personal data does not lie about."""

    code = "result_gone"
    words = _l("This file is gone: it is kept for a day. Please have it made again.")
    status = 404


@dataclass(frozen=True)
class Card:
    """What the component shows. ``left`` is the time still needed in words; ``page`` is the endpoint, and
    what its address needs, where one asks for it anew."""

    id: int
    name: LazyString
    about: str
    state: LazyString
    tone: str
    is_under_way: bool
    is_over: bool
    done: int
    parts: int | None
    left: str | None
    error: str | None
    can_retry: bool
    can_stop: bool
    asked_at: datetime
    result: str  # none, here, elsewhere, gone
    kept_until: datetime | None
    page: tuple[str, dict[str, Any]] | None

    @property
    def said(self) -> str:
        """What a screen reader is told as it goes on."""
        if self.is_over or not self.parts:
            return str(self.state)
        percent = self.done * _QUARTERS // self.parts * (100 // _QUARTERS)
        return str(_("%(state)s: %(percent)s percent", state=self.state, percent=percent))


def card_of(row: Job, at: datetime) -> Card:
    """Return a job as whoever asked for it sees it now."""
    telling = telling_of(row.kind)
    state, tone = state_of(row)
    left = time_left(row, at)
    return Card(
        id=row.id,
        name=telling.name,
        about=telling.about(row.payload),
        state=state,
        tone=tone,
        is_under_way=row.state in {JobState.RUNNING, JobState.SPLIT},
        is_over=row.is_over,
        done=row.parts_done,
        parts=row.parts or None,
        left=left_words(left) if left is not None and row.state is not JobState.WAITING else None,
        error=error_of(row),
        can_retry=row.state in {JobState.FAILED, JobState.CANCELLED},
        can_stop=not row.is_over and not row.is_cancelling,
        asked_at=row.created_at,
        result=_whereabouts(row, at),
        kept_until=row.finished_at + KEPT_FOR if row.finished_at else None,
        page=_page(telling, row.payload),
    )


def check_result(row: Job, at: datetime) -> None:
    """Refuse to hand out what is for another device, or gone."""
    whereabouts = _whereabouts(row, at)
    if whereabouts == "elsewhere":
        raise OnAnotherDevice
    if whereabouts != "here" or not telling_of(row.kind).may_take(principal(), row.payload):
        raise ResultGone


def _whereabouts(row: Job, at: datetime) -> str:
    if row.state is not JobState.DONE or not row.result or not row.finished_at:
        return "none"
    if at >= row.finished_at + KEPT_FOR or result_path(row.result) is None:
        return "gone"
    return "here" if began_here(row.session_id, row.created_at) else "elsewhere"


def _page(telling: Telling, payload: Mapping[str, Any]) -> tuple[str, dict[str, Any]] | None:
    if telling.page is None:
        return None
    endpoint, names = telling.page
    return endpoint, {name: payload[name] for name in names}
