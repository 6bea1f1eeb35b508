"""The page from which a phone fetches the authority's certificate."""

import plistlib
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.client import HTTPResponse
from http.server import ThreadingHTTPServer
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from cryptography import x509

from lan.addresses import main_address, names_here
from lan.authority import Files, as_der, fingerprint, make_ready
from lan.page import handler_for

URL = "https://192.168.7.20:8000"


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """An authority."""
    return make_ready(tmp_path, ("192.168.7.20", "localhost"), datetime.now(UTC))


@pytest.fixture
def origin(files: Files) -> Iterator[str]:
    """Where the page is served."""
    with ThreadingHTTPServer(("127.0.0.1", 0), handler_for(files, URL)) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def fetch(address: str) -> tuple[HTTPResponse, bytes]:
    """Return an answer and what is in it."""
    with urlopen(address, timeout=20) as answer:
        return answer, answer.read()


def test_it_says_in_both_languages_how_to_install_and_how_to_remove(origin: str, files: Files) -> None:
    answer, content = fetch(origin)
    words = content.decode()
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    for expected in (
        "安装证书 → CA 证书",
        "证书信任设置",
        "移除",
        "Certificate Trust Settings",
        "Remove",
        fingerprint(files),
    ):
        assert expected in words
    assert f'href="{URL}"' in words
    assert "$" not in words


def test_android_gets_the_certificate(origin: str, files: Files) -> None:
    answer, content = fetch(f"{origin}/ca.crt")
    assert answer.headers["Content-Type"] == "application/x-x509-ca-cert"
    assert x509.load_der_x509_certificate(content) == x509.load_pem_x509_certificate(files.authority.read_bytes())


def test_iphones_get_a_profile_that_is_the_same_each_time(origin: str, files: Files) -> None:
    answer, content = fetch(f"{origin}/tongxing.mobileconfig")
    assert answer.headers["Content-Type"] == "application/x-apple-aspen-config"
    (payload,) = plistlib.loads(content)["PayloadContent"]
    assert payload["PayloadType"] == "com.apple.security.root"
    assert payload["PayloadContent"] == as_der(files)
    assert fetch(f"{origin}/tongxing.mobileconfig")[1] == content


@pytest.mark.parametrize("path", ["/ca.key", "/server.key", "/../ca.key", "/authority/ca.key"])
def test_nothing_else_is_served(origin: str, path: str) -> None:
    with pytest.raises(HTTPError, match="404") as refused:
        fetch(origin + path)
    refused.value.close()


def test_this_machine_has_names() -> None:
    names = names_here("192.168.7.20")
    assert {"localhost", "127.0.0.1", "192.168.7.20", main_address()} <= set(names)
    assert names == names_here("192.168.7.20")
