"""同行青年 Tongxing: youth exchange and volunteering, from the notice board to the certificate."""

from flask import Flask
from flask_migrate import Migrate

from app import cli
from app.accounts import routes as accounts_routes
from app.accounts import sessions
from app.certificates import routes as certificates
from app.checkin import api
from app.checkin import routes as checkin
from app.checkin.tokens import principal_of_device
from app.core import access, assets, csrf, db, errors, filters, finding, headers, health, languages, logs, viewing
from app.events import desk as event_desk
from app.events import routes as events
from app.organisations import routes as organisations
from app.organisations.principals import principal_of_session
from app.pages import desk as event_pages
from app.pages import persons
from app.pages import routes as pages
from app.schooldesk import routes as schooldesk
from config import ROOT, Settings

ROUTES = (
    health,
    accounts_routes,
    organisations,
    events,
    event_desk,
    checkin,
    certificates,
    schooldesk,
    pages,
    persons,
    event_pages,
)


def create_app(settings: Settings) -> Flask:
    """Return the application: a table of contents."""
    app = Flask(__name__, template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static"))
    app.config.from_mapping(settings.as_flask_config())
    logs.init_logs(app)
    finding.init_finding(app)
    db.init_db(app)
    Migrate(app, db.db, directory=str(ROOT / "migrations"))
    languages.init_languages(app)
    sessions.init_sessions(app)
    csrf.csrf.init_app(app)
    access.init_access(app, session_loader=principal_of_session, token_loader=principal_of_device)
    headers.init_headers(app)
    errors.init_errors(app)
    assets.init_assets(app)
    filters.init_filters(app)
    viewing.init_viewing(app)
    for part in ROUTES:
        app.register_blueprint(part.bp)
    api.init_api(app)
    cli.init_cli(app)
    return app
