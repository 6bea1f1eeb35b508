"""A host's desk: what its messages say, and when they go out by themselves. Staff reads, managers write."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.queries import names_of
from app.core.access import Role, allow, principal
from app.core.changes import changes_of, told
from app.core.clock import now
from app.core.db import transact
from app.core.finding import read_id
from app.core.languages import CHINESE, ENGLISH, LANGUAGES, current_language
from app.core.links import public_url
from app.messages import plans, templates
from app.messages.examples import example_facts
from app.messages.forms import PlanForm, WordsForm
from app.messages.models import MessageKind
from app.messages.placeholders import of_kind
from app.messages.wording import Words, built_in, said
from app.messages.words import EDITABLE, GROUPS, KIND_WORDS, VOCABULARY
from app.organisations.models import Organisation
from app.organisations.queries import units

bp = Blueprint("message_desk", __name__, url_prefix="/desk/messages")
WORDS = "/words/<kind>"


@bp.get("")
@allow(Role.STAFF)
def index() -> ResponseReturnValue:
    """All kinds of messages with what they say now, when they go out, and what was changed."""
    unit = _unit(Role.STAFF)
    own = templates.current_templates(unit.id)
    changes = changes_of(plans.RECORD, [unit.id])
    page = {
        "unit": unit,
        "groups": GROUPS,
        "kinds": KIND_WORDS,
        "own": own,
        "says": {kind: templates.words_now(own.get(kind), kind, current_language()) for kind in EDITABLE},
        "plan": plans.plan_of(unit.id),
        "changes": [(change, told(change, VOCABULARY)) for change in changes],
        "names": names_of(change.by_id for change in changes),
        "may_write": _may_write(unit),
    }
    return render_template("messages/kinds.html", **page)


@bp.get(WORDS)
@allow(Role.STAFF)
def words(kind: str) -> ResponseReturnValue:
    """The words of one kind, and how they read."""
    unit, of = _unit(Role.STAFF), _kind(kind)
    return _words_page(unit, of, WordsForm(of, data=_typed_before(unit, of)))


@bp.post(WORDS)
@allow(Role.MANAGER)
def write(kind: str) -> ResponseReturnValue:
    """Let them say something else, or look at it first."""
    unit, of = _unit(Role.MANAGER), _kind(kind)
    form = WordsForm(of)
    if form.validate_on_submit() and "preview" not in request.form:
        transact(templates.write_words, unit.id, of, form.chinese, form.english, by=principal().actor, at=now())
        flash(_("Saved. Messages that are sent from now on say this."), "pine")
        return redirect(url_for(".words", kind=kind, unit=unit.id), 303)
    return _words_page(unit, of, form)


@bp.post(f"{WORDS}/restoration")
@allow(Role.MANAGER)
def restore(kind: str) -> ResponseReturnValue:
    """Back to the words that come with the program."""
    unit, of = _unit(Role.MANAGER), _kind(kind)
    transact(templates.restore_words, unit.id, of, by=principal().actor, at=now())
    flash(_("The words that come with the program hold again."), "pine")
    return redirect(url_for(".words", kind=kind, unit=unit.id), 303)


@bp.get("/plan")
@allow(Role.STAFF)
def plan() -> ResponseReturnValue:
    """When messages go out by themselves."""
    unit = _unit(Role.STAFF)
    form = PlanForm(obj=plans.plan_of(unit.id))
    return render_template("messages/plan.html", form=form, unit=unit, may_write=_may_write(unit))


@bp.post("/plan")
@allow(Role.MANAGER)
def change_plan() -> ResponseReturnValue:
    """Let them go out at other times."""
    unit = _unit(Role.MANAGER)
    form = PlanForm()
    if form.validate_on_submit():
        transact(plans.change_plan, unit.id, form.plan(), by=principal().actor, at=now())
        flash(_("Saved."), "pine")
        return redirect(url_for(".index", unit=unit.id), 303)
    return render_template("messages/plan.html", form=form, unit=unit, may_write=True), form.status


def _words_page(unit: Organisation, kind: MessageKind, form: WordsForm) -> ResponseReturnValue:
    page: dict[str, Any] = {
        "unit": unit,
        "kind": kind,
        "kinds": KIND_WORDS,
        "is_looked_at": "preview" in request.form and not form.errors,
        "is_own": templates.current_template(unit.id, kind) is not None,
        "chinese_names": [(f"{{{one.chinese}}}", one.label) for one in of_kind(kind)],
        "english_names": [(f"{{{one.name}}}", one.label) for one in of_kind(kind)],
        "previews": [(name, _lang(language), _preview(form, unit, language)) for language, name in LANGUAGES.items()],
        "may_write": _may_write(unit),
    }
    return render_template("messages/words.html", form=form, **page), form.status


def _preview(form: WordsForm, unit: Organisation, language: str) -> Words:
    """Return how the words in the form read for somebody; what English leaves out is that of the program."""
    typed, known = form.english if language == ENGLISH else form.chinese, built_in(form.kind, language)
    pattern = Words(typed.subject or known.subject, typed.body or known.body) if language == ENGLISH else typed
    facts = example_facts(form.kind, unit.name, public_url("pages.mine"), language, now())
    return said(pattern, facts, language)


def _typed_before(unit: Organisation, kind: MessageKind) -> dict[str, str]:
    own = templates.current_template(unit.id, kind)
    chinese, english = (templates.words_now(own, kind, language) for language in (CHINESE, ENGLISH))
    names = ("subject_zh", "body_zh", "subject_en", "body_en")
    return dict(zip(names, (*chinese, *english), strict=True))


def _kind(kind: str) -> MessageKind:
    return MessageKind(kind) if kind in EDITABLE else abort(404)


def _unit(role: Role) -> Organisation:
    """Return the host one works for, or manages; whoever has several says which by ``unit``, or has chosen its desk."""
    own = principal().units(Role.STAFF) & principal().units(role)
    asked, in_view = request.values.get("unit", type=read_id), principal().units_in_view(Role.STAFF)
    return min(units(own), key=lambda unit: (unit.id != asked, unit.id not in in_view), default=None) or abort(404)


def _may_write(unit: Organisation) -> bool:
    return unit.id in principal().units(Role.MANAGER)


def _lang(language: str) -> str:
    return "en" if language == ENGLISH else "zh-CN"
