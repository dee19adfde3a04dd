"""Accounts with their appointments, as the `accounts` sheet writes them: through the actions of the ground floor."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone

from disclosures.models import ImportBatch, ImportChange
from disclosures.sheets.errors import RowError
from disclosures.sheets.store import Change, Irreversible, Store, Stored, Unwritable, as_json
from units.actions import accounts, appointments
from units.actions.accounts import Profile
from units.actions.appointments import AccountRefused
from units.models import Membership, Office, Unit, User
from units.pinyin import spelled
from units.roles import ROLES

PROFILE = ("display_name", "job_title", "phone", "email")
STORED = ("username", "display_name", "role", "unit_id", "job_title", "phone", "email", "since")


def key_of(username: str, role: str, unit: str) -> str:
    """The key of an appointment of an account."""
    return f"{username}\x1f{role}\x1f{unit}"


def accounts_named(names: Collection[str]) -> QuerySet[User]:
    """The accounts of these names in small letters: no two differ by their case alone (`accounts.create`)."""
    return User.objects.annotate(lower=Lower("username")).filter(lower__in=names)


def new_accounts(batch: ImportBatch) -> list[User]:
    """The accounts a batch made with which nobody has signed in yet: those that need a slip."""
    if batch.undone_at is not None:
        return []
    made = batch.changes.filter(before__profile=None).values_list("before__account", flat=True)
    return list(User.objects.filter(pk__in=list(made), last_login__isnull=True, is_active=True).order_by("username"))


class AccountStore(Store):
    """The appointments of one office that have no end, each with whose account it is.

    A sheet makes accounts, adds appointments and corrects what both say; it ends none and switches none off.
    """

    stored = STORED

    def __init__(self, office: Office | None) -> None:
        self.office = office

    @property
    def _office(self) -> Office:
        assert self.office is not None, "accounts belong to an office"
        return self.office

    # --- what is there

    def current(self, keys: Sequence[str]) -> dict[str, Stored]:
        names = {key.partition("\x1f")[0] for key in keys}
        rows = Membership.objects.filter(office=self.office, until__isnull=True, user__in=accounts_named(names))
        found = {
            key_of(values[0].lower(), values[2], str(values[3] or "")): (pk, values) for pk, values in self._read(rows)
        }
        return {key: Stored(*found[key]) for key in keys if key in found}

    def tuples(self, rows: QuerySet[Any]) -> Iterator[tuple[Any, ...]]:
        return (values for _, values in self._read(rows))

    @staticmethod
    def _read(rows: QuerySet[Any]) -> Iterator[tuple[int, tuple[Any, ...]]]:
        for each in rows.select_related("user").order_by(F("unit__position").asc(nulls_first=True), "id"):
            user = each.user
            profile = (user.job_title, user.phone, user.email)
            yield each.pk, (user.username, user.display_name, each.role, each.unit_id, *profile, each.since)

    # --- writing

    def write(self, changes: Sequence[Change], batch: ImportBatch) -> None:
        today = timezone.localdate(batch.imported_at)
        for record, before in changes:
            row = dict(zip(STORED, record.values, strict=True))
            user = User.objects.filter(username=row["username"]).first()
            before_of_account = {name: getattr(user, name) for name in PROFILE} if user else None
            profile = Profile(**{name: row[name] for name in PROFILE})
            if user is not None:
                # What a row that only adds an appointment leaves empty stays.
                filled = profile if before else Profile(**{name: row[name] or getattr(user, name) for name in PROFILE})
                accounts.correct(office=self._office, user=user, profile=filled, by=batch.imported_by, on=today)
            try:
                membership = self._appointed(row, user, profile, before, batch, row["since"] or today)
            except AccountRefused as refused:
                raise Unwritable(RowError(record.row, "", row["username"], str(refused))) from None
            ImportChange.objects.create(
                batch=batch,
                record_id=membership.pk,
                before={"account": membership.user_id, "profile": before_of_account, "made": before is None}
                | ({"was": as_json(STORED, before.values)} if before else {}),
            )

    def _appointed(
        self,
        row: dict[str, Any],
        user: User | None,
        profile: Profile,
        before: Stored | None,
        batch: ImportBatch,
        since: Any,
    ) -> Membership:
        if before is not None:
            membership = Membership.objects.get(pk=before.pk)
            if membership.since != since:
                membership.since = since
                membership.save(update_fields=["since"])
            return membership
        where = {
            "office": self._office,
            "role": ROLES[row["role"]],
            "unit": Unit.objects.get(pk=row["unit_id"]) if row["unit_id"] else None,
            "since": since,
            "by": batch.imported_by,
        }
        if user is None:
            return accounts.create(username=row["username"], profile=profile, **where)
        return appointments.appoint(user=user, **where)

    # --- taking back

    def restore(self, batch: ImportBatch) -> None:
        changes = list(batch.changes.order_by("-pk"))
        made = {change.before["account"] for change in changes if change.before["profile"] is None}
        if used := User.objects.filter(pk__in=made, last_login__isnull=False).order_by("username").first():
            raise Irreversible(f"该批次建立的账号“{used.username}”已经登录使用，不能撤销；不再使用的账号请停用。")
        appointed = [change.record_id for change in changes if change.before["made"]]
        changed_since = Membership.objects.filter(
            Q(pk__in=appointed) & (Q(until__isnull=False) | Q(taken_from__isnull=False))
            | Q(user__in=made) & ~Q(pk__in=appointed)
        )
        if later := changed_since.select_related("user").first():
            raise Irreversible(f"该批次之后，{later.user}的任职又有变动，不能撤销；请在账号页面办理。")
        Membership.objects.filter(pk__in=appointed).delete()
        for change in changes:
            if change.before["profile"] is not None:
                profile = change.before["profile"]
                User.objects.filter(pk=change.before["account"]).update(
                    **profile, pinyin=spelled(profile["display_name"])
                )
            if "was" in change.before:
                Membership.objects.filter(pk=change.record_id).update(since=change.before["was"]["since"])
        User.objects.filter(pk__in=made).delete()
