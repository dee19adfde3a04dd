"""Rounds of checks: begun, finished into findings, taken back, given up. Their rows are `media_entries.py`."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import transaction

from disclosures.models import MediaAccount, MediaCheck, MediaRound, MediaRoundEntry
from disclosures.sheets import SHEET_KINDS
from disclosures.sheets.checking import read_records
from disclosures.sheets.store import ModelStore
from units import audit
from units.models import Office, User


class RoundRefused(Exception):
    """Something cannot be done with a round; the message is the sentence for the person."""


def proposed_name(office: Office, checked_on: date) -> str:
    """The name of the next round of that day's month: 2020年7月第1次."""
    month = f"{checked_on.year}年{checked_on.month}月第"
    taken = set(MediaRound.objects.filter(office=office, name__startswith=month).values_list("name", flat=True))
    taken |= set(
        MediaCheck.objects.filter(office=office, round__startswith=month).order_by().values_list("round", flat=True)
    )
    number = 1
    while f"{month}{number}次" in taken:
        number += 1
    return f"{month}{number}次"


@transaction.atomic
def start(
    *,
    office: Office,
    name: str,
    checked_on: date,
    accounts: Collection[MediaAccount],
    scope: str,
    rectify_by: date | None,
    by: User,
    at: datetime,
) -> MediaRound:
    """Begin a round over the accounts, in their order; raises RoundRefused when there are none, or the name is taken."""
    Office.objects.select_for_update(no_key=True).get(pk=office.pk)
    if not accounts:
        raise RoundRefused("所选范围内没有正常使用的账号，请换一个范围。")
    if (
        MediaRound.objects.filter(office=office, name=name).exists()
        or MediaCheck.objects.filter(office=office, round=name).exists()
    ):
        raise RoundRefused(f"已有名为“{name}”的检查批次，请换一个名称。")
    begun = MediaRound.objects.create(
        office=office,
        name=name,
        checked_on=checked_on,
        scope=scope,
        rectify_by=rectify_by,
        started_by=by,
        started_at=at,
    )
    MediaRoundEntry.objects.bulk_create(
        MediaRoundEntry(round=begun, account=account, unit_id=account.unit_id, position=position)
        for position, account in enumerate(accounts, start=1)
    )
    audit.record(
        by=by,
        verb="media_round.started",
        office=office,
        target=begun,
        data={"name": name, "scope": scope, "accounts": len(accounts)},
    )
    return begun


# --- finishing


def finding_cells(entry: MediaRoundEntry, problem: str, rectified_on: date | None = None) -> dict[str, Any]:
    """A finding, or that there is none, as a row of the sheet has it."""
    return {
        "round": entry.round.name,
        "checked_on": entry.round.checked_on,
        "account_name": entry.account.name,
        "platform_id": entry.account.platform.name,
        "last_updated_on": entry.last_updated_on or "",
        "problem": problem,
        "description": entry.description,
        "rectify_by": (entry.rectify_by or entry.round.rectify_by or "") if problem else "",
        "rectified_on": rectified_on or "",
    }


@transaction.atomic
def finish(*, media_round: MediaRound, by: User, at: datetime) -> list[MediaCheck]:
    """Turn the entries that were looked at into findings; the others are no part of the round.

    Raises RoundRefused when it is finished already, when nothing was looked at, or when a row breaks a rule of the sheet.
    """
    media_round = MediaRound.objects.select_for_update().get(pk=media_round.pk)
    if media_round.finished_at is not None:
        raise RoundRefused("本轮检查已经完成。")
    entries = media_round.entries.select_related("account__platform").prefetch_related("screenshots")
    lines = []
    for entry in entries:
        entry.round = media_round
        if entry.is_looked_at:
            lines += [(entry, problem) for problem in entry.problems or ("",)]
    if not lines:
        raise RoundRefused("还没有录入任何账号的检查情况。")
    resource = SHEET_KINDS["media_checks"].resource(media_round.office)
    reading = read_records(resource, [finding_cells(entry, problem) for entry, problem in lines])
    if reading.errors:
        first = reading.errors[0]
        entry = lines[(first.row or 1) - 1][0]
        raise RoundRefused(f"“{entry.account.name}”（{entry.account.platform.name}）：{first.message}")
    store = resource.store()
    assert isinstance(store, ModelStore)
    there = store.current([record.key for record in reading.records])
    made = []
    for (entry, _), record in zip(lines, reading.records, strict=True):
        kept = there.get(record.key)
        check = store.write_one(record, pk=kept.pk if kept else None, by=by, at=at)
        check.screenshots.set(entry.screenshots.all())
        made.append(check)
    media_round.finished_by, media_round.finished_at = by, at
    media_round.save(update_fields=["finished_by", "finished_at"])
    found = sum(bool(check.problem) for check in made)
    audit.record(
        by=by,
        verb="media_round.finished",
        office=media_round.office,
        target=media_round,
        data={"name": media_round.name, "accounts": len({check.account_id for check in made}), "found": found},
    )
    return made


@transaction.atomic
def reopen(*, media_round: MediaRound, by: User, at: datetime) -> MediaRound:
    """Take the finishing back: the findings go, the entries stay. Raises RoundRefused when somebody has gone on from them."""
    media_round = MediaRound.objects.select_for_update().get(pk=media_round.pk)
    if media_round.finished_at is None:
        raise RoundRefused("本轮检查还没有完成。")
    checks = MediaCheck.objects.filter(office=media_round.office, round=media_round.name)
    if checks.filter(edited_at__gt=media_round.finished_at).exists() or checks.filter(batch__isnull=False).exists():
        raise RoundRefused("检查结果在完成后已有修改或复查，不能退回检查。")
    checks.delete()
    media_round.finished_by, media_round.finished_at = None, None
    media_round.save(update_fields=["finished_by", "finished_at"])
    audit.record(
        by=by,
        verb="media_round.reopened",
        office=media_round.office,
        target=media_round,
        data={"name": media_round.name},
    )
    return media_round


@transaction.atomic
def abandon(*, media_round: MediaRound, by: User) -> None:
    """Give up a round that is under way, with everything entered; raises RoundRefused for a finished one."""
    media_round = MediaRound.objects.select_for_update().get(pk=media_round.pk)
    if media_round.finished_at is not None:
        raise RoundRefused("本轮检查已经完成，不能放弃。")
    audit.record(
        by=by,
        verb="media_round.abandoned",
        office=media_round.office,
        target=media_round,
        data={"name": media_round.name},
    )
    media_round.delete()


def counted(media_round: MediaRound) -> dict[str, int]:
    """How many accounts a round has, how many are looked at, at how many something was found, by what is saved."""
    entries = list(media_round.entries.select_related("account__platform"))
    for entry in entries:
        entry.round = media_round
    looked_at = sum(entry.is_looked_at for entry in entries)
    return {
        "accounts": len(entries),
        "looked_at": looked_at,
        "open": len(entries) - looked_at,
        "found": sum(bool(entry.problems) for entry in entries),
    }
