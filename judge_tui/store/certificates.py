"""The hub's TLS key and certificate: made once an event, kept with the keys, known to judges by its SHA-256.

`cryptography` comes with the `hub` extra. Where it is not installed, an event is issued without a hub.
"""

from __future__ import annotations

import hashlib
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.ledger import EventKey
from judge_tui.domain.messages import msg
from judge_tui.store.disk import storage_error, write_new

_NAME = "judge-tui hub"


@dataclass(frozen=True, slots=True)
class Certificate:
    """A hub's certificate: the file with key and certificate, and the SHA-256 (hex) of the certificate, which is pinned."""

    path: Path
    pin: str


def can_make() -> bool:
    """Whether the library that makes certificates is installed."""
    return find_spec("cryptography") is not None


def make_certificate(keys: Path, event: EventKey) -> Certificate:
    """Make a key and its certificate for an event and keep them among the keys, for the owner alone. Raises StorageError.

    It is valid for so long that a laptop whose clock is years off takes it, too: judges know it by its pin, not by its dates.
    """
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, _NAME)])
    begin = datetime(2000, 1, 1, tzinfo=UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(begin + timedelta(days=365 * 100))
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ) + certificate.public_bytes(serialization.Encoding.PEM)
    pin = hashlib.sha256(certificate.public_bytes(serialization.Encoding.DER)).hexdigest()
    path = keys / f"{_stem(event)}{pin[:16]}.pem"
    try:
        keys.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_new(path, pem, 0o600)
    except OSError as error:
        raise storage_error(error, path) from error
    return Certificate(path, pin)


def certificates(keys: Path, event: EventKey) -> list[Certificate]:
    """The certificates kept for an event, oldest first. Raises JudgeTuiError with KEYRING for one that cannot be read."""
    found = []
    for path in sorted(keys.glob(f"{_stem(event)}*.pem"), key=lambda item: (item.stat().st_mtime_ns, item.name)):
        try:
            text = path.read_text("ascii")
            body = text[text.index("-----BEGIN CERTIFICATE-----") :]
            found.append(Certificate(path, pin_of(ssl.PEM_cert_to_DER_cert(body))))
        except (OSError, ValueError) as error:
            raise JudgeTuiError(
                "KEYRING",
                msg("The keys in {folder} cannot be read", folder=str(keys)),
                msg("Check the folder's permissions, or restore it from a copy."),
            ) from error
    return found


def pin_of(certificate: bytes) -> str:
    """The pin of a certificate in DER: SHA-256, lower-case hex."""
    return hashlib.sha256(certificate).hexdigest()


def _stem(event: EventKey) -> str:
    return f"{event.hex()[:16]}-hub-"
