"""What the parts of an account may be, said once for the forms and for the sheet. Pure."""

from __future__ import annotations

import re

USERNAME_FORM = "以字母开头，由字母、数字和 . _ - 组成，3至30个字符"
PHONE_FORM = "数字，可含 + - 空格和“转”，3至40个字符"

_USERNAME = re.compile(r"[A-Za-z][A-Za-z0-9._-]{2,29}")
_PHONE = re.compile(r"[0-9+(（][0-9+()（）转、 \-－]{2,39}")
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


def why_no_username(text: str) -> str:
    """Why the text cannot be an account's name; empty when it can."""
    return "" if _USERNAME.fullmatch(text) else f"账号应{USERNAME_FORM}。"


def why_no_phone(text: str) -> str:
    """Why the text cannot be a telephone number; empty when it can."""
    return "" if _PHONE.fullmatch(text) else f"联系电话应为{PHONE_FORM}。"


def why_no_email(text: str) -> str:
    """Why the text cannot be a mail address; empty when it can."""
    return "" if _EMAIL.fullmatch(text) and len(text) <= 254 else "邮箱应写作 name@example.com 的形式。"
