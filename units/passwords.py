"""What a password must be (GB/T 22239-2019, 8.1.4.1 a: identity credentials are complex)."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from units.models import User


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
