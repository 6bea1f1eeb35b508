"""Certificates: issue, fetch, verify."""

from collections.abc import Callable
from urllib.parse import quote

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.accounts.sessions import asker
from app.certificates import faces, jobs, operations, queries, rendering
from app.certificates.bundles import Bundle
from app.certificates.facts import facts_of
from app.certificates.forms import CollectForm, RevokeForm, VerifyForm
from app.certificates.models import Certificate
from app.certificates.problems import CannotDraw, CertificateVoid, NoCode
from app.core.access import Role, allow, principal, public
from app.core.audit import note_look
from app.core.clock import now
from app.core.codes import read_code
from app.core.db import db, transact
from app.core.finding import get_or_404
from app.core.typed import squeezed
from app.events.models import Registration
from app.events.queries import events_run_by
from app.people.queries import acts_for
from app.people.whose import whose

bp = Blueprint("certificates", __name__)


@bp.get("/desk/events/<int:event_id>/certificates")
@allow(Role.STAFF)
def desk(event_id: int) -> ResponseReturnValue:
    """Who gets one, who has one."""
    event = get_or_404(events_run_by(principal()), event_id)
    waiting = list(db.session.scalars(queries.still_without(event_id)))
    issued = queries.issued_for(event_id, squeezed(request.args.get("after")))
    has_more = len(issued) > queries.PAGE
    page = {
        "event": event,
        "at": now(),
        "waiting": waiting,
        "issued": issued[: queries.PAGE],
        "following": issued[queries.PAGE - 1].number if has_more else None,
        "unprintable": _unprintable(waiting),
        "doubtful": queries.no_longer_there(event_id),
        "missing_packages": faces.missing_packages(),
        "form": CollectForm(),
    }
    return render_template("certificates/desk.html", **page)


@bp.post("/desk/events/<int:event_id>/certificates")
@allow(Role.STAFF)
def issue(event_id: int) -> ResponseReturnValue:
    """Issue them to everyone who was there."""
    get_or_404(events_run_by(principal()), event_id)
    unprintable = _unprintable(list(db.session.scalars(queries.still_without(event_id))))
    issued = transact(operations.issue, event_id, list(unprintable), by=principal().actor, at=now())
    count = len(issued)
    flash(ngettext("%(num)d certificate issued.", "%(num)d certificates issued.", count), "pine")
    return redirect(url_for(".desk", event_id=event_id), 303)


@bp.post("/desk/events/<int:event_id>/certificates/collection")
@allow(Role.STAFF)
def collect(event_id: int) -> ResponseReturnValue:
    """All of them as one file, made in the background."""
    get_or_404(events_run_by(principal()), event_id)
    form = CollectForm()
    if not form.validate_on_submit():
        abort(422)
    bundle, purpose = Bundle(form.bundle.data), str(form.purpose.data)
    job_id = transact(jobs.collect, event_id, bundle, purpose, asker=asker(), at=now())
    return redirect(url_for("jobs.show", job_id=job_id), 303)


@bp.route("/desk/certificates/<int:certificate_id>/revocation", methods=["GET", "POST"])
@allow(Role.STAFF)
def revoke(certificate_id: int) -> ResponseReturnValue:
    """Declare one void, with the reason."""
    certificate = get_or_404(queries.certificates_issued_by(principal()), certificate_id)
    form = RevokeForm()
    if form.validate_on_submit():
        transact(operations.revoke, certificate_id, form.reason.data, by=principal().actor, at=now())
        flash(_("The certificate is void. Whoever verifies it reads why."), "pine")
        return redirect(url_for(".desk", event_id=certificate.event_id), 303)
    return render_template("certificates/revoke.html", certificate=certificate, form=form), form.status


@bp.get("/mine/certificates")
@allow(Role.SIGNED_IN)
def mine() -> ResponseReturnValue:
    """One's own certificates and those of one's children."""
    found = list(db.session.scalars(queries.certificates_of(principal().actor)))
    return render_template("certificates/mine.html", certificates=found)


@bp.get("/certificates/<int:certificate_id>")
@allow(Role.SIGNED_IN)
def show(certificate_id: int) -> ResponseReturnValue:
    """One certificate: the picture to keep, the PDF to print."""
    return render_template("certificates/show.html", certificate=_readable(certificate_id))


@bp.get("/certificates/<int:certificate_id>.pdf")
@allow(Role.SIGNED_IN)
def pdf(certificate_id: int) -> ResponseReturnValue:
    """The paper."""
    return _drawn(certificate_id, rendering.draw_pdf, "application/pdf", "pdf")


@bp.get("/certificates/<int:certificate_id>.png")
@allow(Role.SIGNED_IN)
def png(certificate_id: int) -> ResponseReturnValue:
    """The picture."""
    return _drawn(certificate_id, rendering.draw_png, "image/png", "png")


@bp.route("/verify", methods=["GET", "POST"])
@public
def ask() -> ResponseReturnValue:
    """Type a code in, when there is no camera."""
    form = VerifyForm()
    if form.validate_on_submit():
        code = read_code(form.code.data)
        if code:
            return redirect(url_for(".verify", code=code), 303)
        form.refuse(NoCode())
    return render_template("certificates/ask.html", form=form), form.status


@bp.get("/V/<code>")
@public
def verify(code: str) -> ResponseReturnValue:
    """Is this one genuine? Says so to anyone, with a masked name."""
    certificate = queries.genuine(code)
    status = 200 if certificate else 404
    return render_template("certificates/verify.html", certificate=certificate), status


def _readable(certificate_id: int) -> Certificate:
    """Return a certificate; that staff read it, and not the family, is written down."""
    certificate = get_or_404(queries.certificates_readable_by(principal()), certificate_id)
    if not acts_for(principal().actor, certificate.registration.person_id):
        note_look("certificate", certificate_id, whose(certificate.registration.person))
    return certificate


def _unprintable(waiting: list[Registration]) -> dict[int, str]:
    names = {one.person_id: one.person.name for one in waiting}
    missing = rendering.missing_glyphs(names.values())
    return {person_id: name for person_id, name in names.items() if name in missing}


def _drawn(
    certificate_id: int, draw: Callable[[rendering.CertificateFacts], bytes], content_type: str, ending: str
) -> ResponseReturnValue:
    certificate = _readable(certificate_id)
    if not certificate.is_valid:
        raise CertificateVoid(reason=certificate.revoke_reason)
    try:
        drawn = draw(facts_of(certificate))
    except rendering.RenderingUnavailable as missing:
        raise CannotDraw(missing=" ".join(missing.packages)) from missing
    name = quote(f"{certificate.event_title}-{certificate.person_name}.{ending}")
    return drawn, {
        "Content-Type": content_type,
        "Content-Disposition": f"inline; filename=\"{certificate.number}.{ending}\"; filename*=UTF-8''{name}",
        "Cache-Control": "private, no-cache",  # a shared computer shows it to nobody after the sign-out
    }
