"""What is kept about people is declared, column by column."""

import pytest
from flask import Flask
from sqlalchemy import Column, MetaData, String, Table

from app.care.inventory import gone, holdings, inventory_page, undeclared
from app.core.db import METADATA
from config import ROOT

pytestmark = pytest.mark.parametrize("engine", ["sqlite"])


def test_of_every_column_that_could_tell_something_it_is_said_whether_it_does(inside: Flask) -> None:
    assert undeclared(METADATA) == []


def test_nothing_is_declared_that_is_not_there(inside: Flask) -> None:
    assert gone(METADATA) == []


def test_a_new_column_is_missed(inside: Flask) -> None:
    metadata = MetaData()
    Table("people", metadata, Column("nickname", String))
    assert undeclared(metadata) == ["people.nickname"]


def test_the_page_is_up_to_date_and_names_every_field(inside: Flask) -> None:
    page = (ROOT / "docs" / "data.md").read_text("utf-8")
    assert page == inventory_page()
    assert all(f"| `{column}` |" in page for one in holdings() for column in one.columns)


def test_what_stays_when_somebody_is_erased_says_why(inside: Flask) -> None:
    kept = [one for one in holdings() if one.erase == "kept"]
    assert kept
    assert all(one.kept_because for one in kept)
    assert {one.erase for one in holdings()} == {"columns", "rows", "redacted", "kept"}
