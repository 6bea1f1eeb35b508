"""What a backup says about itself."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from app.backups.counting import Contents
from app.backups.problems import UnknownFormat

FORMAT = 1


@dataclass(frozen=True)
class Part:
    """One file of a backup: its SHA-256 in hexadecimal, and its size in bytes."""

    sha256: str
    size: int


@dataclass(frozen=True)
class Manifest:
    """When a backup was made, of what engine, with what in it; ``key_mark`` is that of the SECRET_KEY at the time."""

    made_at: datetime
    engine: str
    key_mark: str
    contents: Contents
    parts: dict[str, Part]

    def written(self) -> bytes:
        """Return it as JSON."""
        facts = asdict(self) | {"format": FORMAT, "made_at": self.made_at.isoformat()}
        return json.dumps(facts, indent=1, sort_keys=True, ensure_ascii=False).encode()


def read_manifest(written: bytes) -> Manifest:
    """Return a manifest; raises `UnknownFormat`, and ValueError, KeyError or TypeError for what is none at all."""
    facts: dict[str, Any] = json.loads(written)
    if facts["format"] != FORMAT:
        raise UnknownFormat(format=facts["format"])
    return Manifest(
        datetime.fromisoformat(facts["made_at"]),
        facts["engine"],
        facts["key_mark"],
        Contents(**facts["contents"]),
        {name: Part(**part) for name, part in facts["parts"].items()},
    )
