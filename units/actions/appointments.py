"""What a person is somewhere, from when to when: appointing, ending, handing over."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from lanshan_portal.periods import chinese_date, within_years
from units import audit
from units.appointing import Appointment, span_in_words, why_not
from units.models import Membership, Office, Unit, User
from units.people import accounts_of
from units.roles import ADMINISTRATOR, ROLES, Role


class AccountRefused(Exception):
    """A change to an account or an appointment that cannot be; the message is the sentence for the administrator.

    `field` names the field of a form that is to blame, where one is.
    """

    def __init__(self, sentence: str, *, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


# --- appointing


@transaction.atomic
def appoint(*, office: Office, user: User, role: Role, unit: Unit | None, since: date, by: User | None) -> Membership:
    """Let the person hold a role at the office, or at one of its units, from `since` on.

    Raises AccountRefused when the day makes no sense, the unit is no unit of the office then, the person holds the role
    there already, or the roles exclude each other (`units/appointing.py`).
    """
    alone_at(office)
    if not within_years(since):
        raise AccountRefused("起始日期应在1950年至2099年之间。", field="since")
    if unit is not None and unit.office_id != office.pk:
        raise AccountRefused("该单位不属于本机关。", field="unit")
    held = [as_appointment(each) for each in user.memberships.filter(office=office)]
    directory = Unit.objects.filter(office=office).directory()
    if sentence := why_not(Appointment(role, unit.pk if unit else None, since), held, directory):
        raise AccountRefused(sentence)
    membership = Membership.objects.create(user=user, office=office, unit=unit, role=role.key, since=since)
    audit.record(by=by, verb="appointment.begun", office=office, target=user, data=_told(membership))
    return membership


@transaction.atomic
def withdraw(*, membership: Membership, by: User | None, on: date) -> None:
    """Take back an appointment that was a mistake, as if it had never been; only one that has not lasted a day yet.

    Raises AccountRefused for an older one, which can only be ended, for the only one the person ever had at the office, whose
    account it is by that alone, and as `end` does.
    """
    membership = _fresh(membership)
    if membership.since < on:
        raise AccountRefused(f"该任职自{chinese_date(membership.since)}开始，已经生效，不能撤销，请改为终止任职。")
    if not membership.user.memberships.filter(office=membership.office).exclude(pk=membership.pk).exists():
        raise AccountRefused("这是该账号唯一的任职，不能撤销；请先任命正确的角色再撤销，不再使用的账号请停用。")
    _refuse_own_rights(membership, by, on)
    audit.record(
        by=by, verb="appointment.withdrawn", office=membership.office, target=membership.user, data=_told(membership)
    )
    membership.delete()


@transaction.atomic
def end(*, membership: Membership, until: date, by: User | None, on: date) -> Membership:
    """Let an appointment end: `until` is the first day on which the person holds the role no more.

    Raises AccountRefused when it has ended or begins later, for the own rights of an administrator, and for the last
    administrator.
    """
    membership = _fresh(membership)
    if membership.until is not None and membership.until <= on:
        raise AccountRefused(f"该任职已自{chinese_date(membership.until)}起终止。")
    if until <= membership.since:
        raise AccountRefused(f"终止日期应晚于起始日期{chinese_date(membership.since)}。", field="until")
    if not within_years(until):
        raise AccountRefused("终止日期应在1950年至2099年之间。", field="until")
    _refuse_own_rights(membership, by, on)
    membership.until = until
    membership.save(update_fields=["until"])
    audit.record(
        by=by, verb="appointment.ended", office=membership.office, target=membership.user, data=_told(membership)
    )
    return membership


@transaction.atomic
def resume(*, membership: Membership, by: User | None) -> Membership:
    """Take back the end of an appointment; raises AccountRefused when it has none, was handed over, or stands in the way of
    a later one."""
    membership = _fresh(membership)
    if membership.until is None:
        raise AccountRefused("该任职没有终止。")
    if membership.handed_to is not None:
        raise AccountRefused(f"该任职已交接给{membership.handed_to.user}，不能恢复；需要时请重新任命。")
    others = membership.user.memberships.filter(office=membership.office).exclude(pk=membership.pk)
    wanted = Appointment(ROLES[membership.role], membership.unit_id, membership.since)
    directory = Unit.objects.filter(office=membership.office).directory()
    if sentence := why_not(wanted, [as_appointment(each) for each in others], directory):
        raise AccountRefused(sentence)
    membership.until = None
    membership.save(update_fields=["until"])
    audit.record(
        by=by, verb="appointment.resumed", office=membership.office, target=membership.user, data=_told(membership)
    )
    return membership


@transaction.atomic
def hand_over(*, membership: Membership, successor: User, from_day: date, by: User | None, on: date) -> Membership:
    """Let another person take over a unit's role: it ends the day before `from_day`, and the successor holds it from then.

    A successor who holds it beside the leaver goes on holding it. Raises AccountRefused when it has ended or was handed over,
    when the day is not after it began, or when the successor cannot take it; nothing changes then.
    """
    membership = _fresh(membership)
    unit, office = membership.unit, membership.office
    if unit is None:
        raise AccountRefused("只有单位联络员和单位分管领导的任职可以交接，机关人员请分别办理任命和终止。")
    if membership.handed_to is not None and membership.until is not None:
        raise AccountRefused(
            f"该任职已于{chinese_date(membership.until)}交接给{membership.handed_to.user}，不能重复办理。"
        )
    if membership.until is not None and membership.until <= max(on, from_day):
        raise AccountRefused(f"该任职已自{chinese_date(membership.until)}起终止，请直接任命接任人。")
    if from_day <= membership.since:
        raise AccountRefused(f"交接日期应晚于移交人的起始日期{chinese_date(membership.since)}。", field="from_day")
    if successor.pk == membership.user_id:
        raise AccountRefused("接任人不能是移交人本人。", field="successor")
    if not successor.is_active:
        raise AccountRefused(f"{successor}的账号已停用，请先启用。", field="successor")
    if not accounts_of(office).filter(pk=successor.pk).exists():
        raise AccountRefused(f"{successor}的账号不由本机关管理。", field="successor")
    beside = (
        Membership.objects.in_force(from_day)
        .filter(user=successor, unit=unit, role=membership.role, until__isnull=True)
        .first()
    )
    following = beside or appoint(
        office=office, user=successor, role=ROLES[membership.role], unit=unit, since=from_day, by=by
    )
    membership.until, membership.handed_to = from_day, following
    membership.save(update_fields=["until", "handed_to"])
    data = _told(membership) | {"to_account": successor.username, "to_name": successor.display_name}
    audit.record(by=by, verb="appointment.handed_over", office=office, target=membership.user, data=data)
    return following


# --- who must stay


def refuse_without_administrator(office: Office, on: date, *, leaving: QuerySet[Membership]) -> None:
    """Raise AccountRefused when nobody would be the office's administrator for good once these memberships are gone."""
    staying = Membership.objects.in_force(on).filter(
        office=office, role=ADMINISTRATOR.key, until__isnull=True, user__is_active=True
    )
    if not staying.exclude(pk__in=leaving.values("pk")).exists():
        raise AccountRefused(
            f"这是唯一长期任职的{ADMINISTRATOR.display_name}，请先任命另一名{ADMINISTRATOR.display_name}，再办理。"
        )


