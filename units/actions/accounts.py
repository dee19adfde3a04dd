"""Changes to accounts: making them, their passwords, switching them off. What a person is somewhere: `appointments`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from units import audit, locks
from units.actions import appointments
from units.actions.appointments import AccountRefused
from units.models import Membership, Office, Unit, UsedPassword, User
from units.passwords import KEPT, initial_hash, initial_password
from units.people import accounts_of, serving_elsewhere
from units.pinyin import spelled
from units.roles import ADMINISTRATOR, Role


@dataclass(frozen=True)
class Profile:
    """Who an account belongs to, besides its name."""

    display_name: str
    job_title: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class Slip:
    """An initial password, told once: it is kept nowhere but as a hash."""

    user: User
    password: str


# --- making and correcting


@transaction.atomic
def create(
    *, office: Office, username: str, profile: Profile, role: Role, unit: Unit | None, since: date, by: User | None
) -> Membership:
    """Make an account and appoint its person; it cannot sign in before `issue_passwords` has given it a password.

    Raises AccountRefused when the name is taken, or as `appointments.appoint` does.
    """
    if User.objects.filter(username__iexact=username).exists():
        raise AccountRefused(f"账号“{username}”已被使用，请换一个账号。", field="username")
    user = User(username=username, must_change_password=True, **asdict(profile))
    user.pinyin = spelled(profile.display_name)
    user.set_unusable_password()
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:
        raise AccountRefused(f"账号“{username}”刚刚被使用，请换一个账号。", field="username") from None
    audit.record(by=by, verb="account.created", office=office, target=user, data=_named(user))
    return appointments.appoint(office=office, user=user, role=role, unit=unit, since=since, by=by)


@transaction.atomic
def open_account(
    *,
    office: Office,
    username: str,
    profile: Profile,
    role: Role,
    unit: Unit | None,
    since: date,
    by: User,
    at: datetime,
) -> Slip:
    """Make an account with its initial password; raises AccountRefused as `create` does."""
    made = create(office=office, username=username, profile=profile, role=role, unit=unit, since=since, by=by)
    (slip,) = issue_passwords(office=office, users=[made.user], by=by, at=at)
    return slip


@transaction.atomic
def correct(*, office: Office, user: User, profile: Profile, by: User | None, on: date) -> bool:
    """Correct whose account it is; whether anything changed. Raises AccountRefused for an account shared with others."""
    user = _own(office, user, on)
    was = user.display_name
    changed = _set(user, asdict(profile))
    if not changed:
        return False
    user.pinyin = spelled(profile.display_name)
    user.save(update_fields=[*changed, "pinyin"])
    data = _named(user) | {"was": was, "changed": changed}
    audit.record(by=by, verb="account.corrected", office=office, target=user, data=data)
    return True


@transaction.atomic
def keep_own_profile(
    *, user: User, phone: str, email: str, mail_wanted: bool, large_text: bool, office: Office | None
) -> bool:
    """Keep what a person says of the own account; whether anything changed."""
    wanted = {"phone": phone, "email": email, "mail_wanted": mail_wanted, "large_text": large_text}
    changed = _set(user, wanted)
    if not changed:
        return False
    user.save(update_fields=changed)
    audit.record(by=user, verb="account.profile_kept", office=office, target=user, data={"changed": changed})
    return True


def _set(user: User, wanted: dict[str, Any]) -> list[str]:
    """Give the account these values; the names of those that are new to it. What they were the log does not repeat: telephone
    numbers and mail addresses are nobody else's business."""
    changed = [name for name, value in wanted.items() if getattr(user, name) != value]
    for name in changed:
        setattr(user, name, wanted[name])
    return changed


# --- passwords


