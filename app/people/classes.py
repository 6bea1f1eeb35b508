"""A school's classes: what can happen to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select, update

from app.core.changes import note_change, note_edit
from app.core.db import db
from app.people.class_names import class_key, school_order
from app.people.models import Enrolment, SchoolClass
from app.people.problems import ClassKnown

RECORD = "school_class"  # in the change log


@dataclass(frozen=True)
class ClassWords:
    """What somebody typed about a class; the year is that in which its pupils came."""

    name: str
    form_teacher: str = ""
    entered_year: int | None = None


def classes_of(school_id: int, *, archived: bool = False) -> Select[SchoolClass]:
    """Return a school's classes, in no order: those it has now, or those that have left."""
    is_gone = SchoolClass.archived_at.is_not(None) if archived else SchoolClass.archived_at.is_(None)
    return select(SchoolClass).where(SchoolClass.school_id == school_id, is_gone)


def classes_in_order(school_id: int, *, archived: bool = False) -> list[SchoolClass]:
    """Return the same in the order of the school; they are never more than fit on a page."""
    found = db.session.scalars(classes_of(school_id, archived=archived))
    return sorted(found, key=lambda one: (school_order(one.name), one.id))


def class_called(school_id: int, name: str) -> SchoolClass | None:
    """Return the class a school has now that somebody means by a name, however it is written."""
    return db.session.scalar(classes_of(school_id).where(SchoolClass.key == class_key(name)))


def add_class(school_id: int, words: ClassWords, *, by: int, at: datetime) -> SchoolClass:
    """Enter a class. Raises `ClassKnown` when the school has it already."""
    if known := class_called(school_id, words.name):
        raise ClassKnown(name=known.name)
    added = SchoolClass(
        school_id=school_id,
        name=words.name,
        form_teacher=words.form_teacher,
        entered_year=words.entered_year,
        created_at=at,
    )
    db.session.add(added)
    db.session.flush()
    note_change(RECORD, added.id, "added", by=by, at=at)
    _call_pupils_alike(added)
    return added


def add_classes(school_id: int, lines: Sequence[ClassWords], *, by: int, at: datetime) -> int:
    """Enter several classes at once; those the school has already are left alone. Returns how many were new."""
    count = 0
    for words in lines:
        if not class_called(school_id, words.name):
            add_class(school_id, words, by=by, at=at)
            count += 1
    return count


def edit_class(class_id: int, words: ClassWords, *, by: int, at: datetime) -> SchoolClass:
    """Rename a class, or change who leads it; its pupils move with the name, places they have keep the old one.

    Raises `ClassKnown` when another class of the school is called so.
    """
    edited = db.session.get_one(SchoolClass, class_id, with_for_update=True)
    known = class_called(edited.school_id, words.name)
    if known and known.id != class_id and edited.archived_at is None:
        raise ClassKnown(name=known.name)
    before, after = {field: getattr(edited, field) for field in vars(words)}, vars(words)
    note_edit(RECORD, class_id, before, after, by=by, at=at)
    for field, value in after.items():
        setattr(edited, field, value)
    db.session.flush()
    if edited.archived_at is None:  # its name may be a new class's by now
        _rename_at_pupils(edited.school_id, before["name"], edited.name)
        _call_pupils_alike(edited)
    return edited


def archive_class(class_id: int, *, by: int, at: datetime) -> None:
    """Put away a class that has left: it is no longer suggested. Doing so twice is once."""
    gone = db.session.get_one(SchoolClass, class_id, with_for_update=True)
    if gone.archived_at is None:
        gone.archived_at = at
        note_change(RECORD, class_id, "archived", by=by, at=at)


def bring_back_class(class_id: int, *, by: int, at: datetime) -> None:
    """Undo `archive_class`. Raises `ClassKnown` when there is another class of this name by now."""
    back = db.session.get_one(SchoolClass, class_id, with_for_update=True)
    if back.archived_at is None:
        return
    if known := class_called(back.school_id, back.name):
        raise ClassKnown(name=known.name)
    back.archived_at = None
    note_change(RECORD, class_id, "brought_back", by=by, at=at)


def _call_pupils_alike(one: SchoolClass) -> None:
    """Write the class of pupils who typed it in another way as the school does."""
    typed = select(Enrolment.class_name).where(Enrolment.school_id == one.school_id, Enrolment.ended_at.is_(None))
    for name in db.session.scalars(typed.distinct()).all():
        if name != one.name and class_key(name) == one.key:
            _rename_at_pupils(one.school_id, name, one.name)


def _rename_at_pupils(school_id: int, before: str, after: str) -> None:
    of_class = (Enrolment.school_id == school_id, Enrolment.class_name == before, Enrolment.ended_at.is_(None))
    if before != after:
        db.session.execute(update(Enrolment).where(*of_class).values(class_name=after))
