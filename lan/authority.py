"""A certificate authority of this machine's own, and the certificate it gives the server.

A phone that trusts the authority trusts it for nothing but private networks: its critical name constraints (RFC 5280,
4.2.1.10) let it sign for no public site, whoever may get hold of its key.
"""

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Network
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from lan.addresses import as_address

NAME = "同行青年 Tongxing 本机试用"
_AUTHORITY_LIVES, _SERVER_LIVES = timedelta(days=5 * 365), timedelta(days=397)  # phones refuse more than 398
_SOON = timedelta(days=30)
_PRIVATE = tuple(
    IPv4Network(one)
    for one in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "169.254.0.0/16", "100.64.0.0/10")
)


@dataclass(frozen=True)
class Files:
    """Where key and certificates lie. The authority's key never leaves the folder."""

    folder: Path

    @property
    def authority_key(self) -> Path:
        """The authority's private key, for its owner's eyes only."""
        return self.folder / "ca.key"

    @property
    def authority(self) -> Path:
        """What a phone installs."""
        return self.folder / "ca.crt"

    @property
    def server_key(self) -> Path:
        """The server's private key."""
        return self.folder / "server.key"

    @property
    def server(self) -> Path:
        """The server's certificate."""
        return self.folder / "server.crt"


def make_ready(folder: Path, names: tuple[str, ...], at: datetime) -> Files:
    """Keep the authority and the server's certificate as long as they are good for these names; make what is not."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    files = Files(folder)
    if not _is_good_authority(files, names, at):
        _found_authority(files, names, at)
    if not _is_good_server(files, names, at):
        _certify_server(files, names, at)
    return files


def fingerprint(files: Files) -> str:
    """Return the SHA-256 of the authority's certificate, as phones show it."""
    digest = _read(files.authority).fingerprint(SHA256()).hex().upper()
    return " ".join(digest[place : place + 4] for place in range(0, len(digest), 4))


def as_der(files: Files) -> bytes:
    """Return the authority's certificate in the form that phones install."""
    return _read(files.authority).public_bytes(Encoding.DER)


def _is_good_authority(files: Files, names: tuple[str, ...], at: datetime) -> bool:
    if not (files.authority_key.exists() and files.authority.exists()):
        return False
    known = _read(files.authority)
    if known.public_key() != _read_key(files.authority_key).public_key():  # a start was cut short in between
        return False
    permitted = known.extensions.get_extension_for_class(x509.NameConstraints).value.permitted_subtrees
    return known.not_valid_after_utc - at > _SOON and set(_permitted(names)) <= set(permitted or [])


def _is_good_server(files: Files, names: tuple[str, ...], at: datetime) -> bool:
    if not (files.server_key.exists() and files.server.exists()):
        return False
    known = _read(files.server)
    try:
        known.verify_directly_issued_by(_read(files.authority))
    except (InvalidSignature, TypeError, ValueError):
        return False
    said = known.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return known.not_valid_after_utc - at > _SOON and set(said) == set(_general(names))


def _found_authority(files: Files, names: tuple[str, ...], at: datetime) -> None:
    key, subject = generate_private_key(SECP256R1()), _called(NAME)
    own = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    builder = (
        _certificate(subject, subject, key, at, at + _AUTHORITY_LIVES)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.NameConstraints(_permitted(names), None), critical=True)
        .add_extension(own, critical=False)
    )
    _write_key(files.authority_key, key)
    files.authority.write_bytes(builder.sign(key, SHA256()).public_bytes(Encoding.PEM))


def _certify_server(files: Files, names: tuple[str, ...], at: datetime) -> None:
    authority, key = _read(files.authority), generate_private_key(SECP256R1())
    until = min(at + _SERVER_LIVES, authority.not_valid_after_utc)
    signer = authority.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    builder = (
        _certificate(_called("同行青年 Tongxing"), authority.subject, key, at, until)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(_general(names)), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(signer), critical=False)
    )
    _write_key(files.server_key, key)
    files.server.write_bytes(builder.sign(_read_key(files.authority_key), SHA256()).public_bytes(Encoding.PEM))


def _certificate(
    subject: x509.Name, issuer: x509.Name, key: EllipticCurvePrivateKey, at: datetime, until: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before((at - timedelta(days=1)).astimezone(UTC))  # a phone's clock may be behind
        .not_valid_after((until - timedelta(days=1)).astimezone(UTC))
    )


def _called(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _general(names: tuple[str, ...]) -> list[x509.GeneralName]:
    addresses = ((name, as_address(name)) for name in names)
    return [x509.IPAddress(address) if address else x509.DNSName(name) for name, address in addresses]


def _permitted(names: tuple[str, ...]) -> list[x509.GeneralName]:
    """Return the names here and all private networks: another WLAN should cost no second visit to the settings."""
    addresses = [address for address in map(as_address, names) if address]
    public = [IPv4Network(one) for one in addresses if not any(one in network for network in _PRIVATE)]
    words = [x509.DNSName(name) for name in names if as_address(name) is None]
    return [*(x509.IPAddress(network) for network in (*_PRIVATE, *public)), *words]


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _read(path: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(path.read_bytes())


def _read_key(path: Path) -> EllipticCurvePrivateKey:
    key = load_pem_private_key(path.read_bytes(), None)
    assert isinstance(key, EllipticCurvePrivateKey)  # noqa: S101 - we wrote it
    return key


def _write_key(path: Path, key: EllipticCurvePrivateKey) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
