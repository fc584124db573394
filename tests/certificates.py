"""Certificates made anew for each test: one to trust, and what a client must not trust."""

from __future__ import annotations

import datetime
import ipaddress
import ssl
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Authority:
    """Signs certificates; a client that is given `file` trusts them."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate
    file: Path


def name_of(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def build(subject: str, issuer: str, key: ec.EllipticCurvePrivateKey, *, days: int) -> x509.CertificateBuilder:
    """A certificate that ends in so many days."""
    now = datetime.datetime.now(datetime.UTC)
    builder = x509.CertificateBuilder(name_of(issuer), name_of(subject), key.public_key())
    return (
        builder.serial_number(x509.random_serial_number())
        .not_valid_before(now - 9 * DAY)
        .not_valid_after(now + days * DAY)
    )


def authority(folder: Path) -> Authority:
    key = ec.generate_private_key(ec.SECP256R1())
    builder = build("Test authority", "Test authority", key, days=9)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    certificate = builder.sign(key, hashes.SHA256())
    file = folder / "authority.pem"
    file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return Authority(key, certificate, file)


def server_context(folder: Path, issuer: Authority | None, host: str = "127.0.0.1", days: int = 9) -> ssl.SSLContext:
    """What a server shows; without an issuer it has signed its certificate itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    builder = build("server", "Test authority" if issuer else "server", key, days=days)
    is_address = host.replace(".", "").isdecimal()
    names = [x509.IPAddress(ipaddress.ip_address(host)) if is_address else x509.DNSName(host)]
    builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    certificate = builder.sign(issuer.key if issuer else key, hashes.SHA256())
    file = folder / "server.pem"
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context
