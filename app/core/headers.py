"""Security headers. Our own forty lines: ready-made ones force https on a school's LAN or switch the camera off."""

from flask import Flask, Response, g

_POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "media-src": "'self' blob:",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
_WASM = {"script-src": "'self' 'wasm-unsafe-eval'"}


def _written(policy: dict[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in policy.items())


_STRICT, _SCANNER = _written(_POLICY), _written(_POLICY | _WASM)


def allow_wasm() -> None:
    """Let the page of this request run WebAssembly: the scanner's decoder needs it, no other page does."""
    g.runs_wasm = True


def init_headers(app: Flask) -> None:
    """Send the headers with every answer."""
    app.after_request(_protect)


def _protect(response: Response) -> Response:
    headers = response.headers
    headers["Content-Security-Policy"] = _SCANNER if g.get("runs_wasm") else _STRICT
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(self), microphone=(), geolocation=(), payment=(), usb=()"
    if "Cache-Control" not in headers:
        headers["Cache-Control"] = "private, no-cache"
    return response
