"""The log is read from an index, whatever it is asked for."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import text

from app.care.auditing.queries import EntriesWanted, entries_wanted
from app.core.clock import local_day, now
from app.core.db import db

MONTH = local_day(now() - timedelta(days=31)).replace(day=1)


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        (EntriesWanted(), "ix_access_entries_at"),
        (EntriesWanted(month=MONTH), "ix_access_entries_at"),
        (EntriesWanted(person_id=1, month=MONTH), "ix_access_entries_person_id"),
        (EntriesWanted(user_id=1, month=MONTH), "ix_access_entries_user_id"),
    ],
    ids=str,
)
def test_a_page_is_answered_from_an_index_without_sorting(inside: Flask, wanted: EntriesWanted, index: str) -> None:
    statement = entries_wanted(wanted).limit(51).compile(db.engine, compile_kwargs={"literal_binds": True})
    plan = "\n".join(str(row[-1]) for row in db.session.execute(text(f"EXPLAIN QUERY PLAN {statement}")))
    assert index in plan
    assert "TEMP B-TREE" not in plan
