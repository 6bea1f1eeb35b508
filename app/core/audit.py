"""Who read or downloaded whose data, when, why (《未成年人网络保护条例》). Written once, never changed.

No names stand in it: people by their numbers, or how many and by which filter. The database lets an entry go after 183
days at the earliest, and of its columns only the purpose can ever be emptied.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from flask import Response, after_this_request, g, has_request_context, request
from sqlalchemy import ForeignKey, Index, select, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.access import Role, principal
from app.core.clock import now
from app.core.db import Base, Moment, db, transact

SHORTEST = timedelta(days=183)  # that an entry is kept
READ, SEARCHED, UNMASKED = "read", "search", "unmask"
_SHOWN = 200
_ONE_LOOK = timedelta(minutes=10)  # going to and fro between pages is one
_IS_ONE = "person_id IS NOT NULL"


class AccessEntry(Base):
    """One look at, or one download of, personal data: what kind of record, which, whose, what for, from which page.

    ``people`` counts whose data it was, ``under_14`` and ``under_18`` (14 to 17) the minors among them on that day.
    ``person_id`` is there for exactly one; it is no reference, so that the entry outlasts the person.
    """

    __tablename__ = "access_entries"
    __table_args__ = (
        Index("ix_access_entries_at", "at", "id"),
        Index("ix_access_entries_user_id", "user_id", "at", "id"),
        Index(
            "ix_access_entries_person_id",
            "person_id",
            "at",
            "id",
            postgresql_where=text(_IS_ONE),
            sqlite_where=text(_IS_ONE),
        ),
    )

    at: Mapped[datetime] = mapped_column(Moment)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    action: Mapped[str]
    record: Mapped[str]
    record_id: Mapped[int | None]
    people: Mapped[int]
    purpose: Mapped[str]
    person_id: Mapped[int | None]
    under_14: Mapped[int] = mapped_column(default=0)
    under_18: Mapped[int] = mapped_column(default=0)
    role: Mapped[str] = mapped_column(default="")  # in which capacity
    unit_id: Mapped[int | None]  # for which unit, if it was for one
    page: Mapped[str] = mapped_column(default="")  # the endpoint
    filters: Mapped[str] = mapped_column(default="")  # of a list: names, never what was typed


@dataclass(frozen=True)
class Whose:
    """Whose data it was: how many people, the one if it was one, the minors among them, by what a list was narrowed."""

    people: int
    person_id: int | None = None
    under_14: int = 0
    under_18: int = 0
    filters: str = ""


def note_access(
    action: str, record: str, record_id: int | None, *, people: int | Whose, purpose: str, by: int, at: datetime
) -> None:
    """Write the entry; to be run in a transaction. It says by itself from where, so that nobody can forget to."""
    role, unit_id, page = _from_where()
    whose = people if isinstance(people, Whose) else Whose(people)
    db.session.add(
        AccessEntry(
            at=at,
            user_id=by,
            action=action,
            record=record,
            record_id=record_id,
            purpose=purpose,
            role=role,
            unit_id=unit_id,
            page=page,
            **asdict(whose),
        )
    )


def note_look(record: str, record_id: int, whose: Whose, *, by: int | None = None) -> None:
    """Write down that this page shows one person's whole record; again within ten minutes is the same look.

    By a partner's link ``by`` is who made the link.
    """
    by = by or principal().actor
    _note_when_shown(READ, record, record_id, whose, by, is_new=lambda at: not _has_looked(record, record_id, by, at))


def note_search(record: str, record_id: int | None, whose: Whose, *, by: int | None = None) -> None:
    """Write down that this page shows who was found by name or phone; never what was typed.

    At the door ``by`` is who opened the device.
    """
    _note_when_shown(SEARCHED, record, record_id, whose, by or principal().actor, is_new=lambda _at: True)


def _note_when_shown(
    action: str, record: str, record_id: int | None, whose: Whose, by: int, *, is_new: Callable[[datetime], bool]
) -> None:
    """Write the entry when the answer is made: a write in between would end what the page reads. No entry, no page."""
    at = now()

    @after_this_request
    def write(response: Response) -> Response:
        if response.status_code == _SHOWN and is_new(at):
            transact(note_access, action, record, record_id, people=whose, purpose="", by=by, at=at)
        return response


def _has_looked(record: str, record_id: int, by: int, at: datetime) -> bool:
    seen = select(AccessEntry.id).where(
        AccessEntry.at > at - _ONE_LOOK,
        AccessEntry.user_id == by,
        AccessEntry.action == READ,
        AccessEntry.record == record,
        AccessEntry.record_id == record_id,
    )
    return db.session.scalar(seen.limit(1)) is not None


def asks_as(role: Role) -> None:
    """Say in which capacity this request is made, where its address says so and whoever is signed in does not
    matter."""
    g.asks_as = role


def _from_where() -> tuple[str, int | None, str]:
    if not has_request_context():
        return "", None, ""
    if "asks_as" in g:
        return g.asks_as.value, None, request.endpoint or ""
    who, page = principal(), request.endpoint or ""
    if who.device_id:
        return Role.GATE.value, None, page
    unit = who.desk.unit if who.desk.role is not Role.SIGNED_IN else None
    return who.desk.role.value, unit, page
