"""Questions that most organisers ask, in good words and with a short retention, to start from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.questions.models import QuestionKind


@dataclass(frozen=True)
class Preset:
    """What a question begins with: its name on the button, its words, and the rest as the form has it."""

    name: LazyString
    kind: QuestionKind
    text: LazyString
    words: Mapping[str, LazyString | str] = field(default_factory=dict)
    rest: Mapping[str, Any] = field(default_factory=dict)

    def typed(self) -> dict[str, Any]:
        """Return it as the form's starting values, in the language of the request."""
        words = {name: str(text) for name, text in self.words.items()}
        return {"kind": self.kind.value, "text": str(self.text)} | words | dict(self.rest)


PRESETS = {
    "diet": Preset(
        _l("What somebody does not eat"),
        QuestionKind.TEXT,
        _l("Is there anything you do not eat, or are allergic to?"),
        {"hint": _l("Leave it empty if there is nothing."), "reason": _l("so that the kitchen knows")},
        {"is_sensitive": True, "keep_days": 7},
    ),
    "shirt": Preset(
        _l("Size of the T-shirt"),
        QuestionKind.CHOICE,
        _l("Which size of T-shirt do you wear?"),
        {"choices": "130\n140\n150\nS\nM\nL\nXL\nXXL"},
        {"is_required": True, "keep_days": 30},
    ),
    "emergency": Preset(
        _l("Whom to call in an emergency"),
        QuestionKind.TEXT,
        _l("Whom do we call in an emergency?"),
        {"hint": _l("Name, how you are related, and a phone number")},
        {"is_required": True, "keep_days": 7},
    ),
    "way": Preset(
        _l("How somebody comes"),
        QuestionKind.CHOICE,
        _l("How do you come?"),
        {"choices": _l("On my own\nA parent brings me\nWith the school's bus")},
        {"is_required": True, "keep_days": 7},
    ),
    "health": Preset(
        _l("What to look after"),
        QuestionKind.TEXT,
        _l("Is there anything about your health that we should look after?"),
        {"reason": _l("so that the leader can look after you")},
        {"is_sensitive": True, "keep_days": 7},
    ),
}
