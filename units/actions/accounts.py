"""Changes to accounts: passwords, and what a person is where and from when to when."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from units import audit
from units.models import Office, UsedPassword, User
from units.passwords import KEPT


@transaction.atomic
def change_own_password(*, user: User, password: str, office: Office | None, at: datetime) -> None:
    """Set the password a person chose; the one in use is kept among those that may not be used again."""
    _keep_used(user)
    user.set_password(password)
    user.must_change_password, user.password_changed_at = False, at
    user.save(update_fields=["password", "must_change_password", "password_changed_at"])
    audit.record(by=user, verb="password.changed", office=office)


@transaction.atomic
def change_own_mail(*, user: User, address: str, wanted: bool, office: Office | None) -> None:
    """Set where a person's messages are mailed to, and whether they are; the log notes the change, not the address."""
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    changed = user.email != address
    user.email, user.mail_wanted = address, wanted
    user.save(update_fields=["email", "mail_wanted"])
    audit.record(by=user, verb="account.mail", office=office, target=user, data={"address": changed, "wanted": wanted})


def _keep_used(user: User) -> None:
    """Remember the hash in use, and forget those before the newest few."""
    if user.has_usable_password():
        UsedPassword.objects.create(user=user, password=user.password)
    kept = user.used_passwords.values_list("pk", flat=True)[:KEPT]
    user.used_passwords.exclude(pk__in=list(kept)).delete()
