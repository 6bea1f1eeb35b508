"""Pairing rounds, who takes part in them, and the pairs."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base
from app.organisations.models import Organisation
from app.pairing.states import PairState, Way
from app.pairing.youths import Shape
from app.people.models import Person
from app.programmes.models import Programme


class PairingRound(Base):
    """One matching (结对批次): a draft until a second person has checked it, then published.

    ``settings`` are those of `app.pairing.settings`. ``version`` counts changes, so that what was worked out for an
    earlier one is not written down; any change takes a check back. ``made_version`` is the one that was paired.
    """

    __tablename__ = "pairing_rounds"
    __table_args__ = (
        CheckConstraint("shape IN ('one_to_one', 'one_to_many', 'pool', 'groups')", name="shape"),
        CheckConstraint("way IN ('person', 'class')", name="way"),
        CheckConstraint("(checked_at IS NULL) = (checked_by_id IS NULL)", name="checked_by_somebody"),
        CheckConstraint("checked_by_id <> changed_by_id", name="checked_by_a_second_person"),
        CheckConstraint("published_at IS NULL OR checked_at IS NOT NULL", name="checked_before_published"),
        CheckConstraint("(published_at IS NULL) = (published_by_id IS NULL)", name="published_by_somebody"),
        Index("ix_pairing_rounds_host_id", "host_id", "created_at", "id"),
    )

    host_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    programme_id: Mapped[int | None] = mapped_column(ForeignKey(Programme.id), index=True)
    title: Mapped[str]
    shape: Mapped[Shape]
    way: Mapped[Way] = mapped_column(default=Way.PERSON)
    answer_on: Mapped[date | None]  # person to person: the last day to answer, where the organiser chose one
    first_side: Mapped[str] = mapped_column(default="")
    second_side: Mapped[str] = mapped_column(default="")
    pool_sides: Mapped[str] = mapped_column(default="")  # where a pool has sides: what they are called, a line each
    side_ids: Mapped[list[list[int]]] = mapped_column(JSON, default=list)  # the programme's sides that each is made of
    settings: Mapped[dict[str, Any]] = mapped_column(JSON)
    version: Mapped[int] = mapped_column(default=0)
    job_id: Mapped[int | None]  # the work that pairs them now; its row goes long before the round
    created_at: Mapped[datetime]
    created_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    paired_at: Mapped[datetime | None]
    checked_at: Mapped[datetime | None]
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    published_at: Mapped[datetime | None]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    host: Mapped[Organisation] = relationship()
    programme: Mapped[Programme | None] = relationship()

    @property
    def side_names(self) -> tuple[str, ...]:
        """What the sides are called; one name alone where everybody is of one pool without sides."""
        if self.shape.has_sides:
            return (self.first_side, self.second_side)
        return tuple(self.pool_sides.split("\n")) if self.pool_sides else (self.first_side,)

    def side_of(self, place: int) -> str:
        """Return what somebody's side is called, by its place; "" where there are no sides."""
        names = self.side_names
        return names[place] if len(names) > 1 else ""


class Pair(Base):
    """Who was paired: two, or as many as the round's shape makes. ``number`` is what it is called within the round.

    ``points`` is the mean of its links, ``why`` what each link was given for: see `app.pairing.reasons`. Families see
    it from ``shown_at`` on, and answer or object until ``answer_by``.
    """

    __tablename__ = "pairs"
    __table_args__ = (
        UniqueConstraint("round_id", "number", name="uq_pairs_round_id"),
        CheckConstraint("state IN ('proposed', 'formed', 'asked', 'objected', 'ended')", name="state"),
        CheckConstraint("(shown_at IS NULL) = (answer_by IS NULL)", name="shown_until"),
        CheckConstraint("formed_at IS NULL OR shown_at IS NOT NULL", name="shown_before_formed"),
        CheckConstraint("(ended_at IS NOT NULL) = (state = 'ended')", name="ended"),
        Index("ix_pairs_round_id_state", "round_id", "state", "number"),
        Index("ix_pairs_answer_by", "state", "answer_by", "id"),
        CheckConstraint("(locked_at IS NULL) = (locked_by_id IS NULL)", name="locked_by_somebody"),
    )

    round_id: Mapped[int] = mapped_column(ForeignKey("pairing_rounds.id", ondelete="CASCADE"))
    number: Mapped[int]
    points: Mapped[int]
    why: Mapped[list[Any]] = mapped_column(JSON)
    locked_at: Mapped[datetime | None]
    locked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    state: Mapped[PairState] = mapped_column(default=PairState.PROPOSED)
    shown_at: Mapped[datetime | None]
    answer_by: Mapped[datetime | None]
    formed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    round: Mapped[PairingRound] = relationship()
    members: Mapped[list["PairingMember"]] = relationship(
        back_populates="pair", order_by="PairingMember.side, PairingMember.id"
    )


