"""Reading who takes part from lines: name, birth date, gender, class, interests, languages, wished partners."""

import re
from dataclasses import dataclass

from flask_babel import gettext as _

from app.core.clock import local_day, now
from app.core.typed import half_width, read_day, squeezed
from app.pairing.members import Entry
from app.people.models import Gender
from app.people.names import is_name, tidy_name

MOST_LINES = 6000
_COLUMN = re.compile(r"\t|[,，;；]")
_GENDERS = {"女": Gender.FEMALE, "男": Gender.MALE, "f": Gender.FEMALE, "m": Gender.MALE}
_OLDEST = 100  # years
_HEADS = ("姓名", "name")
_SEVERAL = re.compile(r"[、/|]")
_NONE = ("",) * 6


@dataclass(frozen=True)
class Read:
    """What was read: the entries, and what is wrong with which lines."""

    entries: list[Entry]
    faults: list[str]


def read_list(text: str) -> Read:
    """Return who is on a list; a first line of headings is passed over."""
    entries, faults = [], []
    lines = [line for line in text.splitlines() if line.strip()]
    for number, line in enumerate(lines[:MOST_LINES], start=1):
        columns = [squeezed(column) for column in _COLUMN.split(line.strip())]
        if number == 1 and columns[0].casefold() in _HEADS:
            continue
        entry = _entry(columns)
        if isinstance(entry, Entry):
            entries.append(entry)
        else:
            faults.append(str(_("Line %(number)s: %(fault)s", number=number, fault=entry)))
    if len(lines) > MOST_LINES:
        faults.append(str(_("At most %(most)s people at once.", most=MOST_LINES)))
    return Read(entries, faults)


def _entry(columns: list[str]) -> Entry | str:
    name, born, gender, class_name, interests, languages, wished = (*columns, *_NONE)[:7]
    born_on, today = read_day(half_width(born)), local_day(now())
    if not is_name(tidy_name(name)):
        return str(_("the name comes first, 2 to 60 letters"))
    if born_on is None or not today.year - _OLDEST <= born_on.year or born_on > today:
        return str(_("the birth date comes second, such as 20120518"))
    if gender and gender.casefold() not in _GENDERS:
        return str(_("third comes 男 or 女, or nothing"))
    return Entry(
        name=tidy_name(name),
        born_on=born_on,
        gender=_GENDERS.get(gender.casefold()),
        class_name=class_name[:40],
        interests=interests[:200],
        languages=languages[:200],
        wishes=tuple(tidy_name(one) for one in _SEVERAL.split(wished) if one),
    )
