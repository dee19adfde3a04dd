"""Demonstration accounts: one for each role, for trying the portal out on one's own machine."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction

from units import audit
from units.models import Membership, Office, Unit, User
from units.pinyin import spelled
from units.roles import (
    ADMINISTRATOR,
    AUDITOR,
    ISSUING_LEADER,
    OFFICE_REVIEWER,
    OFFICE_STAFF,
    UNIT_LEADER,
    UNIT_LIAISON,
    Role,
)

HEADING = "演示账号，仅供本机试用；正式使用前请停用或删除。"


@dataclass(frozen=True)
class DemonstrationAccount:
    """An account to be made: its name, how it is shown, its role, and its unit where the role needs one."""

    username: str
    display_name: str
    role: Role
    unit: Unit | None = None


OF_OFFICE = (
    ("demo-admin", "演示管理员", ADMINISTRATOR),
    ("demo-office", "演示经办", OFFICE_STAFF),
    ("demo-reviewer", "演示审核", OFFICE_REVIEWER),
    ("demo-leader", "演示签发", ISSUING_LEADER),
    ("demo-auditor", "演示审计", AUDITOR),
)
OF_UNIT = (
    ("demo-unit", "演示联络员", UNIT_LIAISON),
    ("demo-unit-leader", "演示分管领导", UNIT_LEADER),
)


def _accounts(office: Office) -> list[DemonstrationAccount]:
    """One for each role; those of a unit where there is a unit."""
    accounts = [DemonstrationAccount(*account) for account in OF_OFFICE]
    named = Unit.objects.filter(office=office, versions__short_name="兰山街道").first()
    unit = named or Unit.objects.filter(office=office).first()
    if unit:
        accounts += [DemonstrationAccount(*account, unit) for account in OF_UNIT]
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
            shown = account.display_name
            user = User.objects.create(username=name, display_name=shown, pinyin=spelled(shown))
            Membership.objects.create(user=user, office=office, unit=account.unit, role=account.role.key, since=since)
        if user is None or not user.is_active or not Membership.objects.in_force(since).filter(user=user).exists():
            continue
        if name not in passwords:
            passwords[name] = secrets.token_urlsafe(12)
            user.set_password(passwords[name])
            user.save(update_fields=["password"])
            audit.record(
                by=None,
                verb="account.demonstration",
                office=office,
                target=user,
                data={
                    "account": name,
                    "name": user.display_name,
                    "role": account.role.key,
                    "unit": str(account.unit or ""),
                },
            )
        lines[name] = line(account, passwords[name])
        in_use.append((account, passwords[name]))
    _keep(kept_in, list(lines.values()))
    return in_use


def line(account: DemonstrationAccount, password: str) -> str:
    """One account as the file and the terminal show it."""
    whose = f"{account.role.display_name}（{account.unit}）" if account.unit else account.role.display_name
    return f"{account.username:<16} {password}  {whose}"


def _keep(path: Path, lines: list[str]) -> None:
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_text("\n".join([HEADING, *lines]) + "\n", "utf-8")
