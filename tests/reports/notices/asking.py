"""预通报 as the tests go about it: sent, answered, decided in one line each."""

from __future__ import annotations

from datetime import date

from disclosures.models import Requirement
from reports.actions import consultation
from reports.models import Consultation, ConsultedUnit
from tests.reports.notices.conftest import AT


def send(bureau, draft, at=AT) -> Consultation:
    return consultation.send(draft=draft, by=bureau.clerk, at=at)


def row_of(unit) -> ConsultedUnit:
    return ConsultedUnit.objects.current().get(unit=unit)


def said(row: ConsultedUnit) -> list[str]:
    return ["".join(words for _, words in entry["pieces"]) for entry in row.entries]


def confirm(row, by, at=AT) -> ConsultedUnit:
    return consultation.answer(row=row, answer="confirmed", by=by, at=at)


def object_to(row, by, words="6月30日已经上传。", at=AT, **files) -> ConsultedUnit:
    return consultation.answer(row=row, answer="objected", words=words, by=by, at=at, **files)


def decide(bureau, row, decision="refused", words="后台没有上传记录。", at=AT) -> ConsultedUnit:
    row.refresh_from_db()
    seen = row.answered_at.isoformat()
    return consultation.decide(row=row, decision=decision, words=words, seen=seen, by=bureau.clerk, at=at)


def mended(bureau) -> None:
    """The task of the town turns out to be done."""
    bureau.district.submission(Requirement.objects.get(), bureau.district.town, date(2020, 6, 29))
