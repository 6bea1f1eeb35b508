"""Chinese or English: by choice, else by what the browser asks for, else Chinese."""

from datetime import timedelta

from flask import Flask, Response, after_this_request, current_app, g, has_request_context, request
from flask_babel import Babel, get_locale
from flask_babel import refresh as forget_translations

from app.core.access import asks_the_api

CHINESE, ENGLISH = "zh_Hans_CN", "en"
LANGUAGES = {CHINESE: "简体中文", ENGLISH: "English"}
COOKIE = "language"
_KEPT_FOR = timedelta(days=365)


def init_languages(app: Flask) -> None:
    """Choose the language of each request."""
    Babel(app, locale_selector=current_language)
    app.context_processor(lambda: {"current_language": current_language(), "html_lang": html_lang()})


def current_language() -> str:
    """Return the language of this request; outside of one, Chinese."""
    if not has_request_context():
        return CHINESE
    if "language" not in g:
        chosen = None if asks_the_api() else request.cookies.get(COOKIE)
        g.language = chosen if chosen in LANGUAGES else _asked_for()
    language: str = g.language
    return language


def choose(language: str) -> None:
    """Speak a language from here on, and remember it in this browser: a cookie of its own, so that pages without a
    session stay without one."""
    g.language = language if language in LANGUAGES else CHINESE
    forget_translations()
    after_this_request(_remember)


def html_lang() -> str:
    """Return the language as HTML writes it."""
    return "en" if current_language() == ENGLISH else "zh-CN"


def speaks_chinese() -> bool:
    """Return whether words are being said in Chinese just now."""
    return str(get_locale()).startswith("zh")


def _asked_for() -> str:
    """Return what the browser, or for the API the page behind it, likes best; Chinese if it speaks neither."""
    for tag in request.accept_languages.values():
        tongue = tag.lower().partition("-")[0]
        if tongue in {"zh", "en"}:
            return ENGLISH if tongue == "en" else CHINESE
    return CHINESE


def _remember(response: Response) -> Response:
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    response.set_cookie(COOKIE, g.language, max_age=_KEPT_FOR, secure=secure, httponly=True, samesite="Lax")
    return response