def _refuse_own_rights(membership: Membership, by: User | None, on: date) -> None:
    if membership.role != ADMINISTRATOR.key:
        return
    if by is not None and by.pk == membership.user_id:
        raise AccountRefused(
            f"不能终止本人的{ADMINISTRATOR.display_name}任职，请由另一名{ADMINISTRATOR.display_name}办理。"
        )
    refuse_without_administrator(membership.office, on, leaving=Membership.objects.filter(pk=membership.pk))


# --- one at a time


def alone_at(office: Office) -> None:
    """Let no other change to the office's accounts and appointments run beside this one.

    no_key: what refers to the office may still be written meanwhile (PostgreSQL's FOR NO KEY UPDATE).
    """
    Office.objects.select_for_update(no_key=True).get(pk=office.pk)


def _fresh(membership: Membership) -> Membership:
    """The membership as it is now, with nobody else changing the office's."""
    alone_at(membership.office)
    return Membership.objects.select_related("user", "office", "unit", "handed_to__user").get(pk=membership.pk)


def as_appointment(membership: Membership) -> Appointment:
    """A membership as the rules see it."""
    return Appointment(ROLES[membership.role], membership.unit_id, membership.since, membership.until)


def _told(membership: Membership) -> dict[str, Any]:
    return {
        "account": membership.user.username,
        "name": membership.user.display_name,
        "role": membership.role,
        "unit": str(membership.unit) if membership.unit else "",
        "span": span_in_words(membership.since, membership.until),
    }
