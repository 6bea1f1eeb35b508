"""What is said about people besides their names."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.changes import Vocabulary
from app.core.languages import speaks_chinese
from app.people.models import Gender, PersonKind
from app.people.needs import Diet, Needs

GENDER_WORDS = {Gender.FEMALE: _l("Female"), Gender.MALE: _l("Male")}
KIND_WORDS = {
    PersonKind.PUPIL: _l("Pupil or student"),
    PersonKind.TEACHER: _l("Accompanying teacher"),
    PersonKind.VOLUNTEER: _l("Volunteer"),
    PersonKind.STAFF: _l("Staff"),
}
DIET_WORDS: Mapping[Diet, LazyString] = {
    Diet.HALAL: _l("Halal"),
    Diet.NO_PORK: _l("No pork"),
    Diet.VEGETARIAN: _l("Vegetarian"),
    Diet.NO_NUTS: _l("Allergic to peanuts or nuts"),
    Diet.NO_SEAFOOD: _l("Allergic to fish or seafood"),
    Diet.NO_MILK: _l("No milk"),
    Diet.NO_EGGS: _l("No eggs"),
}
FIELD_WORDS = {
    "name": _l("Name"),
    "born_on": _l("Date of birth"),
    "school": _l("School or class"),
    "gender": _l("Gender"),
    "kind": _l("Takes part as"),
    "phone": _l("Phone number"),
    "student_no": _l("Student number"),
    "languages": _l("Languages spoken"),
    "interests": _l("Interests"),
    "volunteer_no": _l("Volunteer number"),
}


def listed(words: list[str]) -> str:
    """Return words one after the other, as the language of the request does."""
    return ("、" if speaks_chinese() else ", ").join(words)


def needs_in_words(needs: Needs) -> list[tuple[str, str]]:
    """Return what has to be looked after, as pairs of what it is about and what it is."""
    diet = listed([str(DIET_WORDS[one]) for one in needs.diet])
    pairs = [
        (_("Eating"), "\n".join(filter(None, (diet, needs.food)))),
        (_("Health"), needs.health),
        (_("Getting about"), needs.mobility),
    ]
    return [(str(label), words) for label, words in pairs if words]


def _fields(names: str) -> str:
    return listed([str(FIELD_WORDS[name]) for name in names.split()])


PERSON = Vocabulary(
    happened={
        "corrected": _l("Corrected: %(fields)s"),
        "merged": _l("Two records of the same person became one"),
        "two_people": _l("Looked at beside somebody of the same name: two people"),
    },
    values={"fields": _fields},
)
