"""What must not stand in a list: numbers by which an applicant could be found (个人信息保护法 art. 6, 28). Pure."""

from __future__ import annotations

import re

IDENTITY_NUMBER = re.compile(r"(?<!\d)(\d{6})\d{8,11}([\dXx])(?![\dXx])")
MOBILE = re.compile(r"(?<!\d)(1\d{2})\d{4}(\d{4})(?!\d)")
LANDLINE = re.compile(r"(?<!\d)(0\d{2,3})[-－ ]?\d{7,8}(?!\d)")
MAIL = re.compile(r"[A-Za-z0-9_.+-]+@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)")


def masked(text: str) -> str:
    """The text with identity numbers, telephone numbers and mail addresses blotted out.

    “电话13800001234” becomes “电话138****1234”.
    """
    text = IDENTITY_NUMBER.sub(r"\1********\2", text)
    text = MOBILE.sub(r"\1****\2", text)
    text = LANDLINE.sub(r"\1-*******", text)
    return MAIL.sub(r"****@\1", text)
