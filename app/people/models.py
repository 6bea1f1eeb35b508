"""People who take part."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from app.accounts.models import User
from app.core.db import Base, unique_where
from app.core.search_keys import Key
from app.organisations.models import Organisation
from app.people import ages, names
from app.people.class_names import class_key


class PersonKind(StrEnum):
    """As what somebody takes part."""

    PUPIL = "pupil"
    TEACHER = "teacher"  # who accompanies pupils
    VOLUNTEER = "volunteer"
    STAFF = "staff"


class Gender(StrEnum):
    """What rooms are shared out by, where somebody says so."""

    FEMALE = "female"
    MALE = "male"


class Person(Base):
    """Anyone taking part. May exist without an account; the phone is contact, not identity.

    Of two records that turned out to be one person, the second is emptied and ``merged_into_id`` says which was kept.
    """

    __tablename__ = "people"
    __table_args__ = (
        UniqueConstraint("id", "fourteen_on", name="uq_people_id_fourteen_on"),
        CheckConstraint("fourteen_on > born_on", name="fourteen_after_birth"),
        CheckConstraint("gender IN ('female', 'male')", name="gender"),
        CheckConstraint("kind IN ('pupil', 'teacher', 'volunteer', 'staff')", name="kind"),
        Index("ix_people_name_pinyin_id", "name_pinyin", "id"),
        Index(
            "ix_people_merged_into_id",
            "merged_into_id",
            postgresql_where=text("merged_into_id IS NOT NULL"),
            sqlite_where=text("merged_into_id IS NOT NULL"),
        ),
    )

    name: Mapped[str] = mapped_column(index=True)
    name_pinyin: Mapped[str]
    name_initials: Mapped[str] = mapped_column(index=True)
    born_on: Mapped[date]
    fourteen_on: Mapped[date]  # computed in Python; registrations lean on it, see events/models.py
    phone: Mapped[str | None] = mapped_column(index=True)
    created_at: Mapped[datetime]
    opens_later_until: Mapped[datetime | None]  # after missed events, see events/absences.py
    gender: Mapped[Gender | None]
    kind: Mapped[PersonKind | None]
    student_no: Mapped[str] = mapped_column(default="")  # the school's own
    languages: Mapped[str] = mapped_column(default="")
    interests: Mapped[str] = mapped_column(default="")
    volunteer_no: Mapped[str] = mapped_column(default="")  # of the national volunteers' system
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    enrolments: Mapped[list["Enrolment"]] = relationship(back_populates="person", viewonly=True)

    @validates("name")
    def _keep_reading(self, _key: str, name: str) -> str:
        self.name_pinyin = names.pinyin(name)
        self.name_initials = names.initials(name)
        return name

    @validates("born_on")
    def _keep_fourteen(self, _key: str, born_on: date) -> date:
        self.fourteen_on = ages.fourteen_on(born_on)
        return born_on


class Relation(StrEnum):
    """For whom an account acts."""

    ONESELF = "self"
    CHILD = "child"
    FRIEND = "friend"  # who comes along, and knows of it


class ActsFor(Base):
    """An account acts for a person: for oneself, or a parent for a child. One phone may have several children."""

    __tablename__ = "acts_for"
    __table_args__ = (
        UniqueConstraint("user_id", "person_id", name="uq_acts_for_user_id"),
        CheckConstraint("relation IN ('self', 'child', 'friend')", name="relation"),
        unique_where("uq_acts_for_oneself", "user_id", where="relation = 'self'"),
    )

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    relation: Mapped[Relation]
    since: Mapped[datetime]

    user: Mapped[User] = relationship()
    person: Mapped[Person] = relationship()


class SchoolClass(Base):
    """A class of a school; archived when it has left. What pupils type is recognised by its key."""

    __tablename__ = "school_classes"
    __table_args__ = (
        Index("ix_school_classes_school_id_key", "school_id", "key", "id"),
        unique_where("uq_school_classes_current", "school_id", "key", where="archived_at IS NULL"),
    )

    school_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    name: Mapped[str]
    key: Mapped[str] = mapped_column(Key)
    form_teacher: Mapped[str] = mapped_column(default="")
    entered_year: Mapped[int | None]  # in which its pupils came to the school
    created_at: Mapped[datetime]
    archived_at: Mapped[datetime | None]

    @validates("name")
    def _keep_key(self, _key: str, name: str) -> str:
        self.key = class_key(name)
        return name


class Enrolment(Base):
    """A person says to belong to a school and class; the school sees whose place it is once it confirmed that."""

    __tablename__ = "enrolments"
    __table_args__ = (
        CheckConstraint("confirmed_at IS NULL OR refused_at IS NULL", name="one_answer"),
        unique_where("uq_enrolments_current", "person_id", where="ended_at IS NULL"),
        Index("ix_enrolments_school_id_person_id", "school_id", "person_id"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    school_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    class_name: Mapped[str]
    boards: Mapped[bool] = mapped_column(default=False)  # lives at school, and has the phone at weekends only
    asked_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    refused_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    ended_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(back_populates="enrolments")
    school: Mapped[Organisation] = relationship()

    @property
    def is_open(self) -> bool:
        """Whether the school has yet to answer."""
        return self.confirmed_at is None and self.refused_at is None
