"""Host families are deleted half a year after their programme, with whoever lived there; the others stay."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from app.core.clock import local_day, now
from app.core.db import db
from app.core.jobs import enqueue
from app.core.schedules import turns
from app.organisations.models import Organisation
from app.programmes.host_families import keeping
from app.programmes.host_families.jobs import DROP
from app.programmes.host_families.models import HostAdult, HostFamily, Placement
from app.programmes.models import Programme
from tests.after_rows import family_rows
from tests.exchanges import a_programme
from tests.factories import Factory
from tests.work import work_off


@pytest.fixture
def host(inside: Flask, make: Factory) -> Organisation:
    """The unit that takes guests in."""
    return make.organisation()


def hosted(make: Factory, host: Organisation) -> int:
    """Make a programme with a host family and a guest; returns its number."""
    programme = a_programme(make, host, places=5)
    family_rows(make, host, programme.id)
    return programme.id


def changed(make: Factory, programme_id: int, **values: object) -> None:
    """Let a programme be another."""
    make.do(lambda: db.session.execute(update(Programme).where(Programme.id == programme_id).values(**values)))


def ended(make: Factory, programme_id: int, days: int) -> None:
    """Let a programme have ended some days ago."""
    last = local_day(now()) - timedelta(days=days)
    changed(make, programme_id, starts_on=last, ends_on=last)


def kept() -> list[int]:
    """Return how many families, adults and placements there are."""
    return [
        db.session.scalar(select(func.count()).select_from(table)) or 0 for table in (HostFamily, HostAdult, Placement)
    ]


@pytest.mark.parametrize(("days", "left"), [(183, [1, 2, 1]), (184, [0, 0, 0])])
def test_half_a_year_after_the_end_the_family_and_who_lived_there_are_deleted(
    host: Organisation, make: Factory, days: int, left: list[int]
) -> None:
    ended(make, hosted(make, host), days)
    make.do(keeping.drop_old_families, at=now())
    assert kept() == left


@pytest.mark.parametrize(("since", "left"), [(182, [1, 2, 1]), (184, [0, 0, 0])])
def test_of_one_that_was_called_off_half_a_year_after_that(
    host: Organisation, make: Factory, since: int, left: list[int]
) -> None:
    cancelled: datetime = now() - timedelta(days=since)
    changed(make, hosted(make, host), cancelled_at=cancelled, cancel_reason="台风")
    make.do(keeping.drop_old_families, at=now())
    assert kept() == left


def test_the_night_deletes_them_some_at_a_time_and_leaves_the_others(
    inside: Flask, host: Organisation, make: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "_AT_ONCE", 1)
    for days in (184, 400):
        ended(make, hosted(make, host), days)
    recent = hosted(make, host)
    make.do(enqueue, DROP, {}, at=now())
    work_off(inside)
    assert kept() == [1, 2, 1]
    assert db.session.scalars(select(HostFamily.programme_id)).all() == [recent]
    assert DROP in {kind for hour in range(24) for kind, _turn in turns(now() + timedelta(hours=hour))}
