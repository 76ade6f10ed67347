"""Signatures, sealed boxes and passphrases: the only file that imports PyNaCl."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field

from nacl import bindings
from nacl.exceptions import CryptoError

from judge_tui.domain.ledger import Author

SECRET_BYTES = 32
"""An Ed25519 seed; the public key follows from it."""


@dataclass(frozen=True, slots=True)
class KeyPair:
    """An Ed25519 key in memory; `secret` is the 32-byte seed and never appears in a `repr`."""

    author: Author
    secret: bytes = field(repr=False)
    _full: bytes = field(repr=False)

    def sign(self, message: bytes, /) -> bytes:
        """A detached signature of 64 bytes."""
        return bindings.crypto_sign(message, self._full)[: bindings.crypto_sign_BYTES]


def key_pair(secret: bytes) -> KeyPair:
    """The key that grows from a 32-byte seed. Raises ValueError for a seed of another length."""
    if len(secret) != SECRET_BYTES:
        raise ValueError("a secret has 32 bytes")
    public, full = bindings.crypto_sign_seed_keypair(secret)
    return KeyPair(Author(public), secret, full)


def new_key() -> KeyPair:
    """A new key from the system's randomness."""
    return key_pair(os.urandom(SECRET_BYTES))


def verify(author: bytes, message: bytes, signature: bytes, /) -> bool:
    """Whether the signature is this author's over this message; False, never an exception, for anything malformed."""
    if len(author) != bindings.crypto_sign_PUBLICKEYBYTES or len(signature) != bindings.crypto_sign_BYTES:
        return False
    try:
        bindings.crypto_sign_open(signature + message, author)
    except (CryptoError, ValueError):
        return False
    return True


def seal_to(author: Author, data: bytes, seed: bytes | None = None) -> bytes:
    """Encrypt so that only the holder of this author's key can read it (a sealed box; the sender stays unnamed).

    With a `seed` that nobody else knows, and that is used for this data alone, the same box comes out again.
    """
    reader = bindings.crypto_sign_ed25519_pk_to_curve25519(author)
    if seed is None:
        return bindings.crypto_box_seal(data, reader)
    once, secret = bindings.crypto_box_seed_keypair(hashlib.sha256(b"judge-tui box v1\x00" + seed).digest())
    nonce = hashlib.blake2b(once + reader, digest_size=bindings.crypto_box_NONCEBYTES).digest()
    return once + bindings.crypto_box(data, nonce, reader, secret)


def close_box(data: bytes, secret: bytes) -> bytes:
    """Encrypt under a 32-byte secret that is used for this data alone."""
    return bindings.crypto_secretbox(data, bytes(bindings.crypto_secretbox_NONCEBYTES), secret)


def open_box(box: bytes, secret: bytes) -> bytes | None:
    """What `close_box` closed; None where it was altered, or another's."""
    try:
        return bindings.crypto_secretbox_open(box, bytes(bindings.crypto_secretbox_NONCEBYTES), secret)
    except (CryptoError, ValueError, TypeError):
        return None


def open_sealed(key: KeyPair, box: bytes) -> bytes | None:
    """What `seal_to` closed for this key; None where the box is another's or was altered."""
    secret = bindings.crypto_sign_ed25519_sk_to_curve25519(key._full)
    try:
        return bindings.crypto_box_seal_open(box, bindings.crypto_scalarmult_base(secret), secret)
    except (CryptoError, ValueError, TypeError):
        return None


def shared_secret(key: KeyPair, other: Author) -> bytes:
    """32 bytes that the holders of these two keys, and nobody else, can work out: each from its own and the other's public
    half. Raises ValueError where the other is no key."""
    try:
        return bindings.crypto_box_beforenm(
            bindings.crypto_sign_ed25519_pk_to_curve25519(other),
            bindings.crypto_sign_ed25519_sk_to_curve25519(key._full),
        )
    except (CryptoError, RuntimeError, TypeError) as error:
        raise ValueError("not a key") from error


def lock_secret(secret: bytes, passphrase: str) -> tuple[bytes, bytes]:
    """Encrypt a secret under a passphrase with argon2id (moderate cost, about 0.3 s): (salt, nonce ‖ box)."""
    salt = os.urandom(bindings.crypto_pwhash_SALTBYTES)
    nonce = os.urandom(bindings.crypto_secretbox_NONCEBYTES)
    return salt, nonce + bindings.crypto_secretbox(secret, nonce, _stretched(passphrase, salt))


def unlock_secret(salt: bytes, box: bytes, passphrase: str) -> bytes | None:
    """The secret behind `lock_secret`; None for a wrong passphrase or altered bytes."""
    size = bindings.crypto_secretbox_NONCEBYTES
    try:
        return bindings.crypto_secretbox_open(box[size:], box[:size], _stretched(passphrase, salt))
    except (CryptoError, ValueError):
        return None


def _stretched(passphrase: str, salt: bytes) -> bytes:
    return bindings.crypto_pwhash_alg(
        bindings.crypto_secretbox_KEYBYTES,
        passphrase.encode(),
        salt,
        bindings.crypto_pwhash_argon2id_OPSLIMIT_INTERACTIVE,
        bindings.crypto_pwhash_argon2id_MEMLIMIT_INTERACTIVE,
        bindings.crypto_pwhash_ALG_ARGON2ID13,
    )
