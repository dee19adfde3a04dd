"""示例数据: three months of a district, through the import path that users use; loaded into an empty portal, and taken out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from django.conf import settings

from disclosures import jobs
from disclosures.actions.imports import UndoRefused, import_sheet, undo_batch
from disclosures.models import ImportBatch
from disclosures.sheets import SHEET_KINDS
from units.models import Office, User

SAMPLES: Path = settings.BASE_DIR / "samples"
OFFICE_CODE = "371302"
"""The office the sample is about."""
BASICS = ("office", "units", "rest_days")
"""What stays when the sample is taken out: people and later sheets lean on it."""
LOAD, REMOVE = "sample_load", "sample_remove"


class SampleBroken(Exception):
    """A sheet of the sample was refused; the message says which and why."""


def months() -> list[str]:
    """The months there are sheets of."""
    return sorted(path.parent.name for path in SAMPLES.glob("*/05-*"))


def sheets_of(folders: Iterable[Path]) -> list[tuple[str, Path]]:
    """(kind, file) of the sample months in loading order, every office and unit before what leans on them.

    Files are named `05-published_items.xlsx`: the number is the order.
    """
    files = [path for folder in folders for path in folder.iterdir()]
    return [
        (kind, path)
        for path in sorted(files, key=lambda path: (path.name, path.parent.name))
        if (kind := path.stem.partition("-")[2]) in SHEET_KINDS
    ]


def load(
    wanted: Iterable[str], *, by: User | None, said: Callable[[str, Path, str], None] = lambda kind, path, words: None
) -> int:
    """Load months of the sample; how many sheets. `said` is told of each sheet what became of it.

    Raises SampleBroken at the first sheet that is refused; those before it stay. Loading again changes nothing.
    """
    sheets = sheets_of(SAMPLES / month for month in wanted)
    for kind, path in sheets:
        # The first sheet brings the office in.
        report = import_sheet(
            kind=kind, file_name=path.name, content=path.read_bytes(), office=Office.objects.first(), by=by
        )
        if report.errors:
            told = "；".join(str(error) for error in report.errors[:20])
            raise SampleBroken(f"{path.parent.name}/{path.name}有{len(report.errors)}处错误，未写入：{told}")
        said(kind, path, report.summary)
    return len(sheets)


@cache
def _digests() -> frozenset[str]:
    return frozenset(
        hashlib.sha256(path.read_bytes()).hexdigest() for _, path in sheets_of(SAMPLES / month for month in months())
    )


def loaded(office: Office | None) -> list[ImportBatch]:
    """The batches of the sample that stand, newest first, without the basics that stay."""
    batches = ImportBatch.objects.filter(office=office, sha256__in=_digests(), undone_at__isnull=True)
    return list(batches.exclude(kind__in=BASICS)) if office else []


def may_load(office: Office | None) -> bool:
    """Whether the portal is empty enough: no office yet, or the sample's own without a sheet of anybody's."""
    if office is None:
        return not Office.objects.exists()
    own = ImportBatch.objects.filter(office=office, undone_at__isnull=True).exclude(sha256__in=_digests())
    return office.code == OFFICE_CODE and Office.objects.count() == 1 and not own.exists()


# --- as jobs


@jobs.work(LOAD, "导入示例数据表")
def _load(run: jobs.Run) -> jobs.Outcome:
    total, done = len(sheets_of(SAMPLES / month for month in months())), 0

    def said(kind: str, path: Path, words: str) -> None:
        nonlocal done
        done += 1
        run.progress(done, total)

    run.step(0)
    try:
        number = load(months(), by=run.job.by, said=said)
    except SampleBroken as broken:
        raise jobs.Refused(str(broken)[:300]) from broken
    return jobs.Outcome(f"已装入示例数据{number}张表。", address="/")


@jobs.work(REMOVE, "撤销示例数据表")
def _remove(run: jobs.Run) -> jobs.Outcome:
    run.step(0)
    batches = loaded(run.job.office)
    kept = []
    for number, batch in enumerate(batches):
        run.progress(number, len(batches))
        try:
            undo_batch(batch=batch, by=run.job.by, at=run.job.created_at)
        except UndoRefused as refused:
            kept.append(f"“{batch.file_name}”没有移除：{refused}")
    told = f"已移除示例数据{len(batches) - len(kept)}张表，机关、单位名录和工作日历保留。"
    return jobs.Outcome((told + "".join(kept))[:300])
