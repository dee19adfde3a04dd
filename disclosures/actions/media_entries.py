"""The rows of a round: what somebody typed into them, and the pictures beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from disclosures import typed_days
from disclosures.actions import records
from disclosures.actions.media_rounds import RoundRefused, finding_cells
from disclosures.files.keeping import keep
from disclosures.models import MediaCheck, MediaRound, MediaRoundEntry, StoredFile
from disclosures.sheets import SHEET_KINDS
from disclosures.sheets.checking import read_records
from units.models import User

FIRST_LOOK = ("last_updated_on", "result", "description", "rectify_by")
SECOND_LOOK = ("rechecked_on", "recheck")
MOST_SCREENSHOTS = 9


@dataclass(frozen=True)
class Typed:
    """What a person typed into a row: its texts by field, and the version of the row that was before the eyes."""

    pk: int
    version: int
    texts: Mapping[str, str]


@dataclass(frozen=True)
class Saved:
    """What became of a row: it is saved, or it has errors (by field), or somebody else had changed it meanwhile."""

    entry: MediaRoundEntry
    errors: dict[str, str] = field(default_factory=dict)
    changed_by: User | None = None
    is_saved: bool = True


@transaction.atomic
def save_rows(*, media_round: MediaRound, rows: Iterable[Typed], by: User, at: datetime) -> list[Saved]:
    """Save what was typed into rows, each for itself: a row with an error or changed by somebody else stays as it was.

    While the round is under way that is what the first look found; when it is finished, what the second did.
    """
    media_round = MediaRound.objects.select_for_update().get(pk=media_round.pk)
    rows = list(rows)
    entries = {
        entry.pk: entry
        for entry in MediaRoundEntry.objects.select_for_update(of=("self",))
        .filter(round=media_round, pk__in=[row.pk for row in rows])
        .select_related("account__platform", "entered_by")
    }
    for entry in entries.values():
        entry.round = media_round
    return [_save(entries[row.pk], row, by, at) for row in rows if row.pk in entries]


def _save(entry: MediaRoundEntry, typed: Typed, by: User, at: datetime) -> Saved:
    finished = entry.round.finished_at is not None
    before = {name: getattr(entry, name) for name in (*FIRST_LOOK, *SECOND_LOOK)}
    errors = _second_look(entry, typed.texts) if finished else _first_look(entry, typed.texts)
    # Whose answer was lost on the way sends the same row again: it stands already, whatever version was before the eyes.
    if not errors and all(getattr(entry, name) == value for name, value in before.items()):
        return Saved(entry)
    is_stale = entry.version != typed.version
    if errors or is_stale:
        for name, value in before.items():
            setattr(entry, name, value)
        if is_stale:
            return Saved(entry, changed_by=entry.entered_by, is_saved=False)
        return Saved(entry, errors, is_saved=False)
    entry.version += 1
    entry.entered_by, entry.entered_at = by, at
    entry.save(update_fields=[*before, "version", "entered_by", "entered_at"])
    if finished:
        _write_second_look(entry, by, at)
    return Saved(entry)


def _first_look(entry: MediaRoundEntry, texts: Mapping[str, str]) -> dict[str, str]:
    """Put the texts into the entry; the errors by field."""
    errors: dict[str, str] = {}
    checked_on = entry.round.checked_on
    entry.last_updated_on = _day("last_updated_on", texts, typed_days.day_before, checked_on, errors)
    entry.rectify_by = _day("rectify_by", texts, typed_days.day_after, checked_on, errors)
    entry.result = texts.get("result", "")
    entry.description = texts.get("description", "").strip()
    if entry.result not in ("", *MediaRoundEntry.Result.values):
        errors["result"] = "没有这一项可选，请重新选择。"
    if entry.last_updated_on and entry.last_updated_on > checked_on:
        errors["last_updated_on"] = "检查日期早于最近更新日期，请核对。"
    if errors:
        return errors
    if entry.rectify_by and not entry.problems:
        errors["rectify_by"] = "填写了整改期限，却没有发现问题，请核对。"
    elif entry.rectify_by and entry.rectify_by < checked_on:
        errors["rectify_by"] = "整改期限早于检查日期，请核对。"
    return errors


def _second_look(entry: MediaRoundEntry, texts: Mapping[str, str]) -> dict[str, str]:
    errors: dict[str, str] = {}
    checked_on = entry.round.checked_on
    entry.rechecked_on = _day("rechecked_on", texts, typed_days.day_after, checked_on, errors)
    entry.recheck = texts.get("recheck", "")
    if entry.recheck not in ("", *MediaRoundEntry.Recheck.values):
        errors["recheck"] = "没有这一项可选，请重新选择。"
    if errors:
        return errors
    if (entry.rechecked_on or entry.recheck) and not entry.problems:
        errors["recheck"] = "本轮没有发现问题，不需要复查。"
    elif entry.recheck and not entry.rechecked_on:
        errors["rechecked_on"] = "填写了复查结果，却没有复查日期，请补填。"
    elif entry.rechecked_on and not entry.recheck:
        errors["recheck"] = "填写了复查日期，却没有复查结果，请补填。"
    elif entry.rechecked_on and entry.rechecked_on < checked_on:
        errors["rechecked_on"] = "复查日期早于检查日期，请核对。"
    return errors


def _day(name: str, texts: Mapping[str, str], read: Any, near: date, errors: dict[str, str]) -> date | None:
    text = texts.get(name, "").strip()
    if not text:
        return None
    try:
        found: date = read(text, near)
    except ValueError as problem:
        errors[name] = str(problem)
        return None
    return found


def _write_second_look(entry: MediaRoundEntry, by: User, at: datetime) -> None:
    """A finding that was put right has its day in the findings too."""
    rectified = entry.rechecked_on if entry.recheck == MediaRoundEntry.Recheck.RECTIFIED else None
    office = entry.round.office
    resource = SHEET_KINDS["media_checks"].resource(office)
    found = MediaCheck.objects.filter(office=office, round=entry.round.name, account=entry.account_id)
    for check in found.exclude(problem="").select_related("batch__imported_by", "edited_by"):
        (record,) = read_records(resource, [finding_cells(entry, check.problem, rectified)]).records
        records.edit(
            kind="media_checks",
            office=office,
            pk=check.pk,
            record=record,
            version=records.version_of(resource, check),
            by=by,
            at=at,
        )


# --- screenshots


@transaction.atomic
def add_screenshot(*, entry: MediaRoundEntry, name: str, content: bytes, by: User, at: datetime) -> StoredFile:
    """Keep a picture with a row; raises FileRefused for what is none, RoundRefused for one too many."""
    entry = MediaRoundEntry.objects.select_for_update(of=("self",)).select_related("round__office").get(pk=entry.pk)
    if entry.screenshots.count() >= MOST_SCREENSHOTS:
        raise RoundRefused(f"每个账号最多保存{MOST_SCREENSHOTS}张截图。")
    kept = keep(name=name, content=content, office=entry.round.office, by=by, at=at)
    if kept.kind not in (StoredFile.Kind.PNG, StoredFile.Kind.JPEG):
        raise RoundRefused("截图应为 png 或 jpg 图片。")
    entry.screenshots.add(kept)
    _to_findings(entry)
    return kept


@transaction.atomic
def set_screenshot(*, entry: MediaRoundEntry, screenshot: StoredFile, shown: bool) -> None:
    """Take a picture away from a row, or give it back."""
    (entry.screenshots.add if shown else entry.screenshots.remove)(screenshot)
    _to_findings(entry)


def _to_findings(entry: MediaRoundEntry) -> None:
    """Of a finished round the pictures are those of its findings."""
    if entry.round.finished_at is not None:
        checks = MediaCheck.objects.filter(office=entry.round.office, round=entry.round.name, account=entry.account_id)
        for check in checks:
            check.screenshots.set(entry.screenshots.all())
