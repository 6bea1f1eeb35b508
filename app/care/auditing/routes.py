"""The auditor's pages: who read or took whose data, and the summary of a year."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField

from app.accounts.queries import names_of
from app.accounts.sessions import asker
from app.care.auditing import queries, words
from app.care.auditing.summary_jobs import PaperFormat, ask_for_summary, years_with_entries
from app.core.access import Role, allow
from app.core.audit import note_search
from app.core.clock import local_day, now
from app.core.db import transact
from app.core.fields import choice
from app.core.forms import Form
from app.core.searching import typed_word
from app.people.whose import whose_of

bp = Blueprint("auditing", __name__, url_prefix="/audit")
_MONTHS = 13  # offered in the list: a year and the month that began


class SummaryForm(Form):
    """Of which year, and as what."""

    year = SelectField(_l("Year"))
    file_format = RadioField(
        _l("File"),
        choices=[
            choice(PaperFormat.DOCX.value, _l("Paper to sign (docx)")),
            choice(PaperFormat.XLSX.value, _l("Table (xlsx)")),
        ],
        default=PaperFormat.DOCX.value,
    )


@bp.get("")
@allow(Role.AUDITOR)
def index() -> ResponseReturnValue:
    """The log, the latest first: everybody's, or of one person, one member of staff, one month."""
    wanted, after = queries.read_entries_wanted(request.args), request.args.get("after")
    entries, following = queries.page_of_entries(wanted, after)
    asked: dict[str, Any] = {**wanted.in_address}
    page = {
        "wanted": wanted,
        "entries": entries,
        "people": queries.people_in(entries, wanted.person_id),
        "names": names_of([wanted.user_id, *(one.user_id for one in entries)]),
        "words": words,
        "months": _months(),
        "following": url_for(".index", **asked, after=following) if following else None,
        "previous": url_for(".index", **asked) if after else None,
    }
    return render_template("care/audit.html", **page), {"Cache-Control": "no-store"}


@bp.get("/search")
@allow(Role.AUDITOR)
def search() -> ResponseReturnValue:
    """Whom the log is to be read of: people by name, pinyin or phone, masked; staff by name. It is logged too."""
    typed = typed_word(request.args.get("q"))[:60]
    people = queries.people_called(typed) if typed else []
    if typed:
        note_search("access_log", None, whose_of(people, "name"))
    staff = queries.staff_called(typed) if typed else []
    return render_template("care/audit_search.html", typed=typed, people=people, staff=staff)


@bp.route("/summary", methods=["GET", "POST"])
@allow(Role.AUDITOR)
def summary() -> ResponseReturnValue:
    """The summary of a year that is owed each January, as a paper or a table, made in the background."""
    form = SummaryForm()
    form.year.choices = [choice(str(year), str(year)) for year in years_with_entries(now())]
    if form.validate_on_submit():
        wanted = int(form.year.data), PaperFormat(form.file_format.data)
        job_id = transact(ask_for_summary, *wanted, asker=asker(), at=now())
        return redirect(url_for("jobs.show", job_id=job_id), 303)
    return render_template("care/audit_summary.html", form=form), form.status


def _months() -> list[tuple[str, str]]:
    """Return the last months as an address says them, and as people do."""
    found, first = [], local_day(now()).replace(day=1)
    for _month in range(_MONTHS):
        found.append((f"{first:%Y-%m}", str(_("%(year)d-%(month)02d", year=first.year, month=first.month))))
        first = (first - timedelta(days=1)).replace(day=1)
    return found
