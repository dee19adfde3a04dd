"""A real mail server on loopback for the tests that send: it keeps what it takes, and refuses what it is told to."""

from __future__ import annotations

import email
import email.policy
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller

HOST = "127.0.0.1"


@dataclass
class Mailbox:
    """What came in; `answer` decides what the server says to a letter (None: it takes it)."""

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    answer: Callable[[str], str | None] = lambda to: None
    refused: dict[str, str] = field(default_factory=dict)
    """The answer to a recipient's address."""

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if refusal := self.answer(envelope.rcpt_tos[0]):
            if refusal == "hang up":
                server.transport.close()
                return "421 gone"
            return refusal
        self.letters.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 OK"

    @property
    def recipients(self) -> list[str]:
        """To whom letters came, in order."""
        return [str(letter["To"]) for letter in self.letters]

    def subject(self, number: int = 0) -> str:
        """The subject of a letter, without the fold before a long one."""
        return str(self.letters[number]["Subject"]).strip()

    def body(self, number: int = 0) -> str:
        """The text of a letter."""
        return self.letters[number].get_content().replace("\r\n", "\n")


@pytest.fixture
def mailbox(settings) -> Iterator[Mailbox]:
    """The server, and the portal told of it."""
    box = Mailbox()
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        box.port = probe.getsockname()[1]
    controller = Controller(box, hostname=HOST, port=box.port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = HOST, box.port
    settings.DEFAULT_FROM_EMAIL = "政务公开科 <zwgk@lanshan.example>"
    settings.PORTAL_ADDRESS = "https://portal.lanshan.example"
    yield box
    controller.stop()
