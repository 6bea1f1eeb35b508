"""The summary of a year, made in the background: a year has some hundred thousand entries."""

from datetime import datetime
from enum import StrEnum

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from app.care.auditing.summaries import lines_of
from app.care.auditing.summary_paper import paper_of, table_of
from app.core import sheets
from app.core.access import Role
from app.core.audit import AccessEntry
from app.core.clock import local_day, now
from app.core.db import db
from app.core.docx import DOCX
from app.core.job_words import Telling, tell
from app.core.jobs import Asker, Urgency, enqueue, job
from app.core.working import Work
from app.site.operator import current_operator

SUMMARY = "audit.summary"


class PaperFormat(StrEnum):
    """What offices want: something to sign, or something to calculate with."""

    DOCX = "docx"
    XLSX = "xlsx"


def ask_for_summary(year: int, paper: PaperFormat, *, asker: Asker, at: datetime) -> int:
    """Have the summary of a year made; returns the job."""
    return enqueue(SUMMARY, {"year": year, "paper": paper.value}, at=at, urgency=Urgency.NOW, asker=asker)


def years_with_entries(at: datetime) -> list[int]:
    """Return the years that there is something to say of, the one that is over before this one."""
    first, this_year = db.session.scalar(select(func.min(AccessEntry.at))), local_day(at).year
    since = local_day(first).year if first else this_year
    over = list(range(this_year - 1, since - 1, -1))
    return [*over, this_year]


@job(SUMMARY)
def make_summary(work: Work) -> None:
    """Count the year and write the file."""
    year, paper = int(work.payload["year"]), PaperFormat(work.payload["paper"])
    path = work.new_file(
        f"{year}年度未成年人个人信息访问情况.{paper}", DOCX if paper is PaperFormat.DOCX else sheets.XLSX
    )
    with force_locale("zh_Hans_CN"):
        lines = lines_of(year)
        if paper is PaperFormat.DOCX:
            path.write_bytes(paper_of(year, lines, current_operator().name, local_day(now())))
        else:
            path.write_bytes(table_of(year, lines))


tell(
    SUMMARY,
    Telling(
        _l("Summary of the access log"),
        about=lambda payload: f"{payload['year']} · {payload['paper']}",
        page=("auditing.summary", ()),
        may_take=lambda principal, _payload: principal.has(Role.AUDITOR),
    ),
)
