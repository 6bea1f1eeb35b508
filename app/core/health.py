"""Is the process alive, and can it work? For whoever watches the machine."""

from flask import Blueprint, current_app
from sqlalchemy import text

from app.core.access import public
from app.core.db import db

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@public
def alive() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@bp.get("/readyz")
@public
def ready() -> tuple[dict[str, str], int]:
    """The database answers and has been migrated."""
    try:
        db.session.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    except Exception:  # whatever it is, it is not ready, and the log says why
        current_app.logger.exception("not ready")
        return {"status": "database"}, 503
    return {"status": "ok"}, 200
