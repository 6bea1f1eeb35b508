"""What has to be looked after when somebody comes: eating, health, getting about. Sealed, in no list and no search."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from app.core.crypto import seal, unseal
from app.core.db import Base, db
from app.people.models import Person

_SEALED_FOR = "needs"


class Diet(StrEnum):
    """What a kitchen has to know; it is counted, so it is chosen and not typed."""

    HALAL = "halal"
    NO_PORK = "no_pork"
    VEGETARIAN = "vegetarian"
    NO_NUTS = "no_nuts"
    NO_SEAFOOD = "no_seafood"
    NO_MILK = "no_milk"
    NO_EGGS = "no_eggs"


@dataclass(frozen=True)
class Needs:
    """What has to be looked after, as it was typed; ``food`` is what else there is to say about eating."""

    diet: tuple[Diet, ...] = ()
    food: str = ""
    health: str = ""
    mobility: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look after."""
        return self == Needs()


class PersonNeeds(Base):
    """The needs of one person, sealed with a key outside the database (个人信息保护法 51).

    They are deleted some time after the last event, see `app.events.needs`.
    """

    __tablename__ = "person_needs"
    __table_args__ = (Index("ix_person_needs_written_at", "written_at"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), unique=True)
    sealed: Mapped[str] = mapped_column(info={"sealed_for": _SEALED_FOR})
    written_at: Mapped[datetime]
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))  # None: a guardian on the private page


def write_needs(person_id: int, needs: Needs, *, by: int | None, at: datetime) -> None:
    """Write down what has to be looked after, in place of what there was; nothing at all is forgotten."""
    db.session.get_one(Person, person_id, with_for_update={"key_share": True})  # a double tap waits here for its twin
    if needs.is_empty:
        forget_needs([person_id])
        return
    row = db.session.scalar(select(PersonNeeds).where(PersonNeeds.person_id == person_id))
    if row is None:
        row = PersonNeeds(person_id=person_id)
        db.session.add(row)
    row.sealed, row.written_at, row.written_by_id = _sealed(needs), at, by
    db.session.flush()


def forget_needs(person_ids: Collection[int]) -> None:
    """Delete what was written down."""
    db.session.execute(delete(PersonNeeds).where(PersonNeeds.person_id.in_(person_ids)))


def needs_of(person_id: int) -> Needs:
    """Return what has to be looked after; nothing, if it was sealed with a key that is no longer there."""
    return needs_of_all([person_id]).get(person_id, Needs())


def needs_of_all(person_ids: Collection[int]) -> dict[int, Needs]:
    """Return the needs of those who have some."""
    found = select(PersonNeeds.person_id, PersonNeeds.sealed).where(PersonNeeds.person_id.in_(person_ids))
    return {row.person_id: _opened(row.sealed) for row in db.session.execute(found)}


def together(needs: Needs, more: Needs) -> Needs:
    """Return the needs of one person who was written down twice: nothing of either is lost."""
    return Needs(
        tuple(one for one in Diet if one in (*needs.diet, *more.diet)),
        *(_joined(getattr(needs, name), getattr(more, name)) for name in ("food", "health", "mobility")),
    )


def _joined(first: str, second: str) -> str:
    return first if second in first else f"{first}\n{second}".strip()


def _sealed(needs: Needs) -> str:
    return seal(_SEALED_FOR, json.dumps(vars(needs), ensure_ascii=False))


def _opened(sealed: str) -> Needs:
    told = json.loads(unseal(_SEALED_FOR, sealed) or "{}")
    return Needs(**told | {"diet": tuple(Diet(one) for one in told.get("diet", ()))})
