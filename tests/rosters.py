"""Lines of a class's list, and lists that were entered."""

from datetime import date
from typing import Any

from app.core.clock import local_day, now
from app.organisations.models import Organisation
from app.people.models import SchoolClass
from app.schooldesk.rosters.lines import Line, read_lines
from app.schooldesk.rosters.models import RosterImport
from app.schooldesk.rosters.taking_in import take_in
from tests.factories import Factory, born


def typed(name: str = "王芳", born_on: date | None = None, **more: str) -> dict[str, str]:
    """Return the texts of a line: of a ten-year-old, if nothing else is said."""
    return {"name": name, "born": str(born_on or born(10)), **more}


def lines(*texts: dict[str, str], choices: tuple[str, ...] = ()) -> list[Line]:
    """Return lines, read."""
    return read_lines(texts, local_day(now()), choices)


def entered(make: Factory, one: SchoolClass, *texts: dict[str, str], key: str = "k", **more: Any) -> RosterImport:
    """Enter a list for a class."""
    by = more.pop("by", None) or make.user().id
    return make.do(take_in, one.id, lines(*texts, **more), key, by=by, at=now())


def a_class(make: Factory, school: Organisation | None = None, name: str = "五年级（3）班") -> SchoolClass:
    """Make a class of a school."""
    return make.school_class(school or make.school(), name)
