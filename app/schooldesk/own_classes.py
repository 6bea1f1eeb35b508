"""A form teacher's own classes stand on top of lists."""

import re
from collections.abc import Callable, Iterable
from typing import TypeVar

from app.accounts.queries import names_of
from app.people.classes import classes_in_order
from app.people.models import SchoolClass
from app.people.names import tidy_name

T = TypeVar("T")
_BETWEEN = re.compile(r"[、,，;；/／\s]+")


def led_by(user_id: int, school_id: int) -> frozenset[str]:
    """Return the names of the classes of a school of which an account's holder is a form teacher, by the name typed."""
    name = tidy_name(names_of([user_id]).get(user_id, ""))
    return frozenset(one.name for one in classes_in_order(school_id) if name and _leads(one, name))


def own_first(found: Iterable[T], own: frozenset[str], name_of: Callable[[T], str]) -> list[T]:
    """Return the same with the own classes first, each half in the order it had."""
    return sorted(found, key=lambda one: name_of(one) not in own)


def _leads(one: SchoolClass, name: str) -> bool:
    return name == tidy_name(one.form_teacher) or name in map(tidy_name, _BETWEEN.split(one.form_teacher))
