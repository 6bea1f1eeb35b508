"""In which order a form goes through its fields: what it says of mistakes follows the page."""

import pytest
from flask import Flask

from app.core.fields import LineField
from app.core.forms import Form, required
from app.people.forms import FirstTimeParentForm

pytestmark = pytest.mark.parametrize("engine", ["sqlite"])


class Sheet(Form):
    """Two fields."""

    first = LineField("First", [required()])
    second = LineField("Second")


class OtherSheet(Sheet):
    """The same, with one more, and other words for the first."""

    third = LineField("Third")
    first = LineField("Title")


def test_a_field_that_is_worded_anew_keeps_its_place(app: Flask) -> None:
    with app.test_request_context():
        form = OtherSheet()
        assert [field.short_name for field in form] == ["first", "second", "third"]
        assert form.first.label.text == "Title"


def test_a_parent_is_told_of_the_childs_name_before_the_school_and_the_own_password(app: Flask) -> None:
    with app.test_request_context():
        asked = [field.short_name for field in FirstTimeParentForm()]
    assert asked == ["name", "born_on", "school_id", "class_name", "holder_name", "phone", "password"]