class PairingMember(Base):
    """Somebody takes part in a round, on one of its sides, and is in one pair at most; else ``left_why`` says why not.

    Grade and class are those of the day somebody was put in: what a round was made by does not change under it.
    """

    __tablename__ = "pairing_members"
    __table_args__ = (
        UniqueConstraint("round_id", "person_id", name="uq_pairing_members_round_id"),
        CheckConstraint("side BETWEEN 0 AND 99", name="side"),
        CheckConstraint("grade BETWEEN 1 AND 12", name="grade"),
        CheckConstraint("pair_id IS NULL OR left_why IS NULL", name="paired_or_left"),
        Index("ix_pairing_members_round_id_side", "round_id", "side", "id"),
        Index("ix_pairing_members_round_id_pair_id", "round_id", "pair_id", "id"),
    )

    round_id: Mapped[int] = mapped_column(ForeignKey("pairing_rounds.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    side: Mapped[int]
    school: Mapped[str] = mapped_column(default="")
    class_name: Mapped[str] = mapped_column(default="")
    grade: Mapped[int | None]
    pair_id: Mapped[int | None] = mapped_column(ForeignKey("pairs.id", ondelete="SET NULL"), index=True)
    left_why: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))

    round: Mapped[PairingRound] = relationship()
    person: Mapped[Person] = relationship()
    pair: Mapped[Pair | None] = relationship(back_populates="members")


class PairingBond(Base):
    """The organiser's word on two of a round: together, or never."""

    __tablename__ = "pairing_bonds"
    __table_args__ = (
        UniqueConstraint("first_id", "second_id", name="uq_pairing_bonds_first_id"),
        CheckConstraint("first_id < second_id", name="in_order"),
    )

    round_id: Mapped[int] = mapped_column(ForeignKey("pairing_rounds.id", ondelete="CASCADE"), index=True)
    first_id: Mapped[int] = mapped_column(ForeignKey("pairing_members.id", ondelete="CASCADE"))
    second_id: Mapped[int] = mapped_column(ForeignKey("pairing_members.id", ondelete="CASCADE"), index=True)
    is_together: Mapped[bool]

    first: Mapped[PairingMember] = relationship(foreign_keys=[first_id])
    second: Mapped[PairingMember] = relationship(foreign_keys=[second_id])


class PairingWish(Base):
    """Somebody of a round asked for somebody else of it."""

    __tablename__ = "pairing_wishes"
    __table_args__ = (
        UniqueConstraint("member_id", "wished_id", name="uq_pairing_wishes_member_id"),
        CheckConstraint("member_id <> wished_id", name="another"),
    )

    round_id: Mapped[int] = mapped_column(ForeignKey("pairing_rounds.id", ondelete="CASCADE"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("pairing_members.id", ondelete="CASCADE"))
    wished_id: Mapped[int] = mapped_column(ForeignKey("pairing_members.id", ondelete="CASCADE"), index=True)

    member: Mapped[PairingMember] = relationship(foreign_keys=[member_id])
    wished: Mapped[PairingMember] = relationship(foreign_keys=[wished_id])
