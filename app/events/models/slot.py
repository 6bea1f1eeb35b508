"""The things with places that one signs up for, and ways into them."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.codes import new_code
from app.core.db import Base
from app.events.models.event import Event
from app.events.models.skill import Skill
from app.organisations.models import Organisation


class SlotForm(StrEnum):
    """What one does in a slot: take part in a session, or serve a shift."""

    SESSION = "session"
    SHIFT = "shift"


IS_SHIFT = "form = 'shift'"


class WayIn(StrEnum):
    """How one comes to a place: whoever is first, by the host's decision, by lot, or by a link only."""

    OPEN = "open"
    APPROVAL = "approval"
    LOTTERY = "lottery"
    INVITATION = "invitation"


class Slot(Base):
    """The thing with places that one signs up for.

    ``taken`` counts those who are confirmed, held or offered a place, with their companions: people, or in a slot that
    ``counts_groups`` parties. ``reserved`` counts places of allotments that are neither used nor released. Together
    they never exceed ``capacity``. ``waiting`` counts the parties on the waiting list, ``last_in_line`` numbers them.
    """

    __tablename__ = "slots"
    __table_args__ = (
        CheckConstraint("taken >= 0 AND reserved >= 0 AND taken + reserved <= capacity", name="never_oversold"),
        CheckConstraint("waiting BETWEEN 0 AND last_in_line", name="waiting"),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        CheckConstraint("closes_at > opens_at", name="closes_after_opening"),
        CheckConstraint("min_age <= max_age", name="ages"),
        CheckConstraint("form IN ('session', 'shift')", name="form"),
        CheckConstraint("way_in IN ('open', 'approval', 'lottery', 'invitation')", name="way_in"),
        CheckConstraint("(way_in = 'lottery') = (draws_at IS NOT NULL)", name="lottery_with_its_moment"),
        CheckConstraint("(drawn_at IS NULL) = (draw_seed = '')", name="drawn_with_its_seed"),
        CheckConstraint("largest_party >= 1 AND most_companions >= 0 AND offer_hours >= 1", name="parties_and_offers"),
        *(
            Index(f"ix_slots_{name}", name, postgresql_where=text(known), sqlite_where=text(known))
            for name, known in (("batch_id", "batch_id IS NOT NULL"), ("leads_id", "leads_id IS NOT NULL"))
        ),
        CheckConstraint(
            "(insured_at IS NULL) = (insured_by_id IS NULL) AND (insured_at IS NULL) = (insured_for IS NULL)",
            name="insured",
        ),
        Index(
            "ix_slots_draws_at",
            "draws_at",
            postgresql_where=text("draws_at IS NOT NULL AND drawn_at IS NULL"),
            sqlite_where=text("draws_at IS NOT NULL AND drawn_at IS NULL"),
        ),
        Index("ix_slots_shifts", "starts_at", "id", postgresql_where=text(IS_SHIFT), sqlite_where=text(IS_SHIFT)),
        Index(
            "ix_slots_teaching",
            "teaches_skill_id",
            "starts_at",
            postgresql_where=text("teaches_skill_id IS NOT NULL"),
            sqlite_where=text("teaches_skill_id IS NOT NULL"),
        ),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    title: Mapped[str]
    form: Mapped[SlotForm]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    place: Mapped[str]
    capacity: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)
    reserved: Mapped[int] = mapped_column(default=0)
    waiting: Mapped[int] = mapped_column(default=0)
    last_in_line: Mapped[int] = mapped_column(default=0)
    min_age: Mapped[int]
    max_age: Mapped[int]
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    planned_at: Mapped[datetime | None]  # when it was to begin before it was postponed
    way_in: Mapped[WayIn] = mapped_column(default=WayIn.OPEN)
    has_waiting_list: Mapped[bool] = mapped_column(default=True)
    smaller_may_pass: Mapped[bool] = mapped_column(default=False)  # the skip rule, said on the page
    counts_groups: Mapped[bool] = mapped_column(default=False)
    largest_party: Mapped[int] = mapped_column(default=6)
    most_companions: Mapped[int] = mapped_column(default=0)  # grown-ups who come along with a party, by number only
    offer_hours: Mapped[int] = mapped_column(default=24)
    leave_hours: Mapped[int] = mapped_column(default=24)  # until so long before the start one leaves without a reason
    draws_at: Mapped[datetime | None]
    drawn_at: Mapped[datetime | None]
    draw_seed: Mapped[str] = mapped_column(default="")
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("slot_batches.id", ondelete="SET NULL"))
    leads_id: Mapped[int | None] = mapped_column(ForeignKey("slots.id", ondelete="SET NULL"))  # see events/series.py
    skill_id: Mapped[int | None] = mapped_column(ForeignKey("skills.id"))  # that a shift needs
    teaches_skill_id: Mapped[int | None] = mapped_column(ForeignKey("skills.id"))
    is_risky: Mapped[bool] = mapped_column(default=False)  # a shift that takes nobody before it is insured
    insured_for: Mapped[datetime | None]  # the beginning that the policy was said to cover
    insured_at: Mapped[datetime | None]
    insured_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    insurance_note: Mapped[str] = mapped_column(default="")
    allows_swaps: Mapped[bool] = mapped_column(default=True)
    consent_term: Mapped[str | None]  # the term that one consent covers, see app/events/registration/scopes.py

    event: Mapped[Event] = relationship(back_populates="slots")
    skill: Mapped[Skill | None] = relationship(foreign_keys=skill_id)
    teaches_skill: Mapped[Skill | None] = relationship(foreign_keys=teaches_skill_id)

    @property
    def free(self) -> int:
        """How many places are left for everybody."""
        return self.capacity - self.taken - self.reserved

    @property
    def leave_free_until(self) -> datetime:
        """Until when one may leave without saying why."""
        return self.starts_at - timedelta(hours=self.leave_hours)

    @property
    def leads(self) -> bool:
        """Whether signing up for it is signing up for a whole series."""
        return self.leads_id is not None and self.leads_id == self.id

    @property
    def follows(self) -> bool:
        """Whether it is a date of a series that another slot leads."""
        return self.leads_id is not None and self.leads_id != self.id

    @property
    def lacks_insurance(self) -> bool:
        """Whether it is risky and nobody has marked it insured for the time at which it takes place."""
        return self.is_risky and self.insured_for != self.starts_at


