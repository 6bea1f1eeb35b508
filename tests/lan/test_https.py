"""`HTTPS=1 bin/run`: what a phone on the local network finds."""

import ssl
from base64 import b64encode
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.request import urlopen

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import Browser

from app.demo.sign_ins import PASSWORD, YOUNG
from tests.browser import CHROMIUM, until
from tests.servers import free_port
from tests.starting import running


@dataclass(frozen=True)
class Started:
    """A program that serves https, and what it printed."""

    data: Path
    port: int
    greeting: str

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"https://127.0.0.1:{self.port}"

    @property
    def authority(self) -> Path:
        """What a phone installs."""
        return self.data / "authority" / "ca.crt"

    def trusting(self) -> ssl.SSLContext:
        """Return what somebody checks with who trusts the authority alone."""
        return ssl.create_default_context(cafile=self.authority)


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Started]:
    """The real program, on this machine only."""
    data, port = tmp_path_factory.mktemp("https"), free_port(in_a_row=2)
    with running(data, port, HTTPS="1", HOST="127.0.0.1") as greeting:
        yield Started(data, port, greeting)


def test_it_says_what_to_do_with_a_phone(started: Started) -> None:
    assert started.url in started.greeting
    assert f"http://127.0.0.1:{started.port + 1}/" in started.greeting
    assert "扫这个码" in started.greeting
    assert "█" in started.greeting


def test_whoever_trusts_the_authority_comes_in(started: Started) -> None:
    with urlopen(f"{started.url}/healthz", context=started.trusting(), timeout=20) as answer:
        assert answer.status == 200
    with urlopen(f"http://127.0.0.1:{started.port + 1}/", timeout=20) as answer:
        assert started.url in answer.read().decode()


def test_whoever_does_not_trust_it_is_warned(started: Started) -> None:
    with pytest.raises(OSError, match="CERTIFICATE_VERIFY_FAILED"):
        urlopen(f"{started.url}/healthz", context=ssl.create_default_context(), timeout=20)


def test_a_browser_that_trusts_it_gives_what_a_phone_needs(started: Started, chromium: Browser, tmp_path: Path) -> None:
    with ExitStack() as closing:
        browser = chromium.browser_type.launch_persistent_context(
            tmp_path, executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", _trust(started)], locale="zh-CN"
        )
        closing.callback(browser.close)
        page = browser.new_page()
        page.goto(f"{started.url}/sign-in")
        page.fill("[name=identifier]", YOUNG.identifier)
        page.fill("[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_url(f"{started.url}/mine")
        assert page.evaluate("isSecureContext && Boolean(crypto.subtle) && Boolean(navigator.mediaDevices)")
        assert {one["secure"] for one in browser.cookies()} == {True}
        until(page, "navigator.serviceWorker.getRegistrations().then((found) => found.length)", 1)


def test_the_authority_outlives_a_restart(tmp_path: Path) -> None:
    port = free_port(in_a_row=2)
    with running(tmp_path, port, HTTPS="1", HOST="127.0.0.1"):
        before = {path.name: path.read_bytes() for path in (tmp_path / "authority").iterdir()}
    with running(tmp_path, port, HTTPS="1", HOST="127.0.0.1"):
        assert {path.name: path.read_bytes() for path in (tmp_path / "authority").iterdir()} == before


def _trust(started: Started) -> str:
    """Return the option that makes Chromium accept chains with the authority's key, and no others."""
    known = x509.load_pem_x509_certificate((started.data / "authority" / "server.crt").read_bytes())
    key = known.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return f"--ignore-certificate-errors-spki-list={b64encode(sha256(key).digest()).decode()}"
