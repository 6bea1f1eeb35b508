"""The plain-http page from which a phone fetches the authority's certificate; it is what https cannot serve yet."""

import plistlib
from collections.abc import Callable
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from string import Template
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from lan.authority import NAME, Files, as_der, fingerprint

_PAGE = Path(__file__).with_name("page.html")


def serve(files: Files, host: str, port: int, app_url: str) -> None:
    """Serve the page until the process is ended."""
    with ThreadingHTTPServer((host, port), handler_for(files, app_url)) as server:
        server.serve_forever()


def handler_for(files: Files, app_url: str) -> type[BaseHTTPRequestHandler]:
    """Return what answers: the page, the certificate for Android, the profile for iPhones, and nothing else."""
    answers: dict[str, tuple[str, Callable[[], bytes]]] = {
        "/": ("text/html; charset=utf-8", lambda: page(files, app_url)),
        "/ca.crt": ("application/x-x509-ca-cert", lambda: as_der(files)),
        "/tongxing.mobileconfig": ("application/x-apple-aspen-config", lambda: profile(files)),
    }

    class Handler(BaseHTTPRequestHandler):
        """One visit of a phone."""

        def do_GET(self) -> None:
            found = answers.get(urlsplit(self.path).path)
            if found is None:
                self.send_error(404)
                return
            media_type, content = found[0], found[1]()
            self.send_response(200)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(content)))
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Stay silent: the terminal belongs to the program."""

    return Handler


def page(files: Files, app_url: str) -> bytes:
    """Return the page in plain words, Chinese and English."""
    words = {
        "name": NAME,
        "url": app_url,
        "address": urlsplit(app_url).netloc,
        "fingerprint": fingerprint(files),
    }
    written = Template(_PAGE.read_text("utf-8")).substitute({key: escape(word) for key, word in words.items()})
    return written.encode()


def profile(files: Files) -> bytes:
    """Return the authority's certificate as a configuration profile, the only form that iPhones install."""
    certificate = as_der(files)
    identity = uuid5(NAMESPACE_URL, certificate.hex())
    payload = {
        "PayloadType": "com.apple.security.root",
        "PayloadVersion": 1,
        "PayloadIdentifier": f"tongxing.{identity}.root",
        "PayloadUUID": str(uuid5(identity, "root")).upper(),
        "PayloadDisplayName": NAME,
        "PayloadCertificateFileName": "tongxing-ca.crt",
        "PayloadContent": certificate,
    }
    return plistlib.dumps(
        {
            "PayloadType": "Configuration",
            "PayloadVersion": 1,
            "PayloadIdentifier": f"tongxing.{identity}",
            "PayloadUUID": str(identity).upper(),
            "PayloadDisplayName": NAME,
            "PayloadDescription": "只在内部网络信任一台电脑，试用结束后可移除。",
            "PayloadContent": [payload],
        }
    )
