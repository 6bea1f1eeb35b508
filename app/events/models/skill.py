"""What some shifts need to be known, and who knows it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base, unique_where
from app.people.models import Person


class Skill(Base):
    """A skill or training of a unit's list, such as first aid. A retired one is kept for those who have it."""

    __tablename__ = "skills"
    __table_args__ = (unique_where("uq_skills_current", "organisation_id", "name", where="retired_at IS NULL"),)

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    name: Mapped[str]
    meaning: Mapped[str]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    retired_at: Mapped[datetime | None]


class PersonSkill(Base):
    """The unit's staff confirmed that a person has a skill, for good or up to and including ``expires_on``."""

    __tablename__ = "person_skills"
    __table_args__ = (
        unique_where("uq_person_skills_current", "person_id", "skill_id", where="ended_at IS NULL"),
        CheckConstraint("(ended_at IS NULL) = (ended_by_id IS NULL)", name="ended_by"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    skill_id: Mapped[int] = mapped_column(ForeignKey("skills.id"), index=True)
    confirmed_at: Mapped[datetime]
    confirmed_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    expires_on: Mapped[date | None]
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    person: Mapped[Person] = relationship()
    skill: Mapped[Skill] = relationship()
