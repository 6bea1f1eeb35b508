"""同行青年 Tongxing: youth exchange and volunteering, from the notice board to the certificate."""

from flask import Flask
from flask_migrate import Migrate

from app import cli
from app.accounts import contents as accounts
from app.accounts import sessions
from app.announcements import contents as announcements
from app.backups import jobs as backup_jobs
from app.care import contents as care
from app.certificates import contents as certificates
from app.checkin import api
from app.checkin import contents as checkin
from app.checkin.tokens import principal_of_device
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
    health,
    languages,
    logs,
    pictures,
    searching,
    staying,
    tidying,
    uploads,
    viewing,
)
from app.core.program import Program
from app.events import contents as events
from app.messages import contents as messages
from app.organisations import contents as organisations
from app.organisations.principals import principal_of_session
from app.pages import contents as pages
from app.pairing import contents as pairing
from app.partners import contents as partners
from app.programmes import contents as programmes
from app.schooldesk import contents as schooldesk
from app.site import contents as site
from app.trips import contents as trips
from config import ROOT, Settings

ROUTES = (
    health,
    pictures,
    searching,
    *accounts.ROUTES,
    *organisations.ROUTES,
    *site.ROUTES,
    *messages.ROUTES,
    *events.ROUTES,
    *checkin.ROUTES,
    *certificates.ROUTES,
    *announcements.ROUTES,
    *programmes.ROUTES,
    *pairing.ROUTES,
    *trips.ROUTES,
    *care.ROUTES,
    *schooldesk.ROUTES,
    *partners.ROUTES,
    *pages.ROUTES,
)

# to have been read is enough: they say by themselves what they do
JOBS = (
    tidying,
    backup_jobs,
    *events.JOBS,
    *programmes.JOBS,
    *pairing.JOBS,
    *checkin.JOBS,
    *certificates.JOBS,
    *announcements.JOBS,
    *messages.JOBS,
    *care.JOBS,
    *schooldesk.JOBS,
    *trips.JOBS,
)


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
