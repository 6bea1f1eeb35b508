"""The administrator's page of work in the background: what waits, what failed, whether anybody does it."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from app.accounts.queries import names_of
from app.accounts.sessions import asker
from app.backups.jobs import BACKUP, ask_for_backup
from app.core import job_queries, job_words
from app.core.access import Role, allow
from app.core.clock import now
from app.core.db import transact
from app.core.finding import get_or_404, read_id
from app.core.jobs import KINDS, Job, JobState
from app.core.stopping import cancel_job, let_rest, retry_job
from app.messages.deliveries import tallies
from app.pages.alarms import Alarm, alarms

bp = Blueprint("job_desk", __name__, url_prefix="/admin/jobs")


@bp.app_context_processor
def tell_templates() -> dict[str, Callable[[], list[Alarm]]]:
    """Let every page of an administrator ask what is wrong."""
    return {"alarms": alarms}


@bp.get("")
@allow(Role.ADMINISTRATOR)
def index() -> ResponseReturnValue:
    """How many in which state, and a list of them, the latest first."""
    state = next((one for one in JobState if one == request.args.get("state")), None)
    kind = next((one for one in KINDS if one == request.args.get("kind")), None)
    found, following = job_queries.page_of_jobs(state, kind, request.args.get("before", type=read_id))
    chosen: dict[str, Any] = {"state": state, "kind": kind}
    page = {
        "jobs": found,
        "counts": job_queries.counted(),
        "most": job_queries.COUNTED,
        "chosen": chosen,
        "kinds": sorted(KINDS),
        "offers_backup": kind == BACKUP,
        "names": names_of(row.user_id for row in found),
        "letters": tallies(found),
        "nobody_works": job_queries.nobody_works(now()),
        "following": url_for(".index", **chosen, before=following) if following else None,
        "previous": url_for(".index", **chosen) if "before" in request.args else None,
    }
    return render_template("pages/job_desk.html", words=job_words, **page)


@bp.post("/backup")
@allow(Role.ADMINISTRATOR)
def back_up() -> ResponseReturnValue:
    """Have a backup written now."""
    job_id = transact(ask_for_backup, asker=asker(), at=now())
    return redirect(url_for(".show", job_id=job_id), 303)


@bp.get("/<int:job_id>")
@allow(Role.ADMINISTRATOR)
def show(job_id: int) -> ResponseReturnValue:
    """One of them with its parts; never what it is about."""
    row = get_or_404(select(Job), job_id)
    parts, following = job_queries.parts_of(job_id, request.args.get("after", type=read_id))
    page = {
        "job": row,
        "at": now(),
        "parts": parts,
        "letters": tallies([row]).get(job_id),
        "asked_by": names_of([row.user_id]).get(row.user_id),
        "following": url_for(".show", job_id=job_id, after=following) if following else None,
        "previous": url_for(".show", job_id=job_id) if "after" in request.args else None,
        "nobody_works": job_queries.nobody_works(now()),
    }
    return render_template("pages/job_desk_one.html", words=job_words, **page)


@bp.post("/<int:job_id>/cancellation")
@allow(Role.ADMINISTRATOR)
def cancel(job_id: int) -> ResponseReturnValue:
    """Stop one, with all its parts."""
    row = get_or_404(select(Job), job_id)
    _answer(row.parent_id is None and transact(cancel_job, job_id, at=now()), _("It stops at its next step."))
    return redirect(url_for(".show", job_id=job_id), 303)


@bp.post("/<int:job_id>/repetition")
@allow(Role.ADMINISTRATOR)
def repeat(job_id: int) -> ResponseReturnValue:
    """Do one again that failed, was stopped, or that somebody has looked at."""
    get_or_404(select(Job), job_id)
    _answer(transact(retry_job, job_id, at=now()), _("It is in the queue again."))
    return redirect(url_for(".show", job_id=job_id), 303)


@bp.post("/<int:job_id>/rest")
@allow(Role.ADMINISTRATOR)
def leave(job_id: int) -> ResponseReturnValue:
    """Leave one as it is that is a matter for people: somebody has looked at it."""
    get_or_404(select(Job), job_id)
    _answer(transact(let_rest, job_id, at=now()), _("It stays as it is."))
    return redirect(url_for(".show", job_id=job_id), 303)


def _answer(is_done: bool, words: str) -> None:
    flash(*((words, "pine") if is_done else (_("Nothing was to be done: it stands differently by now."), "plain")))
