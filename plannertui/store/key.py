"""The key of a sealed store: made from a passphrase, or from a recovery code."""

from __future__ import annotations

from plannertui.core.errors import Usage
from plannertui.i18n import gettext as _

RAW, SALT = 32, 16

# Parameter sets of scrypt, by number: a set is never changed, a better one is added.
# N = 2^17 with r = 8 takes 128 MiB and about half a second.
KDFS = {1: (1 << 17, 8, 1)}
NEWEST = 1

# Crockford's: without letters that look like figures.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans("OIL", "011")
_CHECKED = 3
_GROUP = 4


class Key:
    """The raw key (32 bytes) and the salt (16 bytes) of one store; never printed."""

    __slots__ = ("raw", "salt")

    def __init__(self, raw: bytes, salt: bytes) -> None:
        if len(raw) != RAW or len(salt) != SALT:
            # A key of another length would silently be taken as a passphrase.
            raise ValueError("a key has 32 bytes and its salt 16")
        self.raw = raw
        self.salt = salt

    def __repr__(self) -> str:
        return "Key(…)"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Key):
            return NotImplemented
        return (self.raw, self.salt) == (other.raw, other.salt)

    def __hash__(self) -> int:
        return hash(self.salt)

    @property
    def spec(self) -> str:
        """The key as ``PRAGMA key`` and ``ATTACH … KEY`` take it; hexadecimal only."""
        return f"x'{self.raw.hex()}{self.salt.hex()}'"

    @property
    def check(self) -> str:
        """16 hexadecimal digits that tell a wrong key from a damaged file."""
        return _digest(b"plannertui check", self.raw)[:8].hex()

    @property
    def code(self) -> str:
        """The recovery code: the raw key with a checksum, 14 groups of 4 characters."""
        data = self.raw + _digest(b"plannertui code", self.raw)[:_CHECKED]
        number = int.from_bytes(data)
        count = len(data) * 8 // 5
        text = "".join(
            ALPHABET[number >> 5 * place & 31] for place in range(count - 1, -1, -1)
        )
        return "-".join(text[at : at + _GROUP] for at in range(0, count, _GROUP))


def _digest(purpose: bytes, raw: bytes) -> bytes:
    from hashlib import sha256

    return sha256(purpose + b"\0" + raw).digest()


def derive(passphrase: str, salt: bytes, kdf: int = NEWEST) -> Key:
    """The key that ``passphrase`` gives with ``salt``; half a second and 128 MiB.

    The passphrase is taken in its NFKC form: the same on every keyboard.
    """
    from hashlib import scrypt
    from unicodedata import normalize

    cost, block, lanes = KDFS[kdf]
    text = normalize("NFKC", passphrase)
    raw = scrypt(
        text.encode("utf-8", "surrogatepass"),
        salt=salt,
        n=cost,
        r=block,
        p=lanes,
        maxmem=130 * cost * block,
        dklen=RAW,
    )
    return Key(raw, salt)


def bare(code: str) -> str:
    """``code`` as it is read: case, blanks and dashes are free, and O is nought."""
    kept = "".join(char for char in code.upper() if char.isalnum())
    return kept.translate(_READ_AS)


def looks_like_code(text: str) -> bool:
    """Whether ``text`` has the length and the letters of a recovery code."""
    kept = bare(text)
    right = len(kept) == (RAW + _CHECKED) * 8 // 5
    return right and all(char in ALPHABET for char in kept)


def from_code(text: str, salt: bytes) -> Key:
    """The key that a recovery code stands for.

    Case, blanks and dashes are free. Raises Usage for what is no code, or is mistyped.
    """
    kept = bare(text)
    size = RAW + _CHECKED
    if not looks_like_code(text):
        raise Usage(
            _("That is no recovery code: it has 14 groups of 4 letters and figures.")
        )
    number = 0
    for char in kept:
        number = number << 5 | ALPHABET.index(char)
    data = number.to_bytes(size)
    raw = data[:RAW]
    if _digest(b"plannertui code", raw)[:_CHECKED] != data[RAW:]:
        raise Usage(_("The recovery code is mistyped somewhere. Look at each group."))
    return Key(raw, salt)


def new_salt() -> bytes:
    """16 bytes that no other store has."""
    from secrets import token_bytes

    return token_bytes(SALT)
