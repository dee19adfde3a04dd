"""Exporting a list: exactly what is filtered, in its order, as a sheet of the kind with a title; long ones in the background.

The rows are those the person may see when the sheet is written, and an applicant's words are blotted out for whoever may
not read them in full.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from disclosures import jobs
from disclosures.files.keeping import keep
from disclosures.files.recognition import FileRefused
from disclosures.filters import FILTERS, RowsFilter
from disclosures.lists import LISTS, ordered
from disclosures.models import Job
from disclosures.selection import visible
from disclosures.sheets import export as sheets
from lanshan_portal.periods import Period, chinese_date
from units import audit
from units.access import Access, access_on
from units.roles import Permission

LARGE = 5_000
"""More rows than these are written in the background."""
MOST = 200_000
"""More rows than these are not exported at once."""
CITIZENS_CONTENT = {"content"}
"""The fields in which an applicant tells a request: in full only for who may read it, and every reading is noted."""


@dataclass(frozen=True)
class Wanted:
    """What is to be exported: a list, the parameters of its address, its order."""

    kind: str
    parameters: dict[str, str]
    sort: str = ""


@dataclass(frozen=True)
class Exported:
    """A sheet: its bytes, how many rows it has, its name and one of letters alone."""

    content: bytes
    rows: int
    name: str
    fallback: str


def _filtered(wanted: Wanted, access: Access) -> RowsFilter:
    """The filter of what is wanted; raises ValueError when its parameters make no sense."""
    assert access.office is not None
    filtered = FILTERS[wanted.kind](wanted.parameters, visible(wanted.kind, access), office=access.office)
    if not filtered.is_valid():
        raise ValueError(wanted.parameters)
    return filtered


def count(wanted: Wanted, access: Access) -> int:
    """How many rows an export would have, counted up to one more than MOST; ValueError for parameters without sense."""
    return int(_filtered(wanted, access).qs.order_by()[: MOST + 1].count())


def export(
    wanted: Wanted, access: Access, *, at: datetime, told: Callable[[int, int], None] = lambda done, total: None
) -> Exported:
    """Write the sheet and note it in the log; `told` hears how many rows of how many are written."""
    listed = LISTS[wanted.kind]
    filtered = _filtered(wanted, access)
    rows: QuerySet[Any] = ordered(filtered.qs, listed, wanted.sort)
    total = rows.order_by().count()
    in_full = access.may(Permission.READ_APPLICATION_CONTENT)
    period = _month_of(filtered)
    title = f"{listed.title}（{period.label}）" if period else listed.title
    content = sheets.export(
        wanted.kind,
        access.office,
        None,
        rows,
        blot_out=() if in_full else CITIZENS_CONTENT,
        heading=(title, f"{_conditions(filtered)}共{total}{listed.measure}，{_moment(at)}导出"),
        in_order=True,
        told=lambda done: told(done, total),
    )
    log = {"kind": wanted.kind, "filters": wanted.parameters}
    if in_full and wanted.kind == "applications":
        audit.record(
            by=access.user,
            verb="application.read",
            office=access.office,
            data={"exported": total, "filters": wanted.parameters},
        )
    audit.record(
        by=access.user, verb="rows.exported", office=access.office, data=log | {"rows": total, "bytes": len(content)}
    )
    fallback = f"{wanted.kind}-{period}.xlsx" if period else f"{wanted.kind}.xlsx"
    return Exported(content, total, f"{title}.xlsx", fallback)


def _month_of(filtered: RowsFilter) -> Period | None:
    span = filtered.span()
    month = Period.month_of(span.start) if span else None
    return month if month and span and (month.start, month.end) == (span.start, span.end) else None


def _conditions(filtered: RowsFilter) -> str:
    """The conditions as a person reads them: 单位：区教育局；类别：动态类；"""
    told = []
    for name, value in filtered.form.cleaned_data.items():
        if not value or name in ("from", "to", "as_of"):
            continue
        field = filtered.form.fields[name]
        choices = dict(getattr(field, "choices", ()))
        told.append(f"{field.label}：{choices.get(value, value)}")
    span = filtered.span()
    if span and not _month_of(filtered):
        told.insert(0, span.label)
    return "；".join(told) + "；" if told else ""


def _moment(at: datetime) -> str:
    local = timezone.localtime(at)
    return f"{chinese_date(local.date())} {local:%H:%M}"


# --- in the background


def begin(wanted: Wanted, access: Access, *, at: datetime) -> Job:
    """Have it written in the background."""
    assert access.user is not None
    return jobs.begin(
        kind="export_rows",
        title=f"导出{LISTS[wanted.kind].title}",
        by=access.user,
        office=access.office,
        arguments=asdict(wanted),
        at=at,
    )


@jobs.work("export_rows", "写入表格", "保存文件")
def export_rows(run: jobs.Run) -> jobs.Outcome:
    """Write the sheet with the rights the person has now."""
    wanted = Wanted(**run.job.arguments)
    assert run.job.by is not None
    assert run.job.office is not None
    access = access_on(run.job.by, timezone.localdate())
    if access.office != run.job.office:
        raise jobs.Refused("您已不在该机关任职，不能导出。")
    run.step(0)
    at = timezone.now()
    try:
        exported = export(wanted, access, at=at, told=run.progress)
    except ValueError:
        raise jobs.Refused("筛选条件有误，没有导出。") from None
    run.step(1)
    try:
        result = keep(name=exported.name, content=exported.content, office=run.job.office, by=run.job.by, at=at)
    except FileRefused as refused:
        raise jobs.Refused(f"{refused}请缩小范围后分次导出。") from None
    return jobs.Outcome(f"共{exported.rows:,}{LISTS[wanted.kind].measure}。", result=result)
