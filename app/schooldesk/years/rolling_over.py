"""Moving all classes of a school up at once, and taking that back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select, update

from app.core.db import db
from app.core.problems import Problem
from app.people import classes
from app.people.class_names import class_key, school_order
from app.people.classes import ClassWords
from app.people.models import Enrolment, SchoolClass
from app.schooldesk.models import RollOver

UNDO_WITHIN = timedelta(days=30)
_BETWEEN = "→"  # what a class is called while others still have the name it is going to have


class TwoOfOneName(Problem):
    """Two classes would be called the same."""

    code = "two_of_one_name"
    words = _l("Two classes would be called %(name)s. Please change one of them.")


class TooLateToGoBack(Problem):
    """After a month the new names are on everybody's lists."""

    code = "too_late_to_go_back"
    words = _l("The year was closed more than a month ago. Please rename single classes instead.")


class NameInUse(Problem):
    """A class that came since has a name that would be needed again."""

    code = "name_in_use"
    words = _l("%(name)s is another class by now. Rename that one first, then take the step back.")


@dataclass(frozen=True)
class Step:
    """What becomes of a class: a new name, or None when it leaves."""

    class_id: int
    name: str | None


def roll_over(school_id: int, steps: Sequence[Step], key: str, *, by: int, at: datetime) -> RollOver:
    """Move classes up, let the last ones leave with their pupils; the same key a second time returns the first.

    What anybody signed up for keeps school and class of the sign-up. Raises `TwoOfOneName`.
    """
    known = db.session.scalar(select(RollOver).where(RollOver.key == key))
    if known:
        return known
    there = {one.id: one for one in db.session.scalars(classes.classes_of(school_id).with_for_update())}
    wanted = [step for step in steps if step.class_id in there]
    _refuse_doubles(wanted, there)
    done = [_leave(there[step.class_id], by=by, at=at) for step in wanted if step.name is None]
    moved = [(there[step.class_id], step.name) for step in wanted if step.name not in (None, there[step.class_id].name)]
    done += [{"class": one.id, "before": one.name, "after": name} for one, name in moved]
    _rename([(one.id, name or "") for one, name in moved], by=by, at=at)
    made = RollOver(school_id=school_id, key=key, steps=done, at=at, by_id=by)
    db.session.add(made)
    db.session.flush()
    return made


def can_go_back(made: RollOver, at: datetime) -> bool:
    """Return whether a year can be taken back at a moment."""
    return made.undone_at is None and at < made.at + UNDO_WITHIN


def go_back(roll_over_id: int, *, by: int, at: datetime) -> None:
    """Let all classes be called as before, and those be there again that left; a second time changes nothing.

    Raises `TooLateToGoBack`, and `NameInUse` when a class that came since has one of the names.
    """
    made = db.session.get_one(RollOver, roll_over_id, with_for_update=True)
    if made.undone_at is not None:
        return
    if not can_go_back(made, at):
        raise TooLateToGoBack
    touched = {step["class"] for step in made.steps}
    names = {class_key(step["before"]) for step in made.steps}
    for one in db.session.scalars(classes.classes_of(made.school_id)):
        if one.id not in touched and one.key in names:
            raise NameInUse(name=one.name)
    _rename([(step["class"], step["before"]) for step in made.steps if step["after"]], by=by, at=at)
    for step in made.steps:
        if not step["after"]:
            _return(step, by=by, at=at)
    made.undone_at, made.undone_by_id = at, by


def latest(school_id: int) -> RollOver | None:
    """Return the last year that a school has closed."""
    return db.session.scalar(select(RollOver).where(RollOver.school_id == school_id).order_by(RollOver.id.desc()))


def _refuse_doubles(steps: Sequence[Step], there: dict[int, SchoolClass]) -> None:
    changed = {step.class_id for step in steps}
    keys = {one.key for one in there.values() if one.id not in changed}
    for step in steps:
        if step.name is None:
            continue
        if class_key(step.name) in keys:
            raise TwoOfOneName(name=step.name)
        keys.add(class_key(step.name))


def _leave(one: SchoolClass, *, by: int, at: datetime) -> dict[str, Any]:
    theirs = select(Enrolment.id).where(
        Enrolment.school_id == one.school_id, Enrolment.class_name == one.name, Enrolment.ended_at.is_(None)
    )
    ended = list(db.session.scalars(theirs.order_by(Enrolment.id)))
    db.session.execute(update(Enrolment).where(Enrolment.id.in_(ended)).values(ended_at=at))
    classes.archive_class(one.id, by=by, at=at)
    db.session.flush()
    return {"class": one.id, "before": one.name, "after": None, "enrolments": ended}


def _return(step: dict[str, Any], *, by: int, at: datetime) -> None:
    """Let a class be there again, with the pupils who are nowhere else by now."""
    classes.bring_back_class(step["class"], by=by, at=at)
    ended = db.session.scalars(select(Enrolment).where(Enrolment.id.in_(step["enrolments"]))).all()
    elsewhere = select(Enrolment.person_id).where(
        Enrolment.person_id.in_([one.person_id for one in ended]), Enrolment.ended_at.is_(None)
    )
    busy = set(db.session.scalars(elsewhere))
    for one in ended:
        if one.person_id not in busy:
            one.ended_at = None


def _rename(names: Sequence[tuple[int, str]], *, by: int, at: datetime) -> None:
    """Rename classes, those with the highest grade first; whoever is still in the way steps aside for a moment."""
    order = sorted(names, key=lambda one: school_order(one[1]), reverse=True)
    for class_id, name in order:
        one = db.session.get_one(SchoolClass, class_id)
        in_the_way = classes.class_called(one.school_id, name)
        if in_the_way and in_the_way.id != class_id:
            aside = _words(in_the_way, f"{_BETWEEN}{in_the_way.id:06d}")
            classes.edit_class(in_the_way.id, aside, by=by, at=at)
        classes.edit_class(class_id, _words(one, name), by=by, at=at)


def _words(one: SchoolClass, name: str) -> ClassWords:
    return replace(ClassWords(one.name, one.form_teacher, one.entered_year), name=name)
