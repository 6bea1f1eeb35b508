"""What the operator says publicly, looked up."""

from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Select, select

from app.core.db import db
from app.site.models import SiteText, TextKey, VerificationFile
from app.site.texts import default_text


@dataclass(frozen=True)
class Words:
    """A public text as it is shown: its words, and the row they come from, if there is one."""

    key: TextKey
    language: str
    row: SiteText | None

    @property
    def body(self) -> str:
        """The words, with their places not filled in yet."""
        return self.row.body if self.row and self.row.body is not None else default_text(self.key, self.language)

    @property
    def is_default(self) -> bool:
        """Whether these are the words that come with the program."""
        return self.body == default_text(self.key, self.language)

    @property
    def is_reviewed(self) -> bool:
        """Whether somebody in charge has confirmed these words."""
        return self.row is not None and self.row.reviewed_at is not None

    @property
    def digest(self) -> str:
        """What tells these words from any others."""
        return sha256(self.body.encode()).hexdigest()


def words_of(key: TextKey, language: str) -> Words:
    """Return a public text."""
    row = db.session.scalar(select(SiteText).where(SiteText.key == key, SiteText.language == language))
    return Words(key, language, row)


def all_words(languages: list[str]) -> dict[TextKey, list[Words]]:
    """Return every public text in some languages, in one statement."""
    rows = {(row.key, row.language): row for row in db.session.scalars(select(SiteText))}
    return {key: [Words(key, one, rows.get((key, one))) for one in languages] for key in TextKey}


def verification_files() -> Select[VerificationFile]:
    """Return the files that are served at the root, by name."""
    return select(VerificationFile).order_by(VerificationFile.name)
