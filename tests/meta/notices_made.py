"""What the table of addresses about notices speaks of: a draft with an objection to it, a notice that was issued, and what is
rectified after it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from disclosures.files.keeping import Brought, keep
from lanshan_portal.periods import Period
from reports.actions import drafting, rectification
from reports.freezing import digest, freeze
from reports.models import Consultation, FrozenFigure, IssuedNotice, NamedUnit, NoticeDraft, Rectification
from reports.preparation import prepare
from tests.district import District
from units.models import User


def notices_made(district: District, clerk: User) -> dict[str, Any]:
    """Both of months before the one the other records are of, by the names that arguments of addresses use."""
    office, now = district.office, timezone.now()
    may, april = Period.month(2020, 5), Period.month(2020, 4)
    draft = drafting.begin(office=office, period=may, issued_on=date(2020, 6, 8), by=clerk, at=now)
    asked = Consultation.objects.create(
        draft=draft, sent_by=clerk, sent_at=now, answer_by=timezone.localdate(now) + timedelta(days=9)
    )
    consulted = asked.units.create(
        unit=district.street,
        unit_name="兰山街道",
        entries=[{"part": "四、存在问题", "pieces": [["own", "兰山街道"], ["words", "未按时上传。"]]}],
        sent_at=now,
        answer="objected",
        words="已按时上传。",
        answered_by=clerk,
        answered_at=now,
    )
    evidence = keep(name="截图.pdf", content=b"%PDF-1.7", office=office, by=clerk, at=now)
    consulted.files.add(evidence)
    prepared = prepare(office, april, date(2020, 5, 8))
    done = NoticeDraft.objects.create(
        office=office, period=str(april), issued_on=date(2020, 5, 8), stage="issued", drafted_by=clerk, drafted_at=now
    )
    issued = IssuedNotice.objects.create(
        office=office,
        draft=done,
        period=str(april),
        issued_on=date(2020, 5, 8),
        title=prepared.notice.full_title,
        content=freeze(prepared.notice),
        findings=[],
        record={step: {"by": str(clerk), "at": None} for step in ("drafted", "reviewed", "approved")},
        digest=digest(prepared.notice),
        template_version="v1",
        fonts=[],
        issued_by=clerk,
        issued_at=now,
    )
    issued.files.create(form="text", name="通报.txt", content_type="text/plain", content=b"1", size=1, sha256="0" * 64)
    figure = FrozenFigure.objects.create(
        notice=issued, name="published.total", value=0, meaning="发布信息条数", period=str(april), columns=[], rows=[]
    )
    opened, rectified = _rectified(issued, district, clerk)
    return {
        "draft": draft.pk,
        "issued": issued.pk,
        "figure": figure.pk,
        "consulted": consulted.pk,
        "evidence": evidence.pk,
        "rectification": opened.pk,
        "rectified": rectified,
    }


def _rectified(issued: IssuedNotice, district: District, clerk: User) -> tuple[Rectification, int]:
    """What the liaison's unit is to rectify after the notice, and the file of its answer."""
    now = timezone.now()
    street = district.street
    NamedUnit.objects.create(
        notice=issued,
        unit=street,
        unit_name="兰山街道",
        part="二、存在问题",
        pieces=[["own", "兰山街道"], ["words", "未上传。"]],
        queries=["duties?requirement=T-1"],
    )
    (opened,) = rectification.open_all(issued=issued, due_on=timezone.localdate(now), by=clerk, at=now)
    paper = Brought("整改.pdf", b"%PDF-1.7")
    step = rectification.answer(rectification=opened, words="已上传。", files=[paper], by=clerk, at=now)
    return opened, step.files.get().pk
