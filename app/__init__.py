"""同行青年 Tongxing: youth exchange and volunteering, from the notice board to the certificate."""

from flask import Flask
from flask_migrate import Migrate

from app import cli
from app.accounts import account, resets, second_factor, sessions
from app.accounts import routes as accounts_routes
from app.announcements import jobs as announcement_jobs
from app.announcements import routes as announcements
from app.announcements import unseen_desk
from app.backups import jobs as backup_jobs
from app.care import unmasking
from app.care.auditing import routes as auditing
from app.care.consents import jobs as guardian_jobs
from app.care.consents.contents import CONSENT_ROUTES
from app.care.correcting import desk as correction_desk
from app.care.correcting import pages as corrections
from app.care.erasing import desk as erasure_desk
from app.care.erasing import jobs as erasure_jobs
from app.care.merging import routes as merging
from app.care.retention import desk as retention_desk
from app.care.retention import jobs as retention_jobs
from app.care.rights import routes as rights
from app.certificates import jobs as certificate_jobs
from app.certificates import routes as certificates
from app.checkin import api, collecting_desk
from app.checkin import jobs as checkin_jobs
from app.checkin import routes as checkin
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
from app.events import desk as event_desk
from app.events import jobs as event_jobs
from app.events import plan_changes, rules_desk
from app.events import routes as events
from app.events.dates import batch_desk
from app.events.leave import absence_desk, leave_pages
from app.events.questions import answer_desk, answering, question_desk
from app.events.registration import offering
from app.events.shifts import confirming, shift_pages, shifts_desk, skills_desk, swapping
from app.events.ways import allotment_desk, invitation_pages, lottery_pages
from app.messages import contact_desk, delivery_desk
from app.messages import desk as message_desk
from app.messages import jobs as message_jobs
from app.messages import routes as messages
from app.organisations import account_desk, joining, staff_desk
from app.organisations import desk as own_unit
from app.organisations import routes as organisations
from app.organisations.principals import principal_of_session
from app.pages import (
    acts,
    by_hand,
    event_answers,
    event_needs,
    job_desk,
    jobs,
    offline,
    persons,
    registration_desk,
    styleguide,
    training,
    undelivered,
)
from app.pages import desk as event_pages
from app.pages import programme_desk as programme_pages
from app.pages import programmes as programme_public
from app.pages import routes as pages
from app.pages import units as unit_pages
from app.pairing.contents import PAIRING_JOBS, PAIRING_ROUTES
from app.partners.contents import PARTNER_ROUTES
from app.programmes.contents import PROGRAMME_JOBS, PROGRAMME_ROUTES
from app.schooldesk import class_page, substitution
from app.schooldesk import classes as school_classes
from app.schooldesk import jobs as schooldesk_jobs
from app.schooldesk import resets as pupil_resets
from app.schooldesk import routes as schooldesk
from app.schooldesk import unseen as pupils_unseen
from app.schooldesk.claims import desk as claim_desk
from app.schooldesk.claims import pages as claims
from app.schooldesk.class_events import codes as class_codes
from app.schooldesk.class_events import pages as class_events
from app.schooldesk.class_events import reply_page as class_links
from app.schooldesk.rosters import pages as rosters
from app.schooldesk.transfers import pages as transfers
from app.schooldesk.years import pages as school_years
from app.site import desk as site_desk
from app.site import routes as site
from app.trips.contents import TRIP_JOBS, TRIP_ROUTES
from config import ROOT, Settings

ROUTES = (
    health,
    pictures,
    searching,
    accounts_routes,
    account,
    second_factor,
    resets,
    organisations,
    own_unit,
    site,
    site_desk,
    staff_desk,
    joining,
    account_desk,
    contact_desk,
    delivery_desk,
    messages,
    message_desk,
    events,
    offering,
    event_desk,
    lottery_pages,
    invitation_pages,
    allotment_desk,
    absence_desk,
    leave_pages,
    batch_desk,
    plan_changes,
    question_desk,
    answering,
    answer_desk,
    rules_desk,
    skills_desk,
    confirming,
    shifts_desk,
    shift_pages,
    swapping,
    checkin,
    collecting_desk,
    certificates,
    announcements,
    unseen_desk,
    *PROGRAMME_ROUTES,
    *PAIRING_ROUTES,
    *TRIP_ROUTES,
    *CONSENT_ROUTES,
    corrections,
    correction_desk,
    auditing,
    rights,
    unmasking,
    erasure_desk,
    retention_desk,
    schooldesk,
    school_classes,
    class_page,
    rosters,
    claim_desk,
    claims,
    class_events,
    class_codes,
    class_links,
    school_years,
    transfers,
    pupil_resets,
    pupils_unseen,
    substitution,
    *PARTNER_ROUTES,
    pages,
    persons,
    event_pages,
    programme_public,
    programme_pages,
    acts,
    by_hand,
    registration_desk,
    event_answers,
    event_needs,
    unit_pages,
    undelivered,
    training,
    jobs,
    job_desk,
    merging,
    offline,
    styleguide,
)

# to have been read is enough: they say by themselves what they do
JOBS = (
    tidying,
    guardian_jobs,
    backup_jobs,
    event_jobs,
    *PROGRAMME_JOBS,
    *PAIRING_JOBS,
    checkin_jobs,
    certificate_jobs,
    announcement_jobs,
    message_jobs,
    erasure_jobs,
    retention_jobs,
    schooldesk_jobs,
    *TRIP_JOBS,
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
