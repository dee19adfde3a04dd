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
    if not path.exists():
        return {}
    lines = [line.split() for line in path.read_text(encoding="utf-8").splitlines()]
    return {words[0]: words[1] for words in lines if len(words) >= 3}


@transaction.atomic
def ensure_accounts(*, office: Office, kept_in: Path, since: date) -> list[tuple[DemonstrationAccount, str]]:
    """Make what is missing of the accounts and of the file that keeps their passwords; the accounts with passwords.

    A password is made once. An account whose password is not in the file gets a new one; one that its user has
    changed keeps the user's, and the file goes on naming the first.
    """
    passwords = kept_passwords(kept_in)
    made = []
    for account in _accounts(office):
        user, new = User.objects.get_or_create(
            username=account.username, defaults={"display_name": account.display_name}
        )
        if new or account.username not in passwords:
            passwords[account.username] = secrets.token_urlsafe(12)
            user.set_password(passwords[account.username])
            user.save(update_fields=["password"])
            audit.record(
                by=None, verb="account.demonstration", office=office, target=user, data={"role": account.role.key}
            )
        if not Membership.objects.in_force(since).filter(user=user).exists():
            Membership.objects.create(user=user, office=office, unit=account.unit, role=account.role.key, since=since)
        made.append((account, passwords[account.username]))
    _keep(kept_in, made)
    return made


def line(account: DemonstrationAccount, password: str) -> str:
    """One account as the file and the terminal show it."""
    whose = f"{account.role.display_name}（{account.unit}）" if account.unit else account.role.display_name
    return f"{account.username:<12} {password}  {whose}"


def _keep(path: Path, made: list[tuple[DemonstrationAccount, str]]) -> None:
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_text("\n".join([HEADING, *(line(account, password) for account, password in made)]) + "\n", "utf-8")
