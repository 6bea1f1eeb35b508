"""Moments as the database keeps them."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import StatementError

from app.core.clock import SHANGHAI, now
from app.core.db import db, transact
from app.organisations.models import Organisation, OrganisationKind
from app.organisations.operations import create_organisation


def test_a_moment_without_a_zone_is_refused(inside: Flask) -> None:
    naive = now().replace(tzinfo=None)
    with pytest.raises(StatementError, match="without a time zone"):
        transact(create_organisation, "青少年宫", OrganisationKind.HOST, at=naive)


def test_a_moment_comes_back_the_same_and_in_utc(inside: Flask) -> None:
    nine = datetime(2026, 5, 18, 9, 0, tzinfo=SHANGHAI)
    transact(create_organisation, "青少年宫", OrganisationKind.HOST, at=nine)
    stored = db.session.scalars(select(Organisation.created_at)).one()
    assert stored == nine
    assert stored.tzinfo is UTC
    assert stored.hour == 1


def test_moments_are_compared_as_moments_and_not_as_texts(inside: Flask) -> None:
    transact(create_organisation, "青少年宫", OrganisationKind.HOST, at=datetime(2026, 5, 18, 9, tzinfo=SHANGHAI))
    earlier = datetime(2026, 5, 18, 0, 59, tzinfo=UTC)
    assert db.session.scalars(select(Organisation).where(Organisation.created_at > earlier)).one()
