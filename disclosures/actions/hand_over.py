"""Handing over at a unit: the role passes on, and with it what the leaver has not read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone

from disclosures.actions import messages
from disclosures.models import Message
from lanshan_portal.periods import chinese_date
from units import audit
from units.actions import accounts, appointments
from units.actions.accounts import Profile, Slip
from units.models import Membership, User
from units.roles import ROLES


@dataclass(frozen=True)
class Newcomer:
    """A successor who has no account yet."""

    username: str
    profile: Profile


@dataclass(frozen=True)
class HandedOver:
    """What came of it: the successor's appointment, how many unread messages went along, and the slip of a new account."""

    following: Membership
    passed_on: int
    slip: Slip | None = None


@transaction.atomic
def hand_over(
    *, membership: Membership, successor: User | Newcomer, from_day: date, by: User, at: datetime
) -> HandedOver:
    """Let the successor, who may be new, hold the role from `from_day` on; from then on the leaver's unread messages about the
    unit are the successor's, who is told so.

    Raises AccountRefused, and changes nothing, as `appointments.hand_over` and `accounts.create` do.
    """
    unit, office, today = membership.unit, membership.office, timezone.localdate(at)
    slip = None
    if isinstance(successor, Newcomer):
        made = accounts.create(
            office=office,
            username=successor.username,
            profile=successor.profile,
            role=ROLES[membership.role],
            unit=unit,
            since=from_day,
            by=by,
        )
        successor = made.user
        (slip,) = accounts.issue_passwords(office=office, users=[successor], by=by, at=at)
    following = appointments.hand_over(membership=membership, successor=successor, from_day=from_day, by=by, on=today)
    assert unit is not None, "only a unit's role is handed over"
    messages.tell(
        office=office,
        people=[successor],
        kind=Message.Kind.ACCOUNT,
        title=f"自{chinese_date(from_day, with_year=False)}起由您担任{unit}{ROLES[membership.role].display_name}",
        body="交接单列出了未完成的任务和期限、新媒体账号、近期问题，请与移交人逐项核对。",
        address=reverse("units_hand_over", args=[unit.code]),
        unit=unit,
        at=at,
    )
    passed = pass_on(membership=_again(membership), by=by) if from_day <= today else 0
    return HandedOver(following, passed, slip)


@transaction.atomic
def pass_on(*, membership: Membership, by: User | None) -> int:
    """Give what a leaver has not read about the unit to the successor; how many messages that were.

    What the successor was told as well stays where it is: nobody is told a thing twice.
    """
    following = membership.handed_to
    assert following is not None, "handed over"
    successor = following.user
    twin = Message.objects.filter(
        user=successor,
        unit=OuterRef("unit"),
        kind=OuterRef("kind"),
        title=OuterRef("title"),
        created_at=OuterRef("created_at"),
    )
    waiting = _open(membership.user, membership.unit).exclude(Exists(twin))
    by_mail = Message.Mail.WAITING if successor.mail_wanted and successor.email else Message.Mail.NONE
    count = Message.objects.filter(pk__in=list(waiting.values_list("pk", flat=True))).update(
        user=successor, mail=by_mail, mailed_at=None
    )
    if count:
        audit.record(
            by=by,
            verb="message.passed_on",
            office=membership.office,
            target=successor,
            data={"from": str(membership.user), "to": str(successor), "unit": str(membership.unit), "count": count},
        )
    return count


def pass_on_all(on: date) -> int:
    """Pass on what waits for people whose successors have begun by `on`, from one to the next where they have handed on in
    turn; the schedule calls it. How many times a message went to another."""
    unread = _open(OuterRef("user"), OuterRef("unit"))
    # Who has come back, or left a second time, is asked by that.
    later = Membership.objects.filter(user=OuterRef("user"), unit=OuterRef("unit"), since__gte=OuterRef("until"))
    gone = Membership.objects.filter(Exists(unread), ~Exists(later), handed_to__isnull=False, until__lte=on)
    total = 0
    while passed := sum(pass_on(membership=each, by=None) for each in _with_people(gone)):
        total += passed
    return total


def _open(user: Any, unit: Any) -> QuerySet[Message]:
    """What the person has not read about the unit; what is about the person's own account stays the person's."""
    return Message.objects.unread().filter(user=user, unit=unit).exclude(kind=Message.Kind.ACCOUNT)


def _again(membership: Membership) -> Membership:
    return _with_people(Membership.objects.filter(pk=membership.pk)).get()


def _with_people(rows: QuerySet[Membership]) -> QuerySet[Membership]:
    return rows.select_related("office", "unit", "user", "handed_to__user").order_by("until", "id")
