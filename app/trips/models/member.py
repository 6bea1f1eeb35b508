"""Where somebody who takes part belongs on the trip."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.people.models import Person
from app.trips.models.travelling import Travelling, rules_of_rooms


class TripMember(Travelling):
    """The group, bus and room of somebody who takes part in the programme.

    Who takes part is said by the applications alone (`app.programmes.applications.queries.participants`): whoever has
    no row here was not placed yet, whoever has one and does not take part any more has left. ``gender`` and
    ``is_minor`` (on the first day) are those by which the room was given.
    """

    __tablename__ = "trip_members"
    __table_args__ = (
        UniqueConstraint("programme_id", "person_id", name="uq_trip_members_programme_id"),
        *rules_of_rooms("trip_members"),
    )

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)

    person: Mapped[Person] = relationship()
