"""Addresses: the public one that is printed and scanned, and the safe way back after a sign-in."""

from urllib.parse import urlsplit

from flask import current_app, has_request_context, request, url_for


def public_url(endpoint: str, **values: object) -> str:
    """Return a full address on PUBLIC_URL; the Host header, which anyone can forge, is never asked."""
    return str(current_app.config["PUBLIC_URL"]) + _path(endpoint, values)


def scannable(endpoint: str, **values: object) -> str:
    """Return the same in capitals: a QR code in alphanumeric mode is two versions smaller.

    Only for routes whose path is written in capitals already.
    """
    return public_url(endpoint, **values).upper()


def safe_next(target: str | None) -> str | None:
    """Return the target if it is a path on this very site, else None (no open redirects).

    Browsers read a backslash as a slash and drop tabs and newlines, so anything with one is refused.
    """
    if not target or any(ord(sign) < 33 or sign == "\\" for sign in target):
        return None
    return target if target.startswith("/") and not target.startswith("//") else None


def came_from() -> str | None:
    """Return the path of the page on this very site that led here, if the browser says so and it is another one."""
    try:
        referrer = urlsplit(request.referrer or "")
    except ValueError:
        return None  # no address at all, such as http://[
    if referrer.netloc != request.host or referrer.path == request.path:
        return None
    return safe_next(referrer._replace(scheme="", netloc="", fragment="").geturl())


def _path(endpoint: str, values: dict[str, object]) -> str:
    if has_request_context():
        return url_for(endpoint, **values)  # type: ignore[arg-type]
    return current_app.url_map.bind("").build(endpoint, values)  # in the background there is no request to ask
