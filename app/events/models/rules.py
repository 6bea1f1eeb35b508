"""What a unit's rules of signing up say."""

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base


class SignUpRules(Base):
    """A unit's rules of signing up; a unit without a row has these defaults.

    Minors volunteer at most ``hours_a_day`` on one day in Asia/Shanghai and not beyond ``latest_hour``; nobody
    volunteers below ``youngest_volunteer`` (教思政〔2015〕1号: 10, which no unit can lower). Whoever missed
    ``missed_until_later`` events (0 for never) within ``missed_within_days`` signs up ``later_hours`` later.
    """

    __tablename__ = "sign_up_rules"
    __table_args__ = (
        CheckConstraint("latest_hour BETWEEN 12 AND 24", name="latest_hour"),
        CheckConstraint("hours_a_day BETWEEN 1 AND 24", name="hours_a_day"),
        CheckConstraint("travel_minutes BETWEEN 0 AND 600", name="travel_minutes"),
        CheckConstraint("youngest_volunteer >= 10", name="youngest_volunteer"),
        CheckConstraint("missed_until_later >= 0 AND later_hours >= 1 AND missed_within_days >= 1", name="missed"),
    )

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), unique=True)
    latest_hour: Mapped[int] = mapped_column(default=21)
    hours_a_day: Mapped[int] = mapped_column(default=4)
    travel_minutes: Mapped[int] = mapped_column(default=30)
    youngest_volunteer: Mapped[int] = mapped_column(default=10)
    missed_until_later: Mapped[int] = mapped_column(default=2)
    later_hours: Mapped[int] = mapped_column(default=24)
    missed_within_days: Mapped[int] = mapped_column(default=90)
    asks_guardians: Mapped[bool] = mapped_column(default=True)  # of 14- to 17-year-olds; shifts always ask
