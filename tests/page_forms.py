"""The forms of a page as a browser would send them, for tests that send something else in their place."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

_TYPED = "请看"


@dataclass
class PageForm:
    """Where a form goes and what it holds: for each field the values it could send."""

    action: str
    method: str
    values: dict[str, list[str]] = field(default_factory=dict)


def forms_of(html: str, path: str) -> list[PageForm]:
    """Return the forms of a page; one without an action goes to the page itself."""
    reader = _Reader(path)
    reader.feed(html)
    return reader.forms


class _Reader(HTMLParser):
    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path
        self.forms: list[PageForm] = []
        self._choice = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(PageForm(told.get("action") or self.path, told.get("method", "get").upper()))
        elif tag == "select":
            self._choice = told.get("name", "")
        elif tag == "option":
            self._add(self._choice, told.get("value", ""))
        elif tag in {"input", "button", "textarea"} and told.get("type") != "file":
            self._add(told.get("name", ""), told.get("value") or (_TYPED if tag != "button" else ""))

    def _add(self, name: str, value: str) -> None:
        if self.forms and name:
            self.forms[-1].values.setdefault(name, []).append(value)
