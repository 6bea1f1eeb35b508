"""One line of a roster: what it says, and what has to be mended, field by field."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from flask_babel import gettext as _

from app.core.typed import looks_like_a_day, read_day, read_phone
from app.people.ages import age_on
from app.people.names import is_name, tidy_name
from app.schooldesk.rosters.columns import FIELDS

SKIP, NEW = "skip", "new"
_BOY, _GIRL = "male", "female"
_GENDERS = {"男": _BOY, "男生": _BOY, "m": _BOY, "male": _BOY, "女": _GIRL, "女生": _GIRL, "f": _GIRL, "female": _GIRL}
_STUDENT_NO = re.compile(r"[A-Za-z0-9\-]{1,30}")
_YOUNGEST, _OLDEST = 3, 40


@dataclass(frozen=True)
class Pupil:
    """A pupil as the school knows one. Gender, number and guardian may be unknown: "" or None."""

    name: str
    born_on: date
    gender: str = ""
    student_no: str = ""
    guardian: str = ""
    phone: str | None = None


@dataclass(frozen=True)
class Line:
    """A line: its number, its texts as typed by field, the pupil that it means, or what is wrong by field."""

    number: int
    typed: Mapping[str, str]
    pupil: Pupil | None
    faults: Mapping[str, str] = field(default_factory=dict)
    choice: str = ""  # what somebody decided about it: `NEW`, `SKIP`, or the id of the enrolment it is


def read_line(number: int, typed: Mapping[str, str], today: date, choice: str = "") -> Line:
    """Return a line, checked."""
    typed = {name: typed.get(name, "") for name in FIELDS}
    if choice == SKIP:
        return Line(number, typed, None, {}, SKIP)
    name, born = tidy_name(typed["name"]), read_day(typed["born"])
    phone, gender = read_phone(typed["phone"]), _GENDERS.get(typed["gender"].casefold(), "")
    faults = {
        "name": _name_fault(name),
        "gender": "" if gender or not typed["gender"] else _("Please write 男 or 女, or leave it out."),
        "born": _birth_fault(typed["born"], born, today),
        "student_no": _number_fault(typed["student_no"]),
        "guardian": _name_fault(tidy_name(typed["guardian"])) if typed["guardian"] else "",
        "phone": "" if phone or not typed["phone"] else _("A phone number has 11 digits, such as 13800138000."),
    }
    faults = {where: words for where, words in faults.items() if words}
    if faults or born is None:
        return Line(number, typed, None, faults, choice)
    guardian = tidy_name(typed["guardian"])
    return Line(number, typed, Pupil(name, born, gender, typed["student_no"], guardian, phone), {}, choice)


def read_lines(typed: Sequence[Mapping[str, str]], today: date, choices: Sequence[str] = ()) -> list[Line]:
    """Return all lines, checked; of a pupil who stands there twice the second has a fault."""
    found: list[Line] = []
    seen: dict[tuple[str, date], int] = {}
    for number, texts in enumerate(typed, start=1):
        choice = choices[number - 1] if number <= len(choices) else ""
        line = read_line(number, texts, today, choice)
        if line.pupil:
            first = seen.setdefault((line.pupil.name, line.pupil.born_on), number)
            if first != number and choice != NEW:
                line = Line(
                    number, line.typed, None, {"name": _("The same pupil stands in line %(line)d.", line=first)}
                )
        found.append(line)
    return found


def _name_fault(name: str) -> str:
    if not name:
        return str(_("The name is missing."))
    return "" if is_name(name) else str(_("Only the name, 2 to 60 letters: no digits, brackets or class."))


def _birth_fault(typed: str, born: date | None, today: date) -> str:
    if not typed:
        return str(_("The date of birth is missing. It decides whether a parent has to agree."))
    if born is None and looks_like_a_day(typed):
        return str(_("There is no such day. 29 February is only every fourth year."))
    if born is None:
        return str(_("Please type the day as 8 digits, such as 20120518."))
    return "" if _YOUNGEST <= age_on(born, today) <= _OLDEST else str(_("Please check the year."))


def _number_fault(typed: str) -> str:
    is_right = not typed or _STUDENT_NO.fullmatch(typed)
    return "" if is_right else str(_("A student number has letters and digits only."))
