"""What groups, buses and rooms have in common."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base


class TripPlace(Base):
    """Something that people of a trip are put into, by name."""

    __abstract__ = True

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id", ondelete="CASCADE"))
    name: Mapped[str]
