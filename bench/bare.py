"""The ceiling: the same server, pool and engine settings, and nothing but one SELECT, one UPDATE and one COMMIT."""

from flask import Flask
from sqlalchemy import Column, Integer, MetaData, Table, select, update

from app.core.db import db, init_db, transact
from app.serving import serve
from config import from_environment

ROWS = 1000
TABLE = Table("bare", MetaData(), Column("id", Integer, primary_key=True), Column("times", Integer, nullable=False))


def create_app() -> Flask:
    """Return the bare application."""
    app = Flask(__name__)
    app.config.from_mapping(from_environment().as_flask_config())
    init_db(app)
    app.add_url_rule("/healthz", "healthz", lambda: "ok")
    app.add_url_rule("/bare/<int:row>", "bare", lambda row: {"times": transact(_once_more, row)}, methods=["POST"])
    app.cli.add_command(serve)
    return app


def _once_more(row: int) -> int:
    times = db.session.execute(select(TABLE.c.times).where(TABLE.c.id == row)).scalar_one()
    db.session.execute(update(TABLE).where(TABLE.c.id == row).values(times=times + 1))
    return int(times) + 1
