"""One line of a partner's list: what it says, and what has to be mended, field by field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from flask_babel import gettext as _

from app.core.typed import looks_like_a_day, read_day, read_phone
from app.partners.columns import FIELDS
from app.people.ages import age_on
from app.people.models import Gender
from app.people.names import is_name, tidy_name
from app.programmes.models import Programme

SKIP = "skip"
_F, _M = Gender.FEMALE, Gender.MALE
_GENDERS = {"男": _M, "男生": _M, "m": _M, "male": _M, "女": _F, "女生": _F, "f": _F, "female": _F}
_LONGEST = 80  # characters of what is neither name, day nor number


@dataclass(frozen=True)
class Guest:
    """Somebody whom a partner sends. What it does not say is "" or None."""

    name: str
    born_on: date
    gender: Gender | None = None
    school: str = ""
    class_name: str = ""
    interests: str = ""
    languages: str = ""
    guardian: str = ""
    phone: str | None = None

    @property
    def place(self) -> str:
        """School and class as an application keeps them."""
        return " · ".join(part for part in (self.school, self.class_name) if part)


@dataclass(frozen=True)
class Line:
    """A line: its number, its texts as typed by field, who it is about, or what is wrong by field."""

    number: int
    typed: Mapping[str, str]
    guest: Guest | None
    faults: Mapping[str, str] = field(default_factory=dict)
    choice: str = ""

    @property
    def is_left_out(self) -> bool:
        """Whether somebody said that this line does not count."""
        return self.choice == SKIP


def read_lines(
    typed: Sequence[Mapping[str, str]], programme: Programme, today: date, choices: Sequence[str] = ()
) -> list[Line]:
    """Return all lines, checked; of somebody who stands there twice the second has a fault."""
    found: list[Line] = []
    seen: dict[tuple[str, date], int] = {}
    for number, texts in enumerate(typed, start=1):
        line = _line(number, texts, programme, today, choices[number - 1] if number <= len(choices) else "")
        if line.guest:
            first = seen.setdefault((line.guest.name, line.guest.born_on), number)
            if first != number:
                line = Line(
                    number, line.typed, None, {"name": str(_("The same person stands in line %(line)d.", line=first))}
                )
        found.append(line)
    return found


def _line(number: int, texts: Mapping[str, str], programme: Programme, today: date, choice: str) -> Line:
    typed = {name: texts.get(name, "") for name in FIELDS}
    if choice == SKIP:
        return Line(number, typed, None, {}, SKIP)
    name, born, guardian = tidy_name(typed["name"]), read_day(typed["born"]), tidy_name(typed["guardian"])
    gender, phone = _GENDERS.get(typed["gender"].casefold()), read_phone(typed["phone"])
    faults = {
        "name": _name_fault(name),
        "born": _birth_fault(typed["born"], born, programme, today),
        "gender": "" if gender or not typed["gender"] else _("Please write 男 or 女, or leave it out."),
        "guardian": "" if not guardian or is_name(guardian) else _("Only the name, 2 to 60 letters."),
        "phone": "" if phone or not typed["phone"] else _("A phone number has 11 digits, such as 13800138000."),
    }
    faults = {where: str(words) for where, words in faults.items() if words}
    if faults or born is None:
        return Line(number, typed, None, faults)
    rest = {one: typed[one][:_LONGEST] for one in ("school", "class_name", "interests", "languages")}
    return Line(number, typed, Guest(name, born, gender, guardian=guardian, phone=phone, **rest))


def _name_fault(name: str) -> str:
    if not name:
        return str(_("The name is missing."))
    return "" if is_name(name) else str(_("Only the name, 2 to 60 letters: no digits, brackets or class."))


def _birth_fault(typed: str, born: date | None, programme: Programme, today: date) -> str:
    if not typed:
        return str(_("The date of birth is missing. It decides whether a parent has to agree."))
    if born is None and looks_like_a_day(typed):
        return str(_("There is no such day. 29 February is only every fourth year."))
    if born is None:
        return str(_("Please type the day as 8 digits, such as 20120518."))
    age = age_on(born, today)
    if programme.min_age <= age <= programme.max_age:
        return ""
    ages = {"age": age, "least": programme.min_age, "most": programme.max_age}
    return str(_("That makes %(age)s years of age. This programme is for ages %(least)s to %(most)s.", **ages))
