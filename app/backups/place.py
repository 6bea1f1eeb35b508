"""What is backed up, and where to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import URL, make_url

from app.core.crypto import keyed_hash

ASIDE = "before-restore-"


@dataclass(frozen=True)
class Place:
    """One installation: its database, its data folder, the folder of its backups, and for whom they are encrypted.

    ``key_mark`` tells one SECRET_KEY from another without saying anything about it.
    """

    database: URL
    data: Path
    folder: Path
    recipients: str
    key_mark: str
    is_production: bool


def place_of(config: Mapping[str, Any]) -> Place:
    """Return the place of the running application, whose configuration this is."""
    return Place(
        database=make_url(config["SQLALCHEMY_DATABASE_URI"]),
        data=config["DATA"],
        folder=config["BACKUP_FOLDER"],
        recipients=config["BACKUP_RECIPIENT"],
        key_mark=keyed_hash("backup", "which key is it?")[:16],
        is_production=config["ENVIRONMENT"] == "production",
    )


def stamp(at: datetime) -> str:
    """Return a moment, in UTC, as it stands in names of files: 20261122T183000Z."""
    return f"{at:%Y%m%dT%H%M%SZ}"
