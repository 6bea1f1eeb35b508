"""Chinese unless somebody chose English."""

from flask import Flask, has_request_context, request, session
from flask_babel import Babel, get_locale

from app.core.access import asks_the_api

CHINESE, ENGLISH = "zh_Hans_CN", "en"
LANGUAGES = {CHINESE: "中文", ENGLISH: "English"}
_KEY = "language"


def init_languages(app: Flask) -> None:
    """Choose the language of each request."""
    Babel(app, locale_selector=current_language)
    app.context_processor(lambda: {"current_language": current_language(), "html_lang": html_lang()})


def current_language() -> str:
    """Return the language of this request; outside of one, Chinese."""
    if not has_request_context():
        return CHINESE
    if asks_the_api():  # no cookie there: the client says what its page speaks
        return ENGLISH if request.accept_languages.best_match(["zh", "en"]) == "en" else CHINESE
    chosen = session.get(_KEY)
    return chosen if chosen in LANGUAGES else CHINESE


def choose(language: str) -> None:
    """Remember the choice in this browser."""
    session[_KEY] = language if language in LANGUAGES else CHINESE


def html_lang() -> str:
    """Return the language as HTML writes it."""
    return "en" if current_language() == ENGLISH else "zh-CN"


def speaks_chinese() -> bool:
    """Return whether words are being said in Chinese just now."""
    return str(get_locale()).startswith("zh")
