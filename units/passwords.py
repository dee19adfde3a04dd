"""What a password must be (GB/T 22239-2019, 8.1.4.1 a: credentials are complex, changed periodically, not reused)."""

from __future__ import annotations

import re
import secrets

from django.contrib.auth.hashers import PBKDF2PasswordHasher, check_password, get_hasher
from django.core.exceptions import ValidationError

from units.models import User

KEPT = 5
"""How many former passwords may not be used again."""
CLASSES = (("大写字母", r"[A-Z]"), ("小写字母", r"[a-z]"), ("数字", r"[0-9]"), ("符号", r"[^A-Za-z0-9\s]"))
RULE = "至少10个字符，含大写字母、小写字母、数字、符号中的三类，不能与账号相近，不能是常见密码和最近用过的密码。"

LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""What an initial password is made of: nothing that is mistaken on paper, as 0 and O, 1, l and I."""
INITIAL_ITERATIONS = 20_000


def initial_password() -> str:
    """A password to be handed over on paper and changed at the first sign-in: Kq7m-p3Xd-94tR, some 69 bits."""
    while True:
        groups = ["".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3)]
        password = "-".join(groups)
        if all(re.search(pattern, password) for _, pattern in CLASSES):
            return password


def initial_hash(password: str) -> str:
    """Its hash. Nobody guesses 69 bits, so few rounds will do: a hundred accounts take a second instead of a minute.

    The hash names its rounds, and Django makes it anew with the usual number at the first sign-in.
    """
    hasher = get_hasher()
    if isinstance(hasher, PBKDF2PasswordHasher):
        return hasher.encode(password, hasher.salt(), iterations=INITIAL_ITERATIONS)
    return hasher.encode(password, hasher.salt())


class LongEnough:
    """At least so many characters; Django's own validator of length speaks English only."""

    def __init__(self, at_least: int = 10) -> None:
        self.at_least = at_least

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError with the sentence for a shorter one."""
        if len(password) < self.at_least:
            raise ValidationError(
                f"密码只有{len(password)}个字符，至少要有{self.at_least}个。", code="password_too_short"
            )

    def get_help_text(self) -> str:
        """The rule as a sentence."""
        return f"至少{self.at_least}个字符。"


class Varied:
    """Of capital letters, small letters, digits and signs, at least three kinds."""

    def __init__(self, kinds: int = 3) -> None:
        self.kinds = kinds

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError naming the kinds that are lacking."""
        lacking = [name for name, pattern in CLASSES if not re.search(pattern, password)]
        if len(CLASSES) - len(lacking) < self.kinds:
            raise ValidationError(
                f"密码至少要含{self.kinds}类字符，还没有：{'、'.join(lacking)}。", code="password_not_varied"
            )

    def get_help_text(self) -> str:
        """The rule as a sentence."""
        return "大写字母、小写字母、数字、符号中至少三类。"


class NotUsedBefore:
    """None of the last KEPT passwords of the same person, the present one included."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError for one of them."""
        if user is None or user.pk is None:
            return
        used = user.used_passwords.values_list("password", flat=True)[:KEPT]
        if any(check_password(password, kept) for kept in {user.password, *used} if kept):
            raise ValidationError(f"不能使用最近{KEPT}次用过的密码。", code="password_used")

    def get_help_text(self) -> str:
        """The rule as a sentence."""
        return f"不能使用最近{KEPT}次用过的密码。"
