"""The administrator's pages of what the operator says publicly."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.queries import names_of
from app.core.access import Role, allow, principal
from app.core.changes import Vocabulary, changes_of, told
from app.core.clock import now
from app.core.db import db, transact
from app.core.languages import LANGUAGES
from app.core.problems import Problem
from app.site import operations, queries
from app.site.forms import FileForm, OperatorForm, TextForm
from app.site.models import TextKey
from app.site.operator import forget_operator, read_operator
from app.site.routes import names
from app.site.texts import blocks, filled
from app.site.words import SITE_VOCABULARY, TEXT_VOCABULARY, TITLES

bp = Blueprint("site_desk", __name__, url_prefix="/admin/site")
TEXT = "/texts/<any(privacy, terms, notice, about):key>/<any(zh_Hans_CN, en):language>"


@bp.get("")
@allow(Role.ADMINISTRATOR)
def index() -> ResponseReturnValue:
    """Everything the operator says publicly, and what still waits for a review."""
    page = {"texts": queries.all_words(list(LANGUAGES)), "titles": TITLES, "languages": LANGUAGES}
    return render_template("site/index.html", operator=read_operator(), **page)


@bp.route("/operator", methods=["GET", "POST"])
@allow(Role.ADMINISTRATOR)
def operator() -> ResponseReturnValue:
    """Who runs this site."""
    form = OperatorForm(obj=read_operator())
    if form.validate_on_submit():
        transact(operations.name_operator, form.operator(), by=principal().actor, at=now())
        forget_operator()
        flash(_("Saved. It shows on all pages within half a minute."), "pine")
        return redirect(url_for(".index"), 303)
    history = _history(operations.SITE, 1, SITE_VOCABULARY)
    return render_template("site/operator.html", form=form, **history), form.status


@bp.route(TEXT, methods=["GET", "POST"])
@allow(Role.ADMINISTRATOR)
def edit(key: str, language: str) -> ResponseReturnValue:
    """A public text: its words, how they look, what happened to them."""
    words = queries.words_of(TextKey(key), language)
    form = TextForm(body=words.body)
    if form.validate_on_submit() and "preview" not in request.form:
        body = "\n".join(form.body.data.splitlines())
        transact(operations.write_text, words.key, language, body, by=principal().actor, at=now())
        flash(_("Saved."), "pine")
        return redirect(url_for(".edit", key=key, language=language), 303)
    page = {"words": words, "titles": TITLES, "languages": LANGUAGES}
    preview = blocks(filled(form.body.data or "", names()))
    history = _history(operations.TEXT, words.row.id if words.row else 0, TEXT_VOCABULARY)
    return render_template("site/edit.html", form=form, blocks=preview, **page, **history), form.status


@bp.post(f"{TEXT}/review")
@allow(Role.ADMINISTRATOR)
def review(key: str, language: str) -> ResponseReturnValue:
    """These words hold."""
    digest = request.form.get("digest", "")
    try:
        transact(operations.review_text, TextKey(key), language, digest, by=principal().actor, at=now())
    except Problem as problem:
        flash(problem.message, "bad")
    else:
        flash(_("Confirmed. The line about the review is gone from the public page."), "pine")
    return redirect(url_for(".edit", key=key, language=language), 303)


@bp.post(f"{TEXT}/restoration")
@allow(Role.ADMINISTRATOR)
def restore(key: str, language: str) -> ResponseReturnValue:
    """Back to the words that come with the program."""
    transact(operations.restore_text, TextKey(key), language, by=principal().actor, at=now())
    flash(_("The text that comes with the program is shown again."), "gold")
    return redirect(url_for(".edit", key=key, language=language), 303)


@bp.route("/files", methods=["GET", "POST"])
@allow(Role.ADMINISTRATOR)
def files() -> ResponseReturnValue:
    """The files at the root; the form below adds one."""
    form = FileForm()
    if form.validate_on_submit():
        try:
            transact(operations.add_file, form.name.data, form.content.data, by=principal().actor, at=now())
        except Problem as problem:
            form.refuse(problem)
        else:
            flash(_("Saved."), "pine")
            return redirect(url_for(".files"), 303)
    there = db.session.scalars(queries.verification_files()).all()
    return render_template("site/files.html", form=form, files=there), form.status


@bp.post("/files/<int:file_id>/deletion")
@allow(Role.ADMINISTRATOR)
def delete_file(file_id: int) -> ResponseReturnValue:
    """Serve a file no longer."""
    transact(operations.delete_file, file_id, by=principal().actor, at=now())
    flash(_("The file is gone."), "gold")
    return redirect(url_for(".files"), 303)


def _history(record: str, record_id: int, vocabulary: Vocabulary) -> dict[str, Any]:
    changes = changes_of(record, [record_id])
    return {
        "changes": [(change, told(change, vocabulary)) for change in changes],
        "names": names_of(change.by_id for change in changes),
    }
