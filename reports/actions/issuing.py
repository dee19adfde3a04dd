"""印发: what was approved becomes a notice for good. A job: read in one moment, rendered, and written in one transaction.

Whatever is cut off before that transaction ends leaves the draft approved and the job to be taken up again; run twice, the
second run finds the notice there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from disclosures import jobs
from disclosures.actions.messages import tell
from disclosures.models import Message
from lanshan_portal.snapshot import snapshot
from reports import consultation_state
from reports.actions.approval import ISSUE, Told, number_fault, told, what_blocks
from reports.figures.figure import Figure
from reports.freezing import digest, freeze
from reports.frozen_rows import RowTable, table_of
from reports.models import FrozenFigure, IssuedFile, IssuedNotice, NamedUnit, NoticeDraft
from reports.naming import blamed, part_of, sentences_naming
from reports.preparation import PreparedNotice, prepare_draft
from reports.renderers import RENDERERS, font_report
from reports.renderers.json import render_json
from reports.renderers.rendered import Rendered
from units import audit
from units.models import Unit
from units.people import people_of

TEMPLATE_VERSION = "v1"
"""The folder under `templates/reports/notice/` whose files it is set with."""
MOVED = "签发以后数据有变化，没有印发。通报仍在“签发”环节，请重新查看后签发。"


@dataclass(frozen=True)
class Composed:
    """An approved draft read in one moment: the notice, what the checks say of it, the rows behind each figure."""

    prepared: PreparedNotice
    findings: list[Told]
    tables: dict[str, tuple[Figure, RowTable]]


def _composed(draft: NoticeDraft) -> Composed:
    prepared = prepare_draft(draft, final=True)
    figures = {figure.name: figure for figure in prepared.notice.figures()}
    tables = {name: (figure, table_of(figure.query, draft.office)) for name, figure in figures.items()}
    return Composed(prepared, told(draft, prepared), tables)


@jobs.work(ISSUE, "核对内容", "生成公文", "编号存档", "分发各单位")
def issue(run: jobs.Run) -> jobs.Outcome:
    """Issue the approved draft of the job."""
    pk = run.job.arguments["draft"]
    run.step(0)
    with snapshot():
        draft = NoticeDraft.objects.select_related("office", "approved_by", "supersedes").get(pk=pk)
        if draft.stage == NoticeDraft.Stage.ISSUED:
            return _outcome(draft.issued)
        if draft.approved_at is None:
            raise jobs.Refused("通报还没有签发。")
        composed = _composed(draft)
        moved = digest(composed.prepared.notice) != draft.approved_digest
        blocked = what_blocks(draft, composed.prepared)
    if moved or blocked:
        _unapprove(pk)
        raise jobs.Refused(MOVED if moved else "".join(blocked))
    run.step(1)
    files = list(_files(composed, run))
    run.step(2)
    try:
        issued = _keep(pk, composed, files, at=timezone.now())
    except jobs.Refused:
        _unapprove(pk)
        raise
    run.step(3)
    return _outcome(issued)


def _outcome(issued: IssuedNotice) -> jobs.Outcome:
    number = f"，{issued.document_number}" if issued.document_number else ""
    return jobs.Outcome(
        f"{issued.span.label}通报已印发{number}，并发送各单位。", address=reverse("issued", args=[issued.pk])
    )


def _unapprove(pk: int) -> None:
    """Back to be approved again: what was approved is not what there is."""
    NoticeDraft.objects.filter(pk=pk, stage=NoticeDraft.Stage.APPROVAL).update(
        approved_by=None, approved_at=None, approved_digest=""
    )


def _files(composed: Composed, run: jobs.Run) -> Iterator[tuple[str, Rendered]]:
    notice = composed.prepared.notice
    total = len(RENDERERS) + 1
    for done, (form, renderer) in enumerate(RENDERERS.items()):
        run.progress(done, total)
        yield form, renderer(notice)
    yield "json", render_json(notice, composed.prepared.findings)


@transaction.atomic
def _keep(pk: int, composed: Composed, files: list[tuple[str, Rendered]], *, at: datetime) -> IssuedNotice:
    """Write the notice with all that belongs to it, once; raises Refused where its number was taken meanwhile."""
    draft = NoticeDraft.objects.select_for_update(of=("self",)).select_related("office").get(pk=pk)
    if draft.stage == NoticeDraft.Stage.ISSUED:
        return draft.issued
    if fault := number_fault(draft):
        raise jobs.Refused(fault)
    assert draft.approved_by is not None, "approved"
    notice = composed.prepared.notice
    try:
        with transaction.atomic():
            issued = IssuedNotice.objects.create(
                office=draft.office,
                draft=draft,
                period=draft.period,
                issued_on=draft.issued_on,
                title=notice.full_title,
                document_number=draft.document_number,
                content=freeze(notice),
                findings=[each.as_json() for each in composed.findings],
                record=record_of(draft),
                digest=draft.approved_digest,
                template_version=TEMPLATE_VERSION,
                fonts=[{name: str(value) for name, value in asdict(use).items()} for use in font_report()],
                supersedes=draft.supersedes,
                correction_reason=draft.correction_reason,
                issued_by=draft.approved_by,
                issued_at=at,
            )
    except IntegrityError:
        raise jobs.Refused(f"{draft.span.label}通报或者发文字号“{draft.document_number}”已经印发。") from None
    IssuedFile.objects.bulk_create(_file(issued, form, rendered) for form, rendered in files)
    FrozenFigure.objects.bulk_create(_figure(issued, *each) for each in composed.tables.values())
    NamedUnit.objects.bulk_create(_named(issued, composed.prepared))
    draft.stage = NoticeDraft.Stage.ISSUED
    draft.version += 1
    draft.save(update_fields=["stage", "version"])
    audit.record(
        by=draft.approved_by,
        verb="notice.issued",
        office=draft.office,
        target=issued,
        data={"period": draft.period, "number": draft.document_number, "digest": issued.digest},
    )
    _distribute(issued, at)
    return issued


def record_of(draft: NoticeDraft) -> dict[str, Any]:
    """Who drafted, reviewed and approved it, by name and time; whether one person did two of the three; what the named
    units had said of it."""
    steps = {
        "drafted": (draft.submitted_by, draft.submitted_at),
        "reviewed": (draft.reviewed_by, draft.reviewed_at),
        "approved": (draft.approved_by, draft.approved_at),
    }
    people = [who for who, _ in steps.values()]
    return {name: {"by": str(who), "at": when.isoformat() if when else None} for name, (who, when) in steps.items()} | {
        "two_roles_by_one": len(set(people)) < len(people),
        "consultation": consultation_state.record_of(draft),
    }


def _file(issued: IssuedNotice, form: str, rendered: Rendered) -> IssuedFile:
    return IssuedFile(
        notice=issued,
        form=form,
        name=rendered.filename,
        content_type=rendered.content_type,
        content=rendered.content,
        size=len(rendered.content),
        sha256=hashlib.sha256(rendered.content).hexdigest(),
    )


def _figure(issued: IssuedNotice, figure: Figure, table: RowTable) -> FrozenFigure:
    return FrozenFigure(
        notice=issued,
        name=figure.name,
        value=figure.value,
        meaning=figure.meaning,
        period=str(figure.period),
        cut_off=figure.cut_off,
        each=figure.each,
        query=str(figure.query),
        columns=table.columns,
        rows=table.rows,
    )


def _named(issued: IssuedNotice, prepared: PreparedNotice) -> Iterator[NamedUnit]:
    """A row for every sentence that names a unit, in the order of the units."""
    notice = prepared.notice
    for unit_id in blamed(notice):
        name = prepared.directory.entry(unit_id, notice.issued_on).short_name
        for sentence in sentences_naming(notice, {unit_id}):
            yield NamedUnit(
                notice=issued,
                unit_id=unit_id,
                unit_name=name,
                part=part_of(notice, sentence.section),
                pieces=[[str(part), words] for part, words in sentence.pieces],
                queries=[str(query) for query in sentence.queries],
            )


def _distribute(issued: IssuedNotice, at: datetime) -> None:
    """Tell everybody who acts for a unit; those named are told so."""
    named = set(issued.named.values_list("unit", flat=True))
    address = reverse("issued", args=[issued.pk])
    day = timezone.localdate(at)
    units = list(Unit.objects.existing_at(day).filter(office=issued.office))
    people = people_of([unit.pk for unit in units], day)
    for unit in units:
        tell(
            office=issued.office,
            people=(*people[unit.pk].liaisons, *people[unit.pk].leaders),
            kind=Message.Kind.NOTICE,
            title=f"{issued.title}已印发" + ("，点到本单位" if unit.pk in named else ""),
            body="请查看并签收。" + ("点到本单位的内容和整改要求见通报页面。" if unit.pk in named else ""),
            address=address,
            unit=unit,
            urgent=unit.pk in named,
            at=at,
        )
