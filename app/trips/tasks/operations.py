"""Writing down what has to be seen to, and that it was."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from app.core.changes import note_change
from app.core.db import db
from app.organisations.models import Membership
from app.programmes import documents
from app.programmes.hooks import when_copied
from app.programmes.models import Document, Programme
from app.programmes.planning import locked
from app.questions.files import FileToKeep
from app.trips.models import TaskKind, TripTask
from app.trips.problems import DueTooFarAway, NotResponsible
from app.trips.tasks.usual import USUAL
from app.trips.words import RECORD

FARTHEST = 400  # days from the programme's first day


@dataclass(frozen=True)
class TaskWords:
    """What is to be done, until when, by whom. ``title`` counts for a unit's own things only; ``document_id`` is one of
    the programme's papers, ``file`` a new one that takes its place."""

    title: str
    due_on: date
    responsible_id: int | None = None
    note: str = ""
    document_id: int | None = None
    file: FileToKeep | None = None


def add_usual(programme_id: int, *, by: int, at: datetime) -> int:
    """Add those of the usual things that are not there; returns how many. A second time adds nothing."""
    locked(programme_id)
    there = set(db.session.scalars(select(TripTask.kind).where(TripTask.programme_id == programme_id)))
    missing = [kind for kind in USUAL if kind not in there]
    for kind in missing:
        made = TripTask(programme_id=programme_id, kind=kind, days_before=USUAL[kind], created_at=at, created_by_id=by)
        db.session.add(made)
    if missing:
        note_change(RECORD, programme_id, "usual_tasks_added", by=by, at=at, count=len(missing))
    return len(missing)


def add_task(programme_id: int, words: TaskWords, *, by: int, at: datetime) -> TripTask:
    """Add something of the unit's own. Raises `DueTooFarAway`, `NotResponsible`."""
    programme = locked(programme_id)
    task = TripTask(programme_id=programme_id, kind=TaskKind.OWN, created_at=at, created_by_id=by)
    task.programme = programme
    _write(task, words, by=by, at=at)
    db.session.add(task)
    db.session.flush()
    _note("task_added", task, by, at)
    return task


def edit_task(task_id: int, words: TaskWords, *, by: int, at: datetime) -> TripTask:
    """Change until when, by whom, the note or the paper. Raises `DueTooFarAway`, `NotResponsible`."""
    task = _locked(task_id)
    before = _state(task)
    _write(task, words, by=by, at=at)
    if before != _state(task):
        _note("task_changed", task, by, at)
    return task


def finish(task_id: int, *, by: int, at: datetime) -> TripTask:
    """Say that it is done; a second time keeps the first moment."""
    task = _locked(task_id)
    if task.done_at is None:
        task.done_at, task.done_by_id = at, by
        _note("task_done", task, by, at)
    return task


def reopen(task_id: int, *, by: int, at: datetime) -> TripTask:
    """Say that it is not done after all; a second time changes nothing."""
    task = _locked(task_id)
    if task.done_at is not None:
        task.done_at = task.done_by_id = None
        _note("task_reopened", task, by, at)
    return task


def remove_task(task_id: int, *, by: int, at: datetime) -> None:
    """Take something off the list; its paper stays with the programme. A second time changes nothing."""
    task = db.session.get(TripTask, task_id)
    if task:
        _note("task_removed", task, by, at)
        db.session.delete(task)


@when_copied
def copy_tasks(original: Programme, copy: Programme, by: int, at: datetime) -> None:
    """Put the same things on the list of a copy, each as many days before its first one; none is done, nor has it a
    paper, a note or somebody who sees to it, for those are last time's."""
    listed = db.session.scalars(select(TripTask).where(TripTask.programme_id == original.id).order_by(TripTask.id))
    made = [
        TripTask(programme_id=copy.id, kind=one.kind, title=one.title, days_before=one.days_before) for one in listed
    ]
    for task in made:
        task.created_at, task.created_by_id = at, by
    db.session.add_all(made)
    if made:
        note_change(RECORD, copy.id, "tasks_copied", by=by, at=at, count=len(made))


def _write(task: TripTask, words: TaskWords, *, by: int, at: datetime) -> None:
    programme = task.programme
    days_before = (programme.starts_on - words.due_on).days
    if abs(days_before) > FARTHEST:
        raise DueTooFarAway
    if words.responsible_id != task.responsible_id:
        _check_responsible(programme, words.responsible_id)
    if task.kind is TaskKind.OWN:
        task.title = words.title
    task.days_before, task.note, task.responsible_id = days_before, words.note, words.responsible_id
    task.document_id = _paper(programme.id, words, by=by, at=at)


def _paper(programme_id: int, words: TaskWords, *, by: int, at: datetime) -> int | None:
    if words.file:
        return documents.add_to_programme(programme_id, words.file, is_public=False, by=by, at=at).id
    chosen = db.session.get(Document, words.document_id) if words.document_id else None
    return chosen.id if chosen and chosen.programme_id == programme_id else None


def _check_responsible(programme: Programme, user_id: int | None) -> None:
    theirs = (Membership.organisation_id == programme.host_id, Membership.user_id == user_id)
    works_there = select(Membership.id).where(*theirs, Membership.ended_at.is_(None)).limit(1)
    if user_id and db.session.scalar(works_there) is None:
        raise NotResponsible


def _state(task: TripTask) -> tuple[object, ...]:
    return task.title, task.days_before, task.note, task.responsible_id, task.document_id


def _note(what: str, task: TripTask, by: int, at: datetime) -> None:
    note_change(RECORD, task.programme_id, what, by=by, at=at, task=task.title or task.kind.value)


def _locked(task_id: int) -> TripTask:
    return db.session.get_one(TripTask, task_id, with_for_update={"of": TripTask}, populate_existing=True)
