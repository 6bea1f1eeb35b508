"""The local authority: what it signs is trusted, it signs for nobody else, and it is kept as long as it is good."""

import socket
import ssl
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from lan import authority
from lan.authority import Files, fingerprint, make_ready

NAMES = ("127.0.0.1", "192.168.7.20", "desk", "localhost")
TODAY = datetime.now(UTC)


def visit(files: Files, name: str) -> None:
    """Shake hands with a server that has the certificate, as somebody who trusts the authority and nobody else."""
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(files.server, files.server_key)
    client = ssl.create_default_context(cafile=files.authority)
    here, there = socket.socketpair()
    with here, there, ThreadPoolExecutor(1) as beside:
        answering = beside.submit(_answer, server, there)
        try:
            client.wrap_socket(here, server_hostname=name).close()
        finally:
            here.close()
            answering.exception()


def _answer(server: ssl.SSLContext, there: socket.socket) -> None:
    server.wrap_socket(there, server_side=True).close()


@contextmanager
def changed(path: Path) -> Iterator[None]:
    """Expect a file to be another one afterwards."""
    before = path.read_bytes()
    yield
    assert path.read_bytes() != before


def certificate(path: Path) -> x509.Certificate:
    """Return the certificate in a file."""
    return x509.load_pem_x509_certificate(path.read_bytes())


@pytest.mark.parametrize("name", NAMES)
def test_whoever_trusts_the_authority_trusts_the_server_under_all_its_names(tmp_path: Path, name: str) -> None:
    visit(make_ready(tmp_path, NAMES, TODAY), name)


@pytest.mark.parametrize("name", ["192.168.7.21", "example.org"])
def test_a_name_that_is_not_the_servers_fails(tmp_path: Path, name: str) -> None:
    files = make_ready(tmp_path, NAMES, TODAY)
    with pytest.raises(ssl.SSLCertVerificationError, match="mismatch"):
        visit(files, name)


@pytest.mark.parametrize("name", ["example.org", "93.184.215.14"])
def test_a_certificate_for_a_public_site_is_worth_nothing_even_with_the_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    files = make_ready(tmp_path, NAMES, TODAY)
    monkeypatch.setattr(authority, "_is_good_authority", lambda *_: True)
    make_ready(tmp_path, (*NAMES, name), TODAY)
    with pytest.raises(ssl.SSLCertVerificationError, match="permitted subtree violation"):
        visit(files, name)


def test_phones_accept_how_long_it_lives_and_what_for(tmp_path: Path) -> None:
    server = certificate(make_ready(tmp_path, NAMES, TODAY).server)
    assert server.not_valid_after_utc - server.not_valid_before_utc <= timedelta(days=398)
    uses = server.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert list(uses) == [ExtendedKeyUsageOID.SERVER_AUTH]


def test_what_is_good_is_kept(tmp_path: Path) -> None:
    files = make_ready(tmp_path, NAMES, TODAY)
    before = [path.read_bytes() for path in sorted(tmp_path.iterdir())]
    make_ready(tmp_path, NAMES, TODAY + timedelta(days=200))
    assert [path.read_bytes() for path in sorted(tmp_path.iterdir())] == before
    assert len(fingerprint(files).split()) == 16


def test_another_private_address_needs_a_new_certificate_and_no_new_authority(tmp_path: Path) -> None:
    files = make_ready(tmp_path, NAMES, TODAY)
    known = files.authority.read_bytes()
    with changed(files.server):
        make_ready(tmp_path, (*NAMES, "10.4.4.4"), TODAY)
    assert files.authority.read_bytes() == known
    visit(files, "10.4.4.4")


def test_a_public_address_needs_a_new_authority(tmp_path: Path) -> None:
    files = make_ready(tmp_path, NAMES, TODAY)
    with changed(files.authority), changed(files.server):
        make_ready(tmp_path, (*NAMES, "203.0.113.9"), TODAY)
    visit(files, "203.0.113.9")


def test_what_is_about_to_run_out_is_made_anew(tmp_path: Path) -> None:
    files = make_ready(tmp_path, NAMES, TODAY)
    known = files.authority.read_bytes()
    with changed(files.server):
        make_ready(tmp_path, NAMES, TODAY + timedelta(days=370))
    assert files.authority.read_bytes() == known
    with changed(files.authority):
        make_ready(tmp_path, NAMES, TODAY + timedelta(days=5 * 365 - 20))


def test_a_key_that_does_not_fit_its_certificate_is_made_anew(tmp_path: Path) -> None:
    files = make_ready(tmp_path, NAMES, TODAY)
    files.authority_key.write_bytes(files.server_key.read_bytes())
    with changed(files.authority):
        make_ready(tmp_path, NAMES, TODAY)
    visit(files, "localhost")


def test_only_the_owner_reads_keys(tmp_path: Path) -> None:
    files = make_ready(tmp_path / "authority", NAMES, TODAY)
    assert files.folder.stat().st_mode & 0o777 == 0o700
    assert {key.stat().st_mode & 0o777 for key in (files.authority_key, files.server_key)} == {0o600}
