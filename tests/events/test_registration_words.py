"""Whatever is written down about a place can be told on its page."""

import re

from app.events.words import REGISTRATION
from config import ROOT

_NOTED = re.compile(r'note_change\(\s*"registration",[^,]+,\s*"(\w+)"')
_BY_CONSENT = re.compile(r'_note\(\w+, "(\w+)"')


def test_every_change_of_a_registration_has_words() -> None:
    sources = [path.read_text("utf-8") for path in (ROOT / "app").rglob("*.py")]
    noted = {verb for source in sources for verb in _NOTED.findall(source)}
    answering = (ROOT / "app" / "care" / "consents" / "answering.py").read_text("utf-8")
    noted |= set(_BY_CONSENT.findall(answering))
    assert {"collected", "consent_given", "shift_taken"} <= noted
    assert noted - REGISTRATION.happened.keys() == set()
