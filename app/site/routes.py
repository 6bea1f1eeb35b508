"""What everyone may read of the operator, and the files at the root."""

from typing import Any

from flask import Blueprint, Response, abort, render_template
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.routing import BaseConverter

from app.core.access import public
from app.core.db import db
from app.core.languages import current_language
from app.site.forms import FILE_NAME
from app.site.models import TextKey, VerificationFile
from app.site.operator import current_operator
from app.site.queries import words_of
from app.site.texts import blocks, filled
from app.site.words import TITLES

bp = Blueprint("site", __name__)


class _RootFile(BaseConverter):
    regex = FILE_NAME


@bp.record_once
def _know_root_files(state: BlueprintSetupState) -> None:
    state.app.url_map.converters["root_file"] = _RootFile


@bp.app_context_processor
def _give_footer() -> dict[str, Any]:
    return {"site_operator": current_operator}


@bp.get("/<any(privacy, terms, notice, about):key>")
@public
def text(key: str) -> ResponseReturnValue:
    """A public text in the language of the request."""
    words = words_of(TextKey(key), current_language())
    parts = blocks(filled(words.body, names()))
    return render_template("site/text.html", words=words, title=TITLES[words.key], blocks=parts)


@bp.get("/<root_file:file_name>")
@public
def verification_file(file_name: str) -> ResponseReturnValue:
    """A file that proves whose site this is: text, even if it is called .html, for nobody's markup runs here."""
    content = db.session.scalar(select(VerificationFile.content).where(VerificationFile.name == file_name))
    return Response(content, content_type="text/plain; charset=utf-8") if content else abort(404)


def names() -> dict[str, str]:
    """Return what the places in the texts stand for; what has not been entered says so."""
    operator = current_operator()
    return {
        "operator": operator.name or _("[the operator's name, to be entered]"),
        "contact": operator.contact or _("[how to reach the operator, to be entered]"),
    }
