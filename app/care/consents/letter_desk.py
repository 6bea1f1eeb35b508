"""A host's own 《致家长的一封信》: managers write it, staff reads it; each version stays as it was agreed to."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.accounts.queries import names_of
from app.core.access import Role, allow, principal
from app.core.clock import now
from app.core.db import transact
from app.core.fields import TextField
from app.core.forms import Form, at_most, required
from app.events.rules_desk import own_host
from app.organisations.models import Organisation
from app.people.consents import notices

bp = Blueprint("letter_desk", __name__, url_prefix="/desk/letter")
_LONGEST = 6000  # characters: two sheets of paper

# 儿童个人信息网络保护规定 10
MUST_SAY = (
    _l("what is kept, what for, how and from where"),
    _l("where it lies, for how long, and what happens then"),
    _l("how it is protected"),
    _l("what happens if one does not agree"),
    _l("where to complain or report"),
    _l("how to correct and to delete it"),
)


class LetterForm(Form):
    """The letter in both languages."""

    text_zh = TextField(_l("The letter in Chinese"), [required(), at_most(_LONGEST)], rows=18)
    text_en = TextField(_l("The letter in English"), [required(), at_most(_LONGEST)], rows=18)

    def texts(self) -> tuple[str, str]:
        """Return what was typed, its lines ended as ours are."""
        return "\n".join(self.text_zh.data.splitlines()), "\n".join(self.text_en.data.splitlines())


@bp.get("")
@allow(Role.STAFF)
def show() -> ResponseReturnValue:
    """What parents read now, since when, and what they read before."""
    host = own_host()
    return _page(host, LetterForm(formdata=None, data=_words_of(host)))


@bp.post("")
@allow(Role.MANAGER)
def write() -> ResponseReturnValue:
    """Let other words hold from now on; or only see how they look."""
    host, form = own_host(Role.MANAGER), LetterForm()
    if form.validate_on_submit() and "preview" not in request.form:
        transact(notices.rewrite, host.id, *form.texts(), by=principal().actor, at=now())
        flash(
            _("Saved. Whoever is asked from now on reads it; what was agreed to before stays as it was worded."), "pine"
        )
        return redirect(url_for(".show", unit=host.id), 303)
    return _page(host, form, is_preview=not form.errors)


@bp.post("/default")
@allow(Role.MANAGER)
def go_back() -> ResponseReturnValue:
    """Let the words that come with the program hold again."""
    host = own_host(Role.MANAGER)
    transact(notices.go_back_to_default, host.id, by=principal().actor, at=now())
    flash(_("The letter that comes with the program holds again. Please review it."), "gold")
    return redirect(url_for(".show", unit=host.id), 303)


@bp.get("/versions/<int:version>")
@allow(Role.STAFF)
def version(version: int) -> ResponseReturnValue:
    """An older version, as parents read it."""
    host = own_host()
    notice = notices.version_of(host.id, version) or abort(404)
    latest = notices.latest(host.id)
    return render_template("care/letter_version.html", host=host, notice=notice, is_latest=notice is latest)


def _words_of(host: Organisation) -> dict[str, str]:
    notice = notices.latest(host.id)
    zh, en = (notice.text_zh, notice.text_en) if notice else notices.default_texts(host.id)
    return {"text_zh": zh, "text_en": en}


def _page(host: Organisation, form: LetterForm, *, is_preview: bool = False) -> ResponseReturnValue:
    versions = notices.versions_of(host.id)
    page = {
        "host": host,
        "may_write": host.id in principal().units(Role.MANAGER),
        "versions": versions,
        "latest": versions[0] if versions else None,
        "is_default": _words_of(host) == dict(zip(("text_zh", "text_en"), notices.default_texts(host.id), strict=True)),
        "names": names_of([*(one.made_by_id for one in versions), *(one.reviewed_by_id for one in versions)]),
        "must_say": MUST_SAY,
        "is_preview": is_preview,
    }
    return render_template("care/letter.html", form=form, **page), form.status
