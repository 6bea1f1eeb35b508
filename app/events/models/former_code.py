"""Entry codes that people still carry though their registration was found to be somebody's second one."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base


class FormerCode(Base):
    """A code that leads to another registration of the same person, since two records of that person became one."""

    __tablename__ = "former_codes"

    code: Mapped[str] = mapped_column(unique=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registrations.id"), index=True)
