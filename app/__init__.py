"""同行青年 Tongxing: youth exchange and volunteering, from the notice board to the certificate."""

from flask import Flask
from flask_migrate import Migrate

from app import cli
from app.accounts import sessions
from app.checkin import api
from app.checkin.tokens import principal_of_device
from app.contents import ROUTES
from app.core import (
    access,
    assets,
    compression,
    csrf,
    db,
    errors,
    filters,
    finding,
    headers,
    languages,
    logs,
    staying,
    uploads,
    viewing,
)
from app.core.program import Program
from app.organisations.principals import principal_of_session
from config import ROOT, Settings


def create_app(settings: Settings) -> Flask:
    """Return the application: a table of contents."""
    app = Program(__name__, template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static"))
    app.config.from_mapping(settings.as_flask_config())
    logs.init_logs(app)
    compression.init_compression(app)
    finding.init_finding(app)
    db.init_db(app)
    Migrate(app, db.db, directory=str(ROOT / "migrations"))
    languages.init_languages(app)
    sessions.init_sessions(app)
    uploads.init_uploads(app)
    csrf.csrf.init_app(app)
    access.init_access(app, session_loader=principal_of_session, token_loader=principal_of_device)
    headers.init_headers(app)
    staying.init_staying(app)
    errors.init_errors(app)
    assets.init_assets(app)
    filters.init_filters(app)
    viewing.init_viewing(app)
    for part in ROUTES:
        app.register_blueprint(part.bp)
    api.init_api(app)
    cli.init_cli(app)
    return app