class Allotment(Base):
    """Places of a slot set aside for some schools, such as those of a town, until they are released to all.

    Pupils of its schools take these places first. ``used`` counts what they have taken of it.
    """

    __tablename__ = "allotments"
    __table_args__ = (
        CheckConstraint("used BETWEEN 0 AND places", name="never_overused"),
        Index(
            "ix_allotments_release_at",
            "release_at",
            postgresql_where=text("released_at IS NULL"),
            sqlite_where=text("released_at IS NULL"),
        ),
    )

    slot_id: Mapped[int] = mapped_column(ForeignKey("slots.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    places: Mapped[int]
    used: Mapped[int] = mapped_column(default=0)
    release_at: Mapped[datetime]
    released_at: Mapped[datetime | None]

    schools: Mapped[list["AllottedSchool"]] = relationship(cascade="all, delete-orphan")

    @property
    def free(self) -> int:
        """How many of its places nobody has taken; none once they are released."""
        return 0 if self.released_at else self.places - self.used


class AllottedSchool(Base):
    """A school whose pupils an allotment is for; of one slot, each school has at most one."""

    __tablename__ = "allotted_schools"
    __table_args__ = (UniqueConstraint("slot_id", "school_id", name="uq_allotted_schools_slot_id"),)

    allotment_id: Mapped[int] = mapped_column(ForeignKey("allotments.id", ondelete="CASCADE"), index=True)
    slot_id: Mapped[int] = mapped_column(ForeignKey("slots.id", ondelete="CASCADE"))
    school_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))

    school: Mapped[Organisation] = relationship()


class InvitationLink(Base):
    """A link that lets people into a slot, so many times, until a moment."""

    __tablename__ = "invitation_links"
    __table_args__ = (CheckConstraint("uses BETWEEN 0 AND most_uses", name="counted"),)

    slot_id: Mapped[int] = mapped_column(ForeignKey("slots.id", ondelete="CASCADE"), index=True)
    code: Mapped[str] = mapped_column(unique=True, default=new_code)
    note: Mapped[str]
    most_uses: Mapped[int]
    uses: Mapped[int] = mapped_column(default=0)
    expires_at: Mapped[datetime]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    closed_at: Mapped[datetime | None]
