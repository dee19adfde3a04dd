"""The mail server: whether there is one, a connection to it, and what its answers mean in words."""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

SECURITY = {"none": "不加密", "starttls": "STARTTLS", "ssl": "SSL"}


class Unsent(Exception):
    """A letter was not handed over; the message is the sentence for the person.

    `again`: whether trying later makes sense.
    """

    def __init__(self, sentence: str, *, again: bool = True) -> None:
        super().__init__(sentence)
        self.again = again


@dataclass(frozen=True)
class MailServer:
    """What the environment says about the server, as a page shows it; never the password."""

    host: str
    port: int
    user: str
    security: str
    sender: str

    @classmethod
    def configured(cls) -> MailServer | None:
        """The server; None where none is named: then nothing is sent and nothing is tried."""
        if not settings.EMAIL_HOST:
            return None
        return cls(
            host=settings.EMAIL_HOST,
            port=settings.EMAIL_PORT,
            user=settings.EMAIL_HOST_USER,
            security=SECURITY[settings.EMAIL_SECURITY],
            sender=settings.DEFAULT_FROM_EMAIL,
        )


@contextmanager
def line() -> Iterator[Any]:
    """A connection for some letters, not open yet, closed afterwards."""
    connection = get_connection()
    try:
        yield connection
    finally:
        _hang_up(connection)


def open_line(connection: Any) -> None:
    """See that the connection is open and the server still listens; raises Unsent when it cannot be reached."""
    try:
        if getattr(connection, "connection", None) is not None:
            # Many a server ends a connection after some letters; asked first, no letter is lost in it.
            connection.connection.noop()
    except (OSError, smtplib.SMTPException):
        _hang_up(connection)
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as problem:
        raise _not_reached(problem) from problem


def _hang_up(connection: Any) -> None:
    try:
        connection.close()
    except (OSError, smtplib.SMTPException):
        # A server that is gone already changes nothing.
        connection.connection = None


def hand_over(connection: Any, *, to: str, subject: str, body: str, number: str) -> None:
    """Give one letter to the server; raises Unsent when it did not take it, or when nobody knows whether it did."""
    open_line(connection)
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "localhost"
    letter = EmailMessage(
        subject=subject,
        body=body,
        to=[to],
        connection=connection,
        headers={"Message-ID": f"<{number}@{domain}>", "Auto-Submitted": "auto-generated"},
    )
    try:
        letter.send()
    except smtplib.SMTPRecipientsRefused as refused:
        ((code, answer),) = refused.recipients.values()
        raise Unsent(f"收件地址 {to} 被拒收（{_answer(code, answer)}）", again=code < 500) from refused
    except smtplib.SMTPResponseException as refused:
        raise Unsent(
            f"邮件服务器没有接收（{_answer(refused.smtp_code, refused.smtp_error)}）", again=refused.smtp_code < 500
        ) from refused
    except (OSError, smtplib.SMTPException) as problem:
        # The connection broke after it was open: the server may have taken the letter before.
        raise Unsent("发送途中连接中断，邮件可能已经送达，为避免重复没有再发", again=False) from problem


def _not_reached(problem: Exception) -> Unsent:
    where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    match problem:
        case socket.gaierror():
            return Unsent(f"找不到邮件服务器 {settings.EMAIL_HOST}")
        case smtplib.SMTPAuthenticationError():
            return Unsent(f"邮件服务器 {where} 不接受账号或密码")
        case ssl.SSLError():
            return Unsent(f"与邮件服务器 {where} 不能建立加密连接，请核对加密方式和端口")
        case smtplib.SMTPNotSupportedError():
            return Unsent(f"邮件服务器 {where} 不支持所设的加密方式或登录方式")
        case TimeoutError():
            return Unsent(f"连接邮件服务器 {where} 超时")
        case smtplib.SMTPResponseException():
            answer = _answer(problem.smtp_code, problem.smtp_error)
            return Unsent(f"邮件服务器 {where} 拒绝连接（{answer}）")
    return Unsent(f"连接不上邮件服务器 {where}")


def _answer(code: int, words: bytes | str) -> str:
    """The server's answer, short and in one line."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return f"{code} {' '.join(text.split())}"[:120]
