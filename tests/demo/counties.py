"""An empty database for a demo county, and how much is in it."""

from pathlib import Path

import flask_migrate
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import create_app
from app.core.db import Base
from config import Settings, sqlite_url


def demo_app(folder: Path) -> Flask:
    """Return an application on an empty, migrated database."""
    app = create_app(Settings("demo", folder, sqlite_url(folder), "for tests only, never elsewhere", "http://x"))
    with app.app_context():
        flask_migrate.upgrade()
    return app


def how_many(session: Session, model: type[Base], *conditions: object) -> int:
    """Return how many rows of a kind there are."""
    statement = select(func.count()).select_from(model).where(*conditions)  # type: ignore[arg-type]
    return session.scalar(statement) or 0
