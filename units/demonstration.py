"""Demonstration accounts: one for each kind of person, for trying the portal out on one's own machine."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction

from units import audit
from units.models import Membership, Office, Unit, User
from units.roles import ADMINISTRATOR, OFFICE_STAFF, UNIT_LIAISON, Role

HEADING = "演示账号，仅供本机试用；正式使用前请停用或删除。"


@dataclass(frozen=True)
class DemonstrationAccount:
    """An account to be made: its name, how it is shown, its role, and its unit where the role needs one."""

    username: str
    display_name: str
    role: Role
    unit: Unit | None = None


def _accounts(office: Office) -> list[DemonstrationAccount]:
    accounts = [
        DemonstrationAccount("demo-admin", "演示管理员", ADMINISTRATOR),
        DemonstrationAccount("demo-office", "演示经办", OFFICE_STAFF),
    ]
    named = Unit.objects.filter(office=office, versions__short_name="兰山街道").first()
    unit = named or Unit.objects.filter(office=office).first()
    if unit:
        accounts.append(DemonstrationAccount("demo-unit", "演示联络员", UNIT_LIAISON, unit))
    return accounts


def kept_passwords(path: Path) -> dict[str, str]:
    """The passwords of the file, by account; a line is account, blank, password, blank, whose it is."""
    return {name: kept.split()[1] for name, kept in _kept_lines(path).items()}


def _kept_lines(path: Path) -> dict[str, str]:
    """The lines of the file, by account."""
    if not path.exists():
        return {}
    lines = path.read_text(encoding="utf-8").splitlines()
    return {kept.split()[0]: kept for kept in lines if len(kept.split()) >= 3}


@transaction.atomic
def ensure_accounts(*, office: Office, kept_in: Path, since: date) -> list[tuple[DemonstrationAccount, str]]:
    """Make the accounts that never were, and list those in use with their first passwords.

    Each is made once, and the file remembers that it was: an account deleted or deactivated since, or whose membership
    has ended, stays as the office left it and is not listed. One that is in use but not in the file gets a new
    password; a password its user has changed stays the user's, and the file goes on naming the first.
    """
    passwords = kept_passwords(kept_in)
    lines = _kept_lines(kept_in)
    in_use = []
    for account in _accounts(office):
        name = account.username
        user = User.objects.filter(username=name).first()
        if user is None and name not in passwords:
            user = User.objects.create(username=name, display_name=account.display_name)
            Membership.objects.create(user=user, office=office, unit=account.unit, role=account.role.key, since=since)
        if user is None or not user.is_active or not Membership.objects.in_force(since).filter(user=user).exists():
            continue
        if name not in passwords:
            passwords[name] = secrets.token_urlsafe(12)
            user.set_password(passwords[name])
            user.save(update_fields=["password"])
            audit.record(
                by=None, verb="account.demonstration", office=office, target=user, data={"role": account.role.key}
            )
        lines[name] = line(account, passwords[name])
        in_use.append((account, passwords[name]))
    _keep(kept_in, list(lines.values()))
    return in_use


def line(account: DemonstrationAccount, password: str) -> str:
    """One account as the file and the terminal show it."""
    whose = f"{account.role.display_name}（{account.unit}）" if account.unit else account.role.display_name
    return f"{account.username:<12} {password}  {whose}"


def _keep(path: Path, lines: list[str]) -> None:
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_text("\n".join([HEADING, *lines]) + "\n", "utf-8")
