"""《致家长的一封信》: a unit's own words, or those that come with the program until somebody has looked at them."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path

from sqlalchemy import select

from app.core.changes import note_change
from app.core.db import db
from app.core.languages import ENGLISH
from app.organisations.models import Organisation
from app.people.consents.models import Notice

RECORD = "notice"  # of a unit, in the change log
_DEFAULTS = Path(__file__).with_name("defaults")
_UNIT = "{unit}"
_SHOWN = 50  # versions; nobody rewrites a letter more often


def notice_of(organisation_id: int, *, at: datetime) -> Notice:
    """Return what a unit tells parents now; its first version is the text that comes with the program. To be run in a
    transaction."""
    found = latest(organisation_id)
    return found or _add(organisation_id, *default_texts(organisation_id), by=None, at=at)


def latest(organisation_id: int) -> Notice | None:
    """Return the latest version a unit has, None before anybody was asked."""
    theirs = select(Notice).where(Notice.organisation_id == organisation_id)
    return db.session.scalar(theirs.order_by(Notice.version.desc()).limit(1))


def default_texts(organisation_id: int) -> tuple[str, str]:
    """Return the texts that come with the program, Chinese and English, with the unit's name in them."""
    name = db.session.get_one(Organisation, organisation_id).name
    return _default("zh_Hans_CN").replace(_UNIT, name), _default("en").replace(_UNIT, name)


def words_of(organisation_id: int, language: str) -> str:
    """Return what a unit tells parents now, in a language; also before anybody was asked."""
    notice = latest(organisation_id)
    if notice:
        return text_of(notice, language)
    zh, en = default_texts(organisation_id)
    return en if language == ENGLISH else zh


def rewrite(organisation_id: int, text_zh: str, text_en: str, *, by: int, at: datetime) -> Notice:
    """Let other words hold from now on, looked at by whoever wrote them; the same words again are only looked at.

    What was agreed to before stays agreed to as it was worded then.
    """
    db.session.get_one(Organisation, organisation_id, with_for_update={"key_share": True})
    found = notice_of(organisation_id, at=at)
    if found.text_hash != hash_of(text_zh, text_en):
        found = _add(organisation_id, text_zh, text_en, by=by, at=at)
        note_change(RECORD, organisation_id, "rewritten", by=by, at=at, version=found.version)
    if found.reviewed_at is None:
        found.reviewed_at, found.reviewed_by_id = at, by
        note_change(RECORD, organisation_id, "reviewed", by=by, at=at, version=found.version)
    return found


def go_back_to_default(organisation_id: int, *, by: int, at: datetime) -> Notice:
    """Let the words that come with the program hold again, to be looked at anew; a second time changes nothing."""
    db.session.get_one(Organisation, organisation_id, with_for_update={"key_share": True})
    found = notice_of(organisation_id, at=at)
    texts = default_texts(organisation_id)
    if found.text_hash == hash_of(*texts):
        return found
    found = _add(organisation_id, *texts, by=by, at=at)
    note_change(RECORD, organisation_id, "default", by=by, at=at, version=found.version)
    return found


def versions_of(organisation_id: int) -> Sequence[Notice]:
    """Return the versions of a unit's letter, the latest first."""
    theirs = select(Notice).where(Notice.organisation_id == organisation_id)
    return db.session.scalars(theirs.order_by(Notice.version.desc()).limit(_SHOWN)).all()


def version_of(organisation_id: int, version: int) -> Notice | None:
    """Return one version of a unit's letter."""
    wanted = (Notice.organisation_id == organisation_id, Notice.version == version)
    return db.session.scalar(select(Notice).where(*wanted))


def text_of(notice: Notice, language: str) -> str:
    """Return the words in a language."""
    return notice.text_en if language == ENGLISH else notice.text_zh


def hash_of(text_zh: str, text_en: str) -> str:
    """Return what a consent remembers of the words that were agreed to."""
    return sha256(f"{text_zh}\0{text_en}".encode()).hexdigest()


def _add(organisation_id: int, text_zh: str, text_en: str, *, by: int | None, at: datetime) -> Notice:
    before = latest(organisation_id)
    notice = Notice(
        organisation_id=organisation_id,
        version=before.version + 1 if before else 1,
        text_zh=text_zh,
        text_en=text_en,
        text_hash=hash_of(text_zh, text_en),
        made_at=at,
        made_by_id=by,
    )
    db.session.add(notice)
    db.session.flush()
    return notice


@cache
def _default(language: str) -> str:
    return (_DEFAULTS / f"notice.{language}.txt").read_text("utf-8").strip()
