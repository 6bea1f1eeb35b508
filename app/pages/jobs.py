"""What somebody asked the system to do: how far it is, and what came of it."""

from flask import (
    Blueprint,
    Response,
    flash,
    get_template_attribute,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.devices import device_of
from app.core.access import Role, allow, principal
from app.core.audit import note_access
from app.core.clock import now
from app.core.db import transact
from app.core.finding import get_or_404, read_id
from app.core.job_queries import jobs_of, nobody_works, page_of_own
from app.core.job_words import telling_of
from app.core.jobs import Job, JobState
from app.core.results import result_path
from app.core.stopping import cancel_job, retry_job
from app.pages.job_cards import ResultGone, card_of, check_result

bp = Blueprint("jobs", __name__, url_prefix="/jobs")


@bp.get("")
@allow(Role.SIGNED_IN)
def index() -> ResponseReturnValue:
    """One's own jobs of the last thirty days."""
    at = now()
    found, following = page_of_own(principal(), request.args.get("before", type=read_id))
    page = {
        "cards": [card_of(row, at) for row in found],
        "following": url_for(".index", before=following) if following else None,
        "previous": url_for(".index") if "before" in request.args else None,
    }
    return render_template("pages/jobs.html", **page)


@bp.get("/<int:job_id>")
@allow(Role.SIGNED_IN)
def show(job_id: int) -> ResponseReturnValue:
    """One of them; with ``?part=card`` only the component, for a page that keeps itself up to date."""
    row, at = get_or_404(jobs_of(principal()), job_id), now()
    page = {
        "card": card_of(row, at),
        "is_stuck": row.state is JobState.WAITING and nobody_works(at),
        "is_in_wechat": device_of(request.user_agent.string).endswith("wechat"),
    }
    if request.args.get("part") == "card":
        return str(get_template_attribute("components/job.html", "job")(**page))
    return render_template("pages/job.html", **page)


@bp.post("/<int:job_id>/cancellation")
@allow(Role.SIGNED_IN)
def cancel(job_id: int) -> ResponseReturnValue:
    """Stop it."""
    get_or_404(jobs_of(principal()), job_id)
    if not transact(cancel_job, job_id, at=now()):
        flash(_("It was over already."), "plain")
    return redirect(url_for(".show", job_id=job_id), 303)


@bp.post("/<int:job_id>/repetition")
@allow(Role.SIGNED_IN)
def repeat(job_id: int) -> ResponseReturnValue:
    """Do it again; what nobody knows to be undone is for the administration to repeat."""
    row = get_or_404(jobs_of(principal()), job_id)
    if row.state is JobState.PARKED or not transact(retry_job, job_id, at=now()):
        flash(_("There is nothing to do again."), "plain")
    return redirect(url_for(".show", job_id=job_id), 303)


@bp.get("/<int:job_id>/result")
@allow(Role.SIGNED_IN)
def result(job_id: int) -> ResponseReturnValue:
    """What it made, for whoever asked, on the device they asked with; who took it is written down."""
    row, at = get_or_404(jobs_of(principal()), job_id), now()
    check_result(row, at)
    _note_taken(row)
    return _file(row)


def _note_taken(row: Job) -> None:
    taken = telling_of(row.kind).taken
    if taken is None:
        return
    facts = taken(row)
    transact(
        note_access,
        "download",
        facts.record,
        facts.record_id,
        people=facts.people,
        purpose=facts.purpose,
        by=principal().actor,
        at=now(),
    )


def _file(row: Job) -> Response:
    made, path = row.result, result_path(row.result)
    if made is None or path is None:
        raise ResultGone  # tidied away since it was looked for
    answer = send_file(
        path,
        mimetype=made["content_type"],
        as_attachment=True,
        download_name=made["name"],
        conditional=False,  # the address is for one whole download, and each is written down
        etag=False,
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer
