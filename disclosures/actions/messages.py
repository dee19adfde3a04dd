"""Telling people things: in the portal at once, by mail to those who want it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from disclosures.models import Message, Reminder
from units.models import Office, Unit, User


@transaction.atomic
def tell(
    *,
    office: Office,
    people: Iterable[User],
    kind: Message.Kind,
    title: str,
    body: str = "",
    address: str = "",
    unit: Unit | None = None,
    reminder: Reminder | None = None,
    urgent: bool = False,
    at: datetime,
) -> list[Message]:
    """Give each person a message; it waits to be mailed where the person wants mail and has an address.

    What is not urgent goes out with the day's other messages in one letter.
    """
    return Message.objects.bulk_create(
        Message(
            office=office,
            user=person,
            unit=unit,
            kind=kind,
            title=title[:200],
            body=body,
            address=address,
            reminder=reminder,
            urgent=urgent,
            created_at=at,
            mail=Message.Mail.WAITING if person.mail_wanted and person.email else Message.Mail.NONE,
        )
        for person in people
    )


def read(*, messages: QuerySet[Message], user: User, at: datetime) -> int:
    """Mark those of the person's messages that are unread as read; how many. The first time counts, as with any receipt."""
    return messages.filter(user=user).unread().update(read_at=at)  # type: ignore[attr-defined]


def unread(*, user: User, read_at: datetime) -> int:
    """Take back a marking of that very moment: whoever marked all as read by mistake has them before the eyes again."""
    return Message.objects.filter(user=user, read_at=read_at).update(read_at=None)


@transaction.atomic
def untell(
    *, office: Office, kinds: Iterable[Message.Kind], addresses: Iterable[str], told_at: datetime | None = None
) -> list[Message]:
    """Take back what was told about those pages (at that moment), as far as nobody has read it and no mail has gone out.

    What somebody knows already stays and is returned: its reader must be told what has become of it.
    """
    told = Message.objects.filter(office=office, kind__in=list(kinds), address__in=list(addresses))
    if told_at is not None:
        told = told.filter(created_at=told_at)
    told.unread().exclude(mail__in=(Message.Mail.SENT, Message.Mail.FAILED)).delete()
    return list(told.select_related("user"))
