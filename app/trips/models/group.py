"""The groups of a trip."""

from sqlalchemy import CheckConstraint, UniqueConstraint

from app.trips.models.place import TripPlace


class TripGroup(TripPlace):
    """Some who are led together by one or several grown-ups (`TripAdult.group_id`)."""

    __tablename__ = "trip_groups"
    __table_args__ = (
        UniqueConstraint("programme_id", "name", name="uq_trip_groups_programme_id"),
        CheckConstraint("name <> ''", name="name"),
    )