@transaction.atomic
def issue_passwords(*, office: Office, users: Sequence[User], by: User, at: datetime) -> list[Slip]:
    """Give each account a new initial password, to be changed at the next sign-in; whoever is signed in with it is not any
    more, and whoever is locked is let go.

    Raises AccountRefused, and changes none, for the own account, one that is switched off, or one shared with others.
    """
    if any(user.pk == by.pk for user in users):
        raise AccountRefused("本人的密码请在“修改密码”中修改，不能在这里重设。")
    if off := [str(user) for user in users if not user.is_active]:
        raise AccountRefused(f"{'、'.join(off)}的账号已停用，请先启用，再发放初始密码。")
    slips = []
    for user in _all_own(office, users, timezone.localdate(at)):
        slip = Slip(user, initial_password())
        _keep_used(user)
        user.password = initial_hash(slip.password)
        user.must_change_password, user.password_changed_at = True, at
        user.save(update_fields=["password", "must_change_password", "password_changed_at"])
        locks.release(user.username)
        audit.record(by=by, verb="account.password_issued", office=office, target=user, data=_named(user))
        slips.append(slip)
    return slips


@transaction.atomic
def change_own_password(*, user: User, password: str, office: Office | None, at: datetime) -> None:
    """Set the password a person chose; the one in use is kept among those that may not be used again."""
    _keep_used(user)
    user.set_password(password)
    user.must_change_password, user.password_changed_at = False, at
    user.save(update_fields=["password", "must_change_password", "password_changed_at"])
    audit.record(by=user, verb="password.changed", office=office)


def _keep_used(user: User) -> None:
    """Remember the hash in use, and forget those before the newest few."""
    if user.has_usable_password():
        UsedPassword.objects.create(user=user, password=user.password)
    kept = user.used_passwords.values_list("pk", flat=True)[:KEPT]
    user.used_passwords.exclude(pk__in=list(kept)).delete()


@transaction.atomic
def unlock(*, office: Office, user: User, by: User | None, at: datetime) -> None:
    """Let an account go that wrong passwords have locked; raises AccountRefused when it is not."""
    if user.username not in locks.locked_until([user.username], at):
        raise AccountRefused(f"{user}的账号没有锁定。")
    locks.release(user.username)
    audit.record(by=by, verb="account.unlocked", office=office, target=user, data=_named(user))


# --- on and off


@transaction.atomic
def deactivate(*, office: Office, user: User, by: User | None, on: date) -> None:
    """Switch an account off: whoever is signed in with it is not any more. What it did, and its appointments, stay.

    Raises AccountRefused for the own account, the last administrator's, one that is off, or one shared with others.
    """
    if by is not None and user.pk == by.pk:
        raise AccountRefused("不能停用本人的账号，请由另一名系统管理员办理。")
    user = _own(office, user, on)
    if not user.is_active:
        raise AccountRefused(f"{user}的账号已经停用。")
    if user.memberships.in_force(on).filter(office=office, role=ADMINISTRATOR.key).exists():
        appointments.refuse_without_administrator(office, on, leaving=user.memberships.all())
    user.is_active = False
    user.save(update_fields=["is_active"])
    audit.record(by=by, verb="account.deactivated", office=office, target=user, data=_named(user))


@transaction.atomic
def activate(*, office: Office, user: User, by: User | None, on: date) -> None:
    """Switch an account on again, with the password it had; raises AccountRefused when it is on."""
    user = _own(office, user, on)
    if user.is_active:
        raise AccountRefused(f"{user}的账号已在使用。")
    user.is_active = True
    user.save(update_fields=["is_active"])
    audit.record(by=by, verb="account.activated", office=office, target=user, data=_named(user))


# --- whose account


def _own(office: Office, user: User, on: date) -> User:
    """The account, locked for the change; raises AccountRefused when the office does not keep it, or not alone."""
    return _all_own(office, [user], on)[0]


def _all_own(office: Office, users: Sequence[User], on: date) -> list[User]:
    appointments.alone_at(office)
    kept = {user.pk: user for user in accounts_of(office).filter(pk__in=[user.pk for user in users])}
    for user in users:
        if user.pk not in kept:
            raise AccountRefused(f"{user}的账号不由本机关管理。")
    if shared := [str(user) for user in serving_elsewhere(users, office, on)]:
        raise AccountRefused(f"{'、'.join(shared)}同时在其他机关任职，账号由系统管理员用命令办理。")
    return [kept[user.pk] for user in users]


def _named(user: User) -> dict[str, str]:
    return {"account": user.username, "name": user.display_name}
