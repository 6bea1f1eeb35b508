"""Runs the migrations on whichever engine the application uses."""

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from app.core.db import Base, db


def _migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        **current_app.extensions["migrate"].configure_args,
    )
    with context.begin_transaction():
        context.run_migrations()


def run() -> None:
    """Migrate; on SQLite with foreign keys off, for a batch alteration would delete every cascading child row."""
    with db.engine.connect() as connection:
        if connection.dialect.name != "sqlite":
            _migrate(connection)
            connection.commit()
            return
        raw = connection.connection.dbapi_connection
        if raw is None:
            raise RuntimeError("no connection to the database")
        raw.execute("PRAGMA foreign_keys=OFF")
        try:
            _migrate(connection)
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if broken:
                raise RuntimeError(f"a migration broke references: {broken[:5]}")
            connection.commit()
        finally:
            connection.rollback()
            raw.execute("PRAGMA foreign_keys=ON")


run()
