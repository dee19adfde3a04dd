"""存档: a notice, or a unit's year, put together in one file for an inspection. Jobs; whoever asks finds the file among the own."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from disclosures import jobs
from disclosures.files.keeping import keep
from disclosures.files.recognition import FileRefused
from disclosures.models import Job, StoredFile
from lanshan_portal.snapshot import snapshot
from reports.archives import of_notice, of_unit
from reports.models import IssuedNotice
from units import audit
from units.access import Access, access_on
from units.models import Office, Unit, User

NOTICE, UNIT = "notice_archive", "unit_archive"
"""The kinds of the jobs."""
LEFT = "您已不在该机关任职，不能导出存档。"


@transaction.atomic
def archive_notice(*, issued: IssuedNotice, by: User, at: datetime) -> Job:
    """Ask for the archive of a notice."""
    return _begin(NOTICE, f"{issued.span.label}通报存档", {"notice": issued.pk}, issued.office, by, at)


@transaction.atomic
def archive_unit(*, unit: Unit, year: int, by: User, at: datetime) -> Job:
    """Ask for the archive of a unit's year."""
    return _begin(UNIT, f"{unit}{year}年通报存档", {"unit": unit.pk, "year": year}, unit.office, by, at)


def _begin(kind: str, title: str, arguments: dict[str, Any], office: Office, by: User, at: datetime) -> Job:
    """The job; whoever presses twice gets the one under way."""
    under_way = Job.objects.active().filter(kind=kind, by=by, office=office, arguments=arguments).first()
    if under_way:
        return under_way
    return jobs.begin(kind=kind, title=title[:200], by=by, office=office, arguments=arguments, at=at)


@jobs.work(NOTICE, "汇集文件、数字和记录", "保存文件")
def make_notice_archive(run: jobs.Run) -> jobs.Outcome:
    """The archive of the job's notice, for who may still read all of it."""
    access = _access(run)
    if not access.reads_all_units:
        raise jobs.Refused(LEFT)
    run.step(0)
    with snapshot():
        issued = (
            IssuedNotice.objects.select_related("supersedes", "superseded_by", "draft", "issued_by")
            .filter(office=run.job.office)
            .get(pk=run.job.arguments["notice"])
        )
        content = of_notice.archive_of_notice(issued, run.progress)
    kept = _keep(run, of_notice.archive_name(issued), content)
    data = {"period": issued.period, "number": issued.document_number, "sha256": kept.sha256}
    audit.record(by=access.user, verb="notice.archived", office=issued.office, target=issued, data=data)
    return jobs.Outcome(f"{issued.span.label}通报存档已生成，共 {kept.size / 1024 / 1024:.1f} MB。", result=kept)


@jobs.work(UNIT, "汇集点名和签收", "保存文件")
def make_unit_archive(run: jobs.Run) -> jobs.Outcome:
    """The archive of the job's unit and year, for who may still read that unit's records."""
    access = _access(run)
    unit = access.visible_units.filter(pk=run.job.arguments["unit"]).first()
    if unit is None:
        raise jobs.Refused(LEFT)
    year = run.job.arguments["year"]
    run.step(0)
    with snapshot():
        content = of_unit.archive_of_unit(unit, year, run.progress)
    kept = _keep(run, of_unit.archive_name(unit, year), content)
    data = {"unit": str(unit), "year": year, "sha256": kept.sha256}
    audit.record(by=access.user, verb="notice.unit_archived", office=unit.office, target=unit, data=data)
    return jobs.Outcome(f"{unit}{year}年通报存档已生成。", result=kept)


def _access(run: jobs.Run) -> Access:
    """What the person who asked may do now."""
    assert run.job.by is not None, "asked for by somebody"
    access = access_on(run.job.by, timezone.localdate())
    if access.office != run.job.office:
        raise jobs.Refused(LEFT)
    return access


def _keep(run: jobs.Run, name: str, content: bytes) -> StoredFile:
    assert run.job.office is not None, "asked for at an office"
    run.step(1)
    try:
        return keep(name=name, content=content, office=run.job.office, by=run.job.by, at=timezone.now())
    except FileRefused as refused:
        raise jobs.Refused(str(refused)) from None
