"""班级一张表: one class on one page, for whoever leads it."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.core.access import Role, allow
from app.core.audit import note_look
from app.core.clock import local_day, now
from app.core.db import db
from app.people.ages import age_on
from app.people.whose import whose_of
from app.schooldesk import class_queries
from app.schooldesk.classes import own_class
from app.schooldesk.rosters.undoing import can_be_taken_back

bp = Blueprint("class_pages", __name__, url_prefix="/school/classes/<int:class_id>")


@bp.get("/pupils")
@allow(Role.SCHOOL)
def show(class_id: int) -> ResponseReturnValue:
    """The pupils of a class, and what can be done for them."""
    one, at = own_class(class_id), now()
    pupils = db.session.scalars(class_queries.pupils_of(one)).all()
    note_look("class", class_id, whose_of(pupil.person for pupil in pupils))
    imports = class_queries.latest_imports(class_id)
    page = {
        "one": one,
        "pupils": pupils,
        "ages": {pupil.person_id: age_on(pupil.person.born_on, local_day(at)) for pupil in pupils},
        "taken_over": class_queries.taken_over(pupil.person_id for pupil in pupils),
        "asking": class_queries.count_asking(one),
        "imports": [(taken, can_be_taken_back(taken, at)) for taken in imports],
    }
    return render_template("schooldesk/class_page.html", **page)
