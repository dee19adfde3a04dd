"""A month ready to be told: a district with data, and the three people through whose hands a notice goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from disclosures import jobs
from disclosures.models import Job
from disclosures.standard import furnish_calendar
from lanshan_portal.periods import Period
from reports.actions import approval, drafting, issuing
from reports.freezing import digest
from reports.models import IssuedNotice, NoticeDraft
from reports.preparation import prepare_draft
from tests import people
from tests.district import District
from units.models import User

JUNE = Period.month(2020, 6)
ISSUED_ON = date(2020, 7, 6)
AT = datetime(2020, 7, 6, 2, tzinfo=UTC)


@dataclass
class Bureau:
    """The office's people at work on June's notice."""

    district: District
    clerk: User
    reviewer: User
    leader: User

    def begin(self) -> NoticeDraft:
        """June's draft."""
        return drafting.begin(office=self.district.office, period=JUNE, issued_on=ISSUED_ON, by=self.clerk, at=AT)

    def seen(self, draft: NoticeDraft) -> str:
        """What somebody sees who looks at it now."""
        draft.refresh_from_db()
        return digest(prepare_draft(draft).notice)

    def answer_for_warnings(self, draft: NoticeDraft) -> None:
        """Sign every warning off."""
        for each in approval.told(draft, prepare_draft(draft)):
            if each.blocks:
                given = {"code": str(each.finding.code), "message": each.finding.message}
                approval.sign_off(draft=draft, reason="已核对，情况属实。", by=self.clerk, at=AT, **given)

    def submit(self, draft: NoticeDraft) -> NoticeDraft:
        """Send it to be reviewed, every warning signed off."""
        self.answer_for_warnings(draft)
        return approval.submit(draft=draft, seen=self.seen(draft), by=self.clerk, at=AT)

    def pass_on(self, draft: NoticeDraft) -> NoticeDraft:
        """Reviewed."""
        return approval.pass_on(draft=draft, seen=self.seen(draft), by=self.reviewer, at=AT + timedelta(hours=1))

    def approve(self, draft: NoticeDraft) -> Job:
        """Approved: the job that issues it has begun."""
        return approval.approve(draft=draft, seen=self.seen(draft), by=self.leader, at=AT + timedelta(hours=2))

    def issue(self, draft: NoticeDraft) -> IssuedNotice:
        """All the way."""
        self.submit(draft)
        self.pass_on(draft)
        job = self.approve(draft)
        jobs.run(job.pk)
        job.refresh_from_db()
        assert job.state == Job.State.DONE, job.sentence
        return IssuedNotice.objects.get(draft=draft)


@pytest.fixture
def bureau() -> Bureau:
    """Items, letters and a task that one unit did late and one not at all."""
    furnish_calendar()
    district = District()
    for unit, items in ((district.street, 5), (district.town, 1), (district.education, 3)):
        for _ in range(items):
            district.item(unit)
    district.letter(district.education, answered=date(2020, 6, 3))
    duty = district.requirement(name="主动公开基本目录")
    for unit in (district.street, district.education):
        district.submission(duty, unit, date(2020, 6, 29))
    office = district.office
    return Bureau(
        district,
        people.staff(office, display_name="李经办"),
        people.reviewer(office, display_name="王审核"),
        people.leader(office, display_name="刘签发"),
    )


@pytest.fixture
def notice(bureau, monkeypatch) -> IssuedNotice:
    """June's, issued as text alone: what follows an issue does not look at its paper."""
    monkeypatch.setattr(issuing, "RENDERERS", {"text": issuing.RENDERERS["text"]})
    return bureau.issue(bureau.begin())
